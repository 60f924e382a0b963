"""How well what an intent takes and gives suits what was said: the values in it, a date, one thing or several."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

_SHOWS = 0.05
"""What it adds that the intent shows the very thing whose id was given."""
_TAKES = 0.05
"""What each kind of value adds that was given and that the intent takes."""
_NO_USE = 0.2
"""What each kind of value costs that was given and that the intent has no use for."""
_LACKS_ID = 0.1
"""What it costs that an id is needed, and neither given nor its thing spoken of."""
_DATED = 0.35
"""What it adds that the response carries the date that is asked for by its name."""
_LISTED = 0.4
"""What it adds that one asks how many of the things there are, or which, and the response lists them."""
_PLURAL = 0.05
"""What it adds that things are spoken of in the plural, and the response lists them."""
_THE_ONE = -0.2
"""The same where a certain one is meant, which hardly asks for a list."""
_ONE = -0.08
"""The same where just one is spoken of."""
_WHETHER_ANY = (
    r"\b(?:is|are|was|were|have|has|had|do|does|did|got|there|i|we|if|whether|of|see|know|check|look|list|for)"
    r"(?: \w+){0,3} any"
)
"""What asks whether there are any; "stop any ..." asks for all."""
_BELONGING = lazy(r"\b(?:its|their|(?:of|for|on|in) (?:it|them|that|this)|(?:the|this|that|same) \w+ as well)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The values in a stretch of text, as `of_values` looks at them for every intent.

    `shapes` are those of the values, `pointed` those of ids that count as given, for every intent where `is_belonging`.
    `lacking` are the shapes of ids that no value has. `names_thing`: the thing is spoken of without its id.
    """

    tokens: Sequence[Token]
    text: str
    shapes: frozenset[str]
    pointed: frozenset[str]
    is_belonging: bool
    lacking: frozenset[str]
    names_thing: bool


def given_in(index: Index, tokens: Sequence[Token], pointed: frozenset[str]) -> Given:
    """The values that a stretch of text gives. `pointed` are shapes of ids that count as given."""
    text = norms(tokens)
    shapes = frozenset(token.shape for token in tokens if token.shape in index.valued)
    return Given(
        tokens=tokens,
        text=text,
        shapes=shapes,
        pointed=pointed,
        is_belonging=bool(pointed) and _BELONGING.search(text) is not None,
        lacking=index.ids - shapes,
        names_thing=_names_the_thing(index, tokens),
    )


def of_values(profile: Profile, given: Given) -> float:
    """Does the intent take the values that were given, and are those given that it takes?"""
    pointed = given.pointed if given.is_belonging else given.pointed & profile.taken
    shapes = given.shapes | pointed
    lacks_id = not profile.needed.isdisjoint(given.lacking - pointed)
    return (
        (_SHOWS if not given.shapes.isdisjoint(profile.shown) else 0.0)
        + _TAKES * len(shapes & profile.taken)
        - _NO_USE * len(shapes - profile.taken)
        - (_LACKS_ID if lacks_id and not given.names_thing else 0.0)
        + _of_number(profile, given)
    )


def of_date(profile: Profile, tokens: Sequence[Token], said: Mapping[str, float]) -> float:
    """A date that the response carries, asked for by its name: "when was it opened"."""
    if "~past" not in said or profile.intent.has_effect:
        return 0.0
    stamps = {f.stems[0] for f in profile.fields if f.kind == "timestamp"}
    return _DATED if stamps & {token.stem for token in tokens} else 0.0


def _names_the_thing(index: Index, tokens: Sequence[Token]) -> bool:
    """Is it "the file", as one that was spoken of?"""
    pairs = pairwise(tokens)
    return any(one.norm in ("the", "this", "that") and two.stem in index.things for one, two in pairs)


def _of_number(profile: Profile, given: Given) -> float:
    """One thing or several: a list is asked for in the plural."""
    nouns = [token.norm for token in given.tokens if token.stem in profile.listed] if profile.listed else []
    if profile.intent.has_effect or not nouns:
        return 0.0
    said, any_noun = given.text, "|".join(map(re.escape, nouns))
    if re.search(rf"(?:\b(?:how many|which)|{_WHETHER_ANY}|^any) (?:\w+ ){{0,2}}(?:{any_noun})\b", said):
        return _LISTED
    if any(noun.endswith("s") for noun in nouns):
        return _PLURAL
    return _THE_ONE if re.search(rf"\b(?:the|this|that) (?:{any_noun})\b", said) else _ONE
