# ruff: noqa: E501, RUF001  # tables: one case a line, and things are counted with a multiplication sign
"""Answers of every kind to each kind of question: what limits, puts off, asks back or takes back is never dropped."""

import pytest

from tests.unit.embedded.talking import outcome

READ = "~order.get(order_id={0})"
CANCEL = f"{READ} + order.cancel(order_id={{0}}) if "
PENDING = "s1.order.status == PENDING"
NOT_SHIPPED = "!has(s1.order.shipped_at)"

UNDER_CONDITIONS = {
    PENDING: """
yes, only if it's pending
sure, if it is still pending
y but only when pending
ok as long as it is pending
go ahead provided it's still pending
pending? then yes
is it pending? if so, yes
if it's pending go ahead, if not don't
it's pending I think, if not leave it
no, unless it's still pending
please do, assuming it is still pending
yes if it is pending, otherwise leave it
""",
    NOT_SHIPPED: """
if it's shipped then no
don't if it has shipped
has it shipped? if not, yes
has it shipped already? if so leave it
ok but not if it has shipped
no, if it has shipped leave it
fine, unless it has shipped
""",
}
"""A yes to a proposal, by the condition under which it is one."""

NOT_DONE = """
yes, no wait, don't
yes ... actually no
sure, oh no don't do that
do it, wait, not yet
yes, I changed my mind
yes, but not today
yes?
yes or not?
yes, what happens then?
yes but tell me what it cost first
yes but check first whether it has shipped
yes, when it arrives
yes if my aunt agrees
yes if it's pending, otherwise A-1044
where is A-1044?
has it shipped?
what about A-1043?
not A-1043
undo that
"""
"""After each of these nothing is changed: it is asked, looked up or left."""

TAKEN = {
    "cancel": "order.cancel(order_id=A-1042)",
    "cancel it please": "order.cancel(order_id=A-1042)",
    "no, A-1043": "order.cancel(order_id=A-1043)",
    "not A-1042 but A-1043": "order.cancel(order_id=A-1043)",
    "yes, and A-1044 too": "order.cancel(order_id=A-1042) + order.cancel(order_id=A-1044)",
    "yes, and A-1044 too if it's pending": "order.cancel(order_id=A-1042) + ~order.get(order_id=A-1044) + order.cancel(order_id=A-1044) if s2.order.status == PENDING",
    "yes if it's pending, and cancel A-1044 if it has not shipped": f"{CANCEL.format('A-1042')}{PENDING} + ~order.get(order_id=A-1044) + order.cancel(order_id=A-1044) if !has(s3.order.shipped_at)",
    "yes unless it's shipped, and track A-1044": f"{CANCEL.format('A-1042')}{NOT_SHIPPED} + shipping.track(order_id=A-1044)",
}

WHICH = {
    "A-1043 if it's shipped then no": f"{CANCEL.format('A-1043')}{NOT_SHIPPED}",
    "A-1043 but don't do it if it has shipped": f"{CANCEL.format('A-1043')}{NOT_SHIPPED}",
    "if it's still pending, A-1043": f"{CANCEL.format('A-1043')}{PENDING}",
    "A-1043 if it's pending and send me the invoice of A-1044": f"{CANCEL.format('A-1043')}{PENDING} + invoice.get(order_id=A-1044)",
    "A-1043 if it's pending, otherwise A-1044": "ask",
    "A-1043? has it shipped?": "order.get(order_id=A-1043)",
    "A-1043 - wait, what did it cost?": "order.get(order_id=A-1043)",
    "A-1043 tomorrow": "ask",
    "A-1043 but not yet": "refuse chatter",
    "A-1043, no wait, don't": "refuse chatter",
    "A-1043, sorry, forget it": "refuse chatter",
    "A-1043, but check it's the lamp first": "ask",
    "just the lamp from A-1043": "ask intent",
    "A-1043?": "ask",
    "will A-1044 be late?": "order.get(order_id=A-1044)",
}

CHOICE = {
    "the first if it's still pending": f"{CANCEL.format('A-1042')}{PENDING}",
    "the former unless it has shipped": f"{CANCEL.format('A-1042')}{NOT_SHIPPED}",
    "cancel A-1043 instead": "order.cancel(order_id=A-1043)",
    "cancel, and A-1043 as well": "order.cancel(order_id=A-1042) + order.cancel(order_id=A-1043)",
    "if it has shipped, return, otherwise cancel": "ask",
    "depends on whether it has shipped": "ask intent",
    "not the first": "refuse chatter",
    "don't cancel": "refuse chatter",
    "has it shipped?": "order.get(order_id=A-1042)",
    "the first, no wait, don't": "refuse chatter",
}

AFTERWARDS = {
    "undo that": "refuse out_of_scope",
    "can you undo that please": "refuse out_of_scope",
    "bring it back": "refuse out_of_scope",
    "but not A-1044": "refuse chatter",
    "same for A-1044 if it's pending": f"{CANCEL.format('A-1044')}{PENDING}",
    "do that for A-1044 too, if it has not shipped": f"{CANCEL.format('A-1044')}{NOT_SHIPPED}",
    "sorry I meant A-1043, if it's pending": f"{CANCEL.format('A-1043')}{PENDING}",
    "what about A-1044, if it's pending?": "ask",
    "A-1044 too, no wait, don't": "refuse chatter",
}

LISTED = {
    "cancel the cheapest if it's pending": f"{CANCEL.format('A-1043')}{PENDING}",
    "cancel A-1042 and the second": "order.cancel(order_id=A-1042) + order.cancel(order_id=A-1043)",
    "cancel the first or the second": "ask order_id",
}

PROPOSED = (("can I cancel A-1042?", "Do you want me to cancel order A-1042?"),)
ASKED_WHICH = (("cancel my order", "Which order do you mean? (for example A-1042)"),)
OFFERED = (("I don't want A-1042 anymore", ""),)
DONE = (("cancel A-1042", "Order A-1042 is cancelled."),)
SHOWN = (
    (
        "show my orders",
        "- A-1042: 1 × desk lamp, €39.90, pending, placed 3 days ago\n- A-1043: 2 × mug, €19.00, shipped, placed 5 days ago",
    ),
)
TABLES = ((PROPOSED, TAKEN), (ASKED_WHICH, WHICH), (OFFERED, CHOICE), (DONE, AFTERWARDS), (SHOWN, LISTED))


@pytest.mark.parametrize(
    ("text", "condition"),
    [(text, test) for test, texts in UNDER_CONDITIONS.items() for text in texts.split("\n") if text],
)
async def test_yes_under_a_condition_runs_under_it_alone(text: str, condition: str) -> None:
    assert await outcome(PROPOSED, text) == f"{CANCEL.format('A-1042')}{condition}"


@pytest.mark.parametrize("text", NOT_DONE.strip().split("\n"))
async def test_answer_that_holds_back_changes_nothing(text: str) -> None:
    assert "order.cancel" not in await outcome(PROPOSED, text)


@pytest.mark.parametrize(
    ("earlier", "text", "expected"), [(earlier, *row) for earlier, table in TABLES for row in table.items()]
)
async def test_answer_is_taken_for_what_it_says(earlier: tuple[tuple[str, str], ...], text: str, expected: str) -> None:
    found = await outcome(earlier, text)
    assert found == expected or (expected == "ask" and found.startswith("ask"))


@pytest.mark.parametrize(
    "question",
    [
        "could A-1042 be cancelled if it's pending?",
        "can we cancel A-1042? only if it is still pending",
        "if A-1042 is pending, can it be cancelled?",
    ],
)
async def test_what_is_offered_keeps_the_condition_of_the_question(question: str) -> None:
    assert await outcome(((question, ""),), "yes please") == f"{CANCEL.format('A-1042')}{PENDING}"


@pytest.mark.parametrize("text", ["if it's pending", "I mean if it is still pending", "only if it's pending"])
async def test_condition_said_another_way_takes_the_place_of_the_one_that_was_not_understood(text: str) -> None:
    assert (
        await outcome((("cancel A-1042 if my horoscope says so", ""),), text) == f"{CANCEL.format('A-1042')}{PENDING}"
    )


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Has A-1042 been cancelled as I asked? If not, do it.", "order.get(order_id=A-1042)"),
        ("was my order A-1042 cancelled? if not do that now", "order.get(order_id=A-1042)"),
        ("I asked to cancel A-1042. If it's not cancelled yet, please do so.", "~order.get(order_id=A-1042)"),
    ],
)
async def test_what_was_asked_for_before_is_done_if_it_is_not_yet(text: str, read: str) -> None:
    assert await outcome((), text) == f"{read} + order.cancel(order_id=A-1042) if s1.order.status != CANCELLED"
