"""The message with ids in the place of words that point at things of the last list: "the second one", "it"."""

import re

from orchestrator_server.embedded.ellipsis import names_ids
from orchestrator_server.embedded.english import ORDINALS
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.pointing import is_limited, pointed

_PLACES = {**ORDINALS, "1st": 0, "2nd": 1, "3rd": 2, "4th": 3}
_COMPARED = (
    "newer|newest|latest|most recent|more recent|younger|cheaper|cheapest|older|oldest|earlier|earliest|pricier|dearer"
    "|more expensive|most expensive"
)
_ONE = re.compile(
    rf"\b(?:the|that) (?:(?P<word>{'|'.join(_PLACES)}|middle|{_COMPARED})(?: (?:one|1)\b|(?= [,.;!?]| please\b|$))"
    r"|(?P<plain>cheap|expensive|pricey|dear|old|new|recent) (?:one|1)\b)"
)
_IT = re.compile(r"\b(?:it|that one|this one)\b(?! (?:is|was|has|would|will)\b)", re.IGNORECASE)


def placed(message: Message) -> str | None:
    """The text with the id of each thing that is pointed at by its place; None where there is none, or one is open."""
    shape = next((shape for shape in message.index.ids if message.context.listed(shape)), None)
    if shape is None or names_ids(message) or is_limited(message.norms):
        return None
    text, found = message.text, list(_ONE.finditer(message.norms))
    for one in reversed(found):
        value = _thing(message, one, shape)
        if value is None:
            return None
        first, last = (message.tokens[message.norms[:at].count(" ")] for at in (one.start(), one.end() - 1))
        text = f"{text[: first.start]}{value}{text[last.end :]}"
    return text if found else None


def focused(message: Message) -> str | None:
    """The text with the id that was last spoken of for its first pronoun."""
    found = _IT.search(message.text)
    shape = next((shape for shape in message.index.ids if message.context.focus(shape)), None)
    if shape is None or found is None or names_ids(message):
        return None
    return f"{message.text[: found.start()]}{message.context.focus(shape)}{message.text[found.end() :]}"


def _thing(message: Message, one: re.Match[str], shape: str) -> str | None:
    listed, word = message.context.listed(shape), one["word"] or one["plain"]
    if word == "middle":
        return listed[1] if len(listed) == 3 else None
    place = _PLACES.get(word)
    if place is None:
        return pointed(f"the {word} one", message.context.things(shape))
    return listed[place] if -len(listed) <= place < len(listed) else None
