"""Sentences turned inside out ("a lamp is what I need", "it is a lamp I want"): put the plain way round."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, new_word, norms

_REALLY = r"(?:(?:really|now|just|urgently|actually|also|would) )*"
_NEED = r"(?:need|want|require|like|am after|am looking for|am asking for|came for|am here for)"
_THING = r"(?P<thing>(?:an?|the|my|our|some|your|one) (?:[a-z]+ ){0,4}?[a-z]+|[a-z]+ing [^,.!?;]{1,60}?)"
_ENDS = r"(?= [-,.!;:]| and|$)"
_BEHIND = (
    lazy(rf"{_THING} is (?:exactly |all )?(?:what|all|the thing) (?:that )?(?:i|we) {_REALLY}{_NEED}{_ENDS}"),
    lazy(rf"it is {_THING} (?:that )?(?:i|we) {_REALLY}{_NEED}{_ENDS}"),
)
_NEEDS = lazy(
    r"(?:needs?|wants?|requires?) (?P<doing>(?!(?:some|any|every|no)thing\b)[a-z]{3,}ing)(?= [-,.!;:]| and| please|$)"
)
_OPENS = frozenset([".", "!", "?", "\n", ";", ","])


def plain_order(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens with "i need ..." for such sentences, and "needs to be ...ed" for "needs ...ing"."""
    text = norms(tokens)
    found = tuple(tokens)
    if " is " in text and re.search(r"\b(?:what|all|it|thing)\b", text):
        found = tuple(_turned(found))
    needs = _NEEDS.search(norms(found))
    if needs is None:
        return found
    at = needs.string.count(" ", 0, needs.start("doing"))
    done = replace(found[at], norm=f"{found[at].norm.removesuffix('ing')}ed")
    return (*found[:at], *(new_word(word, found[at]) for word in ("to", "be")), done, *found[at + 1 :])


def _turned(tokens: Sequence[Token]) -> Iterator[Token]:
    at = 0
    while at < len(tokens):
        begins = not at or tokens[at - 1].norm in _OPENS
        said = norms(tokens[at : at + 24]) if begins else ""
        behind = next((found for pattern in _BEHIND if (found := pattern.match(said))), None) if said else None
        if behind is not None:
            first = at + said.count(" ", 0, behind.start("thing"))
            yield from (new_word(word, tokens[at]) for word in ("i", "need"))
            yield from tokens[first : first + behind["thing"].count(" ") + 1]
            at += behind[0].count(" ") + 1
        else:
            yield tokens[at]
            at += 1
