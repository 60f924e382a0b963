"""Another effect that fits as well as the one that was chosen: then both are offered and neither is done."""

import re
from collections.abc import Iterator, Sequence

from orchestrator_server.embedded.asks import Ask, Understood
from orchestrator_server.embedded.choosing import Choice, Verdict, choose
from orchestrator_server.embedded.clauses import Role
from orchestrator_server.embedded.ellipsis import says_no_more
from orchestrator_server.embedded.features import STOP, is_content
from orchestrator_server.embedded.matching import SURE, Match
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.profiles import Profile
from orchestrator_server.embedded.shapes import LONG, Kind
from orchestrator_server.embedded.text import Token, norms
from orchestrator_server.embedded.verbs import is_verb_of

_MINE = re.compile(
    r"\b(?:my|mine|our|ours|i (?:have )?(?:just )?moved|i am moving|we (?:have )?moved|we are moving"
    r"|(?:i|we) (?:now )?live|(?:i|we) have (?:got )?an?)\b"
)
_UNWANTED = re.compile(
    r"\b(?:(?:do|does|did) not (?:want|need|like)|no longer (?:want|need|like)|not (?:want|need)(?:ed)?|hardly need"
    r"|have no (?:use|need) for)\b"
)
_WANTS_BACK = re.compile(
    r"\b(?:want|need|like|have|get|getting|expect) (?:\w+ ){0,4}back\b(?! (?:to|on|in|at|from|up)\b)"
)
_EITHER = re.compile(r"\beither\b(?! way)|\bnot sure (?:if|whether|which)\b|\bone of (?:those|these|the) 2\b")
_NEAR = 6
_DO_SOMETHING = re.compile(
    r"\b(?:do (?:something|anything) (?:about|with)|sort (?:\w+ )?out|sort <v>|take care of|deal with|handle"
    r"|(?:change|fix|alter|amend|adjust) something (?:about|in|on|with) (?:\w+ )?<v>(?= [.,!?]| please|$))"
)
"""Says that something is to be done, and not what."""
_MOST = 4
_ALL_OF_IT = re.compile(r"\b(?:it|that|this|them|all|everything)\b")


def rival_of(message: Message, ask: Ask) -> Match | None:
    """The effect that would set the same value, or undo a part of the same, where the words leave open which."""
    found = _of_a_thing(message, ask) or _of_a_part(message, ask)
    return _match(found) if found is not None else None


def undoing(message: Message) -> tuple[Match, Match] | None:
    """The two effects that undo a thing, the whole and a part, where it is said to be unwanted and no more."""
    text = message.norms
    wholes, parts = list(_wholes(message)), list(_partial(message))
    if len(wholes) != 1 or len(parts) != 1 or _says_which(message.tokens, (wholes[0], parts[0])):
        return None
    names_it = any(token.shape in message.index.ids for token in message.tokens)
    knows_it = names_it or any(token.stem in wholes[0].things for token in message.tokens if is_content(token))
    is_unwanted = _UNWANTED.search(text) is not None and bool(_unheard_after(message, _UNWANTED))
    wants_back = names_it and _WANTS_BACK.search(text) is not None
    return (_match(wholes[0]), _match(parts[0])) if (knows_it and is_unwanted) or wants_back else None


def open_wish(message: Message, understood: Understood) -> tuple[Match, ...] | None:
    """The effects that may be meant where a thing is but named, and something is to become of it."""
    mentions = all(says_no_more(message, (), ask.tokens) for ask in understood.asks)
    if understood.doubts or understood.declined or not mentions:
        return None
    if understood.asks and (pair := undoing(message)) is not None:
        return pair
    named = {token.shape for token in message.tokens if token.shape in message.index.ids}
    if not named or not _DO_SOMETHING.search(message.norms):
        return None
    takers = (p for p in message.index.profiles if p.intent.has_effect and any(p.takes(shape) for shape in named))
    found = tuple(_match(profile) for profile in takers)
    return found if 1 < len(found) <= _MOST else None


def torn(message: Message, asks: Sequence[Ask], doubts: Sequence[Choice]) -> tuple[Match, Match] | None:
    """The two effects of "either ... or ...", or of a value for "my own or only for A-1042"."""
    return (
        _either(message, asks, doubts)
        or _of_either_place(message)
        or _or_else(message, asks)
        or _unused(message, asks, doubts)
    )


def _either(message: Message, asks: Sequence[Ask], doubts: Sequence[Choice]) -> tuple[Match, Match] | None:
    wondered = [choice.best.profile for choice in doubts if choice.verdict is Verdict.WONDERED]
    effects = dict.fromkeys(p.intent.name for p in (*wondered, *(ask.profile for ask in asks)) if p.intent.has_effect)
    if len(effects) != 2 or not _EITHER.search(message.norms):
        return None
    one, two = (_match(message.index.by_name[name]) for name in effects)
    return one, two


def _or_else(message: Message, asks: Sequence[Ask]) -> tuple[Match, Match] | None:
    """An effect and the other one that "or" offers instead of it in the same sentence."""
    if any(clause.role is Role.CONDITION for clause in message.clauses):
        return None
    for clause in message.clauses:
        before = next((ask for ask in asks if ask.clause.sentence == clause.sentence), None)
        if clause.joiner != "or" or clause.role is not Role.REQUEST or before is None or before.governing:
            continue
        choice = choose(message.index, message.of(clause))
        other = choice.best.profile if choice.verdict is Verdict.CHOSEN else before.profile
        is_pair = before.profile.intent.has_effect and other.intent.has_effect and other is not before.profile
        if is_pair and before.clause.first < clause.first and not any(ask.profile is other for ask in asks):
            return _match(before.profile), _match(other)
    return None


def _unused(message: Message, asks: Sequence[Ask], doubts: Sequence[Choice]) -> tuple[Match, Match] | None:
    """An effect upon a thing and the one that would use the long value beside it, where nothing asked for uses that."""
    longs = {token.value for token in message.tokens if token.shape == LONG}
    used = {str(value) for ask in asks for value in ask.filled.arguments.values()}
    if len(longs) != 1 or longs & used:
        return None
    wondered = (choice.best.profile for choice in doubts if choice.verdict is Verdict.WONDERED)
    for profile in (*(ask.profile for ask in asks), *wondered):
        shapes = {p.pattern for p in profile.required if p.pattern in message.index.ids}
        takers = [p for p in message.index.profiles if p.intent.has_effect and _takes(p, shapes | {LONG})]
        if profile.intent.has_effect and shapes and len(takers) == 1 and takers[0] is not profile:
            return _match(profile), _match(takers[0])
    return None


def _takes(profile: Profile, shapes: set[str]) -> bool:
    """Does an effect take just these?"""
    own = {LONG if profile.kinds[p.name] is Kind.LONG else p.pattern for p in profile.required}
    return own == shapes


def _of_either_place(message: Message) -> tuple[Match, Match] | None:
    """Does "or" stand between a word for the caller's own and an id, beside a long value that fits either?"""
    tokens = message.tokens
    if sum(token.shape == LONG for token in tokens) != 1:
        return None
    for own, other in _setters(message):
        nouns = message.index.own(own) | own.named
        ids = [at for at, token in enumerate(tokens) if token.shape in message.index.ids and other.takes(token.shape)]
        words = [at for at, token in enumerate(tokens) if is_content(token) and token.stem in nouns]
        if any(_or_between(tokens, min(i, w), max(i, w)) for i in ids for w in words):
            return _match(own), _match(other)
    return None


def _or_between(tokens: Sequence[Token], first: int, last: int) -> bool:
    return last - first <= _NEAR and any(token.norm == "or" for token in tokens[first:last])


def _setters(message: Message) -> Iterator[tuple[Profile, Profile]]:
    """Pairs of effects that set the same long value: the caller's, and that of a thing."""
    for own in message.index.profiles:
        longs = {p.name for p in own.required if own.kinds[p.name] is Kind.LONG}
        if own.intent.has_effect and len(own.required) == 1 and longs:
            yield from ((own, p) for p in message.index.profiles if _is_of_a_thing(message, p, longs))


def _match(profile: Profile) -> Match:
    return Match(profile=profile, score=SURE, likeness=SURE, by_verb=True)


def _of_a_thing(message: Message, ask: Ask) -> Profile | None:
    """The effect that sets the same for one thing, where nothing says whose value is meant: the caller's, or that of
    a thing."""
    profile = ask.profile
    longs = {p.name for p in profile.required if profile.kinds[p.name] is Kind.LONG}
    if not profile.intent.has_effect or len(profile.required) != 1 or not longs & ask.filled.arguments.keys():
        return None
    if _MINE.search(message.norms) or any(token.shape in message.index.ids for token in message.tokens):
        return None
    rivals = [p for p in message.index.profiles if _is_of_a_thing(message, p, longs)]
    own = message.index.own(profile) - {stem for rival in rivals for stem in (*rival.things, *rival.words)}
    return rivals[0] if len(rivals) == 1 and not any(token.stem in own for token in message.tokens) else None


def _is_of_a_thing(message: Message, profile: Profile, longs: set[str]) -> bool:
    has_id = any(p.pattern in message.index.ids for p in profile.required)
    return profile.intent.has_effect and has_id and any(p.name in longs for p in profile.required)


def _of_a_part(message: Message, ask: Ask) -> Profile | None:
    """The effect upon a part, where a thing is unwanted of which nobody knows whether it is the whole."""
    profile = ask.profile
    if profile not in _wholes(message) or not _UNWANTED.search(norms(ask.tokens)):
        return None
    parts = list(_partial(message))
    if len(parts) != 1 or _says_which(message.tokens, (profile, parts[0])):
        return None
    return parts[0] if _unheard_after(message, _UNWANTED) else None


def _wholes(message: Message) -> Iterator[Profile]:
    """The effects that stop a thing and take nothing but its id."""
    for profile in message.index.profiles:
        is_lone = [p.pattern in message.index.ids for p in profile.required] == [True]
        if profile.intent.has_effect and is_lone and any(STOP in example for example in profile.examples):
            yield profile


def _partial(message: Message) -> Iterator[Profile]:
    """The effects that take an id and names of things within it."""
    for profile in message.index.profiles:
        kinds = [profile.kinds[p.name] for p in profile.required]
        has_id = any(p.pattern in message.index.ids for p in profile.required)
        if profile.intent.has_effect and has_id and Kind.NAME in kinds:
            yield profile


def _says_which(tokens: Sequence[Token], profiles: Sequence[Profile]) -> bool:
    """Does a verb of either stand anywhere in the message?"""
    return any(
        is_verb_of(profile, tokens, at) for profile in profiles for at, token in enumerate(tokens) if is_content(token)
    )


def _unheard_after(message: Message, unwanted: re.Pattern[str]) -> list[Token]:
    """The words right after "do not want" that no intent knows: the name of a part, or of the whole."""
    text = message.norms
    found = unwanted.search(text)
    if found is None:
        return []
    at = text[: found.end()].count(" ") + 1
    following = message.tokens[at : at + 4]
    if following and _ALL_OF_IT.match(following[0].norm):
        return []
    return [token for token in following if is_content(token) and not message.index.knows(token.stem)]
