"""Questions with a "not" before what they ask about: "isn't it open?" asks whether it is, "hasn't it left yet?" not."""

from orchestrator_server.embedded.plainly.respelling import Rule
from orchestrator_server.embedded.words.patterns import lazy

_BEGINS = r"(?:^|(?<=[.!?;:,\n-] )|(?<=\band )|(?<=\bso )|(?<=\bbut )|(?<=\bhi )|(?<=\bhello )|(?<=\bwhy ))"
_VERB = r"(?:is|are|has|have|was|were|did|does|do|will)"
_SUBJECT = r"(?:<v>|it|this|that|they|(?:the|my|our) [a-z]+(?: <v>)?)"
_DOUBTS = r"(?:yet|any ?more|still)\b"
_ANSWERED = (
    r"(?! (?:so |and )?then\b)[^.?!;\n]*?\b(?:if (?:so|not|yes|no|it|they|that)|yes|no|in (?:that|which) case"
    r"|otherwise|or else)\b"
)
INVERTED = (
    Rule(
        hints=(" not ",),
        pattern=lazy(
            rf"{_BEGINS}{_VERB} (?P<a>not) (?={_SUBJECT} (?:(?!{_DOUBTS})[^.?!;\n ]+ )+\?{_ANSWERED}"
            rf"|{_SUBJECT} (?:(?!{_DOUBTS})[^.?!;\n ]+ )*already (?:(?!{_DOUBTS})[^.?!;\n ]+ )*\?)"
        ),
        plain={"a": ""},
    ),
    Rule(
        hints=(" not ",),
        pattern=lazy(rf"{_BEGINS}{_VERB} (?P<a>not) {_SUBJECT} (?P<b>)(?=[^.?!;\n]*\?)"),
        plain={"a": "", "b": "not"},
    ),
)
"""With an answer behind it, or with "already", the question means what it would without the "not"; else it doubts."""
