"""Policy at work: what runs now, what is ruled out, what waits for a yes, and how that is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from orchestrator_server.audit import Audit, AuditEntry
from orchestrator_server.calling import Job
from orchestrator_server.catalogue import Offer
from orchestrator_server.events import PendingEffect
from orchestrator_server.plan import Call, Outcome, OutcomeStatus
from orchestrator_server.policy import ApprovalMode, Ruling, Verdict, judge
from orchestrator_server.wording import effect_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Judges calls by one setting and notes what it refuses."""

    mode: ApprovalMode
    audit: Audit

    def sorted(self, calls: Sequence[Call], job: Job) -> tuple[Sequence[Call], Sequence[Call]]:
        """What runs now, and what waits for a yes once nothing else is left: reads first, then one effect."""
        asks = [c for c in calls if self._judge(c, job).ruling is Ruling.ASK and c.key not in job.approved]
        free = [call for call in calls if call not in asks]
        reads = [call for call in free if not call.has_effect]
        if reads:
            return reads, ()
        return ((), asks) if asks else (free[:1], ())

    async def ruled_out(self, calls: Sequence[Call], job: Job) -> list[Outcome]:
        """Outcomes of calls that policy forbids or the user said no to; a denial is noted."""
        outcomes = []
        for call in calls:
            verdict = self._judge(call, job)
            if verdict.ruling is Ruling.DENY:
                await self._note(job, "denial", call.step.intent, verdict.reason, call.key)
                outcomes.append(_without_call(call, OutcomeStatus.FAILED, verdict.reason, verdict.message))
            elif call.key in job.denied:
                outcomes.append(_without_call(call, OutcomeStatus.CANCELLED, "DENIED_BY_USER", "You said no."))
        return outcomes

    async def note_answer(self, job: Job, approved: bool) -> None:
        """Notes what the user said to a request for approval."""
        await self._note(job, "approval", "", "APPROVED" if approved else "DENIED", job.plan.id)

    def _judge(self, call: Call, job: Job) -> Verdict:
        return judge(call, job.world.catalogue.intents[call.step.intent], job.caller, self.mode)

    async def _note(self, job: Job, kind: str, intent: str, result: str, key: str) -> None:
        entry = AuditEntry(
            created_at=datetime.now(UTC),
            subject=job.caller.email,
            kind=kind,
            intent=intent,
            result=result,
            server="",
            turn_id=job.turn_id,
            key=key,
        )
        await self.audit.append(entry)


def pending_effect(call: Call, job: Job, offers: Sequence[Offer]) -> PendingEffect:
    """A call as it is shown to the user before the yes; the first of `offers` would act."""
    intent = job.world.catalogue.intents[call.step.intent]
    return PendingEffect(
        step_id=call.step.id,
        index=call.index,
        intent=intent.name,
        description=effect_words(intent, call.arguments),
        arguments=call.arguments,
        server=offers[0].server if offers else "",
    )


def question_for(effects: Sequence[PendingEffect]) -> str:
    """The question in words, for everything that waits."""
    if len(effects) == 1:
        return f"I am about to {effects[0].description}. Shall I go ahead?"
    listed = "\n".join(f"- {effect.description}" for effect in effects)
    return f"I am about to do {len(effects)} things:\n{listed}\nShall I go ahead?"


def _without_call(call: Call, status: OutcomeStatus, reason: str, message: str) -> Outcome:
    return Outcome(
        step_id=call.step.id,
        index=call.index,
        status=status,
        reason=reason,
        message=message,
        arguments=call.arguments,
    )
