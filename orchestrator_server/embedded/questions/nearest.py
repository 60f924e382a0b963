"""What a message may want of which nothing was taken as asked for: worth a question rather than a refusal."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from orchestrator_server.embedded.clauses.clauses import Clause, Role
from orchestrator_server.embedded.declared.heads import head_at
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.questions.destined import destined
from orchestrator_server.embedded.questions.implied import implied
from orchestrator_server.embedded.questions.rivals import setting
from orchestrator_server.embedded.questions.set_right import set_right
from orchestrator_server.embedded.questions.undoing import going_back, undoing
from orchestrator_server.embedded.questions.unfit import WISHES, is_unfit, is_wrong
from orchestrator_server.embedded.requests.asks import Understood
from orchestrator_server.embedded.requests.choices import Choice, Verdict
from orchestrator_server.embedded.requests.matching import Match, rank
from orchestrator_server.embedded.requests.moods import Mood, mood_of
from orchestrator_server.embedded.requests.objects import about_something_else, names_what_is_set
from orchestrator_server.embedded.values.slots import pointed_shapes
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

_BY_VERB, _BY_EXAMPLE, _SHOWN, _SHOWN_BY_VERB = (0.5, 0.55), (0.65, 0.7), (0.4, 0.55), (0.3, 0.5)
"""The score and the likeness from which on it is worth asking: with its verb, without it, and for reads."""
_TOGETHER = 1.05
"""So much must the score and the likeness of a read be together whose verb is said."""
_NEARLY_SAID = 0.9
"""So like an example that what it is about need not be named."""
_WRONG_LIKE = 0.4
"""So like an example must be what would set right something that is wrong."""
_TOLD = 0.75
"""So like an example must be what was only told."""
_NEEDED = 0.55
"""The same for what somebody else is said to want."""
_SOMETHING = frozenset(["something", "anything", "stuff", "things"])
_UNSAID = frozenset({Mood.REFUSAL, Mood.HYPOTHETICAL})
_OTHERS = lazy(r"\b(?:he|she|they|his|her|their)\b")
"""Somebody else."""
_WANTED = lazy(r"\b(?:wants|needs|requires|demands|requested|is asking|asks|asked)\b")
"""What somebody else wants."""
_GENERAL = lazy(r"\b(?:what|how|which|why)\b.*\b(?:your|you|a|an)\b|\b(?:do|does|did|are|is) (?:you|there)\b")
"""Asks how things are in general."""


def nearest(message: Message, understood: Understood) -> tuple[Choice, Clause] | None:
    """The intent that comes nearest (or two that undo the same), with the words that it was read from."""
    if understood.declined or not message.clauses or any(c.role is Role.CONDITION for c in message.clauses):
        return None
    whole = replace(message.clauses[0], first=0, end=len(message.tokens), verb=None)
    if (pair := undoing(message)) is not None:
        return Choice(verdict=Verdict.UNSURE, matches=pair), whole
    if (meant := destined(message)) is not None:
        return meant
    if called_for := implied(message):
        verdict = Verdict.UNSURE if len(called_for) > 1 else Verdict.WONDERED
        return Choice(verdict=verdict, matches=called_for), whole
    if (part := going_back(message)) is not None:
        return Choice(verdict=Verdict.WONDERED, matches=(part,)), whole
    found = [(match, clause) for clause in _asking(message) for match in _worth(message, message.of(clause))]
    if not found:
        if mended := set_right(message):
            verdict = Verdict.UNSURE if len(mended) > 1 else Verdict.WONDERED
            return Choice(verdict=verdict, matches=mended), whole
        pair = setting(message)
        return None if pair is None else (Choice(verdict=Verdict.UNSURE, matches=pair), whole)
    best, clause = max(found, key=lambda one: one[0].score + one[0].likeness)
    return Choice(verdict=Verdict.WONDERED, matches=(best,)), clause


def _asking(message: Message) -> Iterator[Clause]:
    return (clause for clause in message.clauses if clause.role is Role.REQUEST)


def _worth(message: Message, tokens: Sequence[Token]) -> Iterator[Match]:
    mood = Mood.WISH if WISHES.search(norms(tokens)) else mood_of(tokens)
    if mood in _UNSAID or _GENERAL.search(norms(tokens)) or head_at(tokens) is None:
        return
    for match in rank(message.index, tokens, Mood.WISH, pointed_shapes(message, tokens)):
        if is_unfit(message, match.profile, tokens):
            continue
        if match.profile.intent.has_effect:
            if _is_near(message, match, tokens, mood):
                yield match
        elif _lacks_id(message, match) and (_is_shown(match, mood) or _is_needed(match, tokens)):
            yield match


def _is_near(message: Message, match: Match, tokens: Sequence[Token], mood: Mood) -> bool:
    """May the effect be meant, by its verb or by how the message is like an example?"""
    profile = match.profile
    if is_wrong(tokens):
        return _is_set(message, match, tokens)
    is_open = match.likeness >= _NEARLY_SAID or (match.by_verb and any(t.norm in _SOMETHING for t in tokens))
    is_other = not is_open and about_something_else(profile, tokens, message.index)
    if mood is Mood.QUESTION or is_other:
        return False
    if mood in (Mood.STORY, Mood.STATEMENT) and match.likeness < _TOLD:
        return False
    if not _takes_id(message, match) and _OTHERS.search(norms(tokens)):
        return False
    names_only = not _takes_id(message, match) and profile.takes_names
    return _reaches(match, _BY_VERB) if match.by_verb else not names_only and _reaches(match, _BY_EXAMPLE)


def _is_set(message: Message, match: Match, tokens: Sequence[Token]) -> bool:
    """Is this the effect that would set right what is said to be wrong?"""
    return match.likeness >= _WRONG_LIKE and names_what_is_set(match.profile, tokens, message.index)


def _is_shown(match: Match, mood: Mood) -> bool:
    return (mood is Mood.QUESTION and _reaches(match, _SHOWN)) or (
        match.by_verb and _reaches(match, _SHOWN_BY_VERB) and match.score + match.likeness >= _TOGETHER
    )


def _is_needed(match: Match, tokens: Sequence[Token]) -> bool:
    """Does somebody else want it ("my boss wants the ...")?"""
    return match.likeness >= _NEEDED and _WANTED.search(norms(tokens)) is not None


def _reaches(match: Match, least: tuple[float, float]) -> bool:
    return match.score >= least[0] and match.likeness >= least[1]


def _takes_id(message: Message, match: Match) -> bool:
    return any(parameter.pattern in message.index.ids for parameter in match.profile.required)


def _lacks_id(message: Message, match: Match) -> bool:
    """Does the read need an id that was not given? Then the question is harmless, and most likely what was meant."""
    return _takes_id(message, match) and not message.index.names_id(message.tokens)
