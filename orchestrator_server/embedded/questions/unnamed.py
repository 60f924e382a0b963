"""Questions about something that nobody has named: "has it been sent yet?" at the very beginning."""

from dataclasses import replace

from orchestrator_server.embedded.conversation.described import planned
from orchestrator_server.embedded.declared.features import is_content
from orchestrator_server.embedded.message import Message, message_of
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.plan import Plan

_IT = lazy(r"\b(?:it|they)\b(?! (?:\w+ )?(?:to|that|when|if)\b)")
"""Points at something; "is it possible to ..." does not."""
_LONGEST = 8


def unnamed(message: Message, plan_id: str) -> Plan | None:
    """The reads that would be meant if "it" were the id of something, without that id; None where it is no question."""
    found, shape = _IT.search(message.norms), next(iter(message.index.ids), None)
    if found is None or shape is None or len(message.tokens) > _LONGEST or message.index.names_id(message.tokens):
        return None
    said = [token for token in message.tokens if is_content(token)]
    if not said or not all(message.index.knows(token.stem) for token in said):
        return None
    example = next((p.example for own in message.index.profiles if (p := own.takes(shape)) and p.example), "")
    text = f"{message.norms[: found.start()]}{example}{message.norms[found.end() :]}"
    plan = planned(message_of(text, message.index, message.context), plan_id) if example else None
    if plan is None or any(message.index.by_name[step.intent].intent.has_effect for step in plan.steps):
        return None
    steps = (replace(s, arguments={n: v for n, v in s.arguments.items() if v != example}) for s in plan.steps)
    return replace(plan, steps=tuple(steps))
