"""Cases that stand beside others: "somewhere in between", "without it only one", "one of these is true: ..."."""

from collections.abc import Iterator

from orchestrator_server.embedded.plainly.respelling import Rule
from orchestrator_server.embedded.words.patterns import lazy

_IF = r"(?:if|when|provided(?: that)?|as long as)"
_LISTED = r"(?:these|those|the following|them|the 2|the two)(?: (?:things?|conditions?|points?|statements?))?"
_TRUE = r"(?:is|are|holds?|appl(?:y|ies)|must be|has to be)(?: (?:both|all))?(?: (?:true|met|given|so|fulfilled))?"
_LEAVES = (
    r"(?:(?:then|just|please|you|can|may|should|i|we|it|that|will|would|am) )*"
    r"(?:live with|leave|keep|keeping|stays?|fine|ok|okay|never mind|forget|nothing|do not)\b"
)


def cases_beside(states: str, verbs: str) -> Iterator[Rule]:
    """The rules; `states` is an alternative of all states, `verbs` one of stems of what only asks for something."""
    yield Rule(
        hints=("both ", "all ", "conditions ", "these ", "things "),
        pattern=lazy(
            rf"(?<=when )(?P<a>(?:both|2|the|these|all|following)(?: (?:of|following|these|the|things|conditions"
            rf"|points|2))* {_TRUE} [:-])(?= [a-z<])"
        ),
        plain={"a": ""},
    )
    yield Rule(
        hints=("one of ", "any of ", "either of "),
        pattern=lazy(rf"\b{_IF} (?P<a>(?:at least )?(?:one|any|either) of {_LISTED} {_TRUE} [:-])(?= [^.?!;\n]* or )"),
        plain={"a": ""},
        applies=lambda found: " and " not in found.string[found.end() :],
    )
    yield Rule(
        hints=("in between", "in the middle"),
        pattern=lazy(
            rf"\b{_IF} [^.?!\n]*?(?P<a>(?: [,;.])?(?: (?:and|but))?(?: (?:if|when) (?:it is )?| )"
            r"(?:(?:anything|something|anywhere|somewhere|stuck|still) )*in (?:between|the middle)(?: (?:,|:|=))?)"
            rf"(?= (?:(?:please|just|then|,) )*(?:(?:{verbs})[a-z]*|where|when|what|tell|show|let"
            r"|leave|keep|nothing)\b)"
        ),
        plain={"a": ". otherwise ,"},
    )
    yield Rule(
        hints=("otherwise if ", "otherwise , if ", "else if ", "else , if "),
        pattern=lazy(r"(?P<a>(?<=[^.?!;\n] )(?:[,;] )?(?:(?:and|but|or) )*(?:otherwise|else)(?: ,)?) (?=if )"),
        plain={"a": ". otherwise ,"},
    )
    yield Rule(
        hints=("it not ", "that not ", "they not "),
        pattern=lazy(
            r"(?<=[.,;!] )(?P<a>(?:(?:and|but) )*(?:has|is|was|did|does) (?:it|that|they) not(?: (?:,|then|so))+)"
            r" (?=[a-z])(?![^.!;\n]*\?)"
        ),
        plain={"a": "if not ,"},
    )
    yield Rule(
        hints=("without ",),
        pattern=lazy(
            rf"\b(?:if|with) [^.?!;\n]*?(?P<a>,(?: (?:and|but))? without(?: (?:it|that|one|any|this|{states})"
            r"(?: (?!only|just)[a-z]+)?)?(?: ,)?(?: (?:only|just|then))*)"
            r" (?=(?:please )?(?:an?|one|\d+) )"
        ),
        plain={"a": ", otherwise"},
    )
    yield Rule(
        hints=("only if ", "only when "),
        pattern=lazy(
            rf"\bonly (?:if|when) [^.?!;,\n]+(?P<a> ,(?: (?:and|but))?)(?= (?:if|when) [^.?!;,\n]+?"
            rf"(?: ,)? {_LEAVES})(?![^.?!;\n]*\b(?:otherwise|else)\b)"
        ),
        plain={"a": "."},
    )
    yield Rule(
        hints=(" wrong and ", " mistaken and ", " right and ", " correct and "),
        pattern=lazy(
            rf"\b{_IF} (?P<a>(?:i am|we are|i was|i have it|what i (?:see|think|hear) is|your [a-z]+ is)"
            r" (?:wrong|mistaken|right|correct)"
            r"(?: (?:about|on|with) (?:that|this|it))? and)(?= (?:(?:it|that|this|there|they)\b|<v>))"
        ),
        plain={"a": ""},
    )
    yield Rule(
        hints=(" bar ", " barring ", " save "),
        pattern=lazy(
            r"\b(?:all|every|each|any|everything|both)\b[^.?!;\n]*? (?P<a>bar|barring|save(?: for)?)"
            r"(?= (?:(?:the|any) (?:[a-z]+ )?ones?|those|these|that one|this one|<v>)(?: |$))"
        ),
        plain={"a": "except"},
    )
    yield Rule(
        hints=("go ahead", "go on", "feel free", "please do"),
        pattern=lazy(
            r"\b(?:all|every|each|any|both)\b[^.?!;\n]*?(?P<a> , (?:so |please )?(?:go ahead|go on|feel free|please do"
            r"|do so))(?= [,.])"
        ),
        plain={"a": ""},
    )
    yield Rule(
        hints=("if ", "unless ", "when ", "provided ", "long as "),
        pattern=lazy(
            r"(?:^|(?<=[.!?;\n] ))(?!(?:if|when|unless|should|provided|only|as)\b)[^.?!;\n]*?\b(?:if|unless|when"
            r"|provided|as long as) [^.?!;\n]*?(?P<a>(?: ,)? and(?: also)?| ,)"
            r"(?P<b> (?:i|we) (?:want|need|would like(?: to have)?)| (?:have|get)|) (?=<v> [a-z]{2,}ed\b)"
        ),
        plain={"a": ".", "b": "i want"},
    )
    yield Rule(
        hints=("have ", "get "),
        pattern=lazy(
            r"(?:^|(?<=[.,!;\n] )|(?<=\bthen )|(?<=\bplease )|(?<=\band ))(?P<a>have|get)"
            r" (?=(?:it|that|this|them|<v>|(?:the|my) [a-z]+) (?:[a-z]{2,}ed|sent|brought)\b)(?![^.!;\n]*\?)"
        ),
        plain={"a": "i want"},
    )
