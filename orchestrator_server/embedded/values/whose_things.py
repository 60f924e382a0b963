"""Several things of several wholes, where nobody says which belongs to which: "the map and the key, from A and B"."""

from collections.abc import Iterator, Sequence

from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Ask
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import Kind
from orchestrator_server.embedded.words.text import norms

_OF_EACH = lazy(r"\b(?:both|each|every|all|either|same|as well|too|also|respectively)\b")
"""What says that all of them are meant of each."""
_APART = lazy(r"<v>(?: ,)? and <v>")


def whose_is_open(message: Message, asks: Sequence[Ask]) -> Iterator[str]:
    """The words of an effect on several things that is asked for of several wholes at once."""
    said = norms(message.tokens)
    if _APART.search(said) is None or _OF_EACH.search(said):
        return
    for at, ask in enumerate(asks):
        name = next((n for n, kind in ask.profile.kinds.items() if kind is Kind.NAME), None)
        things = ask.filled.arguments.get(name) if name and ask.profile.intent.has_effect else None
        if not isinstance(things, list | tuple) or len(things) < 2:
            continue
        if any(one.profile is ask.profile and one.filled.arguments.get(name or "") == things for one in asks[:at]):
            yield message.words(message.tokens)
            return
