"""The words by which a clause shows that something hangs on it, although it has no "if"."""

from orchestrator_server.embedded.conditions.dates import DAY_OF_WEEK
from orchestrator_server.embedded.words.english import CURRENCY, UNIT
from orchestrator_server.embedded.words.patterns import lazy

_DAYS = (
    rf"(?:today|tonight|tomorrow|{'|'.join(sorted(DAY_OF_WEEK))}|(?:this|next|the) (?:week|weekend|month|day|date))\b"
)
_WAYS = (
    r"(?:more|less|fewer|later|earlier|sooner|longer|shorter|older|newer|higher|lower|over|under|above|below|beyond"
    r"|past|up|upwards?|onwards?|dearer|cheaper|pricier|further)"
)
_LEAD = (
    r"^(?:\W|<v>|(?:and|but|so|or|well|ok|with|at|for|from|by|on|in case of|yes|no|now|total|it is|that is|in)\b )*?"
    r"(?:(?:anything|everything|something|any|all|much|even|just|only|not|a|an|one|1|single|cent|penny|euro|day|minute"
    r"|hour|bit|lot|little) )*?"
)
_NUMBER = r"(?:[€$£] )?\d"
_OTHER_DAY = r"(?:any|all|every|each) other (?:day|date|time|amount|status|state|case)s?\b"
COMPARING = lazy(
    rf"{_LEAD}(?:{_WAYS} (?:than )?(?:that|this|it|{_NUMBER}|{_DAYS})|{_WAYS}(?= (?:is|was|are|would be|will be|and|no"
    rf"|not|then|gets?|goes|i|we)\b|\W*$)|{_NUMBER}[\d.,]*(?: (?:[€$£]|[a-z]+)){{0,2}} (?:or|and) {_WAYS}\b"
    rf"|(?:up to|at least|at most|no more than|no less than|minimum|maximum|max|exceeding|within"
    rf"|more than|less than|fewer than) {_NUMBER}|(?:after|before) (?:that|then|this)\b|afterwards\b"
    rf"|(?:by|until|till|before|after|past|beyond|come|starting|from|as of|since) (?!today){_DAYS}"
    rf"|{_DAYS} or (?:never|nothing|not at all)"
    rf"|{_OTHER_DAY})"
)
"""A comparison or a day at the very beginning: "four or more was a mistake", "any later", "above that"."""
_TIME = (
    rf"(?:\b\d+ (?:more |whole |full )?(?:{UNIT})\b|\b(?:an?|one) (?:{UNIT})\b"
    rf"|\b(?:by|until|till|before|after|within|for|to|on) {_DAYS}|\b{_DAYS} (?:latest|at the latest)\b|\b(?:after"
    r"|before) that\b)"
)
LIMIT = lazy(
    r"^(?=.*\b(?:limit|max|maximum|minimum|ceiling|cap|budget|tops|threshold|latest|at most|draw the line|deadline"
    r"|too [a-z]+ (?:above|over|beyond|from|after|under|below|at)"
    r"|(?:is|are|am) (?:still )?(?:fine|ok|okay|alright|acceptable|enough|good|willing|prepared|ready)|(?:may|can"
    rf"|could) stay|yes|no longer than)\b)(?=.*(?:(?:^| ){_NUMBER}|{_TIME}|{_DAYS}))"
)
"""What sets a limit, or says what is still good, with an amount or a time beside it ..."""
TOLERATED = lazy(
    r"^(?=.*(?:\b(?:i|we) (?:(?:can|will|would|could|shall|am|are|still|only) )*(?:accept|take|keep|live with"
    r"|wait|give"
    r"|tolerate|allow|afford|pay|want it|stand)\b|(?:<v>|it|this) (?:gets|has)\b|\bruns? out\b|\bends?\b"
    r"|\b(?:useless|pointless|no use|worthless|no good|too late)\b"
    r"|^(?:please |just )*(?:hold|wait|keep|leave)\b))"
    rf"(?=.*(?:[€$£] \d|\d[\d.,]* (?:{CURRENCY})(?= |$)|{_TIME}))"
)
"""... or who says so, beside an amount of money or a time."""
DUE = lazy(
    rf"\b(?:must|has to|have to|needs?(?: to)?|got to|should|ought to|had better|required?|want it|absolutely)\b.*"
    r"\b(?:(?:by|before|within|until|till|in time|on time|no later than|not later than|in (?:\d+|an?"
    rf"|one) (?:{UNIT}))"
    rf"\b(?! now\b)|{_DAYS})"
)
"""What must come by some time."""
PAST = lazy(
    r"\b(?:was|were|had|did|paid|bought|ordered|cost(?!s)|spent|took|waited|waiting|came|arrived|said|promised|been"
    r"|already|ago|yesterday|last)\b"
)
"""What is told of another time."""
_ADDRESSING = (
    r"(?!.*\b(?:you|what|which|who|where|when|why|how|worries|problem|problems|rush|anyone|anybody|somebody"
    r"|please|help"
    r"|thanks|possible|right|correct|understood|clear|want|remember|okay"
    r"|ok(?= \?))\b)(?!(?:\W|and |but |so )*(?:can|could|may|might"
    r"|shall|should|would|will) (?:i|we)\b)"
)
ASKED = lazy(
    rf"{_ADDRESSING}(?:\W|<v>|(?:and|but|so|well|ok|hm+) )*(?:(?:is|are|has|have|was|were|did|does|do|will|am"
    r"|can|could"
    r"|would|got)\b|(?:not|no|never|nope|impossible|nothing|none|still|already|enough|too [a-z]+)\b"
    r"|(?:\S+ ){1,8}?(?:does|is|has|will|do|are|have|can|would)(?: not)?\b|(?:\S+ ){0,8}(?:still|yet|already|not|over"
    r"|under|above|below|left|more|less|by|before|after|within|than)\b).*\?"
)
"""A question, with or without a subject, that supposes something right before an effect."""
CHECKING = lazy(
    r"(?:\W|(?:and|but|so|please|first|kindly|just|can you|could you) )*(?:check|see|look(?: up)?|verify|confirm"
    r"|find out"
    r"|make sure|be sure|ensure|ascertain)(?: first| for me| please| it)* (?:<v>|(?:if|whether|that|it|the|my)\b)"
)
"""What shall be looked at before an effect."""
SUPPOSING = lazy(
    r"^(?:\W|and |but |so |ok |well )*(?:(?:let us |let me |just )*(?:say|suppose|assume|imagine|presume|supposing"
    r"|imagining)\b (?!hi|hello|thanks|thank)|(?:were|had) (?:<v>|(?:it|the|my|this|i|we)\b)(?!.*\?))"
)
"""What is but supposed."""
RESTRICTING = lazy(
    r"\b(?:restriction|caveat|catch|proviso|condition|limitation|exception|stipulation|provision|prerequisite"
    r"|precondition|requirement|qualification|snag)s?\b|\bthere is (?:a|one|just one|1) *$|\bonly where\b|\bwhere\W*$"
)
PREPOSED = lazy(
    r"<v>(?: [:,(-])* (?:please )?(?:for (?:lack|want) of|in the absence of|except (?:with|for)|but for|given"
    r"|pending|barring|failing|absent|depending|un\w{4,}ed\b|not yet|unless|where"
    r"|subject to|as it is|as and)\b"
)
GIVEN = lazy(r"^(?:\W|and )*(?:given|barring|failing|pending|upon|in view of) (?:an?|the|my|its|any)\b")
"""Words that say "if" by themselves, before what they are about."""
HEADED = lazy(
    rf"^(?:\W|<v>|and |but |or |so )*(?:anything |everything |any |much |even )?(?:{_WAYS} (?:than )?(?:that|this|it)"
    rf"|(?:later|longer|sooner|earlier|older|newer|afterwards|after that|above|below|beyond))\b"
    rf"|{_OTHER_DAY}|^(?:\W|and )*(?:starting|from|as of|past|beyond|come) (?!today){_DAYS}"
    r"|^(?:\W|<v>)*still (?:with|at|in) (?:you|your)"
    r"|^(?:more|less|fewer|up|higher|lower) [^\w<]|^(?:\W|and )*(?:no|yes|yep|nope) [:=-]"
)
"""How the clause of an effect begins that is meant for one case alone."""
ONLY = lazy(
    rf"\bonly (?:with|after|{_WAYS}|at|from|in|on|by|{_NUMBER})\b|\b{_OTHER_DAY}|\bthat only\b|\bwithin the \d"
    r"|^(?:\W|and |but )*only "
    r"(?![a-z]+ (?:<v>|\d|(?:it|the|my|an?|one)\b))"
)
"""What narrows the effect in its own clause."""
OF_TWO = lazy(
    r"\bthe (?:(?:more|less|most|least) [a-z]+|(?:dear|cheap|pric[iy]|lat|earli|soon|old|new|bigg|small|larg"
    r"|high|low|long"
    r"|short|slow|fast|quick|heavi|light|costli)(?:er|est)) (?:one|of the (?:two|2)|of them|2|two)\b"
)
"""One of two by how they compare."""
FOLLOWS = ("then", "afterwards", "that", "after that")
FIRST = lazy(r"\b(?:first|now|please|ok|okay|fine|right|well|want|need|show|tell)\b")
"""What makes a "then" tell the order of things alone."""
PSEUDO = lazy(r"^(?:you|it (?:is|gets|goes)|i want|we want|<v> (?:is|gets|goes))\b")
"""What comes of it, behind an imperative that is none: "miss it and you ..."."""
ANSWER = lazy(r"(?:\W|and |but |so )*(?:no|nope|yes|yeah|yep)(?: (?:thanks|thank you|way|good|use))*\W*")
"""A yes or a no, and nothing else."""
TOLD = lazy(r"\b(?:until|till|is|are|do|does|will|would|has|no|not|can)\b")
"""What a clause has that tells something."""
IMPERATIVE = lazy(r"(?:\W|and |but |so )*(?!i\b|we\b|you\b|<v>|it\b|the\b|my\b)[a-z]+ (?:it|that|this|<v>)\W*")
"""Two words that could ask for something, and here suppose it."""
IN_STATE = r"^(?:\W|<v> )*(?:(?:still|not|already|yet|only|just) )+(?:yet )?"
"""How a clause begins that tells a state before what is to be done."""
TAILED = lazy(r", (?:but |and |or )?(?:only|just|rather|make it|or) (?:\d+|one)(?: of (?:them|those|these))?\W*$")
"""Another number at the end, which a condition behind it is about: "2 lamps, only 1 if ..."."""
NONE = lazy(
    r"(?:\W|and |so |but )*(?:no|without(?: an?)?) (?!(?:rush|hurry|problem|problems|worries|thanks|need|idea"
    r"|clue|more|longer"
    r"|reason|excuse|offence|wonder|way|doubt|one|matter|use|point|chance|luck|stress|panic|big|hard)\b)[a-z]+"
    r"(?: (?:in|with|on) (?:it|there|that|<v>))?\W*"
)
"""That something is missing, right before an effect."""
AGAINST = lazy(rf"\b(?:over|under|above|below|after|before|more than|less than|beyond) (?:{_NUMBER}|{_DAYS})")
"""What is compared with in what is told, before "then"."""
