"""Words that only count requests off or add one ("step 1", "secondly", "furthermore"): they are left out."""

from orchestrator_server.embedded.plainly.respelling import Rule, respelled
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

_OPENS = r"(?:^|(?<=[.,;:!?\n-] )|(?<=\band )|(?<=\bbut )|(?<=\bthen ))"
_COUNTED = (
    r"(?:step|item|point|part|task|job|request|question|thing|wish|topic|number|no|nr)"
    r" (?:no |number )?(?:\d{1,2}|one|[a-e])"
)
_NTH = (
    r"(?:the )?(?:first|second|third|fourth|fifth|next|last|other|final|1st|2nd|3rd|4th)"
    r" (?:thing|request|question|point|task|job|matter|wish|topic)"
)
_MARK = r"(?:is )?[:,.)=-] "
_ADDING = (
    r"(?:furthermore|moreover|additionally|in addition(?: to (?:that|this))?|besides(?: (?:that|this))?|on top of"
    r" (?:that|this|it)|apart from (?:that|this)|other than that|likewise also|lastly|last of all"
    r"|last but not least|first of all|firstly|1stly|2ndly|secondly|thirdly|3rdly|fourthly|fifthly|for starters"
    r"|to (?:start|begin) with|one (?:more|last|other) thing|another thing|incidentally|by the by|namely"
    r"|while i am here|while you are there|after that(?= [a-z]+ ))"
)
_EACH = lazy(rf"{_OPENS}{_COUNTED} (?:{_MARK})?(?=\S)")
_RULES = (
    Rule(
        hints=("item", "point", "part", "task", "job", "request", "question", "thing", "wish", "topic", "step", "n"),
        pattern=lazy(rf"{_OPENS}(?P<frame>{_COUNTED} (?:{_MARK})?)(?=\S)"),
        plain={"frame": ""},
        applies=lambda found: len(_EACH.findall(found.string)) > 1,
    ),
    Rule(
        hints=("thing", "request", "question", "point", "task", "job", "matter", "wish", "topic"),
        pattern=lazy(rf"{_OPENS}(?P<frame>{_NTH} {_MARK})(?=\S)"),
        plain={"frame": ""},
    ),
    Rule(
        hints=(
            *("more", "add", "that", "ly ", "all ", "least", "start", "begin", "thing", "incid", "by the", "here"),
            "this",
        ),
        pattern=lazy(rf"{_OPENS}(?P<frame>{_ADDING} (?:[:,-] )?(?:also )?)(?=\S)"),
        plain={"frame": ""},
    ),
    Rule(
        hints=("ly ",),
        pattern=lazy(r"(?<=<v> )(?P<frame>(?:and )?(?:secondly|thirdly|lastly|2ndly|3rdly|finally) (?:, )?)(?=\S)"),
        plain={"frame": ","},
    ),
)


def uncounted(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens without such words; the marks between the requests stay."""
    return respelled(tokens, _RULES) if _HINT.search(norms(tokens)) else tokens


_HINT = lazy(rf"\b(?:{_ADDING}|{_COUNTED}|{_NTH})\b")
