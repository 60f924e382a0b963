import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from llm_orchestrator.order.v1 import order_pb2

from service_kit import audit, idempotency
from service_kit.audit import AuditEntry, AuditKind, AuditLog
from service_kit.caller import Caller, set_caller
from service_kit.database import open_database
from service_kit.denials import MOST, Denials
from service_kit.errors import FailedPrecondition, NotFound, NotYours, PermissionDenied, Unauthenticated
from service_kit.idempotency import Effects

ANNA = Caller(
    email="anna@example.com",
    roles=frozenset(),
    actor="orchestrator",
    agent="sam@example.com",
    expires_at=datetime.now(UTC),
    turn_id="turn-1",
)
ENTRY = AuditEntry(
    kind=AuditKind.EFFECT,
    action="order.cancel",
    result="SUCCEEDED",
    reason="DIRECT_CALL",
    actor="sam@example.com",
    subject="anna@example.com",
    turn_id="turn-1",
    key="plan-1/s1",
)


class Call:
    """The part of a call's context that effects look at."""

    def __init__(self, key: str | None) -> None:
        self._metadata = () if key is None else (("idempotency-key", key),)

    def invocation_metadata(self):
        return self._metadata


class Clock:
    """A clock that stands still until it is turned."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now


def prepare(db):
    idempotency.create_table(db)
    audit.create_table(db)
    db.execute("CREATE TABLE IF NOT EXISTS done (n INTEGER)")


@pytest.fixture
async def database(tmp_path):
    async with open_database(tmp_path / "x.db", prepare) as opened:
        yield opened


@pytest.fixture
def log(database) -> AuditLog:
    return AuditLog(database, "order")


async def entries(log: AuditLog, limit: int = 1_000) -> list[AuditEntry]:
    return [entry for _, entry in await log.listed(0, limit)]


async def cancel(database, key: str | None = None, error: Exception | None = None):
    def effect(db):
        db.execute("INSERT INTO done VALUES (1)")
        if error is not None:
            raise error
        return order_pb2.CancelOrderResponse()

    request = order_pb2.CancelOrderRequest(order_id="A-1042")
    return await Effects(database, "order").once(Call(key), request, order_pb2.CancelOrderResponse, effect)


async def done(database) -> int:
    return await database.read(lambda db: db.execute("SELECT count(*) FROM done").fetchone()[0])


async def test_what_is_appended_is_listed_in_its_order(log):
    await log.append(ENTRY)
    await log.append(replace(ENTRY, kind=AuditKind.ERASURE))
    first, second = await log.listed(0, 10)
    assert (first[1], second[1].kind) == (ENTRY, AuditKind.ERASURE)
    assert await log.listed(first[0], 10) == [second]
    assert await log.listed(second[0], 10) == []
    assert await log.listed(0, 1) == [first]


async def test_servers_that_share_a_file_see_their_own_records(database, log):
    await log.append(ENTRY)
    assert await AuditLog(database, "shipping").listed(0, 10) == []


async def test_a_long_text_is_cut(log):
    await log.append(replace(ENTRY, turn_id="t" * 100_000))
    assert [len(entry.turn_id) for entry in await entries(log)] == [audit.LONGEST_TEXT]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE _audit SET actor = 'nobody'",
        "DELETE FROM _audit",
        "INSERT OR REPLACE INTO _audit SELECT number, server, created_at, kind, '', '', '', '', '', '', '' FROM _audit",
    ],
)
async def test_the_file_refuses_to_change_or_remove_a_record(database, log, statement):
    await log.append(ENTRY)
    with pytest.raises(sqlite3.IntegrityError, match="the audit"):
        await database.write(lambda db: db.execute(statement))
    assert await entries(log) == [ENTRY]


async def test_what_is_older_than_thirty_days_may_go(database, log):
    await log.append(replace(ENTRY, created_at=datetime.now(UTC) - timedelta(days=31)))
    await database.write(lambda db: db.execute("DELETE FROM _audit"))
    assert await entries(log) == []


async def test_numbers_of_a_file_made_anew_follow_those_of_the_one_before(tmp_path, log, database):
    await log.append(ENTRY)
    ((number, _),) = await log.listed(0, 10)
    assert number > datetime(2026, 1, 1, tzinfo=UTC).timestamp() * 1000
    await database.write(prepare)
    await log.append(ENTRY)
    assert [each for each, _ in await log.listed(0, 10)] == [number, number + 1]


async def test_an_effect_leaves_a_record_of_who_for_whom_and_why(database, log):
    set_caller(ANNA, "order.cancel")
    await cancel(database, "plan-1/s1")
    (entry,) = await entries(log)
    assert replace(entry, created_at=ENTRY.created_at) == replace(ENTRY, reason="CALLED_BY_ORCHESTRATOR")


@pytest.mark.parametrize("key", [None, "k"])
async def test_a_direct_call_is_called_one(database, log, key):
    set_caller(replace(ANNA, actor=None, agent=""), "order.cancel")
    await cancel(database, key)
    assert [(e.reason, e.actor, e.key) for e in await entries(log)] == [("DIRECT_CALL", ANNA.email, key or "")]


async def test_a_repeat_leaves_no_second_record(database, log):
    set_caller(ANNA, "order.cancel")
    await cancel(database, "k")
    await cancel(database, "k")
    assert len(await entries(log)) == await done(database) == 1


@pytest.mark.parametrize("key", [None, "k"])
async def test_an_effect_that_is_refused_leaves_no_record(database, log, key):
    set_caller(ANNA, "order.cancel")
    with pytest.raises(FailedPrecondition):
        await cancel(database, key, FailedPrecondition("SHIPPED", "It has shipped."))
    assert await entries(log) == []


@pytest.mark.parametrize("key", [None, "k"])
async def test_without_its_record_an_effect_does_not_happen(database, log, key):
    set_caller(ANNA, "order.cancel")
    full = "CREATE TRIGGER full BEFORE INSERT ON _audit BEGIN SELECT RAISE(ABORT, 'disk full'); END"
    await database.write(lambda db: db.execute(full))
    with pytest.raises(sqlite3.IntegrityError, match="disk full"):
        await cancel(database, key)
    assert await done(database) == 0
    await database.write(lambda db: db.execute("DROP TRIGGER full"))
    await cancel(database, key)  # the key was not spent
    assert await done(database) == 1


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (Unauthenticated("TOKEN_EXPIRED", "x"), "TOKEN_EXPIRED"),
        (PermissionDenied("ROLE_MISSING", "x"), "ROLE_MISSING"),
        (NotYours("ORDER_NOT_FOUND", "x"), "NOT_OWNER"),
    ],
)
async def test_refusals_for_who_asked_are_recorded(log, error, reason):
    set_caller(ANNA, "order.get")
    await Denials(log).record(error)
    (entry,) = await entries(log)
    assert (entry.kind, entry.action, entry.result, entry.reason) == (AuditKind.DENIAL, "order.get", "REFUSED", reason)
    assert (entry.actor, entry.subject, entry.turn_id) == (ANNA.agent, ANNA.email, ANNA.turn_id)


async def test_other_refusals_are_not(log):
    set_caller(ANNA, "order.get")
    denials = Denials(log)
    await denials.record(NotFound("ORDER_NOT_FOUND", "x"))
    await denials.record(FailedPrecondition("SHIPPED", "x"))
    assert await entries(log) == []


async def test_a_flood_of_refusals_is_counted_and_does_not_fill_the_disk(log):
    clock = Clock()
    denials = Denials(log, clock)
    set_caller(None, "order.get")
    for _ in range(MOST + 7):
        await denials.record(Unauthenticated("TOKEN_MISSING", "x"))
    set_caller(ANNA, "order.get")
    await denials.record(PermissionDenied("ROLE_MISSING", "x"))  # whoever is known is not drowned by it
    assert [entry.reason for entry in await entries(log)] == ["TOKEN_MISSING"] * MOST + ["ROLE_MISSING"]
    clock.now += timedelta(minutes=2)
    await denials.settle()
    await denials.settle()
    left_out = (await entries(log))[MOST + 1 :]
    assert [(entry.result, entry.reason, entry.actor) for entry in left_out] == [("LEFT_OUT", "7_MORE_REFUSED", "")]


async def test_what_was_left_out_is_told_when_the_server_stops(log):
    denials = Denials(log)
    set_caller(ANNA, "order.get")
    for _ in range(MOST + 1):
        await denials.record(PermissionDenied("ROLE_MISSING", "x"))
    await denials.settle(is_over=True)
    assert (await entries(log))[-1].actor == ANNA.agent
    assert (await entries(log))[-1].result == "LEFT_OUT"


async def test_a_refusal_stands_though_it_cannot_be_written_down(database, log, caplog):
    await database.write(lambda db: db.execute("DROP TABLE _audit"))
    set_caller(ANNA, "order.get")
    await Denials(log).record(PermissionDenied("ROLE_MISSING", "x"))
    assert "denial not recorded" in caplog.text
