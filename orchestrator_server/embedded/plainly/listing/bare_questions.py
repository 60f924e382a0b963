"""Questions in the wrong turn right behind an id ("A-17 where it is, A-18 when it come"): put in the right one."""

from orchestrator_server.embedded.plainly.respelling import Rule, respelled
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token

_LED = r"(?:^|(?<=[-.,:;!?\n] )|(?<=\band )|(?<=\bplus ))(?:(?:the|my|for|about|and) )*<v> (?:[:,-] )?"
_END = r"(?= (?:[.,;:!?\n]|and|please|thanks)|$)"
_RULES = (
    Rule(
        hints=("when it ", "when that ", "when they "),
        pattern=lazy(
            rf"{_LED}(?P<when>when) (?:it|that|they) (?!will\b|is\b|has\b|was\b|does\b|do\b|did\b)[a-z]+"
            rf"(?: (?:here|there|to me|home|in|out))?{_END}"
        ),
        plain={"when": "when does"},
    ),
    *(
        Rule(
            hints=(f"it {word}", f"that {word}"),
            pattern=lazy(
                rf"{_LED}(?:when|where) (?P<turn>)(?:it|that) (?P<word>{word})"
                rf"(?: (?!that\b)[a-z]+)?(?: (?:here|now|at|to me))?{_END}"
            ),
            plain={"turn": word, "word": ""},
        )
        for word in ("will", "is", "has")
    ),
)


def turned_round(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens with "when does it come" and "where is it" for such words."""
    return respelled(tokens, _RULES)
