"""AuditService: what all servers decided in one list, with filters and pages, for administrators alone."""

import base64
import json
import sqlite3
from contextlib import closing
from typing import Any

import grpc
import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from orchestrator_server.memory_schema import MIGRATIONS
from service_kit.database import connect
from service_kit.migrations import migrate
from service_kit.status import from_rpc_error
from tests.fakes import ScriptedPlanner, plan, step
from tests.service.orchestrator.auditing import (
    APPROVAL,
    DANA,
    DENIAL,
    EFFECT,
    SHOP,
    Vendor,
    listing,
    numbers,
    record,
    running,
)


async def test_a_turn_with_an_effect_can_be_followed_through_the_servers(start_house):
    planner = ScriptedPlanner(plan(step("s1", "newsletter.unsubscribe")))
    async with start_house(planner) as house, house.window() as window:
        await window.ask("no more newsletters")
        turn_id = await window.send("yes")
        await window.turn()
        found = await listing(house, turn_id=turn_id)
    assert not found.missing_servers
    assert [(each.server, each.kind, each.result, each.reason) for each in reversed(found.records)] == [
        ("orchestrator", APPROVAL, "APPROVED", "SAID_BY_USER"),
        ("legacy", EFFECT, "SUCCEEDED", "CALLED_BY_ORCHESTRATOR"),
        ("orchestrator", EFFECT, "SUCCEEDED", "APPROVED_BY_USER"),
    ]
    assert {(each.key, each.action) for each in found.records} == {
        (f"{found.records[0].key.partition('/')[0]}/s1", "newsletter.unsubscribe")
    }
    assert {(each.actor, each.subject) for each in found.records} == {(DANA, DANA)}


async def test_customers_are_refused_and_that_is_listed(start_house):
    async with start_house(ScriptedPlanner(), without=SHOP) as house:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await listing(house, DANA, ("customer", "support"))
        assert caught.value.code() is grpc.StatusCode.PERMISSION_DENIED
        (found,) = (await listing(house)).records
    assert (found.server, found.kind, found.actor) == ("orchestrator", DENIAL, DANA)
    assert (found.action, found.reason) == ("AuditService.ListAuditRecords", "ROLE_MISSING")


async def test_pages_go_through_the_whole_list(start_house):
    vendor = Vendor(*(record(number) for number in range(1, 6)))
    async with running(vendor) as target, start_house(ScriptedPlanner(), without=SHOP, targets=(target,)) as house:
        token, pages = "", []
        while not pages or token:
            page = await listing(house, page_size=2, page_token=token)
            token = page.next_page_token
            pages.append([each.number for each in page.records])
            vendor.records.append(record(100 + len(pages)))  # what is new stands before, and moves nothing
    assert pages == [[5, 4], [3, 2], [1]]


def forged(*content: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode()


async def test_a_page_token_that_was_not_given_is_refused(start_house):
    vendor = Vendor(record(1), record(2))
    async with running(vendor) as target, start_house(ScriptedPlanner(), without=SHOP, targets=(target,)) as house:
        token = (await listing(house, page_size=1)).next_page_token
        digest, created_at, server, number = json.loads(base64.urlsafe_b64decode(token))
        wrong = [
            {"page_token": text}
            for text in (
                "x",
                "é",
                token[:-4],
                "A" * 2_000,
                forged(),
                forged(digest, "yesterday", server, number),
                forged(digest, None, server, number),
                forged(digest, created_at, "\ud800", number),
                forged(digest, created_at, server, 2**70),
                forged(digest, created_at, server, True),
                forged(digest, created_at, [], number),
            )
        ]
        for fields in [*wrong, {"page_token": token, "person": DANA}]:
            with pytest.raises(grpc.aio.AioRpcError) as caught:
                await listing(house, **fields)
            said = (caught.value.code(), from_rpc_error(caught.value).reason)
            assert said == (grpc.StatusCode.INVALID_ARGUMENT, "PAGE_TOKEN_WRONG"), fields
        assert await numbers(house, page_token=token) == [1]


async def test_filters_restrict_and_go_together(start_house):
    vendor = Vendor(
        record(1),
        record(2, actor="sam@example.com"),
        record(3, actor="sam@example.com", subject="ben@example.com", turn_id="t3"),
        record(4, kind=DENIAL, turn_id="t4"),
    )
    async with running(vendor) as target, start_house(ScriptedPlanner(), without=SHOP, targets=(target,)) as house:
        assert await numbers(house, person="Dana.Fields@example.com") == [4, 2, 1]
        assert await numbers(house, person="sam@example.com") == [3, 2]
        assert await numbers(house, person="sam@example.com", kind=EFFECT, turn_id="t3", server="vendor") == [3]
        assert await numbers(house, kind=DENIAL) == [4]
        assert await numbers(house, turn_id="t4") == [4]
        assert await numbers(house, server="vendor") == [4, 3, 2, 1]
        assert await numbers(house, server="orchestrator") == []
        assert await numbers(house, person="' OR 1 --") == []


@pytest.mark.parametrize("table", ["_audit", "collected_audit"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET actor = ''", "DELETE FROM {}"])
async def test_the_file_refuses_to_change_or_remove_a_record(start_house, table, statement):
    now = Timestamp()
    now.GetCurrentTime()
    async with (
        running(Vendor(record(1, created_at=now))) as target,
        start_house(ScriptedPlanner(), without=SHOP, targets=(target,)) as house,
    ):
        with pytest.raises(grpc.aio.AioRpcError):
            await listing(house, DANA, ())
        await listing(house)
        with closing(sqlite3.connect(house.settings.store.database)) as memory:
            assert memory.execute(f"SELECT count(*) FROM {table}").fetchone() == (1,)
            with pytest.raises(sqlite3.IntegrityError, match="the audit"):
                memory.execute(statement.format(table))


def test_records_from_before_are_kept(tmp_path):
    names = [migration.__name__ for migration in MIGRATIONS]
    with closing(connect(tmp_path / "memory.db")) as db:
        migrate(db, MIGRATIONS[: names.index("m007_audit_of_all")])
        db.execute(
            "INSERT INTO audit (created_at, subject, kind, intent, result, server, turn_id, key) VALUES"
            " ('2026-01-01T00:00:00.000000+00:00', 'a@example.com', 'denial', 'order.get', 'NO', '', 't', 'k')"
        )
        db.conn.commit()
        migrate(db, MIGRATIONS)
        kept = db.execute("SELECT server, kind, actor, subject, action, result, turn_id, key FROM _audit").fetchall()
    assert kept == [("orchestrator", 2, "a@example.com", "a@example.com", "order.get", "NO", "t", "k")]
