"""Turns of a request that ask no more than its plain verb does: "do stop A-17", "the booking for A-17: a rope"."""

import re
from functools import lru_cache

from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.plainly.respelling import Rule, is_unconditional, respelled
from orchestrator_server.embedded.words.english import stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token

_OPENS = r"(?:^|(?<=[.,;:!?\n-] )|(?<=\band )|(?<=\bbut )|(?<=\bplease )|(?<=\bthen ))"
_TO_TELL = (
    r"(?:looking up|looking into|checking(?: up)?(?: on)?|finding out|telling (?:me|us)|letting (?:me|us) know"
    r"|showing (?:me|us)|seeing)"
)
_WH = r"(?=(?:what|when|where|how|which|who|whether)\b)"
_ASKED = lazy(r"(?:\band|,|\bthen|\bmind|\bto) $")
"""What stands before a verb in "-ing" that asks."""


def _is_asked(found: re.Match[str]) -> bool:
    return "you mind" in found["frame"] or _ASKED.search(found.string[: found.start()]) is not None


_RULES = (
    Rule(hints=("form <v>",), pattern=lazy(r"(?<=[a-z] )(?P<frame>form )(?=<v>)"), plain={"frame": "from"}),
    Rule(
        hints=("looking", "checking", "finding", "telling", "letting", "showing", "seeing"),
        pattern=lazy(rf"(?P<frame>(?:(?:would|do|could) you mind (?:\w+ly )?)?{_TO_TELL} ){_WH}"),
        plain={"frame": "please tell me"},
        applies=_is_asked,
    ),
    Rule(hints=("say ",), pattern=lazy(rf"{_OPENS}(?P<frame>say ){_WH}"), plain={"frame": "tell me"}),
    Rule(
        hints=("= ", ": "),
        pattern=lazy(r"(?<=[a-z] )(?P<frame>[=:] )(?=(?:off|no|stop|stopped)(?: [.,;!\n]|$))"),
        plain={"frame": ""},
    ),
    Rule(
        hints=(" gets ",),
        pattern=lazy(
            r"<v> (?P<frame>gets )(?=[a-z]+ed (?:today|now|immediately|please|asap|right away|this minute|at once)\b)"
        ),
        plain={"frame": "must be"},
        applies=is_unconditional,
    ),
    Rule(
        hints=("nothing", "no change"),
        pattern=lazy(
            r"(?P<frame>(?:for|as for|with|on) )<v>(?P<rest>(?: [,:-])? (?:do )?(?:nothing|no changes?)"
            r"(?: at all| please| for now)?(?: ,)?(?: (?:just |please )?(?:leave|keep) (?:it|that)(?: as is| alone)?)?)"
            r"(?= [.,;!]|$| and| but)"
        ),
        plain={"frame": "leave", "rest": ""},
    ),
    Rule(
        hints=("instead",),
        pattern=lazy(
            r"\b(?:and|,) (?:i|we) (?:want|would like|need|will have|will take) (?:an?|one|\d+) (?:[a-z'-]+ ){1,4}"
            r"(?P<frame>(?:for it )?instead)(?= [.,;!\n]|$)"
        ),
        plain={"frame": ""},
    ),
    Rule(
        hints=("place", "stead"),
        pattern=lazy(r"(?P<frame>in (?:its|their|his|her) (?:place|stead))(?= |$)"),
        plain={"frame": "instead"},
    ),
)
_DO = lazy(rf"{_OPENS}(?P<frame>do )(?P<verb>[a-z]+) (?=<v>|the |my |an? |it |them |that |this |all |me )")
_THE = r"(?:the|my|your|that|this|those|these)"
_OFF = lazy(
    rf"\b(?:(?P<one>(?:switch|turn|shut)(?:ing)? off )(?:{_THE}|all) (?P<what>[a-z]+)"
    rf"|(?P<two>(?:switch|turn|shut) ){_THE} (?:[a-z]+ )?(?P<thing>[a-z]+) (?P<behind>off)(?= |$))"
)
_DEED = lazy(
    rf"{_OPENS}(?P<lead>(?:the|a|an|my|our|one) )(?P<verb>[a-z]+) (?:for|of|from|on) (?:[a-z]+ )?<v> "
    r"(?P<mid>[:,-] (?:(?:it is|that is|these are|they are|it would be|that would be|namely) )?)"
    r"(?=the |my |our |an? |\d+ )"
)
"""A deed by its noun, with what it is about behind the id."""


def plainly_insisted(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """The tokens with plain words for such turns."""
    return respelled(tokens, _rules(index))


@lru_cache(maxsize=16)
def _rules(index: Index) -> tuple[Rule, ...]:
    def is_act(found: re.Match[str]) -> bool:
        return stem(found["verb"]) in index.acts

    def is_deed(found: re.Match[str]) -> bool:
        return stem(found["verb"]) in index.effect_verbs

    def is_known(found: re.Match[str]) -> bool:
        return index.knows(stem(found["what"] or found["thing"]))

    return (
        *_RULES,
        Rule(hints=("do ",), pattern=_DO, plain={"frame": "please"}, applies=is_act),
        Rule(hints=(" off",), pattern=_OFF, plain={"one": "stop", "two": "stop", "behind": ""}, applies=is_known),
        Rule(hints=("<v> :", "<v> -", "<v> ,"), pattern=_DEED, plain={"lead": "please", "mid": ":"}, applies=is_deed),
    )
