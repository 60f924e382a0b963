"""Is a value that a planner gives grounded: does it stand in the conversation or in the caller's identity?"""

import re
from collections.abc import Iterable

from orchestrator_server.catalogue import Parameter
from orchestrator_server.plan import Json, Request

SPELLED = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty"
)
NUMBER_WORDS = {word: number for number, word in enumerate(SPELLED.split(" "))}
NUMBER_WORDS |= {"a": 1, "an": 1, "single": 1, "couple": 2, "both": 2, "pair": 2, "dozen": 12}


class Ground:
    """What values may be taken from: what was said in this conversation, by either side, and the caller's e-mail."""

    def __init__(self, request: Request) -> None:
        turns = request.memory.turns
        text = " \n ".join([*(f"{turn.text} \n {turn.reply}" for turn in turns), request.text, request.email])
        self._squeezed = _squeeze(text)
        self._numbers = _numbers(text)

    def holds(self, value: Json, parameter: Parameter) -> bool:
        """Does `value` stand there, whatever its spelling (`a 1042` for `A-1042`)? Closed sets need no ground."""
        if parameter.kind in ("enum", "boolean"):
            return True
        if isinstance(value, list):
            return all(self.holds(element, parameter) for element in value)
        if isinstance(value, dict):
            return all(self.holds(element, parameter) for element in value.values())
        if isinstance(value, int | float):
            return float(value) in self._numbers
        squeezed = _squeeze(str(value))
        return bool(squeezed) and squeezed in self._squeezed


def _squeeze(text: str) -> str:
    """Letters and digits alone, small: spaces, dashes and case do not matter."""
    return "".join(character for character in text.casefold() if character.isalnum())


def _numbers(text: str) -> frozenset[float]:
    return frozenset(_spelled(text)) | frozenset(float(found) for found in re.findall(r"\d+(?:\.\d+)?", text))


def _spelled(text: str) -> Iterable[float]:
    words = re.findall(r"[a-z]+", text.casefold())
    return (float(NUMBER_WORDS[word]) for word in words if word in NUMBER_WORDS)
