"""The planner that needs no language model: from words to a plan by what servers declare and general English."""

import asyncio
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace

from orchestrator_server.catalogue import Catalogue, Intent
from orchestrator_server.embedded.building import PLANNER, build
from orchestrator_server.embedded.clauses.clauses import Clause
from orchestrator_server.embedded.conditions.compiling import compiled, reread
from orchestrator_server.embedded.conditions.either_case import in_either_case
from orchestrator_server.embedded.conversation.answers import CHOICE, answer, asking
from orchestrator_server.embedded.conversation.context import Context
from orchestrator_server.embedded.conversation.described import in_focus, is_bare_verb
from orchestrator_server.embedded.conversation.followups import LEFT_ALONE, follow_up
from orchestrator_server.embedded.conversation.restated import restated
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.guarding.guard import is_chatter, out_of_bounds
from orchestrator_server.embedded.guarding.others import is_for_another
from orchestrator_server.embedded.guarding.second_thoughts import is_taken_back
from orchestrator_server.embedded.message import Message, message_of
from orchestrator_server.embedded.questions.corrected_effects import unclear_effect
from orchestrator_server.embedded.questions.half_said import half_said
from orchestrator_server.embedded.questions.how_it_works import asks_how_it_works
from orchestrator_server.embedded.questions.implied import implied
from orchestrator_server.embedded.questions.mused import drop_mused
from orchestrator_server.embedded.questions.nearest import nearest
from orchestrator_server.embedded.questions.not_done_yet import in_full
from orchestrator_server.embedded.questions.rivals import open_wish, rival_of
from orchestrator_server.embedded.questions.singled import single_out
from orchestrator_server.embedded.questions.torn import is_undecided, torn
from orchestrator_server.embedded.questions.undecided import (
    offerable,
    one_of_two,
    which_one,
    without_open_numbers,
    without_open_values,
)
from orchestrator_server.embedded.questions.under_conditions import condition_said, under_conditions
from orchestrator_server.embedded.questions.unfit import drop_unfit
from orchestrator_server.embedded.questions.unnamed import unnamed
from orchestrator_server.embedded.questions.wording import act_of, act_with, doable, offered
from orchestrator_server.embedded.requests.asks import Ask, Understood
from orchestrator_server.embedded.requests.choices import Choice, Verdict
from orchestrator_server.embedded.requests.walking import understand
from orchestrator_server.embedded.values.slots import fill
from orchestrator_server.embedded.words.common import frequent
from orchestrator_server.embedded.words.patterns import compile_all
from orchestrator_server.embedded.words.text import norms
from orchestrator_server.plan import Clarify, Decision, Fault, Plan, Proposal, Refuse, Request

MAX_LENGTH = 4_000
MAX_PIECES = 500
MAX_STEPS = 12
_KEPT = 8


def _is_too_long(text: str) -> bool:
    """Is it more than a person says at once? Counted as it is read: one character may stand for many."""
    plain = unicodedata.normalize("NFKC", text)
    return len(plain) > MAX_LENGTH or len(re.findall(r"\w+|[^\w\s]", plain)) > MAX_PIECES


class EmbeddedPlanner:
    """Proposes plans without a model. Pure: the same request and catalogue give the same decision."""

    name = PLANNER

    def __init__(self, make_id: Callable[[], str], max_steps: int = MAX_STEPS) -> None:
        self._make_id = make_id
        self._max_steps = max_steps
        self._indexes: dict[tuple[str, tuple[str, ...]], Index] = {}

    @staticmethod
    def warm_up() -> None:
        """Gets ready now what the first messages would wait for, for the whole process: 2 s, in a thread at best."""
        compile_all()
        frequent()

    async def propose(
        self, request: Request, intents: Sequence[Intent], catalogue: Catalogue, faults: Sequence[Fault] = ()
    ) -> Proposal:
        """A proposal over `intents`. Never raises for what the user says; `faults` lead to a question."""
        if faults:
            return Proposal(decision=Clarify(question="I am not sure how to do that. Could you say it another way?"))
        if _is_too_long(request.text):
            return Proposal(
                decision=Clarify(question="That is too long for me. Could you say in a few words what you need?")
            )
        return Proposal(decision=await asyncio.to_thread(self._proposed, request, intents, catalogue))

    def _proposed(self, request: Request, intents: Sequence[Intent], catalogue: Catalogue) -> Decision:
        index = self._index(intents, catalogue)
        context = Context(request, catalogue, index)
        message = message_of(restated(request.text, context) or request.text, index, context)
        decision = self._decision(in_full(message) or message, request, intents)
        plan = decision if isinstance(decision, Plan) else getattr(decision, "partial", None)
        has_effect = plan is not None and any(index.by_name[step.intent].intent.has_effect for step in plan.steps)
        return LEFT_ALONE if has_effect and is_taken_back(message) else decision

    def _index(self, intents: Sequence[Intent], catalogue: Catalogue) -> Index:
        key = (catalogue.etag, tuple(intent.name for intent in intents))
        if key not in self._indexes:
            if len(self._indexes) >= _KEPT:
                self._indexes.clear()
            self._indexes[key] = Index(intents, catalogue)
        return self._indexes[key]

    def _decision(self, message: Message, request: Request, intents: Sequence[Intent]) -> Decision:
        reason = out_of_bounds(message, request.email)
        if reason is not None:
            return Refuse(reason=reason, message=_REFUSALS[reason] + " " + offered(intents))
        understood = understand(message)
        drop_unfit(message, understood)
        drop_mused(message, understood)
        single_out(message, understood)
        if asks_how_it_works(message, understood):
            return Refuse(reason="out_of_scope", message=f"{_REFUSALS['out_of_scope']} {offered(intents)}")
        asked = request.memory.open_question
        if asked is not None and (found := answer(message, asked, understood, self._make_id())) is not None:
            return found
        return follow_up(message, self._make_id(), understood) or self._planned(message, understood, intents)

    def _planned(self, message: Message, understood: Understood, intents: Sequence[Intent]) -> Decision:
        several = torn(message, understood.asks, understood.doubts) or open_wish(message, understood)
        several = several or half_said(message, understood)
        if several is not None:
            whole = replace(message.clauses[0], first=0, end=len(message.tokens), verb=None)
            return self._doubt(message, [], Choice(verdict=Verdict.UNSURE, matches=several), whole)
        if not understood.asks and not understood.doubts:
            return self._nothing(message, understood, intents)
        if any(is_for_another(a.profile, norms(a.tokens), message.index.ids) for a in understood.asks):
            return Refuse(reason="other_user", message=f"{_REFUSALS['other_user']} {offered(intents)}")
        understood.asks = without_open_values(message, without_open_numbers(message, understood.asks))
        asks, unclear = _compiled(message, understood)
        if understood.ambiguous:
            return which_one(asks, self._make_id())
        if both := one_of_two(message, asks):
            return which_one(both, self._make_id())
        if unclear:
            return self._not_understood(unclear)
        if (open_between := _rivals(message, understood.asks)) is not None:
            return self._doubt(message, asks, *open_between)
        if understood.doubts:
            return self._doubt(message, asks, understood.doubts[0], understood.doubted[0])
        plan, _ = build(asks, self._make_id())
        if is_undecided(message, asks) and not any(ask.missing for ask in asks):
            acts = " and ".join(act_of(ask) for ask in asks if ask.profile.intent.has_effect)
            return Clarify(question=f"Do you want me to {acts}?", partial=plan)
        if len(plan.steps) > self._max_steps:
            return Clarify(question="That is a lot at once. What shall I do first?")
        has_effect = any(ask.profile.intent.has_effect for ask in asks)
        if has_effect and (question := unclear_effect(message, understood)):
            return Clarify(question=question)
        return self._complete(message, plan, asks)

    def _complete(self, message: Message, plan: Plan, asks: Sequence[Ask]) -> Decision:
        """The plan, or the question for what it lacks; a bare verb is about what the rest of the message points at."""
        found = asking(plan, dict(message.index.by_name))
        if isinstance(found, Clarify) and any(ask.missing and is_bare_verb(message, ask) for ask in asks):
            return in_focus(message, self._make_id()) or found
        return found

    def _nothing(self, message: Message, understood: Understood, intents: Sequence[Intent]) -> Decision:
        """What to say when nothing on offer was asked for: a question where something comes near."""
        if understood.declined:
            return LEFT_ALONE
        reason = "chatter" if is_chatter(message) and not implied(message) else "out_of_scope"
        if reason == "out_of_scope" and (plan := in_focus(message, self._make_id())) is not None:
            return asking(plan, dict(message.index.by_name))
        found = nearest(message, understood) if reason == "out_of_scope" else None
        if found is None and (plan := unnamed(message, self._make_id())) is not None:
            return asking(plan, dict(message.index.by_name))
        if found is not None:
            return self._doubt(message, [], *found)
        named = next((token for token in message.tokens if token.shape in message.index.ids), None)
        takers = [p.intent for p in message.index.profiles if named is not None and p.takes(named.shape)]
        if named is not None and takers and reason == "out_of_scope":
            return Refuse(reason=reason, message=f"I do not know how to do that with {named.value}. {offered(takers)}")
        return Refuse(reason=reason, message=f"{_REFUSALS[reason]} {offered(intents)}")

    def _not_understood(self, unclear: Sequence[str]) -> Clarify:
        return Clarify(
            question=f'I did not understand "{unclear[0].rstrip(" ?!.,;")}". Could you say that part another way?'
        )

    def _doubt(self, message: Message, asks: Sequence[Ask], choice: Choice, clause: Clause) -> Clarify:
        """Asks whether an effect is wanted, or which of two."""
        tokens = message.of(clause)
        if choice.verdict is Verdict.WONDERED:
            profile = choice.best.profile
            wondered = [
                Ask(profile=profile, filled=f, clause=clause, tokens=tokens) for f in fill(profile, message, tokens)
            ]
            if len(wondered) > 1 and any(token.norm == "or" for token in tokens):
                return which_one(wondered, self._make_id())
            wondered, unclear = under_conditions(message, wondered, asks)
            if unclear:
                return self._not_understood(unclear)
            plan, _ = build([*asks, *wondered], self._make_id())
            found = asking(plan, dict(message.index.by_name))
            if isinstance(found, Clarify):
                return replace(found, question=f"I can {doable(profile)}. {found.question}")
            question = f"Do you want me to {act_of(wondered[0])}{condition_said(wondered[0])}?"
            return Clarify(question=question, partial=plan)
        options = [
            Ask(profile=m.profile, filled=offerable(m.profile, message, tokens), clause=clause, tokens=tokens)
            for m in choice.matches
        ]
        plan = build(options, self._make_id())[0]
        *acts, last = (act_with(option.profile, option.filled.arguments) for option in options)
        question = f"Do you want me to {', to '.join(acts)}, or to {last}?"
        return Clarify(question=question, missing=(CHOICE,), partial=plan)


_REFUSALS = {
    "injection": "I follow my own rules and cannot change them.",
    "system_prompt": "I cannot talk about how I am set up.",
    "other_user": "I can only see and change what belongs to you.",
    "chatter": "I am here to help.",
    "out_of_scope": "That is something I cannot do.",
}


def _rivals(message: Message, asks: Sequence[Ask]) -> tuple[Choice, Clause] | None:
    """The first request beside which another fits as well, with both."""
    for ask in asks:
        if (rival := rival_of(message, ask, asks)) is not None:
            own = replace(rival, profile=ask.profile)
            return Choice(verdict=Verdict.UNSURE, matches=(own, rival)), ask.clause
    return None


def _compiled(message: Message, understood: Understood) -> tuple[list[Ask], list[str]]:
    """The asks with compiled conditions, and every part that was not understood."""
    asks: list[Ask] = []
    unclear = list(understood.unclear)
    for ask in understood.asks:
        done, missed = compiled(message, reread(message, ask, asks), asks)
        asks.append(done)
        unclear += missed
    return in_either_case(asks), unclear
