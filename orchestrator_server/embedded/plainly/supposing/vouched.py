"""What only says that something is so: "if it is true that it has left", "is it right that ...?"."""

from orchestrator_server.embedded.plainly.respelling import Rule
from orchestrator_server.embedded.words.patterns import lazy

_TRUE = r"(?:true|right|correct|so|the case|a fact|accurate)"
_BEGINS = r"(?:^|(?<=[.!?;:,\n-] )|(?<=\band )|(?<=\bso )|(?<=\bbut ))"
_IF = r"\b(?:if|unless|provided(?: that)?|as long as|in case|assuming|when)"
_SHOWS = r"(?:says?|shows?|tells? you|states?|indicates?|reads?)"
_WHO = (
    r"(?:(?:your|the) (?:[a-z]+ )?(?:systems?|records?|screen|computer|data|database|website|app|site|page)"
    rf" {_SHOWS}(?: you)?(?: that| as)?(?= (?:it|<v>|they|the|that)\b)"
    r"|(?:you|i|we) (?:can |could )?(?:see|find|notice|confirm|verify|agree|establish) that"
    r"|it (?:is|was|turns? out|turned out|happens|appears|seems|proves)(?: (?:to be|indeed|really|actually))?"
    rf"(?: {_TRUE})? that)"
)
_WRONG = r"(?:unless (?:i am|we are|i have been|i was)|if (?:i am|we are) not) (?:very much |much |badly |totally )?"
_IF_SO = (
    r"(?P<c>[.,;!-](?: (?:and|so|then))*(?: (?:if (?:so|yes|true|(?:that|this|it) (?:is|was) (?:indeed )?"
    rf"{_TRUE})|in (?:that|this|which) case)| then)(?: ,)?(?: then)?)(?= [a-z<])"
)
_HOPE = r"(?:i|we) hope|hopefully|with (?:any|a (?:bit|little) of|some) luck"
_THINK = r"(?:i|we) (?:think|believe|guess|assume|suppose|reckon|suspect)"
_DOES = r"(?:it|this|that|<v>|(?:the|my) [a-z]+(?: <v>)?) (?!is\b|has\b|was\b|does\b|costs\b)[a-z]{2,}s\b"
"""A verb of its own, as in "it opens"."""
VOUCHED = (
    Rule(
        hints=("hope", "luck", "wrong", "mistaken", "misinformed"),
        pattern=lazy(
            rf"{_BEGINS}(?P<a>(?:{_HOPE}|{_WRONG}(?:wrong|mistaken|misinformed))(?: that)?(?: ,)?)"
            rf" (?!for\b|to\b|you\b|this finds)[^.?!;,\n]+? {_IF_SO}"
        ),
        plain={"a": "if", "c": ","},
    ),
    Rule(
        hints=("think", "believe", "guess", "assume", "suppose", "reckon", "suspect"),
        pattern=lazy(rf"{_BEGINS}(?P<a>{_THINK}(?: that)?) {_DOES}[^.?!;,\n]*? {_IF_SO}"),
        plain={"a": "if", "c": ","},
    ),
    Rule(
        hints=("think", "believe", "guess", "assume", "suppose", "reckon", "suspect"),
        pattern=lazy(rf"{_BEGINS}(?P<a>{_THINK}(?: that)?) [^.?!;,\n]+? (?:and|or|but) [^.?!;,\n]+? {_IF_SO}"),
        plain={"a": "if", "c": ","},
    ),
    Rule(
        hints=("that ",),
        pattern=lazy(rf"\b(?P<a>(?:(?:but )?only )?(?:if|when|in case) it (?:is|was) not {_TRUE} that)\b"),
        plain={"a": "unless"},
    ),
    Rule(
        hints=("unless it ",),
        pattern=lazy(rf"\b(?P<a>unless it (?:is|was) not {_TRUE} that)\b"),
        plain={"a": "if"},
    ),
    Rule(
        hints=("that ", "says ", "shows ", "tells ", "states ", "say ", "show ", "indicates ", "reads "),
        pattern=lazy(rf"{_IF} (?P<a>{_WHO}) (?=\S)"),
        plain={"a": ""},
    ),
    Rule(
        hints=("it right that", "it true that", "it correct that", "it so that", "the case that", "it a fact that"),
        pattern=lazy(rf"{_BEGINS}(?P<a>(?:is|was) it (?:really |actually )?{_TRUE} that)\b"),
        plain={"a": ""},
    ),
    Rule(
        hints=("you ",),
        pattern=lazy(
            rf"{_BEGINS}(?P<a>(?:do|can|could|would) you (?:also |happen to |please )?"
            r"(?:(?:see|confirm|find|say|agree) that"
            r"|(?:see|know|check|tell me|say|confirm|find out) (?:if|whether)(?=[^.!?;\n]*\? (?:so |and )?then\b)))"
            r" (?=[^.!;\n]*\?)"
        ),
        plain={"a": ""},
    ),
    Rule(
        hints=("wrong", "mistaken"),
        pattern=lazy(
            rf"{_BEGINS}(?P<a>{_WRONG}(?:wrong|mistaken|misinformed)(?: ,)?) (?=<v>|(?:it|they|the|my|you)\b)"
        ),
        plain={"a": "i think"},
    ),
    Rule(
        hints=("hopefully ", "luck"),
        pattern=lazy(
            rf"{_BEGINS}(?P<a>hopefully|with (?:any|a (?:bit|little) of|some) luck)(?: ,)?"
            r" (?=[^.!?;\n]*(?:, |[.!;] )(?:in (?:which|that) case|if so|then|if not)\b)"
        ),
        plain={"a": "i hope"},
    ),
    Rule(
        hints=("? only ", "? but only "),
        pattern=lazy(r"(?P<a>\?) (?=(?:but )?only (?:if|when|as long as|provided)\b)"),
        plain={"a": ","},
    ),
)
