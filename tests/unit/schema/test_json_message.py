"""json_message: what is taken, what is refused, and that the refusal says where."""

import base64
import math

import pytest

from orchestrator_server.json_message import read_message
from orchestrator_server.json_scalars import JsonMessageError

BIG = 2**63 - 1


@pytest.mark.parametrize(
    ("name", "given", "field", "value"),
    [
        ("Scalars", {"an_int64": str(BIG)}, "an_int64", BIG),
        ("Scalars", {"an_int64": BIG}, "an_int64", BIG),
        ("Scalars", {"anInt64": -3}, "an_int64", -3),
        ("Scalars", {"a_uint64": str(2**64 - 1)}, "a_uint64", 2**64 - 1),
        ("Scalars", {"an_int32": 5.0}, "an_int32", 5),
        ("Scalars", {"a_double": 3}, "a_double", 3.0),
        ("Scalars", {"a_double": "2.5e3"}, "a_double", 2500.0),
        ("Scalars", {"a_float": "Infinity"}, "a_float", math.inf),
        ("Scalars", {"speed": "FAST"}, "speed", 2),
        ("Scalars", {"speed": "SPEED_FAST"}, "speed", 2),
        ("Scalars", {"speed": 2}, "speed", 2),
        ("Scalars", {"colour": "VERT"}, "colour", 1),
        ("Scalars", {"some_bytes": base64.b64encode(b"\xff\xfe\xfd").decode()}, "some_bytes", b"\xff\xfe\xfd"),
        ("Scalars", {"some_bytes": "__79"}, "some_bytes", b"\xff\xfe\xfd"),
        ("Scalars", {"some_bytes": "YQ"}, "some_bytes", b"a"),
        ("Places", {"firstPlace": "a", "runnerUp": "b"}, "second_place", "b"),
        ("Wrappers", {"a_string": ""}, "a_string.value", ""),
        ("Tree", {"left": '{"left": "{\\"name\\": \\"deep\\"}"}'}, "left.left.name", "deep"),
        ("Choices", {"one": {"which": "number", "value": 0}}, "number", 0),
        ("Choices", {"number": 7}, "number", 7),
        ("WellKnown", {"value": "12"}, "value.string_value", "12"),
        ("WellKnown", {"value": {"json": "12"}}, "value.number_value", 12),
        ("WellKnown", {"mask": "a.bC"}, "mask.paths", ["a.b_c"]),
        ("WellKnown", {"mask": ["a.b_c"]}, "mask.paths", ["a.b_c"]),
        ("WellKnown", {"span": "1.5s"}, "span.nanos", 500_000_000),
        ("WellKnown", {"at": "2026-03-01T09:00:00+01:00"}, "at.seconds", 1772352000),
        ("Older", {"name": "n", "extra": {"note": "x"}}, "extra.note", "x"),
    ],
)
def test_both_forms_are_taken(kind, name, given, field, value):
    found = read_message(given, kind(name))
    for part in field.split("."):
        found = getattr(found, part)
    assert found == value


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("Everything", {"colour": 1}, "colour is unknown there; known are: choices, described"),
        (
            "Everything",
            {"lists": {"points": [{"x": 1}, {"z": 1}]}},
            "lists.points[1].z is unknown there; known are: x, y",
        ),
        ("Everything", {"maps": {"points": {"7": {"z": None}}}}, "maps.points['7'].z is unknown"),
        ("Scalars", {"an_int32": 2**31}, "an_int32 is 2147483648, which is no whole number from"),
        ("Scalars", {"an_int32": 1.5}, "an_int32 is 1.5"),
        ("Scalars", {"an_int32": True}, "an_int32 is True"),
        ("Scalars", {"a_uint64": -1}, "a_uint64 is -1"),
        ("Scalars", {"an_int64": "1e400"}, "an_int64 is '1e400'"),
        ("Scalars", {"a_float": 1e39}, "too large"),
        ("Scalars", {"a_float": 2**24 + 1}, "would be rounded"),
        ("Scalars", {"a_double": 2**53 + 1}, "would be rounded"),
        ("Scalars", {"a_double": 10**400}, "a_double"),
        ("Scalars", {"a_bool": "true"}, "neither true nor false"),
        ("Scalars", {"a_string": 12}, "a_string is 12, which is no text"),
        ("Scalars", {"a_string": "\ud800"}, "half a character"),
        ("Scalars", {"some_bytes": "a*b="}, "not base64"),
        ("Scalars", {"speed": "WARP"}, "speed is 'WARP', which is none of SLOW, FAST, BACKWARDS"),
        ("Scalars", {"speed": 9}, "none of SLOW"),
        ("Scalars", {"speed": [1]}, "none of SLOW"),
        ("Scalars", {"an_int64": 1, "anInt64": 2}, "an_int64 is given twice"),
        ("Lists", {"numbers": 1}, "numbers is no list"),
        ("Lists", {"numbers": [1, None]}, "numbers[1] is None"),
        ("Lists", {"points": [None]}, "points[0] is no JSON object"),
        ("Maps", {"texts": [{"key": "a", "value": "b"}, {"key": "a", "value": "c"}]}, "texts['a'] is given twice"),
        ("Maps", {"texts": [{"key": "a"}]}, "texts[0] is not of the form {key, value}"),
        ("Maps", {"chunks": {"perhaps": ""}}, "neither true nor false"),
        ("Maps", {"numbers": 3}, "no list of keys and values"),
        ("Choices", {"text": "a", "number": 1}, "one takes one of text, number"),
        ("Choices", {"text": "a", "one": {"which": "number", "value": 1}}, "one takes one of"),
        ("Choices", {"one": {"which": "colour", "value": 1}}, "with one of text, number"),
        ("Choices", {"one": {"which": "text", "value": None}}, "one has no value"),
        ("Choices", {"one": "text"}, 'one must be {"which": ..., "value": ...}'),
        ("WellKnown", {"at": "tomorrow"}, "at is no time; RFC 3339"),
        ("WellKnown", {"at": 7}, "at is no time"),
        ("WellKnown", {"span": "1.0000000001s"}, "span is no duration"),
        ("WellKnown", {"span": "two weeks"}, "span is no duration; Seconds with an s"),
        ("WellKnown", {"struct": "[1]"}, "struct is no JSON object"),
        ("WellKnown", {"struct": {"a": 2**53 + 1}}, "a number that would be rounded"),
        ("WellKnown", {"list": "{"}, "text that holds no JSON"),
        ("WellKnown", {"value": {"json": "nope"}}, "text that holds no JSON"),
        ("WellKnown", {"mask": ["a", 1]}, "mask is no list of names"),
        ("WellKnown", {"any": {"x": 1}}, 'names no type under "@type"'),
        ("WellKnown", {"any": {"@type": "type.googleapis.com/no.Such"}}, "which nobody here knows"),
        ("WellKnown", {"any": {"@type": "x/conformance.v1.Point", "z": 1}}, "any.z is unknown"),
        ("WellKnown", {"empty": {"a": 1}}, "empty.a is unknown there; known are: none"),
        ("Older", {"count": 1}, "name must be given"),
        ("Everything", [], "is no JSON object"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_path(kind, name, given, said):
    with pytest.raises(JsonMessageError) as caught:
        read_message(given, kind(name))
    assert said in str(caught.value)


def test_depth_is_bounded_whatever_text_hides_it(kind):
    given: object = {}
    for _ in range(200):
        given = {"left": given}
    with pytest.raises(JsonMessageError, match="nested too deeply"):
        read_message(given, kind("Tree"))


def test_null_says_not_given(kind):
    assert read_message({"left": None, "name": None}, kind("Tree")) == kind("Tree")()


def test_presence_is_kept(kind):
    found = read_message({"an_int64": 0, "a_string": None, "point": {}}, kind("Presence"))
    assert [name for name in ("an_int64", "a_string", "point") if found.HasField(name)] == ["an_int64", "point"]
    newer = read_message({"with_presence": 0, "without": 0}, kind("Newer"))
    assert newer.HasField("with_presence")


def test_nan_is_taken_as_protobuf_writes_it(kind):
    assert math.isnan(read_message({"a_double": "NaN"}, kind("Scalars")).a_double)
