"""Messages as a model that keeps to the schema would write them: led by the schema alone, not by the reader."""

import base64
import json
import math
from typing import Any

from google.protobuf import json_format
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

from orchestrator_server.declared import enum_prefix
from orchestrator_server.json_schema import DEEPER


def written(message: Message, schema: Any) -> Any:
    """`message` as JSON under `schema`."""
    schema = without_null(schema)
    if DEEPER in schema.get("description", ""):
        return json.dumps(protobuf_form(message))
    if message.DESCRIPTOR.full_name.startswith("google.protobuf.") and message.DESCRIPTOR.name != "Empty":
        return _well_known(message)
    result = {}
    for name, inner in schema["properties"].items():
        oneof = message.DESCRIPTOR.oneofs_by_name.get(name)
        field = message.DESCRIPTOR.fields_by_name.get(name)
        if field is None:
            chosen = message.WhichOneof(oneof.name)
            result[name] = None if chosen is None else _chosen(message, chosen, inner)
        else:
            result[name] = _field(message, field, inner)
    return result


def without_null(schema: Any) -> Any:
    """The schema of the value, where there is one."""
    branches = [branch for branch in schema.get("anyOf", ()) if branch != {"type": "null"}]
    return {**schema, **branches[0]} if len(branches) == 1 else schema


def protobuf_form(message: Message) -> Any:
    """protobuf's own JSON, with the names of the file."""
    pool = message.DESCRIPTOR.file.pool
    return json_format.MessageToDict(message, preserving_proto_field_name=True, descriptor_pool=pool)


def _chosen(message: Message, name: str, schema: Any) -> Any:
    branch = next(b for b in schema["anyOf"] if b.get("properties", {}).get("which", {}).get("enum") == [name])
    field = message.DESCRIPTOR.fields_by_name[name]
    return {"which": name, "value": _value(getattr(message, name), field, branch["properties"]["value"])}


def _field(message: Message, field: FieldDescriptor, schema: Any) -> Any:
    value = getattr(message, field.name)
    if field.is_repeated:
        if DEEPER in schema.get("description", ""):
            return json.dumps(protobuf_form(message).get(field.name, {}))
        items = without_null(schema)["items"]
        if field.message_type is not None and field.message_type.GetOptions().map_entry:
            inner, parts = field.message_type.fields_by_name, items["properties"]
            return [{"key": key, "value": _value(value[key], inner["value"], parts["value"])} for key in value] or None
        return [_value(element, field, items) for element in value] or None
    if field.has_presence and not message.HasField(field.name):
        return None
    if field.enum_type is not None and field.enum_type.values_by_number[value].name.endswith("UNSPECIFIED"):
        return None
    return _value(value, field, schema)


def _value(value: Any, field: FieldDescriptor, schema: Any) -> Any:
    if isinstance(value, Message):
        return written(value, schema)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if field.enum_type is not None:
        return field.enum_type.values_by_number[value].name.removeprefix(enum_prefix(field.enum_type))
    return _number(value) if isinstance(value, float) else value


def _number(value: float) -> float | str:
    """JSON has no infinite numbers; protobuf writes them as text."""
    return value if math.isfinite(value) else {math.inf: "Infinity", -math.inf: "-Infinity"}.get(value, "NaN")


def _well_known(message: Any) -> Any:
    match message.DESCRIPTOR.name:
        case "Struct" | "ListValue" | "Any":
            return json.dumps(protobuf_form(message))
        case "FieldMask":
            return list(message.paths)
        case "Value" if message.WhichOneof("kind") in ("struct_value", "list_value", "null_value"):
            return {"json": json.dumps(protobuf_form(message))}
        case "BytesValue":
            return base64.b64encode(message.value).decode()
        case "DoubleValue" | "FloatValue":
            return _number(message.value)
        case name if name.endswith("Value") and name != "Value":
            return message.value
        case _:
            return protobuf_form(message)
