"""Labels: what is read as it is meant, and what is an error with its line."""

import json
from pathlib import Path
from typing import Any

import pytest

from evaluation.labels import LabelError, read_labels

LINE: dict[str, Any] = {
    "id": "x-1",
    "category": "single",
    "session_email": None,
    "turns": [{"role": "user", "text": "cancel A-1042"}],
    "expect": {"kind": "plan", "steps": [{"intent": "order.cancel", "params": {"order_id": "A-1042"}}]},
}


def read(folder: Path, **changed: Any):
    line = {
        **LINE,
        **{name: value for name, value in changed.items() if name in ("id", "category", "turns", "also_ok")},
    }
    line["expect"] = {**LINE["expect"], **{n: v for n, v in changed.items() if n not in line or n == "also_ok"}}
    path = folder / "set.jsonl"
    path.write_text(json.dumps(line), encoding="utf-8")
    (label,) = read_labels(path)
    return label


@pytest.mark.parametrize("said", ["follow-up", "follow_up", "Follow-Up", "follow up"])
def test_categories_are_read_in_any_spelling(tmp_path: Path, said: str):
    assert read(tmp_path, category=said).category == "follow_up"


@pytest.mark.parametrize(
    ("said", "read_as"),
    [
        ("order_id", [{"order_id"}]),
        (["order_id", "items"], [{"order_id", "items"}]),
        ("order_id, items", [{"order_id", "items"}]),
        ([["order_id"], ["intent"]], [{"order_id"}, {"intent"}]),
        (["intent"], [{"intent"}]),
        ([], []),
        (None, []),
    ],
)
def test_what_is_missing_is_a_name_or_a_list_or_several(tmp_path: Path, said: Any, read_as: list[set[str]]):
    found = read(tmp_path, kind="clarify", missing=said).missing
    assert [set(names) for names in found] == read_as


@pytest.mark.parametrize(
    ("said", "read_as"),
    [({"reason": "*"}, {"reason": "*"}), (["reason"], {"reason": "*"}), ("reason", {"reason": "*"}), (None, {})],
)
def test_optional_parameters_are_a_mapping_or_names(tmp_path: Path, said: Any, read_as: dict[str, str]):
    steps = [{"intent": "order.cancel", "params": {}, "optional_params": said}]
    assert read(tmp_path, steps=steps).steps[0].optional_params == read_as


def test_what_is_as_good_may_stand_at_a_step_or_above_it(tmp_path: Path):
    steps = [{"intent": "order.cancel", "also_ok": "order.list"}]
    assert read(tmp_path, steps=steps).steps[0].intents == ("order.cancel", "order.list")
    assert read(tmp_path, also_ok=["order.list"]).steps[0].intents == ("order.cancel", "order.list")
    assert read(tmp_path, also_ok=["clarify"]).also_kinds == {"clarify"}


def test_empty_values_are_not_given(tmp_path: Path):
    steps = [{"intent": "order.list", "params": {"status": None, "limit": ""}}]
    assert read(tmp_path, steps=steps).steps[0].params == {}


def test_a_line_separator_inside_a_text_ends_no_line(tmp_path: Path):
    path = tmp_path / "set.jsonl"
    line = {**LINE, "turns": [{"role": "user", "text": "one\u2028two"}]}
    path.write_text("\ufeff" + json.dumps(line, ensure_ascii=False) + "\n\n", encoding="utf-8")
    assert read_labels(path)[0].text == "one\u2028two"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no messages"),
        ("nonsense", "line 1: no JSON"),
        ("[]", "line 1: the line is no JSON object"),
        (json.dumps({"turns": []}), "line 1: the last of `turns` must be the user's message"),
        (json.dumps({"expect": {}}), "line 1: 'turns' is missing"),
        ("\n" + json.dumps({**LINE, "expect": {}}), "line 2: 'kind' is missing"),
        (json.dumps({**LINE, "expect": {"kind": "act"}}), "kind 'act' is none of plan, clarify, refuse"),
        (json.dumps({**LINE, "expect": {"kind": "plan"}}), "a plan needs `steps`"),
        (json.dumps({**LINE, "turns": [{"role": "robot", "text": "x"}]}), "role 'robot' is neither"),
        (json.dumps({**LINE, "turns": [{"role": "user", "text": 5}]}), "no text"),
        (
            json.dumps({**LINE, "expect": {**LINE["expect"], "worlds": [{"facts": {}, "executed_steps": [3]}]}}),
            "executed_steps [3] of 1 steps",
        ),
        (
            json.dumps({**LINE, "expect": {**LINE["expect"], "worlds": [{"facts": {"A-1": 5}, "executed_steps": []}]}}),
            "facts must be objects",
        ),
    ],
)
def test_errors_name_the_line_and_what_is_wrong(tmp_path: Path, text: str, said: str):
    path = tmp_path / "set.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LabelError) as caught:
        read_labels(path)
    assert said in str(caught.value)


def test_a_file_that_is_no_text_is_an_error(tmp_path: Path):
    path = tmp_path / "set.jsonl"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LabelError, match="is not UTF-8"):
        read_labels(path)
