"""Conditions said with a "maybe" or by somebody else, and those that are but polite ("if you still can")."""

from orchestrator_server.embedded.conditions.dates import DAY_OF_WEEK
from orchestrator_server.embedded.plainly.respelling import Rule
from orchestrator_server.embedded.plainly.supposing.supposed_words import BEGINS
from orchestrator_server.embedded.words.english import CURRENCIES
from orchestrator_server.embedded.words.patterns import lazy

_START = r"(?:^|(?<=[.!?;\n] ))"
_MONEY = "|".join(sorted(CURRENCIES - {"€", "$", "£"}))
_POINTS_BACK = (
    r"(?:and |but )?(?:if (?:so|not|it is|it has|true|that is (?:so|true|the case))|in (?:that|which|such a) case"
    r"|otherwise|if (?:he|she|they|that) (?:is|are) (?:right|true|correct))\b"
)
_POINTED_AT = (
    rf"(?=[^.?!;\n]*(?:[.,;!] (?:so |then |and )*{_POINTS_BACK}|[.!;] [^.?!;\n]* (?:if so|if not|in that case|in that"
    r" event|otherwise|if (?:he|she|they|that) (?:is|are) (?:right|true|correct))\b|, [a-z]+ (?:it|that) if (?:he|she"
    r"|they|that|so)\b))"
)
_DAYS = "|".join(sorted(DAY_OF_WEEK))
POINTING = (
    r"(?= (?:and |but )?(?:(?:if (?:so|it is|it has|true|that is (?:so|true|the case))|in (?:that|which"
    r"|such a) (?:case|event))\b"
    r"|(?:please |then |so )*[a-z]+ (?:it|that|them)(?: please)? (?:if (?:so|true|that is (?:so|true|the case))"
    r"|in (?:that|such a)"
    r" (?:case|event))\b))"
)
HEDGED = (
    *(
        Rule(
            hints=(f" {verb} ", f"{verb}n't"),
            pattern=lazy(rf"{_START}(?P<a>)(?:<v>|it) (?P<b>{verb}) [^.?!;\n]*?(?P<c> [.,;])" + POINTING),
            plain={"a": verb, "b": "", "c": "?"},
        )
        for verb in ("is", "has")
    ),
    Rule(
        hints=("still can", "possible", "too late", "in time", "you can", "able to", "feasible"),
        pattern=lazy(
            r"(?P<a>(?:, )?\b(?:if|as long as|so long as|while|whilst|provided(?: that)?|when|assuming) (?:(?:it"
            r"|that|this|there) is|you"
            r"(?: guys| lot| are)?|we)(?: (?:still|at all|even|indeed))* (?:possible|feasible|can(?: still)?"
            r"|able to|not too late|time)"
            r"(?: to do (?:it|so|that))?)(?= [,.;!?]|$| please| and )(?! , i \.)"
        ),
        plain={"a": ""},
    ),
    Rule(
        hints=(
            "maybe",
            "perhaps",
            "possibly",
            "apparently",
            "presumably",
            "supposedly",
            "probably",
            "allegedly",
            "surely",
        ),
        pattern=lazy(
            rf"{_START}(?P<a>(?:maybe|perhaps|possibly|apparently|presumably|supposedly|probably|allegedly"
            r"|surely)(?: ,)?)"
            r"(?= (?:<v>|it|they|(?:my|the) [a-z]+(?: <v>)?) (?:is|has|was|costs?|comes|will|does|did|are|have)\b)"
        ),
        plain={"a": ""},
    ),
    Rule(
        hints=("think", "say", "claim", "reckon", "believe", "swear", "insist", "told me", "sure"),
        pattern=lazy(
            rf"{_START}(?P<a>(?!(?:who|what|it|that|this|which|he|she|they|i|we|you|nobody|page|site"
            r"|everyone)\b)[a-z]+) (?:thinks|says"
            rf"|claims|reckons|believes|swears|insists|told me) {_POINTED_AT}"
        ),
        plain={"a": "he"},
    ),
    Rule(
        hints=("in case", "in the ", "in cases"),
        pattern=lazy(
            r"\b(?P<a>(?:just )?in (?:the )?(?:(?:unlikely|rare|likely|off) )?(?:cases?|events?|chance)(?: (?:of"
            r"|that|where))?)"
            r"(?= (?:<v>|it|(?:my|the) [a-z]+(?: <v>)?) (?:being|is|has|was|costs?)\b| (?:more|less|fewer|over"
            r"|above|under|below)\b)"
            r"(?: (?:<v>|it|(?:my|the) [a-z]+(?: <v>)?) (?P<b>being)\b)?"
        ),
        plain={"a": "if", "b": "is"},
        applies=lambda found: (
            found["a"] not in ("in case", "in the case", "in case of", "in the case of", "in the event that")
        ),
    ),
    Rule(
        hints=("for ", "with ", "on ", "at ", "given "),
        pattern=lazy(
            r"(?<=<v> )(?P<a>(?:, )?(?:but )?(?:only )?(?:for|with|on|at|given)(?: an?| the| its)?(?: (?:totals?"
            r"|amounts?|sums?|values?))?)"
            r"(?= (?:above|over|under|below|more than|less than|at least"
            rf"|at most) (?:[€$£] )?\d[\d.,]*(?: (?:{_MONEY}|€|\$|£))?(?: (?:only|please))*"
            r"(?: [.,;!?]|$))"
        ),
        plain={"a": "only if"},
    ),
    Rule(
        hints=("make it",),
        pattern=lazy(
            r"\b(?:does|will|can|do|did|if|should) (?:<v>|it|they|that|the [a-z]+)(?: not| still)* (?P<a>make it)"
            rf"(?= (?:by|before|within|in time|on time|on|here|until|today|tomorrow|{_DAYS})\b| \?)"
        ),
        plain={"a": "arrive"},
    ),
    Rule(
        hints=("when it", "when they", "when that"),
        pattern=lazy(rf"{BEGINS}(?P<a>when)(?= (?:it|they|that) (?:is|has|does|did|was)(?: not)? ,)"),
        plain={"a": "if"},
    ),
)
"""Each with the plain words for it."""
