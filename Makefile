# Each target does its own set-up; only Python 3.11+, git and make are needed.
PYTHON ?= python3
UV_VERSION := 0.13.9
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help

help: ## what can be made
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# uv from PyPI into a virtual environment of its own, then everything that uv.lock pins by hash.
$(BIN)/.installed: pyproject.toml uv.lock
	@$(PYTHON) -c 'import sys; sys.exit("Dateline needs Python 3.11 or later; say: make PYTHON=python3.11 ..." if sys.version_info < (3, 11) else 0)'
	@test -x build/uv/bin/uv || { echo "Setting up (once, a few minutes) ..."; $(PYTHON) -m venv build/uv && build/uv/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION); }
	@build/uv/bin/uv sync --frozen --quiet --python $$($(PYTHON) -c 'import sys; print(sys.executable)')
	@touch $@

install: $(BIN)/.installed ## the virtual environment, from the lock file

demo: install ## build the example record and its page, and say where to look
	@$(BIN)/python examples/korea/demo.py

test: install ## the tests
	@$(BIN)/pytest

check: install ## all checks: format, lint, types, tests, gate
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/pytest
	@test ! -d ../shared/data || $(BIN)/python -m evals gate ../shared/data --only html launches time attribution events

evaluate: install ## every evaluation on ../shared/data, into docs/evaluation.md
	@$(BIN)/python -m evals all ../shared/data

benchmark: install ## the whole build beside a bare parse of the same texts, in one run
	@$(BIN)/python -m benchmarks ../shared/data/korea/kcna.jsonl.gz

clean: ## remove what was built
	@rm -rf $(VENV) build dist

.PHONY: help install demo test check evaluate benchmark clean
