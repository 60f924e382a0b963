"""Lives through the conversation before a labelled message, as the product would: with the planner's own plans."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from evaluation.labels import Label
from evaluation.shown import SHOWN, with_shown
from orchestrator_server.catalogue import Catalogue
from orchestrator_server.consent import Consent, consent
from orchestrator_server.expressions import Expressions
from orchestrator_server.plan import (
    Clarify,
    Decision,
    PastTurn,
    Plan,
    Proposal,
    Recollection,
    Refuse,
    Request,
    Said,
    Step,
)
from orchestrator_server.planning import Planning
from orchestrator_server.report import step_words

_LAST_QUESTION = re.compile(r"([^.!?\n]*)\?\W*(?:\n\s*[-*].*)*$")
"""What the assistant asks at the end; lines of a list may follow."""
_OTHER = re.compile(r"\b(?:else|anything|something|which|what|when|where|who)\b", re.IGNORECASE)
"""Makes a question one that is not answered with a yes to what was planned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """Asks `planning` as one customer. What was answered before stands in the label; nothing is called."""

    planning: Planning
    catalogue: Catalogue
    expressions: Expressions
    roles: frozenset[str]
    now: dt.datetime

    async def remember(self, label: Label) -> Recollection:
        """What a planner is told of the turns before the last message. Raises PlannerError."""
        memory = Recollection()
        for said, reply in _turns(label.earlier):
            decision = (await self.decide(label.email, said, memory)).decision if said.strip() else None
            plan = decision if isinstance(decision, Plan) else None
            turn = with_shown(PastTurn(text=said, reply=reply, plan=plan), self.catalogue, self.now)
            asked = decision if isinstance(decision, Clarify) else None
            memory = Recollection(turns=(*memory.turns, turn), open_question=asked)
        return memory

    async def decide(self, email: str, text: str, memory: Recollection) -> Proposal:
        """What is made of a message: an answer to what waits for a yes, if it is one, else what the planner decides."""
        waiting = self._waiting(memory)
        answered = consent(text, self._questions(waiting)) if waiting is not None else None
        if waiting is not None and answered is not None:
            return Proposal(decision=self._settled(waiting, answered))
        request = Request(text=text, email=email, now=self.now, memory=memory)
        return await self.planning.decide(request, self.catalogue, self.expressions, self.roles)

    def _waiting(self, memory: Recollection) -> Plan | None:
        """The plan whose effects the assistant asked about in its last words."""
        last = memory.turns[-1] if memory.turns else None
        asked = _LAST_QUESTION.search(last.reply.rstrip()) if last is not None else None
        if last is None or last.plan is None or asked is None or _OTHER.search(asked[1]):
            return None
        steps = tuple(step for step in last.plan.steps if step.id != SHOWN)
        return replace(last.plan, steps=steps) if any(map(self._has_effect, steps)) else None

    def _questions(self, waiting: Plan) -> list[str]:
        effects = filter(self._has_effect, waiting.steps)
        return [step_words(step, self.catalogue.intents[step.intent], {}) for step in effects]

    def _settled(self, waiting: Plan, answered: Consent) -> Decision:
        """What becomes of the plan, as code settles it in the product: all of it, a part, nothing, or asked again."""
        if answered.is_unclear:
            return Clarify(question="Yes, no, or which of them?", partial=waiting)
        effects = [step.id for step in waiting.steps if self._has_effect(step)]
        left_out = {name for at, name in enumerate(effects) if at not in answered.approved}
        if not left_out:
            return waiting
        if not answered.approved:
            return Refuse(reason="declined", message="Nothing was done.")
        return replace(waiting, steps=tuple(step for step in waiting.steps if step.id not in left_out))

    def _has_effect(self, step: Step) -> bool:
        return self.catalogue.intents[step.intent].has_effect


def decided(decision: Decision) -> str:
    """A decision on one line, for reading."""
    plan = decision if isinstance(decision, Plan) else getattr(decision, "partial", None)
    steps = [_step(step) for step in plan.steps] if plan else []
    if isinstance(decision, Plan):
        return " + ".join(steps)
    said = decision.question if isinstance(decision, Clarify) else f"{decision.reason}: {decision.message}"
    return f"{type(decision).__name__.upper()} {said} {' + '.join(steps)}".strip()


def _step(step: Step) -> str:
    said = (
        f"{'~' if step.is_supporting else ''}{step.intent}({', '.join(f'{k}={v}' for k, v in step.arguments.items())})"
    )
    said += f" for each {step.for_each}" if step.for_each else ""
    return said + (f" if {step.condition.expression or step.condition.words}" if step.condition else "")


def _turns(earlier: Sequence[Said]) -> list[tuple[str, str]]:
    """Messages with their replies; what stands without the other has an empty one."""
    turns: list[tuple[str, str]] = []
    for said in earlier:
        if said.is_user:
            turns.append((said.text, ""))
        elif turns:
            before, reply = turns[-1]
            turns[-1] = (before, f"{reply}\n{said.text}".strip())
        else:
            turns.append(("", said.text))
    return turns
