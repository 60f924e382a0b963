"""Decides what a clause asks for: one intent, one of two, something ruled out, or nothing that is on offer."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from orchestrator_server.embedded.declared.features import NAME, SHOW, SHOWING_STEMS, STOP, is_content
from orchestrator_server.embedded.declared.heads import is_bare
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.declared.verbs import verb_at
from orchestrator_server.embedded.requests.attitudes import is_against, is_spoken_of
from orchestrator_server.embedded.requests.choices import NOTHING, Choice, Verdict
from orchestrator_server.embedded.requests.effects_chosen import effect_chosen
from orchestrator_server.embedded.requests.evidence import TOLD
from orchestrator_server.embedded.requests.listed_states import list_by_state
from orchestrator_server.embedded.requests.matching import STRONG, SURE, Match, rank
from orchestrator_server.embedded.requests.mentioned import about_a_thing, only_a_thing, only_names
from orchestrator_server.embedded.requests.moods import Mood, is_declaring, is_keeping, mood_of
from orchestrator_server.embedded.requests.reads_chosen import CLEAR, read_chosen
from orchestrator_server.embedded.requests.wanting import taker_of_values, things_wanted
from orchestrator_server.embedded.words.english import stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import Kind
from orchestrator_server.embedded.words.text import Token, norms

_EACH, _MINE = frozenset(["each", "every", "any", "all", "everything", "anything"]), frozenset(["mine", "ours"])
_CUES = frozenset({STOP, "~where", "~future", "~past", "~how much", "~change", "~oneself"})
"""Turns that say what is meant without any word of an intent."""
_DOING_IT = lazy(r"\W*(?:(?:so|and|ok|hi|hello|,) )*(?:i|we) (?:am|are) (?:now )?\w+ing\b")
"""Somebody who is about to do what the effect is about."""
BARE = 0.6
"""From here on a few words without a verb ask for a read ("opening hours")."""
_BESIDE_AN_ID = 0.15
"""So much less is enough beside an id, which says that something is wanted."""
_SAYING = 0.3
"""From here on a word says what is meant: a light verb weighs less."""
_WHICH = lazy(r"\W*(?:what|which)\b")
"""A question for a list."""
_RULED_OUT = lazy(
    r"\b(?:do not|never|no need to|not (?:need|have) to|need not)(?: please| even"
    r"| bother to)? (?P<verb>\w+) (?:my \w+ |the \w+ |\w+ )?<v>"
    r"(?: (?:please|any ?more|at all|out|over|to me|thanks))*\W*$"
)
"""What should not be done with a thing that has an id."""
_FORGET = lazy(r"\W*(?:(?:please|just|so|well) )*(?:forget|never mind)(?: about)? (?:the |my )?(?:\w+ )?<v>\W*$")
"""A thing is given up."""
_HANDLING = frozenset(stem(word) for word in ("send", "bring", "process", "handle", "prepare", "pack"))
"""What is done with a thing that is under way."""
FAINT = 0.3
"""The score of a thing that is named, and of which nothing is said that any intent knows."""


def choose(
    index: Index, tokens: Sequence[Token], pointed: frozenset[str] = frozenset(), mood: Mood | None = None
) -> Choice:
    """What the clause asks for. `pointed` are the shapes of ids that its pronouns stand for, `mood` how it is said."""
    is_alone = mood is None
    mood = mood_of(tokens) if mood is None else mood
    if (taker := taker_of_values(index, tokens, mood)) is not None:
        match = Match(profile=taker, score=1.0, likeness=SURE, by_verb=True)
        is_meant = not is_spoken_of(taker, tokens) and not is_against(taker, tokens)
        return Choice(verdict=Verdict.CHOSEN if is_meant else Verdict.WONDERED, matches=(match,))
    if mood is Mood.REFUSAL and (stopping := _stopped(index, tokens)) is not None:
        return stopping
    if (listed := list_by_state(index, tokens, mood)) is not None:
        return Choice(verdict=Verdict.CHOSEN, matches=(listed,))
    said = index.features(tokens)
    meant = _before_relative(tokens)
    matches = rank(index, meant, mood, pointed, said if meant is tokens else None)
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
        found = effect_chosen(index, tokens, mood, matches)
        return _faint(about_a_thing(index, tokens, mood, matches), said) if found is NOTHING else found
    if is_alone and mood is Mood.WISH and matches[0].likeness < _bare(index, tokens) and is_bare(tokens, index.verbs):
        return _faint(about_a_thing(index, tokens, mood, matches), said)
    found = NOTHING if is_keeping(tokens) else read_chosen(index, tokens, mood, matches)
    return _faint(about_a_thing(index, tokens, mood, matches), said) if found is NOTHING else found


def _stopped(index: Index, tokens: Sequence[Token]) -> Choice | None:
    """The effect that stops a thing, where what would be done with it is ruled out ("do not send A-17")."""
    found = _RULED_OUT.search(norms(tokens))
    match = Match(profile=index.wholes[0], score=SURE, likeness=SURE, by_verb=True) if len(index.wholes) == 1 else None
    if match is not None and index.names_id(tokens) and _FORGET.match(norms(tokens)):
        return Choice(verdict=Verdict.WONDERED, matches=(match,))
    if found is None or match is None:
        return None
    verb = stem(found["verb"])
    deeds = (p.verbs for p in index.profiles if p.intent.has_effect and Kind.LONG not in p.kinds.values())
    if verb not in index.told | index.states | _HANDLING or any(verb in own for own in deeds):
        return None
    return Choice(verdict=Verdict.WONDERED, matches=(match,))


def _lists(match: Match) -> bool:
    """Is it a read that needs nothing, so that states alone may ask for it ("what is on its way to me")?"""
    is_open = bool(match.profile.lists) and not (match.profile.required or match.profile.intent.has_effect)
    return is_open and match.likeness >= CLEAR


def _bare(index: Index, tokens: Sequence[Token]) -> float:
    """How near a few words without a verb must come; an id beside them says that something is wanted."""
    return BARE - _BESIDE_AN_ID if index.names_id(tokens) else BARE


def _faint(about: tuple[Match, ...], said: Mapping[str, float], is_question: bool = False) -> Choice:
    """A choice that gives way to any other request of the message, unless the thing was asked for."""
    if not about:
        return NOTHING
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
        if tokens[at].norm in ("that", "which") and (is_plural or is_each) and _says_what(tokens[:at]):
            return tokens[:at]
    return tokens


def _says_what(tokens: Sequence[Token]) -> bool:
    """Do the words name something, beside that it shall be shown?"""
    return any(
        is_content(token) and (token.stem not in SHOWING_STEMS or (at and tokens[at - 1].norm in ("a", "the")))
        for at, token in enumerate(tokens)
    )


def _does(profile: Profile, tokens: Sequence[Token]) -> bool:
    """Is it a verb of the intent that somebody is about to do, and no "getting"?"""
    at = verb_at(profile, tokens)
    return at is not None and tokens[at].stem not in SHOWING_STEMS & profile.verbs
