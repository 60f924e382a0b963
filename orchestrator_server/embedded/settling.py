"""Which of two effects is meant, where the condition over the request says what it is about: "if F-17 is open, ..."."""

import re
from collections.abc import Sequence

from orchestrator_server.embedded.asks import Governing
from orchestrator_server.embedded.choices import Choice, Verdict
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.text import norms

_OWN = re.compile(r"\b(?:i|we|my|mine|our|ours)\b")


def settled_by_condition(message: Message, choice: Choice, governing: Sequence[Governing]) -> Choice:
    """The one effect upon the thing that the condition is about, where two were possible; else the same choice."""
    if choice.verdict is not Verdict.UNSURE or not governing:
        return choice
    takers = [match for match in choice.matches if any(match.profile.takes(s) for s in _shapes(message, governing))]
    return Choice(verdict=Verdict.CHOSEN, matches=(takers[0],)) if len(takers) == 1 else choice


def _shapes(message: Message, governing: Sequence[Governing]) -> set[str]:
    """The shapes of the ids that the conditions name, or are about where the message has but one such id."""
    said = [token for one in governing for token in one.tokens]
    named = {token.shape for token in said if token.shape in message.index.ids}
    if named or _OWN.search(norms(said)):
        return named
    return {shape for shape in message.index.ids if len(message.ids(shape)) == 1}
