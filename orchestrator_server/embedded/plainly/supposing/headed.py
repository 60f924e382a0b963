"""A thing that heads a case and what is new for it: "F-17: if it is open, new name please" becomes "if F-17 is ..."."""

from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, new_word, norms, token_at

_HEADED = lazy(
    r"(?:^|(?<=[.!?;\n] ))(?:(?:then|now|next|and|also|about|regarding|for|,) )*(?P<what><v>) (?P<mark>[:,-])"
    r"(?P<case> (?:only |but )*(?:if|provided(?: that)?|as long as|when)(?: ,)?(?: and only if(?: ,)?)? )(?P<it>it )?"
    r"(?=(?:is|has|was|still|not|already)\b)(?=[^.?!;\n]*? , (?:please |then |i need )?(?:a |the )?new [a-z])"
)


def with_heading_inside(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens with the thing in its condition."""
    text = norms(tokens)
    if " new " not in text or (found := _HEADED.search(text)) is None:
        return tokens
    what, mark = (token_at(found, name) for name in ("what", "mark"))
    case = text.count(" ", 0, found.end("case"))
    said = (tokens[what],) if found["it"] else (tokens[what], new_word("is", tokens[what]))
    rest = tokens[case + bool(found["it"]) :]
    return (*tokens[:what], *tokens[mark + 1 : case], *said, *rest)
