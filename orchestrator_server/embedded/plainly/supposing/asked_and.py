"""A question whose answer is but half of a condition: "is it open? if so and it is over 50, stop it"."""

from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, new_word, norms, token_at

_ASKED = lazy(
    r"(?:^|(?<=[.!?;:\n] ))(?:(?:so|well|hi|hello|hey|and|,) )*(?P<verb>is|are|has|have|was|were|does|did)"
    r" (?P<what><v>|it|that|this|(?:the|my) [a-z]+(?: <v>)?) (?!not\b)[^.?!;\n]+? (?P<answer>\?(?: and| so)?"
    r" (?:if|when) (?P<said>so|yes|it is|it has|not|no|it is not|it has not)(?: ,)? and)"
    r"(?= (?:it|that|they|<v>)(?: |$))"
)
_HINTS = ("so ", "yes ", "not ", "no ", "is ", "has ")


def with_question_inside(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens with "if it is open and it is over 50, ..."."""
    text = norms(tokens)
    if " ? " not in text or not any(f"{hint}and " in text or f"{hint}, and " in text for hint in _HINTS):
        return tokens
    if (found := _ASKED.search(text)) is None:
        return tokens
    verb, answer = (token_at(found, name) for name in ("verb", "answer"))
    said = verb + 1 + found["what"].count(" ") + 1
    behind = answer + found["answer"].count(" ")
    denial = [new_word("not", tokens[verb])] if found["said"].startswith("no") or "not" in found["said"] else []
    case = (new_word("if", tokens[verb]), *tokens[verb + 1 : said], tokens[verb], *denial, *tokens[said:answer])
    return (*tokens[:verb], *case, *tokens[behind:])
