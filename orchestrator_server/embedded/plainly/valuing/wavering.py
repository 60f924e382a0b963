"""Values between which somebody wavers ("3 or maybe 5", "X. Or was it Y?"): put plainly as "X or Y"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from orchestrator_server.embedded.words.english import CURRENCIES, TIME_UNITS
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import LONG
from orchestrator_server.embedded.words.text import Token, norms

_MARK = r"(?:[-,.;:?!(] )"
_HEDGE = (
    r"(?:(?:maybe|perhaps|possibly|probably|even|either|it|that|this|the|is|was|could|might|should|be|have|been|to"
    r"|at|on"
    r"|for|from|of|number|please|do|i|mean|as well) )"
)
_OR = lazy(
    rf" (?P<gap>{_MARK}*(?:please {_MARK}*)?(?:(?:hm+|hmm|ah|uh) {_MARK}*)?or (?:{_MARK}|{_HEDGE})*)(?P<new><v>"
    rf"|\d+)(?= |$)"
)
_MAYBE = lazy(rf" (?P<gap>{_MARK}+(?:or )?(?:maybe|perhaps|possibly) (?:{_MARK}|{_HEDGE})*)(?P<new><v>|\d+)(?= |$)")
_BETWEEN = lazy(r"(?:^| )(?P<frame>between )(?P<low>\d+) (?P<joint>and )(?P<high>\d+) (?P<what>[a-z]+)")
_ONE_OF = lazy(
    r"(?:^|(?<!middle)(?<!first)(?<!last)(?<!second)(?<!third) )"
    r"(?P<frame>(?:1|one|either|only one|just one) (?:of )?(?:(?:these|those|the 2"
    r"|them) )?(?:: )?)<v> (?P<joint>and|&|,) <v>"
)
_HOUSE = lazy(r"(?:^| )(?:(?:number|no|nr) )?\d+ or (?:(?:number|no|nr) )?$")
"""A part of a value before the value itself ("4 or 6 Hill Street")."""
_HERE_OR = lazy(r"\b(?:me|us|home|work|(?:my|our|the|his|her|their) [a-z]+) or (?:to |at )?$")
_OR_ELSEWHERE = lazy(
    r"(?: ,)? or (?:(?:maybe|perhaps|rather|else) )?(?:to |at )?(?:my|our|the|his|her|their|another|some) [a-z]+"
)
_CONDITION = lazy(r"\b(?:if|unless|when|whether|should|in case|provided|as long as)\b")


def plainly_torn(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens with nothing but "or" between two values of one kind of which only one is meant."""
    found = tuple(tokens)
    text = norms(found)
    if not any(word in text for word in (" or ", "maybe", "perhaps", "between", "one of", "1 of", "one :", "either")):
        return found
    for pattern in (_OR, _MAYBE):
        at = 0
        while (said := pattern.search(norms(found), at)) is not None:
            joined = _joined(found, said)
            at = said.end("gap") if joined is None else said.start() + 1
            found = joined or found
    return _of_two(_counted(_placeless(found)))


def _of_two(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """With "A or B" for "one of A and B"."""
    said = _ONE_OF.search(norms(tokens))
    if said is None:
        return tokens
    frame, joint = _place(said, "frame"), _place(said, "joint")
    return (*tokens[:frame], *tokens[joint - 1 : joint], _or(tokens[joint]), *tokens[joint + 1 :])


def _placeless(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Without a long value of which only a part is sure, or beside which another place is as good."""
    return tuple(token for at, token in enumerate(tokens) if not (token.shape == LONG and _is_open(tokens, at)))


def _is_open(tokens: tuple[Token, ...], at: int) -> bool:
    before, after = norms(tokens[max(0, at - 5) : at]) + " ", " " + norms(tokens[at + 1 : at + 8])
    return any(pattern.search(before) for pattern in (_HOUSE, _HERE_OR)) or _OR_ELSEWHERE.match(after) is not None


def _or(token: Token) -> Token:
    return replace(token, norm="or", stem="or")


def _joined(tokens: tuple[Token, ...], said: re.Match[str]) -> tuple[Token, ...] | None:
    first, last = _place(said, "gap"), _place(said, "new")
    one, other = tokens[first - 1] if first else None, tokens[last]
    if one is None or not _is_same_kind(one, other):
        return None
    joint = next((token for token in tokens[first:last] if token.norm == "or"), None) or tokens[first]
    rest = list(tokens[last:])
    if len(rest) > 1 and rest[1].norm == "?" and any(token.norm == "was" for token in tokens[first:last]):
        rest[1] = replace(rest[1], norm=".", stem=".")
    return (*tokens[:first], _or(joint), *rest)


def _is_same_kind(one: Token, other: Token) -> bool:
    if one.shape or other.shape:
        return one.shape == other.shape and one.value != other.value
    return one.norm.isdigit() and other.norm.isdigit() and one.norm != other.norm


def _counted(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """With "4 or 6 things" for "between 4 and 6 things", where it is no condition and no time."""
    text = norms(tokens)
    said = _BETWEEN.search(text)
    if said is None or said["what"] in TIME_UNITS | CURRENCIES or _CONDITION.search(text):
        return tokens
    frame, joint = _place(said, "frame"), _place(said, "joint")
    return (*tokens[:frame], *tokens[frame + 1 : joint], _or(tokens[joint]), *tokens[joint + 1 :])


def _place(said: re.Match[str], group: str) -> int:
    return said.string.count(" ", 0, said.start(group))
