"""Marks and small words that stand between several requests, as a full stop or "and" where another one begins."""

import re
from functools import lru_cache

from orchestrator_server.embedded.declared.heads import LIGHT
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.plainly.respelling import Rule, is_unconditional, respelled
from orchestrator_server.embedded.words.english import stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token

_SENTENCE = r"(?:^|(?<=[.!?\n] ))"
_COUNTED = r"(?:x )?(?:[a-z'-]+ ){1,4}?"
_VERBAL = lazy(
    r"\b(?:is|are|was|were|have|has|had|do|does|did|can|could|of|days?|weeks?|things?|questions?|requests?"
    r"|please)\b(?! *$)"
)


_RULES = (
    Rule(
        hints=("please",),
        pattern=lazy(r"(?<=<v> )(?P<frame>)(?=please (?!and\b|but\b|or\b|,|as\b|thanks|so\b)[a-z])"),
        plain={"frame": ","},
        applies=lambda found: found.string.count("please") > 1,
    ),
    Rule(
        hints=("and so ",),
        pattern=lazy(r"(?P<frame>(?:, )?and )(?=so (?:did|is|are|was|were|does|has|have) (?:the|my|an?) [a-z]+)"),
        plain={"frame": "."},
        applies=is_unconditional,
    ),
    Rule(
        hints=("not ", "never "),
        pattern=lazy(
            r"\b(?:do not|never) (?P<verb>[a-z]+) <v> (?P<frame>(?:, )?(?:only |just |but |instead |please )*)"
            r"(?=(?P=verb) <v>)"
        ),
        plain={"frame": "."},
    ),
    Rule(
        hints=("/ <v>",),
        pattern=lazy(r"<v> [a-z ]+ (?P<frame>/ )(?=<v> [a-z])"),
        plain={"frame": "."},
        applies=is_unconditional,
    ),
    Rule(
        hints=("<v> ;",),
        pattern=lazy(r"(?<=<v> )(?P<frame>; )(?=<v> (?:[;,.!?]|and <v>)|<v>$)"),
        plain={"frame": ","},
    ),
    Rule(
        hints=(". and ", ". also ", ". plus "),
        pattern=lazy(
            r"(?<=[a-z] )(?P<frame>\. )(?=(?:and|also|plus) (?:also )?(?:the|my) (?:(?!is\b|are\b|has\b|have\b|can\b"
            r"|will\b|was\b|and\b)[a-z'-]+ ){1,3}?(?:[.!;\n]|$))"
        ),
        plain={"frame": ""},
        applies=is_unconditional,
    ),
    Rule(
        hints=("<v> :", "<v> -"),
        pattern=lazy(r"<v> [:-] (?:[^.!?;\n ]+ )+?(?P<frame>, )(?=<v> [:-] )"),
        plain={"frame": "."},
        applies=is_unconditional,
    ),
    Rule(
        hints=("( ",),
        pattern=lazy(
            r"(?P<frame>\( (?:for|as|because|since|from|the|my|our|his|her|they|both) (?:(?!<v>|if\b|not\b|only\b"
            r"|except\b|unless\b|keep\b|\d)[^()\n ]+ ){1,6}\) ?)(?=[a-z.,;!]|$)"
        ),
        plain={"frame": ""},
    ),
    Rule(
        hints=("well as", "along with"),
        pattern=lazy(r"(?P<frame>(?:, )?(?:as well as|along with) )(?=(?:an?|the|my|our|\d+|<v>)(?: |$))"),
        plain={"frame": "and"},
    ),
    Rule(
        hints=("please",),
        pattern=lazy(
            rf"{_SENTENCE}(?P<frame>)\d+ {_COUNTED}(?:(?:, |and |, and )(?:\d+|an?|one|some) {_COUNTED})*"
            r"(?P<whom>(?:for (?:me|us) )?)please(?= (?:[,.!;\n]|and)|$)"
        ),
        plain={"frame": "i want", "whom": ""},
        applies=lambda found: _VERBAL.search(found[0]) is None,
    ),
)
_EACH = lazy(
    r"(?:^|(?<=[.!?;\n,] ))<v> (?:please )?(?P<verb>[a-z]+)(?: please| it| that| thanks)* (?P<frame>, )"
    r"(?=<v> (?!and\b|or\b|,))"
)
"""A thing with what is to be done with it, before another thing."""
_TOLD = lazy(
    rf"{_SENTENCE}(?:(?:hi|hello|hey|dear|so|ok|well|,) )*(?:i am|we are|i have been|it is|there is)"
    r" (?!after\b|looking\b|asking\b|writing\b|in need\b|here\b|calling\b)(?P<told>(?:(?!<v>)[^.:!?;\n ]+ ){2,14})"
    r"(?P<frame>:)(?= )"
)
"""Something told, before a colon behind which the requests begin."""


def with_marks(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """The tokens with such marks."""
    return respelled(tokens, _rules(index))


@lru_cache(maxsize=16)
def _rules(index: Index) -> tuple[Rule, ...]:
    def is_no_deed(found: re.Match[str]) -> bool:
        return not any(w.endswith("ing") and stem(w) in index.acts - LIGHT for w in found["told"].split())

    def is_act(found: re.Match[str]) -> bool:
        return stem(found["verb"]) in index.effect_verbs and is_unconditional(found)

    each = Rule(hints=(", <v>",), pattern=_EACH, plain={"frame": "."}, applies=is_act)
    told = Rule(hints=(" :",), pattern=_TOLD, plain={"frame": "."}, applies=is_no_deed)
    return (*_RULES, told, each)
