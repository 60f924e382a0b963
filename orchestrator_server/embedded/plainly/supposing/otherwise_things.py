"""Another thing for the other case, with no verb of its own: "book me a room if I am early, otherwise just a bed"."""

import re
from functools import lru_cache

from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.words.text import Token, new_word, norms

_COUNT = r"(?:an?|one|\d+)"
_TOLD = r"(?:is|are|was|were|has|have|will|would|can|should|must|it|i|we|you|if|when|more|less|fewer)"


def with_verbs(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """The tokens with the verb of the first thing before the other."""
    text = norms(tokens)
    found = _pattern(index).search(text) if "otherwise" in text or " else" in text or "if not" in text else None
    if found is None:
        return tokens
    first = text[: found.start("do")].count(" ")
    at = text[: found.end()].count(" ") + 1
    said = [new_word(token.norm, tokens[at]) for token in tokens[first : first + len(found["do"].split())]]
    ahead = at - found["small"].count(" ")
    return (*tokens[:ahead], *said, *tokens[at:])


@lru_cache(maxsize=16)
def _pattern(index: Index) -> re.Pattern[str]:
    acts = "|".join(sorted(map(re.escape, index.effect_verbs), key=len, reverse=True))
    return re.compile(
        rf"\b(?P<do>(?:{acts})(?: me| us)?) {_COUNT} [^.!?;\n]*?(?: [,;.])*(?: or| and| but)?"
        r" (?:otherwise|else|if not)(?P<small>(?: (?:,|just|only|simply|maybe|then))*)"
        rf"(?= {_COUNT} (?!(?:[^\s.,;!?]+ )*{_TOLD}\b)(?:[a-z][\w'&-]*(?: |$)){{1,5}}(?:please\b|[.,;!?]|$))"
    )
