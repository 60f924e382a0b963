"""Writes down what happened to sessions, in the words of the audit."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

from service_kit.audit import AuditEntry, AuditKind
from service_kit.errors import PermissionDenied, ServiceError
from user_server.sessions import Ended, Session

ENDED_BY_ADMIN = "ENDED_BY_ADMIN"
REFRESH_TOKEN_REUSED = "REFRESH_TOKEN_REUSED"  # noqa: S105  # a reason
CUSTOMER_GONE = "CUSTOMER_GONE"
SIGNED_OUT = "SIGNED_OUT"
ACT_FOR = "sign_in.act_for"


class Audit(Protocol):
    """Keeps entries."""

    async def append(self, entry: AuditEntry) -> None:
        """Adds `entry` as the last one."""


class Journal:
    """Records sign-in in an audit; e-mails that are no customer's stay out of it."""

    def __init__(self, audit: Audit) -> None:
        self._audit = audit

    @asynccontextmanager
    async def recorded(self, action: str, actor: str) -> AsyncIterator[None]:
        """Records how the block ends: with success, or with a refusal and its reason."""
        try:
            yield
        except ServiceError as error:
            await self.refused(action, actor, actor, error)
            raise
        await self._append(action, actor, actor)

    async def refused(self, action: str, actor: str, subject: str, error: ServiceError) -> None:
        """Records that `actor` may not do `action` with what belongs to `subject`."""
        kind = AuditKind.DENIAL if isinstance(error, PermissionDenied) else AuditKind.SIGN_IN
        await self._append(action, actor, subject, result="REFUSED", reason=error.reason, kind=kind)

    async def refreshed(self, session: Session) -> None:
        """Records whom a session stops and begins to act for; nothing where that stays as it was."""
        if session.acted_for == session.acting_for:
            return
        if session.acted_for:
            await self._append("sign_in.stop_acting", session.email, session.acted_for)
        if session.acting_for:
            await self._append(ACT_FOR, session.email, session.acting_for)

    async def ended(self, ended: Ended, reason: str) -> None:
        """Records that a session is over, and why; where a command ended it, nobody is named as the actor."""
        actor = "" if reason == ENDED_BY_ADMIN else ended.email
        if ended.acting_for:
            await self._append("sign_in.stop_acting", ended.email, ended.acting_for, reason=reason)
        await self._append("sign_in.end_session", actor, ended.email, reason=reason)

    async def _append(
        self,
        action: str,
        actor: str,
        subject: str,
        *,
        result: str = "SUCCEEDED",
        reason: str = "",
        kind: AuditKind = AuditKind.SIGN_IN,
    ) -> None:
        entry = AuditEntry(kind=kind, action=action, result=result, reason=reason, actor=actor, subject=subject)
        await self._audit.append(entry)
