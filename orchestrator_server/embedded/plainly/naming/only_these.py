"""Effects upon "only A-17", where no other thing was named: the word limits nothing, and is left out."""

from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.plainly.naming.masked import masked
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, token_at

_MUST = r"(?:should|must|shall|can|may|has to|have to|needs? to|(?:is|are) to)"
_ONLY = lazy(
    r"(?:^|[-.!?;:\n,] )(?:(?:please|so|and|but|,) )*(?P<only>(?:only|just)) (?:(?:the|my|number|<t>) )*<v>"
    rf"(?: (?:and|,) <v>)* {_MUST} (?:be|go|come|get)\b"
)


def without_only(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """The tokens without such a word."""
    if not index.names_id(tokens):
        return tokens
    text = masked(tokens, index)
    found = _ONLY.search(text) if "only " in text or "just " in text else None
    if found is None or "<v>" in text[: found.start("only")]:
        return tokens
    at = token_at(found, "only")
    return (*tokens[:at], *tokens[at + 1 :])
