"""May this call be made? Pure: the same call, caller and setting always give the same verdict."""

from dataclasses import dataclass
from enum import Enum

from orchestrator_server.catalogue import Intent, may_call
from orchestrator_server.plan import Call
from service_kit.caller import Caller


class Ruling(Enum):
    """What policy says of a call."""

    ALLOW = "allow"
    ASK = "ask"
    DENY = "deny"


class ApprovalMode(Enum):
    """When a person is asked: before every call, before effects, or only where an intent insists."""

    ALWAYS = "always"
    EFFECTS = "effects"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A ruling; a denial says why, for programs and for people."""

    ruling: Ruling
    reason: str = ""
    message: str = ""


def judge(call: Call, intent: Intent, caller: Caller, mode: ApprovalMode) -> Verdict:
    """The verdict on one call with all its arguments resolved. Runs before every call, approved or not."""
    if not may_call(intent, caller.roles):
        return Verdict(ruling=Ruling.DENY, reason="NOT_ALLOWED", message=f"You may not use {intent.name}.")
    stranger = next((p.name for p in intent.parameters if p.is_subject and p.name in call.arguments), None)
    if stranger is not None:
        return Verdict(ruling=Ruling.DENY, reason="NOT_YOUR_DATA", message="You can only ask for your own data.")
    return Verdict(ruling=Ruling.ASK if _asks(call, intent, mode) else Ruling.ALLOW)


def _asks(call: Call, intent: Intent, mode: ApprovalMode) -> bool:
    if intent.approval_required or mode is ApprovalMode.ALWAYS:
        return True
    return mode is ApprovalMode.EFFECTS and call.has_effect
