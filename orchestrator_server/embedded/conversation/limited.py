"""What is asked for once more under a condition: "the same for A-18 if it has not left"."""

from collections.abc import Callable
from dataclasses import replace

from orchestrator_server.embedded.conversation.riders import conditioned, conditions_in, not_understood, own_tokens
from orchestrator_server.embedded.conversation.verdicts import plain_verdict
from orchestrator_server.embedded.message import Message, message_of
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.plan import Clarify, Decision, Plan

_LEADS = lazy(
    r"(?:[\s,.;:-]|\b(?:but|and|only|just|if|unless|when|while|provided|providing|assuming|that|as long as|so long as"
    r"|in case|on condition)\b)+$"
)
"""What leads to a condition."""
Echo = Callable[[Message, str], Decision | None]


def under_limits(message: Message, plan_id: str, echo: Echo) -> Decision | None:
    """What `echo` makes of the message, under the conditions of the message; a question where that cannot be."""
    said = plain_verdict(message) or message
    clauses = conditions_in(said)
    bare = _LEADS.sub("", said.words(own_tokens(said, ()))) if clauses else ""
    if not clauses or clauses[0].first == 0 or not bare:
        return echo(message, plan_id)
    found = echo(message_of(bare, message.index, message.context), plan_id)
    if isinstance(found, Plan):
        return conditioned(said, found, plan_id)
    if not isinstance(found, Clarify) or found.partial is None:
        return None
    if found.missing:
        return not_understood(said.words(said.of(clauses[0])))
    limited = conditioned(said, found.partial, plan_id)
    if not isinstance(limited, Plan):
        return limited
    words = next((step.condition.words for step in limited.steps if step.condition), "").strip(" ,.?!")
    lead = "" if words.startswith("unless") else "if "
    return replace(found, partial=limited, question=f"{found.question.rstrip('?')} {lead}{words}?")
