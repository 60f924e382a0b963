"""The audit in the store: what cannot be changed, what is counted without gaps, what a vendor may write."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from llm_orchestrator.capabilities.v1 import audit_log_pb2

from orchestrator_server.audit import Wanted, position_of
from orchestrator_server.store_audit import AuditRecords, OwnAudit, insert
from service_kit.audit import LONGEST_TEXT, AuditEntry, AuditKind
from tests.store.works import add_conversation

ENTRY = AuditEntry(
    kind=AuditKind.EFFECT, action="order.cancel", result="SUCCEEDED", actor="dana@example.com", turn_id="t", key="p/s1"
)


@pytest.fixture
def own(store) -> OwnAudit:
    return OwnAudit(store)


@pytest.fixture
def records(store) -> AuditRecords:
    return AuditRecords(store)


def record(number: int, *, at: datetime | None = None, **fields) -> audit_log_pb2.AuditRecord:
    moment = Timestamp()
    moment.FromDatetime(at or datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=min(number, 9)))
    content = {"server": "vendor", "kind": 4, "actor": "dana@example.com", "created_at": moment}
    return audit_log_pb2.AuditRecord(number=number, **content | fields)


async def test_what_is_appended_is_listed_in_its_order(own):
    await own.append(ENTRY)
    await own.append(replace(ENTRY, kind=AuditKind.DENIAL, actor="x" * 10_000))
    first, second = await own.listed(0, 10)
    assert first[1] == ENTRY
    assert (second[1].kind, len(second[1].actor)) == (AuditKind.DENIAL, LONGEST_TEXT)
    assert await own.listed(first[0], 10) == [second]
    assert await own.listed(0, 1) == [first]
    assert first[0] > datetime(2026, 1, 1, tzinfo=UTC).timestamp() * 1000


async def test_a_record_goes_with_the_transaction_it_belongs_to(store, own):
    def failing():
        yield from add_conversation("c")
        yield from insert(ENTRY)
        raise ValueError("no")

    def working():
        yield from add_conversation("c")
        yield from insert(ENTRY)

    with pytest.raises(ValueError, match="no"):
        await store.write("c", failing)
    assert await own.listed(0, 10) == []
    await store.write("c", working)
    assert [entry for _, entry in await own.listed(0, 10)] == [ENTRY]


async def test_who_reads_after_the_last_number_known_misses_none(place):
    async with place.opened() as first, place.opened() as second:
        audits = [OwnAudit(store) for store in (first, second)]
        writing = asyncio.gather(*(audits[number % 2].append(replace(ENTRY, key=str(number))) for number in range(100)))
        seen: list[str] = []
        after = 0
        while len(seen) < 100:
            done = writing.done()
            found = await audits[0].listed(after, 7)
            assert found or not done
            seen += [entry.key for _, entry in found]
            after = found[-1][0] if found else after
        await writing
    assert sorted(seen, key=int) == [str(number) for number in range(100)]


@pytest.mark.parametrize("table", ["_audit", "collected_audit"])
async def test_the_database_refuses_to_change_or_remove_a_record(place, own, records, table):
    await own.append(ENTRY)
    await records.keep("vendor", [record(1, at=datetime.now(UTC))])
    for statement in (f"UPDATE {table} SET actor = ''", f"DELETE FROM {table}"):
        with pytest.raises(Exception, match="the audit"):
            place.rows(statement)
    if place.is_postgres:
        with pytest.raises(Exception, match="append-only"):
            place.rows(f"TRUNCATE {table}")
    assert place.rows(f"SELECT COUNT(*) FROM {table}") == [(1,)]


async def test_what_was_collected_is_kept_as_it_came_first(records):
    await records.keep("vendor", [record(2), record(1, result="FIRST")])
    await records.keep("vendor", [record(1, result="SECOND"), record(3)])
    listed = await records.listed(Wanted(), None, 10)
    assert [(each.number, each.result) for each in listed] == [(3, ""), (2, ""), (1, "FIRST")]
    assert (await records.last("vendor"), await records.last("another")) == (3, 0)


async def test_filters_and_pages_go_together(own, records):
    await own.append(replace(ENTRY, created_at=datetime(2026, 1, 2, tzinfo=UTC)))
    await records.keep("vendor", [record(number, turn_id=f"t{number % 2}") for number in range(1, 7)])
    await records.keep("_audit", [record(3, kind=2, subject="ben@example.com")])
    for wanted, expected in (
        (Wanted(), [("orchestrator", 0), *[("vendor", n) for n in (6, 5, 4, 3)], ("_audit", 3), ("vendor", 2)]),
        (Wanted(person="dana@example.com", server="vendor", turn_id="t1"), [("vendor", n) for n in (5, 3, 1)]),
        (Wanted(kind=2), [("_audit", 3)]),
        (Wanted(person="ben@example.com"), [("_audit", 3)]),
        (Wanted(person="' OR 1 --"), []),
    ):
        listed = await records.listed(wanted, None, 7)
        assert [(each.server, each.number * (each.server != "orchestrator")) for each in listed] == expected
        after, found = None, []
        while page := await records.listed(wanted, after, 2):
            found += page
            after = position_of(page[-1])
        assert found[:7] == listed


async def test_what_a_server_says_of_itself_is_data(records):
    wild = record(2**63 - 1, kind=99, actor="a" * 100_000, action="\x1b[2J\x00", subject="' ; DROP TABLE _audit")
    wild.created_at.FromDatetime(datetime(9999, 1, 1, tzinfo=UTC))
    await records.keep("vendor", [wild])
    (found,) = await records.listed(Wanted(), None, 10)
    assert (found.number, found.kind, len(found.actor)) == (2**63 - 1, 99, LONGEST_TEXT)
    assert found.action.startswith("\x1b[2J")
    assert found.created_at.ToDatetime(UTC) <= datetime.now(UTC)
