"""Finds names of things, with how many of each: what stands between the verb and the next preposition."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from orchestrator_server.embedded.english import DOING, FUNCTION, PLURAL_ONLY, SHOWING, words
from orchestrator_server.embedded.heads import head_at
from orchestrator_server.embedded.index import Profile
from orchestrator_server.embedded.matching import is_verb_of
from orchestrator_server.embedded.shapes import Kind
from orchestrator_server.embedded.text import Token

_PREPOSITIONS = words(
    """
    from in on to for with of by as at within under using instead because
    """
)
_ONE = frozenset(["a", "an", "one", "another", "the", "my", "this", "that", "single"])
_COUNTING = words(
    """
    x times piece pieces pcs unit units of more new
    """
)
_ARTICLES = frozenset(["a", "an", "one", "another", "single"])
_DROPPED = FUNCTION | _COUNTING | frozenset(["'s", "new"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A thing and how many; `count` is None where it was not said."""

    name: str
    count: int | None


def named_things(profile: Profile, tokens: Sequence[Token], text: str) -> list[Named]:
    """The things that the request names. `text` is what the tokens were made from."""
    region = _region(profile, tokens)
    return [named for phrase in _phrases(region) if (named := _named(profile, phrase, text)) is not None]


def bare_name(tokens: Sequence[Token], text: str) -> list[Named]:
    """The things that an answer names: it has no verb."""
    found = (_named(None, phrase, text) for phrase in _phrases([t for t in tokens if not t.shape]))
    return [named for named in found if named is not None]


def _region(profile: Profile, tokens: Sequence[Token]) -> list[Token]:
    """From the verb to what follows the names."""
    found: list[Token] = []
    for at in range(_after_verb(profile, tokens), len(tokens)):
        token = tokens[at]
        if token.shape or (token.norm in _PREPOSITIONS and _leads_away(profile, tokens, at, found)):
            break
        found.append(token)
    return found


def _after_verb(profile: Profile, tokens: Sequence[Token]) -> int:
    head = head_at(tokens) or 0
    at = next((i for i in range(head, len(tokens)) if is_verb_of(profile, tokens, i)), head)
    at += 1
    while at < len(tokens) and tokens[at].norm in ("back", "up", "off", "out", "me", "us"):
        at += 1
    return at


def _leads_away(profile: Profile, tokens: Sequence[Token], at: int, found: Sequence[Token]) -> bool:
    """Does this preposition end the name? In "2 of the lamp" and "box of pens" it does not."""
    if not any(t.norm not in _DROPPED | _counted(profile) and t.norm[:1].isalpha() for t in found):
        return False
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is None or following.shape or following.norm[:1].isdigit():
        return True
    return following.norm in FUNCTION or following.stem in profile.words


def _phrases(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    phrase: list[Token] = []
    for token in tokens:
        if token.norm in ("and", ",", "plus", "&", "also"):
            yield phrase
            phrase = []
        else:
            phrase.append(token)
    yield phrase


def _named(profile: Profile | None, phrase: Sequence[Token], text: str) -> Named | None:
    words = [t for t in phrase if not t.is_mark]
    count = _count(words)
    counted = _counted(profile)
    while words and (words[0].norm in _DROPPED | counted or words[0].norm.isdigit()) and not _is_title(words[0]):
        words = words[1:]
    while words and words[-1].norm in FUNCTION | {"back"} and not _is_title(words[-1]):
        words = words[:-1]
    general = profile.nouns if profile else frozenset()
    light = SHOWING | DOING
    if not any(t.norm[:1].isalnum() and t.stem not in general and t.norm not in light for t in words):
        return None
    name = text[words[0].start : words[-1].end]
    return Named(name=singular(name) if count is not None and count > 1 else name, count=_or_one(count, phrase, name))


def _counted(profile: Profile | None) -> frozenset[str]:
    """What the intent calls the pieces that it counts: "2 copies of ..."."""
    names = {n for n, kind in profile.kinds.items() if kind is Kind.NUMBER} if profile else set()
    singular_names = {f"{n[:-3]}y" if n.endswith("ies") else n.removesuffix("s") for n in names}
    return frozenset(names | singular_names)


def _is_title(token: Token) -> bool:
    """Is the word written with a capital within the sentence, as part of a name?"""
    return token.start > 0 and token.surface[:1].isupper() and token.norm != "i"


def _count(words: Sequence[Token]) -> int | None:
    numbers = [t.norm for t in words if re.fullmatch(r"\d{1,9}", t.norm)]
    joined = [t.norm[:-1] for t in words if re.fullmatch(r"\d{1,4}x", t.norm)]
    found = next(iter([*numbers, *joined]), None)
    return int(found) if found else None


def _or_one(count: int | None, phrase: Sequence[Token], name: str) -> int | None:
    """One, where the article says so; `the` and `my` only before a single thing."""
    if count is not None:
        return count
    first = next((t.norm for t in phrase if t.norm in _ONE), None)
    plural = name.endswith("s") and not name.endswith("ss")
    return 1 if first in _ARTICLES or (first in _ONE and not plural) else None


def singular(name: str) -> str:
    """The name of one of them, where the plural is regular and the singular stands in it."""
    last = name.rsplit(" ", 1)[-1].lower()
    if last in PLURAL_ONLY or not last.endswith("s") or last.endswith(("ss", "us", "ies")) or len(last) < 4:
        return name
    return name[:-2] if last.endswith(("xes", "ches", "shes", "sses", "zes")) else name[:-1]
