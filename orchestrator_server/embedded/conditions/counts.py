"""Tests of lists: how many things they hold, and of which kind."""

import re
from collections.abc import Iterator, Sequence

from orchestrator_server.embedded.conditions.facts import Test, Words, compared, heading_of, named
from orchestrator_server.embedded.conditions.quantities import COMPARE, LATE_TAIL, TAIL, count_of, operator_of
from orchestrator_server.embedded.declared.fields import Field, Name
from orchestrator_server.embedded.words.english import stem, words
from orchestrator_server.embedded.words.patterns import lazy

_MOST_SUMMED = 8
"""A sum of quantities is written out element by element, so only small ones are."""
_SEVERAL = "several|multiple|many|some|a few|plenty of"
_COUNT = lazy(
    rf"(?:\b(?:{COMPARE}|(?P<only>(?:my|the) only)) )?\b(?P<number>\d+(?:[.,]\d+)*|any|no(?! one\b)|(?:a |one "
    rf"|the )?single(?: one)?|just one|one|an?"
    rf"|{_SEVERAL}){TAIL}"
    r"(?P<rest>(?: (?:in|of|my|the|other|such|different|distinct|single))*(?: [a-z]+){0,3})"
)
_ONLY = lazy(r"\b(?P<only>(?:my|the|your) (?:one and )?only) (?P<rest>[a-z]+(?: [a-z]+){0,2})")
_HOLDING = words("contain contains contained include includes included consists comprises holds hold has")
_KINDS = frozenset(["different", "distinct"])
"""What says that kinds of things are counted, and no pieces."""
_THINGS = frozenset(stem(word) for word in ("thing", "things", "pieces", "pieces"))


def count(words: Words, fields: Sequence[Field]) -> Iterator[Test]:
    """How many things a list holds: pieces, where its elements count pieces."""
    for field in fields:
        if field.kind == "list":
            for found in (*_ONLY.finditer(words.text), *_COUNT.finditer(words.text)):
                yield from _sized(words, field, found)


def _sized(words: Words, field: Field, found: re.Match[str]) -> Iterator[Test]:
    places = words.places(found)
    rest = words.places(found, "rest")
    own = _noun(words, field, rest)
    if not own:
        return
    listed, used = f"@{field.path}", (places - rest) | own | _holding(words)
    states = _states(words, field)
    for path, constant, said in states:
        listed = f"{listed}.filter(x, x{path} == {constant})"
        used |= said
    late = LATE_TAIL.match(words.text, found.start("rest")) if found["rest"] else None
    operator, number = _comparison(found, late)
    used |= words.places(late) if late else frozenset()
    kinds = frozenset(at for at in rest if words.norms[at] in _KINDS)
    used |= kinds
    if states or kinds or (quantity := _quantity(field)) is None:
        positive, negative = compared(f"size({listed})", operator, str(number))
    else:
        positive, negative = _summed(listed, quantity, operator, number)
    value = words.places(found, "number") if "number" in found.groupdict() else frozenset()
    yield Test(positive=positive, negative=negative, used=used, value=value, heading=heading_of(operator))


def _noun(words: Words, field: Field, rest: frozenset[int]) -> frozenset[int]:
    """The places of the words for what the list holds, among those that follow the number."""
    names = [*field.names, Name(words=(field.element_name.lower(),), stems=(stem(field.element_name.lower()),))]
    own = named(words, names)
    own = frozenset() if own and all(words.norms[at].endswith("ed") for at in own) else own
    things = frozenset(at for at in rest if words.stems[at] in _THINGS) or _inside(words, field, rest)
    return own if own and own <= rest else things


def _inside(words: Words, field: Field, rest: frozenset[int]) -> frozenset[int]:
    """ "Fewer than 3 in there": what is in the one thing that is spoken of."""
    said = " ".join(words.norms[at] for at in sorted(rest))
    is_told = words.is_near and re.search(r"\bthere (?:is|are|was|were) (?!(?:1|one)\b)", words.text) is not None
    return rest if is_told and _quantity(field) and re.fullmatch(r"in (?:it|there|that|this)", said) else frozenset()


def _holding(words: Words) -> frozenset[int]:
    """The places of the verbs by which something has parts."""
    return frozenset(at for at, norm in enumerate(words.norms) if norm in _HOLDING)


def _states(words: Words, field: Field) -> list[tuple[str, str, frozenset[int]]]:
    found = []
    for element in field.elements:
        said = [(named(words, constant.names), constant) for constant in element.constants]
        places, constant = max(said, key=lambda one: len(one[0]), default=(frozenset(), None))
        if places and constant is not None:
            found.append((element.path, constant.name, places))
    return found


def _comparison(found: re.Match[str], late: re.Match[str] | None) -> tuple[str, int]:
    groups = found.groupdict()
    said = groups.get("number") or ""
    if groups.get("only"):
        return "==", 1
    if said[:1].isdigit():
        return (operator_of(late) if late else None) or operator_of(found) or "==", count_of(said)
    if re.fullmatch(_SEVERAL, said):
        return (">", 0) if said == "some" else (">", 1)
    if said == "no":
        return "==", 0
    is_one = said == "one" or "single" in said
    operator = operator_of(found)
    if operator or is_one:
        return operator or "==", 1
    return ">", 0


def _quantity(field: Field) -> Field | None:
    """The field in which an element says how many pieces it stands for."""
    whole = (f for f in field.elements if f.kind == "integer" and f.path.count(".") == 1)
    return next((f for f in whole if {"quantity", "count", "pieces", "copies"} & set(f.name.split("_"))), None)


def _summed(listed: str, quantity: Field, operator: str, number: int) -> tuple[str, str]:
    """All pieces together. Each element is at least one, so the first `number` elements and their count tell."""
    most = number + 1
    if most > _MOST_SUMMED:
        return compared(f"size({listed})", operator, str(number))
    parts = [f"(size({listed}) > {at} ? {listed}[{at}]{quantity.path} : 0)" for at in range(most)]
    return compared(" + ".join(parts) if len(parts) == 1 else f"({' + '.join(parts)})", operator, str(number))
