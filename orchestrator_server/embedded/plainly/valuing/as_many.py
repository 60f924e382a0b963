"""As many of one thing as of another ("3 maps and the same number of keys"): the number is said again."""

from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, new_word, norms, token_at

_AS_MANY = lazy(
    r"\b(?P<many>\d+) (?:x )?(?:(?!\d)[a-z'-]+ ){1,4}?(?:(?:[,;.]|and|plus|with|or) )+"
    r"(?P<frame>(?:(?:the |that )?same (?:number|amount|quantity|count) of|(?:just |exactly )?as many)(?: of)?"
    r"|(?:the )?same (?:for|with|goes for|again for))"
    r"(?: the)? (?!as\b|of\b|in\b|for\b|me\b|it\b|that\b|this\b|my\b)[a-z]"
)


def with_numbers_again(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens with the number of the one in front of the other."""
    text = norms(tokens)
    found = _AS_MANY.search(text) if "same " in text or "as many" in text else None
    if found is None:
        return tokens
    first = token_at(found, "frame")
    end = first + found["frame"].count(" ") + 1
    return (*tokens[:first], new_word(found["many"], tokens[first]), *tokens[end:])
