"""Exceptions and conditions in other words than "unless" and "if": "barring it being open", "the exception being"."""

from orchestrator_server.embedded.plainly.respelling import Rule
from orchestrator_server.embedded.words.patterns import lazy

_IT = r"(?:it|they|that|this|<v>|(?:the|my|your) [a-z]+(?: <v>)?)(?: 's)?"
_BUT_FOR = (
    r"(?:with the (?:only |sole |one |single )*exception of|in the absence of|(?:save|except|excepting|apart"
    r"|aside|other"
    r"|short|barring|bar|excluding|outside)(?: (?:for|from|than|of))?)"
)
_CASE = r"(?:(?:the|any|a|all|in|those|that) )*(?:cases?|events?|situations?|circumstances?)"
_GIVEN = (
    r"(?:subject to|conditional (?:up)?on|contingent (?:up)?on|dependent (?:up)?on|in (?:the )?(?:case|event) of"
    r"|on (?:the )?(?:condition|basis|understanding) of|provided)"
)
_BEING = (
    r"(?P<n1>not (?:yet )?being)|(?P<n2>not (?:yet )?having)|(?P<s1>still being)|(?P<s2>already being)"
    r"|(?P<s3>already having)|(?P<s4>still not being)|(?P<s5>still not having)|(?P<b1>being)|(?P<b2>having)"
)
_PLAIN = {
    "n1": "is not",
    "n2": "has not",
    "s1": "is still",
    "s2": "is already",
    "s3": "has already",
    "s4": "is still not",
    "s5": "has still not",
    "b1": "is",
    "b2": "has",
}
EXCEPTIONS = (
    Rule(
        hints=("exception",),
        pattern=lazy(
            r"(?P<a>(?:[.,;:(-] )*(?:(?:and|but|though|with) )?(?:the|my|an?|one|only) (?:only |sole |one |single )*"
            r"exception (?:(?:to (?:that|this|it|which) )?(?:is|being|would be|to that|to this|here)(?: [:,-])?"
            r"(?: that)?|[:,-]|of)(?: (?:only )?(?:if|when|where|in case))?)(?= "
            + _IT
            + r" (?:is|are|has|have|was|were)\b)"
        ),
        plain={"a": ", unless"},
    ),
    Rule(
        hints=("apart ", "aside ", "excluding", "outside", "save ", "except", "barring", "other than", "exception of"),
        pattern=lazy(
            rf"(?P<a>(?:, )?\b{_BUT_FOR}(?: {_CASE})? (?:if|when|where|in case|that|in which))(?= {_IT} "
            r"(?:is|are|has|have|was|were)\b)"
        ),
        plain={"a": "unless"},
    ),
    Rule(
        hints=("case that", "event that", "case where", "case in which", "cases where", "situation "),
        pattern=lazy(
            rf"(?P<a>(?:, )?\b{_BUT_FOR} {_CASE} (?:that|where|in which|when|if))(?= (?:i|we|you|there|{_IT}) )"
        ),
        plain={"a": "unless"},
    ),
    Rule(
        hints=("being", "having"),
        pattern=lazy(rf"(?P<a>(?:, )?\b(?:{_BUT_FOR}|without)) {_IT} (?:{_BEING})(?= [a-z])"),
        plain={"a": "unless", **_PLAIN},
    ),
    Rule(
        hints=("being", "having"),
        pattern=lazy(rf"(?P<a>(?:, )?\b{_GIVEN}) {_IT} (?:{_BEING})(?= [a-z])"),
        plain={"a": "if", **_PLAIN},
    ),
)
"""Each with the plain words for it."""
