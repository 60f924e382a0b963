"""The values that a condition looked at, for people."""

import ast
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from google.protobuf.message import Message

from orchestrator_server.expression_tree import ELEMENTS, Path
from orchestrator_server.plan import NOW, SeenValue
from orchestrator_server.values import NOT_SET, shown

MAX_PATHS = 8
MAX_ELEMENTS = 5
MAX_LENGTH = 200

_Found: TypeAlias = tuple[Any, Any]
"""A value, None where nothing is set; and the field that it stands in."""


def seen_values(reads: Sequence[Path], values: Mapping[str, Any], now: datetime) -> tuple[SeenValue, ...]:
    """What stands at each path (`s1.order.status`, `s1.orders[].id`): of lists the size, of elements the first few."""
    paths = [path for path in reads if path[0] in values and path[0] != NOW]
    return tuple(
        SeenValue(path="".join(path), value=_shown(_look_up(values[path[0]], path[1:]), ELEMENTS in path, now))
        for path in paths[:MAX_PATHS]
    )


def _look_up(root: Any, parts: Path) -> list[_Found]:
    found: list[_Found] = [(root, None)]
    for part in parts:
        found = [inner for value, field in found for inner in _inside(value, field, part)]
    return found


def _inside(value: Any, field: Any, part: str) -> list[_Found]:
    """What `part` leads to from `value`: one thing, or every element."""
    if part == ELEMENTS:
        return [(element, field) for element in value or ()]
    if part.startswith("."):
        return [_field(value, part[1:])]
    (key,) = ast.literal_eval(part)
    is_there = value is not None and (key in value if isinstance(value, Mapping) else key < len(value))
    return [(value[key] if is_there else None, field)]


def _field(value: Any, name: str) -> _Found:
    if isinstance(value, Mapping):
        return value.get(name), None
    field = value.DESCRIPTOR.fields_by_name.get(name) if isinstance(value, Message) else None
    if field is None or (field.has_presence and not value.HasField(name)):
        return None, field
    return getattr(value, name), field


def _shown(found: Sequence[_Found], is_many: bool, now: datetime) -> str:
    if not found:
        return "none"
    said = [_one(value, field, now) for value, field in found[:MAX_ELEMENTS]]
    more = [f"… ({len(found)} in all)"] if len(found) > MAX_ELEMENTS else []
    return "; ".join([*said, *more]) if is_many else said[0]


def _one(value: Any, field: Any, now: datetime) -> str:
    if value is None:
        return NOT_SET
    if isinstance(value, Sequence | Mapping) and not isinstance(value, str | bytes):
        return str(len(value))
    text = shown(value, field, now)
    return text if len(text) <= MAX_LENGTH else text[: MAX_LENGTH - 1] + "…"
