"""Requests whose many things are named or listed before them: "every one that is late: stop it"."""

from collections.abc import Sequence

from orchestrator_server.embedded.clauses.clauses import Clause, Role
from orchestrator_server.embedded.declared.fields import stems_of
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Ask
from orchestrator_server.embedded.requests.choices import Choice, Verdict
from orchestrator_server.embedded.requests.choosing import choose
from orchestrator_server.embedded.words.english import words
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import LONG
from orchestrator_server.embedded.words.text import Token, new_word, norms

_TOPIC = lazy(
    r"\W*(?:and |also |please |for |with |about )*(?:all|every|each|any|everything|anything|whichever|whatever)\b"
)
_BEFORE_TOPIC = frozenset(["and", "also", "please", "for", "with", "about", ","])
_HEADING = lazy(r"(?:(?:for|about|regarding|concerning|as for|on|hi|hello|hey|so|ok|my|,) )*<v> (?:[:,-]|\?)")
"""A thing that the whole sentence is about."""
_ONES = lazy(
    r"\b(?:(?:all|any|every|only|just) )?(?:(?:of )?(?:the|those|these|any) )?(?:ones?|those)\b"
    r"(?= (?:\w+ )*?(?:over|under|above|below|more|less|older|newer|that|which|from|with|placed"
    r"|costing|worth|cheaper)\b)"
)
_NAMING_NOTHING = words("it them em same those these that each please kindly just the")
_CAN_BE = lazy(
    r"(?:(?:all|each|every one|both) (?:of )?)?(?:those|them|these|they|it|that) (?:all )?"
    r"(?:can|could|should|must|may|have to|has to|need to|are to|is to) (?:all )?be \w+"
)
"""What is to become of them, in the passive."""
_LONGEST_REQUEST = 3


def names_topic(message: Message, clause: Clause) -> bool:
    """Does a clause only name many things, about which the next request of the sentence asks?"""
    tokens = message.of(clause)
    if _TOPIC.match(norms(tokens)) is None or message.index.names_id(tokens):
        return False
    later = next((c for c in message.clauses if c.role is Role.REQUEST and c.first >= clause.end), None)
    if later is None or later.sentence != clause.sentence:
        return False
    return about_topic(tokens, message.of(later)) is not None


def about_topic(topic: Sequence[Token], tokens: Sequence[Token]) -> tuple[Token, ...] | None:
    """The request with the named things in the place of its pronoun; None where it names things of its own."""
    if any(token.shape and token.shape != LONG for token in tokens):
        return None
    tokens = _active(tokens)
    said = [token for token in tokens if token.norm not in _NAMING_NOTHING and not token.is_mark]
    if said and said[0].norm in ("so", "then"):
        said = said[1:]
    first = next((at for at, token in enumerate(topic) if token.norm not in _BEFORE_TOPIC), len(topic))
    named = topic[first:]
    return (*said, *named) if 0 < len(said) <= _LONGEST_REQUEST else None


def _active(tokens: Sequence[Token]) -> Sequence[Token]:
    """ "All of those can be stopped" as "stop"; other words as they are."""
    kept = [token for token in tokens if not token.is_mark and token.norm not in ("please", "thanks")]
    found = _CAN_BE.fullmatch(norms(kept))
    return kept[-1:] if found else tokens


def of_its_topic(
    message: Message, clause: Clause, choice: Choice, tokens: tuple[Token, ...]
) -> tuple[Choice, tuple[Token, ...]]:
    """What is asked of the one thing with which the sentence begins ("A-17: where is it, and what did i book?")."""
    if choice.verdict is not Verdict.CHOSEN or choice.best.profile.required or choice.best.profile.intent.has_effect:
        return choice, tokens
    if any(token.shape or token.stem in message.index.states for token in tokens):
        return choice, tokens
    said = [c for c in message.clauses if c.sentence == clause.sentence and c.first < clause.first]
    whole = message.tokens[said[0].first : clause.first] if said else ()
    ids = {token.value: token for token in whole if token.shape in message.index.ids}
    if len(ids) != 1 or _HEADING.match(norms(whole)) is None:
        return choice, tokens
    thing = next(iter(ids.values()))
    named = (*(token for token in tokens if token.norm != "?"), new_word("in", thing), thing)
    meant = choose(message.index, named)
    is_of_it = meant.verdict is Verdict.CHOSEN and meant.best.profile.takes(thing.shape) is not None
    return (meant, named) if is_of_it and not meant.best.profile.intent.has_effect else (choice, tokens)


def by_own_verb(message: Message, choice: Choice, said: Sequence[Token]) -> Choice:
    """The effect that the request's own verb asks for, where with the named things it sounds like a read."""
    if choice.verdict is Verdict.CHOSEN and choice.best.profile.intent.has_effect:
        return choice
    alone = choose(message.index, said, message.index.ids)
    is_clear = alone.verdict is Verdict.CHOSEN and alone.best.by_verb and alone.best.profile.intent.has_effect
    return alone if is_clear else choice


def about_listed(asks: Sequence[Ask], tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """ "The ones over 20" with what the last request for a list was about; else the same tokens."""
    listing = (ask for ask in reversed(asks) if not ask.profile.intent.has_effect and ask.profile.lists)
    last = next(listing, None)
    if last is None:
        return tokens
    nouns = frozenset(s for f in last.profile.lists for s in (*f.stems, *stems_of(f.element_name)))
    return _with_noun(tokens, last.tokens, nouns) or tokens


def _with_noun(tokens: Sequence[Token], listed: Sequence[Token], nouns: frozenset[str]) -> tuple[Token, ...] | None:
    """ "The ones over 20" with the noun that was listed before: "all my open ... over 20"."""
    found = _ONES.search(norms(tokens))
    at = next((i for i in reversed(range(len(listed))) if listed[i].stem in nouns), None)
    if found is None or at is None:
        return None
    first = norms(tokens)[: found.start()].count(" ")
    end = first + found.group().count(" ") + 1
    start = next((i for i in range(at) if listed[i].norm in ("all", "my", "the", "every", "our")), at)
    every = Token(surface="all", norm="all", stem="all", start=tokens[first].start, end=tokens[first].start)
    return (*tokens[:first], every, *listed[start : at + 1], *tokens[end:])
