"""Tells values of digits alone, such as numbers that people dial, from dates, amounts, ranges and other long numbers.

The pattern that a parameter declares is loose; how many digits its example has, and what stands around a candidate,
tell the rest. Nothing is ever cut: what goes on behind the match ("ext 5") is no value, so that it is asked about.
"""

import re

from orchestrator_server.embedded.words.patterns import lazy

_NO_VALUE = lazy(
    r"""\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})      # a date
    | \d{4}[./-]\d{1,2}[./-]\d{1,2}                   # a date, the year first
    | (?:19|20)\d\d\s?[-/]\s?(?:19|20)?\d\d           # years
    | \d{1,3}(?:[ .]\d{3})*[.]\d{2}                   # an amount
    | \d{1,3}\.\d{3,}[ ]\d{1,3}\.\d{3,}               # a place on the globe
    | (?:1\d\d|2[0-5]\d|[1-9]\d|\d)(?:\.(?:1\d\d|2[0-5]\d|[1-9]\d|\d)){3}   # an address of a machine
    | 97[89][ -]?\d[\d -]{8,}                         # a book
    """,
    re.VERBOSE,
)
_POSTCODE = lazy(r"\d{5}-\d{3,4}|\d{4}-\d{3}|\d{3}-\d{4}|\d{3} \d{2,3}|\d{4,6}")
_EXTENDED = lazy(r"\s*[,;(]?\s*(?:ext|extn|extension|x|dw|durchwahl|poste)\.?\s*:?\s*\d|\s*[#*]\s?\d", re.I)
"""What follows a number that has an extension."""
_UNIT = lazy(r"\s?(?:€|\$|£|%|(?:g|kg|mg|ml|cl|l|km|cm|mm|m|eur|euros?|dollars?|usd|gbp|pounds?)\b)", re.I)
"""What follows a number that measures."""
_LED_TO = lazy(r"(?:^|[:=(\n]|\b(?:to|is|are|as|on|at|now|use|be))\s*$", re.I)
"""What stands before a value."""
_SURE = 7
"""From so many digits on a number is taken wherever it stands; shorter ones only right after "to", "is" or ":"."""
_MOST, _MOST_LOCAL = 15, 12


def is_dialled(text: str, start: int, end: int) -> bool:
    """Is the stretch from `start` to `end` a whole number of the kind that people dial?"""
    said = text[start:end]
    digits = len(re.sub(r"\D", "", said))
    if _NO_VALUE.fullmatch(said) or _EXTENDED.match(text, end) or _UNIT.match(text, end):
        return False
    if start and (text[start - 1] in "#€$£" or re.search(r"[€$£]\s$", text[:start])):
        return False
    is_abroad = said.startswith(("+", "00"))
    if digits > (_MOST if is_abroad or said.startswith("0") else _MOST_LOCAL):
        return False
    return digits >= _SURE or _LED_TO.search(text[:start]) is not None


def may_be_postcode(said: str) -> bool:
    """Has the value the form of a postal code, so that it may be a part of something longer?"""
    return _POSTCODE.fullmatch(said) is not None
