"""json_schema: every shape of the conformance proto, within what strict modes take."""

from typing import Any

import pytest

from orchestrator_server.json_schema import DEEPER, message_schema
from orchestrator_server.json_well_known import ANY, DURATION, LIST, STRUCT, TIME
from tests.compiling import compiled_text, message_class, pool_of
from tests.unit.model.strict_schema import strict_faults
from tests.unit.schema.obeying import faults
from tests.unit.schema.test_round_trips import TYPES


def properties(message: Any) -> Any:
    return message_schema(message.DESCRIPTOR)["properties"]


def text_class(source: str, name: str) -> Any:
    return message_class(pool_of(compiled_text(it=source)), name)


@pytest.mark.parametrize("name", [*TYPES, "Older"])
def test_every_shape_is_within_what_strict_modes_take(kind, name):
    schema = message_schema(kind(name).DESCRIPTOR)
    around = schema
    for _ in range(3):  # as deep as a plan puts it
        closed = {"required": ["x"], "additionalProperties": False}
        around = {"type": "object", "properties": {"x": around}, **closed}
    assert list(strict_faults({"strict": True, "schema": around})) == []


def test_one_of_never_occurs_and_no_union_stands_at_the_top(kind):
    assert "oneOf" not in str(message_schema(kind("Everything").DESCRIPTOR))
    assert message_schema(kind("Choices").DESCRIPTOR)["type"] == "object"


def test_scalars_have_the_types_of_json(kind):
    types = {name: schema.get("type") for name, schema in properties(kind("Scalars")).items()}
    whole = [name for name, type_ in types.items() if type_ == ["integer", "null"]]
    assert len(whole) == 10
    assert types["a_double"] == types["a_float"] == ["number", "null"]
    assert types["a_bool"] == ["boolean", "null"]
    assert types["a_string"] == types["some_bytes"] == ["string", "null"]


def test_enums_are_the_suffixes_that_people_see_and_lose_no_value(kind):
    scalars = properties(kind("Scalars"))
    assert scalars["speed"] == {"anyOf": [{"type": "string", "enum": ["SLOW", "FAST", "BACKWARDS"]}, {"type": "null"}]}
    assert scalars["colour"]["anyOf"][0]["enum"] == ["RED", "GREEN", "VERT"]
    inner = properties(kind("Outer.Inner"))
    assert inner["kind"]["anyOf"][0]["enum"] == ["GOOD", "BAD"]


def test_a_suffix_that_is_the_name_of_another_value_is_written_in_full():
    asking = text_class("enum E { A_UNSPECIFIED = 0; A_B = 1; A_A_B = 2; } message M { E e = 1; }", "M")
    assert properties(asking)["e"]["anyOf"][0]["enum"] == ["A_B", "A_A_B"]


def test_a_oneof_is_a_discriminated_object_with_a_branch_for_each_member(kind):
    choices = properties(kind("Choices"))
    assert list(choices) == ["between", "one", "other", "_lonely"]
    *branches, nothing = choices["one"]["anyOf"]
    which = [branch["properties"]["which"]["enum"] for branch in branches]
    assert which[:3] == [["text"], ["number"], ["chunk"]]
    assert branches[1]["properties"]["value"] == {"type": "integer"}
    assert nothing == {"type": "null"}


def test_an_optional_field_is_no_oneof(kind):
    assert list(properties(kind("Presence")))[:2] == ["an_int64", "a_bool"]


def test_a_map_is_a_list_of_keys_and_values(kind):
    speeds = properties(kind("Maps"))["speeds"]["anyOf"][0]["items"]
    assert list(speeds["properties"]) == ["key", "value"]
    assert speeds["properties"]["key"] == {"type": "integer"}
    assert speeds["properties"]["value"] == {"type": "string", "enum": ["SLOW", "FAST", "BACKWARDS"]}


def test_lists_say_what_their_elements_are(kind):
    lists = properties(kind("Lists"))
    points = lists["points"]["anyOf"][0]
    assert points["type"] == "array"
    assert list(points["items"]["properties"]) == ["x", "y"]
    assert lists["times"]["anyOf"][0]["items"]["description"] == TIME


def test_well_known_types_are_what_people_write(kind):
    known = properties(kind("WellKnown"))
    said = {name: schema.get("description") for name, schema in known.items()}
    assert [said[name] for name in ("at", "span", "struct", "list", "any")] == [TIME, DURATION, STRUCT, LIST, ANY]
    assert known["empty"]["anyOf"][0]["properties"] == {}
    wrapped = {name: schema["type"][0] for name, schema in properties(kind("Wrappers")).items()}
    assert wrapped["an_int64"] == "integer"
    assert wrapped["a_string"] == wrapped["some_bytes"] == "string"


def test_a_message_within_itself_is_described_three_times_over(kind):
    schema, depth = message_schema(kind("Tree").DESCRIPTOR), 0
    while "properties" in schema:
        left, depth = schema["properties"]["left"], depth + 1
        schema = left["anyOf"][0] if "anyOf" in left else left
    assert depth == 3
    assert schema["description"] == DEEPER


def test_deep_nesting_ends_in_text_before_strict_modes_refuse_it():
    levels = "".join(f"message M{n} {{ M{n + 1} next = 1; }}" for n in range(30))
    deep = text_class(f"{levels} message M30 {{}}", "M0")
    assert str(message_schema(deep.DESCRIPTOR)).count("additionalProperties") == 6


def test_descriptions_and_examples_are_told_and_the_callers_own_fields_are_not(kind):
    everything = properties(kind("Everything"))
    assert everything["described"]["description"] == "What it is called. For instance Ada."
    assert "owner" not in everything


def test_the_checker_of_these_tests_finds_faults(kind):
    schema = message_schema(kind("Point").DESCRIPTOR)
    assert list(faults({"x": 1, "y": None}, schema)) == []
    for wrong in ({"x": 1}, {"x": "1", "y": 2}, {"x": True, "y": 2}, [], {"x": 1, "y": 2, "z": 3}):
        assert list(faults(wrong, schema))
