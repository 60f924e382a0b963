"""Who may call which RPC: decided from the token and from what the RPC's intent declares."""

from collections.abc import Iterable
from functools import lru_cache

from google.protobuf import descriptor_pool
from llm_orchestrator.capabilities.v1 import annotations_pb2, audit_log_pb2

from service_kit.caller import Caller, set_caller
from service_kit.capabilities import intent_of
from service_kit.errors import PermissionDenied, Unauthenticated
from service_kit.reflection import V1_NAME, V1ALPHA_NAME
from service_kit.types import Context
from service_kit.verifier import Verifier

STAFF = frozenset({"support", "admin"})
PREFIX = "bearer "
SCOPES = {
    audit_log_pb2.DESCRIPTOR.services_by_name["AuditLogService"].full_name: "audit",
    V1_NAME: "reflection",
    V1ALPHA_NAME: "reflection",
}
"""Scopes of services whose RPCs are no intents."""


class Gate:
    """Lets calls in: those of open services always, others with a token that counts here and a role that may."""

    def __init__(self, verifier: Verifier, open_services: Iterable[str]) -> None:
        self._verifier = verifier
        self._open = frozenset(open_services)

    def is_open(self, method: str) -> bool:
        """Does `method` need no token?"""
        return method.lstrip("/").partition("/")[0] in self._open

    async def admit(self, method: str, context: Context) -> Caller | None:
        """The caller of `method` (`/package.Service/Method`), who is current from now on; None for an open service.

        Raises Unauthenticated and PermissionDenied.
        """
        if self.is_open(method):
            return None
        service, _, name = method.lstrip("/").partition("/")
        caller = await self._verifier.verify(_token(context))
        set_caller(caller, action_of(method))  # before it is judged: a refusal is recorded with who it was
        intent = _intent(service, name)
        _check_scope(intent.name if intent else SCOPES.get(service, ""), caller)
        _check_roles(intent, caller)
        return caller


def action_of(method: str) -> str:
    """What `method` (`/package.Service/Method`) is: its intent, or `Service.Method` where it has none."""
    service, _, name = method.lstrip("/").partition("/")
    intent = _intent(service, name)
    return intent.name if intent else f"{service.rpartition('.')[2]}.{name}"


def _token(context: Context) -> str:
    for name, value in context.invocation_metadata() or ():
        if name == "authorization" and str(value).lower().startswith(PREFIX):
            return str(value)[len(PREFIX) :].strip()
    raise Unauthenticated(
        "TOKEN_MISSING", "This call needs a token; sign in and send it as metadata `authorization: Bearer <token>`."
    )


def _check_scope(scope: str, caller: Caller) -> None:
    """A server that calls for somebody holds a token for one intent; a person's own token is good for all of theirs."""
    if (caller.actor is not None or caller.scope) and (not scope or caller.scope != scope):
        raise PermissionDenied("SCOPE_MISMATCH", "The token is for another call than this one.", scope=caller.scope)


def _check_roles(intent: annotations_pb2.Intent | None, caller: Caller) -> None:
    if intent is None:
        return
    if intent.access == annotations_pb2.ACCESS_UNSPECIFIED and not caller.has_any(STAFF):
        raise PermissionDenied("NOT_FOR_CUSTOMERS", f"{intent.name} is not open to customers.", intent=intent.name)
    if intent.roles and not caller.has_any(frozenset(intent.roles)):
        needed = ", ".join(intent.roles)
        raise PermissionDenied("ROLE_MISSING", f"{intent.name} needs the role {needed}.", intent=intent.name)


@lru_cache(maxsize=1024)
def _intent(service: str, name: str) -> annotations_pb2.Intent | None:
    """The intent of an RPC; None where it has none."""
    try:
        method = descriptor_pool.Default().FindServiceByName(service).methods_by_name[name]
    except KeyError:
        return None
    intent = intent_of(method)
    return intent if intent.name else None
