"""What a thing is merely likened to ("it sheds like a husky", "as loud as a drill"): no thing that is asked for."""

from orchestrator_server.embedded.plainly.respelling import Rule, respelled
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token

_END = r"(?=[.,;:!?\n)-]|and\b|so\b|but\b|now\b|please\b|return\b|i\b|we\b|it\b|that\b|take\b|in\b|on\b|$)"
_THING = r"(?:an?|some|my|the|one of those|old|wet|cheap) (?:[a-z'-]+ ){1,3}?"
_VERB = (
    r"(?:[a-z]{2,}[^s\W]s|[a-z]+ed|looks?|feels?|smells?|sounds?|tastes?|is|are|was|were|[a-z]+ing|just|more"
    r"|worse)"
)
_RULES = (
    Rule(
        hints=(" like ",),
        pattern=lazy(
            rf"(?<![a-z])(?!(?:is|was|are|items|things|ones|others|stuffs) ){_VERB} (?P<frame>like {_THING})" + _END
        ),
        plain={"frame": ""},
    ),
    Rule(
        hints=(" as ",),
        pattern=lazy(
            rf"\b(?P<frame>as (?!(?:well|soon|long|far|much|many|possible|follows)\b)[a-z]+ as {_THING}){_END}"
        ),
        plain={"frame": ""},
    ),
)


def unlikened(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens without comparisons of how something looks, sounds or behaves."""
    return respelled(tokens, _RULES)
