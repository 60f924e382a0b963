# ruff: noqa: E501  # tables: one case a line
"""Conversations: each is a list of what is said and what comes of it."""

import pytest
from llm_orchestrator.order.v1 import order_pb2

from orchestrator_server.plan import Clarify, Outcome, OutcomeStatus, PastTurn, Plan, Recollection, StoredResponse
from tests.unit.embedded.asking import decide, line, shop

TALKS = """
cancel my order => ask order_id
A-1042 => order.cancel(order_id=A-1042)

cancel my order => ask order_id
never mind => refuse chatter

cancel my order => ask order_id
actually show me my points => loyalty.get_points()

cancel my order => ask order_id
the one with the lamp => ask order_id

cancel my order if it hasn't shipped and tell me my points => ask order_id
it's A-1042 => ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.order.shipped_at) + loyalty.get_points()

I want to return something => ask order_id, items
A-1046 => ask items
the desk lamp and the wireless mouse => order.return_items(items=[desk lamp; wireless mouse], order_id=A-1046)

return the desk lamp => ask order_id
a-1046 please => order.return_items(items=[desk lamp], order_id=A-1046)

change my phone number => ask phone
it's 0170 555 01 99 => user.update_phone(phone=0170 555 01 99)

change my address => ask address
my new address is 5 Elm Road, Ghent => user.update_address(address=5 Elm Road, Ghent)

place an order => ask sku, quantity
2 desk lamps => order.create(quantity=2, sku=desk lamp)

order desk lamps => ask quantity
three => order.create(quantity=3, sku=desk lamp)

can I cancel A-1042? => ask
yes please => order.cancel(order_id=A-1042)

can I cancel A-1042? => ask
no => refuse chatter

where is A-1042 => shipping.track(order_id=A-1042)
and A-1043? => shipping.track(order_id=A-1043)

where is A-1042 => shipping.track(order_id=A-1042)
the same for A-1043 => shipping.track(order_id=A-1043)

cancel A-1042 => order.cancel(order_id=A-1042)
what about A-1043? => ask
yes => order.cancel(order_id=A-1043)

cancel A-1042 if it hasn't shipped => ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.order.shipped_at)
same for A-1043 and A-1044 please => ~order.get(order_id=A-1043) + order.cancel(order_id=A-1043) if !has(s1.order.shipped_at) + ~order.get(order_id=A-1044) + order.cancel(order_id=A-1044) if !has(s3.order.shipped_at)

cancel A-1042 => order.cancel(order_id=A-1042)
sorry, I meant A-1043 => order.cancel(order_id=A-1043)

where is A-1042 => shipping.track(order_id=A-1042)
when will it arrive? => shipping.estimate_delivery(order_id=A-1042)
cancel that order if it has not shipped => ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.order.shipped_at)
send me the invoice => invoice.get(order_id=A-1042)

where is A-1042 => shipping.track(order_id=A-1042)
what about my other order? => ask order_id
A-1043 => shipping.track(order_id=A-1043)

show my orders => order.list()
where is the second one => shipping.track(order_id=A-1043)

show my orders => order.list()
cancel the first one => order.cancel(order_id=A-1042)

show my orders => order.list()
where is A-1042 => shipping.track(order_id=A-1042)
what about my other order? => shipping.track(order_id=A-1043)

what are my pending orders => order.list(status=PENDING)
cancel both => order.cancel(order_id=A-1042) + order.cancel(order_id=A-1043)

what are my pending orders => order.list(status=PENDING)
and the delivered ones? => order.list(status=DELIVERED)

show me my profile => user.get_profile()
and my points? => loyalty.get_points()
thanks! => refuse chatter

where are A-1042 and A-1043 => shipping.track(order_id=A-1042) + shipping.track(order_id=A-1043)
cancel it => ask order_id
"""
SPLIT = [[tuple(turn.split(" => ")) for turn in talk.splitlines()] for talk in TALKS.strip().split("\n\n")]


@pytest.mark.parametrize("talk", SPLIT, ids=[" / ".join(text for text, _ in talk) for talk in SPLIT])
async def test_conversation_goes_on(talk: list[tuple[str, str]]) -> None:
    turns: list[PastTurn] = []
    question: Clarify | None = None
    for text, expected in talk:
        decision = await decide(text, Recollection(turns=tuple(turns), open_question=question))
        assert line(decision) == expected, text
        question = decision if isinstance(decision, Clarify) else None
        plan = decision if isinstance(decision, Plan) else None
        turns.append(PastTurn(text=text, reply="", plan=plan, outcomes=_outcomes(plan)))


async def test_unknown_types_in_memory_are_passed_over() -> None:
    stale = StoredResponse(content=b"\xff\xff", type_name="gone.v1.Nothing", catalogue_etag="old")
    outcome = Outcome(step_id="s1", status=OutcomeStatus.SUCCEEDED, response=stale)
    memory = Recollection(turns=(PastTurn(text="show my orders", reply="", plan=None, outcomes=(outcome,)),))
    assert line(await decide("cancel the second one", memory)) == "ask order_id"


def _outcomes(plan: Plan | None) -> tuple[Outcome, ...]:
    """What a list of two orders came back with."""
    if plan is None or plan.steps[0].intent != "order.list":
        return ()
    response = order_pb2.ListOrdersResponse()
    response.orders.add(id="A-1042")
    response.orders.add(id="A-1043")
    stored = StoredResponse(
        content=response.SerializeToString(),
        type_name=shop().intents["order.list"].response_type,
        catalogue_etag=shop().etag,
    )
    return (Outcome(step_id="s1", status=OutcomeStatus.SUCCEEDED, response=stored),)
