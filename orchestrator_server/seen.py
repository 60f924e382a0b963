"""The values that a condition looked at, for people."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from google.protobuf.message import Message

from orchestrator_server.plan import SeenValue
from orchestrator_server.values import NOT_SET, shown

PATH = re.compile(r"\b([a-z]\w*)((?:\.[a-z_]\w*|\[\d+\])+)(?!\w*\()")
PART = re.compile(r"\.([a-z_]\w*)|\[(\d+)\]")


def seen_values(expression: str, values: Mapping[str, Any], now: datetime) -> tuple[SeenValue, ...]:
    """Each path of `expression` (`s1.order.status`) that leads into `values`, once, with what stands there."""
    found: dict[str, str] = {}
    for match in PATH.finditer(_without_texts(expression)):
        root, path = match.groups()
        if isinstance(values.get(root), Message):
            found[root + path] = _look_up(values[root], path, now)
    return tuple(SeenValue(path=path, value=value) for path, value in found.items())


def _without_texts(expression: str) -> str:
    """The expression without its string literals, whose contents are no paths."""
    return re.sub(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"", "''", expression)


def _look_up(value: Any, path: str, now: datetime) -> str:
    field = None
    for name, index in PART.findall(path):
        if index:
            if int(index) >= len(value):
                return NOT_SET
            value = value[int(index)]
            continue
        field = value.DESCRIPTOR.fields_by_name.get(name) if isinstance(value, Message) else None
        if field is None:
            break  # a method such as size()
        if field.has_presence and not value.HasField(name):
            return NOT_SET
        value = getattr(value, name)
    if field is not None and field.is_repeated and not isinstance(value, Message | str):
        return f"{len(value)}"
    return shown(value, field, now)
