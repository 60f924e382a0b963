"""Two effects of which only one is wanted: "either ... or ...", "my own or only that of A-1042"."""

from collections.abc import Sequence
from itertools import groupby, pairwise

from orchestrator_server.embedded.clauses.clauses import Role
from orchestrator_server.embedded.declared.features import is_content
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.questions.undoing import match_of
from orchestrator_server.embedded.requests.asks import Ask
from orchestrator_server.embedded.requests.choices import Choice, Verdict
from orchestrator_server.embedded.requests.choosing import choose
from orchestrator_server.embedded.requests.matching import Match
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import LONG, Kind
from orchestrator_server.embedded.words.text import Token

_EITHER = lazy(
    r"\beither\b(?! way)|\bnot (?:sure|certain) (?:if|whether|which|about)\b|\bone of (?:those|these|the) 2\b"
    r"|\b(?:1|one) or the other\b|\b(?:can|could|did|have) not (?:yet |really )*(?:make|made) up my mind\b"
    r"|\b(?:can|could|have|has|did|do) not (?:yet |really )*(?:decided?|choose|chosen|know which|know what)\b"
    r"|\b(?:undecided|torn (?:between|about|on|over)|in 2 minds|back and forth)\b"
)
"""Says that only one of two is wanted, or that nobody has made up their mind."""
_UNDECIDED = lazy(
    r"\b(?:1|one) or the other\b|\bnot (?:yet |really )*(?:make|made) up my mind\b|\b(?:have|has) not (?:yet "
    r"|really )*decided\b"
    r"|\bnot decided\b|\bundecided\b|\bin 2 minds\b|\bback and forth\b|\bor (?:should|shall) (?:i|we)(?: not)?\b"
    r"|(?:^|[-.,!?;] )(?:maybe|perhaps|possibly) (?!(?:you )?(?:can|could|would|will)\b)(?:you should )?(?!<v>)[a-z]+"
    r"|\bwhat do you (?:think|say|suggest|recommend)\b|\blet me think\b|\bsleep on it\b|\bor (?:was|is) (?:it|that)\b"
    r"|\b(?:1|one) of (?:those|these|them|the 2)\W*$|\byour (?:call|choice)\b"
    r"|(?:^|[.!] )(?!(?:has|have|is|are|was|did|do|does|can|could|will|would|where|when|what|why|how|who|which)\b)"
    r"[^.?!]+ \? (?:has|is|was|did|does) (?:it|that|this)\b"
    r"|[-.,!?;] (?:i am )?not (?:really |so )?sure(?: yet| though)?\W*$"
)
_NEAR = 6


def torn(message: Message, asks: Sequence[Ask], doubts: Sequence[Choice]) -> tuple[Match, Match] | None:
    """The two effects of "either ... or ...", or of a value for "my own or only for A-1042"."""
    return (
        _either(message, asks, doubts)
        or _of_either_place(message)
        or _or_else(message, asks)
        or _or_the_other(asks)
        or _unused(message, asks, doubts)
    )


def _either(message: Message, asks: Sequence[Ask], doubts: Sequence[Choice]) -> tuple[Match, Match] | None:
    wondered = [choice.best.profile for choice in doubts if choice.verdict is Verdict.WONDERED]
    effects = dict.fromkeys(p.intent.name for p in (*wondered, *(ask.profile for ask in asks)) if p.intent.has_effect)
    if len(effects) != 2 or not _EITHER.search(message.norms):
        return None
    one, two = (match_of(message.index.by_name[name]) for name in effects)
    return one, two


def is_undecided(message: Message, asks: Sequence[Ask]) -> bool:
    """Does somebody who asks for an effect say that it is not decided yet?"""
    has_effect = any(ask.profile.intent.has_effect and not ask.governing for ask in asks)
    return has_effect and _UNDECIDED.search(message.norms) is not None


def _or_the_other(asks: Sequence[Ask]) -> tuple[Match, Match] | None:
    """Two effects of which the second is offered with "or" in a sentence of its own ("stop it? or send it back?")."""
    effects = [ask for ask in asks if ask.profile.intent.has_effect and not ask.governing]
    for one, other in pairwise(effects):
        is_next = other.clause.joiner == "or" and other.clause.sentence - one.clause.sentence <= 1
        if is_next and one.profile is not other.profile:
            return match_of(one.profile), match_of(other.profile)
    return None


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
            return match_of(before.profile), match_of(other)
    return None


def _unused(message: Message, asks: Sequence[Ask], doubts: Sequence[Choice]) -> tuple[Match, Match] | None:
    """An effect upon a thing and the one that would use the long value beside it, where nothing asked for uses that."""
    asking = [clause for clause in message.clauses if clause.role is Role.REQUEST]
    longs = {token.value for clause in asking for token in message.of(clause) if token.shape == LONG}
    used = {str(value) for ask in asks for value in ask.filled.arguments.values()}
    if len(longs) != 1 or longs & used:
        return None
    wondered = (choice.best.profile for choice in doubts if choice.verdict is Verdict.WONDERED)
    for profile in (*(ask.profile for ask in asks), *wondered):
        shapes = {p.pattern for p in profile.required if p.pattern in message.index.ids}
        takers = [p for p in message.index.profiles if p.intent.has_effect and _takes(p, shapes | {LONG})]
        if profile.intent.has_effect and shapes and len(takers) == 1 and takers[0] is not profile:
            return match_of(profile), match_of(takers[0])
    return None


def _takes(profile: Profile, shapes: set[str]) -> bool:
    """Does an effect take just these?"""
    own = {LONG if profile.kinds[p.name] is Kind.LONG else p.pattern for p in profile.required}
    return own == shapes


def _of_either_place(message: Message) -> tuple[Match, Match] | None:
    """Does "or" stand between a word for the caller's own and an id, beside a long value that fits either?"""
    tokens = message.tokens
    if sum(token.shape == LONG for token in tokens) != 1 or not any(token.norm == "or" for token in tokens):
        return None
    ids = [at for at, token in enumerate(tokens) if token.shape in message.index.ids]
    for _, group in groupby(message.index.setters if ids else (), key=lambda pair: pair[0].intent.name):
        pairs = list(group)
        words = _named(message, pairs[0][0])
        near = [at for at in ids if any(_or_between(tokens, min(at, word), max(at, word)) for word in words)]
        for own, other in pairs if near else ():
            if any(other.takes(tokens[at].shape) for at in near):
                return match_of(own), match_of(other)
    return None


def _named(message: Message, profile: Profile) -> list[int]:
    """Where words stand that are the intent's own."""
    nouns = message.index.own(profile) | profile.named
    return [at for at, token in enumerate(message.tokens) if is_content(token) and token.stem in nouns]


def _or_between(tokens: Sequence[Token], first: int, last: int) -> bool:
    return last - first <= _NEAR and any(token.norm == "or" for token in tokens[first:last])
