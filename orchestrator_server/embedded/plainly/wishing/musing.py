"""What people say they will do some day, or have yet to decide on: it asks for nothing now, and is taken out.

Only the thing that it is about stays, for what follows may point at it ("before I decide about A-1: what is in it?").
"""

from orchestrator_server.embedded.plainly.respelling import Rule, respelled
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token

_BEGIN = r"(?:^|(?<=[.!?;\n] ))(?:(?:hi|hello|hey|so|well|ok|yes|,) )*"
_DAY = (
    r"(?:(?:one|some) (?:fine )?day|someday|one of these days|at some point|sooner or later|eventually|next year"
    r"|in a few years|when i (?:am|get) (?:old|older|rich))"
)
_SHALL = r"(?:(?:will|would like to|want to|am going to|are going to|may|might|shall|am gonna|hope to|plan to) )"
_DECIDING = (
    r"(?:decide|deciding|make up my mind|making up my mind|make a decision|choose|commit|settle)(?: (?:if"
    r"|whether|on|about|what"
    r"|to)\b)?"
)
_NOW = r"(?:(?:[:,;-] )(?:and )?|(?= (?:i|we) (?:need|want|would like|have) to (?:know|see|check)))"
_RULES = (
    Rule(
        hints=("day", "some point", "later", "eventually", "year", "when i "),
        pattern=lazy(
            rf"{_BEGIN}(?P<frame>{_DAY} (?:, )?(?:i|we) {_SHALL}(?:(?!<v>)[^\s.!?;]+ )+?)"
            r"(?=but (?:for (?:now|today|the moment)|today|now|right now|at the moment|first|what|where|when|how)\b)"
        ),
        plain={"frame": ""},
    ),
    Rule(
        hints=("day", "some point", "later", "eventually", "year", "when i "),
        pattern=lazy(
            rf"{_BEGIN}(?P<frame>{_DAY} (?:, )?(?:i|we) {_SHALL}(?:(?!<v>|but |please )[^\s.!?;]+ )+?[.!;] )(?=\S)"
        ),
        plain={"frame": ""},
    ),
    Rule(
        hints=("decid", "my mind", "decision", "choos", "commit", "settle"),
        pattern=lazy(
            rf"{_BEGIN}(?P<frame>(?:before|to|until|so that i can) (?:(?:i|we) (?:can |finally |really )?)?{_DECIDING}"
            rf"(?: (?!<v>)[^\s.!?;:,]+)*?)(?: (?:(?:from|in|of|about|on|with|for) )?(?:(?:my|the"
            rf"|this) )?(?:[a-z]+ )?<v>)"
            rf"(?P<now>(?: (?!i\b|we\b)[a-z]+){{0,3}} {_NOW})"
        ),
        plain={"frame": "about", "now": ","},
    ),
    Rule(
        hints=("decid", "my mind", "decision", "choos", "commit", "settle"),
        pattern=lazy(
            rf"{_BEGIN}(?P<frame>(?:before|until) (?:(?:i|we) (?:can |finally |really )?)?{_DECIDING}"
            r"(?: (?!<v>)[^\s.!?;:,]+)* [:,] )"
        ),
        plain={"frame": ""},
    ),
)


def unmused(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens without what is only thought of."""
    return respelled(tokens, _RULES)
