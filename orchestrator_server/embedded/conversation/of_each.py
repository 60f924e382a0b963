"""What becomes of each thing that was proposed ("the lid yes, the box no", "A-17 yes, A-18 only if it is open")."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from orchestrator_server.embedded.conversation.ellipsis import agrees, is_small
from orchestrator_server.embedded.conversation.proposals import LEFT
from orchestrator_server.embedded.conversation.repeats import joined, renamed
from orchestrator_server.embedded.conversation.riders import conditioned
from orchestrator_server.embedded.conversation.verdicts import plain_verdict
from orchestrator_server.embedded.message import Message, message_of
from orchestrator_server.embedded.questions.wording import act_with
from orchestrator_server.embedded.words.english import FUNCTION, stem, words
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms
from orchestrator_server.plan import Clarify, Decision, Json, Plan, Step

_MARKS = lazy(r"(?:\s*[,;.!\n]+\s*|\s+-+\s+)(?:(?:and|but|while) )?|\s+(?:but|while|and|whereas)\s+", re.IGNORECASE)
_NO = lazy(
    r"\b(?:no|nope|nah|not|keep|keeping|leave|stays?|staying|without|never|except|skip|forget|remains?|drop"
    r"|(?:is|are|was|were) (?:[a-z]+ )?(?:fine|ok|okay|good|great|lovely|perfect|nice|alright|all right))\b"
)
_YES = lazy(r"\b(?:yes|yep|yeah|sure|ok|okay|please|fine|go|goes|do)\b")
_ONLY = lazy(r"\b(?:only|just)\b")
_CASE = lazy(r"\b(?:if|unless|when|once|provided|as long as|in case|should)\b")
_SAID = words(
    """
    yes yep yeah no nope nah keep keeping leave stays stay staying without skip forget goes go back fine drop except
    apart besides alone everything rest else
    """
)
_RULED_OUT = lazy(r"\W*(?:no|not|without|except|keep|leave)\b")
_REST = lazy(
    r"\b(?:(?:the |all the )(?:rest|others?|other ones?)|everything else|all else|all others)\b", re.IGNORECASE
)
_THE_REST = "*"
"""Stands for all that is not named."""
_COUNTED = lazy(r"\b(?:one|half|some|part|few|both|all|everything|none|neither|either|\d+)\b(?! else)")
"""Says how many, or speaks of all of them."""
_NO_MORE = lazy(
    r"[\s,.;-]+(?:and |but )?(?:otherwise|or else|else|if not)[ ,]+(?:keep|leave|not|do not|don't|no).*$", re.IGNORECASE
)

_OTHERWISE = lazy(r"\b(?:otherwise|or else|if not|instead)\b", re.IGNORECASE)
"""Leads to another one in the other case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A part of the answer, the things it is about, and what it says of them: yes, no, or nothing by itself."""

    text: str
    things: tuple[str, ...]
    verdict: bool | None
    case: str


def of_each(message: Message, plan: Plan) -> Decision | None:
    """The proposal for the things that are said yes to; None where the answer does not tell them apart."""
    things = _proposed(message, plan)
    if len(things) < 2 or "?" in message.text or _OTHERWISE.search(_NO_MORE.sub("", message.text)):
        return None
    parts = _parts(message, plan, things)
    if not any(part.verdict is not None for part in parts):
        return None
    if any(part.verdict is None for part in parts):
        return None
    refused = {thing for part in parts if part.verdict is False for thing in part.things}
    said = {thing: part for part in parts if part.verdict is not False for thing in part.things}
    if refused & said.keys() or (any(part.case for part in parts) and not _is_by_id(message, plan)):
        return None
    is_only = _THE_REST in refused or any(_ONLY.search(part.text) for part in parts if not part.case)
    is_rest = _THE_REST in said or not said or (agrees(message) and not is_only)
    wanted = [thing for thing in things if thing in said or (is_rest and thing not in refused)]
    if any(part.case for part in parts if _THE_REST in part.things):
        return None
    if not wanted:
        return LEFT
    found = _planned(message, plan, wanted, {thing: part.case for thing, part in said.items() if part.case})
    if _COUNTED.search(message.norms) and not _is_by_id(message, plan):
        return None
    if isinstance(found, Plan) and not said and not agrees(message):
        acts = " and ".join(act_with(message.index.by_name[step.intent], step.arguments) for step in found.steps)
        return Clarify(question=f"Do you want me to {acts}?", partial=found) if found.steps else None
    return found


def of_those_counted(message: Message, asked: Clarify, plan: Plan) -> Plan | None:
    """The plan with what is said yes to of the things that were counted, where it was asked which of them."""
    step = next((step for step in plan.steps if step.id == asked.step_id), None)
    profile = message.index.by_name.get(step.intent) if step is not None else None
    lists = [p.name for p in profile.required if p.is_repeated and p.name in asked.missing] if profile else []
    counted: list[Json] = [*message.context.counted()]
    if step is None or len(lists) != 1 or len(asked.missing) != 1 or len(plan.steps) != 1 or not counted:
        return None
    whole = replace(step, arguments={**step.arguments, lists[0]: counted})
    found = of_each(message, replace(plan, steps=(whole,)))
    return found if isinstance(found, Plan) else None


def _proposed(message: Message, plan: Plan) -> list[str]:
    """The names or ids of the things that the proposal is about, each in a step or all in the list of one."""
    effects = [step for step in plan.steps if message.index.by_name[step.intent].intent.has_effect]
    if len(effects) != len(plan.steps) or any(step.condition or step.for_each for step in effects):
        return []
    if len(effects) == 1:
        lists = [value for value in effects[0].arguments.values() if isinstance(value, list)]
        return [value for value in lists[0] if isinstance(value, str)] if len(lists) == 1 else []
    found = [_id_of(message, step) for step in effects]
    return found if all(found) and len(set(found)) == len(found) else []


def _id_of(message: Message, step: Step) -> str:
    taken = (p.name for p in message.index.by_name[step.intent].required if p.pattern in message.index.ids)
    return next((value for name in taken if isinstance(value := step.arguments.get(name), str)), "")


def _is_by_id(message: Message, plan: Plan) -> bool:
    return len(plan.steps) > 1 and all(_id_of(message, step) for step in plan.steps)


def _parts(message: Message, plan: Plan, things: Sequence[str]) -> list[_Part]:
    """The parts of the answer that are about things, each with what is said of it; none where more is said."""
    verbs = {part for step in plan.steps for verb in message.index.by_name[step.intent].verbs for part in verb.split()}
    parts: list[_Part] = []
    for text in _pieces(message.text, message, things):
        tokens = message.index.tokens(text)
        about, known = _mentioned(tokens, things)
        case = _CASE.search(norms(tokens))
        own = tokens if case is None else tokens[: norms(tokens).count(" ", 0, case.start())]
        if not all(_is_known(message, token, known | verbs) for token in own):
            return []
        if _REST.search(text):
            about = (*about, _THE_REST)
        if about:
            said = norms(own)
            is_yes = _YES.search(said) or _ONLY.search(said) or any(token.stem in verbs for token in own)
            verdict = False if _NO.search(said) else True if is_yes or case else None
            parts.append(_Part(text=text, things=about, verdict=verdict, case=_case_in(text)))
    return _told(parts)


def _pieces(text: str, message: Message, things: Sequence[str]) -> Iterator[str]:
    """The pieces between marks; what names nothing belongs to the piece before it."""
    piece = ""
    for more in _with_marks(text):
        if piece and (_REST.search(more) or _mentioned(message.index.tokens(more), things)[0]):
            yield piece
            piece = more
        else:
            piece += more
    if piece:
        yield piece


def _with_marks(text: str) -> Iterator[str]:
    at = 0
    for found in _MARKS.finditer(text):
        yield text[at : found.end()]
        at = found.end()
    yield text[at:]


def _mentioned(tokens: Sequence[Token], things: Sequence[str]) -> tuple[tuple[str, ...], frozenset[str]]:
    """The things that are named, in full or by a word that no other has, and the stems of their words."""
    said = {token.stem for token in tokens} | {token.value for token in tokens if token.shape}
    stems = {thing: {stem(word) for word in thing.lower().split()} for thing in things}
    found = []
    for thing, own in stems.items():
        others = set().union(*(other for name, other in stems.items() if name != thing))
        if thing in said or own <= said or (own - others) & said:
            found.append(thing)
    return tuple(found), frozenset(word for thing in found for word in stems[thing])


def _is_known(message: Message, token: Token, known: frozenset[str] | set[str]) -> bool:
    is_name = token.stem in known or bool(token.shape and token.shape in message.index.ids)
    return is_name or token.norm in FUNCTION | _SAID or is_small(message, token)


def _case_in(text: str) -> str:
    found = re.search(rf"(?:only )?(?:{_CASE.pattern})", text, re.IGNORECASE)
    return _NO_MORE.sub("", text[found.start() :]).strip(" .,;!") if found is not None else ""


def _told(parts: list[_Part]) -> list[_Part]:
    """With what the next part says for one that says nothing, or else the one before."""
    told: list[_Part] = []
    for part in reversed(parts):
        after = told[-1] if told else None
        is_apart = after is not None and _RULED_OUT.match(after.text) is not None
        verdict = is_apart or after.verdict if after is not None and part.verdict is None else part.verdict
        told.append(replace(part, verdict=verdict))
    told.reverse()
    last = next((part.verdict for part in told if part.verdict is not None), None)
    return [replace(part, verdict=last) if part.verdict is None else part for part in told]


def _planned(message: Message, plan: Plan, wanted: Sequence[str], cases: Mapping[str, str]) -> Decision | None:
    """The proposal for what is wanted, each under its own condition."""
    if not _is_by_id(message, plan):
        return replace(plan, steps=tuple(_with_names(step, wanted) for step in plan.steps)) if wanted else None
    plain = [step for step in plan.steps if (name := _id_of(message, step)) in wanted and name not in cases]
    whole = replace(plan, steps=tuple(renamed(plain, 0)))
    for thing, case in cases.items():
        one = replace(plan, steps=tuple(step for step in plan.steps if _id_of(message, step) == thing))
        said = message_of(f"yes, {case}", message.index, message.context)
        limited = conditioned(plain_verdict(said) or said, one, plan.id)
        if not isinstance(limited, Plan):
            return limited
        whole = joined(whole, limited)
    return whole if whole.steps else None


def _with_names(step: Step, wanted: Sequence[str]) -> Step:
    return replace(step, arguments={n: [*wanted] if isinstance(v, list) else v for n, v in step.arguments.items()})
