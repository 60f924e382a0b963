"""Plain words for roundabout ones about amounts: "tops 80" is "is more than 80", "has reached 80" is "at least 80"."""

from orchestrator_server.embedded.plainly.respelling import Rule
from orchestrator_server.embedded.words.english import CURRENCY
from orchestrator_server.embedded.words.patterns import lazy

_NUMBER = rf"(?:(?:the |a |my |our )?(?:{CURRENCY}) ?)?(?:a )?\d"
_COMPARED = rf"(?:(?:more|less|no more|no less) than|over|under|above|below|at (?:least|most)|{_NUMBER})"
_HAVE = r"(?:(?:has|have|had) )?(?:(?:already|now|finally|since|just|recently|only|even) )*"
_WAY = r"(?:(?:more|less|higher|lower|cheaper) than|over|under|above|below|at (?:least|most)|up to)"
_SUM = rf"(?:(?:{CURRENCY}) )?\d[\d.,]*(?: (?:{CURRENCY}))?"
AMOUNTS = (
    Rule(
        hints=("where between", "where from", "thing between", "thing from"),
        pattern=lazy(rf"\b(?P<a>(?:some|any)(?:where|thing)) (?:between|from)(?= {_SUM})"),
        plain={"a": ""},
    ),
    Rule(
        hints=("charged", "billed"),
        pattern=lazy(rf"^(?P<a>(?:i|we) (?:was|were|got|have been) (?:charged|billed))(?= {_WAY} {_SUM} for )"),
        plain={"a": "it costs"},
    ),
    Rule(hints=("either",), pattern=lazy(rf"\b(?P<a>either)(?= {_WAY} {_SUM} or {_WAY} {_SUM}$)"), plain={"a": ""}),
    Rule(
        hints=(" or ",),
        pattern=lazy(rf"\b{_WAY} {_SUM}(?P<b> or)(?= {_WAY} {_SUM}$)"),
        plain={"b": "or it is"},
    ),
    Rule(
        hints=(" and ",),
        pattern=lazy(rf"\b{_WAY} {_SUM}(?P<b> and)(?= {_WAY} {_SUM}$)"),
        plain={"b": "and it is"},
    ),
    Rule(
        hints=(" not ",),
        pattern=lazy(
            r"\b(?P<a>(?:does|did|do|has|have|is|would) not (?:quite |even )?"
            rf"(?:come|add|amount|run|get|work|sum|adding|coming)(?: up| out)? (?:to|at))(?= {_NUMBER})"
        ),
        plain={"a": "is less than"},
    ),
    Rule(
        hints=("not ",),
        pattern=lazy(
            rf"\b(?<=not )(?P<a>(?:yet |even )*(?:top|beat|pass|cross|break|clear|surpass|breach))(?= {_NUMBER})"
        ),
        plain={"a": "more than"},
    ),
    Rule(
        hints=(" or ",),
        pattern=lazy(rf"\b(?P<a>(?:at|equal to|exactly|on) or (?:over|above|more than|beyond|past))(?= {_NUMBER})"),
        plain={"a": "at least"},
    ),
    Rule(
        hints=(" or ",),
        pattern=lazy(rf"\b(?P<a>(?:at|equal to|exactly|on) or (?:under|below|less than|beneath))(?= {_NUMBER})"),
        plain={"a": "at most"},
    ),
    Rule(hints=("north",), pattern=lazy(rf"\b(?P<a>north of)(?= {_NUMBER})"), plain={"a": "more than"}),
    Rule(hints=("south",), pattern=lazy(rf"\b(?P<a>south of)(?= {_NUMBER})"), plain={"a": "less than"}),
    Rule(
        hints=("pricier", "costlier", "steeper", "costly", "priced"),
        pattern=lazy(rf"\b(?P<a>pricier than|steeper than|more costly than|priced (?:at more than|higher than))"
                     rf"(?= {_NUMBER})"),
        plain={"a": "more than"},
    ),
    Rule(
        hints=("top", "beat", "pass", "cross", "break", "broke", "clear", "exceed", "goes", "went", "go ", "breach"),
        pattern=lazy(
            r"\b(?P<a>tops|topped|beats?|surpass(?:es|ed)?|pass(?:es|ed)|cross(?:es|ed)|breaks|broke|clears|cleared"
            r"|exceeded|exceeds?(?= that$)|breach(?:es|ed)|overshoots?"
            r"|(?:goes|went|go|gone) (?:over|above|beyond|past|higher than))"
            rf"(?= (?:{_NUMBER}|that$))"
        ),
        plain={"a": "is more than"},
    ),
    Rule(
        hints=("cent ", "penny "),
        pattern=lazy(
            rf"\b(?P<a>(?:an?|one|1|even an?|a single) (?:cent|penny|euro cent) (?:more than|over|above))(?= {_NUMBER})"
        ),
        plain={"a": "more than"},
    ),
    Rule(
        hints=(" mark", " threshold", " line", " limit", " barrier"),
        pattern=lazy(
            rf"\b(?:over|under|above|below|past|beyond) (?P<a>the) \d[\d.,]*(?: (?:{CURRENCY}))?"
            r"(?P<c> (?:mark|threshold|line|limit|barrier))\b"
        ),
        plain={"a": "", "c": ""},
    ),
    Rule(
        hints=("within", "inside"),
        pattern=lazy(rf"\b(?P<a>(?:stays?|stayed|remains?|keeps?) (?:within|inside))(?= {_NUMBER})"),
        plain={"a": "at most"},
    ),
    Rule(hints=("s top ",), pattern=lazy(rf"(?<=s )(?P<a>top)(?= {_NUMBER})"), plain={"a": "are more than"}),
    Rule(
        hints=("short", "shy", "miss", "stay", "remain", "undercut", "keep"),
        pattern=lazy(
            r"\b(?P<a>(?:falls|fell|fall|comes?|came|is|are|was) (?:short|shy) of|miss(?:es|ed)|undercuts"
            rf"|(?:stays?|stayed|remains?|keeps?) (?:below|under|beneath))(?= {_NUMBER})"
        ),
        plain={"a": "is less than"},
    ),
    Rule(
        hints=("reach", "hit", "attain", "climb", "risen", "grown", "run", "make", "made", "accru", "got to", "get to"),
        pattern=lazy(
            rf"\b(?P<a>{_HAVE}(?:reach(?:es|ed)?|hits?|attain(?:s|ed)?|climbed to|risen to|grown to|runs? to|made it to"
            rf"|gets? to|got to))(?= {_NUMBER})"
        ),
        plain={"a": "at least"},
    ),
    Rule(
        hints=(" to ", " at ", " up", " out", " in "),
        pattern=lazy(
            r"\b(?P<a>(?:comes?|came|amounts?|amounted|works?|worked|sums?|rings?|rang)(?: (?:out|up|in))?"
            rf"(?: (?:to|at|as|in at))?)(?= {_COMPARED})"
        ),
        plain={"a": "costs"},
    ),
    Rule(
        hints=(" to ", " at ", " up", " out", " in "),
        pattern=lazy(
            r"\b(?P<a>(?:adds?|added|runs?|ran|turns?|turned|ends?|ended|clocks?|weighs?|stands?|sits?)"
            rf"(?: (?:out|up|in))?(?: (?:to|at|as|in at)))(?= {_COMPARED})"
        ),
        plain={"a": "is"},
    ),
    Rule(hints=("price tag",), pattern=lazy(r"\bprice(?P<a> tag)\b"), plain={"a": ""}),
    Rule(
        hints=("back", "forked", "shelled", "coughed", "damage", "tab", "figure"),
        pattern=lazy(
            r"\b(?P<a>(?:it|that|this|<v>) (?:has )?(?:sets?|puts?) (?:me|us) back"
            r"|(?:i|we) (?:forked out|shelled out|coughed up)|the (?:damage|tab|figure) (?:is|was))(?= )"
        ),
        plain={"a": "it costs"},
    ),
)  # fmt: skip
"""How much."""
