"""The reckoning: what orchestrators remember, held against what happened in the shop.

Every accepted turn has one reply and one end, in numbers without gaps; every effect that was told as done happened
once; nothing happened that is not told; nothing is half-done.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from llm_orchestrator.orchestrator.v1 import chat_pb2

EFFECT = 4
"""The kind of an audit record that tells of an effect."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """What is in a shop: pieces by SKU, and the status of each order."""

    pieces: Mapping[str, int] = field(default_factory=dict)
    orders: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning:
    """What was found. `failures` are the reasons of turns that ended without a reply, `outcomes` those of effects.

    `unknown` are the keys of effects that were told as unknown, and whether they happened.
    """

    turns: int
    failures: Mapping[str, int]
    outcomes: Mapping[str, int]
    unknown: Mapping[str, bool]
    faults: tuple[str, ...]

    def check(self) -> None:
        """Nothing may be wrong, and every turn was answered."""
        assert not self.faults, "\n".join([str(self), *self.faults])
        assert not self.failures, str(self)

    def __str__(self) -> str:
        done = sum(self.unknown.values())
        told = f"{len(self.unknown)} unknown, of which {done} happened"
        return f"{self.turns} turns, effects {dict(self.outcomes)}, {told}, failed {dict(self.failures)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """An effect as an orchestrator tells of it; `key` is the one that the server was given."""

    key: str
    intent: str
    status: str
    reason: str
    arguments: Mapping[str, Any]


def stock_of(shop: Path) -> Stock:
    """What is in the shop's database now."""
    with _opened(shop) as db:
        return Stock(
            pieces=dict(db.execute("SELECT sku, stock FROM products").fetchall()),
            orders=dict(db.execute("SELECT id, status FROM orders").fetchall()),
        )


def is_quiet(memory: Path) -> bool:
    """Has every turn ended, and does nobody hold a conversation? What an orchestrator is asked while it lives."""
    with _opened(memory) as db:
        busy = "SELECT (SELECT COUNT(*) FROM turns WHERE ended = 0) + COUNT(*) FROM conversations WHERE owner <> ''"
        return bool(db.execute(busy).fetchone()[0] == 0)


def reckon(memories: Iterable[Path], shop: Path, before: Stock) -> Reckoning:
    """Holds the databases of orchestrators against the one shop that they all used; `before` is how it was."""
    faults: list[str] = []
    failures: Counter[str] = Counter()
    turns, told = 0, []
    for memory in memories:
        with _opened(memory) as db:
            turns += db.execute("SELECT COUNT(*) FROM turns").fetchone()[0]
            faults += [f"{memory.name}: {fault}" for fault in (*_turns(db, failures), *_half_done(db))]
            told += _told(db)
    with _opened(shop) as db:
        faults += _once(db, told)
        done = {key for (key,) in db.execute("SELECT key FROM _audit WHERE kind = ?", [EFFECT])}
        faults += _stock(db, before, stock_of(shop))
        faults += _orders(told, stock_of(shop))
    return Reckoning(
        turns=turns,
        failures=failures,
        outcomes=Counter(f"{one.status} {one.reason}".strip() for one in told),
        unknown={one.key: one.key in done for one in told if one.status == "UNKNOWN"},
        faults=tuple(faults),
    )


def _turns(db: sqlite3.Connection, failures: Counter[str]) -> Iterator[str]:
    """Each turn that was accepted: one word of the user first, one reply, one end last. Numbers have no gaps."""
    found: dict[str, list[chat_pb2.ChatResponse]] = {turn: [] for (turn,) in db.execute("SELECT id FROM turns")}
    expected: Counter[str] = Counter()
    rows = db.execute("SELECT conversation_id, number, turn_id, content FROM events ORDER BY conversation_id, number")
    for conversation, number, turn, content in rows.fetchall():
        expected[conversation] += 1
        if number != expected[conversation]:
            yield f"event {number} of {conversation} should be number {expected[conversation]}"
        if turn not in found:
            yield f"event {number} of {conversation} is of no turn"
        else:
            found[turn].append(chat_pb2.ChatResponse.FromString(content))
    for turn, events in found.items():
        kinds = [str(event.WhichOneof("event")) for event in events]
        failures.update(event.turn_failed.reason for event in events if event.HasField("turn_failed"))
        yield from _turn(turn, kinds)


def _turn(turn: str, kinds: list[str]) -> Iterator[str]:
    count = Counter(kinds)
    ends = count["turn_done"] + count["turn_failed"]
    if kinds[:1] != ["user_message"] or count["user_message"] != 1:
        yield f"turn {turn} does not begin with the one word of the user: {kinds}"
    if ends != 1 or kinds[-1] not in ("turn_done", "turn_failed"):
        yield f"turn {turn} has {ends} ends: {kinds}"
    if count["reply"] != count["turn_done"]:
        yield f"turn {turn} has {count['reply']} replies: {kinds}"
    if count["plan_made"] > 1 or count["approval_requested"] > 1:
        yield f"turn {turn} was planned or asked about twice: {kinds}"


def _half_done(db: sqlite3.Connection) -> Iterator[str]:
    """What nobody works on any more is over."""
    for turn, status in db.execute("SELECT id, status FROM turns WHERE ended = 0"):
        yield f"turn {turn} has not ended: {status}"
    lost = (
        "SELECT c.plan_id, c.step_id, c.element FROM calls c LEFT JOIN outcomes o ON o.plan_id = c.plan_id"
        " AND o.step_id = c.step_id AND o.element = c.element WHERE o.plan_id IS NULL"
    )
    for plan, step, element in db.execute(lost):
        yield f"call {plan}/{step}/{element} was reserved and nothing is told of it"


def _told(db: sqlite3.Connection) -> list[_Told]:
    """Effects that were about to leave, and what is told of them."""
    made = (
        "SELECT o.plan_id, o.step_id, o.element, o.content, p.content FROM outcomes o JOIN plans p ON p.id = o.plan_id"
        " JOIN calls c ON c.plan_id = o.plan_id AND c.step_id = o.step_id AND c.element = o.element"
    )
    return [_one(*row) for row in db.execute(made)]


def _one(plan: str, step: str, element: int, content: str, planned: str) -> _Told:
    outcome = json.loads(content)
    (found,) = (one for one in json.loads(planned)["steps"] if one["id"] == step)
    return _Told(
        key=f"{plan}/{step}/{element}" if found["for_each"] else f"{plan}/{step}",
        intent=found["intent"],
        status=outcome["status"],
        reason=outcome["reason"],
        arguments=outcome["arguments"],
    )


def _once(db: sqlite3.Connection, told: list[_Told]) -> Iterator[str]:
    """Each key had one effect, and each effect is told; what is told as done happened."""
    happened = Counter(key for (key,) in db.execute("SELECT key FROM _audit WHERE kind = ?", [EFFECT]))
    kept = Counter(key for (key,) in db.execute("SELECT key FROM _idempotency_keys"))
    words = {one.key: one.status for one in told}
    for key in happened.keys() | kept.keys():
        if happened[key] != 1 or kept[key] != 1:
            yield f"effect {key} happened {happened[key]} times and its key is kept {kept[key]} times"
        if words.get(key) not in ("SUCCEEDED", "UNKNOWN"):
            yield f"effect {key} happened and is told as {words.get(key, 'nothing')}"
    for one in told:
        if one.status == "SUCCEEDED" and not happened[one.key]:
            yield f"effect {one.key} is told as done and never happened"


def _orders(told: list[_Told], now: Stock) -> Iterator[str]:
    for one in told:
        order = str(one.arguments.get("order_id"))
        if (one.intent, one.status) == ("order.cancel", "SUCCEEDED") and now.orders.get(order) != "CANCELLED":
            yield f"order {order} is told as cancelled and is {now.orders.get(order)}"


def _stock(db: sqlite3.Connection, before: Stock, now: Stock) -> Iterator[str]:
    """What was cancelled went back once, what was ordered was taken once; as many of both as effects tell."""
    cancelled = {order for order, status in now.orders.items() if status == "CANCELLED"}
    cancelled -= {order for order, status in before.orders.items() if status == "CANCELLED"}
    made = now.orders.keys() - before.orders.keys()
    pieces = Counter(before.pieces)
    for order, sku, quantity in db.execute("SELECT order_id, sku, quantity FROM order_items"):
        pieces[sku] += quantity * ((order in cancelled) - (order in made))
    for sku, count in now.pieces.items():
        if pieces[sku] != count:
            yield f"there are {count} pieces of {sku} and should be {pieces[sku]}"
    actions = Counter(action for (action,) in db.execute("SELECT action FROM _audit WHERE kind = ?", [EFFECT]))
    for intent, changed in (("order.cancel", len(cancelled)), ("order.create", len(made))):
        if actions[intent] != changed:
            yield f"{changed} orders changed and there were {actions[intent]} effects {intent}"


def _opened(path: Path) -> "closing[sqlite3.Connection]":
    return closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10))
