"""Policy at work: what runs now, what is ruled out, what waits for a yes, and how that is asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from orchestrator_server import asking
from orchestrator_server.asking import asked
from orchestrator_server.calling import Job
from orchestrator_server.events import PendingEffect
from orchestrator_server.memory_values import WaitingEffect
from orchestrator_server.plan import Call, Outcome, OutcomeStatus, idempotency_key
from orchestrator_server.policy import ApprovalMode, Ruling, Verdict, judge
from orchestrator_server.wording import effect_words
from service_kit.audit import AuditEntry, AuditKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """What is to be done with calls that are ready: one of `settled` (no call is needed), `run` and `ask`.

    `notes` are for the record, beside what is settled.
    `is_changed`: the user said yes, and what the yes was for has come out different.
    """

    settled: tuple[Outcome, ...] = ()
    notes: tuple[AuditEntry, ...] = ()
    run: tuple[Call, ...] = ()
    ask: tuple[Call, ...] = ()
    is_changed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Judges calls by one setting."""

    mode: ApprovalMode

    def sort(self, calls: Sequence[Call], job: Job) -> Sorting:
        """What is next: what policy forbids, then reads, then effects one by one in the plan's order."""
        forbidden = [(call, verdict) for call in calls if (verdict := self._judge(call, job)).ruling is Ruling.DENY]
        if forbidden:
            notes = [
                job.entry(AuditKind.DENIAL, call.step.intent, "REFUSED", verdict.reason, call.key)
                for call, verdict in forbidden
            ]
            return Sorting(settled=tuple(_failed(call, verdict) for call, verdict in forbidden), notes=tuple(notes))
        reads = tuple(call for call in calls if not call.has_effect and not self._must_ask(call, job))
        return Sorting(run=reads) if reads else self._sort_effects(calls, job)

    def _sort_effects(self, calls: Sequence[Call], job: Job) -> Sorting:
        """Effects, and reads that need a yes too."""
        need_a_yes = {call.key for call in calls if self._judge(call, job).ruling is Ruling.ASK}
        effects = [call for call in calls if call.key in need_a_yes and call.has_effect]
        if job.answers.differ_from(job.fingerprint(call) for call in effects):
            ask = tuple(call for call in effects if not _is_denied(call, job))
            if ask:
                return Sorting(ask=ask, is_changed=True)
        denied = tuple(_denied(call) for call in calls if call.key in need_a_yes and _is_denied(call, job))
        if denied:
            return Sorting(settled=denied)
        if not calls or self._must_ask(calls[0], job):
            return Sorting(ask=tuple(call for call in calls if self._must_ask(call, job)))
        return Sorting(run=(calls[0],))

    def notes(self, job: Job, said: Sequence[tuple[WaitingEffect, bool]]) -> list[AuditEntry]:
        """What the user said to each effect of a request for approval, for the record."""
        steps = {step.id: step for step in job.plan.steps}
        return [
            job.entry(
                AuditKind.APPROVAL,
                steps[effect.step_id].intent,
                "APPROVED" if is_yes else "DENIED",
                "SAID_BY_USER",
                idempotency_key(job.plan.id, steps[effect.step_id], effect.index),
            )
            for effect, is_yes in said
        ]

    def _must_ask(self, call: Call, job: Job) -> bool:
        return self._judge(call, job).ruling is Ruling.ASK and not job.is_approved(call)

    def _judge(self, call: Call, job: Job) -> Verdict:
        return judge(call, job.world.catalogue.intents[call.step.intent], job.caller, self.mode)


def pending_effect(call: Call, job: Job) -> PendingEffect:
    """A call as it is shown to the user before the yes, with the server that would act."""
    intent = job.world.catalogue.intents[call.step.intent]
    offers = job.offers(call)
    return PendingEffect(
        step_id=call.step.id,
        index=call.index,
        intent=intent.name,
        description=effect_words(intent, call.arguments),
        arguments=call.arguments,
        server=offers[0].server if offers else "",
        is_modern=offers[0].is_modern if offers else None,
        condition=call.condition,
        seen=call.seen,
    )


def waiting_effect(call: Call, shown: PendingEffect, job: Job) -> WaitingEffect:
    """What memory keeps of a call that waits, and what the yes is bound to."""
    return WaitingEffect(
        step_id=call.step.id,
        index=call.index,
        fingerprint=job.fingerprint(call),
        description=shown.description,
        has_effect=call.has_effect,
    )


def question_for(calls: Sequence[Call], effects: Sequence[PendingEffect], job: Job, *, is_changed: bool = False) -> str:
    """The question in words, for everything that waits."""
    told = [asked(call, effect.description, job.plan, job.world) for call, effect in zip(calls, effects, strict=True)]
    return asking.question_for(told, is_changed=is_changed)


def _is_denied(call: Call, job: Job) -> bool:
    return job.fingerprint(call) in job.answers.denied


def _failed(call: Call, verdict: Verdict) -> Outcome:
    return _without_call(call, OutcomeStatus.FAILED, verdict.reason, verdict.message)


def _denied(call: Call) -> Outcome:
    return _without_call(call, OutcomeStatus.CANCELLED, "DENIED_BY_USER", "You said no.")


def _without_call(call: Call, status: OutcomeStatus, reason: str, message: str) -> Outcome:
    return Outcome(
        step_id=call.step.id,
        index=call.index,
        status=status,
        reason=reason,
        message=message,
        arguments=call.arguments,
    )
