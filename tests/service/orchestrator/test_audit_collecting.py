"""Collecting from servers that are down, have no records, never end, or lie."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import grpc
from google.protobuf.timestamp_pb2 import Timestamp

from orchestrator_server.audit import Wanted
from orchestrator_server.channels import Target
from orchestrator_server.store_audit import AuditRecords
from orchestrator_server.store_opening import open_store
from service_kit.audit import LONGEST_TEXT
from service_kit.database import open_database
from tests.fakes import ScriptedPlanner
from tests.service.orchestrator.auditing import (
    SHOP,
    Endless,
    Repeating,
    Vendor,
    Watched,
    listing,
    numbers,
    record,
    running,
)


async def test_a_server_that_is_down_is_named_and_caught_up_with(start_house):
    vendor = Vendor(record(1), record(2))
    async with running(vendor) as target:
        pass
    async with start_house(ScriptedPlanner(), without=SHOP, targets=(target,)) as house:
        down = await listing(house)
        assert (list(down.records), down.missing_servers) == ([], ["vendor"])
        async with running(vendor, target.address), asyncio.timeout(10):
            while (await listing(house)).missing_servers:  # until the channel has connected again
                pass
            assert await numbers(house) == [2, 1]
            vendor.records.append(record(3))
            assert await numbers(house) == [3, 2, 1]
        gone = await listing(house)
        assert ([each.number for each in gone.records], gone.missing_servers) == ([3, 2, 1], ["vendor"])


async def test_a_server_without_records_is_not_missing(start_house):
    server = grpc.aio.server()
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    target = Target(name="other", address=f"127.0.0.1:{port}")
    async with start_house(ScriptedPlanner(), without=SHOP, targets=(target,)) as house:
        assert (await listing(house)).missing_servers == []
    await server.stop(None)


async def test_records_come_by_themselves(start_house):
    vendor = Watched(record(1))
    async with (
        running(vendor) as target,
        start_house(ScriptedPlanner(), without=SHOP, targets=(target,), audit_seconds=0.05) as house,
    ):
        await asyncio.wait_for(vendor.is_known.wait(), 10)
        with closing(sqlite3.connect(house.settings.store.database)) as memory:
            assert memory.execute("SELECT server, number FROM collected_audit").fetchall() == [("vendor", 1)]


async def test_a_server_that_never_ends_is_bounded(start_house):
    async with (
        running(Endless()) as target,
        start_house(ScriptedPlanner(), without=SHOP, targets=(target,), audit_seconds=3_600) as house,
        open_database(house.settings.store.database) as database,
    ):
        found = await listing(house, page_size=1)
        count = await database.read(lambda db: db.execute("SELECT count(*) FROM collected_audit").fetchone()[0])
    assert found.missing_servers == ["vendor"]
    assert 0 < count <= 10_000  # the round at the start, and the one that was asked for


async def test_what_a_server_says_of_itself_is_data(start_house):
    later = Timestamp(seconds=int(datetime(9999, 1, 1, tzinfo=UTC).timestamp()))
    vendor = Repeating(
        record(7, server="orchestrator", created_at=later, actor="a" * 100_000, action="\x1b[2J\x00"),
        record(8, kind=99, created_at=Timestamp(seconds=2**62), subject="' ; DROP TABLE collected_audit"),
        record(-3),
        record(0),
        record(2**63 - 1, created_at=Timestamp(seconds=-(2**62), nanos=-5)),
    )
    before = datetime.now(UTC)
    async with running(vendor) as target, start_house(ScriptedPlanner(), without=SHOP, targets=(target,)) as house:
        found = await listing(house)
        again = await listing(house)
    assert found == again
    assert {each.server for each in found.records} == {"vendor"}
    by_number = {each.number: each for each in found.records}
    assert sorted(by_number) == [7, 8, 2**63 - 1]
    assert len(by_number[7].actor) == LONGEST_TEXT
    assert by_number[7].action == "\x1b[2J\x00"
    assert by_number[8].kind == 99
    for each in found.records:
        assert before - timedelta(minutes=1) < each.created_at.ToDatetime(UTC) < before + timedelta(minutes=1)


async def test_a_server_that_changes_its_word_changes_nothing(start_house, tmp_path):
    vendor = Repeating(record(1, result="REFUSED"))
    async with running(vendor) as target, start_house(ScriptedPlanner(), without=SHOP, targets=(target,)) as house:
        await listing(house)
        vendor.records = [record(1, result="SUCCEEDED")]
        assert [each.result for each in (await listing(house)).records] == ["REFUSED"]
        async with open_store(house.settings.store) as other:  # another instance that was behind
            await AuditRecords(other).keep("vendor", [record(1, result="SUCCEEDED"), record(2)])
            listed = await AuditRecords(other).listed(Wanted(), None, 10)
    assert [(each.number, each.result) for each in listed] == [(2, ""), (1, "REFUSED")]
