"""History over both stores: whose conversations, in which order, and what they took."""

from datetime import UTC, datetime

import pytest

from orchestrator_server.history import History
from orchestrator_server.plan import Usage
from orchestrator_server.store import Statement, Work
from service_kit.caller import Caller
from service_kit.errors import NotFound, NotYours
from service_kit.times import to_text

DANA = Caller(email="dana@example.com", roles=frozenset(), actor="", agent="", expires_at=datetime.now(UTC))
SAM = Caller(
    email="dana@example.com", roles=frozenset(), actor="", agent="sam@example.com", expires_at=datetime.now(UTC)
)


def told(name: str, day: int, turns: int, agent: str = "") -> Work[None]:
    """A conversation of `turns` turns, the last of which runs."""
    moment = to_text(datetime(2026, 1, day, tzinfo=UTC))
    sql = "INSERT INTO conversations (id, email, agent, title, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)"
    yield Statement(sql, [name, "dana@example.com", agent, f"About {name}", moment, moment])
    for number in range(turns):
        is_over = number < turns - 1
        sql = (
            "INSERT INTO turns (id, conversation_id, number, status, text, reply, created_at, model_calls, rpc_calls)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        )
        reply, spent = ("yes", 2) if is_over else (None, None)
        values = [f"{name}-{number}", name, number, "done", "hi", reply, moment, spent, spent]
        yield Statement(sql, values)


@pytest.fixture
async def history(store) -> History:
    for name, day, turns, agent in (("a", 1, 3, ""), ("b", 2, 1, ""), ("c", 3, 2, "sam@example.com"), ("d", 4, 0, "")):
        await store.write(name, lambda n=name, d=day, t=turns, a=agent: told(n, d, t, a))
    return History(store)


async def test_a_customer_sees_all_and_support_its_own(history):
    listed = await history.conversations(DANA, "", 10)
    assert [(one.id, one.message_count, one.agent) for one in listed] == [
        ("c", 3, "sam@example.com"),
        ("b", 1, ""),
        ("a", 5, ""),
    ]
    assert [one.id for one in await history.conversations(SAM, "", 10)] == ["c"]
    assert [one.id for one in await history.conversations(DANA, to_text(listed[0].updated_at), 1)] == ["b"]


async def test_one_conversation_is_shown_to_its_owner_alone(history):
    summary, turns = await history.conversation("a", DANA)
    assert (summary.title, [(turn.turn_id, turn.reply) for turn in turns]) == (
        "About a",
        [("a-0", "yes"), ("a-1", "yes"), ("a-2", "")],
    )
    with pytest.raises(NotYours):
        await history.conversation("a", SAM)
    with pytest.raises(NotFound) as caught:
        await history.conversation("nothing", DANA)
    assert type(caught.value) is NotFound


async def test_what_was_used_is_summed_in_whole_numbers(history):
    total = await history.total("dana@example.com", None)
    assert (total.turns, total.usage) == (6, Usage(model_calls=6, rpc_calls=6))
    assert type(total.usage.model_calls) is int
    later = await history.total("dana@example.com", datetime(2026, 1, 3, tzinfo=UTC))
    assert (later.turns, later.usage.model_calls) == (2, 2)
    assert (await history.total("nobody@example.com", None)).turns == 0
