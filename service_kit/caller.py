"""Who a call speaks for."""

from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from service_kit.errors import Unauthenticated


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who a call speaks for, as a verified token tells it.

    `email` is lower case and identifies the customer; `actor` is the server that calls on their behalf, None for a
    direct call; `expires_at` is aware UTC.
    """

    email: str
    roles: frozenset[str]
    actor: str | None
    expires_at: datetime

    def has_any(self, roles: frozenset[str]) -> bool:
        """Is one of `roles` among the caller's?"""
        return bool(self.roles & roles)


_current: ContextVar[Caller | None] = ContextVar("caller", default=None)


def current_caller() -> Caller:
    """The caller of the RPC that is running. Raises Unauthenticated in an RPC that is open to all."""
    caller = _current.get()
    if caller is None:
        raise Unauthenticated("TOKEN_MISSING", "This call needs a token; sign in first.")
    return caller


def set_caller(caller: Caller | None) -> None:
    """For the interceptor, and for tests: says whom the running call speaks for."""
    _current.set(caller)
