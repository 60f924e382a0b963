"""Numbers of a condition in other words: "3 different maps", "30 on the dot or less", "21 days? ... not 21 yet?"."""

from orchestrator_server.embedded.plainly.respelling import Rule
from orchestrator_server.embedded.words.english import UNIT
from orchestrator_server.embedded.words.patterns import lazy

_SETS = (
    r"(?:\b(?:if|unless|when|provided|as long as|are there|is there|has it|does it)\b|(?<!\w)(?:<v>|it)(?= (?:more|less"
    r"|fewer|over|under|at (?:least|most)|has|contains)\b))"
)
_NUMBER = r"(?:\d+|one|two|three|a single)"
_WAY = r"(?:less|more|fewer|under|over|below|above|older|newer|earlier|later|sooner|longer|shorter)"
TOLD_AGAIN = (
    Rule(
        hints=("different ", "distinct ", "separate ", "individual ", "unique "),
        pattern=lazy(
            rf"{_SETS}[^.?!;\n]*?\b{_NUMBER}(?: or (?:more|fewer|less))? (?P<a>different|distinct|separate|individual"
            r"|unique)(?: kinds? of| types? of| sorts? of)? (?=[a-z])"
        ),
        plain={"a": "distinct"},
    ),
    Rule(
        hints=(" on the ", " flat ", " bang on "),
        pattern=lazy(
            rf"(?<=\d)(?: (?:{UNIT}|euros?))?(?P<a> (?:on the (?:dot|nose|button|head)|flat|bang on)(?: ,)?)"
            rf" (?=(?:or|and) {_WAY}\b)"
        ),
        plain={"a": ""},
    ),
    Rule(
        hints=("just the one", "only the one"),
        pattern=lazy(r"\b(?:is|was|are|has|have|contains?) (?P<a>(?:just|only) the one)(?= )"),
        plain={"a": "just one"},
    ),
    Rule(
        hints=("not ",),
        pattern=lazy(
            rf"\b(?P<n>\d+)(?: (?:{UNIT}))?\b[^;\n]*?[.?!] (?P<a>not(?: (?:yet|quite|even))? (?P=n)(?: (?:{UNIT}))?"
            r"(?: (?:yet|old|then))* (?:\?|,|:)(?: (?:then|so))?(?: ,)?)(?= [a-z])"
        ),
        plain={"a": "if not ,"},
        applies=lambda found: found.group().count(f" {found['n']} ") == 2 or found.start() == 0,
    ),
)
"""Each in the words that are known for it."""
