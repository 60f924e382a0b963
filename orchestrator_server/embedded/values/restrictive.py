"""Which of the things spoken of is meant by what is told of it: "the one that leaks", "whatever is broken"."""

from collections.abc import Iterable, Sequence

from orchestrator_server.embedded.declared.features import PARTICLES, is_content
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.values.reading import Reading
from orchestrator_server.embedded.words.english import stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.singulars import Named
from orchestrator_server.embedded.words.text import Token, norms, token_at

_RESTRICTED = lazy(
    r"\b(?:(?:the|this|that|those|these|only) )?(?:one|ones|thing|things|item|items|those|everything|anything"
    r"|something|all)"
    r" (?:that|which|who|whose|what|where|with|without|(?:i|we|he|she|they) (?!(?:am|would|will|can)\b))"
    r"|\b(?:whatever|whichever|what) (?:is|are|was|were|has|have|had|does|do|did|will|can|could|i|we|he|she|they|never"
    r"|no longer|came|comes|arrived|\w+s\b)"
)
"""What stands for a thing, with something that is told of it."""
_DESCRIBED = lazy(
    r"\bthe (?!(?:other|first|second|third|last|latest|only|same|right|new|old|entire|whole|original)\b)"
    r"(?P<how>[a-z]+(?: [a-z]+)?) ones?\b(?! of\b)"
)
"""The same in a word or two before it: "the blue one"."""

_ONES = frozenset(["one", "ones"])


def is_object(profile: Profile, tokens: Sequence[Token]) -> bool:
    """Do such words stand right behind a verb of the intent, so that they are all that it names?"""
    said = norms(tokens)
    for pattern in (_DESCRIBED, _RESTRICTED):
        for found in pattern.finditer(said):
            at = token_at(found)
            while at and tokens[at - 1].norm in PARTICLES | {"only", "just", "to"}:
                at -= 1
            if at and any(verb.split()[0] == tokens[at - 1].stem for verb in profile.verbs):
                return True
    return False


def told_of(
    profile: Profile,
    tokens: Sequence[Token],
    sentences: Iterable[Sequence[Token]],
    text: str,
    verbs: frozenset[str],
) -> list[Named] | None:
    """The one thing that is meant, empty where nobody can say; None where the words describe nothing.

    `sentences` are those before, in which the same was told of the thing, or it was named more fully.
    """
    said = norms(tokens)
    if (described := _DESCRIBED.search(said)) is not None:
        telling = set(described["how"].split())
        before = list(sentences)
        stems = {stem(word) for word in telling}
        fuller = _fuller(profile, before, text, verbs, telling)
        return _only(fuller or _subjects(profile, before, text, verbs, stems))
    found = _RESTRICTED.search(said)
    if found is None:
        return None
    rest = tokens[said[: found.end()].count(" ") :]
    stems = {token.stem for token in rest if is_content(token) and not token.shape}
    return _only(_subjects(profile, sentences, text, verbs, stems))


def _only(things: Iterable[Named]) -> list[Named]:
    different = list(dict.fromkeys(things))
    return different if len(different) == 1 else []


def _fuller(
    profile: Profile,
    sentences: Iterable[Sequence[Token]],
    text: str,
    verbs: frozenset[str],
    telling: set[str],
) -> list[Named]:
    """The things whose names hold these words."""
    things = [thing for s in sentences if s for thing in _named(Reading(profile, s, text, verbs))]
    return [thing for thing in things if telling <= set(thing.name.lower().split())]


def _named(reading: Reading) -> list[Named]:
    return [*reading.opened(), *reading.had(), *reading.subjects(), *reading.mentioned()]


def _subjects(
    profile: Profile,
    sentences: Iterable[Sequence[Token]],
    text: str,
    verbs: frozenset[str],
    stems: set[str],
) -> list[Named]:
    """The things of which a sentence tells the same."""
    telling = [s for s in sentences if s and stems & {token.stem for token in s} and not _ONES & {t.norm for t in s}]
    readings = [Reading(profile, s, text, verbs) for s in telling]
    found = [reading.begun() or reading.subjects() for reading in readings if len({*_named(reading)}) < 2]
    return [thing for things in found for thing in things]
