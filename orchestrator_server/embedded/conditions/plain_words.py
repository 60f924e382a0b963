"""Plain words for roundabout ones in a condition: "has slid back to <state>" is "is <state>", "tops 80" is "over 80".

General English alone; what is said of a state is known by the states that servers declare.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from orchestrator_server.embedded.conditions.items_apart import with_items_apart
from orchestrator_server.embedded.conditions.plain_amounts import AMOUNTS
from orchestrator_server.embedded.conditions.plain_times import TIMES
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.plainly.respelling import Rule, respelled
from orchestrator_server.embedded.words.english import words
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, new_word, norms

_IT = r"(?:(?:it|there|that|this|the \w+|my \w+)\b|<v>)"
_UP = (
    r"climbed|risen|rose|promoted|upgraded|bumped|raised|lifted|elevated|worked|jumped|leapt|leaped|advanced|graduated"
    r"|crept|crawled|shot|levelled|leveled|made it|got up|gone up|went up|moved up|come up|came up|go up|move up"
)
_MOVED = (
    r"slid|slipped|dropped|fell|fallen|gone|went|moved|come|came|put|downgraded|demoted|lowered|reverted|relegated"
    r"|kicked|knocked|pushed|sunk|sank|tumbled|turned|changed|switched|set|got|bounced|stepped|made"
)
_WAY = r"(?: (?:me|us|myself|my \w+))?(?: (?:all the way|way|right|straight|back|up|down|over|again|even))*"
_SOON = r"(?:(?:already|now|finally|since|just|recently|been|actually|only|somehow|even) )*"
_HAVE = rf"(?:(?:has|have|had|am|is|are|was|were|got|did|do) )?{_SOON}"
_LEFT = (
    r"(?:(?:moved?|budged?|got|gotten|get|gone|come|passed|advanced|progressed|changed|shifted)"
    r" (?:off|on from|past|beyond|from|out of|away from|(?:any )?further than)|left|leave)"
)
CONTENTS = (
    Rule(
        hints=("among", "amid", "one of"),
        pattern=lazy(
            r"\b(?P<a>(?:among|amongst|amid|amidst|one of) (?:all )?(?:the|its|my|those) (?:things?|items?|stuff"
            rf"|contents?|articles?|products?|goods|pieces|lot|bits)(?: (?:in|of|on|from|inside))?)(?= {_IT})"
        ),
        plain={"a": "in"},
    ),
    Rule(
        hints=("missing", "absent", "lacking", "left out"),
        pattern=lazy(rf"\b(?P<a>(?:missing|absent|lacking|left out) (?:from|in|of))(?= {_IT})"),
        plain={"a": "not in"},
    ),
    Rule(
        hints=(" into ",),
        pattern=lazy(
            r"\b(?P<a>(?:has|have|did) (?:not|never) (?:yet |ever |even )?(?:make|made|go|gone|get|got)(?: it)? into)"
            rf"(?= {_IT})"
        ),
        plain={"a": "is not in"},
    ),
    Rule(
        hints=("into", "ended up", "found", "features", "appears", "figures", "landed", "turned up", "part of"),
        pattern=lazy(
            r"\b(?P<a>(?:has |have )?(?:(?:made it|made|went|gone|got|slipped|snuck|sneaked) into|(?:ended up|landed"
            rf"|turned up|features|appears|figures) in|found its way into|is to be found in))(?= {_IT})"
        ),
        plain={"a": "is in"},
    ),
)
"""What is in it."""
NOBODY = (
    Rule(
        hints=("nobody", "no one", "nothing"),
        pattern=lazy(r"(?:^|(?<=\band )|(?<=\bif ))(?P<a>nobody|no one|nothing) (?P<b>has|have|is|was)\b"),
        plain={"a": "it", "b": "has not"},
    ),
)
"""Nobody and nothing."""
_CONSEQUENCE = lazy(
    r"(?<=\S) (?:i|we) (?:(?:do|would|will|can|could|shall) )?(?:not |no longer |never )+(?:really )?(?:need|want|like"
    r"|take|keep|accept|afford|use|care for)\b(?: (?:it|this|that|them|one|<v>))?"
    r"(?: (?:any ?more|any longer|now|then|so))*$"
)
"""What is said of the case itself, behind a condition that no mark ends."""
_VERB = dict.fromkeys(words("been gone left got sent shown come"), "has") | dict.fromkeys(
    words(
        "missing not in inside part absent lacking still already here there among amongst over under above below at due"
        " older newer younger more less on out cheaper dearer one"
    ),
    "is",
)
"""What stands behind a noun whose `'s` is a verb."""


def plain_words(tokens: Sequence[Token], index: Index) -> tuple[Token, ...]:
    """The condition in plain words."""
    return respelled(with_items_apart(tuple(_apart(tokens))), _rules(index))


def without_consequence(tokens: Sequence[Token]) -> Sequence[Token]:
    """The condition without what comes of it ("it is over 50 i do not need it any more")."""
    found = _CONSEQUENCE.search(norms(tokens))
    return tokens if found is None else tokens[: norms(tokens)[: found.start()].count(" ") + 1]


def not_even(tokens: Sequence[Token], index: Index) -> tuple[Token, ...]:
    """The condition with "lower than" for "not even" before a state, and "less than" before a number."""
    return respelled(tuple(tokens), _below(index))


@lru_cache(maxsize=16)
def _below(index: Index) -> tuple[Rule, ...]:
    pattern = rf"\b(?P<a>not even)(?= (?:an? |at )?(?:{_states(index)})\b)"
    number = r"\b(?P<a>not (?:even|yet|quite))(?= (?:(?:eur|usd|gbp|[€$£]) )?\d)"
    return (
        Rule(hints=("not even",), pattern=lazy(pattern), plain={"a": "lower than"}),
        Rule(hints=("not ",), pattern=lazy(number), plain={"a": "less than"}),
    )


def _states(index: Index) -> str:
    every = [f for profile in index.profiles for top in profile.fields for f in (top, *top.elements)]
    said = {" ".join(name.words) for f in every for c in f.constants for name in c.names}
    return "|".join(sorted(map(re.escape, said), key=len, reverse=True)) or "(?!)"


def _apart(tokens: Sequence[Token]) -> Iterator[Token]:
    """With "the key is missing" for "the key's missing"."""
    for at, token in enumerate(tokens):
        behind = [t.norm for t in tokens[at + 1 : at + 3]]
        if token.norm == "'s" and (verb := _VERB.get(behind[0] if behind else "", "")):
            yield new_word(verb, token)
        elif len(behind) > 1 and behind[0] == "'s" and behind[1] in _VERB:
            yield replace(token, surface=token.norm)
        else:
            yield token


@lru_cache(maxsize=16)
def _rules(index: Index) -> tuple[Rule, ...]:
    state = rf"(?:(?:an?|the|only|just|plain|mere|being|stuck in|in|at) )*(?:{_states(index)})\b"
    told = (
        r"shows?(?: up)? as|showing(?: up)? as|comes? up as|is (?:down|flagged|tagged|recorded|registered|booked|filed"
        r"|entered|given|put down|set) (?:as|to)|counts? as|appears? as|reads|stands? as|is anything like"
    )
    compared = r"(?:(?:more|less) than|over|under|above|below|at least|at most)"
    own = (
        Rule(
            hints=("both",),
            pattern=lazy(rf"(?<!not )\b(?P<a>both)(?= (?:{state}|{compared} \S+(?: [a-z]+)?) and )"),
            plain={"a": ""},
        ),
        Rule(
            hints=("neither",),
            pattern=lazy(rf"^(?:it|this|that|<v>) (?:is|was) (?P<a>neither) {state} (?P<b>nor)(?= {compared} )"),
            plain={"a": "not", "b": "and it is not"},
        ),
        Rule(
            hints=(" to ", " into ", " at "),
            pattern=lazy(rf"(?<=\b)(?P<a>{_HAVE}(?:{_UP}){_WAY} (?:to|into))(?= {state})"),
            plain={"a": "is at least"},
        ),
        Rule(
            hints=(" to ", " into "),
            pattern=lazy(rf"(?<=\b)(?P<a>{_HAVE}(?:{_MOVED}){_WAY} (?:to|into))(?= {state})"),
            plain={"a": "is"},
        ),
        Rule(
            hints=(" as ", "reads", "set to", "like"), pattern=lazy(rf"\b(?P<a>{told})(?= {state})"), plain={"a": "is"}
        ),
        Rule(
            hints=("already ",),
            pattern=lazy(r"\b(?P<a>already)(?= (?:(?:out )?on (?:its|the|it 's) way|in transit|under way|underway)\b)"),
            plain={"a": ""},
        ),
        Rule(
            hints=("say", "read", "state", "show"),
            pattern=lazy(rf"\b(?P<a>says?|reads?|states?|shows?)(?= {compared} (?:[€$£] )?\d)"),
            plain={"a": "is"},
        ),
        Rule(
            hints=("not ",),
            pattern=lazy(
                rf"\b(?P<a>(?:has|have|is|did|does) not (?:yet |even |ever |quite |really )*{_LEFT})(?= {state})"
            ),
            plain={"a": "is still"},
        ),
        Rule(
            hints=("moved", "got", "gone", "come", "passed", "changed", "left"),
            pattern=lazy(rf"\b(?P<a>(?:has|have) (?:already |now |finally )*{_LEFT})(?= {state})"),
            plain={"a": "is not"},
        ),
        Rule(
            hints=("hold", "carry", "own", "enjoy"),
            pattern=lazy(rf"\b(?P<a>hold|carry|own|possess|enjoy)(?= (?:my )?{state})"),
            plain={"a": "have"},
        ),
        Rule(
            hints=("anything but", "other than"),
            pattern=lazy(rf"\b(?P<a>(?:anything|something) (?:but|other than))(?= {state})"),
            plain={"a": "not"},
        ),
    )
    return (*TIMES, *AMOUNTS, *CONTENTS, *NOBODY, *own)
