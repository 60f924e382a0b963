"""What a message wishes and no request took up: it is asked about, and never dropped beside the others."""

from collections.abc import Container, Iterator, Sequence

from orchestrator_server.embedded.clauses.clauses import Clause, Role
from orchestrator_server.embedded.declared.features import is_content
from orchestrator_server.embedded.declared.heads import head_at
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Ask, Understood
from orchestrator_server.embedded.requests.choices import Verdict
from orchestrator_server.embedded.requests.choosing import choose
from orchestrator_server.embedded.requests.left_out import leaves_out
from orchestrator_server.embedded.requests.matching import Match, rank
from orchestrator_server.embedded.requests.moods import ASKING, Mood, is_declaring, is_lacking, mood_of
from orchestrator_server.embedded.requests.once_more import is_kept_behind
from orchestrator_server.embedded.requests.set_phrases import is_quoted
from orchestrator_server.embedded.requests.staying import stays
from orchestrator_server.embedded.values.reading import Reading
from orchestrator_server.embedded.values.referring import excluded
from orchestrator_server.embedded.values.things import counter_of
from orchestrator_server.embedded.words.english import stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.several import as_one
from orchestrator_server.embedded.words.shapes import Kind
from orchestrator_server.embedded.words.text import Token, norms
from orchestrator_server.plan import Json, Reference

_TOLD = lazy(
    r"\b(?:was|were|had|been|did|by (?:me|us|you|my|mistake|accident|now)|last (?:time|week|month|year)|yesterday|ago"
    r"|already|nearly|almost|went|came|got|never|because|regarding|concerning|about|instead|like|same|sorry|fine|ok|okay|right|wrong|thanks?)\b"
    r"|^\W*(?:(?:so|and|but|just|or) )*not\b|\b(?:is|are|has|have|does|do|will) (?:it|they|that|this|those|these)\b"
    r"|^\W*(?:(?:so|and|but) )*(?:(?:today|now|then|here) )?(?:it|that|this|there) (?:is|are)\b"
)
"""What tells of a thing, or names it as a reason."""
_WANTED = lazy(
    r"(?:(?:and|also|please|so|then|now|,) )*(?:i|we) (?:also |now |just )?(?:want|need|would like) (?:an?|another|\d+)"
    r" (?:(?!of\b|from\b|for\b|with\b|to\b|that\b)[a-z'-]+ ?){1,3}(?:(?:please|too|instead|as well|now|thanks) ?)*\W*$"
)
_DOING = lazy(r"(?:i|we) (?:am|are) (?:now |just )?[a-z]+ing (?:it|that|this|them|those|both)\b")
_OWED = lazy(r"<v> (?:should|must|ha(?:s|ve) to|needs? to|ought to|(?:is|are) to) (?:be|go|come|get)\b")
"""Something is to become of a thing."""
_SO_MANY_THINGS = lazy(
    r"(?:(?:and|plus|also|then|please) )*\d+ (?:x )?(?!(?:days?|weeks?|months?|hours?|times|years?|minutes?)\b)"
    r"(?:[a-z'-]+ ){0,3}[a-z'-]{3,}(?: (?:please|too|as well))*\W*$"
)
_SO_MANY = lazy(
    r"\b(?:both|all (?P<count>\d+))(?: of (?:them|those|these))?(?= (?:[,.;!?]|please|now|back|today|too|as well)|\W*$)"
)
"""All of so many things that were named."""
_NEAR, _CALLED, _CLEAR = (0.5, 0.6), (0.35, 0.5), (0.7, 0.75)
"""So high a score and likeness make words near enough to an intent to be asked about, beside other requests."""
_LOOKED_AT = 2
_MORE_OF_ANOTHER = lazy(
    r"(?:(?:and|also|plus|same|the same|for|with|likewise) )*(?:the|my|an?|our) (?:[a-z'-]+ ){1,4}(?:from|of|in|out of)"
    r" (?:[a-z]+ )?<v>(?: (?:too|as well|please|thanks))*\W*"
)
_NEW_THING = lazy(
    r"(?:(?:please|just|also|can you|could you) )*[a-z]+ (?:me )?(?:an?|\d+|some|another) (?:[a-z'-]+ ){1,4}?"
    r"(?:on|onto|in|into|to) (?:(?:my|the|an?|next|new|another) )*(?P<where>[a-z]+)\b"
)
"""A new thing, behind any verb, that is put with those that ids stand for."""
_OBJECTS = frozenset(["the", "my", "your", "our", "that", "this", "all", "me", "off", "out", "down"])


def unheard(message: Message, result: Understood, clauses: Sequence[Clause]) -> Iterator[str]:
    """The clauses that wish something with a value, or with an intent's own words, and got no call."""
    if not result.asks or result.retracted or any(ask.fan is not None for ask in result.asks):
        return
    planned = {str(value) for ask in result.asks for value in _values(ask)}
    used = planned | {token.value for clause in result.doubted for token in message.of(clause) if token.shape}
    taken = [ask.clause for ask in result.asks] + result.doubted
    asked = {ask.profile.intent.name for ask in result.asks}
    asked |= {match.profile.intent.name for choice in result.doubts for match in choice.matches}
    for clause in clauses:
        said = message.of(clause)
        if clause.role is Role.ASIDE and _is_deed_told(message, said, asked):
            yield message.words(said)
        if clause.role is not Role.REQUEST:
            continue
        if (
            _forgets_one(message, result, clause, planned)
            or _is_miscounted(message, result, clause)
            or leaves_out(message, result.asks, said)
        ):
            yield message.words(said)
        takers = [ask.clause for ask in result.asks if ask.profile.takes_names]
        if _names_more(said, used, takers, clause) and not is_kept_behind(message, clause):
            yield message.words(said)
        if not _is_wish(message, clause, said):
            continue
        if clause not in taken and (_counts_more(result, said, clause) or _wants_a_thing(message, said, asked)):
            yield message.words(said)
            continue
        left = [token for token in said if token.shape in message.index.valued and token.value not in used]
        left = [token for token in left if token.value not in excluded(said, token.shape)]
        is_taken = any(one.first < clause.end and clause.first < one.end for one in taken)
        left = [] if is_taken and any(token.norm == "or" for token in said) else left
        if (left and _says_what(message, said)) or (not is_taken and not left and _is_near(message, said, asked)):
            yield message.words(said)


def _names_more(said: Sequence[Token], used: Container[str], taken: Container[Clause], clause: Clause) -> bool:
    """Is but another thing with another id named, and nothing takes it up?"""
    if not taken or clause in taken or _MORE_OF_ANOTHER.fullmatch(norms(said)) is None:
        return False
    return any(token.shape and token.value not in used for token in said)


def _forgets_one(message: Message, result: Understood, clause: Clause, planned: Container[str]) -> bool:
    """Do the words of an effect name an id that it does not take, side by side with the one that it takes?"""
    said = message.of(clause)
    for ask in result.asks:
        own = {value for value in ask.filled.arguments.values() if isinstance(value, str)}
        if not ask.profile.intent.has_effect or ask.clause != clause or ask.governing:
            continue
        for one, joint, other in zip(said, said[1:], said[2:], strict=False):
            is_pair = one.shape in message.index.ids and one.shape == other.shape and joint.norm in ("and", ",", "plus")
            if (
                is_pair
                and len(own & {one.value, other.value}) == 1
                and not (one.value in planned and other.value in planned)
            ):
                return not excluded(said, one.shape)
    return False


def _is_miscounted(message: Message, result: Understood, clause: Clause) -> bool:
    """Does an effect speak of so many of the things with ids ("stop all 3"), and is it read for one alone?"""
    found = _SO_MANY.search(norms(message.of(clause)))
    asks = [a for a in result.asks if a.clause == clause and a.profile.intent.has_effect and a.fan is None]
    if found is None or len(asks) != 1:
        return False
    ids = {token.value for token in message.tokens if token.shape in message.index.ids}
    named = max((len(v) for v in asks[0].filled.arguments.values() if isinstance(v, list)), default=0)
    meant = int(found["count"] or 2)
    return len(ids) >= meant > 1 and named < meant and asks[0].profile.needed & message.index.ids != frozenset()


def _counts_more(result: Understood, said: Sequence[Token], clause: Clause) -> bool:
    """Is but so many of another thing named right behind a request that takes such things ("order 2 ropes; 4 mats")?"""
    before = next((a for a in reversed(result.asks) if a.clause.end <= clause.first), None)
    if before is None or before.clause.sentence < clause.sentence - 1 or counter_of(before.profile) is None:
        return False
    return _SO_MANY_THINGS.match(norms(said)) is not None


def _wants_a_thing(message: Message, said: Sequence[Token], asked: Container[str]) -> bool:
    """Is a new thing wanted, where some effect counts things ("... and i want a rope")?"""
    if _WANTED.match(norms(said)) is None:
        return False
    taker = next((p for p in message.index.profiles if p.intent.has_effect and counter_of(p) is not None), None)
    if taker is None or taker.intent.name in asked:
        return False
    return bool(Reading(taker, said, message.text, message.index.verbs).had())


def _is_deed_told(message: Message, said: Sequence[Token], asked: Container[str]) -> bool:
    """Does somebody say what they are doing now with a thing ("... so i am sending that back")?"""
    if _DOING.match(norms(said)) is None:
        return False
    choice = choose(message.index, said, message.index.ids)
    is_effect = choice.verdict is Verdict.CHOSEN and choice.best.profile.intent.has_effect
    return is_effect and choice.best.profile.intent.name not in asked


def _values(ask: Ask) -> Iterator[Json | Reference]:
    for value in ask.filled.arguments.values():
        yield from value if isinstance(value, list) else [value]
    yield from (token.value for one in ask.governing for token in one.tokens if token.shape)


def _is_wish(message: Message, clause: Clause, said: Sequence[Token]) -> bool:
    text = as_one(norms(said))
    if mood_of(said) not in ASKING or is_lacking(said) or _TOLD.search(text) or is_quoted(message, clause):
        return False
    if stays(said):
        return False
    return (
        text.endswith("?") or _OWED.search(text) is not None or mood_of(said) is Mood.QUESTION or not is_declaring(said)
    )


def _says_what(message: Message, said: Sequence[Token]) -> bool:
    """Is there a word that intents go by?"""
    return any(is_content(t) and not t.shape and message.index.knows(t.stem) for t in said)


def _is_near(message: Message, said: Sequence[Token], asked: Container[str]) -> bool:
    """Is it near to an intent that nothing else asks for, with all that this needs, in words mostly its own?"""
    mood, at = mood_of(said), head_at(said)
    known = message.index.named | message.index.verbs
    if mood is Mood.HYPOTHETICAL or at is None or not any(token.stem in known for token in said):
        return False
    least = _CLEAR if mood is Mood.QUESTION else _CALLED if _calls_for(said[at:]) else _NEAR
    nearest = rank(message.index, said, mood)[:_LOOKED_AT]
    return any(match.profile.intent.name not in asked and _fits(message, match, said, least) for match in nearest)


def _fits(message: Message, match: Match, said: Sequence[Token], least: tuple[float, float]) -> bool:
    profile, shapes = match.profile, {token.shape for token in said if token.shape}
    if match.score < least[0] or match.likeness < least[1]:
        return False
    needed = {p.pattern for p in profile.required if p.pattern in message.index.valued}
    if not needed <= shapes or any(profile.kinds[p.name] is Kind.LONG for p in profile.required):
        return False
    if counter_of(profile) is not None:
        new = _NEW_THING.match(norms(said))
        return new is not None and stem(new["where"]) in message.index.things
    own = message.index.own(profile) & (profile.named | profile.verbs)
    return any(is_content(token) and token.stem in own for token in said)


def _calls_for(said: Sequence[Token]) -> bool:
    """Does it begin with a plain word before an object, as one that asks for something to be done with it?"""
    is_plain = is_content(said[0]) and not said[0].norm.endswith(("ed", "ing", "s"))
    return is_plain and len(said) > 2 and said[1].norm in _OBJECTS
