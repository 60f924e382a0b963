"""What a planning model is told beside the message: the moment, this conversation, others.

Within an allowance of tokens each: what is oldest goes first, an open question never does. Of a turn that had results
the steps and their values are told, not the reply: text that somebody planted in a result would speak through it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from orchestrator_server.concealing import TOKEN
from orchestrator_server.model.handles import NOTE
from orchestrator_server.model.quoting import quote
from orchestrator_server.model.results import Recalling
from orchestrator_server.model.tokens import CHARACTERS_PER_TOKEN, estimate
from orchestrator_server.plan import Clarify, Json, OutcomeStatus, PastTurn, Plan, Recollection, Request, Said, Step

T = TypeVar("T")

LONGEST_TEXT = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """Tokens for this conversation and for what was said in others."""

    conversation: int = 2_000
    recent: int = 500


def context_of(request: Request, recalling: Recalling, allowance: Allowance) -> dict[str, Json]:
    """The context of one message, ready to be quoted. What is empty is left out."""
    memory = request.memory
    recalling.handles.give("email", request.email)
    for turn in memory.turns:
        recalling.learn(turn)
    telling = _Telling(recalling)
    earlier: list[Json] = [*_latest(memory.turns, telling.turn, allowance.conversation)]
    question = telling.question(memory)
    others = [said for said in memory.recent if said.is_user]
    context: dict[str, Json] = {
        "now": request.now.isoformat(timespec="seconds"),
        "other_conversations_for_reference_only": [*_latest(others, telling.elsewhere, allowance.recent)],
        "this_conversation": earlier,
        "open_question": question,
    }
    if "«" in quote([earlier, question]):
        context["note"] = NOTE
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


class _Telling:
    def __init__(self, recalling: Recalling) -> None:
        self._recalling = recalling

    def turn(self, turn: PastTurn, longest: int) -> Json:
        """An earlier turn: what the user said, and what came of it."""
        if turn.plan is None:
            return {"user": self._said(turn.text, longest), "reply": self._said(turn.reply, longest)}
        steps: list[Json] = [self._past_step(turn, step, longest) for step in turn.plan.steps]
        return {"user": self._said(turn.text, longest), "steps": steps}

    def elsewhere(self, said: Said, longest: int) -> Json:
        """What the user said in another conversation."""
        return self._said(said.text, longest)

    def question(self, memory: Recollection) -> Json:
        """What was asked last, with the plan that the answer completes."""
        asked = memory.open_question
        if asked is None:
            return None
        told: dict[str, Json] = {"question": self._recalling.said(asked.question), "missing": list(asked.missing)}
        return told | self._waiting(asked)

    def _waiting(self, asked: Clarify) -> dict[str, Json]:
        if asked.partial is None:
            return {}
        return {"plan": asked.partial.id, "steps": self._steps(asked.partial), "missing_in": asked.step_id}

    def _steps(self, plan: Plan) -> list[Json]:
        return [self._step(step) for step in plan.steps]

    def _past_step(self, turn: PastTurn, step: Step, longest: int) -> dict[str, Json]:
        results = self._recalling.results(turn, step)
        became = _fate(turn, step)
        if not results or len(quote(results)) > longest:
            return self._step(step) | {"became": became}
        told = self._step(step) | {"results": results}
        return told if became == OutcomeStatus.SUCCEEDED.name else told | {"became": became}

    def _step(self, step: Step) -> dict[str, Json]:
        said: dict[str, Json] = {"id": step.id, "intent": step.intent, "arguments": self._recalling.arguments(step)}
        if step.condition is not None:
            words = self._recalling.said(step.condition.words)
            said["condition"] = {"words": words, "expression": self._recalling.said(step.condition.expression)}
        return said | ({"for_each": step.for_each} if step.for_each else {})

    def _said(self, text: str, longest: int) -> str:
        return _short(self._recalling.said(text), longest)


def _fate(turn: PastTurn, step: Step) -> str:
    """How the calls of a step ended, and why where it went wrong: `FAILED ORDER_ALREADY_SHIPPED`."""
    fates = [f"{o.status.name} {_plain(o.reason)}".strip() for o in turn.outcomes if o.step_id == step.id]
    return ", ".join(dict.fromkeys(fates)) or "NOT_RUN"


def _plain(reason: str) -> str:
    """A reason for programs; a server may have written anything there."""
    return reason if TOKEN.fullmatch(reason) else ""


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[:longest] + "…"
