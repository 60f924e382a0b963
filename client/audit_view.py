"""How the record looks: a table where there is room, else three lines for each. Pure.

What servers wrote is data: whatever is not plainly visible is written out, so that an attempt to hide something shows.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from llm_orchestrator.capabilities.v1 import audit_log_pb2
from llm_orchestrator.orchestrator.v1 import audit_pb2
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from client.text import escaped, local_time

KINDS = {
    "sign-in": audit_log_pb2.AUDIT_KIND_SIGN_IN,
    "denial": audit_log_pb2.AUDIT_KIND_DENIAL,
    "approval": audit_log_pb2.AUDIT_KIND_APPROVAL,
    "effect": audit_log_pb2.AUDIT_KIND_EFFECT,
    "erasure": audit_log_pb2.AUDIT_KIND_ERASURE,
}

_WIDE = 120
_WIDEST_WHO = 36
_SHORT_TURN = 8
_CODE = re.compile(r"[A-Z][A-Z0-9_]*")
_NAMES: dict[int, str] = {kind: name for name, kind in KINDS.items()}
_STYLES = {"SUCCEEDED": "green", "APPROVED": "green", "REFUSED": "red", "FAILED": "red", "UNKNOWN": "yellow"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A record in words."""

    time: str
    server: str
    kind: str
    actor: str
    subject: str
    action: str
    result: Text
    reason: str
    turn: str


def render_audit(listed: audit_pb2.ListAuditRecordsResponse, *, width: int) -> RenderableType:
    """Draws the records in the order they came, then which servers could not be asked."""
    rows = [_row(record) for record in listed.records]
    parts: list[RenderableType] = []
    if not rows:
        parts.append(Text("There are no such records.", "dim"))
    elif width >= _WIDE:
        parts.append(_table(rows))
    else:
        parts.extend(_lines(rows))
    if listed.next_page_token:
        parts.append(Text("There are older ones; --limit shows more.", "dim"))
    if listed.missing_servers:
        names = ", ".join(escaped(name) for name in listed.missing_servers)
        parts.append(Text(f"Not asked, their newest records may be missing: {names}", "yellow"))
    return Padding(Group(*parts), (0, 2))


def _table(rows: list[_Row]) -> RenderableType:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    table.add_column("Time", no_wrap=True)
    widest = max(len(words) for row in rows for words in (row.actor, f"for {row.subject}"))
    for name in ("Server", "Kind", "Who", "What", "Result and why"):
        table.add_column(name, overflow="fold", min_width=min(widest, _WIDEST_WHO) if name == "Who" else None)
    table.add_column("Turn", no_wrap=True, style="dim")
    for row in rows:
        who = Text(row.actor) + Text(f"\nfor {row.subject}" if row.subject else "", "magenta")
        result = row.result + Text(f"\n{row.reason}" if row.reason else "", "dim")
        table.add_row(row.time, row.server, row.kind, who, row.action, result, row.turn)
    return table


def _lines(rows: Iterable[_Row]) -> Iterator[RenderableType]:
    for row in rows:
        yield Text("  ").join([Text(row.time), Text(row.server), Text(row.kind), row.result])
        turn = f"turn {row.turn}" if row.turn else ""
        rest = "".join(f"  {words}" for words in (row.reason, turn) if words)
        yield Padding(Text.assemble(row.action, (rest, "dim")), (0, 0, 0, 2))
        yield Padding(Text.assemble(row.actor, (f" for {row.subject}" if row.subject else "", "magenta")), (0, 0, 0, 2))


def _row(record: audit_log_pb2.AuditRecord) -> _Row:
    """One record; the subject only where it is another than the actor."""
    moment = local_time(record.created_at)
    is_for_another = record.subject and record.subject != record.actor
    return _Row(
        time=f"{moment:%Y-%m-%d %H:%M:%S}" if moment else "-",
        server=escaped(record.server) or "-",
        kind=_NAMES.get(record.kind, f"kind {record.kind}"),
        actor=escaped(record.actor) or "nobody",
        subject=escaped(record.subject) if is_for_another else "",
        action=escaped(record.action) or "-",
        result=Text(_in_words(record.result) or "-", _STYLES.get(record.result, "")),
        reason=_in_words(record.reason),
        turn=escaped(record.turn_id[:_SHORT_TURN]),
    )


def _in_words(value: str) -> str:
    """`APPROVED_BY_USER` as people write it; anything that is no such word as it stands."""
    return value.lower().replace("_", " ") if _CODE.fullmatch(value) else escaped(value)
