"""transcode and compatibility: by name, for every shape; what does not fit is reported beforehand and never copied."""

from typing import Any

import pytest
from google.protobuf import json_format

from orchestrator_server.compatibility import contradictions, missing_fields
from orchestrator_server.transcode import transcode
from tests.compiling import compiled_text, message_class, pool_of

OURS = """
import "google/protobuf/timestamp.proto";
import "google/protobuf/struct.proto";
import "google/protobuf/any.proto";
import "google/protobuf/duration.proto";
import "google/protobuf/wrappers.proto";
message M {
  int64 wide = 1; double broad = 2; string text = 3; bytes raw = 4; bool yes = 5; uint64 high = 6;
  State state = 10; repeated State states = 11; map<string, State> by_name = 12; map<int64, Part> parts = 13;
  Part part = 20; repeated Part list = 21; M self = 22; repeated string texts = 23;
  oneof one { string word = 30; Part thing = 31; State chosen = 32; }
  optional int32 maybe = 40; int32 plain = 41;
  google.protobuf.Timestamp at = 50; google.protobuf.Struct free = 51; google.protobuf.Any any = 52;
  google.protobuf.StringValue wrapped = 53; repeated google.protobuf.Timestamp times = 54;
  string ours_alone = 60;
}
message Part { string name = 1; int32 count = 2; string ours_alone = 3; State state = 4; }
enum State { STATE_UNSPECIFIED = 0; STATE_OPEN = 1; STATE_SHUT = 2; STATE_OURS = 3; }
"""
THEIRS = """
import "google/protobuf/timestamp.proto";
import "google/protobuf/struct.proto";
import "google/protobuf/any.proto";
import "google/protobuf/duration.proto";
import "google/protobuf/wrappers.proto";
enum State { STATE_NONE = 0; STATE_SHUT = 1; STATE_OPEN = 7; STATE_THEIRS = 3; }
message M {
  string theirs_alone = 1;
  int32 wide = 101; float broad = 102; string text = 103; bytes raw = 104; bool yes = 105; uint32 high = 106;
  State state = 50; repeated State states = 51; map<string, State> by_name = 52; map<int32, Part> parts = 53;
  Part part = 60; repeated Part list = 61; M self = 62; repeated string texts = 63;
  oneof any_of { string word = 70; Part thing = 71; State chosen = 72; }
  optional int32 maybe = 80; optional int32 plain = 81;
  google.protobuf.Timestamp at = 10; google.protobuf.Struct free = 11; google.protobuf.Any any = 12;
  google.protobuf.StringValue wrapped = 13; repeated google.protobuf.Timestamp times = 14;
}
message Part { State state = 1; int32 count = 2; string name = 3; }
"""
ANYTHING = {"@type": "type.googleapis.com/google.protobuf.Duration", "value": "3s"}


def class_of(source: str) -> Any:
    return message_class(pool_of(compiled_text(it=source)), "M")


OUR, THEIR = class_of(OURS), class_of(THEIRS)


def carried(**values: Any) -> Any:
    """Their values, as ours."""
    theirs = json_format.ParseDict(values, THEIR(), descriptor_pool=THEIR.DESCRIPTOR.file.pool)
    ours = transcode(theirs, OUR)
    pool = OUR.DESCRIPTOR.file.pool
    return json_format.MessageToDict(ours, preserving_proto_field_name=True, descriptor_pool=pool)


@pytest.mark.parametrize(
    "values",
    [
        {"text": "a", "raw": "YWJj", "yes": True},
        {"state": "STATE_SHUT"},
        {"states": ["STATE_OPEN", "STATE_SHUT"]},
        {"by_name": {"a": "STATE_OPEN", "b": "STATE_SHUT"}},
        {"parts": {"7": {"name": "bolt", "state": "STATE_SHUT"}}},
        {"part": {"name": "bolt", "count": 2, "state": "STATE_OPEN"}},
        {"part": {}},
        {"list": [{"name": "a"}, {}, {"count": 1}]},
        {"texts": ["a", ""]},
        {"self": {"self": {"self": {"self": {"text": "deep", "state": "STATE_OPEN"}}}}},
        {"word": ""},
        {"thing": {"name": "x"}},
        {"chosen": "STATE_OPEN"},
        {"maybe": 0},
        {"plain": 5},
        {"at": "2026-03-01T09:00:00Z", "times": ["2026-03-01T09:00:00Z"]},
        {"free": {"a": [1.0, None, {"b": "c"}]}},
        {"any": ANYTHING},
        {"wrapped": ""},
        {"broad": 0.5},
    ],
)
def test_every_shape_arrives_under_its_name(values):
    assert carried(**values) == values


def test_narrow_numbers_arrive_in_wide_ones():
    assert carried(wide=-3, high=2**32 - 1) == {"wide": "-3", "high": str(2**32 - 1)}


def test_what_has_no_counterpart_is_left_out():
    assert carried(theirs_alone="x", state="STATE_THEIRS", states=["STATE_THEIRS", "STATE_OPEN"]) == {
        "states": ["STATE_OPEN"]
    }
    assert carried(by_name={"a": "STATE_THEIRS", "b": "STATE_SHUT"}) == {"by_name": {"b": "STATE_SHUT"}}


def test_a_zero_that_cannot_be_unset_is_no_value_and_one_that_can_is():
    known = class_of("message M { optional int32 count = 1; }")
    plain = class_of("message M { int32 count = 4; }")
    assert not transcode(plain(count=0), known).HasField("count")
    assert transcode(plain(count=3), known).count == 3
    assert transcode(known(count=0), plain).count == 0


def test_the_same_type_is_handed_on_as_it_is():
    message = OUR(text="a")
    assert transcode(message, OUR) is message


def test_the_shared_parts_fit_and_what_is_missing_is_named():
    assert contradictions(OUR.DESCRIPTOR, THEIR.DESCRIPTOR) == ()
    missing = set(missing_fields(OUR.DESCRIPTOR, THEIR.DESCRIPTOR))
    assert {"ours_alone", "state=STATE_OURS", "by_name.value=STATE_OURS", "parts.value.ours_alone"} <= missing
    assert "theirs_alone" in missing_fields(THEIR.DESCRIPTOR, OUR.DESCRIPTOR)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("int32 x = 1;", "int64 x = 1;"),
        ("int32 x = 1;", "uint32 x = 1;"),
        ("int64 x = 1;", "uint64 x = 1;"),
        ("float x = 1;", "double x = 1;"),
        ("string x = 1;", "bytes x = 1;"),
        ("string x = 1;", "int32 x = 1;"),
        ("E x = 1;", "int32 x = 1;"),
        ("P x = 1;", "string x = 1;"),
        ("P x = 1;", "repeated P x = 1;"),
        ("repeated P x = 1;", "map<string, P> x = 1;"),
        ("map<string, P> x = 1;", "map<int32, P> x = 1;"),
        ("map<string, P> x = 1;", "map<string, string> x = 1;"),
        ("google.protobuf.Timestamp x = 1;", "google.protobuf.Duration x = 1;"),
        ("google.protobuf.Timestamp x = 1;", "P x = 1;"),
        ("google.protobuf.StringValue x = 1;", "string x = 1;"),
        ("oneof o { string x = 1; string y = 2; }", "string x = 1; string y = 2;"),
    ],
)
def test_contradicting_types_are_named_and_never_copied(ours, theirs):
    head = 'import "google/protobuf/timestamp.proto"; import "google/protobuf/duration.proto";'
    head += 'import "google/protobuf/wrappers.proto"; enum E { A = 0; B = 1; } message P { string n = 1; }'
    one, two = class_of(f"{head} message M {{ {ours} }}"), class_of(f"{head} message M {{ {theirs} }}")
    assert "x" in contradictions(one.DESCRIPTOR, two.DESCRIPTOR)


def test_a_contradiction_deep_inside_is_named_with_its_path():
    one = class_of("message M { map<string, P> p = 1; } message P { repeated Q q = 1; } message Q { int32 n = 1; }")
    two = class_of("message M { map<string, P> p = 1; } message P { repeated Q q = 1; } message Q { string n = 1; }")
    assert contradictions(one.DESCRIPTOR, two.DESCRIPTOR) == ("p.value.q.n",)


def test_messages_within_themselves_are_compared_once():
    fields = " ".join(f"M m{n} = {n};" for n in range(1, 15))
    one, two = class_of(f"message M {{ {fields} int32 n = 20; }}"), class_of(f"message M {{ {fields} }}")
    assert missing_fields(one.DESCRIPTOR, two.DESCRIPTOR) == ("n",)


def test_a_well_known_response_stands_in_for_nothing_but_itself():
    one = class_of("message M { int64 seconds = 1; int32 nanos = 2; }")
    stamp = message_class(OUR.DESCRIPTOR.file.pool, "google.protobuf.Timestamp")
    assert contradictions(one.DESCRIPTOR, stamp.DESCRIPTOR) == ("M",)
    assert transcode(stamp(seconds=3), one) == one()
