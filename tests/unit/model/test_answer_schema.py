"""answer_schema: what strict modes take, with everything a model needs to know about the shape."""

import json
from typing import Any

from evaluation.catalogues import shop_catalogue
from orchestrator_server.catalogue import Intent, Parameter
from orchestrator_server.model.answer_schema import answer_schema
from tests.unit.model.strict_schema import strict_faults

INTENTS = tuple(shop_catalogue().intents.values())


def schema() -> Any:
    return answer_schema(INTENTS)


def branch(name: str) -> Any:
    branches = schema()["properties"]["steps"]["items"]["anyOf"]
    return next(b["properties"] for b in branches if b["properties"]["intent"]["enum"] == [name])


def parameter(**fields: Any) -> Parameter:
    blank = {"name": "x", "kind": "string", "is_repeated": False, "description": "", "is_required": False}
    return Parameter(**{**blank, "pattern": "", "example": "", "is_subject": False, **fields})


def intent(*parameters: Parameter) -> Intent:
    return Intent(
        name="a.b",
        description="",
        examples=(),
        has_effect=False,
        access=0,
        roles=frozenset(),
        approval_required=False,
        reply_template="",
        approval_template="",
        parameters=parameters,
        offers=(),
    )


def test_the_shop_is_within_what_strict_mode_takes():
    assert list(strict_faults({"strict": True, "schema": schema()})) == []


def test_no_intents_make_a_schema_that_strict_mode_takes():
    assert list(strict_faults({"strict": True, "schema": answer_schema(())})) == []


def test_the_checker_would_find_what_strict_mode_refuses():
    open_object = {"type": "object", "properties": {"a": {"type": "string", "pattern": "x"}}, "required": []}
    faults = list(strict_faults({"strict": True, "schema": open_object}))
    assert faults == ["top is open", "top does not require every property", "top.a has ['pattern']"]
    assert list(strict_faults({"strict": True, "schema": {"anyOf": []}})) == ["the top is no object"]


def test_every_intent_has_one_branch_with_every_parameter_but_the_callers_own():
    branches = schema()["properties"]["steps"]["items"]["anyOf"]
    assert [b["properties"]["intent"]["enum"][0] for b in branches] == [intent.name for intent in INTENTS]
    assert list(branch("order.list")["arguments"]["properties"]) == ["status", "limit"]


def test_a_value_is_a_literal_a_reference_or_null():
    literal, reference, nothing = branch("order.get")["arguments"]["properties"]["order_id"]["anyOf"]
    assert (literal, nothing) == ({"type": "string"}, {"type": "null"})
    assert reference["required"] == ["from"]


def test_types_follow_the_contract():
    arguments = branch("order.list")["arguments"]["properties"]
    assert arguments["status"]["anyOf"][0]["enum"] == ["PENDING", "SHIPPED", "DELIVERED", "CANCELLED", "RETURNED"]
    assert arguments["limit"]["anyOf"][0] == {"type": "integer"}
    items = branch("order.return_items")["arguments"]["properties"]["items"]
    assert items["anyOf"][0] == {"type": "array", "items": {"type": "string"}}


def test_every_kind_has_a_type():
    kinds = ("string", "integer", "number", "boolean", "enum", "bytes", "message")
    made: Any = answer_schema([intent(*(parameter(name=kind, kind=kind) for kind in kinds))])
    arguments = made["properties"]["steps"]["items"]["anyOf"][0]["properties"]["arguments"]["properties"]
    types = {kind: arguments[kind]["anyOf"][0]["type"] for kind in kinds}
    assert types == dict.fromkeys(kinds, "string") | {"integer": "integer", "number": "number", "boolean": "boolean"}


def test_patterns_and_examples_are_told_in_words():
    told = branch("order.get")["arguments"]["properties"]["order_id"]["description"]
    assert told == "The order's id. For instance A-1042. Matches [A-Z]-[0-9]{3,8}"


def test_missing_can_only_name_parameters_that_exist():
    names = schema()["properties"]["missing"]["items"]["enum"]
    assert names == sorted(set(names))
    assert "order_id" in names
    assert "email" not in names


def test_it_is_the_same_bytes_every_time():
    assert json.dumps(answer_schema(INTENTS)) == json.dumps(answer_schema(tuple(shop_catalogue().intents.values())))
