"""Are two values of a parameter the same, or at least about the same thing?

The same: they differ in nothing but letter case, spacing, punctuation and quotes; a phone number in how its digits are
grouped; an enum's value in its prefix or in a word that its server declares for it; a number in being written as text;
one thing in standing in a list. Singular and plural are two values: a label that takes both lists both. About the same:
ids, numbers, phones and enums are equal, a list names nothing more, and of free text a word is shared.
"""

import re
import unicodedata
from collections.abc import Sequence

from evaluation.labels import ANY
from orchestrator_server.catalogue import Parameter

_FEWEST_DIGITS = 5
_SHARED_LETTERS = 4


def same(given: object, wanted: object, parameter: Parameter | None) -> bool:
    """Is `given` what the label wants? A list of values for a parameter that takes one are alternatives."""
    if given is None or wanted == ANY:
        return given is not None
    if parameter is not None and parameter.is_repeated:
        return _same_lists(_list(given), _list(wanted), parameter)
    if isinstance(given, list):
        return len(given) == 1 and same(given[0], wanted, parameter)
    return any(_plain(given, parameter) == _plain(one, parameter) for one in _list(wanted))


def is_about(given: object, wanted: object, parameter: Parameter | None) -> bool:
    """Is `given` about what the label wants, though perhaps in other words?"""
    if same(given, wanted, parameter):
        return True
    if parameter is not None and parameter.is_repeated:
        return all(any(_shares(one, other, parameter) for other in _flat(wanted)) for one in _list(given))
    return any(_shares(given, one, parameter) for one in _list(wanted))


def words(text: str) -> tuple[str, ...]:
    """The words and numbers of a text, without case, accents' encoding and punctuation."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return tuple(re.findall(r"[^\W_]+", re.sub(r"['\u2019`\u00b4]", "", folded)))


def _same_lists(given: Sequence[object], wanted: Sequence[object], parameter: Parameter) -> bool:
    """Do they hold the same, in any order? An element of the label that is a list gives alternatives."""
    left = list(wanted)
    for one in given:
        found = next((w for w in left if any(_plain(one, parameter) == _plain(v, parameter) for v in _list(w))), None)
        if found is None:
            return False
        left.remove(found)
    return not left


def _plain(value: object, parameter: Parameter | None) -> object:
    """What is compared."""
    text = str(value).strip()
    if isinstance(value, bool) or text.casefold() in ("true", "false"):
        return text.casefold()
    if parameter is not None and parameter.kind == "enum":
        return _constant(text, parameter)
    if parameter is not None and parameter.kind in ("integer", "number"):
        return float(text) if re.fullmatch(r"-?\d+(?:\.\d+)?", text) else text.casefold()
    if _is_phone(text):
        return re.sub(r"[^\d+]|(?<!^)\+", "", re.sub(r"^\W*00(?=\d)", "+", text))
    return "".join(words(text)) if parameter is not None and _is_id(parameter) else words(text)


def _constant(text: str, parameter: Parameter) -> str:
    said = "_".join(words(text)).upper().removeprefix(parameter.enum_prefix)
    for name, others in zip(parameter.enum_names, parameter.enum_words, strict=False):
        if said in {other.upper().replace(" ", "_") for other in others}:
            return name
    return said


def _shares(given: object, wanted: object, parameter: Parameter | None) -> bool:
    is_exact = parameter is not None and (_is_id(parameter) or parameter.kind != "string")
    if is_exact or _is_phone(str(given)) or _is_phone(str(wanted)):
        return _plain(given, parameter) == _plain(wanted, parameter)
    return share_a_word(words(str(given)), words(str(wanted)))


def share_a_word(ones: Sequence[str], others: Sequence[str]) -> bool:
    """Is a word in both, or at least its beginning?"""
    return any(
        one == other
        or (min(len(one), len(other)) >= _SHARED_LETTERS and one[:_SHARED_LETTERS] == other[:_SHARED_LETTERS])
        for one in ones
        for other in others
    )


def _is_phone(text: str) -> bool:
    return not re.search(r"[^\W\d_]", text) and len(re.sub(r"\D", "", text)) >= _FEWEST_DIGITS


def _is_id(parameter: Parameter) -> bool:
    return parameter.name.endswith("_id")


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _flat(value: object) -> list[object]:
    return [one for element in _list(value) for one in _list(element)]
