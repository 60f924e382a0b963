"""Is a value that a planner gives grounded: does it stand in the conversation or in the caller's identity?

Whole, that is: `A-104` does not stand in "A-1042", nor `ann@shop.co` in "ann@shop.com". Spelling does not matter:
`A-1042` stands in "order a 1042", and `desk lamp` in "two Desk-Lamps".
"""

import re
from collections.abc import Iterable

from google.protobuf.message import Message

from orchestrator_server.catalogue import Parameter
from orchestrator_server.json_message import read_message
from orchestrator_server.json_scalars import JsonMessageError
from orchestrator_server.message_fields import said_values
from orchestrator_server.plan import Json, Request

SPELLED = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty"
)
NUMBER_WORDS = {word: number for number, word in enumerate(SPELLED.split(" "))}
NUMBER_WORDS |= {"a": 1, "an": 1, "single": 1, "couple": 2, "both": 2, "pair": 2, "dozen": 12}
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
NUMBER_WORDS |= TENS | {"hundred": 100}

_PLURALS = ("s", "es")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


class Ground:
    """What values may be taken from: what was said in this conversation, by either side, and the caller's e-mail."""

    def __init__(self, request: Request) -> None:
        turns = request.memory.turns
        text = " \n ".join([*(f"{turn.text} \n {turn.reply}" for turn in turns), request.text, request.email])
        self._text = text.casefold()
        self._places = [place for place, character in enumerate(self._text) if character.isalnum()]
        self._squeezed = "".join(self._text[place] for place in self._places)
        self._numbers = frozenset(_numbers(self._text))

    def holds(self, value: Json, parameter: Parameter) -> bool:
        """Does `value` stand there, whatever its spelling (`a 1042` for `A-1042`)? Closed sets need no ground."""
        if parameter.kind in ("enum", "boolean") or isinstance(value, bool):
            return True
        if isinstance(value, list):
            return all(self.holds(element, parameter) for element in value)
        if isinstance(value, dict):
            return all(self.holds(element, parameter) for element in value.values())
        return self._holds_one(value)

    def holds_message(self, name: str, value: Json, request: type[Message]) -> bool:
        """Does everything stand there that somebody must have said in the message `value` of the parameter `name`?

        What cannot be read as that message is left for the checks to name.
        """
        try:
            message = read_message({name: value}, request, is_whole=False)
        except JsonMessageError:
            return True
        return all(self._holds_one(said) for said in said_values(message))

    def _holds_one(self, value: Json) -> bool:
        if isinstance(value, int | float):
            return float(value) in self._numbers
        return self._stands(_squeeze(str(value)))

    def _stands(self, squeezed: str) -> bool:
        start = self._squeezed.find(squeezed) if squeezed else -1
        while start >= 0:
            if self._is_whole(self._places[start], self._places[start + len(squeezed) - 1]):
                return True
            start = self._squeezed.find(squeezed, start + 1)
        return False

    def _is_whole(self, first: int, last: int) -> bool:
        """Does no word or number go on beyond these characters? A plural may."""
        if first > 0 and _goes_on(self._text[first - 1], self._text[first]):
            return False
        end = last + 1
        while end < len(self._text) and _goes_on(self._text[end - 1], self._text[end]):
            end += 1
        return end == last + 1 or self._text[last + 1 : end] in _PLURALS


def _goes_on(one: str, other: str) -> bool:
    """Are these two of one number, or of one word in a script that has spaces?"""
    if one.isdigit() and other.isdigit():
        return True
    return one.lower() != one.upper() and other.lower() != other.upper()


def _squeeze(text: str) -> str:
    """Letters and digits alone, small: spaces, dashes and case do not matter."""
    return "".join(character for character in text.casefold() if character.isalnum())


def _numbers(text: str) -> Iterable[float]:
    words = re.findall(r"[a-z]+", text)
    for before, word in zip(["", *words], words, strict=False):
        if word in NUMBER_WORDS:
            yield float(NUMBER_WORDS[word])
            if before in TENS and NUMBER_WORDS[word] < 10:
                yield float(NUMBER_WORDS[before] + NUMBER_WORDS[word])
    for found in _NUMBER.findall(text):
        yield float(found.replace(",", ""))
        yield from (float(part) for part in found.split(",") if "," in found)
