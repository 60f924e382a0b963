"""One's own value said first, and a thing's id only behind it ("set my own to PLACE, since A-17 got lost")."""

from collections.abc import Sequence
from dataclasses import replace

from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Ask, Understood
from orchestrator_server.embedded.values.slots import Filled
from orchestrator_server.embedded.words.shapes import LONG
from orchestrator_server.embedded.words.text import Token

_TYING = frozenset(["for", "to", "of", "on", "with", "in", "and", "also", "plus", ",", ":", "-", "(", "is"])
"""Before an id these leave open whether the value is its as well."""
_BETWEEN = frozenset(["the", "my", "number", "no", "that", "this"])


def set_right(message: Message, result: Understood) -> None:
    """Gives such a value to the caller's own, or asks where it may be meant for the thing."""
    for at, ask in enumerate(result.asks):
        own = next((own for own, other in message.index.setters if other is ask.profile), None)
        said = message.of(ask.clause)
        place = _behind(message, own, ask, said) if own is not None else None
        if own is None or place is None:
            continue
        if said[place].norm in _TYING:
            result.unclear.append(message.words(said))
        else:
            kept = {name: value for name, value in ask.filled.arguments.items() if name in own.kinds}
            result.asks[at] = replace(ask, profile=own, filled=Filled(arguments=kept))


def _behind(message: Message, own: Profile, ask: Ask, said: Sequence[Token]) -> int | None:
    """The place of the word before the first id, where that follows the value and one's own is named before it."""
    value = next((at for at, token in enumerate(said) if token.shape == LONG), None)
    first = next((at for at, token in enumerate(said) if token.shape in message.index.ids), None)
    if value is None or first is None or first < value:
        return None
    if not any(token.stem in own.named - ask.profile.named for token in said[:value]):
        return None
    skipped = _BETWEEN | {"a", "an"}
    return next(
        at
        for at in range(first - 1, -1, -1)
        if said[at].norm not in skipped and said[at].stem not in message.index.things
    )
