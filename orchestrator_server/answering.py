"""What a turn answers: is it a yes, a no or a part to what waits, and to which effects exactly?"""

from collections.abc import Mapping

from orchestrator_server.approvals import Answers, asked_in
from orchestrator_server.consent import Consent, consent
from orchestrator_server.events import Reply, ReplyKind
from orchestrator_server.memory_values import WaitingApproval
from orchestrator_server.turn_values import TurnStart

NOTHING_WAITS = "There is nothing waiting for a yes any more; please ask again."
EXPIRED = "That question has expired, so nothing was done; please ask again."


def answer_to(waiting: WaitingApproval | None, start: TurnStart) -> Mapping[str, bool] | Reply | None:
    """What is said of each effect that waits, by fingerprint; a reply where that cannot count; None for other words."""
    if waiting is None or start.plan_id not in (None, waiting.plan_id):
        return None if start.approved is None else Reply(text=NOTHING_WAITS, kind=ReplyKind.REFUSAL)
    said = _said(waiting, start)
    if said is None:
        return None
    if waiting.expires_at <= start.now:
        return Reply(text=EXPIRED, kind=ReplyKind.REFUSAL)
    if said.is_unclear:
        return Reply(text=_which(len(waiting.effects)), kind=ReplyKind.CLARIFICATION)
    return {effect.fingerprint: place in said.approved for place, effect in enumerate(waiting.effects)}


def answers_of(known: Mapping[str, bool], waiting: WaitingApproval, said: Mapping[str, bool]) -> Answers:
    """Everything that was said of the effects of a plan; after a yes, also what it must be compared with."""
    return _answers(known, asked_in(waiting.effects) if any(said.values()) else frozenset())


def answers_after(
    known: Mapping[str, bool], asked: WaitingApproval | None, tried: frozenset[tuple[str, int]]
) -> Answers:
    """The same for a turn that is taken over. `tried` are the calls, by step and index, that somebody made or began.

    What was asked must still be compared as long as nothing of it was tried.
    """
    effects = asked.effects if asked is not None else ()
    is_begun = any((effect.step_id, effect.index) in tried for effect in effects if effect.has_effect)
    is_yes = any(known.get(effect.fingerprint, False) for effect in effects)
    return _answers(known, asked_in(effects) if is_yes and not is_begun else frozenset())


def _answers(known: Mapping[str, bool], asked: frozenset[str]) -> Answers:
    return Answers(
        approved=frozenset(print_ for print_, is_yes in known.items() if is_yes),
        denied=frozenset(print_ for print_, is_yes in known.items() if not is_yes),
        asked=asked,
    )


def _said(waiting: WaitingApproval, start: TurnStart) -> Consent | None:
    if start.approved is None:
        return consent(start.text, [effect.description for effect in waiting.effects])
    places = {(effect.step_id, effect.index): place for place, effect in enumerate(waiting.effects)}
    if not start.only <= places.keys():
        return Consent(is_unclear=True)
    wanted = frozenset(places[one] for one in start.only or places) if start.approved else frozenset()
    return Consent(approved=wanted)


def _which(count: int) -> str:
    if count == 1:
        return "I asked about one thing only: yes or no?"
    return f"I asked about {count} things. Say yes, no, or which of them: for instance “only 1”, or “all but 2”."
