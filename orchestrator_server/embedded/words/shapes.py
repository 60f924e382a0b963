"""What values look like, learned from the patterns and examples that parameters declare.

A shape is what a value can be recognised by in running text. Parameters with the same pattern share one: an id that
one intent returns is the id that another takes.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum

from orchestrator_server.catalogue import Intent, Parameter
from orchestrator_server.embedded.words.dialling import is_dialled
from orchestrator_server.embedded.words.patterns import lazy

EMAIL = "emailtext"
DATE = "datetext"
LONG = "longtext"
_EMAIL = lazy(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
"""An email address."""
_DATE = lazy(r"\b\d{4}-\d{2}-\d{2}\b")
"""A date as ISO 8601 writes it."""
_PLAIN = ("something", "hello there")
_REASONS = frozenset({"why", "reason", "because", "cause"})


class Kind(Enum):
    """How a parameter's value is found in a message."""

    SHAPED = "shaped"
    NUMBER = "number"
    ENUM = "enum"
    BOOLEAN = "boolean"
    LONG = "long"
    NAME = "name"
    REASON = "reason"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A stretch of text that is a value: where it stands, its shape, and its canonical form."""

    start: int
    end: int
    shape: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What values of one pattern look like.

    `is_id` for those of letters and digits together, `is_dialled` for numbers of the kind that people dial.
    """

    pattern: str
    search: re.Pattern[str]
    is_id: bool
    is_dialled: bool
    example: str

    def find(self, text: str) -> Iterator[Value]:
        """Every value of this shape, however it is spelled (`a1042` for `A-1042`)."""
        for found in self.search.finditer(text):
            value = self._canonical(found)
            if value is not None and (not self.is_dialled or is_dialled(text, found.start(), found.end())):
                yield self._alone(Value(start=found.start(), end=found.end(), shape=self.pattern, text=value))

    def _alone(self, value: Value) -> Value:
        """The value without a bracket that opens before it, and without what stands behind a stroke."""
        said = value.text
        if said[:1] == "(" and ")" not in said and self.fits(said[1:]):
            return replace(value, start=value.start + 1, text=said[1:])
        end = said.find(" / ")
        is_spare = self.is_dialled and end > 0 and self.fits(said[:end])
        return replace(value, end=value.start + end, text=said[:end]) if is_spare else value

    def fits(self, said: str) -> bool:
        """Is it one of its values as it stands?"""
        return re.fullmatch(self.pattern, said) is not None

    def _canonical(self, found: re.Match[str]) -> str | None:
        if not self.is_id:
            value = found.group().strip()
        elif _is_apart(found):
            return None
        else:
            separators = re.findall(r"[A-Za-z]+|[0-9]+|[^A-Za-z0-9]+", self.example)
            groups = iter(found.groups())
            value = "".join(next(groups) if part[0].isalnum() else part for part in separators)
            value = value.upper() if self.example.isupper() or not re.search("[a-z]", self.example) else value
        return value if re.fullmatch(self.pattern, value) else None


def _is_apart(found: re.Match[str]) -> bool:
    """Are the letters and digits but neighbours ("a 1000 piece set") and no id?

    With a mere space between, an id has its letters in capitals, as many digits as the declared example, and nothing
    behind it that it could count.
    """
    said = found.group()
    if not re.search(r"[^\W\d_] \d", said):
        return False
    before, after = found.string[: found.start()], found.string[found.end() :]
    begins = re.search(r"(?:^|[.!?\n]\s*)$", before) is not None
    counts = re.match(r"\s(?!(?:and|or|is|has|was|please|pls|to|from|if|because|not|but|now|in|on|for)\b)[a-z]", after)
    return not said.lstrip("#")[0].isupper() or len(re.sub(r"\D", "", said)) < 4 or (begins and bool(counts))


def fits(parameter: Parameter, said: str) -> bool:
    """Can this be a value of `parameter`, as far as its pattern goes?"""
    return not parameter.pattern or re.fullmatch(parameter.pattern, said) is not None


def kind_of(parameter: Parameter) -> Kind:
    """How the value of `parameter` is found in a message."""
    plain = {"integer": Kind.NUMBER, "number": Kind.NUMBER, "enum": Kind.ENUM, "boolean": Kind.BOOLEAN}
    if parameter.kind != "string":
        return plain.get(parameter.kind, Kind.OTHER)
    if is_specific(parameter.pattern):
        return Kind.NUMBER if re.fullmatch(r"\d+", parameter.example) else Kind.SHAPED
    if _REASONS & set(re.findall("[a-z]+", f"{parameter.name} {parameter.description}".lower().replace("_", " "))):
        return Kind.REASON
    if re.search(r"\d", parameter.example) and " " in parameter.example:
        return Kind.LONG
    return Kind.NAME if parameter.is_required or parameter.example else Kind.OTHER


def is_specific(pattern: str) -> bool:
    """Does the pattern tell a value from ordinary words?"""
    try:
        return bool(pattern) and not any(re.fullmatch(pattern, probe) for probe in _PLAIN)
    except re.error:
        return False


def shapes_of(intents: Iterable[Intent]) -> tuple[Shape, ...]:
    """The shapes that the intents' parameters declare, ids first."""
    declared = {p.pattern: p for intent in intents for p in intent.askable if kind_of(p) is Kind.SHAPED}
    return tuple(sorted((_shape(p) for p in declared.values()), key=lambda shape: not shape.is_id))


def find_values(text: str, shapes: Iterable[Shape]) -> list[Value]:
    """Every value in `text`, the earlier kind winning where two overlap; in the order of the text."""
    taken = [Value(start=m.start(), end=m.end(), shape=EMAIL, text=m.group().lower()) for m in _EMAIL.finditer(text)]
    taken += _free(
        [Value(start=m.start(), end=m.end(), shape=DATE, text=m.group()) for m in _DATE.finditer(text)], taken
    )
    for shape in shapes:
        taken += _free(shape.find(text), taken)
    return sorted(taken, key=lambda value: value.start)


def _free(values: Iterable[Value], taken: list[Value]) -> list[Value]:
    return [v for v in values if all(v.end <= other.start or v.start >= other.end for other in taken)]


def _shape(parameter: Parameter) -> Shape:
    example = parameter.example
    is_id = bool(re.search("[A-Za-z]", example) and re.search("[0-9]", example) and " " not in example)
    body = _loose(example) if is_id else f"(?:{parameter.pattern})"
    return Shape(
        pattern=parameter.pattern,
        search=re.compile(rf"(?<![\w@-])#?{body}(?![\w@])(?!-\w)" if is_id else rf"(?<!\w){body}(?!\w)"),
        is_id=is_id,
        is_dialled=not is_id and is_dialled(f"= {example}", 2, len(example) + 2),
        example=example,
    )


def _loose(example: str) -> str:
    """An expression for ids built like `example`, with or without its separators, in any letter case."""
    parts = re.findall(r"[A-Za-z]+|[0-9]+|[^A-Za-z0-9]+", example)
    loose = {"letter": r"([A-Za-z]{%d})", "digit": r"([0-9]+)", "other": r"(?:\s?[-\u2013\u2014_/.#]\s?|\s?)"}
    return "".join(
        loose["letter"] % len(part) if part[0].isalpha() else loose["digit" if part[0].isdigit() else "other"]
        for part in parts
    )
