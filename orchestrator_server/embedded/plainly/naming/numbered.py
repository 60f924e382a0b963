"""Ids that are told behind what they belong to ("where is the rope? that is A-17"): they are put to it."""

import re

from orchestrator_server.embedded.clauses.sentences import STOPS
from orchestrator_server.embedded.declared.features import is_content
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.plainly.naming.masked import ENDS, masked
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, token_at

_TOLD = lazy(
    r"(?P<mark>[-,.?!;(]|(?<=[a-z])) ?(?P<joint>(?:- |and )?)(?P<told>(?:(?:that|it|this)(?: one)?|(?:the |its |my )?"
    r"(?:<t> )?(?:number|no|nr|ref|id|<t>)) (?:is|was|'s)(?: (?:number|no|nr|under|in|on|the))*(?: <t>)?"
    r"|<t>(?: number)?)"
    r" (?P<id><v>)(?P<close>(?: \))?)"
    r"(?= [-,.;!?\n]|$| (?:and|but|so|please|thanks|then|can|could|i|also)\b)"
)
_ASKED_OF = lazy(
    r"(?<=[a-z]) (?P<marks>(?:[?!.\n] )+)(?P<ids><v>(?: (?:(?:,|and|&|plus|or) )*<v>)+)(?=(?: please"
    r"| thanks)*(?: [.!?;\n]|$))"
)
"""Ids in a sentence of their own behind a question."""
_FEW = 2


def with_numbers(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """The tokens with each such id right behind the words before it, where several things are spoken of."""
    if len({token.value for token in tokens if token.shape in index.ids}) < _FEW:
        return tokens
    at = 0
    while (found := _TOLD.search(masked(tokens, index), at)) is not None:
        at = found.end()
        tokens = _put(tokens, found, index)
    return _with_all(tokens, index)


def _with_all(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """The tokens with the ids that stand alone behind a question without any within it."""
    found = _ASKED_OF.search(masked(tokens, index))
    if found is None or "?" not in found["marks"]:
        return tokens
    marks, first = token_at(found, "marks"), token_at(found, "ids")
    start = next((at + 1 for at in range(marks - 1, -1, -1) if tokens[at].norm in STOPS), 0)
    end = first + found["ids"].count(" ") + 1
    if any(token.shape for token in tokens[start:marks]):
        return tokens
    return (*tokens[:marks], *tokens[first:end], tokens[marks], *tokens[end:])


def _put(tokens: tuple[Token, ...], found: re.Match[str], index: Index) -> tuple[Token, ...]:
    """The tokens with the id where the words that told it began, if nothing there has one of its own."""
    mark = token_at(found, "mark") if found["mark"] else token_at(found, "told")
    number, end = token_at(found, "id"), token_at(found, "id") + 1 + bool(found["close"])
    start = next((at + 1 for at in range(mark - 1, -1, -1) if tokens[at].norm in ENDS), 0)
    before = tokens[start:mark]
    is_only_noun = found["told"].startswith("<t>") and found["mark"] != ","
    if is_only_noun or any(token.shape for token in before) or not any(is_content(token) for token in before):
        return tokens
    asks = tokens[mark : mark + 1] if found["mark"] in ("?", "!", ".") else ()
    return (*tokens[:mark], tokens[number], *asks, *tokens[end:])
