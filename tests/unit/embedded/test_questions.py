# ruff: noqa: E501  # tables: one case a line
"""What is lacking or open becomes one question about the right intent, and never a refusal or an effect."""

import pytest

from orchestrator_server.plan import Clarify, Decision, Plan, Refuse
from tests.unit.embedded.asking import decide, line, shop

LACKING = {
    "order.cancel order_id": [
        "i dont want my order anymore can u stop it",
        "I need to cancel something I ordered yesterday",
        "my order must be cancelled",
        "cancellation please",
    ],
    "shipping.track order_id": [
        "where's my stuff, it should have come by now",
        "have you lost my parcel? where is it",
        "wheres my order its been ages",
    ],
    "invoice.get order_id": [
        "I need the bill for something that I bought here",
        "my accountant is asking for an invoice, can you get it?",
        "please resend the invoice",
        "I'd like the receipt",
    ],
    "order.return_items items, order_id": [
        "i'd like to send something back",
        "start a return for me please",
    ],
    "order.return_items items": [
        "Some of the things in A-1042 don't suit me, I'd like to return those",
        "There's an item in A-1042 which I'd like to return.",
        "part of A-1042 should go back to you",
    ],
    "shipping.change_address address": [
        "I have to change where A-1042 gets delivered",
        "wrong delivery address on A-1042",
        "A-1042 should go to a different address",
        "please deliver A-1042 to my office",
    ],
    "user.update_address address": [
        "We have found a new flat, so the home address in my account is to be changed.",
        "the address in my profile is out of date",
        "we have moved, please update our address",
    ],
    "user.update_phone phone": [
        "I got a new number",
        "my phone number is wrong in your system",
        "The phone number you have for me is wrong",
        "the mobile number on my account is an old one",
    ],
    "order.create quantity, sku": [
        "hi i want make a new order",
        "put in a new order for me",
        "I want to buy a few things",
    ],
}
OPEN = {
    "shipping.change_address user.update_address": [
        "The address has to be changed to 12 Low Road, York YO1 2AB",
        "the address is wrong, it has to be 12 Low Road, York YO1 2AB",
        "new address: 12 Low Road, York YO1 2AB",
        "address should read 12 Low Road, York YO1 2AB",
        "please put 12 Low Road, York YO1 2AB. I can't say if it belongs on my account or just on A-1042",
    ],
    "order.cancel order.return_items": [
        "I don't want the curtains from A-1042 anymore",
        "A-1042: I no longer want the curtains",
        "i dont want A-1042 no more",
        "I no longer want A-1042",
        "I want my money back for A-1042",
        "A-1042. I want my money back!",
        "I no longer need the lamp I ordered",
        "Either cancel A-1042 or take back the blender, I don't know which is right",
        "get rid of A-1042, cancel it or return it, whatever works",
    ],
    "order.cancel shipping.change_address": ["could A-1042 be dropped at my aunt's? She lives at 14 Quay Lane, Galway"],
    "order.cancel order.return_items shipping.change_address": [
        "sort out A-1042",
        "can you do something about A-1042?",
    ],
}
NOT_OFFERED = [
    "what's the status of my refund?",
    "how long does a refund take",
    "reset my profile password",
    "what is your phone number",
    "what number do I call to get in touch with customer service",
    "how do I earn points",
    "how can I become a gold member",
    "what do people do with their points",
    "i want to get the newsletter",
    "I want to receive your newsletter",
    "put me back on the newsletter list",
    "what does a desk lamp cost",
    "how many days do I have to return something",
    "which payment methods do you take",
    "I want to see the payment options",
    "open a new account",
    "add item to order A-1042",
    "how could I swap an item of order A-1042",
    "remove something from order A-1042",
    "where can I change my e-mail",
    "what is 15% of 80",
]
STILL_PLANNED = [
    ("user.update_address(address=12 Low Road, York YO1 2AB)", "my address should read 12 Low Road, York YO1 2AB"),
    ("user.update_address(address=12 Low Road, York YO1 2AB)", "the address in my account should be 12 Low Road, York YO1 2AB"),
    ("newsletter.unsubscribe()", "get me off your newsletter"),
    ("newsletter.unsubscribe()", "help me getting rid of your newsletter"),
    ("user.get_profile()", "which address do you have"),
    ("loyalty.get_points()", "how do I check my points"),
    ("order.list()", "how do I see my orders"),
    ("order.get(order_id=A-1042)", "what's the return status of A-1042"),
    ("invoice.get(order_id=A-1042)", "I'd like the invoice for A-1042"),
    ("shipping.track(order_id=A-1042)", "I would love to know where A-1042 is"),
    ("order.return_items(items=[curtains], order_id=A-1042)", "I don't want the curtains from A-1042, return the curtains"),
]  # fmt: skip


def asked(decision: Decision) -> str:
    """The intents of a question and what it asks for."""
    assert isinstance(decision, Clarify), line(decision)
    steps = decision.partial.steps if decision.partial else ()
    return f"{' '.join(sorted(s.intent for s in steps if not s.is_supporting))} {', '.join(sorted(decision.missing))}"


@pytest.mark.parametrize(
    ("expected", "text"), [(expected, text) for expected, texts in LACKING.items() for text in texts]
)
async def test_what_is_lacking_is_asked_for(expected: str, text: str) -> None:
    assert asked(await decide(text)) == expected


@pytest.mark.parametrize(("expected", "text"), [(expected, text) for expected, texts in OPEN.items() for text in texts])
async def test_all_that_fit_equally_are_offered(expected: str, text: str) -> None:
    assert asked(await decide(text)) == f"{expected} intent"


@pytest.mark.parametrize("text", NOT_OFFERED)
async def test_what_only_sounds_like_a_request_is_refused(text: str) -> None:
    assert isinstance(await decide(text), Refuse)


@pytest.mark.parametrize(("expected", "text"), STILL_PLANNED)
async def test_a_request_that_says_which_is_planned(expected: str, text: str) -> None:
    assert line(await decide(text)) == expected


@pytest.mark.parametrize("text", [text for texts in (*OPEN.values(), NOT_OFFERED) for text in texts])
async def test_no_effect_is_planned_where_it_is_open_what_is_meant(text: str) -> None:
    decision = await decide(text)
    steps = decision.steps if isinstance(decision, Plan) else ()
    assert not [step.intent for step in steps if shop().intents[step.intent].has_effect]


async def test_one_more_that_is_not_named_is_asked_for() -> None:
    assert isinstance(await decide("cancel A-1042 and that other one, I forgot its number"), Clarify)
