"""Shapes of clauses on which an effect hangs though no condition took them up: the user is asked about each.

They are told limits ("40 euros is the max"), bare comparisons ("any later, ..."), questions right before an effect
("won't make it? ..."), requirements with a day ("here by Friday"), and what is said to follow ("..., then stop it").
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from orchestrator_server.embedded.clauses.clauses import Clause, Link, Role
from orchestrator_server.embedded.conditions.hinge_words import (
    AGAINST,
    ANSWER,
    ASKED,
    CHECKING,
    COMPARING,
    DUE,
    FIRST,
    FOLLOWS,
    GIVEN,
    HEADED,
    IMPERATIVE,
    IN_STATE,
    LIMIT,
    NONE,
    OF_TWO,
    ONLY,
    PAST,
    PREPOSED,
    PSEUDO,
    RESTRICTING,
    SUPPOSING,
    TAILED,
    TOLD,
    TOLERATED,
)
from orchestrator_server.embedded.conditions.own_limits import has_only_ids
from orchestrator_server.embedded.declared.heads import begins_request
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.plainly.supposing.case_words import COMPARED, first_states, is_lone_state, states_of
from orchestrator_server.embedded.requests.asks import Ask
from orchestrator_server.embedded.requests.moods import Mood, mood_of
from orchestrator_server.embedded.words.shapes import Kind
from orchestrator_server.embedded.words.text import Token, norms


def hinges(message: Message, asks: Sequence[Ask]) -> Iterator[str]:
    """The words of such clauses beside effects that nothing governs."""
    effects = [ask for ask in asks if ask.profile.intent.has_effect and ask.fan is None]
    for ask in effects:
        said = norms(message.of(ask.clause))
        is_one_of = OF_TWO.search(said) is not None and Kind.NAME not in ask.profile.kinds.values() and not ask.missing
        is_limited = TAILED.search(said) is not None if ask.governing else _limits_itself(message, ask, said)
        if HEADED.search(said) or is_one_of or is_limited:
            yield message.words(message.of(ask.clause))
    free = [ask for ask in effects if not ask.governing]
    if not free:
        return
    taken, done = [ask.clause for ask in asks], [ask.clause for ask in effects]
    for at, clause in enumerate(message.clauses):
        near = [] if _is_in(clause, done) else [ask for ask in free if _is_near(message, clause, ask)]
        if not near:
            continue
        if (
            _is_hinge(message, clause, near, is_read=_is_in(clause, taken))
            or _is_spared(message, at, asks, near)
            or _is_asked_before(message, at, near)
        ):
            yield message.words(message.of(clause))
    for ask in free:
        yield from _followed(message, ask, taken)


def _limits_itself(message: Message, ask: Ask, said: str) -> bool:
    """Does the effect's own clause say more than what is to be done with what?"""
    if any(pattern.search(said) for pattern in (PREPOSED, RESTRICTING, ONLY, SUPPOSING)):
        return True
    if _in_state(message.index).search(said):
        return True
    takes_names = ask.profile.takes_names
    return (
        has_only_ids(message, ask) and not takes_names and not PAST.search(said) and COMPARED.search(said) is not None
    )


@lru_cache(maxsize=16)
def _in_state(index: Index) -> re.Pattern[str]:
    """States before what is to be done, and behind the thing that it is done to."""
    return re.compile(
        rf"{IN_STATE}{states_of(index).pattern}|<v>(?: (?!that\b|which\b)\S+){{0,4}}? (?:{first_states(index)})\b"
    )


def _is_in(clause: Clause, taken: Sequence[Clause]) -> bool:
    """Is it, or is it a part of, one of these?"""
    return any(one.first <= clause.first < one.end for one in taken)


def _is_near(message: Message, clause: Clause, ask: Ask) -> bool:
    """Does it stand near the effect, and is it about nothing else by name?"""
    if not -1 <= ask.clause.sentence - clause.sentence <= 2:
        return False
    own = set(map(str, ask.filled.arguments.values()))
    if own.isdisjoint(token.value for token in message.tokens if token.shape in message.index.ids):
        return clause.sentence == ask.clause.sentence or norms(message.of(clause)).endswith("?")
    ids = {token.value for token in message.of(clause) if token.shape in message.index.ids}
    return not ids or bool(ids & own)


def _is_hinge(message: Message, clause: Clause, near: Sequence[Ask], *, is_read: bool) -> bool:
    """Does a clause that asks for nothing set a limit?"""
    if clause.role is not Role.REQUEST or clause.link is Link.ANYWAY:
        return False
    said = message.of(clause)
    text = norms(said)
    if SUPPOSING.match(text):
        return True
    if is_lone_state([token for token in said if token.norm != "the"], message.index):
        return True
    if is_read and (begins_request(_without_ids(message, said), message.index.verbs) or mood_of(said) is Mood.QUESTION):
        return False
    is_tied = (clause.joiner in FOLLOWS[1:] and TOLD.search(text) is not None) or (
        clause.joiner == "but" and ONLY.search(text) is not None
    )
    if not is_read and (is_tied or RESTRICTING.search(text)):
        return True
    if any(p.match(text) for p in (COMPARING, GIVEN)):
        return True
    if PAST.search(text) or not any(ask.clause.first >= clause.end and _is_of_id(message, ask) for ask in near):
        return False
    return any(pattern.search(text) for pattern in (LIMIT, TOLERATED, DUE))


def _is_of_id(message: Message, ask: Ask) -> bool:
    """Is it done to something that has an id, and makes nothing new?"""
    return any(ask.profile.takes(shape) is not None for shape in message.index.ids)


def _is_asked_before(message: Message, at: int, free: Sequence[Ask]) -> bool:
    """Is it a question, or something to look at, right before an effect that may hang on it?"""
    clause = message.clauses[at]
    after = message.clauses[at + 1] if at + 1 < len(message.clauses) else None
    if clause.role is not Role.REQUEST or after is None or not any(_is_in(after, [ask.clause]) for ask in free):
        return False
    first = next(c for c in message.clauses if c.sentence == clause.sentence).first
    said = norms(message.tokens[first : clause.end])
    if at and ANSWER.fullmatch(norms(message.of(clause))) and _is_question(message, message.clauses[at - 1]):
        return True
    if CHECKING.match(said) and after.sentence == clause.sentence:
        return True
    if NONE.fullmatch(norms(message.of(clause))) and after.sentence == clause.sentence:
        return True
    if clause.joiner == "or" or after.joiner in ("and", "also", "plus"):
        return False
    return ASKED.fullmatch(said) is not None


def _is_question(message: Message, clause: Clause) -> bool:
    """Is it a question about how something is?"""
    said = message.of(clause)
    text = norms(said)
    return ASKED.fullmatch(text if text.endswith("?") else f"{text} ?") is not None


def _without_ids(message: Message, said: Sequence[Token]) -> Sequence[Token]:
    at = next((i for i, t in enumerate(said) if not (t.shape in message.index.ids or t.is_mark)), len(said))
    return said[at:]


def _is_spared(message: Message, at: int, asks: Sequence[Ask], free: Sequence[Ask]) -> bool:
    """Is it the condition under which something is left as it is, before an effect on the same thing?"""
    clause = message.clauses[at]
    opening = message.tokens[clause.first - 1].norm
    is_time = clause.role is Role.TEMPORAL and (
        opening in ("when", "while", "whenever")
        or (opening != "before" and any(_ends_in_then(message, a) for a in free))
    )
    if clause.role is not Role.CONDITION and not is_time:
        return False
    own = {token.start for token in message.of(clause)}
    used = [one for ask in asks for one in ask.governing if own & {token.start for token in one.tokens}]
    if any(one.negated == clause.negated for one in used):
        return False
    return any(ask.clause.first >= clause.end and not _names_own(message, ask) for ask in free)


def _ends_in_then(message: Message, ask: Ask) -> bool:
    return any(token.norm == "then" for token in message.tokens[ask.clause.end - 1 : ask.clause.end + 2])


def _names_own(message: Message, ask: Ask) -> bool:
    return any(token.shape in message.index.ids for token in message.of(ask.clause))


def _followed(message: Message, ask: Ask, taken: Sequence[Clause]) -> Iterator[str]:
    """What an effect follows from that is tied to it by "then" and asks for nothing."""
    before = next((c for c in reversed(message.clauses) if c.end <= ask.clause.first), None)
    is_tied = ask.clause.joiner in FOLLOWS or (
        ask.clause.joiner == "and" and PSEUDO.match(norms(message.of(ask.clause))) is not None
    )
    if before is None or ask.clause.sentence - before.sentence > 1:
        return
    said = message.of(before)
    if (
        is_tied
        and before.role is Role.TEMPORAL
        and before.joiner != "before"
        and before.sentence == ask.clause.sentence
    ):
        yield message.words(said)
    text = norms(said)
    if not is_tied and _ends_in_then(message, ask) and not _is_in(before, taken) and AGAINST.search(text):
        yield message.words(said)
    if not is_tied or _is_in(before, taken) or before.role is not Role.REQUEST or FIRST.search(text):
        return
    if IMPERATIVE.fullmatch(text) if ask.clause.joiner == "and" else _tells(message, said):
        yield message.words(said)


def _tells(message: Message, said: Sequence[Token]) -> bool:
    """Is something told, and nothing asked for?"""
    return TOLD.search(norms(said)) is not None and not begins_request(said, message.index.verbs)
