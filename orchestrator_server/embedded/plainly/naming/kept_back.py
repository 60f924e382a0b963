"""Things that are named only to say that they stay ("return the map, the key stays with me"): set apart."""

from orchestrator_server.embedded.plainly.respelling import Rule, is_unconditional, respelled
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token

_WHAT = r"(?:the|my|our|this|that|these|those|its) (?:(?!and\b|or\b|but\b|that\b|which\b|to\b)[a-z'-]+ ){1,3}?"
_WHAT += r"(?:\( (?:[a-z]+ ){0,2}<v> \) |(?:from|of|in|out of) <v> )?"
_MAY = r"(?:(?:can|should|must|may|will|shall|is|are|to|just|still|now|going|both|all) )*"
_AT = r"(?: (?:with|here|in|on|at|where|put|home|as|there|mine|please|thanks|though)\b| ?[-.,;:!?()\n]|$)"
_JOINT = r"(?:and|but|while|whereas|though|since|because|as)"
_RULES = (
    Rule(
        hints=("stay", "remain", "live", "belong"),
        pattern=lazy(
            rf"(?<=[a-z0-9>] )(?P<frame>[,(-] (?:{_JOINT} )?|{_JOINT} )"
            rf"(?={_WHAT}{_MAY}(?:stays?|staying|remains?|remaining|lives?|belongs?){_AT})"
        ),
        plain={"frame": "."},
        applies=is_unconditional,
    ),
    Rule(
        hints=("not",),
        pattern=lazy(
            rf"(?<=[a-z>] )(?P<joint>(?:(?:[,;(-]|and|but|while) )+)(?={_WHAT})(?:(?!<v>|and\b|not\b)[a-z(]+ ){{2,4}}"
            r"(?:<v> )?(?:\) |, )?(?P<not>(?:(?:does|do|should|must|can) )?(?:please |definitely )?not(?: please)?)"
            r"(?= [-.!?;)\n]| ?$)"
        ),
        plain={"joint": ".", "not": "stays"},
        applies=is_unconditional,
    ),
    Rule(
        hints=("not",),
        pattern=lazy(
            r"(?<=[a-z>] )(?:[,;.-] |and |but )+(?P<ahead>)<v> "
            r"(?P<not>(?:please |definitely )?not(?: please)?)(?= [.!;)]| ?$)"
        ),
        plain={"ahead": "not", "not": ""},
        applies=is_unconditional,
    ),
)


def with_kept_apart(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens with a full stop before each such thing."""
    return respelled(tokens, _RULES)
