"""Ids that stand before what is to be done with all of them: "A-1, A-2 and A-3: stop all 3" becomes "stop A-1 ..."."""

import re
from collections.abc import Sequence
from dataclasses import replace

from orchestrator_server.embedded.clauses.sentences import by_sentence
from orchestrator_server.embedded.declared.features import PARTICLES
from orchestrator_server.embedded.declared.heads import begins_request
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.words.english import IRREGULAR
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, new_word, norms, token_at

_IDS = lazy(r"(?:(?:hi|hello|hey|please|so|ok|also|and|my|the|for|,) )*(?P<ids><v>(?: (?:(?:,|and|plus|/|;) )*<v>)+) ")
_AMONG = lazy(
    r"(?:(?:and|so|please|,) )*(?:out of|of|from|among|between) (?:[a-z0-9]+ ){0,3}?<v>(?: (?:(?:,|and|or|plus) )+<v>)+"
    r" (?:[,:-] )?"
)
_PICKED = lazy(
    r"<v>|\b(?:middle|first|second|third|last|latter|former|one|older|newer|oldest|newest|cheaper|cheapest|other)\b"
)
"""Some of those that were named before."""
_ALL = (
    r"(?:both|all(?: \d+)?(?: of (?:them|those|these))?|both of (?:them|those)|them|them (?:all|both)|these|those"
    r"|the lot|each|please|now|thanks|today|asap|back|off|out|up|thank|you|as|soon|possible)"
)
_LEAD = (
    r"(?:please|just|can you|could you|i want to|to be|both|all|all \d|the lot|should(?: be)?|must be|need to be"
    r"|have to be|are to be|can be)"
)
_REST = lazy(rf"(?:[,:-] |- )*(?:{_LEAD} )*(?P<verb>[a-z]+)(?: {_ALL})*\W*$")
"""Nothing but a verb, and words for all of them."""
_FROM = lazy(
    r"(?:(?:and|also|then|please|,) )*(?P<place>(?:from|out of|of) (?:[a-z]+ )?<v>) (?:, )?(?:please |just |kindly )*"
    r"(?P<verb>[a-z]+) (?:back )?(?:the|my|an?|all|both|\d+) "
)
"""Where the things come from, before the verb."""
_NEXT = frozenset(["and", ",", "then", "plus", "but", "if", "unless", "when", "as", "because", "since", "?"])


def with_ids_behind(tokens: Sequence[Token], index: Index) -> tuple[Token, ...]:
    """The tokens with ids that lead a clause behind its verb."""
    if not index.names_id(tokens):
        return tuple(tokens)
    tokens = _in_one_line(tokens, index)
    return by_sentence(tokens, lambda said: _turned(said, index))


def _turned(said: Sequence[Token], index: Index) -> Sequence[Token]:
    if (frame := _AMONG.match(norms(said) + " ")) is not None and _PICKED.search(norms(said)[frame.end() :]):
        return said[frame.group().count(" ") :]
    named = next((at for at, token in enumerate(said) if token.shape), 0)
    plain = [token for at, token in enumerate(said) if at >= named or token.stem not in index.things]
    text = norms(plain) + " "
    found = _IDS.match(text)
    return _from_behind(said, index) if found is None else _with_all(said, plain, found, index)


def _with_all(whole: Sequence[Token], said: Sequence[Token], found: re.Match[str], index: Index) -> Sequence[Token]:
    """What shall be done with all of the ids in front, or the whole as it was."""
    text = found.string
    first, last = token_at(found, "ids"), text.count(" ", 0, found.end())
    named = said[first:last]
    end = _end(said, last)
    rest = _REST.match(norms(said[last:end]))
    if rest is None or any(token.shape not in index.ids for token in named if token.shape):
        return whole
    at = last + rest.string.count(" ", 0, rest.start("verb"))
    verb = said[at]
    is_done = verb.norm.endswith("ed") or verb.norm in IRREGULAR
    is_asked = at == last or rest.start("verb") > 0
    if verb.stem not in index.effect_verbs or (is_done and (not is_asked or said[-1].norm == "?")):
        return whole
    particles = [token for token in said[at + 1 : end] if token.norm in PARTICLES]
    return (*said[:first], verb, *particles, *named, *said[end:])


def _from_behind(said: Sequence[Token], index: Index) -> Sequence[Token]:
    """ "Send back the rope from A-17" for "from A-17 send back the rope"."""
    text = norms(said)
    found = _FROM.match(text)
    if found is None:
        return said
    first, verb = token_at(found, "place"), token_at(found, "verb")
    if said[verb].stem not in index.effect_verbs or said[verb].norm.endswith(("ed", "ing")):
        return said
    place = [token for token in said[first:verb] if not token.is_mark and token.norm not in ("please", "just")]
    joints = (at for at in range(verb + 2, len(said)) if said[at].norm in _NEXT)
    end = next((at for at in joints if begins_request(said[at + 1 :], index.verbs)), len(said))
    last = said[end - 1].end
    moved = (replace(token, start=last, end=last) for token in place)
    return (*said[:first], *said[verb:end], *moved, *said[end:])


def _in_one_line(tokens: Sequence[Token], index: Index) -> list[Token]:
    """The tokens with ids that stand in lines of their own behind one another, as one list."""
    found: list[Token] = []
    for at, token in enumerate(tokens):
        before, behind = tokens[at - 1] if at else None, tokens[at + 1 : at + 3]
        is_alone = bool(behind) and behind[0].shape in index.ids and (len(behind) < 2 or behind[1].norm == "\n")
        if token.norm != "\n" or before is None or not is_alone:
            found.append(token)
        elif before.shape in index.ids:
            found.append(new_word(",", token))
        elif before.norm != ":":
            found.append(token)
    return found


def _end(said: Sequence[Token], first: int) -> int:
    """Where another request begins behind them."""
    places = (at for at in range(first + 1, len(said)) if said[at].norm in _NEXT)
    return next(places, len(said))
