"""`audit` through the program: who may see it, what is chosen, page after page."""

import json

import pytest
from llm_orchestrator.capabilities.v1 import audit_log_pb2

from tests.service.client.conftest import Desk

DENIAL, EFFECT = audit_log_pb2.AUDIT_KIND_DENIAL, audit_log_pb2.AUDIT_KIND_EFFECT
TURN, OTHER = "3f2a9c1b-1111-4222-8333-444455556666", "3f2b0000-1111-4222-8333-444455556666"


def record(number: int, turn: str = "", **fields: object) -> audit_log_pb2.AuditRecord:
    known: dict[str, object] = {
        "server": "order",
        "kind": EFFECT,
        "actor": "dana@example.com",
        "action": f"act-{number}",
    }
    return audit_log_pb2.AuditRecord(number=number, turn_id=turn, **(known | fields))  # type: ignore[arg-type]


@pytest.fixture
def admin(desk: Desk) -> Desk:
    desk.shop.is_admin = True
    desk.shop.records = [
        record(1, TURN),
        record(2, OTHER, server="user", kind=DENIAL, actor="eva@example.com", subject="erik@example.com"),
        *(record(number, server="shipping") for number in range(3, 1203)),
    ]
    return desk


async def actions(desk: Desk, *arguments: str) -> list[str]:
    ran = await desk.run("audit", "--json", *arguments)
    assert (ran.code, ran.err) == (0, "")
    return [found["action"] for found in json.loads(ran.out)["records"]]


async def test_a_customer_is_told_for_whom_it_is(desk: Desk) -> None:
    ran = await desk.run("audit")
    assert (ran.code, ran.out) == (4, "")
    assert ran.err == "Only administrators may see the record. This needs the role admin.\n"


async def test_records_are_listed_up_to_the_limit_over_pages(admin: Desk) -> None:
    ran = await admin.run("audit", "--limit", "2")
    assert ran.code == 0
    assert "order  effect" in ran.out
    assert "eva@example.com for erik@example.com" in ran.out
    assert "There are older ones; --limit shows more." in ran.out
    assert "\x1b" not in ran.out
    assert len(await actions(admin)) == 50
    assert len(await actions(admin, "--limit", "1100")) == 1100
    assert len(await actions(admin, "--limit", "5000")) == 1202


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (("--person", "Erik@Example.com"), ["act-2"]),
        (("--kind", "denial"), ["act-2"]),
        (("--server", "order"), ["act-1"]),
        (("--turn", TURN), ["act-1"]),
        (("--turn", "3f2a9c1b"), ["act-1"]),
        (("--turn", "no-such"), []),
    ],
)
async def test_records_are_chosen(admin: Desk, arguments: tuple[str, ...], found: list[str]) -> None:
    assert await actions(admin, *arguments) == found


async def test_a_beginning_that_two_turns_share_is_told(admin: Desk) -> None:
    ran = await admin.run("audit", "--turn", "3f2")
    assert ran.code == 9
    assert ran.err == f"2 turns begin with 3f2: {TURN}, {OTHER}.\n"


async def test_servers_that_could_not_be_asked_are_named(admin: Desk) -> None:
    admin.shop.missing_servers = ["legacy", "user"]
    ran = await admin.run("audit", "--limit", "1")
    assert "Not asked, their newest records may be missing: legacy, user\n" in ran.out
    told = json.loads((await admin.run("audit", "--limit", "1200", "--json")).out)
    assert told["missing_servers"] == ["legacy", "user"]
