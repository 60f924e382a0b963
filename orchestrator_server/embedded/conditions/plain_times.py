"""Plain words for roundabout ones about time: "I have been waiting for 10 days" is "it is 10 days old"."""

from orchestrator_server.embedded.conditions.quantities import COMPARE, DURATION, TAIL
from orchestrator_server.embedded.plainly.respelling import Rule
from orchestrator_server.embedded.words.english import WEEKDAYS
from orchestrator_server.embedded.words.patterns import lazy

_DAYS = "|".join([*sorted(WEEKDAYS), "today", "tomorrow", "christmas", "the weekend", "next week", "this weekend"])
_LONG = rf"(?:{COMPARE} )?{DURATION}{TAIL}"
_PLAIN = r"(?:\d+|an?|one) (?:full |whole |good |solid )?(?:day|week|month|fortnight|hour|year)s?"
_WAITED = (
    r"(?:i|we) (?:have|had) (?:already |now |still )*(?:been (?:kept )?(?:waiting|patient|hanging on)|waited)"
    r"(?: (?:for|on) (?:it|this|that|<v>))?(?: for)?(?: already| now)?"
)
_NOT_WAITED = _WAITED.replace("(?:already |now |still )*", "not (?:yet |even )?")
_HERE = (
    r"at (?:my|our) (?:door|doorstep|place|house|home|desk)|in my (?:hands|mailbox|letterbox|hand)"
    r"|on my (?:doorstep|mat|porch|desk)|with me|at the door"
)
_FAR = r"(?:\d+|an?|one) (?:day|week)s? (?:away|off|out|from now)"
_STAYS_AWAY = (
    r"\b(?P<a>(?:will|does|is|can) not) (?:going to )?(?:be )?[a-z]+(?: [a-z]+)?(?P<b> for(?: the)?(?: another)?)"
)
TIMES = (
    Rule(
        hints=(" not ",),
        pattern=lazy(rf"{_STAYS_AWAY}(?= {COMPARE} {DURATION}{TAIL}$)"),
        plain={"a": "will", "b": "in"},
    ),
    Rule(
        hints=(" not ",),
        pattern=lazy(rf"{_STAYS_AWAY}(?= {_PLAIN}$)"),
        plain={"a": "will", "b": "in at least"},
    ),
    Rule(
        hints=("most", "max", "less", "fewer", "sooner", "latest", "tops"),
        pattern=lazy(
            rf"(?P<a>){_FAR}(?P<c> (?:at (?:the )?(?:most|latest)|max|maximum|tops|or (?:less|fewer|sooner)))\b"
        ),
        plain={"a": "at most", "c": ""},
    ),
    Rule(
        hints=("least", "more", "further", "later", "min"),
        pattern=lazy(rf"(?P<a>){_FAR}(?P<c> (?:at (?:the )?least|minimum|or (?:more|further|later|longer)))\b"),
        plain={"a": "at least", "c": ""},
    ),
    Rule(
        hints=(" been ",),
        pattern=lazy(rf"^(?P<a>(?:it|this|that) (?:has|is) (?:now |already )?been) {_PLAIN}(?P<c>)(?: now| already)?$"),
        plain={"a": "it is at least", "c": "old"},
    ),
    Rule(
        hints=(" left until", " left till", " left before", " to go until", " to go before"),
        pattern=lazy(
            rf"^(?P<a>there (?:is|are)) {_LONG.replace('(?: time)?', '')}"
            r"(?P<b> (?:left|to go) (?:until|till|before)(?= (?:it|this|that|they|<v>) [a-z]+$))"
        ),
        plain={"a": "in", "b": ""},
    ),
    Rule(
        hints=("than in ",),
        pattern=lazy(rf"\b(?P<a>(?:later|longer) than in)(?= {_PLAIN}$)"),
        plain={"a": "in more than"},
    ),
    Rule(
        hints=("than in ",),
        pattern=lazy(rf"\b(?P<a>(?:earlier|sooner) than in)(?= {_PLAIN}$)"),
        plain={"a": "in less than"},
    ),
    Rule(
        hints=(" not been ",),
        pattern=lazy(
            rf"^(?P<a>(?:it|this|that) (?:has|is) not (?:yet |even )?been) {_PLAIN}"
            r"(?P<c>(?: yet| even| now)?)(?= since )"
        ),
        plain={"a": "it has been less than", "c": ""},
    ),
    Rule(
        hints=(" not been ",),
        pattern=lazy(
            rf"^(?P<a>(?:it|this|that) (?:has|is) not (?:yet |even )?been) {_LONG}(?P<c>)(?: now| already| yet)?$"
        ),
        plain={"a": "it is not", "c": "old"},
    ),
    Rule(
        hints=("wait", "patient"),
        pattern=lazy(rf"^(?P<a>{_NOT_WAITED}) {_LONG}(?P<c>)(?: now| already| yet)?(?: for (?:it|this|that|<v>))?$"),
        plain={"a": "it is not", "c": "old"},
    ),
    Rule(
        hints=("wait", "patient"),
        pattern=lazy(rf"^(?P<a>{_WAITED}) {_PLAIN}(?P<c>)(?: now| already)?(?: for (?:it|this|that|<v>))?$"),
        plain={"a": "it is at least", "c": "old"},
    ),
    Rule(
        hints=(" been ",),
        pattern=lazy(rf"^(?P<a>(?:it|this|that) (?:has|is) (?:now |already )?been) {_LONG}(?P<c>)(?: now| already)?$"),
        plain={"a": "it is", "c": "old"},
    ),
    Rule(
        hints=("wait", "patient"),
        pattern=lazy(rf"^(?P<a>{_WAITED}) {_LONG}(?P<c>)(?: now| already)?(?: for (?:it|this|that|<v>))?$"),
        plain={"a": "it is", "c": "old"},
    ),
    Rule(
        hints=(" that i ", " that we "),
        pattern=lazy(rf"{DURATION}{TAIL}(?P<d> that)(?= (?:i|we) )"),
        plain={"d": "since"},
    ),
    Rule(hints=("on day ",), pattern=lazy(r"\b(?P<a>on day)(?: \d+)(?P<c>)(?= |$)"), plain={"a": "in", "c": "days"}),
    Rule(
        hints=(" from ", " as of "),
        pattern=lazy(
            r"(?:days?|weeks?|months?|fortnight)(?P<a> (?:counting )?(?:from|as of) (?:today|this day|this moment))\b"
        ),
        plain={"a": "from now"},
    ),
    Rule(
        hints=(" wait ",),
        pattern=lazy(
            r"^(?P<a>(?:i|we) (?:(?:still|now) )*(?:have to|must|need to|will have to|would have to|shall|will) wait)"
            rf" {_LONG}(?P<c> (?:more |longer )?(?:for|on) (?:it|this|that|<v>))?$"
        ),
        plain={"a": "it takes", "c": ""},
    ),
    Rule(hints=("in time ",), pattern=lazy(rf"\b(?P<a>in time (?:for|by))(?= (?:{_DAYS})\b)"), plain={"a": "by"}),
    Rule(
        hints=(" my ", " our ", "with me", "at the door"),
        pattern=lazy(
            rf"\b(?P<a>{_HERE})(?= (?:by|before|within|in|on|until|for|after|at|no|any|later|today|tomorrow)\b|$)"
        ),
        plain={"a": "here"},
    ),
)
"""When, and how long."""
