"""How so many of one thing divide ("2 of them, one red and one blue"): nobody takes that, and it asks for no more."""

import re
from collections.abc import Sequence

from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Ask
from orchestrator_server.embedded.values.things import counter_of
from orchestrator_server.embedded.words.patterns import lazy

_PART = r"(?:of them |of which )?(?:is |in |with |for |should be )?(?:(?:a|an|my|the|size|colou?r) )?[a-z]+"
_DIVIDED = lazy(
    r"\b(?P<all>\d+) (?:[a-z]+ ){1,4}?(?:, )?(?:please |thanks )?(?P<words>(?:[,:(-]|of which) "
    rf"(?P<one>\d+|one) {_PART} (?:, )?(?:and |& )?(?P<other>\d+|one|another|the other) {_PART})"
    r"(?=$| [.,;!?)]| please| thanks)"
)


def divided(message: Message, asks: Sequence[Ask]) -> list[str]:
    """The words that divide what is asked for into parts of as many in all."""
    if not any(ask.profile.intent.has_effect and counter_of(ask.profile) is not None for ask in asks):
        return []
    return [found["words"].strip(" ,:(-") for found in _DIVIDED.finditer(message.norms) if _is_sum(found)]


def _is_sum(found: re.Match[str]) -> bool:
    return int(found["all"]) == _number(found["one"]) + _number(found["other"])


def _number(word: str) -> int:
    return int(word) if word.isdigit() else 1
