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
from orchestrator_server.embedded.conversation.answers import CHOICE, answer, asking
from orchestrator_server.embedded.conversation.context import Context
from orchestrator_server.embedded.conversation.described import in_focus
from orchestrator_server.embedded.conversation.followups import follow_up
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.guarding.guard import is_chatter, out_of_bounds
from orchestrator_server.embedded.guarding.others import is_for_another
from orchestrator_server.embedded.message import Message, message_of
from orchestrator_server.embedded.questions.half_said import half_said
from orchestrator_server.embedded.questions.implied import implied
from orchestrator_server.embedded.questions.nearest import nearest
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
from orchestrator_server.embedded.questions.unfit import drop_unfit
from orchestrator_server.embedded.questions.wording import act_of, act_with, doable, offered
from orchestrator_server.embedded.requests.asks import Ask, Understood
from orchestrator_server.embedded.requests.choices import Choice, Verdict
from orchestrator_server.embedded.requests.partly import only_in_part
from orchestrator_server.embedded.requests.walking import understand
from orchestrator_server.embedded.values.slots import fill
from orchestrator_server.embedded.words.english import stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import norms
from orchestrator_server.plan import Clarify, Decision, Fault, Proposal, Refuse, Request

MAX_LENGTH = 4_000
MAX_PIECES = 500
MAX_STEPS = 12
POINTING = frozenset({"it", "that", "this", "one"})
CORRECTION = lazy(
    r"\b(no (, )?(wait|sorry|actually|rather)|wait (, )?no|(scratch|scrap) that|i meant? (?!it\b|that\b|what\b|[,.;!?])"
    r"|correction)\b|[?.!,] (hold on |sorry |wait |oops )?no , "
    r"|[,.!] (?:no|sorry|wait|oops|actually|rather)(?: ,)? (?:the|an?|my"
    r"|\d+) (?!too\b)\w+(?: \w+)?(?: (?:i mean|please|instead))?(?: [.,!?]|$)"
)
"""Words with which people take back what they just said; which half stands is not for us to guess."""
_ONE_MORE = lazy(
    r"\b(?:and|plus|also|,) (?:also |too )?(?:that|the|my) other (?:one )?"
    r"(?:too|as well|also|[,.!?;]|$|please|i forgot|whose)"
)
"""One more thing is meant that is not named; the rest alone is not what was asked for."""
_I_MEAN = lazy(r"\bi mean (?:to |please )?(?P<verb>[a-z]+)\b|\b(?P<ahead>[a-z]+) (?:it|them|that|both) i mean\b")
_KEPT = 8


def _unclear_effect(message: Message, understood: Understood) -> str:
    """What to ask before an effect is planned from words that leave open which thing is meant; empty when clear."""
    behind = min((a.clause.first for a in understood.asks if a.profile.intent.has_effect), default=0)
    corrects = CORRECTION.search(norms(message.tokens[behind:])) is not None
    if corrects and not understood.retracted and not _says_it_plainly(message, understood):
        return "You corrected yourself; please say once more, in one sentence, what I shall do."
    if _ONE_MORE.search(message.norms) and not message.context.other_of_any():
        return "Which other one do you mean? Please name it."
    if in_part := only_in_part(message, understood):
        return in_part
    triples = zip(message.tokens, message.tokens[1:], message.tokens[2:], strict=False)
    if any(one.norm in POINTING and joint.norm == "and" and other.shape for one, joint, other in triples):
        return "Please name each one that you mean, so that I get the right ones."
    return ""


def _says_it_plainly(message: Message, understood: Understood) -> bool:
    """Does "i mean" only lead to the plain word for what was asked for ("get rid of both, i mean stop them")?"""
    meant = _I_MEAN.search(message.norms)
    verbs = [ask.profile.verbs for ask in understood.asks if ask.profile.intent.has_effect]
    return meant is not None and all(stem(meant["verb"] or meant["ahead"]) in own for own in verbs)


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
        message = message_of(request.text, index, Context(request, catalogue, index))
        return self._decision(message, request, intents)

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
        single_out(message, understood)
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
        unclear_effect = _unclear_effect(message, understood) if has_effect else ""
        if unclear_effect:
            return Clarify(question=unclear_effect)
        return asking(plan, dict(message.index.by_name))

    def _nothing(self, message: Message, understood: Understood, intents: Sequence[Intent]) -> Decision:
        """What to say when nothing on offer was asked for: a question where something comes near."""
        if understood.declined:
            return Refuse(reason="chatter", message="All right, I leave that as it is. What else can I do for you?")
        reason = "chatter" if is_chatter(message) and not implied(message) else "out_of_scope"
        if reason == "out_of_scope" and (plan := in_focus(message, self._make_id())) is not None:
            return asking(plan, dict(message.index.by_name))
        found = nearest(message, understood) if reason == "out_of_scope" else None
        if found is not None:
            return self._doubt(message, [], *found)
        return Refuse(reason=reason, message=f"{_REFUSALS[reason]} {offered(intents)}")

    def _not_understood(self, unclear: Sequence[str]) -> Clarify:
        return Clarify(question=f'I did not understand "{unclear[0]}". Could you say that part another way?')

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
            plan, _ = build([*asks, *wondered], self._make_id())
            found = asking(plan, dict(message.index.by_name))
            if isinstance(found, Clarify):
                return replace(found, question=f"I can {doable(profile)}. {found.question}")
            return Clarify(question=f"Do you want me to {act_of(wondered[0])}?", partial=plan)
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
        if (rival := rival_of(message, ask)) is not None:
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
    return asks, unclear
