"""Verdicts on questions: about the label's intents, for what is missing, with nothing made up."""

import pytest

from evaluation.labels import Label
from orchestrator_server.plan import Clarify, Step
from tests.fakes import plan, step
from tests.unit.evaluation.judged import aspects, feeding, label, verdict, wanted


def asked(*missing: str, steps: list[Step], question: str = "What?") -> Clarify:
    return Clarify(question=question, missing=missing, partial=plan(*steps) if steps else None)


def question(*steps: object, missing: list[str]) -> Label:
    return label(*steps, kind="clarify", missing=(frozenset(missing),) if missing else ())  # type: ignore[arg-type]


INVOICE = question(wanted("invoice.get", "order.list"), missing=["order_id"])
RETURN = question(wanted("order.return_items"), missing=["order_id", "items"])
BOTH = question(wanted("order.cancel", order_id="A-1"), wanted("user.update_phone"), missing=["phone"])
CANDLES = question(wanted("order.create", sku="beeswax candle"), missing=["quantity"])
CHOICE = question(wanted("newsletter.unsubscribe"), wanted("order.cancel"), missing=["intent"])
CANCEL, PHONE = step("s1", "order.cancel", order_id="A-1"), step("s2", "user.update_phone")


@pytest.mark.parametrize(
    ("one", "said", "found"),
    [
        (INVOICE, asked("order_id", steps=[step("s1", "invoice.get")]), "kipc"),
        (INVOICE, asked("order_id", steps=[step("s1", "shipping.track")]), "kpc"),
        (INVOICE, asked("order_id", steps=[]), "kipc"),
        (INVOICE, asked("email", steps=[]), "kic"),
        (INVOICE, asked("order_id", "intent", steps=[step("s1", "invoice.get")]), "kic"),
        (INVOICE, asked("order_id", steps=[step("s1", "invoice.get"), step("s2", "order.cancel")]), "kpc"),
        (INVOICE, asked("order_id", steps=[step("s1", "invoice.get"), feeding("s2", "order.list")]), "kipc"),
        (INVOICE, asked(steps=[step("s1", "invoice.get", order_id="A-1")], question="Shall I show the order?"), "kic"),
        (RETURN, asked("order_id", "items", steps=[step("s1", "order.return_items")]), "kipc"),
        (RETURN, asked("order_id", steps=[step("s1", "order.return_items")]), "kipc"),
        (RETURN, asked("order_id", steps=[step("s1", "order.return_items", items=["cup"])]), "kic"),
        (BOTH, asked("phone", steps=[CANCEL, PHONE]), "kipc"),
        (BOTH, asked("phone", steps=[PHONE]), "kpc"),
        (BOTH, asked("phone", steps=[step("s1", "order.cancel", order_id="A-2"), PHONE]), "kic"),
        (CANDLES, asked("quantity", steps=[step("s1", "order.create", sku="beeswax candles")]), "kipc"),
        (CANDLES, asked("quantity", steps=[step("s1", "order.create", sku="teapot")]), "kic"),
        (CHOICE, asked("intent", steps=[step("s1", "order.cancel"), step("s2", "newsletter.unsubscribe")]), "kipc"),
        (CHOICE, asked("intent", steps=[step("s1", "order.cancel")]), "kpc"),
        (CHOICE, asked("order_id", steps=[step("s1", "order.cancel"), step("s2", "newsletter.unsubscribe")]), "kic"),
    ],
)
async def test_questions_are_judged_by_what_they_ask_for(one: Label, said: Clarify, found: str):
    assert aspects(await verdict(one, said)) == found


@pytest.mark.parametrize(
    ("one", "said", "is_right"),
    [
        (INVOICE, "Which order do you mean?", True),
        (INVOICE, "What's your favourite colour?", False),
        (INVOICE, 'I did not understand "send me the order". Could you say it another way?', False),
        (CANDLES, "How many would you like?", True),
        (CHOICE, "Shall I stop the newsletter, or cancel a pending order?", True),
        (CHOICE, "Shall I stop the newsletter?", False),
    ],
)
async def test_a_question_in_words_alone_must_speak_of_what_is_missing(one: Label, said: str, is_right: bool):
    assert (await verdict(one, asked(steps=[], question=said))).is_right == is_right


async def test_a_label_may_take_several_questions():
    one = label(wanted("order.cancel"), kind="clarify", missing=(frozenset({"order_id"}), frozenset({"reason"})))
    for name in ("order_id", "reason"):
        assert (await verdict(one, asked(name, steps=[step("s1", "order.cancel")]))).is_right
