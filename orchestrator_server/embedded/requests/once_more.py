"""The last request for another thing ("A-18 too", "same for the map from A-19"), and "arrange that" behind it."""

from collections.abc import Sequence
from dataclasses import replace

from orchestrator_server.embedded.clauses.clauses import Clause, Role
from orchestrator_server.embedded.declared.features import is_content
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Ask, Governing
from orchestrator_server.embedded.requests.calling import Requested
from orchestrator_server.embedded.requests.choices import Choice, Verdict
from orchestrator_server.embedded.requests.moods import Mood, mood_of
from orchestrator_server.embedded.requests.set_phrases import arranges, is_same
from orchestrator_server.embedded.values.slots import Filled
from orchestrator_server.embedded.values.things_by_id import things_with_id
from orchestrator_server.embedded.words.english import words
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import Kind
from orchestrator_server.embedded.words.text import Token, norms
from orchestrator_server.plan import Json

_MORE = lazy(
    r"(?:(?:and|also|plus|please|so|then|,|likewise|same (?:for|with|goes for)) )*(?:(?:is|are|does|do|goes|go) )?"
    r"(?:the|my|an?|our|\d+) (?:[a-z-]+ ){1,4}?(?:\( )?(?:(?:from|in|of|out of) (?:\w+ )?)?<v>"
    r"(?: \))?(?: (?:too|as well|also|likewise|please|thanks|goes back|back))*\W*$"
)
"""Another thing with its id, and no verb."""
_KEPT = lazy(
    r"(?:[,.:-] )*(?:(?:i|we) (?:(?:will|would|am going to|want to|do|still|really|like to|shall|have to) )*"
    r"(?:keep|keeping|need|love)"
    r"|(?:can |may |should |will )?(?:stays?|remains?)|(?:is|was|are) (?:fine|great|lovely|ok|good|perfect|nice))\b"
)
"""Something stays as it is."""
_CASE = lazy(r"(?:<v> )?[:,-] (?:[:,-] )?(?:if|when|unless|should|in case)\b")
"""Behind a thing that is but named for what follows."""
_THE_SAME = lazy(r"\b(?:same|ditto|likewise)\b")
_IT = lazy(r"\b(?:it|that|this)(?: one)?(?= [,.!?;]|$| (?:please|in|as|too|now|for|if|instead|anyway))")
_FEW = 8
_ARRANGING = words(
    "register arrange process sort organise organize handle set log put action book note record file initiate start get"
    " make do issue create prepare enter"
)
"""General verbs behind which a deed stands as a noun."""
_OTHERWISE = lazy(
    r"\b(?:another|other|others|new|more|again|second|too|also|rest|all|every|each|different|else|if|unless|when|or"
    r"|not|never|no)\b"
)
"""Something else is meant than what was asked for."""


def same_again(message: Message, asks: Sequence[Ask], said: Requested) -> list[Ask] | None:
    """The last request for the other things that are named; None where nothing is asked for again."""
    tokens = said.tokens
    behind = norms(message.tokens[said.clause.end - 1 : said.clause.end + 3])
    if (
        not asks
        or _CASE.match(behind)
        or _is_named_first(message, said.clause)
        or not (_points_at_the_same(tokens) or _is_next(message, asks, said.clause))
    ):
        return None
    if not (_is_more_of_it(message, asks[-1], tokens) or is_same(tokens, said.clause.joiner)):
        return None
    return _again(message, asks[-1], said.clause, tokens) or None


def _is_named_first(message: Message, clause: Clause) -> bool:
    """Is it but named for a request about it in the same sentence ("and A-17, please show me that one")?"""
    after = next((c for c in message.clauses if c.first >= clause.end), None)
    if after is None or after.sentence != clause.sentence or after.role is not Role.REQUEST or after.joiner != ",":
        return False
    said = message.of(after)
    return (
        not message.index.names_id(said)
        and (_IT.search(norms(said)) is not None or mood_of(said) is Mood.REFUSAL)
        and _THE_SAME.search(norms(message.of(clause))) is None
    )


def is_settled(message: Message, asks: Sequence[Ask], clause: Clause, choice: Choice) -> bool:
    """Does a clause but arrange the effect before it, which has all that it needs ("can you register the stops?")?"""
    last, own = asks[-1] if asks else None, message.of(clause)
    if last is None or not last.profile.intent.has_effect or last.missing:
        return False
    return (arranges(own) or _is_its_deed(message, last, choice, own)) and _is_next(message, asks, clause)


def _is_its_deed(message: Message, last: Ask, choice: Choice, said: Sequence[Token]) -> bool:
    """Is nothing named but the deed that was asked for, behind a general verb, and no other thing to do it with?"""
    if choice.verdict is not Verdict.CHOSEN or choice.best.profile is not last.profile:
        return False
    if not last.profile.needed & message.index.ids or _OTHERWISE.search(norms(said)):
        return False
    content = [token for token in said if is_content(token) or token.shape]
    deeds = last.profile.verbs | message.index.things
    is_arranged = any(token.norm in _ARRANGING for token in said)
    return is_arranged and all(not t.shape and (t.stem in deeds or t.norm in _ARRANGING) for t in content)


def _is_next(message: Message, asks: Sequence[Ask], clause: Clause) -> bool:
    """Is nothing said between the last request and this clause, and is nothing kept right behind it?"""
    said = (c for c in message.clauses if c.role is Role.REQUEST)
    is_near = not any(asks[-1].clause.end <= one.first and one.end <= clause.first for one in said)
    return is_near and not is_kept_behind(message, clause)


def is_kept_behind(message: Message, clause: Clause) -> bool:
    """Is what a clause names kept right behind it ("the map from A-18 I'll keep")?"""
    return _KEPT.match(norms(message.tokens[clause.end : clause.end + _FEW])) is not None


def _points_at_the_same(tokens: Sequence[Token]) -> bool:
    """Does "the same" itself say that it is asked for again, wherever that was?"""
    return _THE_SAME.search(norms(tokens)) is not None


def _is_more_of_it(message: Message, last: Ask, tokens: tuple[Token, ...]) -> bool:
    """Is but another thing with its id named behind a request that takes such things ("also the map from F-18")?"""
    named = {p.name for p in last.profile.required if last.profile.kinds[p.name] is Kind.NAME and p.is_repeated}
    shapes = [token.shape for token in tokens if token.shape]
    if not named or len(shapes) != 1 or last.profile.takes(shapes[0]) is None or not _MORE.match(norms(tokens)):
        return False
    content = [token for token in tokens if is_content(token) and not token.shape]
    return bool(content) and not any(
        message.index.knows(t.stem) and t.stem not in message.index.things for t in content
    )


def _again(message: Message, last: Ask, clause: Clause, tokens: tuple[Token, ...]) -> list[Ask]:
    """The last request for other things: "same question for A-1043"."""
    taker = next((p for shape in message.index.ids if (p := last.profile.takes(shape)) is not None), None)
    if taker is None:
        return []
    kept = dict(last.filled.arguments)
    values = [token.value for token in tokens if token.shape == taker.pattern]
    old = str(kept.get(taker.name, ""))
    if (own := _own_things(message, last, tokens, taker.pattern)) is not None:
        kept = {name: value for name, value in {**kept, **own}.items() if value or name not in own}
    return [
        replace(
            last,
            clause=clause,
            tokens=_of(last.tokens, old, value),
            filled=Filled(arguments={**kept, taker.name: value}),
            governing=tuple(_about(one, old, value) for one in last.governing),
        )
        for value in values
    ]


def _own_things(message: Message, last: Ask, tokens: tuple[Token, ...], shape: str) -> dict[str, Json] | None:
    """The things that are named with the other id; none where that names some which cannot be read."""
    taker = next((p for p in last.profile.intent.askable if last.profile.kinds[p.name] is Kind.NAME), None)
    if taker is None or not taker.is_repeated or not any(is_content(token) for token in tokens):
        return None
    return {taker.name: [thing.name for thing in things_with_id(last.profile, message, tokens, shape)]}


def _about(governing: Governing, old: str, new: str) -> Governing:
    """The condition about another thing."""
    return replace(governing, tokens=_of(governing.tokens, old, new))


def _of(tokens: tuple[Token, ...], old: str, new: str) -> tuple[Token, ...]:
    """The words with another id."""
    return tuple(replace(t, value=new, surface=new) if old and t.value == old else t for t in tokens)
