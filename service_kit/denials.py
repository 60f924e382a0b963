"""Writes down what was refused for who made it, at most so much that nobody fills the disk.

Services that are open to all, like sign-in, keep their own record. A refusal stands whether or not it could be written
down, and nobody waits for the writing: else what belongs to another would be refused later than what is not there.
"""

import asyncio
import logging
import sqlite3
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from service_kit.audit import Audit, AuditEntry, AuditKind
from service_kit.caller import Caller, current_action, current_caller
from service_kit.errors import NotYours, PermissionDenied, ServiceError, Unauthenticated

log = logging.getLogger(__name__)

REFUSALS = (Unauthenticated, PermissionDenied, NotYours)
MOST = 60
WINDOW = timedelta(minutes=1)


def _now() -> datetime:
    return datetime.now(UTC)


class Denials:
    """Records refusals: in a minute at most 60 of one person, and 60 of all whom nobody knows; the rest is counted."""

    def __init__(self, audit: Audit, clock: Callable[[], datetime] = _now) -> None:
        self._audit = audit
        self._clock = clock
        self._window_ends = clock()
        self._seen: Counter[str] = Counter()
        self._writing: set[asyncio.Task[None]] = set()

    def note(self, error: ServiceError) -> None:
        """Records `error`, raised by the running call, behind the caller's back."""
        if isinstance(error, REFUSALS):
            task = asyncio.get_running_loop().create_task(self.record(error))
            self._writing.add(task)
            task.add_done_callback(self._writing.discard)

    async def record(self, error: ServiceError) -> None:
        """Appends a record where `error`, raised by the running call, is a refusal for who made it."""
        if not isinstance(error, REFUSALS):
            return
        await self._turn_over()
        caller = _caller()
        person = caller.person if caller else ""
        self._seen[person] += 1
        if self._seen[person] <= MOST:
            reason = "NOT_OWNER" if isinstance(error, NotYours) else error.reason
            await self._append(_denial(current_action(), reason, caller))

    async def settle(self, *, is_over: bool = False) -> None:
        """Returns when everything noted is written, with how many were left out in the minute before."""
        await asyncio.gather(*self._writing)
        await self._turn_over(is_over=is_over)

    async def _turn_over(self, *, is_over: bool = False) -> None:
        """Appends how many were left out in the minute before, when it has passed or the server stops."""
        now = self._clock()
        if now < self._window_ends and not is_over:
            return
        seen, self._seen = self._seen, Counter()
        self._window_ends = now + WINDOW
        for person, count in seen.items():
            if count > MOST:
                entry = AuditEntry(
                    kind=AuditKind.DENIAL,
                    action="",
                    result="LEFT_OUT",
                    reason=f"{count - MOST}_MORE_REFUSED",
                    actor=person,
                    created_at=now,
                )
                await self._append(entry)

    async def _append(self, entry: AuditEntry) -> None:
        try:
            await self._audit.append(entry)
        except (ServiceError, sqlite3.Error, RuntimeError):
            log.exception("denial not recorded", extra={"action": entry.action, "reason": entry.reason})


def _denial(action: str, reason: str, caller: Caller | None) -> AuditEntry:
    return AuditEntry(
        kind=AuditKind.DENIAL,
        action=action,
        result="REFUSED",
        reason=reason,
        actor=caller.person if caller else "",
        subject=caller.email if caller else "",
        turn_id=caller.turn_id if caller else "",
    )


def _caller() -> Caller | None:
    try:
        return current_caller()
    except Unauthenticated:
        return None
