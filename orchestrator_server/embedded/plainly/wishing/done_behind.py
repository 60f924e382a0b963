"""What somebody wants done, with the verb behind it ("i want A-17 stopped and a rope booked"): it is put in front."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from orchestrator_server.embedded.clauses.sentences import by_sentence
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.words.common import bases_of
from orchestrator_server.embedded.words.english import stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, new_word, norms, token_at

_WISH = lazy(
    r"(?:.* )?(?:(?:i|we) (?:\w+ )?(?:want|need|would like|would love|wish)|like|need|want|have|get) "
    r"(?!to\b|you\b|me\b|know\b|see\b)"
)
_PUT = lazy(
    r"(?:^|(?<=[.,;:!?\n] )|(?<=\band )|(?<=\bthen )|(?<=\bplease )|(?<=\byou ))"
    r"(?P<lead>put|pop|stick|place|add|throw|chuck|set) (?:me )?(?:an?|one|another|some|\d+) "
    r"(?:(?:[a-z0-9'-]+|,) ){1,9}?"
    r"(?P<on>(?:on|onto|in|into|to) (?:an? (?:new|fresh|separate) )?)(?P<verb>[a-z]+)"
    r"(?= (?:for (?:me|us)|please|thanks|too|as well|and|then|plus|also)\b| [.,;:!?\n]|[\s\W]*$)"
)
"""Things that are put on what the deed makes."""
_SHOWN = lazy(r"\b(?:see|show|list|know|tell|check|view|if|when|unless|that|which|who|is|are|was|were|has|had|not)\b")
"""With these the participle may say which things are meant."""
_THING = lazy(
    r"(?:(?:an?|one|another|\d+) (?:[a-z'-]+ ){1,4}|(?:the|my) (?:[a-z'-]+ ){1,3}(?:from|in|of) <v> "
    r"|<v> (?:(?:,|and|plus) <v> )*)$"
)
_OTHERWISE_DONE = lazy(r"<v> (?:(?:,|and|plus) <v> )*(?:shown|sent|seen|kept|known|found|[a-z]+ed)\b")
"""Ids with something else that shall be done with them."""
_ENDING = frozenset(["please", "today", "now", "asap", "too", "thanks", "also", "immediately", "tomorrow"])
_JOINTS = frozenset([",", "and", "plus"])


def with_verbs_ahead(tokens: Sequence[Token], index: Index) -> tuple[Token, ...]:
    """The tokens with each such verb before what it is about."""
    tokens = _put(tokens, index)
    if not any(token.norm.endswith("ed") for token in tokens):
        return tuple(tokens)
    return by_sentence(tokens, lambda said: tuple(_turned(said, index)) if _is_wish(said) else said)


def _put(tokens: Sequence[Token], index: Index) -> Sequence[Token]:
    """ "Book a rope" for "put a rope on a new booking", where the noun is a verb of some effect as well."""
    text = norms(tokens) + " "
    found = _PUT.search(text)
    if found is None or stem(found["verb"]) not in index.effect_verbs:
        return tokens
    lead, on, verb = (token_at(found, name) for name in ("lead", "on", "verb"))
    ahead = replace(tokens[verb], start=tokens[lead].start, end=tokens[lead].end)
    return (*tokens[:lead], ahead, *tokens[lead + 1 : on], *tokens[verb + 1 :])


def _is_wish(said: Sequence[Token]) -> bool:
    text = norms(said)
    return _WISH.match(text) is not None and _SHOWN.search(text) is None


def _turned(said: Sequence[Token], index: Index) -> Iterator[Token]:
    joints = [at for at, token in enumerate(said) if token.norm in _JOINTS and not _ties_ids(said, at)]
    wish = _WISH.match(norms(said))
    first = wish.group().count(" ") if wish else 0
    end = next((at + 1 for at in joints if at >= first), len(said))
    own = _ahead(said[first:end], index)
    yield from said[:first]
    if own[0] is not said[first]:
        yield new_word("to", said[first])
    yield from own
    later = [at for at in joints if at >= end - 1]
    for at, behind in zip(later, [*(joint + 1 for joint in later[1:]), len(said)], strict=False):
        part = _ahead(said[at + 1 : behind], index)
        if part and part[0] is said[at + 1] and _OTHERWISE_DONE.match(norms(part)):
            yield new_word(".", part[0])
        yield from part


def _ties_ids(said: Sequence[Token], at: int) -> bool:
    """Does it stand between two ids, of which the same is said?"""
    return 0 < at < len(said) - 1 and bool(said[at - 1].shape and said[at + 1].shape)


def _ahead(part: Sequence[Token], index: Index) -> Sequence[Token]:
    """One part of the wish, with its verb in front."""
    at = len(part) - 1
    while at > 0 and (part[at].is_mark or part[at].norm in _ENDING | _JOINTS):
        at -= 1
    bases = (
        (
            base
            for base in bases_of(part[at].norm)
            if stem(base) in (index.verbs if part[0].shape else index.effect_verbs)
        )
        if at
        else ()
    )
    verb = min(bases, key=len, default="")
    if not part or not verb or not part[at].norm.endswith("ed") or _THING.match(norms(part[:at]) + " ") is None:
        return part
    return (
        replace(part[at], norm=verb, stem=stem(verb), start=part[0].start, end=part[0].start),
        *part[:at],
        *part[at + 1 :],
    )
