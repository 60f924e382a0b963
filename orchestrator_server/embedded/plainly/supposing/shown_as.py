"""What a record shows of a thing: "your system has it down as open", "it is showing as still not shut"."""

from orchestrator_server.embedded.plainly.respelling import Rule
from orchestrator_server.embedded.plainly.supposing.supposed_words import BEGINS, THING
from orchestrator_server.embedded.words.patterns import lazy

_IF = r"\b(?:if|unless|when|whether|provided(?: that)?|as long as|so long as|in case|assuming|because|since)"
_SOON = r"(?:(?:still|currently|now|already|only|just|really|actually|indeed) )*"
_RECORD = (
    r"(?:(?:your|the|my|our) (?:[a-z]+ )?(?:systems?|records?|screens?|computers?|data|database|websites?|apps?|site"
    r"|pages?|files?|books|people|team|lot|overview|dashboard|account|list|end|side)"
    r"|you(?: guys| lot| people| all)?|they|it)"
)
_HAS = (
    r"(?:ha(?:s|ve)(?: got)?|lists?|shows?|displays?|records?|flags?|marks?|keeps?|sees?|gives?|reports?|puts?"
    r"|carry|carries)"
)
_DOWN = r"(?:(?:down|listed|marked|recorded|registered|booked|in|logged|flagged|stored|filed|up|there) )*(?:as|at)"
_SHOWN = (
    r"(?:showing|showed|shown|coming|listed|displayed|flagged|registered|recorded|down|reading|logged|labelled|labeled"
    r"|tagged|appearing|reported|noted|entered|filed|standing|sitting)"
)
SHOWN = (
    Rule(
        hints=(" as ", " at "),
        pattern=lazy(rf"{_IF} (?P<a>{_RECORD} {_SOON}{_HAS}) {THING} {_SOON}(?P<b>{_DOWN})(?= [a-z])"),
        plain={"a": "", "b": "is"},
    ),
    Rule(
        hints=(" as ", " at "),
        pattern=lazy(
            rf"{_IF} (?P<a>{_RECORD} {_SOON}(?:does|do) not {_SOON}{_HAS}) {THING} {_SOON}(?P<b>{_DOWN})(?= [a-z])"
        ),
        plain={"a": "", "b": "is not"},
    ),
    Rule(
        hints=(" as ", " to be ", " at "),
        pattern=lazy(
            rf"(?:{_IF} {THING} (?:is|are)(?: not)?|{BEGINS}(?:is|are) {THING}) {_SOON}"
            rf"(?P<a>{_SHOWN}(?: (?:up|down|in|here|there|with you|on your (?:side|end)|in your system))*"
            r" (?:(?:as|to be)(?: being)?|at(?= (?:more|less|over|under|above|below|exactly|\d))))(?= [a-z\d])"
        ),
        plain={"a": ""},
    ),
)
"""Each with the plain words for it: "it is open"."""
