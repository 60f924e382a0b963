"""Values that are only told as background to another request ("my number is X, where is F-17")."""

from collections.abc import Sequence

from orchestrator_server.embedded.requests.asks import Ask
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import norms

_PLAIN = lazy(
    r"\W*(?:(?:hi|hello|hey|and|by the way|fyi|,) )*(?:(?:my|our) (?:\w+ ){1,3}is|(?:i|we) live (?:at|in)) <v>\W*"
)
"""What is said to be so, and not to be so from now on."""
_CHANGED = lazy(
    r"\b(?:new|now|change\w*|update\w*|moved|moving|from now on|since|instead|correct\w*|wrong|old|save|account"
    r"|profile|note|use|any"
    r" ?more|no longer)\b"
)
"""What shows anywhere in the message that something is no longer as it was."""


_QUESTION = lazy(
    r"<v> (?:[,.;-] )?(?:so |and |but )?(?:is|are|do|does|did|has|have|how|what|where|when|which|why|who"
    r"|can (?!you\b)\w+) (?!it (?:ok|okay|possible|saved|right)\b)[^.!;]*\?\W*$"
)
"""What is asked behind a value, and asks for nothing to be done with it."""


def without_background(asks: Sequence[Ask], said: str) -> list[Ask]:
    """The requests without a value that is but told beside another request. `said` is the whole message."""
    if not asks or _CHANGED.search(said):
        return list(asks)
    told = [ask for ask in asks if _is_background(ask)]
    is_beside = len(told) < len(asks) or _QUESTION.search(said) is not None
    return [ask for ask in asks if ask not in told] if is_beside else list(asks)


def _is_background(ask: Ask) -> bool:
    return ask.profile.intent.has_effect and ask.is_told and _PLAIN.fullmatch(norms(ask.tokens)) is not None
