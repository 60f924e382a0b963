"""Is a value that a planner gives grounded: does it stand in the user's words, or in what it may be taken from?

What is said counts whole: `A-104` does not stand in "A-1042", nor `ann@shop.co` in "ann@shop.com". Spelling does not
matter: `A-1042` stands in "order a 1042", and `desk lamp` in "two Desk-Lamps".
"""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from google.protobuf.message import Message

from orchestrator_server.catalogue import Catalogue, Parameter
from orchestrator_server.json_message import read_message
from orchestrator_server.json_scalars import JsonMessageError
from orchestrator_server.message_fields import said_values
from orchestrator_server.plan import Json, Request
from orchestrator_server.sources import corresponds
from orchestrator_server.typed_values import TypedValue, typed_values

SPELLED = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty"
)
NUMBER_WORDS = {word: number for number, word in enumerate(SPELLED.split(" "))}
NUMBER_WORDS |= {"a": 1, "an": 1, "single": 1, "couple": 2, "both": 2, "pair": 2, "dozen": 12}
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
NUMBER_WORDS |= TENS | {"hundred": 100}

MIN_PARTS, MAX_PARTS = 3, 24
"""So many words may be put together from several messages: a corrected address is, an id or a name is not."""
_PLURALS = ("s", "es")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


class Ground:
    """What values may be taken from: the user's words in this conversation, the caller's e-mail, typed fields.

    A typed field is one of an earlier response (read with `catalogue`) that goes by the parameter's name; it counts as
    a whole, so that text which somebody planted in a result gives nothing. For a read, the questions and refusals of
    this conversation count too; replies that came from results never do.
    """

    def __init__(self, request: Request, catalogue: Catalogue | None = None, *, is_for_effect: bool = False) -> None:
        turns = request.memory.turns
        replies = [turn.reply for turn in turns if turn.plan is None and not is_for_effect]
        text = " \n ".join([*(turn.text for turn in turns), *replies, request.text, request.email])
        self.email = request.email.casefold()
        self._text = text.casefold()
        self._places = [place for place, character in enumerate(self._text) if character.isalnum()]
        self._squeezed = "".join(self._text[place] for place in self._places)
        self._numbers = frozenset(_numbers(self._text))
        self._turns = turns
        self._catalogue = catalogue

    def holds(self, value: Json, parameter: Parameter) -> bool:
        """Does `value` stand there, whatever its spelling (`a 1042` for `A-1042`)? Closed sets need no ground."""
        if parameter.kind in ("enum", "boolean") or isinstance(value, bool):
            return True
        if isinstance(value, list):
            return all(self.holds(element, parameter) for element in value)
        if isinstance(value, dict):
            return all(self.holds(element, parameter) for element in value.values())
        return self.says(value) or any(typed.fits(value, parameter) for typed in self._typed)

    def holds_message(self, name: str, value: Json, request: type[Message]) -> bool:
        """Does everything stand there that somebody must have said in the message `value` of the parameter `name`?

        What cannot be read as that message is left for the checks to name.
        """
        try:
            message = read_message({name: value}, request, is_whole=False)
        except JsonMessageError:
            return True
        return all(self.says(said) or self._has(said, name) for said in said_values(message))

    def says(self, value: Json) -> bool:
        """Does one text or number stand in what was said?"""
        if isinstance(value, int | float):
            return float(value) in self._numbers
        return self._stands(_squeeze(str(value))) or self._stands_in_parts(str(value))

    @cached_property
    def _typed(self) -> Sequence[TypedValue]:
        """Read where the words alone do not hold a value: most of what is said stands in them."""
        return typed_values(self._turns, self._catalogue) if self._catalogue is not None else ()

    def _has(self, value: Json, name: str) -> bool:
        """Is it the whole value of a field that goes by the name of a parameter, or of one in its message?"""
        return any(str(typed.value) == str(value) and corresponds(name, typed.names) for typed in self._typed)

    def _stands_in_parts(self, text: str) -> bool:
        """Is it put together from what was said, a word here and one there ("the house number is 19, not 17")?"""
        parts = re.findall(r"[^\W_]+", text.casefold())
        return MIN_PARTS <= len(parts) <= MAX_PARTS and all(self._stands(_squeeze(part)) for part in parts)

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
            if word == "dozen":
                yield 6.0 if "half" in words else 12.0 * NUMBER_WORDS.get(before, 1)
            if before in TENS and NUMBER_WORDS[word] < 10:
                yield float(NUMBER_WORDS[before] + NUMBER_WORDS[word])
    for found in _NUMBER.findall(text):
        yield float(found.replace(",", ""))
        yield from (float(part) for part in found.split(",") if "," in found)
