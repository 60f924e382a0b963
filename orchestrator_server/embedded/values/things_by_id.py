"""Which things belong to which id where several are named: "the key from A-1 and the map from B-2"."""

from collections.abc import Sequence

from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.values.reading import Reading
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.singulars import Named
from orchestrator_server.embedded.words.text import Token, norms

_ONE_BREATH = lazy(r"<v>(?: \([^)]*\))? (?:and|or|plus|,|/|&) (?:(?:from|in|of|also|the|my|number) )*<v>")
"""Ids that nothing stands between."""


def things_by_id(
    profile: Profile, message: Message, tokens: Sequence[Token], shape: str
) -> dict[str, list[Named]] | None:
    """For each id the things named with it; None where they are not divided."""
    places = [at for at, token in enumerate(tokens) if token.shape == shape]
    if len({tokens[at].value for at in places}) < 2 or is_in_one_breath(message, tokens):
        return None
    ends = [*places[1:], len(tokens)]
    before = [tokens[first:at] for first, at in zip([0, *(at + 1 for at in places[:-1])], places, strict=True)]
    behind = [tokens[at:end] for at, end in zip(places, ends, strict=True)]
    tied = [_tied(profile, message, part) for part in _up_to_ids(tokens, places)]
    named = ([_in_part(profile, message, part) for part in parts] for parts in (before, behind))
    for parts in (tied, *named):
        if all(parts):
            return {tokens[at].value: things for at, things in zip(places, parts, strict=True)}
    return None


def is_in_one_breath(message: Message, tokens: Sequence[Token]) -> bool:
    """Are ids named side by side, so that what is said of them is said of each?"""
    said = norms([token for token in tokens if token.stem not in message.index.things])
    return _ONE_BREATH.search(said) is not None


def said_until(message: Message, tokens: Sequence[Token]) -> Sequence[Token]:
    """Everything that was said up to the end of `tokens`."""
    last = max((token.end for token in tokens), default=0)
    return [token for token in message.tokens if token.end <= last]


def things_with_id(profile: Profile, message: Message, tokens: Sequence[Token], shape: str) -> list[Named]:
    """The things that are named with the one id of the words."""
    place = next((at for at, token in enumerate(tokens) if token.shape == shape), -1)
    return _tied(profile, message, tokens[: place + 1]) or _in_part(profile, message, tokens)


def _up_to_ids(tokens: Sequence[Token], places: Sequence[int]) -> list[Sequence[Token]]:
    """The words up to and with each id, from the one before on."""
    return [tokens[first : at + 1] for first, at in zip([0, *places[:-1]], places, strict=True)]


def _tied(profile: Profile, message: Message, part: Sequence[Token]) -> list[Named]:
    """The things right before "from A-1", whatever stands before them."""
    is_first = not part[0].shape if part else True
    reading = Reading(profile, part if is_first else part[1:], message.text, message.index.verbs)
    return reading.tied_to_the_last(is_first=is_first)


def _in_part(profile: Profile, message: Message, part: Sequence[Token]) -> list[Named]:
    reading = Reading(profile, part, message.text, message.index.verbs)
    plain = Reading(profile, [t for t in part if not t.shape], message.text, message.index.verbs)
    return reading.asked() or reading.opened() or reading.quoted() or plain.opened() or plain.alone()
