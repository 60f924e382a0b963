"""JSON into protobuf messages: what `json_schema` describes, and protobuf's own JSON form. No value is lost silently.

A name that the message does not have, two members of one `oneof`, one key of a map twice, a number that would be
rounded: each is refused, with its path. null means "not given", also where protobuf would make a `Value` of it: that is
written `{"json": "null"}`.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, TypeVar

from google.protobuf import message_factory
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message

from orchestrator_server.json_scalars import JsonMessageError, read_key, read_scalar
from orchestrator_server.json_schema import VALUE, WHICH
from orchestrator_server.json_well_known import loads, read_well_known
from orchestrator_server.message_fields import choice_of, choices, is_map, type_of, well_known

M = TypeVar("M", bound=Message)

Path = tuple[str, ...]

MAX_DEPTH = 60


def read_message(given: Any, kind: type[M], *, is_whole: bool = True) -> M:
    """`given` as a message. Raises JsonMessageError.

    `is_whole`: what proto2 requires must be there.
    """
    message = kind()
    _fill(message, given, ())
    lacking = message.FindInitializationErrors()  # type: ignore[attr-defined]  # the stubs do not know it
    if lacking and is_whole:
        raise JsonMessageError((), f"{', '.join(lacking)} must be given")
    return message


def _fill(message: Message, given: Any, path: Path) -> None:
    if len(path) > MAX_DEPTH:
        raise JsonMessageError(path[:3], "is nested too deeply")
    given = loads(given, path) if isinstance(given, str) else given
    if not isinstance(given, Mapping):
        raise JsonMessageError(path, "is no JSON object")
    taken: set[str] = set()
    for name, value in given.items():
        if value is not None:
            field, inner = _chosen(type_of(message), name, value, (*path, name))
            _take(field, taken, path)
            _set(message, field, inner, (*path, name))
        elif name not in _names(type_of(message)):
            raise _unknown(type_of(message), (*path, name))


def _chosen(message: Descriptor, name: str, value: Any, path: Path) -> tuple[FieldDescriptor, Any]:
    """The field that is meant, and its value: that of the `oneof` where `name` names one."""
    found = _names(message).get(name)
    if isinstance(found, FieldDescriptor):
        return found, value
    if found is None:
        raise _unknown(message, path)
    members = {field.name: field for field in message.oneofs_by_name[name].fields}
    if not (isinstance(value, Mapping) and value.keys() == {WHICH, VALUE} and value[WHICH] in members):
        wanted = f'{{"{WHICH}": ..., "{VALUE}": ...}}'
        raise JsonMessageError(path, f"must be {wanted} with one of {', '.join(members)}")
    if value[VALUE] is None:
        raise JsonMessageError(path, "has no value")
    return members[value[WHICH]], value[VALUE]


@lru_cache(maxsize=512)
def _names(message: Descriptor) -> Mapping[str, FieldDescriptor | str]:
    """What may stand in the JSON of a message: fields by either of their names, `oneof`s by theirs."""
    by_json_name = {field.json_name: field for field in message.fields}
    written = {oneof.name: oneof.name for oneof in choices(message)}
    return {**by_json_name, **written, **{field.name: field for field in message.fields}}


def _take(field: FieldDescriptor, taken: set[str], path: Path) -> None:
    choice = choice_of(field)
    name = choice.name if choice else field.name
    if name in taken:
        problem = f"takes one of {', '.join(f.name for f in choice.fields)}" if choice else "is given twice"
        raise JsonMessageError((*path, name), problem)
    taken.add(name)


def _set(message: Message, field: FieldDescriptor, value: Any, path: Path) -> None:
    if is_map(field):
        _set_map(getattr(message, field.name), field, value, path)
    elif field.is_repeated:
        _set_list(getattr(message, field.name), field, value, path)
    elif field.message_type is not None:
        inner = getattr(message, field.name)
        inner.SetInParent()
        _set_message(inner, value, path)
    else:
        setattr(message, field.name, read_scalar(value, field, path))


def _set_list(target: Any, field: FieldDescriptor, value: Any, path: Path) -> None:
    if not isinstance(value, list):
        raise JsonMessageError(path, "is no list")
    for index, element in enumerate(value):
        here = (*path[:-1], f"{path[-1]}[{index}]")
        if field.message_type is not None:
            _set_message(target.add(), element, here)
        else:
            target.append(read_scalar(element, field, here))


def _set_map(target: Any, field: FieldDescriptor, value: Any, path: Path) -> None:
    assert field.message_type is not None
    inner = field.message_type.fields_by_name
    for name, element in _entries(value, path):
        here = (*path[:-1], f"{path[-1]}[{name!r}]")
        key = read_key(name, inner["key"], here)
        if key in target:
            raise JsonMessageError(here, "is given twice")
        if inner["value"].message_type is not None:
            _set_message(target[key], element, here)
        else:
            target[key] = read_scalar(element, inner["value"], here)


def _entries(value: Any, path: Path) -> Iterable[tuple[Any, Any]]:
    """Keys and values of `[{"key": ..., "value": ...}]`, or of protobuf's `{key: value}`."""
    value = loads(value, path) if isinstance(value, str) else value
    if isinstance(value, Mapping):
        return value.items()
    if not isinstance(value, list):
        raise JsonMessageError(path, "is no list of keys and values")
    for index, entry in enumerate(value):
        if not (isinstance(entry, Mapping) and entry.keys() == {"key", "value"}):
            raise JsonMessageError((*path[:-1], f"{path[-1]}[{index}]"), "is not of the form {key, value}")
    return ((entry["key"], entry["value"]) for entry in value)


def _set_message(target: Message, value: Any, path: Path) -> None:
    kind = well_known(type_of(target))
    if kind == "Any":
        _set_any(target, value, path)
    elif not (kind and read_well_known(value, target, path)):
        _fill(target, value, path)


def _set_any(target: Any, value: Any, path: Path) -> None:
    value = loads(value, path) if isinstance(value, str) else value
    if not isinstance(value, Mapping) or not isinstance(value.get("@type"), str):
        raise JsonMessageError(path, 'names no type under "@type"')
    # inside `Any`, what has a JSON form of its own stands under "value"
    inner = _packed(type_of(target), value["@type"], path)
    content = {name: part for name, part in value.items() if name != "@type"}
    _set_message(inner, content.get(VALUE) if well_known(type_of(inner)) else content, path)
    target.type_url = value["@type"]
    target.value = inner.SerializeToString(deterministic=True)


def _packed(anything: Descriptor, type_url: str, path: Path) -> Message:
    try:
        found = anything.file.pool.FindMessageTypeByName(type_url.rpartition("/")[2])
    except KeyError as error:
        raise JsonMessageError(path, f"is of the type {type_url}, which nobody here knows") from error
    return message_factory.GetMessageClass(found)()


def _unknown(message: Descriptor, path: Path) -> JsonMessageError:
    inside = {field.name for oneof in choices(message) for field in oneof.fields}
    known = [name for name in _names(message) if name not in inside and not any(c.isupper() for c in name)]
    return JsonMessageError(path, f"is unknown there; known are: {', '.join(sorted(known)) or 'none'}")
