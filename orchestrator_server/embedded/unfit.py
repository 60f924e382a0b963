"""Requests that only sound like one on offer: about the assistant's side, a part, or what another effect does."""

import re
from collections.abc import Sequence

from orchestrator_server.embedded.asks import Ask, Understood
from orchestrator_server.embedded.choosing import Verdict
from orchestrator_server.embedded.english import SHOWING, stem
from orchestrator_server.embedded.features import CHANGING_STEMS, PARTICLES, SHOWING_STEMS, STOP, is_content
from orchestrator_server.embedded.heads import LIGHT, head_at
from orchestrator_server.embedded.index import Index
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.objects import is_part
from orchestrator_server.embedded.profiles import Profile
from orchestrator_server.embedded.shapes import Kind
from orchestrator_server.embedded.text import Token, norms
from orchestrator_server.embedded.verbs import is_verb_of, verb_at

_YOURS = re.compile(r"\b(?:your|yours)\b|\bare you\b|\bdo you have an?\b")
_MINE = re.compile(r"\b(?:i|me|my|mine|we|us|our|ours|myself|am)\b")
_HOW = re.compile(
    r"\b(?P<asks>how|where) (?:do|can|could|would|should|does|must|shall|to) (?:(?:i|we|one|you|people) )?"
    r"(?P<verb>[a-z]+)\b"
)
_PEOPLE_DO = re.compile(
    r"\b(?:do|does|can|could|should) (?:people|customers|members|others|one|everybody|everyone|they)\b"
    r"|\bhow (?:long|many \w+) (?:do|would|will) (?:i|we) have(?: left)? to\b"
)
_STAFF = (
    r"(?:support|service|assistance|agent|team|staff|desk|hotline|human|department|representative|operator|manager)"
)
_TALKS = re.compile(
    r"\b(?:get|getting|be|keep|got) in touch\b"
    rf"|\b(?:contact|call|ring|reach|speak|talk|chat)(?:ing)? (?:\w+ ){{1,3}}?{_STAFF}\b"
    rf"|\b{_STAFF} (?:number|mail|email|hours|line|available)\b"
)
"""People want to talk to people."""
_GENERAL = re.compile(
    r"\b(?:does|do|is|are|would) an? (?:\w+ )?(?P<noun>\w+)\b|\bhow much (?:is|are|does) (?P<bare>[a-z]+)\b(?= [?.]|$)"
)
"""Asks what something costs or takes in general."""
_TO_SHOW = re.compile(rf"\bto (?:{'|'.join(sorted(SHOWING))})\b")
_ANY_ONE = re.compile(r"\b(?:an?|another|new) (?:\w+ )?(?P<noun>\w+)\b")
_OWNED = re.compile(r"\b(?:my|our|mine|me|(?:i|we) have|am i|i am|are we|we are)\b")
_BEFORE_NOUN = frozenset(["my", "the", "a", "an", "of", "our", "this", "that", "any", "status"])
_WRONG = re.compile(
    r"\b(?:is|are|seems?|looks?|was) (?:\w+ ){0,2}?(?:wrong|old|outdated|incorrect"
    r"|not (?:right|correct|current|mine|up to date)|out of date|no longer (?:right|correct|valid|current|in use)|misspel(?:t|led))\b|\bhave (?:\w+ ){0,3}wrong\b"
)
WISHES = re.compile(
    r"\b(?:that|which|who|one|thing|something|item|part|and|but|, ) ?(?:i|we) (?:would (?:like|love)|want|need|wish) to (?:please )?"
)
_KINDS_OF = frozenset(["the", "your", "any", "other", "these"])
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
        or _is_about_the_other_side(profile, tokens)
        or _wants_an_effect(message, tokens)
        or _is_about_what_effects_do(message, profile, tokens)
        or _is_general(message, profile, tokens)
        or _is_how_to(message, profile, tokens)
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


def _is_about_the_other_side(profile: Profile, tokens: Sequence[Token]) -> bool:
    """Is it asked about the assistant's or the company's own ("your number", "when are you ..."), not the user's?"""
    text = norms(tokens)
    if _PEOPLE_DO.search(text) or _TALKS.search(text):
        return True
    if profile.required or not _is_yours(text):
        return False
    return not any(_is_yours(example.lower()) for example in profile.intent.examples)


def _is_yours(text: str) -> bool:
    return _YOURS.search(text) is not None and _MINE.search(text) is None


def _is_about_what_effects_do(message: Message, profile: Profile, tokens: Sequence[Token]) -> bool:
    """Is it asked about something that only an effect knows, and not this read ("the state of my ...")?"""
    if any(token.shape in message.index.ids for token in tokens):
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


def _is_general(message: Message, profile: Profile, tokens: Sequence[Token]) -> bool:
    """Is it about any such thing, or about kinds of something ("the payment kinds"), and none of the user's?"""
    index = message.index
    if any(token.shape in index.ids for token in tokens):
        return False
    for found in _GENERAL.finditer(norms(tokens)):
        noun = found["noun"] or found["bare"]
        if stem(noun) not in index.things and any(t.norm == noun and is_content(t) for t in tokens):
            return True
    triples = zip(tokens, tokens[1:], tokens[2:], strict=False)
    return any(
        one.norm in _KINDS_OF and two.stem in profile.words and is_content(three) and _is_kinds(index, three)
        for one, two, three in triples
    )


def _is_kinds(index: Index, token: Token) -> bool:
    return token.norm.endswith("s") and not index.knows(token.stem)


def _is_how_to(message: Message, profile: Profile, tokens: Sequence[Token]) -> bool:
    """Is it asked how something is done that no read does ("how do I earn ...")?"""
    text = norms(tokens)
    found = None if _TO_SHOW.search(text) else _HOW.search(text)
    said = next((t for t in tokens if found and t.norm == found["verb"] and is_content(t)), None)
    if found is None or said is None or said.stem in SHOWING_STEMS | profile.verbs:
        return False
    of_reads = message.index.verbs - message.index.effect_verbs
    return said.stem in CHANGING_STEMS or (found["asks"] == "how" and said.stem not in of_reads)


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
