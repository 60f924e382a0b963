"""The rarer words for "if", for its branches, and for what must be so or else, each with the plain ones for them."""

import re

from orchestrator_server.embedded.plainly.respelling import Rule
from orchestrator_server.embedded.words.patterns import lazy

BEGINS = r"(?:^|(?<=[.!?;:,\n(-] )|(?<=\band )|(?<=\bso )|(?<=\bbut )|(?<=\bbecause )|(?<=\bor )|(?<=\bok ))"
THING = r"(?:it|they|that|this|<v>|(?:the|my) [a-z]+(?: <v>)?)"
"""What a condition may be about: a thing by its id or its name, or what points at one."""
NEW_SUBJECT = (
    r"(?:there (?:is|are)|i|we|you|it (?:is|has|can|will|would)|(?:the|my|your|that|<v>)(?: [a-z]+)? (?:is|are|has|have"
    r"|can|may|must|should|will|would)) "
)
END = r"(?= [).,;!?\n]| please|$)"
_SUBJECT = r"(?:it|they|that|this|there|my|the|i|we|<v>|more|less|fewer|over|under|at least|none|all|any)"
_LOOKING = lazy(
    r"\b(?:tell|show|know|see|check|say|find|idea|clue|wonder|ask|remember|exactly|from|to|of|is|are|that|i"
    r"|we)\b[^.?!;\n]*$"
)
"""What stands before a "where" or a "when" that asks for a place or a time."""


def is_told_where(found: re.Match[str]) -> bool:
    """Does "where" set a condition here, and ask for no place?"""
    before = found.string[: found.start()].strip()
    return bool(before) and not _LOOKING.search(before)


def _is_after_request(found: re.Match[str]) -> bool:
    """Does no condition stand before it in the sentence, with which it could go on?"""
    before = found.string[: found.start()]
    return bool(before.strip()) and _SETTING.search(before) is None


_SETTING = lazy(r"\b(?:if|unless|when|should|had|in case|provided|whether|know|tell|check|see)\b[^.?!;\n]*$")
SUPPOSED = (
    Rule(
        hints=("say", "suppos", "assum", "imagin", "presum"),
        pattern=lazy(
            rf"{BEGINS}(?P<a>(?:let us |let me |just |please )*(?:say|suppose|supposing|assume|assuming|imagine"
            rf"|presume)(?: that)?)(?= {_SUBJECT} )[^.?!;:\n]*?"
            r"(?P<b>(?: [.,:;-])* (?:then|in (?:that|this|such a) case))\b"
        ),
        plain={"a": "if", "b": ","},
    ),
    Rule(
        hints=("suppose",),
        pattern=lazy(rf"{BEGINS}(?P<a>suppose(?: that)?)(?= {_SUBJECT} [^.?!;:\n]*?[:,])"),
        plain={"a": "if"},
    ),
    Rule(
        hints=("being", "having"),
        pattern=lazy(
            r"\b(?P<a>in (?:the )?case of|subject to|conditional (?:on|upon)|contingent (?:on|upon)|dependent on)"
            r" (?:it|that|this|<v>|the [a-z]+|my [a-z]+)(?: <v>)? (?P<b>being|having)\b"
        ),
        plain={"a": "if", "b": "is"},
    ),
    Rule(
        hints=("where",),
        pattern=lazy(
            r"\b(?P<a>where)(?= (?:(?:it|they|that|this|<v>) (?:is|are|has|have|was|were) )?"
            r"(?:still|not|already|yet|no longer)\b(?! (?:i|we|you|can|do)\b))"
        ),
        plain={"a": "if"},
        applies=is_told_where,
    ),
    Rule(
        hints=("iff", "only if"),
        pattern=lazy(r"\b(?P<a>iff|if (?:, )?and only if(?: ,)?)(?= \S)"),
        plain={"a": "only if"},
    ),
    Rule(hints=("just ",), pattern=lazy(r"\b(?P<a>just)(?= (?:if|when|while)\b)"), plain={"a": "only"}),
    Rule(hints=("save ", "bar "), pattern=lazy(r"\b(?P<a>save|bar)(?= (?:if|when|where)\b)"), plain={"a": "except"}),
    Rule(
        hints=("except",),
        pattern=lazy(r"\b(?P<a>except)(?= (?:it|they|<v>) (?:is|are|has|have|was|were)\b)"),
        plain={"a": "except if"},
    ),
    Rule(
        hints=("far as", "extent", "inasmuch"),
        pattern=lazy(r"\b(?P<a>in ?so ?far as|to the extent(?: that)?|inasmuch as)(?= \S)"),
        plain={"a": "if"},
    ),
)
"""Other words for "if"."""
BRANCHES = (
    Rule(hints=("in which case",), pattern=lazy(r"(?P<a>,) in which case\b"), plain={"a": "."}),
    Rule(
        hints=("or , ",),
        pattern=lazy(r"(?P<a>(?:, )?or ,) (?P<b>if|when|where|should)(?= )"),
        plain={"a": ", but", "b": "if"},
    ),
    Rule(
        hints=("or if ", "or where ", "or when "),
        pattern=lazy(r"(?P<a>(?:, )?or (?:if|where|when))(?= (?:it|that|this|they|<v>) (?:is|has|are|have|was)\b)"),
        plain={"a": ", but if"},
        applies=_is_after_request,
    ),
    Rule(
        hints=("if no", "answer is no"),
        pattern=lazy(
            r"\b(?P<a>if (?:the answer is )?no)(?=(?: ,| :| then)*"
            r" (?:(?:i|we|then|leave|keep|let|do|please|just|never|forget|nothing)\b"
            r"|[a-z]+ (?:it|that|them|me|<v>)(?: |$)))"
        ),
        plain={"a": "if not"},
    ),
    Rule(hints=("or should",), pattern=lazy(rf"(?<=, )(?P<a>or should)(?= {_SUBJECT} )"), plain={"a": "or if"}),
    Rule(
        hints=(": should",),
        pattern=lazy(rf"(?<=: )(?P<a>should)(?= {_SUBJECT} (?:have|be|not|cost|come|turn)\b)"),
        plain={"a": "if"},
    ),
)
"""The other case, and what is to be done in it."""
OR_ELSE = (
    Rule(
        hints=("must ", "has to ", "have to ", "need", "should ", "ought to "),
        pattern=lazy(
            rf"{BEGINS}(?:either )?(?P<a>)(?:<v>|it|this|that) (?P<b>must|has to|have to|needs? to|should|ought to)"
            r" (?:be|get|come|arrive|reach|cost|stay|leave|have|contain|show)\b[^.?!;\n]*?"
            r"(?<!where)(?<!thing)(?<!body)(?P<c>(?: ,)? (?:or else|otherwise|else|or))"
            r"(?= (?:(?:i|we) (?:want|need|would)|you|please|just"
            r"|else)\b| @)"
        ),
        plain={"a": "unless", "b": "will", "c": ","},
    ),
    Rule(
        hints=("either",),
        pattern=lazy(
            rf"{BEGINS}(?P<a>either) (?:<v>|it|this|that) (?:is|has|gets|comes|arrives|costs|will)\b[^.?!;\n]*?"
            r"(?P<c>(?: ,)? or(?: else)?)(?= (?:i|we|you|please|just)\b| @)"
        ),
        plain={"a": "unless", "c": ","},
    ),
    Rule(
        hints=(" then",),
        pattern=lazy(
            rf"{BEGINS}(?:please )?(?:check|see|look|find out|verify|make sure|confirm)(?: first)? (?:if|whether|that)"
            r" [^.?!;,\n]+(?P<b>(?: ,)?(?: and)? then)(?= )"
        ),
        plain={"b": ". if so ,"},
    ),
    Rule(
        hints=("should",),
        pattern=lazy(r"(?<=<v> )(?P<a>should)(?= (?:it|they|this|that|there) )"),
        plain={"a": "if"},
    ),
    Rule(
        hints=("from ",),
        pattern=lazy(
            r"\b(?P<a>from) \d[\d.,]*(?: (?:[€$£]|[a-z]+))? (?P<b>on|onwards?|upwards?|up)(?= [.,:;=]|$| (?:you|i"
            r"|please)\b)"
        ),
        plain={"a": "", "b": "or more"},
    ),
    Rule(hints=(" / ",), pattern=lazy(r"(?P<a>/)(?= [a-z]+ (?:it )?(?:if|when|unless) )"), plain={"a": ";"}),
)
"""What must be so, or else something is to be done."""
CONDITION = (
    Rule(
        hints=("condition", "requirement", "prerequisite", "proviso", "stipulation", "understanding"),
        pattern=lazy(
            r"(?P<a>(?:(?:^|(?<=[.!?;:,\n(-] ))|(?<![a-z] )|\b(?:on|under|with|at) )"
            r"(?:(?:the|one|my|only|a|single|sole|but|on|under|with) )*"
            r"(?:condition|requirement|prerequisite|precondition|proviso|stipulation|understanding)"
            r"(?: (?:is|being))?(?: that| is)?(?: [:,-])?)(?= (?!for\b|of\b|is\b|was\b)[a-z<])"
        ),
        plain={"a": "only if"},
    ),
    Rule(
        hints=("must", "has to", "should", "needs to"),
        pattern=lazy(r"(?<=if )(?:it|that|this|<v>) (?P<b>must|has to|should|needs to)(?= (?:still |not )?be\b)"),
        plain={"b": ""},
    ),
)
"""The word "condition" itself."""
ADDED = (
    Rule(
        hints=("of course", "obviously", "naturally", "mind you"),
        pattern=lazy(r"(?P<a>, (?:of course|obviously|naturally|mind you))(?= [.,;!?\n]|$)"),
        plain={"a": ""},
    ),
    Rule(
        hints=(" :",),
        pattern=lazy(
            r"(?<=if )(?P<a>(?:both|2|the|these|all|following)"
            r"(?: (?:of|following|these|the|things|conditions|points|2))*"
            r" (?:is|are|hold|holds|apply|applies)(?: (?:both|all))?"
            r"(?: (?:true|met|given|the case|fulfilled|right))? :)"
        ),
        plain={"a": ""},
    ),
    Rule(
        hints=("do both", "do all", "do these", "do the following", "do 2"),
        pattern=lazy(
            r"(?P<a>do (?:both|all|these|the following|2)(?: of)?(?: these| those| the following| things)*"
            r"(?: for me| please)* :)"
        ),
        plain={"a": ""},
    ),
    Rule(
        hints=(" i ", " we "),
        pattern=lazy(
            r"(?P<a>(?:, )?(?:which|as|like) (?:i|we) (?:think|believe|guess|hope|suppose|assume|expect)"
            r"(?: it (?:is|has|does|was|will))?)(?= )"
        ),
        plain={"a": ","},
    ),
    Rule(
        hints=("id ",),
        pattern=lazy(r"\b(?P<a>id)(?= (?:like|rather|love|prefer|want)\b)"),
        plain={"a": "i would"},
    ),
    Rule(
        hints=(" do ",),
        pattern=lazy(
            r"(?:(?<=[,:;.] )|(?<=\belse )|(?<=\botherwise ))(?P<a>do)"
            r"(?= (?!you|i|we|it|they|not|that|this|so|the|my|me|nothing|both|neither|a|an|any|all"
            r"|please)[a-z]+)"
        ),
        plain={"a": ""},
    ),
)
"""What adds nothing: that one thinks so, that both are meant."""
NOTHING = (
    Rule(hints=("neither",), pattern=lazy(rf"{BEGINS}(?P<a>do neither){END}"), plain={"a": "do nothing"}),
    Rule(
        hints=("no ",),
        pattern=lazy(rf"{BEGINS}(?P<a>no (?!one\b|more\b)[a-z]+)(?= (?:if|when) )"),
        plain={"a": "; do nothing"},
    ),
    Rule(
        hints=("nothing",),
        pattern=lazy(r"(?<=[,:=] )(?P<a>(?:you )?[a-z]+ nothing)(?= [.,;!?]|$)"),
        plain={"a": "do nothing"},
    ),
)
"""That nothing is to happen."""
