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
VOUCHED = (
    Rule(
        hints=("that ",),
        pattern=lazy(rf"\b(?P<a>if it (?:is|was) not {_TRUE} that)\b"),
        plain={"a": "unless"},
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
