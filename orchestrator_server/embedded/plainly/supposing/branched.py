"""Branches of a question ("is it open? yes: show it, no: stop it"), and limits to some ("but only those that ...")."""

import re
from collections.abc import Sequence

from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, new_word, norms, token_at

_BRANCH = lazy(
    r"(?:^|(?<=[?.,;] )|(?<=and )|(?<=but ))(?P<frame>(?P<word>yes|yep|yeah|no|nope) (?:: "
    r"|then ))(?=[a-z<])"
)
_THOSE = lazy(
    r"(?P<frame>(?:[,-] )?(?:but )?only (?:the|those)(?: ones?)? (?:that|which) )(?=(?:have|has|are|is|were|was"
    r"|cost)\b)"
)


def with_branches(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens with "if so" and "if not" for answers, and with "only if they" for "only those that"."""
    if any(token.norm == "?" for token in tokens):
        while (found := _BRANCH.search(f"{norms(tokens)} ")) is not None:
            tokens = _put(tokens, found, ["if", "so", ","] if found["word"].startswith("y") else ["if", "not", ","])
    if sum(token.norm == "<v>" for token in tokens) > 1 and (found := _THOSE.search(f"{norms(tokens)} ")):
        tokens = _put(tokens, found, ["only", "if", "they"])
    return tokens


def _put(tokens: Sequence[Token], found: re.Match[str], words: Sequence[str]) -> tuple[Token, ...]:
    first = token_at(found, "frame")
    end = first + found["frame"].count(" ")
    return (*tokens[:first], *(new_word(word, tokens[first]) for word in words), *tokens[end:])
