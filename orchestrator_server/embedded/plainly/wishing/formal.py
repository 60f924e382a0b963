"""How letters ask ("I hereby request that ..."), and what stands before a request and says nothing ("lol if ...")."""

from orchestrator_server.embedded.plainly.respelling import Rule
from orchestrator_server.embedded.words.patterns import lazy

_I = (
    r"(?<!that )(?<!when )(?<!which )\b(?:i|we) (?:(?:hereby|herewith|kindly|therefore|formally|would|should|must|do"
    r"|can only|only|respectfully|urgently|now|also|just|have to|wish to|want to|like to) )*"
)
_ASK = r"(?:request|requesting|demand|demanding|beg|ask|apply|insist on|am requesting|am asking|have to ask)"
_BEGINS = r"(?:^|(?<=[.!?;:,\n(-] )|(?<=\band )|(?<=\bbut ))"
FORMAL = (
    Rule(
        hints=("request", "demand", "insist", "ask", "apply", "beg"),
        pattern=lazy(
            rf"(?P<a>{_I}{_ASK}(?: you| for| that you)*)(?= (?:the|an?|its|my|their|immediate|full"
            r"|prompt) )"
        ),
        plain={"a": "i want"},
    ),
    Rule(
        hints=("request", "demand", "insist", "ask", "beg"),
        pattern=lazy(rf"(?P<a>{_I}{_ASK}(?: for)?)(?= [a-z]+(?:ation|al|ment|ure|ing)\b)"),
        plain={"a": "i want"},
    ),
    Rule(
        hints=("request", "demand", "insist", "ask", "beg"),
        pattern=lazy(
            rf"(?P<a>{_I}{_ASK}(?: of)? you (?:to|that you|please)) (?=(?!know\b|do the\b|if\b|whether\b)[a-z])"
        ),
        plain={"a": "please"},
    ),
    Rule(
        hints=("request", "demand", "insist", "ask", "beg"),
        pattern=lazy(rf"(?P<a>{_I}{_ASK} that) (?:[^\s.,;!?]+ ){{1,4}}?(?P<b>be) (?=[a-z]+ed\b|sent\b|taken\b|put\b)"),
        plain={"a": "i want", "b": "to be"},
    ),
    Rule(
        hints=("you are ",),
        pattern=lazy(
            r"(?<!\bif )(?<!\bwhen )\b(?P<a>you are (?:then |hereby )?(?:to|free to|welcome to"
            r"|allowed to)) (?=(?!be\b|have\b)[a-z]+ )(?![^.!;\n]*\?)"
        ),
        plain={"a": "please"},
    ),
    Rule(
        hints=("lol", "lmao", "yo ", "mm", "hm", "eh", "haha", "meh", "hehe", "wow", "huh", "yeah", "aight", "welp"),
        pattern=lazy(
            rf"{_BEGINS}(?P<a>(?:(?:lol|lmao|rofl|yo|mm+|hm+|ehm?|haha+|hehe+|meh|wow|huh|yeah|aight|welp|tja|so|well)"
            r"(?: [,.!-])* )*?(?:lol|lmao|rofl|yo|mm+|hm+|ehm?|haha+|hehe+|meh|wow|huh|aight|welp"
            r"|tja)(?: [,.!-])*)(?=\s[a-z<\d])"
        ),
        plain={"a": ""},
    ),
    Rule(
        hints=("item ", "step ", "point ", "task ", "part ", "thing ", "wish ", "job ", "request ", "question "),
        pattern=lazy(
            r"(?:^|(?<=[.!?;:,\n] )|(?<=\band ))(?P<a>(?:item|step|point|task|part|thing|wish|job|request|question"
            r"|matter|topic)(?: (?:number|no|nr))? \d(?: (?:would be|will be|is))?(?: [:,.-])+)(?= [a-z<])"
        ),
        plain={"a": "."},
    ),
    Rule(
        hints=("once you", "after you", "when you", "as soon as you"),
        pattern=lazy(
            r"\b(?P<a>(?:and )?(?:once|after|when|as soon as) you (?:have |are |had )?(?:done|finished|through|ready)"
            r"(?: (?:with )?(?:that|this|it|so))?(?: ,)?)(?= [a-z])"
        ),
        plain={"a": ". then"},
    ),
)
"""Ways of asking without their formality, and words that only lead to what is asked."""
