"""How the record looks, wide and narrow, and that nothing hides in it."""

import io

import pytest
from llm_orchestrator.capabilities.v1 import audit_log_pb2
from llm_orchestrator.orchestrator.v1 import audit_pb2
from rich.console import Console

from client.audit_view import KINDS, render_audit
from client.text import escaped
from client.tidy import Tidy


def record(**fields: object) -> audit_log_pb2.AuditRecord:
    known: dict[str, object] = {
        "server": "order",
        "kind": audit_log_pb2.AUDIT_KIND_EFFECT,
        "actor": "eva@example.com",
        "subject": "dana@example.com",
        "action": "order.cancel",
        "result": "SUCCEEDED",
        "reason": "APPROVED_BY_USER",
        "turn_id": "3f2a9c1b-1111-4222-8333-444455556666",
    }
    return audit_log_pb2.AuditRecord(**(known | fields))  # type: ignore[arg-type]


def drawn(*records: audit_log_pb2.AuditRecord, width: int = 130, **rest: object) -> str:
    out = Console(file=io.StringIO(), width=width, highlight=False)
    listed = audit_pb2.ListAuditRecordsResponse(records=records, **rest)  # type: ignore[arg-type]
    out.print(Tidy(render_audit(listed, width=width)))
    return str(out.file.getvalue())  # type: ignore[attr-defined]


def test_a_wide_terminal_gets_a_table() -> None:
    assert drawn(record()) == (
        "  Time  Server  Kind    Who                   What          Result and why    Turn\n"
        "  -     order   effect  eva@example.com       order.cancel  succeeded         3f2a9c1b\n"
        "                        for dana@example.com                approved by user\n"
    )


def test_a_narrow_terminal_gets_three_lines_for_each() -> None:
    text = drawn(record(), record(subject="eva@example.com", reason="", turn_id=""), width=60)
    assert text == (
        "  -  order  effect  succeeded\n"
        "    order.cancel  approved by user  turn 3f2a9c1b\n"
        "    eva@example.com for dana@example.com\n"
        "  -  order  effect  succeeded\n"
        "    order.cancel\n"
        "    eva@example.com\n"
    )


@pytest.mark.parametrize("width", [60, 130])
def test_what_servers_wrote_is_shown_as_it_is_and_steers_nothing(width: int) -> None:
    text = drawn(
        record(action="[red]x\x1b[2J\r\n\u202ey\u200b", reason="A\x07", actor="", turn_id="\x1b[1m123456789"),
        width=width,
    )
    assert r"[red]x\x1b[2J\r\n\u202ey\u200b" in text.replace("\n", "").replace(" ", "") or width == 130
    assert r"A\x07" in text
    assert "nobody" in text
    assert not any(sign in text for sign in "\x1b\r\x07\u202e\u200b")


def test_what_could_not_be_asked_and_what_is_older_is_said() -> None:
    text = drawn(record(), next_page_token="7", missing_servers=["legacy", "us\x1ber"])
    assert "There are older ones; --limit shows more.\n" in text
    assert "  Not asked, their newest records may be missing: legacy, us\\x1ber\n" in text
    assert "There are no such records." in drawn()


def test_every_kind_has_a_name() -> None:
    assert set(KINDS.values()) == set(audit_log_pb2.AuditKind.values()) - {audit_log_pb2.AUDIT_KIND_UNSPECIFIED}
    assert "kind 77" in drawn(record(kind=77))


def test_escaping_leaves_plain_words_alone() -> None:
    assert escaped("Grüße, 你好 [x] \\ ok") == "Grüße, 你好 [x] \\ ok"
    assert escaped("a\tb\u00a0c") == "a\\tb\\xa0c"
