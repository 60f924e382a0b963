"""Decides what a clause asks for: one intent, one of two, something ruled out, or nothing that is on offer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from orchestrator_server.embedded.heads import LIGHT, head_at
from orchestrator_server.embedded.index import Index, is_content
from orchestrator_server.embedded.matching import MARGIN, STRONG, SURE, WEAK, Match, is_verb_of, rank, shows_it
from orchestrator_server.embedded.moods import Mood, mood_of
from orchestrator_server.embedded.shapes import Kind
from orchestrator_server.embedded.text import Token, norms


class Verdict(Enum):
    """What became of a clause."""

    CHOSEN = "chosen"
    UNSURE = "unsure"
    """Two effects fit about as well."""
    WONDERED = "wondered"
    """An effect was asked about, not for."""
    DECLINED = "declined"
    """An effect was ruled out."""
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The verdict with the intents that it is about, the best first."""

    verdict: Verdict
    matches: tuple[Match, ...] = ()

    @property
    def best(self) -> Match:
        """The best match."""
        return self.matches[0]


_NOTHING = Choice(verdict=Verdict.NOTHING)


def choose(index: Index, tokens: Sequence[Token], pointed: frozenset[str] = frozenset()) -> Choice:
    """What the clause asks for. `pointed` are the shapes of ids that its pronouns stand for."""
    mood = mood_of(tokens)
    matches = rank(index, _before_relative(tokens), mood, pointed)
    if not matches or (matches[0].score < STRONG and not (about := _about_a_thing(index, tokens, mood, matches))):
        return _NOTHING
    if matches[0].score < STRONG:
        return Choice(verdict=Verdict.CHOSEN, matches=about)
    if matches[0].profile.intent.has_effect:
        return _effect(index, tokens, mood, matches)
    return _read(index, tokens, mood, matches)


def _before_relative(tokens: Sequence[Token]) -> Sequence[Token]:
    """Without a clause that says which of several are meant ("all ... that are ...")."""
    for at in range(2, len(tokens)):
        if tokens[at].norm in ("that", "which") and tokens[at - 1].norm.endswith("s") and is_content(tokens[at - 1]):
            return tokens[:at]
    return tokens


def _about_a_thing(index: Index, tokens: Sequence[Token], mood: Mood, matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """The read that shows a thing, for a question about it that nothing else fits well."""
    given = {token.shape for token in tokens if token.shape in index.ids}
    if mood is not Mood.QUESTION or not given:
        return ()
    shows = (m for m in matches if not m.profile.intent.has_effect and m.score >= WEAK)
    return tuple(m for m in shows if any(m.profile.takes(shape) and shows_it(m.profile, shape) for shape in given))[:1]


def _effect(index: Index, tokens: Sequence[Token], mood: Mood, matches: tuple[Match, ...]) -> Choice:
    best = matches[0]
    if mood is Mood.REFUSAL or _is_ruled_out(best, tokens):
        return Choice(verdict=Verdict.DECLINED, matches=matches[:1])
    if mood is Mood.HYPOTHETICAL:
        return Choice(verdict=Verdict.WONDERED, matches=matches[:1])
    if not _is_asked(best, tokens, mood):
        reads = tuple(match for match in matches if not match.profile.intent.has_effect)
        close = bool(reads) and reads[0].score >= STRONG and mood is not Mood.STORY
        return _read(index, tokens, mood, reads) if close else _NOTHING
    if (objects := _other_objects(best, tokens)) is not None:
        meant = tuple(m for m in matches[1:] if m.profile.intent.has_effect and _names(m, objects))
        return Choice(verdict=Verdict.WONDERED, matches=meant[:1]) if meant else _NOTHING
    rival = next((m for m in matches[1:] if m.profile.intent.has_effect), None)
    if rival and best.score - rival.score < MARGIN and _is_asked(rival, tokens, mood):
        return Choice(verdict=Verdict.UNSURE, matches=(best, rival))
    return Choice(verdict=Verdict.CHOSEN, matches=matches[:1])


def _is_asked(match: Match, tokens: Sequence[Token], mood: Mood) -> bool:
    """Is the evidence strong enough for an effect?"""
    if match.likeness >= SURE:
        return mood in (Mood.WISH, Mood.STATEMENT)
    if mood is Mood.WISH:
        return match.by_verb or _acts(match, tokens)
    return mood is Mood.STATEMENT and (match.likeness >= 0.6 or (match.by_verb and match.score >= 0.6))


def _is_ruled_out(match: Match, tokens: Sequence[Token]) -> bool:
    """Does a negation stand right before the verb ("make sure that it is not stopped")?"""
    for at, token in enumerate(tokens):
        if at and is_content(token) and is_verb_of(match.profile, tokens, at) and token.stem not in LIGHT:
            before = norms(tokens[max(0, at - 3) : at])
            if re.search(r"\b(?:not|never|without|instead of|rather than|avoid|prevent)(?: \w+)?$", before):
                return not re.search(r"\b(?:forget|hesitate|mind|not only)\b", before)
    return False


def _names(match: Match, objects: frozenset[str]) -> bool:
    return any(match.profile.words.get(word, 0.0) >= 1.0 for word in objects)


def _other_objects(match: Match, tokens: Sequence[Token]) -> frozenset[str] | None:
    """What the verb is about when that is nothing that the intent knows ("cancel my gym contract")."""
    profile = match.profile
    if Kind.SHAPED not in profile.kinds.values() or Kind.NAME in profile.kinds.values():
        return None
    if any(token.shape or token.norm in ("it", "that", "this", "them", "one") for token in tokens):
        return None
    objects = [t for i, t in enumerate(tokens) if is_content(t) and not is_verb_of(profile, tokens, i)]
    known = any(t.stem in profile.words for t in objects)
    return frozenset(t.stem for t in objects) if objects and not known else None


def _acts(match: Match, tokens: Sequence[Token]) -> bool:
    """Is the verb there as a noun: "a cancellation of ...", "make a change to ..."?"""
    at = head_at(tokens)
    if at is None:
        return False
    opening = tokens[at]
    carried = opening.stem in LIGHT or not is_content(opening)
    return carried and any(
        is_verb_of(match.profile, tokens, i) for i in range(at, len(tokens)) if is_content(tokens[i])
    )


def _read(index: Index, tokens: Sequence[Token], mood: Mood, matches: tuple[Match, ...]) -> Choice:
    best = matches[0]
    if mood is Mood.REFUSAL:
        return Choice(verdict=Verdict.DECLINED, matches=matches[:1])
    if mood is Mood.STORY and best.score < 0.6:
        return _NOTHING
    if _is_foreign(index, tokens) and best.score < 0.7:
        return _NOTHING
    return Choice(verdict=Verdict.CHOSEN, matches=matches[:1])


def _is_foreign(index: Index, tokens: Sequence[Token]) -> bool:
    """Does the clause ask for something with a verb that no intent knows?"""
    at = head_at(tokens)
    if at is None or not is_content(tokens[at]) or re.match(r"\W*(?:my|the|a|an)\b", norms(tokens)):
        return False
    return tokens[at].stem not in LIGHT and not index.knows(tokens[at].stem)
