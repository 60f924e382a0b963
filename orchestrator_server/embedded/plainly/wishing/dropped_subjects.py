"""What somebody did and tells without the "i": "sent the map back weeks ago", "tried to stop A-17 on the website"."""

from orchestrator_server.embedded.plainly.respelling import Rule, respelled
from orchestrator_server.embedded.words.english import IRREGULAR, WEEKDAYS
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token

_DID = rf"(?:(?!need|feed|speed)[a-z]{{3,}}ed|{'|'.join(sorted(IRREGULAR))}|put)"
_INTENDED = r"(?:tried|attempted|wanted|meant|intended)"
_TOLD = rf"(?:ago|yesterday|last|earlier|recently|on (?:{'|'.join(sorted(WEEKDAYS))}))"
_RULES = (
    Rule(
        hints=("ed ", *(f"{word} " for word in sorted(IRREGULAR)), "put "),
        pattern=lazy(
            r"(?:^|(?<=[.!?;\n] ))(?:(?:hi|hello|hey|so|well|ok|already|just|also|then|,) )*(?P<a>)"
            rf"(?:{_INTENDED} to (?!be\b)|{_DID} (?!me\b|us\b|to\b)"
            r"(?=(?:\w+ )?(?:the|my|our|an?|it|them|this|that|<v>|back)\b"
            rf"[^.!?;\n]* {_TOLD}\b[^?]*?(?:[.!;,\n]|$)))"
        ),
        plain={"a": "i"},
    ),
)


def with_dropped_subjects(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens with an "i" before what somebody tells to have done."""
    return respelled(tokens, _RULES)
