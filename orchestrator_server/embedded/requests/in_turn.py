"""Effects that are asked for by saying what comes before or after them: "before you stop A-17, show it to me"."""

from collections.abc import Sequence
from dataclasses import replace

from orchestrator_server.embedded.clauses.clauses import Clause
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.calling import Requested
from orchestrator_server.embedded.requests.choices import Choice, Verdict
from orchestrator_server.embedded.requests.choosing import choose
from orchestrator_server.embedded.requests.moods import Mood
from orchestrator_server.embedded.values.slots import fill, pointed_shapes
from orchestrator_server.embedded.words.common import bases_of
from orchestrator_server.embedded.words.english import stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

_YOU = lazy(r"you (?:(?:have|will|do|can|go|ahead|and|already|then|finally) )*(?=[a-z])")
_HAS_BEEN = lazy(r"\b(?:has|have|is|are) (?:been )?(?:\w+ )?\w+")


def done_in_turn(message: Message, clause: Clause) -> tuple[Choice, Requested] | None:
    """The effect that a clause of time takes for granted, where all that it needs was said; else None."""
    said = message.of(clause)
    you = _YOU.match(f"{norms(said)} ")
    own = _with_base(message, said[you.group().count(" ") :]) if you else _set_to(message, said)
    if not own:
        return None
    choice = choose(message.index, own, pointed_shapes(message, own), Mood.WISH)
    if choice.verdict is not Verdict.CHOSEN or not choice.best.profile.intent.has_effect:
        return None
    if you and not choice.best.by_verb:
        return None
    if any(call.missing(choice.best.profile) for call in fill(choice.best.profile, message, own)):
        return None
    return choice, Requested(clause=clause, tokens=own, governing=())


def _with_base(message: Message, tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens with the plain form of their first word where that is a verb ("stopped A-17")."""
    first, *rest = tokens
    bases = [word for word in bases_of(first.norm) if stem(word) in message.index.verbs]
    base = min(bases, key=len, default=first.norm)
    return (replace(first, norm=base, stem=stem(base)), *rest)


def _set_to(message: Message, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """What has been set to a value that nothing else in the message names."""
    has_value = any(t.shape and t.shape not in message.index.ids for t in tokens)
    return tokens if has_value and _HAS_BEEN.search(norms(tokens)) else ()
