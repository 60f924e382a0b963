"""Who a call speaks for."""

from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from service_kit.errors import Unauthenticated


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who a call speaks for, as a verified token tells it.

    `email` is lower case and identifies the customer; `agent` is the member of support who acts for them, empty where
    they speak for themselves; `actor` is the server that calls on their behalf, None for a direct call; `expires_at`
    is aware UTC. `scope` is the one intent that the token is good for, empty for a person's own token; `turn_id`,
    `plan_id` and `step_id` say where the call comes from. `session_id` names the session at `issuer`; may be empty.
    """

    email: str
    roles: frozenset[str]
    actor: str | None
    expires_at: datetime
    agent: str = ""
    scope: str = ""
    turn_id: str = ""
    plan_id: str = ""
    step_id: str = ""
    session_id: str = ""
    issuer: str = ""

    @property
    def person(self) -> str:
        """The e-mail of the human being who acts."""
        return self.agent or self.email

    def has_any(self, roles: frozenset[str]) -> bool:
        """Is one of `roles` among the caller's?"""
        return bool(self.roles & roles)


_current: ContextVar[Caller | None] = ContextVar("caller", default=None)
_action: ContextVar[str] = ContextVar("action", default="")


def current_caller() -> Caller:
    """The caller of the RPC that is running. Raises Unauthenticated in an RPC that is open to all."""
    caller = _current.get()
    if caller is None:
        raise Unauthenticated("TOKEN_MISSING", "This call needs a token; sign in first.")
    return caller


def current_action() -> str:
    """What the running RPC is: its intent, or `Service.Method` where it has none; empty outside of one."""
    return _action.get()


def set_caller(caller: Caller | None, action: str = "") -> None:
    """For the interceptor, and for tests: says whom the running call speaks for, and what it is."""
    _current.set(caller)
    _action.set(action)
