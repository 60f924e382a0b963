"""Things of one list said together, or by the list: "neither a key nor a map is in it" is "a key is not in it and ...".

What is denied of the one or the other is denied of both: "it does not contain a key or a map".
"""

from collections.abc import Sequence

from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, new_word, norms

_ENDS = r"(?:and|or|nor|but|in|is|are|has|not|no)\b"
_NAME = rf"(?!(?:it|they|that|this|of)\b)[^\W\d_][\w'&-]*(?: (?!{_ENDS})[\w'&-]+){{0,4}}?"
_IN = r"(?:in|inside|part of|among|amongst|on)"
_HOLDER = r"(?:it|that|this|the \w+(?: <v>)?|that \w+|<v>|\w+ <v>)"
_HOLDS = r"(?:has|have|had|contains?|contained|includes?|included|holds?)(?: got)?"
_HINTS = ("neither ", "both ", "either ", " but no", "but without ", " or ", " nor ", " no ", " and ", "plus ",
          " as well as ", " of the ", " of its ", " of all ")  # fmt: skip
_PATTERNS = (
    lazy(
        rf"(?:is |are )?(?P<how>neither|both|either) (?P<one>{_NAME}) (?P<joint>nor|and|or) (?P<two>{_NAME})"
        rf" (?:is |are |was |were )?(?P<no>not )?{_IN} (?P<where>{_HOLDER})"
    ),
    lazy(
        rf"(?P<where>{_HOLDER}) {_HOLDS} (?P<how>neither|both|either) (?P<one>{_NAME}) (?P<joint>nor|and|or)"
        rf" (?P<two>{_NAME})(?: (?:in|inside) (?:it|there))?"
    ),
    lazy(
        rf"(?P<where>{_HOLDER}) {_HOLDS} (?P<one>{_NAME}) (?P<joint>but|and)"
        r" (?P<how>no|not|without|lacks)"
        rf" (?P<two>{_NAME})(?: (?:in|inside) (?:it|there))?"
    ),
    lazy(
        rf"there (?:is|are) (?P<how>neither|both|either) (?P<one>{_NAME}) (?P<joint>nor|and|or) (?P<two>{_NAME})"
        rf" {_IN} (?P<where>{_HOLDER})"
    ),
    lazy(
        rf"(?P<where>{_HOLDER}) (?:does|did|do|has|have|had) (?P<no>not)"
        rf" (?:contain|include|hold|have|has|had|got)(?: got)? (?:either )?(?P<one>{_NAME}) (?P<joint>or|nor)"
        rf" (?P<two>{_NAME})(?: (?:in|inside) (?:it|there))?"
    ),
    lazy(
        rf"(?P<where>{_HOLDER}) {_HOLDS} (?P<no>no) (?P<one>{_NAME}) (?P<joint>or|nor|and(?= no )) (?:no )?"
        rf"(?P<two>{_NAME})(?: (?:in|inside) (?:it|there))?"
    ),
    lazy(
        rf"there (?:is|are) (?P<no>no|not(?: any| either)?) (?P<one>{_NAME}) (?P<joint>or|nor|and(?= no )) (?:no )?"
        rf"(?P<two>{_NAME}) {_IN} (?P<where>{_HOLDER})"
    ),
    lazy(
        rf"there (?:is|are) (?!no\b|not\b|any\b)(?P<one>{_NAME}) (?P<joint>but) (?:no|not) (?P<two>{_NAME})"
        rf" {_IN} (?P<where>{_HOLDER})"
    ),
    lazy(
        rf"(?:there (?:is|are) )(?!no\b|not\b|any\b)(?P<one>{_NAME}) (?P<joint>and|or|as well as|plus) (?!no\b|not\b)"
        rf"(?P<two>{_NAME}) {_IN} (?P<where>{_HOLDER})"
    ),
    lazy(
        rf"(?P<where>{_HOLDER}) {_HOLDS} (?P<one>{_NAME}) (?P<joint>as well as|plus|and|or) (?!no\b|not\b)"
        rf"(?P<two>{_NAME}) (?:in|inside) (?:it|there)"
    ),
    lazy(
        r"(?P<how>(?:at least )?one|any|none) of (?:the|its|all) (?:things?|items?|articles?|products?|goods|pieces)"
        rf" (?:in|of|on|inside|from) (?P<where>{_HOLDER}) (?:is|are|was|were) (?:called )?(?P<one>{_NAME})"
    ),
    lazy(rf"(?P<where>{_HOLDER}) (?:contains?|contained|includes?|included) (?P<no>no) (?P<one>{_NAME})"),
)  # fmt: skip


def with_items_apart(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Each thing with words of its own; where the condition says nothing of the kind, the same."""
    text = norms(tokens)
    if not any(hint in text for hint in _HINTS):
        return tokens
    found = next((match for pattern in _PATTERNS if (match := pattern.fullmatch(text))), None)
    if found is None:
        return tokens

    def said(group: str) -> Sequence[Token]:
        first = text[: found.start(group)].count(" ")
        return tokens[first : first + found[group].count(" ") + 1]

    groups = found.groupdict()
    how = groups.get("how") or ""
    is_but = groups.get("joint") == "but" or how in ("no", "not", "without", "lacks")
    denied = how in ("neither", "none") or bool(groups.get("no"))
    one = _in(said("one"), said("where"), not denied or is_but)
    if "two" not in groups:
        return one
    two = _in(said("two"), said("where"), not (denied or is_but))
    is_either = not denied and (how == "either" or groups["joint"] == "or")
    return (*one, new_word("or" if is_either else "and", tokens[0]), *two)


def _in(thing: Sequence[Token], where: Sequence[Token], holds: bool) -> tuple[Token, ...]:
    words = ("is", "in") if holds else ("is", "not", "in")
    return (*thing, *(new_word(word, thing[-1]) for word in words), *where)
