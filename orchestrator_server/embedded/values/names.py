"""The names of things, as an answer gives them."""

from collections.abc import Sequence

from orchestrator_server.embedded.values.lists import Lists
from orchestrator_server.embedded.words.singulars import Named
from orchestrator_server.embedded.words.text import Token


def bare_name(tokens: Sequence[Token], text: str) -> list[Named]:
    """The things that an answer names: it has no verb."""
    plain = [token for token in tokens if not token.shape]
    return Lists(None, plain, text, frozenset()).listed(0, is_answer=True)
