"""Decides what a clause asks for: one intent, one of two, something ruled out, or nothing that is on offer."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from orchestrator_server.embedded.evidence import TOLD, is_asked, is_vague
from orchestrator_server.embedded.features import NAME, SHOW, SHOWING_STEMS, STOP, is_content
from orchestrator_server.embedded.foreign import is_foreign, is_of_another, is_unknown, makes_something
from orchestrator_server.embedded.heads import head_at, is_bare
from orchestrator_server.embedded.index import Index
from orchestrator_server.embedded.matching import MARGIN, STRONG, SURE, Match, rank
from orchestrator_server.embedded.mentioned import about_a_thing, only_a_thing, only_names, says_more
from orchestrator_server.embedded.moods import Mood, is_declaring, is_lacking, is_permission, mood_of
from orchestrator_server.embedded.objects import about_something_else, is_complete, is_ruled_out, is_unheard
from orchestrator_server.embedded.profiles import Profile
from orchestrator_server.embedded.text import Token, norms
from orchestrator_server.embedded.verbs import is_verb_of, verb_at
from orchestrator_server.embedded.wanting import taker_of_values, things_wanted

_EACH, _MINE = frozenset(["each", "every", "any", "all", "everything", "anything"]), frozenset(["mine", "ours"])
_CUES = frozenset({STOP, "~where", "~future", "~past", "~how much", "~change"})
_TELLS_OF = re.compile(r"\W*(?:(?:and|but|so|because|that) )*(?:it|they|he|she|we|i|this|that|there)\b")
_DOING_IT = re.compile(r"\W*(?:(?:so|and|ok|hi|hello|,) )*(?:i|we) (?:am|are) (?:now )?\w+ing\b")
BARE = 0.6
"""From here on a few words without a verb ask for a read ("opening hours")."""
_BESIDE_AN_ID = 0.15
"""So much less is enough beside an id, which says that something is wanted."""
PLAIN = 0.6
"""From here on a wish is for a read though it says things that the intent does not know."""
CLEAR = 0.75
"""From here on a wish is for a read though the last word of what it wants is unknown."""
NEAR = 0.6
"""From here on it is worth asking whether an effect is meant whose object was called something else."""
_HANDING = re.compile(r"\b(?:me|us|over|out|up|across|through|down)\b")
"""What shows that a verb which nobody declared wants something to be shown: "shoot me the ...", "dig out the ..."."""
_FIRST_PERSON = re.compile(r"\b(?:i|we|me|us|my|our|mine|it|this|that)\b")
_EITHER = re.compile(r"\beither\b(?! way| of)|\bor maybe\b|\bnot sure (?:if|whether)\b")
_SAYING = 0.3
"""From here on a word says what is meant: a light verb weighs less."""
_LIKE = 0.6
"""So like an example must be what only states or supposes something, to be taken as asking."""
_HANDED, _FOREIGN = 0.6, 0.95
"""So well a read must fit whose verb nobody declared: one with which people hand over things, any other one."""
_SAYS = re.compile(r"\b(?:is|are|was|were|has|have|had) (?!not\b)(?!\?)\w+")
_HAPPENED = re.compile(r"(?<!never )(?<!not )\b(?:came|arrived|turned up|got here|has (?:come|arrived))\b")
_WHICH = re.compile(r"\W*(?:what|which)\b")
_HEDGED = re.compile(
    r"\b(?:may|might|could) (?:have|need|want) to\b|\b(?:thinking|think) (?:about|of)\b|\b(?:considering|tempted to)\b"
    r"|\bor not\b|\b(?:maybe|perhaps) (?:i|we) (?:should|will|have to)\b"
)
"""What is only thought of."""
FAINT = 0.3
"""The score of a thing that is named, and of which nothing is said that any intent knows."""


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


def choose(
    index: Index, tokens: Sequence[Token], pointed: frozenset[str] = frozenset(), mood: Mood | None = None
) -> Choice:
    """What the clause asks for. `pointed` are the shapes of ids that its pronouns stand for, `mood` how it is said."""
    is_alone = mood is None
    mood = mood_of(tokens) if mood is None else mood
    said = index.features(tokens)
    matches = rank(index, _before_relative(tokens), mood, pointed)
    if (taker := taker_of_values(index, tokens, mood)) is not None:
        match = Match(profile=taker, score=1.0, likeness=SURE, by_verb=True)
        return Choice(verdict=Verdict.CHOSEN, matches=(match,))
    if mood in (Mood.WISH, Mood.STATEMENT, Mood.STORY) and (wanted := things_wanted(index, tokens, matches)):
        return Choice(verdict=Verdict.CHOSEN, matches=wanted)
    by_light_verb = bool(matches) and matches[0].by_verb and matches[0].likeness >= TOLD
    is_list = mood is Mood.QUESTION and _WHICH.match(norms(tokens)) and bool(matches) and _lists(matches[0])
    if not matches or not (by_light_verb or is_list or tells(index, said)) or only_names(index, tokens):
        about = only_a_thing(index, tokens, matches) or about_a_thing(index, tokens, mood, matches)
        return _faint(about, said, is_question=mood is Mood.QUESTION)
    if mood is Mood.STATEMENT and _DOING_IT.match(norms(tokens)) and _does(matches[0].profile, tokens):
        mood = Mood.WISH
    if mood is Mood.WISH and not matches[0].by_verb and is_declaring(tokens):
        mood = Mood.STATEMENT
    if matches[0].score < STRONG:
        return _faint(about_a_thing(index, tokens, mood, matches), said)
    if matches[0].profile.intent.has_effect:
        found = _effect(index, tokens, mood, matches)
        return _faint(about_a_thing(index, tokens, mood, matches), said) if found is _NOTHING else found
    if is_alone and mood is Mood.WISH and matches[0].likeness < _bare(index, tokens) and is_bare(tokens, index.verbs):
        return _faint(about_a_thing(index, tokens, mood, matches), said)
    found = _read(index, tokens, mood, matches)
    return _faint(about_a_thing(index, tokens, mood, matches), said) if found is _NOTHING else found


def _lists(match: Match) -> bool:
    """Is it a read that needs nothing, so that states alone may ask for it ("what is on its way to me")?"""
    is_open = bool(match.profile.lists) and not (match.profile.required or match.profile.intent.has_effect)
    return is_open and match.likeness >= CLEAR


def _bare(index: Index, tokens: Sequence[Token]) -> float:
    """How near a few words without a verb must come; an id beside them says that something is wanted."""
    return BARE - _BESIDE_AN_ID if any(token.shape in index.ids for token in tokens) else BARE


def _faint(about: tuple[Match, ...], said: Mapping[str, float], is_question: bool = False) -> Choice:
    """A choice that gives way to any other request of the message, unless the thing was asked for."""
    if not about:
        return _NOTHING
    score = STRONG if is_question or SHOW in said or any(f[0] == "~" and f != NAME for f in said) else FAINT
    return Choice(verdict=Verdict.CHOSEN, matches=(replace(about[0], score=score),))


def tells(index: Index, said: Mapping[str, float]) -> bool:
    """Is there a word or a turn that says what is meant, beside values, counts and light verbs?"""
    has_id = any(shape in said for shape in index.ids)
    return any(
        f in _CUES or (f[0].isalpha() and weight >= _SAYING and index.knows(f) and (has_id or f not in index.states))
        for f, weight in said.items()
    )


def _before_relative(tokens: Sequence[Token]) -> Sequence[Token]:
    """Without a clause that says which of several are meant ("all ... that are ...")."""
    for at in range(2, len(tokens)):
        before = tokens[at - 1]
        is_plural = before.norm.endswith("s") and is_content(before)
        is_each = before.norm in _MINE or any(t.norm in _EACH for t in tokens[max(1, at - 4) : at])
        if tokens[at].norm in ("that", "which") and (is_plural or is_each):
            return tokens[:at]
    return tokens


def _effect(index: Index, tokens: Sequence[Token], mood: Mood, matches: tuple[Match, ...]) -> Choice:
    best = matches[0]
    if about_something_else(best.profile, tokens, index):
        others = tuple(m for m in matches[1:] if not about_something_else(m.profile, tokens, index))
        others = tuple(m for m in others if m.score >= STRONG and (m.by_verb or not m.profile.intent.has_effect))
        if others and others[0].profile.intent.has_effect:
            return _effect(index, tokens, mood, others)
        if others:
            return _read(index, tokens, mood, others)
        is_near = (
            best.by_verb and best.likeness >= NEAR and mood is Mood.WISH and is_unheard(best.profile, tokens, index)
        )
        return Choice(verdict=Verdict.WONDERED, matches=matches[:1]) if is_near else _NOTHING
    if mood is Mood.REFUSAL or is_ruled_out(best.profile, tokens):
        return Choice(verdict=Verdict.DECLINED, matches=matches[:1])
    if mood is Mood.HYPOTHETICAL:
        if not _FIRST_PERSON.search(norms(tokens)) and not any(token.shape for token in tokens):
            return _NOTHING  # how things are in general, and nothing that this person wants
        has_verb = any(is_content(t) and _is_verb(best.profile, tokens, at) for at, t in enumerate(tokens))
        if not has_verb and (shown := _only_shown(tokens, matches)):
            return _read(index, tokens, mood, shown)
        if not (has_verb or best.likeness >= SURE):
            return _NOTHING
        if not is_permission(tokens) or not is_complete(best.profile, tokens, index):
            return Choice(verdict=Verdict.WONDERED, matches=matches[:1])
        mood = Mood.WISH
    if _EITHER.search(norms(tokens)) or _HEDGED.search(norms(tokens)):
        return Choice(verdict=Verdict.WONDERED, matches=matches[:1])
    if not is_asked(best, tokens, mood, index):
        reads = tuple(match for match in matches if not match.profile.intent.has_effect)
        close = bool(reads) and reads[0].score >= STRONG and mood is not Mood.STORY
        return _read(index, tokens, mood, reads) if close else _NOTHING
    rival = next((m for m in matches[1:] if m.profile.intent.has_effect), None)
    if (
        rival
        and (best.score - rival.score < MARGIN or is_vague(best, rival, tokens, index))
        and is_asked(rival, tokens, mood, index)
    ):
        return Choice(verdict=Verdict.UNSURE, matches=(best, rival))
    return Choice(verdict=Verdict.CHOSEN, matches=matches[:1])


def _is_verb(profile: Profile, tokens: Sequence[Token], at: int) -> bool:
    """Is it a verb of the intent, and no plural of a noun ("my bookings")?"""
    return is_verb_of(profile, tokens, at) and not re.search("[^s]s$", tokens[at].norm)


def _only_shown(tokens: Sequence[Token], matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """The reads, where the verb asks for something to be shown ("how do I see my ...")."""
    at = head_at(tokens)
    if at is None or not {t.stem for t in tokens[at : at + 4]} & SHOWING_STEMS:
        return ()
    return tuple(match for match in matches if not match.profile.intent.has_effect and match.score >= STRONG)


def _does(profile: Profile, tokens: Sequence[Token]) -> bool:
    """Is it a verb of the intent that somebody is about to do, and no "getting"?"""
    at = verb_at(profile, tokens)
    return at is not None and tokens[at].stem not in SHOWING_STEMS & profile.verbs


def _has_come(index: Index, tokens: Sequence[Token]) -> bool:
    """Does it tell that a thing with an id has come, and ask nothing?"""
    said = norms(tokens)
    has_id = any(token.shape in index.ids for token in tokens)
    return (
        has_id and _HAPPENED.search(said) is not None and not re.search(r"\?|\b(?:where|when|what|if|whether)\b", said)
    )


def _tells_all(index: Index, tokens: Sequence[Token]) -> bool:
    """Does it say how something is, and of no thing that has an id ("my key still has the old label")?"""
    return not any(token.shape in index.ids for token in tokens) and _SAYS.search(norms(tokens)) is not None


def _read(index: Index, tokens: Sequence[Token], mood: Mood, matches: tuple[Match, ...]) -> Choice:
    best = matches[0]
    if mood is Mood.REFUSAL:
        return Choice(verdict=Verdict.DECLINED, matches=matches[:1])
    if mood is Mood.STORY or (mood is Mood.HYPOTHETICAL and best.likeness < _LIKE):
        return _NOTHING
    if mood in (Mood.WISH, Mood.STATEMENT) and _has_come(index, tokens):
        return _NOTHING
    tells_of = _TELLS_OF.match(norms(tokens)) is not None
    if mood is Mood.STATEMENT and (best.likeness < _LIKE or tells_of or _tells_all(index, tokens)):
        return _NOTHING
    if mood is Mood.QUESTION and best.likeness < PLAIN and is_lacking(tokens):
        return _NOTHING
    if makes_something(best.profile, tokens) or is_of_another(best.profile, index, tokens):
        return _NOTHING
    if mood in (Mood.WISH, Mood.HYPOTHETICAL) and best.likeness < PLAIN and says_more(best.profile, index, tokens):
        return _NOTHING
    if mood is not Mood.QUESTION and best.likeness < CLEAR and is_unknown(best.profile, index, tokens):
        return _NOTHING
    if is_foreign(index, tokens) and best.score < (_HANDED if _HANDING.search(norms(tokens)) else _FOREIGN):
        return _NOTHING
    return Choice(verdict=Verdict.CHOSEN, matches=matches[:1])
