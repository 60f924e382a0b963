"""The message with ids in the place of words that point at things of the last list: "the second one", "it"."""

import re
from collections.abc import Sequence

from orchestrator_server.embedded.conversation.ellipsis import names_ids
from orchestrator_server.embedded.conversation.pointing import is_limited, pointed
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.words.english import ORDINALS
from orchestrator_server.embedded.words.patterns import lazy

_PLACES = {**ORDINALS, "1st": 0, "2nd": 1, "3rd": 2, "4th": 3, "top": 0, "uppermost": 0, "bottom": -1} | {
    f"{n} {end}": n - 1 for n, end in ((1, "st"), (2, "nd"), (3, "rd"), (4, "th"), (5, "th"))
}
_COMPARED = (
    "newer|newest|latest|most recent|more recent|younger|cheaper|cheapest|older|oldest|earlier|earliest|pricier|dearer"
    "|more expensive|most expensive"
)
_IN_LIST = r"(?: (?:on|in|from|of) (?:the|that|your) list)?"
_ONE = lazy(
    rf"(?:\b(?:the|that) |(?<=and ))(?:(?P<word>{'|'.join(_PLACES)}|middle|{_COMPARED})(?: (?:one|1)\b{_IN_LIST}"
    rf"|(?= [,.;!?]| (?:please|if|unless|when|provided|only|but|because|to|too|instead)\b|$"
    rf"| and (?:the )?(?:{'|'.join(_PLACES)})\b))"
    rf"|(?P<plain>cheap|expensive|pricey|dear|old|new|recent) (?:one|1)\b|(?P<edge>first|last|top|bottom)"
    rf" (?P<many>[2-9])\b(?! \w+s\b)(?: of (?:them|these|those))?{_IN_LIST})"
    rf"|(?<!house )\b(?:number|option|nr) (?P<number>[1-9])"
    rf"(?= [,.;!?]|$| (?:please|on|and|to|too|as well|instead|can|should|\w+s)\b){_IN_LIST}"
)
_OPEN = lazy(
    rf"\b(?:{'|'.join(_PLACES)})\b(?: (?:one|1))? or (?:maybe |perhaps |even )?(?:the )?(?:{'|'.join(_PLACES)})\b"
)
"""One of two, and nobody says which."""
_ADDED = lazy(r"<v>(?: ,)?(?: and| plus| as well as)(?: also)? $")
"""Stands between an id and what is added to it."""
_UNWANTED = lazy(r"\b(?:do|does|did) not (?:need|want|like)\b")
"""Rules nothing out, though it says not."""
_IT = lazy(r"(?<!\bis )(?<!\bwas )\b(?:it|that one|this one)\b(?! (?:is|was|has|would|will)\b)", re.IGNORECASE)


def placed(message: Message) -> str | None:
    """The text with the id of each thing that is pointed at by its place; None where there is none, or one is open."""
    shape = next((shape for shape in message.index.ids if message.context.listed(shape)), None)
    if shape is None or _OPEN.search(message.norms) or is_limited(_UNWANTED.sub(" ", message.norms)):
        return None
    text, found = message.text, list(_ONE.finditer(message.norms))
    if names_ids(message) and not all(_ADDED.search(message.norms[: one.start()]) for one in found):
        return None
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
    if one["many"]:
        return _edge(listed, int(one["many"]), one["edge"] in ("last", "bottom"))
    if one["number"]:
        return listed[int(one["number"]) - 1] if int(one["number"]) <= len(listed) else None
    if word == "middle":
        return listed[1] if len(listed) == 3 else None
    place = _PLACES.get(word)
    if place is None:
        return pointed(f"the {word} one", message.context.things(shape))
    return listed[place] if -len(listed) <= place < len(listed) else None


def _edge(listed: Sequence[str], many: int, is_end: bool) -> str | None:
    """The first or the last so many of a list, as one text."""
    found = listed[-many:] if is_end else listed[:many]
    return " and ".join(found) if len(found) == many else None
