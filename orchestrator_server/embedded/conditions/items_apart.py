"""Two things of one list said together: "neither a key nor a map is in it" is "a key is not in it and ..."."""

from collections.abc import Sequence

from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, new_word, norms

_ENDS = r"(?:and|or|nor|but|in|is|are|has|not|no)\b"
_NAME = rf"(?!(?:it|they|that|this|of)\b)[^\W\d_][\w'&-]*(?: (?!{_ENDS})[\w'&-]+){{0,4}}?"
_IN = r"(?:in|inside|part of|among|amongst|on)"
_HOLDER = r"(?:it|that|this|the \w+(?: <v>)?|that \w+|<v>|\w+ <v>)"
_HOLDS = r"(?:has|have|had|contains?|contained|includes?|included|holds?)(?: got)?"
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
        rf"(?P<where>{_HOLDER}) {_HOLDS} (?P<one>{_NAME}) (?P<joint>but) (?P<how>no|not|without|lacks)"
        rf" (?P<two>{_NAME})(?: (?:in|inside) (?:it|there))?"
    ),
    lazy(
        rf"(?:there (?:is|are) )(?P<how>neither|both|either) (?P<one>{_NAME}) (?P<joint>nor|and|or) (?P<two>{_NAME})"
        rf" {_IN} (?P<where>{_HOLDER})"
    ),
)  # fmt: skip


def with_items_apart(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Each thing with words of its own; where the condition says nothing of the kind, the same."""
    text = norms(tokens)
    if not any(hint in text for hint in ("neither ", "both ", "either ", "but no ", "but not ", "but without ")):
        return tokens
    found = next((match for pattern in _PATTERNS if (match := pattern.fullmatch(text))), None)
    if found is None:
        return tokens

    def said(group: str) -> Sequence[Token]:
        first = text[: found.start(group)].count(" ")
        return tokens[first : first + found[group].count(" ") + 1]

    is_but = found["joint"] == "but"
    denied = found["how"] == "neither" or bool(found.groupdict().get("no"))
    one = _in(said("one"), said("where"), not denied or is_but)
    two = _in(said("two"), said("where"), not (denied or is_but))
    is_either = found["how"] == "either" and not denied
    return (*one, new_word("or" if is_either else "and", tokens[0]), *two)


def _in(thing: Sequence[Token], where: Sequence[Token], holds: bool) -> tuple[Token, ...]:
    words = ("is", "in") if holds else ("is", "not", "in")
    return (*thing, *(new_word(word, thing[-1]) for word in words), *where)
