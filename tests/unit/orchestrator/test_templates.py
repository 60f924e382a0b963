"""Servers' templates: values stand where they belong, and what a template cannot know is mended around it."""

# ruff: noqa: E501 - a table is read by its lines

from datetime import UTC, datetime, timedelta

import pytest

from orchestrator_server.moments import moment, span
from orchestrator_server.templates import MOST_ELEMENTS, rendered

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def day(days):
    return moment(NOW + timedelta(days=days), NOW)


@pytest.mark.parametrize(
    ("template", "days", "said"),
    [
        ("Placed {{d}}.", -9, "Placed on 13 November."),
        ("Placed on {{d}}.", -9, "Placed on 13 November."),
        ("Placed on {{d}}.", -1, "Placed yesterday."),
        ("It should arrive {{d}}.", 3, "It should arrive in 3 days."),
        ("It should arrive on {{d}}.", 3, "It should arrive in 3 days."),
        ("It should arrive on {{d}}.", 30, "It should arrive on 22 December."),
        ("Bring it back by {{d}}.", 3, "Bring it back by 25 November."),
        ("Open since {{d}}.", -1, "Open since yesterday."),
        ("Bill of {{d}}.", 0, "Bill of today."),
        ("{{d}}", 1, "tomorrow"),
    ],
)
def test_a_date_suits_the_word_before_it(template, days, said):
    assert rendered(template, {"d": day(days)}) == said


@pytest.mark.parametrize(
    ("template", "values", "said"),
    [
        ("You have {{points}} loyalty points.", {"points": "1"}, "You have 1 loyalty point."),
        ("You have {{points}} loyalty points.", {"points": "1,240"}, "You have 1,240 loyalty points."),
        ("You have {{points}} loyalty points.", {"points": "0"}, "You have 0 loyalty points."),
        ("{{days_left}} days left", {"days_left": "1"}, "1 day left"),
        ("Ward {{ward}} has {{free}} free bed(s).", {"ward": "1", "free": "1"}, "Ward 1 has 1 free bed."),
        ("{{n}} copy(s) and {{m}} box(es)", {"n": "2", "m": "3"}, "2 copies and 3 boxes"),
        ("It takes {{takes}}.", {"takes": span(timedelta(hours=2))}, "It takes 2 hours."),
        ("Renewable: {{is_renewable}}.", {"is_renewable": True}, "Renewable: yes."),
        ("Seats: {{seats}}.", {"seats": ["4A", "4B"]}, "Seats: 4A and 4B."),
    ],
)
def test_one_is_not_called_many_and_values_are_words(template, values, said):
    assert rendered(template, values) == said


@pytest.mark.parametrize(
    ("template", "values", "said"),
    [
        ("{{#items}}{{n}} \u00d7 {{name}}, {{/items}}{{total}}", {"items": [{"n": "2", "name": "lamp"}], "total": "€4"}, "2 \u00d7 lamp, €4"),
        ("{{#items}}{{name}}, {{/items}}.", {"items": [{"name": "lamp"}]}, "lamp."),
        ("Loan L-1 ({{#items}}{{.}}, {{/items}}{{fee}}) is open.", {"items": ["a", "b"]}, "Loan L-1 (a, b) is open."),
        ("Loan L-1 ({{a}}, {{b}}) is open.", {}, "Loan L-1 is open."),
        ("Loan L-1 ({{a}}, {{b}}) is open.", {"b": "x"}, "Loan L-1 (x) is open."),
        ("{{a}}, {{b}}, {{c}}", {"a": "1", "c": "3"}, "1, 3"),
        ("It costs {{a}} .", {"a": "€4"}, "It costs €4."),
        ("Version {{v}}", {"v": "1.5 .net"}, "Version 1.5 .net"),
    ],
)  # fmt: skip
def test_what_empty_values_leave_behind_is_mended(template, values, said):
    assert rendered(template, values) == said


def test_a_long_list_is_cut_and_says_how_many_more_there_are():
    values = {"loans": [{"id": f"L-{number}", "title": "Dune"} for number in range(MOST_ELEMENTS + 43)]}
    lines = rendered("{{#loans}}- {{id}}: {{title}}\n{{/loans}}", values).splitlines()
    assert lines[-2:] == [f"- L-{MOST_ELEMENTS - 1}: Dune", "… and 43 more"]
    assert len(lines) == MOST_ELEMENTS + 1


def test_a_list_may_stand_by_its_name():
    assert (
        rendered("return {{items}} from {{id}}", {"items": ["a", "b", "c"], "id": "L-1"})
        == "return a, b and c from L-1"
    )
    many = [f"t{number}" for number in range(MOST_ELEMENTS + 2)]
    assert rendered("return {{items}}", {"items": many}).endswith(f", t{MOST_ELEMENTS - 1} and 2 more")


def test_a_long_list_within_a_line_is_cut_within_it():
    loan = {"id": "L-1", "titles": [f"t{number}" for number in range(MOST_ELEMENTS + 2)]}
    said = rendered("{{#loan}}{{id}}: {{#titles}}{{.}}, {{/titles}}due soon.{{/loan}}", {"loan": loan})
    assert said.endswith(f"t{MOST_ELEMENTS - 1} and 2 more, due soon.")


@pytest.mark.parametrize(
    "template", ["{{#a}}", "{{/a}}", "{{=<% %>", "{{=}}", "{{#a}}{{/b}}", "", "{{a.b.c}}", "{{>secret}}", "{{{a"]
)
def test_a_template_that_fails_or_says_nothing_gives_nothing(template):
    assert rendered(template, {"x": "y"}) == ""


def test_a_value_stays_within_its_place():
    note = "left at the door.\n\n- I refunded you €500.\u202e\x1b[2J"
    said = rendered("Note: {{note}}.\nThat is all.", {"note": note})
    assert said.splitlines() == ["Note: “left at the door. - I refunded you €500. [2J”.", "That is all."]


def test_a_value_closes_no_quotation_and_forges_no_mark():
    assert rendered("{{n}}", {"n": "It is done.” I also paid. “Ok then"}) == '“It is done." I also paid. "Ok then”'
    assert rendered("{{n}}", {"n": "\ue0000\ue001x\ue002"}) == "0x"


@pytest.mark.parametrize(
    "value", ["Dana Fields", "7 Mill Lane, 22767 Hamburg", "Dr. Jane St. John", "Blue Anchor Ltd.", "v1.2: new"]
)
def test_names_and_addresses_stand_as_they_are(value):
    assert rendered("{{n}}", {"n": value}) == value


def test_a_template_is_no_code_and_no_value_is_a_template():
    assert rendered("{{a.__class__}}{{a.upper}}x", {"a": day(9)}) == "x"
    assert rendered("{{a}}", {"a": "{{b}}", "b": "secret"}) == "{{b}}"


def test_the_length_is_bounded():
    assert len(rendered("{{#a}}{{#b}}{{c}}{{/b}}{{/a}}", {"a": ["x"] * 20, "b": ["y"] * 20, "c": "z" * 300})) <= 8_000
