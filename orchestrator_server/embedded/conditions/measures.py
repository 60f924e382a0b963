"""Tests of money, numbers and counts. Each gives nothing where the words say nothing of the kind."""

import re
from collections.abc import Iterator, Sequence

from orchestrator_server.embedded.conditions.facts import Test, Words, compared, covered, heading_of, named, present
from orchestrator_server.embedded.conditions.quantities import (
    AMOUNT,
    BETWEEN,
    COMPARE,
    LATE_TAIL,
    NUMBER,
    TAIL,
    count_of,
    number_of,
    operator_of,
)
from orchestrator_server.embedded.declared.fields import Field
from orchestrator_server.embedded.words.english import COSTING, stem
from orchestrator_server.embedded.words.patterns import lazy

_COSTING = frozenset(stem(word) for word in COSTING)
_MONEY = lazy(rf"(?<![\w.])(?:{COMPARE} )?{AMOUNT}{TAIL}(?! ?%)")
_BETWEEN = lazy(rf"\b(?P<outside>outside (?:of )?)?{BETWEEN}")
_NUMBER = lazy(rf"(?:\b{COMPARE} )?(?<![\w.,])(?P<number>{NUMBER}){TAIL}(?: of (?:them|those))?")
_UNIT = lazy(r"^ (?:minute|hour|day|week|month|year|fortnight|percent|cent)s?\b")
_PIECES = lazy(r"(?:no )?fewer than (?!.*[€$£])\d+(?:[.,]\d+)*$")
"""What is counted and has no price."""
_HOLDING = lazy(r"\b(?:have|has|got|reach|reached|hit|enough|earned|collected|there are)\b")
_REACHED = lazy(r"\b(?:reach(?:es|ed)?|hits?|g[eo]ts? to|ma[dk]e it to) $")
"""What stands before an amount that is the least."""
_WANTED = lazy(r"\b(?:i|we) (?:still )?(?:need|want|lack|miss|wish|lost|spent|used)\b")
"""How many somebody would like to have, or has no more."""
_ANY = lazy(r"\b(?:have|has|got|are|is|left with) (?:still |got )?(?P<word>no|any|zero|some) ")


def money(words: Words, fields: Sequence[Field]) -> Iterator[Test]:
    """What something costs. A lone number is money where the words speak of money, or of a thing that has a price."""
    amounts = [field for field in fields if field.kind == "money"]
    costing = frozenset(at for at, said in enumerate(words.stems) if said in _COSTING)
    for field in sorted(amounts, key=lambda f: -len(named(words, f.names))):
        told = covered(words, field.names) | costing
        for found in _BETWEEN.finditer(words.text):
            if told or found["one"] or found["three"] or words.is_near:
                yield _between(words, field, found, told)
        for found in _MONEY.finditer(words.text):
            if _UNIT.match(words.text[found.end("number") :]) or _PIECES.match(found.group()):
                continue
            is_money = bool(found["before"] or found["after"])
            is_bare = bool(words.is_near and operator_of(found) and not _counts(words.text[found.end() :]))
            if is_money or told or is_bare:
                yield _priced(words, field, found, told, 3 if is_money or told else 1)


def number(words: Words, fields: Sequence[Field]) -> Iterator[Test]:
    """How many a field counts, where the words name it; a lone number where nothing else can be meant."""
    integers = [field for field in fields if field.kind == "integer" and "day" not in field.stems]
    if _WANTED.search(words.text):
        return
    is_lone = words.is_near and len(integers) == 1 and not any(f.kind in ("money", "list") for f in fields)
    for field in integers:
        told = covered(words, field.names)
        yield from _numbers_between(words, field, told, is_lone=is_lone)
        yield from _whether_any(words, field, told)
        for found in _NUMBER.finditer(words.text):
            if _UNIT.match(words.text[found.end("number") :]) or not (told or is_lone):
                continue
            late = LATE_TAIL.match(words.text, found.end())
            operator = operator_of(late or found) or (">=" if _HOLDING.search(words.text) else "==" if told else None)
            if operator == ">=" and found["number"] == "0" and operator_of(late or found) is None:
                operator = "=="  # "if I have none left" is true of none only
            if operator:
                places = words.places(found) | (words.places(late) if late else frozenset()) | told
                yield _numbered(words, f"@{field.path}", operator, str(count_of(found["number"])), found, places)


def _numbers_between(words: Words, field: Field, told: frozenset[int], *, is_lone: bool) -> Iterator[Test]:
    """From the one number to the other, both of them included."""
    found = _BETWEEN.search(words.text) if told or is_lone else None
    if found is None or found["one"] or found["three"]:
        return
    low, high, value = count_of(found["low"]), count_of(found["high"]), f"@{field.path}"
    within, beyond = f"{value} >= {low} && {value} <= {high}", f"({value} < {low} || {value} > {high})"
    yield Test(
        positive=beyond if found["outside"] else within,
        negative=within if found["outside"] else beyond,
        used=words.places(found) | told,
        value=words.places(found),
        heading="between",
    )


def _whether_any(words: Words, field: Field, told: frozenset[int]) -> Iterator[Test]:
    """ "I have no pages left", "I have any pages at all": none, or some."""
    found = _ANY.search(words.text)
    noun = min(told, default=-1)
    if found is None or words.text[: found.end()].count(" ") not in (noun, noun - 1):
        return
    none, some = f"@{field.path} == 0", f"@{field.path} > 0"
    left = frozenset(at for at, norm in enumerate(words.norms) if norm in ("left", "remaining", "over"))
    is_none = found["word"] in ("no", "zero")
    yield Test(
        positive=none if is_none else some,
        negative=some if is_none else none,
        used=words.places(found) | told | left,
        value=words.places(found, "word"),
    )


def _numbered(
    words: Words, value: str, operator: str, limit: str, found: re.Match[str], told: frozenset[int], quality: int = 3
) -> Test:
    positive, negative = compared(value, operator, limit)
    enough = frozenset(at for at, norm in enumerate(words.norms) if norm == "enough")
    return Test(
        positive=positive,
        negative=negative,
        used=words.places(found) | told | enough,
        value=words.places(found),
        heading=heading_of(operator),
        quality=quality,
    )


def _priced(words: Words, field: Field, found: re.Match[str], told: frozenset[int], quality: int) -> Test:
    reached = None if operator_of(found) else _REACHED.search(words.text[: found.start()])
    operator, limit = operator_of(found) or (">=" if reached else "=="), str(number_of(found["number"]))
    positive, negative = compared(f"money(@{field.path})", operator, limit, guard=present(field))
    return Test(
        positive=positive,
        negative=negative,
        used=words.places(found) | told | (words.places(reached) if reached else frozenset()),
        quality=quality,
        value=words.places(found),
        heading=heading_of(operator),
    )


def _between(words: Words, field: Field, found: re.Match[str], told: frozenset[int]) -> Test:
    """From the one to the other, both of them included; "outside of" is the opposite."""
    low, high = number_of(found["low"]), number_of(found["high"])
    guard, value = present(field), f"money(@{field.path})"
    within = f"{guard}{value} >= {low} && {value} <= {high}"
    beyond = f"{guard}({value} < {low} || {value} > {high})"
    return Test(
        positive=beyond if found["outside"] else within,
        negative=within if found["outside"] else beyond,
        used=words.places(found) | told,
        value=words.places(found),
        heading="between",
    )


def _counts(following: str) -> bool:
    """Does a noun follow, so that the number counts something?"""
    said = re.match(r" (?P<word>[a-z]+)", following)
    return said is not None and said["word"] not in ("in", "all", "so", "then", "altogether", "total", "and", "or")
