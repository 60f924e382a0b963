"""Protobuf messages as JSON Schema, for what a model sees. Within what strict modes take.

Every object is closed, every property is required and may be null ("not given"). A `oneof` is one property,
`{"which": member, "value": ...}`, with a branch for each member; a map is a list of `{"key": ..., "value": ...}`. A
message within itself is described three times over; what lies deeper, there or by plain nesting, is JSON as text.
"""

from collections.abc import Iterator

from google.protobuf.descriptor import Descriptor, FieldDescriptor, OneofDescriptor

from orchestrator_server.declared import param_option
from orchestrator_server.json_scalars import scalar_schema
from orchestrator_server.json_well_known import well_known_schema
from orchestrator_server.message_fields import choice_of, choices, is_entry, is_map, well_known
from orchestrator_server.plan import Json

Schema = dict[str, Json]

WITHIN_ITSELF = 3
MOST_OBJECTS = 6
"""How deep objects stand in one another within one argument. Strict modes allow ten; a plan needs four around it."""

DEEPER = "JSON of the same kind, as text."
WHICH, VALUE = "which", "value"


def message_schema(message: Descriptor) -> Schema:
    """The schema of one `message`; for the type behind a map, of one key with its value."""
    return _message(message, ())


def object_schema(properties: Schema) -> Schema:
    """A closed object that has all of `properties`."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def choice_schema(members: Schema) -> Schema:
    """One of `members`, by name: a discriminated object."""
    named: Iterator[Json] = (
        object_schema({WHICH: {"type": "string", "enum": [name]}, VALUE: schema}) for name, schema in members.items()
    )
    return {"anyOf": list(named)}


def nullable(schema: Schema) -> Schema:
    """The same, or null."""
    nothing: Schema = {"type": "null"}
    if "anyOf" in schema:
        branches = schema["anyOf"]
        assert isinstance(branches, list)
        return {**schema, "anyOf": [*branches, nothing]}
    if "enum" in schema or "properties" in schema or "items" in schema:
        described: Schema = {"description": schema["description"]} if "description" in schema else {}
        return {**described, "anyOf": [{name: schema[name] for name in schema if name != "description"}, nothing]}
    return {**schema, "type": [schema["type"], "null"]}


Above = tuple[str, ...]
"""The objects around the one at hand, by type; wrappers of `oneof`s and maps count as `""`."""


def _message(message: Descriptor, above: Above) -> Schema:
    known = well_known_schema(message) if well_known(message) else None
    if known is not None:
        return known
    if above.count(message.full_name) >= WITHIN_ITSELF or len(above) + _height(message) > MOST_OBJECTS:
        return {"type": "string", "description": DEEPER}
    inside = (*above, message.full_name)
    if is_entry(message):
        return object_schema({field.name: _single(field, inside) for field in message.fields})
    plain: Schema = {f.name: nullable(_field(f, inside)) for f in _fillable(message) if choice_of(f) is None}
    chosen: Schema = {oneof.name: nullable(_choice(oneof, inside)) for oneof in choices(message)}
    return object_schema({**plain, **chosen})


def _height(message: Descriptor) -> int:
    """How many objects a message needs at least: a `oneof` puts one more around its members."""
    return 2 if choices(message) else 1


def _choice(oneof: OneofDescriptor, above: Above) -> Schema:
    return choice_schema({field.name: _field(field, (*above, "")) for field in oneof.fields})


def _field(field: FieldDescriptor, above: Above) -> Schema:
    schema = _single(field, above)
    if field.is_repeated and not (is_map(field) and schema.get("description") == DEEPER):
        schema = {"type": "array", "items": schema}
    return _described(schema, field)


def _single(field: FieldDescriptor, above: Above) -> Schema:
    return scalar_schema(field) if field.message_type is None else _message(field.message_type, above)


def _described(schema: Schema, field: FieldDescriptor) -> Schema:
    param = param_option(field)
    example = f"For instance {param.example}." if param.example else ""
    words = [param.description, example, schema.get("description", "")]
    said = " ".join(str(word) for word in words if word)
    return {**schema, "description": said} if said else schema


def _fillable(message: Descriptor) -> Iterator[FieldDescriptor]:
    """All fields but those that are bound to the caller."""
    return (field for field in message.fields if not param_option(field).subject)
