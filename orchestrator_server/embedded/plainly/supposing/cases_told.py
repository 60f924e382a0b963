"""Cases told by other words than "if": "when it contains a map", "until it has left, ...", "..., not over 100, ..."."""

import re
from collections.abc import Iterator

from orchestrator_server.embedded.plainly.respelling import Rule
from orchestrator_server.embedded.plainly.supposing.supposed_words import BEGINS, THING
from orchestrator_server.embedded.words.english import UNIT
from orchestrator_server.embedded.words.patterns import lazy

_AMOUNT = r"(?:[€$£] ?)?\d[\d.,]*"
_WAY = (
    r"(?:(?:more|less|fewer|higher|lower|older|newer|longer|later|earlier|cheaper) than|over|under|above|below"
    r"|at (?:least|most)|up to|between|exactly)"
)
_LASTS = (
    rf"(?:{THING} (?:(?:still|only|also|really|does|do|not|no longer) )*(?:contains?|includes?|costs?)\b"
    rf"|{THING} (?:has|have) (?:got )?(?:no|any|at least|at most|exactly|only|more|fewer|less) "
    rf"|there (?:is|are) (?!any (?:news|updates?|changes?)\b)"
    rf"|{THING} (?:is|was|comes to|amounts to) (?:not )?{_WAY} (?={_AMOUNT})(?!{_AMOUNT}(?: more)? (?:{UNIT})s?\b))"
)
"""What is so of a thing, or is not, and does not come about while one waits."""
_ASKING = lazy(r"\b(?:tell|show|know|see|check|say|find|idea|clue|wonder|ask|remember|exactly|let)\b[^.?!;\n]*$")
_TELLS = (
    r"(?:is|are|has|have|was|were|does|do|will|did|am|costs?|contains|includes|arrives"
    r"|comes|takes|needs|i)"
)
_HOLD = r"(?:do not|never|keep|leave|wait|hold|nothing|i will|we will)"


def cases_told(acts: str, states: str) -> Iterator[Rule]:
    """The rules, for what can be done as an alternative of stems, and for all states."""
    yield Rule(
        hints=("when ",),
        pattern=lazy(rf"\b(?P<a>when)(?= {_LASTS})(?=[^?\n]*?(?:[.!;\n]|$))"),
        plain={"a": "if"},
        applies=_sets_a_case,
    )
    yield Rule(
        hints=("given that", "given "),
        pattern=lazy(rf"\b(?P<a>given(?: that)?)(?= (?:i|we|my) [^.?!;,\n]*(?:{_WAY} {_AMOUNT}|{states}))"),
        plain={"a": "if"},
    )
    yield Rule(
        hints=("both ",),
        pattern=lazy(
            rf"(?<!not )\b(?P<a>both)(?= (?:still |already |not )?{states} and (?:still |already |not )?{_WAY} )"
        ),
        plain={"a": ""},
    )
    yield Rule(
        hints=("in case ",),
        pattern=lazy(rf"\b(?P<a>(?:just )?in case)(?= {THING} (?:is|are|has|have|was|were|costs?|contains?|does)\b)"),
        plain={"a": "if"},
    )
    yield Rule(
        hints=("until ", "till "),
        pattern=lazy(
            rf"{BEGINS}(?P<a>until|till) {THING} (?:is|are|has|have)\b[^.?!;,\n]* ,(?= (?!(?:please )?{_HOLD}\b))"
        ),
        plain={"a": "unless"},
    )
    yield Rule(
        hints=(" not ",),
        pattern=lazy(
            rf"(?<=[,;] )(?P<a>not)(?= {_WAY} {_AMOUNT}(?: [a-z€$£]+)? (?:,|:|=|-|then)"
            rf" (?:then )?(?:please )?[a-z]+)"
        ),
        plain={"a": "if it is not"},
    )
    yield Rule(
        hints=(" old ", " ago ", " away "),
        pattern=lazy(
            rf"\b(?:if|unless|when) [^.?!;,\n]*?\b(?:old|ago|away)(?P<b>) (?=(?:please )?"
            rf"(?:{acts})[a-z]* (?:it\b|that\b|them\b|<v>))"
        ),
        plain={"b": ","},
    )
    yield Rule(
        hints=("before you ",),
        pattern=lazy(
            rf"{BEGINS}(?P<a>(?:(?:please|first|kindly) )*(?:make sure|be sure|ensure)(?: first)?"
            rf"(?: that)?)(?= (?!to\b|of\b|with\b|you\b|me\b|for\b)[^.?!;,\n]*\b{_TELLS}\b)"
            rf"[^.?!;,\n]*? (?P<b>(?:, )?before you) (?=(?:{acts})[a-z]*\b)"
        ),
        plain={"a": "if", "b": ","},
    )
    yield Rule(
        hints=("you have ",),
        pattern=lazy(
            r"(?:^|(?<=[.!;\n] ))(?:(?:so|ok|okay|wait|oh|hey|hi|hello|,) )*(?P<a>)you have"
            r" (?:(?:still|yet|already|even|not) )*(?!got\b|no\b|any\b)[a-z]+"
            r" (?:<v>|it|(?:the|my) [a-z]+(?: <v>)?)[^.?!;\n]{0,30}?(?P<b> \?)"
            r"(?= (?!(?:when|where|why|how|what|who|which|is|are|was|do|does|did|has|have|i|we|it|you|that|my"
            r"|the)\b)[a-z])"
        ),
        plain={"a": "if", "b": ","},
    )
    yield Rule(
        hints=(" fine ", " great ", " good ", " ok ", " okay ", " perfect "),
        pattern=lazy(
            r"\b(?:if|when) [^.?!;,\n]*?[a-z0-9>€](?P<a>) (?:that is |then )?(?:fine|great|good|ok|okay|perfect)"
            r"(?= [.,;!] (?:otherwise|else|if not|or else)\b)"
        ),
        plain={"a": ","},
    )


def _sets_a_case(found: re.Match[str]) -> bool:
    """Is nothing asked for with this "when"?"""
    before = re.split(r"[.?!;\n]", found.string[: found.start()])[-1]
    return _ASKING.search(before) is None
