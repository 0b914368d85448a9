"""Values to JSON and back: what a `data` column holds is the dataclass, field by field."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")

_ADAPTERS: dict[Any, TypeAdapter[Any]] = {}  # one a type: making one costs milliseconds


def _adapter(kind: Any) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def to_json(value: Any) -> Any:
    """`value`, a dataclass of `model`, as plain dicts and lists."""
    return _adapter(type(value)).dump_python(value, mode="json")


def from_json(kind: type[T], data: Any) -> T:
    """The dataclass `kind` that `to_json` wrote."""
    result: T = _adapter(kind).validate_python(data)
    return result
