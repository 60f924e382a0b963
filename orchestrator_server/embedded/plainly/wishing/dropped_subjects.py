"""What is told with a word left out: "sent the map back weeks ago", "A-17 was opened and A-18 stopped"."""

from orchestrator_server.embedded.plainly.respelling import Rule, respelled
from orchestrator_server.embedded.words.english import IRREGULAR, WEEKDAYS
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token

_DID = rf"(?:(?!need|feed|speed)[a-z]{{3,}}ed|{'|'.join(sorted(IRREGULAR))}|put)"
_INTENDED = r"(?:tried|attempted|wanted|meant|intended)"
_TOLD = rf"(?:ago|yesterday|last|earlier|recently|on (?:{'|'.join(sorted(WEEKDAYS))}))"
_WISHED = lazy(r"\b(?:sure|ensure|that|want|wanted|need|like|wish|see)(?: \w+)?(?: to it)? $")
"""What stands before something that is to become so."""
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
    Rule(
        hints=("<v> ",),
        pattern=lazy(
            r"<v> (?P<verb>was|were|is|are|has been|have been|got) (?:(?:already|just|now) )?(?:[a-z]{3,}ed|sent|lost)"
            r"(?: ,)? (?:and|but|while) <v>(?P<a>)(?= (?:(?:already|just|now) )?[a-z]{3,}ed\b)"
        ),
        plain={"a": "was"},
        applies=lambda found: _WISHED.search(found.string[: found.start()]) is None,
    ),
)


def with_dropped_subjects(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens with an "i" before what somebody tells to have done, and a "was" before what else was done."""
    return respelled(tokens, _RULES)
