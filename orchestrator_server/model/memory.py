"""What a planning model is told beside the message: the moment, the caller, this conversation, others.

Within an allowance of tokens each: what is oldest goes first, an open question never does.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from orchestrator_server.model.quoting import quote
from orchestrator_server.model.tokens import CHARACTERS_PER_TOKEN, estimate
from orchestrator_server.plan import Clarify, Json, PastTurn, Plan, Recollection, Reference, Request, Said, Step

T = TypeVar("T")

LONGEST_TEXT = 4_000


def context_of(request: Request, *, conversation_tokens: int, recent_tokens: int) -> dict[str, Json]:
    """The context of one message, ready to be quoted. What is empty is left out."""
    memory = request.memory
    earlier: list[Json] = [*_latest(memory.turns, _turn, conversation_tokens)]
    others: list[Json] = [*_latest(memory.recent, _said, recent_tokens)]
    context: dict[str, Json] = {
        "now": request.now.isoformat(timespec="seconds"),
        "signed_in": request.email,
        "other_conversations_for_reference_only": others,
        "this_conversation": earlier,
        "open_question": _question(memory),
    }
    return {name: value for name, value in context.items() if value}


def _latest(items: Iterable[T], words: Callable[[T, int], Json], allowance: int) -> list[Json]:
    """The newest items that fit, oldest first; the newest is shortened rather than lost."""
    kept: list[Json] = []
    for item in reversed(list(items)):
        said = words(item, LONGEST_TEXT)
        cost = estimate(quote(said))
        if cost > allowance and not kept:
            said = words(item, allowance * CHARACTERS_PER_TOKEN // 3)
        elif cost > allowance:
            break
        allowance -= cost
        kept.insert(0, said)
    return kept


def _turn(turn: PastTurn, longest: int) -> Json:
    said: dict[str, Json] = {"user": _short(turn.text, longest)}
    if turn.plan is not None:
        said["plan"] = turn.plan.id
        said["steps"] = [_step(step) | {"became": _fate(turn, step)} for step in turn.plan.steps]
    return said | {"reply": _short(turn.reply, longest)}


def _said(said: Said, longest: int) -> Json:
    return {"user" if said.is_user else "reply": _short(said.text, longest)}


def _question(memory: Recollection) -> Json:
    open_question = memory.open_question
    if open_question is None:
        return None
    asked: dict[str, Json] = {"question": open_question.question, "missing": list(open_question.missing)}
    return asked | _waiting(open_question)


def _waiting(question: Clarify) -> dict[str, Json]:
    """The plan that the answer completes."""
    if question.partial is None:
        return {}
    return {"plan": question.partial.id, "steps": _steps(question.partial), "missing_in": question.step_id}


def _steps(plan: Plan) -> list[Json]:
    return [_step(step) for step in plan.steps]


def _step(step: Step) -> dict[str, Json]:
    said: dict[str, Json] = {"id": step.id, "intent": step.intent, "arguments": _arguments(step.arguments)}
    if step.condition is not None:
        said["condition"] = {"words": step.condition.words, "expression": step.condition.expression}
    return said | ({"for_each": step.for_each} if step.for_each else {})


def _arguments(arguments: Mapping[str, Json | Reference]) -> dict[str, Json]:
    return {
        name: {"from": value.expression} if isinstance(value, Reference) else value for name, value in arguments.items()
    }


def _fate(turn: PastTurn, step: Step) -> str:
    """How the calls of a step ended, and why where it went wrong: `FAILED ORDER_ALREADY_SHIPPED`."""
    fates = [f"{o.status.name} {o.reason}".strip() for o in turn.outcomes if o.step_id == step.id]
    return ", ".join(dict.fromkeys(fates)) or "NOT_RUN"


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[:longest] + "…"
