"""Conditions with other words than "if", and other cases in a sentence of their own ("in all other events, ...")."""

from orchestrator_server.embedded.conditions.dates import DAY_OF_WEEK
from orchestrator_server.embedded.plainly.respelling import Rule
from orchestrator_server.embedded.plainly.supposing.supposed_words import BEGINS, THING, is_told_where
from orchestrator_server.embedded.words.patterns import lazy

_DAYS = "|".join(sorted(DAY_OF_WEEK))
_RESTRICTION = (
    r"(?:condition|requirement|prerequisite|precondition|proviso|stipulation|understanding|caveat|catch|restriction"
    r"|limitation|provision|qualification|snag|but|rule)"
)
_OTHER = (
    r"(?:(?:(?:in|for|with|on|at|under) )?(?:all|any|every|each|any of the|all of the) other (?:cases?|events?|state"
    r"|states|status|statuses|situations?|circumstances?|outcomes?|scenarios?|amount|total|day|date|time|answer"
    r"|result)|(?:(?:in|for|with|on|at) )?(?:anything|everything|any|all) else|(?:in|for) the other cases?|the rest)"
)
_NOT_SO = (
    r"(?:(?:if|when|where) (?:(?:it|they|that|this|<v>) )?(?:is|are|has|have|does|do|will|can|could|would"
    r"|was)(?: not| it)?"
    r"(?: (?:make it|work|happen|possible|be|manage(?: (?:it|that))?|the case|so|in time|here|there))*"
    r"|if not(?: possible)?"
    r"|if (?:you|they) (?:can|could|do|will|are able to) not(?: (?:make|do|manage|promise|guarantee) (?:it|that"
    r"|this))?"
    r"|if (?:that|this|it) (?:is|can) not (?:possible|be done|doable|happen(?:ing)?|the case|so|work)"
    r"|(?:it |they |that |this )?(?:will|can|could|does|do|is|are|has) not(?: going to)?(?: (?:make it|make that"
    r"|be|happen"
    r"|work|possible|here|manage|in time|arrive|come|do it|do that))* (?:\?|[:=-])"
    r"|(?:is )?not(?: going to happen| possible| so| the"
    r" case)? (?:\?|[:=-])|(?:no|nope|impossible|no chance|no luck|too late|never|missed|failed) (?:\?|[:=-])"
    r"|otherwise|or else|else"
    r"|failing that|or|if missed|miss it)"
)
BACK = rf"(?: [.,;!])+ (?:and |but |so )*{_NOT_SO}(?: [,?:=-])*"
"""What says that it is not so, and leads to what is to be done then."""
_DUE = r"(?P<b>must|has to|have to|needs? to|should|ought to|had better|(?:has |have )?got to|better|shall)"
SET_APART = (
    Rule(
        hints=("save ", "except", "barring", "but not ", "other than", "not ,"),
        pattern=lazy(
            r"(?P<a>(?:, )?\b(?:save|saving|except|excepting|barring|other than|apart from|not)(?: for)?"
            r"(?: (?:the|that) (?:case|event))? (?:where|if|when|in case|in the event|should)(?: that)?)(?= )"
            r"(?! (?:the )?[a-z]+ (?:requested|specified)\b)"
        ),
        plain={"a": "unless"},
        applies=lambda found: not found["a"].strip(", ").startswith("not"),
    ),
    Rule(
        hints=("only where", "only when", "only if", "only in"),
        pattern=lazy(
            r"\b(?P<a>(?:where|when|if)(?: ,)? and only (?:where|when|if|then|in that case)(?: ,)?|only (?:where"
            r"|in (?:the )?(?:case|event)"
            r"(?: that| of)?)|(?:where|when|if)(?: ,)? but only (?:where|when|if)(?: ,)?)(?= )"
        ),
        plain={"a": "only if"},
    ),
    Rule(
        hints=("where",),
        pattern=lazy(
            rf"\b(?P<a>where(?:ver|soever)?)(?= (?:{THING}|(?:the|its|my|their) (?:[a-z]+ ){{1,3}}?)\s?(?:exceeds?"
            r"|remains?|costs?"
            r"|amounts|(?:is|are|has|have|was|comes|will) (?:still|not|already|yet|no longer|more|less|over"
            r"|under|above|below|to"
            r"|older|newer|later|longer|at (?:least|most)|expected|estimated|beyond|past|within|after|before)\b)\b)"
        ),
        plain={"a": "if"},
        applies=lambda found: is_told_where(found) and found.string[: found.start()].rstrip()[-1] not in ".?!;:\n",
    ),
    Rule(
        hints=("situation", "case ", "scenario", "circumstance", "reason", "event "),
        pattern=lazy(
            rf"{BEGINS}(?P<a>there is (?:only |just |exactly )*(?:one|1|a single) (?:single )?(?:situation|case"
            r"|scenario"
            r"|circumstance|reason|event|way)(?: (?:in|under|for) which| where| when| that| why)?)(?= )[^.?!;:\n]*?"
            r"(?P<b> (?::|-|, namely|, that is))(?= )"
        ),
        plain={"a": "", "b": "only if"},
    ),
    Rule(
        hints=(
            "condition",
            "requirement",
            "requisite",
            "proviso",
            "stipulation",
            "caveat",
            "catch",
            "restriction",
            "limitation",
            "provision",
            "qualification",
            "snag",
            "there is ",
            "rule",
        ),
        pattern=lazy(
            r"(?P<a>(?:[.,;:(-] )*(?:(?:and|but|although|though) )?(?:(?:there is|with|on|under|at|i have|it has|has)"
            r" (?:(?:just|only|but|though|still|of course) )*(?:an?|one|1|the|my|this)"
            r"|(?:just |only )*(?:the|one|1|my|an?)) (?:(?:small|little|single|only|one|1|sole|big|following"
            rf"|simple|tiny) )*{_RESTRICTION}"
            r"(?: (?:though|however|to it|here|is|being))*(?: (?:[:,.-]|that))*(?: (?:only )?if)?)(?= (?:it|they"
            r"|that|this|<v>|the|my|there|its)"
            r" (?:[^\s.,;!?]+ )*?(?:is|are|has|have|was|must|may|should|can|will|costs?|did|does)\b)"
        ),
        plain={"a": ", only if"},
    ),
    Rule(
        hints=("must", "may not", "can not", "should not"),
        pattern=lazy(
            rf"(?<=if )(?:{THING}|there) (?P<b>(?:must|may|can|should"
            r"|shall)(?= (?:not )?have)) (?:(?P<c>not) )?(?P<d>have)\b"
        ),
        plain={"b": "has", "d": ""},
    ),
    Rule(
        hints=("should it", "should that", "should they", "should this", "in case it", "in case not"),
        pattern=lazy(
            r"\b(?P<a>should (?:it|they|that|this)(?: already)? (?:not )?(?:have been|have|be so|be|not"
            r"|be the case))(?= ,)"
        ),
        plain={"a": "if so"},
        applies=lambda found: " not" not in found["a"],
    ),
    Rule(
        hints=("should it", "should that", "should they", "should this"),
        pattern=lazy(r"\b(?P<a>should (?:it|they|that|this) not(?: (?:have been|have|be so|be|be the case))?)(?= ,)"),
        plain={"a": "if not"},
    ),
    Rule(
        hints=(" else", " other ", "the rest"),
        pattern=lazy(
            rf"{BEGINS}(?P<a>(?:if (?:it is )?)?(?:{_OTHER}(?:(?: (?:means?|should mean))(?: [=:?,-]| then)*"
            rf"|(?: [=:?,-]| then| and)+)|(?:in|for|on) {_OTHER})(?: [=:?,-])*)"
            r"(?= (?:\w+ nothing|nothing|do|leave|keep|please|just|kindly|simply|could|can|would|i|we|you|no|let|never"
            r"|ignore|[a-z]+ (?:it"
            r"|that|me|the|my|them|<v>))\b)"
        ),
        plain={"a": "otherwise ,"},
    ),
    Rule(
        hints=(" up", "onward", "above", "over", "higher"),
        pattern=lazy(
            r"(?<=\d)(?: (?:[€$£]|[a-z]+))? (?P<a>(?:and|or) (?:up|upwards?|onwards?|above|over|higher"
            r"|beyond))(?= [.,;:=?!-]|$)"
        ),
        plain={"a": "or more"},
    ),
    Rule(
        hints=("north of", "south of"),
        pattern=lazy(r"\b(?P<a>north of)(?= (?:[€$£] )?\d)|\b(?P<b>south of)(?= (?:[€$£] )?\d)"),
        plain={"a": "above", "b": "below"},
    ),
    Rule(
        hints=(" latest", " tops", " max"),
        pattern=lazy(
            rf"(?<!\bby )(?P<a>)(?:today|tomorrow|{_DAYS}|the day after tomorrow) (?P<b>(?:at the "
            r"|the )?(?:very )?latest|tops|max)(?= |$)"
        ),
        plain={"a": "by", "b": ""},
    ),
    Rule(
        hints=("must ", "has to ", "have to ", "need", "should ", "ought to ", "better ", "got to ", "shall "),
        pattern=lazy(
            rf"{BEGINS}(?:i (?:want|need) )?(?P<a>){THING} {_DUE} (?P<c>(?:be|get|come|arrive|reach|make it"
            r"|cost|have|contain|leave)\b"
            r"[^.?!;\n]*?)(?P<d>(?: , (?!(?:or|and|if|by|before|after|not|only)\b)[a-z]+(?: (?!or\b|and\b|if\b"
            r"|by\b)[a-z]+){0,3})?)(?P<e>" + BACK + r")(?= (?:then |please |just |you |i |we )*[a-z]+)"
        ),
        plain={"a": "unless", "b": "will", "d": "", "e": ","},
    ),
    Rule(
        hints=("cent ", "penny", "day ", "minute", "euro ", "hour "),
        pattern=lazy(
            r"\b(?P<a>(?:not )?(?:even )?(?:a|one|1|any)(?: single| more| extra| additional)? (?:cent|penny"
            r"|pence|euro|dollar"
            r"|pound|day|hour|minute|second)(?: (?P<way>more|longer|later|over|above|beyond|older"
            r"|extra))+(?: than that)?)"
            r"(?P<b>(?: (?:and|,|=|:|-|then|\?|means))+)(?= (?:(?:it|that|<v>|i|you|we|the [a-z]+) (?:is|gets?"
            r"|goes|want|can"
            r"|may|must|should|will|would)|please|just)\b)"
        ),
        plain={"a": "if more than that", "b": ","},
        applies=lambda found: found["way"] not in ("longer", "later") and not found["a"].startswith("not"),
    ),
    Rule(
        hints=("longer", "later"),
        pattern=lazy(
            r"\b(?P<a>(?:not )?(?:even )?(?:a|one|1|any)(?: single| more| extra)? (?:day|hour|minute|second"
            r"|week) (?:longer|later)"
            r"(?: than that)?)(?P<b>(?: (?:and|,|=|:|-|then|\?|means))+)(?= (?:(?:it|that|<v>|i|you|we"
            r"|the [a-z]+) (?:is|gets?"
            r"|goes|want|can|may|must|should|will|would)|please|just)\b)"
        ),
        plain={"a": "if longer than that", "b": ","},
        applies=lambda found: not found["a"].startswith("not"),
    ),
    Rule(
        hints=(" ? ",),
        pattern=lazy(
            r"(?:^|(?<=[.!?;:,\n-] ))(?P<a>)(?:(?:will|can|could|does|do|did|is|has|have|would) not (?!i\b|we\b"
            r"|you\b|it\b"
            r"|they\b|the\b|my\b|this\b|that\b|there\b|<v>)|(?:arrives|comes|gets|takes|costs|needs|contains|includes"
            r"|exceeds|leaves|turns|shows|weighs|lands|exceeding)\b)[^.?!;,\n]*(?P<b> \?)(?= (?:then "
            r"|please |just )*[a-z]+)"
        ),
        plain={"a": "if it", "b": ","},
    ),
)
"""Each with the plain words for it."""
