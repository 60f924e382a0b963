"""What was never wanted, or others did ("i never asked for A-17 to be stopped"): only the thing stays."""

from orchestrator_server.embedded.plainly.respelling import respelled, rule
from orchestrator_server.embedded.plainly.wishing.forbidding import A_THING
from orchestrator_server.embedded.words.text import Token

_SOMEBODY = (
    r"(?:whoever|who(?:so)?ever|any(?:one|body) who|some(?:one|body) who|the (?:person|guy|man|woman"
    r"|one|colleague) who)"
)
_WRONG = r"(?:wrong|mistaken|lying|confused|crazy|mad|an idiot|misinformed|not me|not right)"
_BY_OTHERS = (
    r"(?:by (?:some(?:one|body)|whoever|mistake|accident|error|them|him|her|one of [a-z]+|your [a-z]+|an? [a-z]+"
    r"|the (?:system|app|bot|website|site|computer))(?: [a-z]+){0,2}"
    r"|without (?:asking|telling|my|our|me|us)(?: [a-z]+){0,2})"
)
_NOT_WANTED = (
    r"(?:[,.;-] )?(?:(?:and|but|which|though) )?(?:i|we) (?:never|did not|have not|had not)(?: ever)? (?:(?:ask"
    r"|request|agree"
    r"|want|change)(?:d|ed)?|authori[sz]ed?|do|done|did|tell|told)(?: (?:you|anyone|for|to|that|it|this|so))*"
)
_RULES = (
    rule(
        "never|not ",
        r"\b(?P<a>(?:i|we) (?:(?:have|had) )?(?:never|not|did not|did never)(?: ever| even| once)?"
        r" (?:want(?:ed)?|ask(?:ed)?(?: for)?|request(?:ed)?(?: that)?|agreed? (?:to|that|for)"
        r"|wish(?:ed)?(?: for)?|intend(?:ed)?(?: for)?|mean(?:t)?(?: for)?|said)(?: (?:you|anyone|anybody"
        rf"|someone|to|have|get|see))* )(?={A_THING})(?:(?!<v>)[^\s.!?;,]+ )*<v>(?P<b> (?:(?:should|to"
        rf"|had) )?(?:be |been"
        r" )?[a-z]+ed)\b",
        a="about",
        b="",
    ),
    rule(
        "never|not ",
        r"<v>(?P<a>(?: ,)? (?:i|we) (?:(?:have|had) )?(?:never|did not)(?: ever| even| once)?"
        r" (?:want(?:ed)?|ask(?:ed)?(?: for)?|meant?|wish(?:ed)?(?: for)?)(?: (?:to|have|get|see|it|be|being))*"
        r" [a-z]+ed)(?= [.,;!\n]|$| and| but| so)",
        a="",
    ),
    rule(
        "never|not ",
        r"<v>(?P<a> (?:was|were) (?:never|not)(?: ever)? (?:meant|supposed|intended|going|asked|wanted|to be)"
        r"(?: (?:to|be|being))* [a-z]+ed)(?= [.,;!\n]|$| and| but| so)",
        a="",
    ),
    rule(
        "who",
        rf"(?P<a>{_SOMEBODY} (?:(?!<v>)[^\s.!?;,]+ ){{1,8}}?)<v>"
        rf"(?P<b>(?: [^\s.!?;,]+)*? (?:was|is|were|must be|must have been) (?:[a-z]+ly )?{_WRONG})(?= [.,;!\n]"
        rf"|$| and| but| so)",
        a="about",
        b="",
    ),
    rule(
        "ed to <v> ",
        r"(?:^|(?<=[.!?;\n] ))(?P<a>(?:(?:hi|hello|so|and|but|,) )*(?:my|the|our) (?:(?!<v>)[a-z]+ ){1,3}(?:got"
        r"|was|were|has been"
        rf"|have been|had been|is|are) (?:[a-z]+ly )?[a-z]+ed (?:from <v> )?to <v> (?:{_BY_OTHERS}"
        rf"|{_NOT_WANTED}))(?= [.,;!\n]|$)",
        a="",
    ),
)


def without_never_asked(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens without what was never wanted, and what others did with the user's own."""
    return respelled(tokens, _RULES)
