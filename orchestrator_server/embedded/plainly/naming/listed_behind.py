"""Things picked by their place out of ids that follow ("the second of these: A-1, A-2, A-3"): the ids are put there."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.plainly.naming.masked import masked
from orchestrator_server.embedded.plainly.naming.pointed_out import NTH, index_of
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, new_word, token_at

_PICK = (
    rf"(?P<pick>the (?:very )?(?:(?P<edge>first|last|final) (?P<count>[2-9])(?: ones?| <t>)?"
    rf"|(?P<one>{NTH})(?: one| <t>)?(?: (?:and|&) (?:the )?(?P<two>{NTH})(?: ones?| <t>)?)?)) "
)
_LIST = r"(?P<list><v>(?: (?:(?:,|and|or|plus|&) )*<v>)+)"
_OF = r"(?:of|in|from|among|out of)"
_THESE = r"(?:(?:these|those|them|the|my|following|all|\d|<t>|here|below|ids|list) ?)+"
_RIGHT_BEHIND = lazy(rf"\b{_PICK}{_OF} (?:(?:these|those|the|my|all|\d|<t>|:) )*{_LIST}(?: \))?")
_BEHIND_A_COLON = lazy(
    rf"\b{_PICK}{_OF} {_THESE}(?P<rest>(?: ?(?!if\b|when\b|unless\b|but\b)[^.:;?!\n<]+?)?) ?(?P<mark>:|\(|-|,) {_LIST}"
    r"(?P<close>(?: \))?)"
)


def with_picked(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """The tokens with the ids in the place of such words, and without the list that they are picked from."""
    if sum(token.shape in index.ids for token in tokens) < 2:
        return tokens
    text = masked(tokens, index)
    if " of " not in text and " from " not in text and " in " not in text:
        return tokens
    if (found := _RIGHT_BEHIND.search(text)) is not None:
        return _put(tokens, found, index, text.count(" ", 0, found.end()) + 1)
    if (found := _BEHIND_A_COLON.search(text)) is not None and "<v>" not in text[: found.start()]:
        return _put(tokens, found, index, token_at(found, "mark") - len(found["rest"].split()))
    return tokens


def _put(tokens: tuple[Token, ...], found: re.Match[str], index: Index, end: int) -> tuple[Token, ...]:
    first, at = token_at(found, "pick"), token_at(found, "list")
    listed = [token for token in tokens[at : at + found["list"].count(" ") + 1] if token.shape in index.ids]
    picked = _picked(listed, found)
    behind = found.string.count(" ", 0, found.end()) + 1
    kept = tokens[end : token_at(found, "mark")] if end < at else ()
    return (*tokens[:first], *_side_by_side(picked, tokens[first]), *kept, *tokens[behind:]) if picked else tokens


def _picked(listed: Sequence[Token], found: re.Match[str]) -> Sequence[Token]:
    if found["edge"]:
        many = int(found["count"])
        return (listed[:many] if found["edge"] == "first" else listed[-many:]) if many < len(listed) else ()
    places = [index_of(found[group], len(listed)) for group in ("one", "two") if found[group]]
    return [listed[at] for at in places if at is not None] if None not in places else ()


def _side_by_side(picked: Sequence[Token], at: Token) -> Iterator[Token]:
    for number, token in enumerate(picked):
        if number:
            yield new_word("and", at)
        yield replace(token, start=at.start, end=at.end)
