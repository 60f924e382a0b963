"""Parameters that are messages, maps and members of a `oneof`: what the model is shown and how its answer is read."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from orchestrator_server.expressions import Expressions
from orchestrator_server.grounding import Ground
from orchestrator_server.json_message import read_message
from orchestrator_server.model.answer import AnswerError, AnswerReader
from orchestrator_server.model.answer_schema import answer_schema, folded
from orchestrator_server.model.prompt import system_prompt
from orchestrator_server.normalising import normalised
from orchestrator_server.plan import Plan, Reference, Request
from orchestrator_server.snapshot import build_catalogue
from orchestrator_server.values import to_json
from tests.compiling import compiled, compiled_text
from tests.fakes import plan, step
from tests.unit.model.strict_schema import strict_faults
from tests.unit.schema.test_pool import PARCEL, described

CATALOGUE = build_catalogue([described("a", compiled("vendor_a", PARCEL), parcel_send="parcel.v1.ParcelService.Send")])
SEND = CATALOGUE.intents["parcel.send"]
READER = AnswerReader(CATALOGUE.intents, plan_id="p1", planner="m")


def arguments() -> Any:
    schema: Any = answer_schema([SEND])
    return schema["properties"]["steps"]["items"]["anyOf"][0]["properties"]["arguments"]["properties"]


def read(**given: Any) -> Any:
    decision = READER.read(json.dumps({"kind": "plan", "steps": [{"intent": "parcel.send", "arguments": given}]}))
    assert isinstance(decision, Plan)
    return dict(decision.steps[0].arguments)


def test_the_answer_is_within_what_strict_mode_takes():
    assert list(strict_faults({"strict": True, "schema": answer_schema([SEND])})) == []


def test_a_message_is_shown_in_full_or_taken_from_an_earlier_step_or_null():
    address, reference, nothing = arguments()["address"]["anyOf"]
    assert list(address["properties"]) == ["street", "city", "door"]
    assert (list(reference["properties"]), nothing) == (["from"], {"type": "null"})


def test_a_map_is_shown_as_keys_and_values():
    assert list(arguments()["labels"]["anyOf"][0]["items"]["properties"]) == ["key", "value"]


def test_members_of_a_oneof_share_one_property():
    assert list(arguments()) == ["address", "labels", "items", "when", "grams"]
    at, once, nothing = arguments()["when"]["anyOf"]
    assert at["properties"]["which"]["enum"] == ["at"]
    assert once["properties"]["value"]["anyOf"][0]["enum"] == ["WAITING", "GONE"]
    assert nothing == {"type": "null"}


def test_the_chosen_member_is_read_under_its_own_name():
    assert read(when={"which": "once", "value": "gone"}) == {"once": "GONE"}
    assert read(when={"which": "at", "value": {"from": "s1.x"}}) == {"at": Reference(expression="s1.x")}
    assert read(when=None, once="GONE") == {"once": "GONE"}
    assert read(when={"which": "never", "value": 1}) == {"when": {"which": "never", "value": 1}}


def test_a_member_that_is_given_twice_is_named():
    with pytest.raises(AnswerError, match=r"once is given twice for parcel\.send"):
        read(once="GONE", when={"which": "once", "value": "WAITING"})


def test_messages_and_maps_are_read_as_they_are():
    assert read(address={"street": "Elm 1"}, labels={"a": "b"}) == {
        "address": {"street": "Elm 1"},
        "labels": {"a": "b"},
    }
    assert read(address='{"street": "Elm 1"}', items={"name": "lamp"}) == {
        "address": {"street": "Elm 1"},
        "items": [{"name": "lamp"}],
    }


def test_examples_are_folded_as_the_schema_has_it():
    assert folded({"once": "GONE", "grams": 3}, SEND.askable) == {
        **dict.fromkeys(("address", "labels", "items")),
        "when": {"which": "once", "value": "GONE"},
        "grams": 3,
    }


def test_the_prompt_says_the_shape():
    prompt = system_prompt([SEND], CATALOGUE)
    assert "address*: {street: string, city: string, door: {found_by: {which: name, value: string}|" in prompt
    assert "labels: [{key: string, value: string}]" in prompt


@pytest.mark.parametrize(
    ("value", "is_kept"),
    [
        ({"street": "Elm 1", "city": "Bonn"}, True),
        ({"street": "elm-1", "door": {"found_by": {"which": "floor", "value": 3}}}, True),
        ({"street": "Elm 1", "city": None}, True),
        ({"street": "Elm 2"}, False),
        ({"street": "Elm 1", "door": {"floor": 4}}, False),
        ({"town": "Bonn"}, True),  # no such message: the checks say so
    ],
)
def test_every_text_and_number_in_a_message_must_have_been_said(value, is_kept):
    said = Request(text="to Elm 1, Bonn, third floor, door 3", email="a@b.c", now=datetime(2026, 3, 1, tzinfo=UTC))
    made = normalised(plan(step("s1", "parcel.send", address=value)), CATALOGUE, Ground(said))
    assert ("address" in made.steps[0].arguments) == is_kept


def test_dates_enums_and_yes_or_no_need_not_have_been_said():
    said = Request(text="tomorrow", email="a@b.c", now=datetime(2026, 3, 1, tzinfo=UTC))
    made = normalised(plan(step("s1", "parcel.send", at="2026-03-02T09:00:00Z", once="GONE")), CATALOGUE, Ground(said))
    assert set(made.steps[0].arguments) == {"at", "once"}


@pytest.mark.parametrize("field", ["texts", "parts", "part", "list", "raw", "at", "wrapped", "free", "flags"])
def test_what_an_expression_yields_is_taken_as_an_argument(field):
    head = "".join(f'import "google/protobuf/{name}.proto";' for name in ("timestamp", "struct", "wrappers"))
    text = f"""
      package t; {head}
      message Part {{ string name = 1; oneof o {{ int64 n = 2; string s = 3; }} }}
      message M {{
        map<string, string> texts = 1; map<int64, Part> parts = 2; Part part = 3; repeated Part list = 4; bytes raw = 5;
        google.protobuf.Timestamp at = 6; google.protobuf.StringValue wrapped = 7; map<bool, int32> flags = 8;
        google.protobuf.Struct free = 9;
      }}
      service S {{ rpc Get(M) returns (M); }}
    """
    catalogue = build_catalogue([described("t", compiled_text(t=text), t_get="t.S.Get")])
    kind = catalogue.message_class("t.M")
    whole = {
        "texts": {"a": "b"},
        "parts": {"7": {"name": "x", "n": "9"}},
        "part": {"name": "y", "s": ""},
        "list": [{"n": 1}, {}],
        "raw": "_-8",
        "at": "2026-03-01T09:00:00Z",
        "wrapped": "w",
        "flags": {"true": 1, "false": 0},
        "free": {"a": [1.0, {"b": None}]},
    }
    wanted = read_message({field: whole[field]}, kind)
    value = Expressions(catalogue).compile(f"s1.{field}", {"s1": "t.M"}).evaluate({"s1": wanted})
    assert read_message({field: to_json(value)}, kind) == wanted
