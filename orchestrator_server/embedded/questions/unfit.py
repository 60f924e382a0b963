"""Requests that only sound like one on offer: about a part, or what another effect does."""

from collections.abc import Sequence

from orchestrator_server.embedded.declared.features import PARTICLES, SHOWING_STEMS, STOP, is_content
from orchestrator_server.embedded.declared.heads import LIGHT, head_at
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.declared.verbs import is_verb_of, verb_at
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.questions.set_right import needs_change
from orchestrator_server.embedded.requests.asks import Ask, Understood
from orchestrator_server.embedded.requests.choices import Verdict
from orchestrator_server.embedded.requests.generalities import is_about_the_other_side, is_general, is_how_to
from orchestrator_server.embedded.requests.objects import is_part
from orchestrator_server.embedded.words.english import stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import Kind
from orchestrator_server.embedded.words.text import Token, norms

_ANY_ONE = lazy(r"\b(?:an?|another|new) (?:\w+ )?(?P<noun>\w+)\b")
_OWNED = lazy(r"\b(?:my|our|mine|me|(?:i|we) have|am i|i am|are we|we are)\b")
_BEFORE_NOUN = frozenset(["my", "the", "a", "an", "of", "our", "this", "that", "any", "status"])
_WRONG = lazy(
    r"\b(?:is|are|seems?|looks?|was) (?:\w+ ){0,2}?(?:wrong|old|outdated|incorrect"
    r"|not (?:right|correct|current|mine|up to date)|out of date|no longer (?:right|correct|valid|current|in use)"
    r"|misspel(?:t|led))\b|\bhave (?:\w+ ){0,3}wrong\b|\b(?:typo|mistake|error) in (?:my|our|the)\b"
)
WISHES = lazy(
    r"\b(?:that|which|who|one|thing|something|item|part|and|but|, ) ?(?:i|we) (?:would (?:like|love)|want|need|wish) to"
    r" (?:please )?"
)
_PLAIN = SHOWING_STEMS | LIGHT


def drop_unfit(message: Message, understood: Understood) -> None:
    """Leaves out what is asked for by its sound alone, and the doubts about what is asked of a part."""
    fit = [ask for ask in understood.asks if not is_unfit(message, ask.profile, ask.tokens)]
    understood.asks = [ask for ask in fit if not _is_outdone(message, ask, fit)]
    kept = [
        (choice, clause)
        for choice, clause in zip(understood.doubts, understood.doubted, strict=True)
        if choice.verdict is not Verdict.WONDERED or not is_unfit(message, choice.best.profile, message.of(clause))
    ]
    understood.doubts = [choice for choice, _ in kept]
    understood.doubted = [clause for _, clause in kept]


def _is_outdone(message: Message, ask: Ask, asks: Sequence[Ask]) -> bool:
    """Was an effect read from "I do not want it" alone, and is another asked for by name upon the same thing?"""
    if not ask.profile.intent.has_effect or verb_at(ask.profile, ask.tokens) is not None:
        return False
    ids = _ids(message, ask)
    others = (a for a in asks if a.profile is not ask.profile and a.profile.intent.has_effect)
    return bool(ids) and any(ids & _ids(message, a) and verb_at(a.profile, a.tokens) is not None for a in others)


def _ids(message: Message, ask: Ask) -> set[str]:
    given = ((p, ask.filled.arguments.get(p.name)) for p in ask.profile.required)
    return {value for p, value in given if p.pattern in message.index.ids and isinstance(value, str)}


def is_unfit(message: Message, profile: Profile, tokens: Sequence[Token]) -> bool:
    """Is this no request for the intent, however like one it sounds?"""
    if profile.intent.has_effect:
        return (
            _stops_nothing(message, profile, tokens)
            or is_part(profile, tokens, message.index)
            or _gets_what_is_shown(message, profile, tokens)
        )
    return (
        is_wrong(tokens)
        or needs_change(tokens)
        or is_about_the_other_side(profile, tokens)
        or _wants_an_effect(message, tokens)
        or _is_about_what_effects_do(message, profile, tokens)
        or is_general(message, profile, tokens)
        or is_how_to(message, profile, tokens)
        or _makes(message, profile, tokens)
    )


def _stops_nothing(message: Message, profile: Profile, tokens: Sequence[Token]) -> bool:
    """Does somebody want what the effect would end ("I want to get the paper"), with no word of ending?"""
    if profile.required or STOP not in profile.words:
        return False
    ending = {f for example in profile.examples if STOP not in example for f in example} - profile.named
    ending &= message.index.own(profile)
    says_so = any(
        token.stem in ending or (token.stem not in _PLAIN and is_verb_of(profile, tokens, at))
        for at, token in enumerate(tokens)
        if is_content(token)
    )
    has_particle = any(token.norm in PARTICLES - {"up", "over"} for token in tokens)
    is_ended = STOP in message.index.features(tokens) or "no" in norms(tokens).split()
    return not (says_so or has_particle or is_ended)


def is_wrong(tokens: Sequence[Token]) -> bool:
    """Is something said to be wrong or old, and not asked about?"""
    return _WRONG.search(norms(tokens)) is not None and tokens[-1].norm != "?"


def _wants_an_effect(message: Message, tokens: Sequence[Token]) -> bool:
    """Is there a wish with the verb of an effect in a clause of its own ("there is one which I want to give up")?"""
    found = WISHES.search(norms(tokens))
    at = norms(tokens)[: found.end()].count(" ") if found else 0
    return bool(at) and at < len(tokens) and tokens[at].stem in message.index.effect_verbs - _PLAIN


def _gets_what_is_shown(message: Message, profile: Profile, tokens: Sequence[Token]) -> bool:
    """Is "the ..." or "my ..." to be had, and a word that a read goes by: no thing that one gets by its name?"""
    if any(p.pattern in message.index.ids for p in profile.required) or Kind.NAME not in profile.kinds.values():
        return False
    shown = frozenset().union(
        *(p.named & message.index.own(p) for p in message.index.profiles if not p.intent.has_effect)
    )
    at = next((at for at, token in enumerate(tokens) if token.norm in ("the", "my", "our")), None)
    if at is None or at + 1 == len(tokens) or any(is_content(t) and t.stem not in _PLAIN for t in tokens[:at]):
        return False
    return tokens[at + 1].stem in shown - profile.named


def _is_about_what_effects_do(message: Message, profile: Profile, tokens: Sequence[Token]) -> bool:
    """Is it asked about something that only an effect knows, and not this read ("the state of my ...")?"""
    if message.index.names_id(tokens):
        return False
    index = message.index
    shared = index.told | index.states | index.things | index.parts | index.light | _PLAIN
    for at, token in enumerate(tokens):
        if not is_content(token) or token.stem in shared or token.stem in profile.words or not at:
            continue
        is_noun = tokens[at - 1].norm in _BEFORE_NOUN or (at + 1 < len(tokens) and tokens[at + 1].stem in profile.words)
        owners = (p for p in index.profiles if p.intent.has_effect and token.stem in index.own(p))
        if is_noun and any(token.stem in owner.named for owner in owners):
            return True
    return False


def _makes(message: Message, profile: Profile, tokens: Sequence[Token]) -> bool:
    """Does the verb belong to effects alone, or is something new wanted ("open an account")?"""
    at = head_at(tokens)
    index = message.index
    if at is not None and is_content(tokens[at]) and at + 1 < len(tokens):
        own = tokens[at].stem
        known = index.told | index.states | index.things | index.owned | index.light | _PLAIN
        is_verb = is_content(tokens[at + 1]) or tokens[at + 1].norm in ("something", "some", "more", "one")
        if own in index.effect_verbs and own not in known | profile.verbs and own not in profile.words and is_verb:
            return True
    text = norms(tokens)
    if profile.required or _OWNED.search(text):
        return False
    return any(stem(found["noun"]) in profile.things for found in _ANY_ONE.finditer(text))
