"""Conditions that show only by what is asked for behind them: "is it open? stop it", "..., then it gets stopped"."""

import re
from collections.abc import Iterator

from orchestrator_server.embedded.plainly.respelling import Rule
from orchestrator_server.embedded.plainly.supposing.case_words import COMPARED
from orchestrator_server.embedded.plainly.supposing.set_apart import BACK
from orchestrator_server.embedded.plainly.supposing.supposed_words import BEGINS
from orchestrator_server.embedded.words.english import WEEKDAYS
from orchestrator_server.embedded.words.patterns import lazy

_REQUESTING = r"(?:i|we|you|me|please|then|tell|show|send|let|just|keep|leave|do|also)\b"
"""What a condition does not say, and a request does."""
_BY_THEN = r"(?:by|before|within|until|till|in|no later than|max)"
_DAY_ALONE = rf"(?:today|tomorrow|{'|'.join(sorted(WEEKDAYS))})"
_LIMIT = lazy(
    rf"{COMPARED.pattern}|\b(?:more|less|later|longer|over|under|above|below|after|before) than\b|\bthan that\b"
)
"""What a question compares with."""
_COMPLETE = (
    r"(?:(?: [,:=-]| then| and| otherwise)+| euros?| days?| weeks?| hours?| months?| points| items| yet| still"
    r"| already"
    r"|(?<=\d))"
)
"""What a condition ends with before something follows from it."""
_POINTED = (
    r"\b(?:if|when|where|unless) (?:so|not|yes|no|(?:it|they|that|this) (?:is|are|has|have|was|did|does|do)(?: not)?)"
    r"(?= [.,;:!?)-]|$| and\b| but\b| or\b)"
)
"""A condition that points back at what was asked."""
_BECOMES = r"(?:gets?|(?:is|are|has|have|needs?|ought) to be|(?:must|should|shall|will|can|may) be|goes)"


def by_acts(acts: str, verbs: str) -> Iterator[Rule]:
    """The rules for what can be done, given as an alternative of stems; `verbs` are those that only ask as well."""
    asking = rf"\b(?:{verbs})[a-z]* (?:it|that|them|the|my|me|<v>)"
    told = rf"(?:i |we )?(?:(?!{asking}|{_REQUESTING})[^\s.?!;:\n,]+ )+"
    yield Rule(
        hints=(" ? ",),
        pattern=lazy(
            rf"{BEGINS}(?:is|are|has|have|am|was|were|did|does|do|will) (?!(?:you|there|someone|anyone|it (?:ok|okay"
            r"|possible|true|fine|too))\b)(?:[^.?!;,\n]+ )\? (?P<a>)(?=(?:please |just |ok |well |so )*"
            rf"(?!\S+ (?:me|us)\b)(?![^.?!;\n]*{_POINTED})(?:{acts})[a-z]*(?: (?!<v>)[^.?!;,\n]+)?(?: [.?!;,\n]|$))"
        ),
        plain={"a": "then"},
    )
    yield Rule(
        hints=("and should ", "and if ", "and when ", "and provided "),
        pattern=lazy(
            rf"{BEGINS}(?:if|should|when|provided(?: that)?|unless) {told}?(?P<a>(?:, )?and (?:should|if|when|provided"
            rf"(?: that)?)) (?={told}(?:,|(?:i|please|you|then)\b|{asking}))"
        ),
        plain={"a": "and"},
    )
    yield Rule(
        hints=("check", "see ", "look ", "verify", "confirm", "make sure", "ensure", "find out"),
        pattern=lazy(
            rf"{BEGINS}(?P<a>(?:(?:please|first|just|kindly|(?:can|could|would) you"
            r"|(?:i|we) (?:need|want|would like) you to|then) )*(?:check|see|look|verify"
            r"|confirm|make sure|ensure"
            r"|find out)(?: first| for me)*(?: if| whether| that)?)(?= (?:<v>|it|this|that|there|(?:the|my"
            r"|its) [a-z]+(?: <v>)?)"
            r" (?:is|has|was|costs?|comes|arrives|will|does|did|were|are"
            r"|have)\b)[^.?!;,\n]*?(?P<b>,(?: and)?(?: then)?|(?: and)?"
            rf" then|(?: and)) (?=(?:please )?(?:{acts})[a-z]*(?: (?:it|that|this|them)| [.,;!?]|$))"
        ),
        plain={"a": "if", "b": ","},
    )
    yield Rule(
        hints=(" ? ",),
        pattern=lazy(
            r"(?<=\? )(?P<a>(?:no thanks|no thank you|no|(?:i )?do not want (?:it|that)(?: then| anymore"
            r"| any more)?|forget it|out with it"
            r"|off it goes|away with it|off with it|too late)(?: [.,!])+)(?= (?:please "
            rf"|then )*(?:{acts})[a-z]*(?: |$))"
        ),
        plain={"a": "then"},
        applies=_is_supposed,
    )
    for relation, verb in ((_BY_THEN, "will arrive"), (_DAY_ALONE, "will arrive by")):
        yield Rule(
            hints=(" or ",),
            pattern=lazy(
                rf"{BEGINS}(?P<a>)<v>(?: [:,])?(?P<b>)(?: (?:here|with me|there|at my place))? (?={relation}\b)"
                r"(?:(?!(?:send|sent)\b)[^\s.?!;,\n]+ ){1,6}?(?P<c>(?:, )?or(?: else| not at all ,)?)"
                rf" (?P<d>it is |it gets |gets |it will be )?(?=(?:(?:you|please|just|i) )*(?:{acts})[a-z]*(?: |$))"
            ),
            plain={"a": "unless", "b": verb, "c": ",", "d": "i want it"},
        )
    yield Rule(
        hints=(" or ",),
        pattern=lazy(
            rf"{BEGINS}(?P<a>)(?:<v>|it) (?P<b>either )?(?=(?:is|comes|arrives|gets|costs|has)\b)"
            r"(?:(?!(?:or|and)\b)[^\s.?!;,\n]+ ){2,8}?(?P<c>(?:, )?or(?: else)?)"
            rf" (?P<d>it is |it gets |gets |it will be )?(?=(?:(?:you|please|i) )*(?:{acts})[a-z]*(?: |$))"
        ),
        plain={"a": "unless", "b": "", "c": ",", "d": "i want it"},
    )
    yield Rule(
        hints=("need", "want", "require", "must have"),
        pattern=lazy(
            rf"{BEGINS}(?P<a>(?:(?:i|we) )?(?:(?:really|just|do|absolutely) )*(?:need|want|require"
            r"|must have)) (?:<v>|it|this)"
            r"(?P<b>(?: (?:here|to be here|to come|to arrive|with me))*) (?=(?:by|before|within|until"
            r"|till|in|no later than)\b)"
            rf"(?P<c>[^.?!;\n]*?)(?P<d>{BACK}) (?=(?:please |then |you |just )*(?:{acts})[a-z]*(?: |$))"
        ),
        plain={"a": "unless", "b": "will arrive", "d": ","},
    )
    yield Rule(
        hints=(" i ",),
        pattern=lazy(
            r"\b(?:if|when|otherwise|else|should|unless|then)\b[^.?!;\n]*?(?:,|then|otherwise|else)(?: ,)?"
            rf" (?P<a>i(?: will)?) (?=(?:{acts})(?:e|ing)?\b (?:it|them|that|this|the|my|<v>|both|everything|\d)\b)"
        ),
        plain={"a": "i want to"},
    )
    yield Rule(
        hints=(" or ", " and ", "over ", "under ", "more ", "above ", "below ", "any"),
        pattern=lazy(
            rf"{BEGINS}(?P<a>)(?!\d[\d.,]* (?:or|and)\b)(?:anything "
            rf"|everything )?(?:{COMPARED.pattern})(?: (?!is\b|was\b)[a-z]+)?(?P<b>) (?:is|was|were|are|means|would be"
            rf"|gets|must be|should be|has to be) (?=[^.?!;\n]*\b(?:{acts})[a-z]*ed\b)"
        ),
        plain={"a": "if", "b": ", it"},
    )
    yield Rule(
        hints=(" be ", " get", " goes "),
        pattern=lazy(
            rf"\b(?:if|unless|when|otherwise|else|should|then)\b[^.?!;\n]*?{_COMPLETE} (?P<a>(?P<it>it|that|this"
            r"|they|<v>"
            rf"|the [a-z]+) {_BECOMES}) (?=(?:{acts})[a-z]*ed\b)"
        ),
        plain={"a": "i want it"},
        applies=_is_it,
    )


def _is_supposed(found: re.Match[str]) -> bool:
    """Is a limit asked about right before it, and no question of its own?"""
    asked = re.split(r"[.!;\n]", found.string[: found.start("a")])[-1]
    return _LIMIT.search(asked) is not None


def _is_it(found: re.Match[str]) -> bool:
    return found["it"] in (None, "it", "that", "this")
