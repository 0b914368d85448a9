"""`python -m dateline.cli` is the `dateline` command."""

from dateline.cli import main

main()
