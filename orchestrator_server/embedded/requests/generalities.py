"""Questions about how things are in general, or about the assistant's own side: no read of the user's tells that."""

from collections.abc import Sequence

from orchestrator_server.embedded.declared.features import CHANGING_STEMS, SHOWING_STEMS, is_content
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.words.english import SHOWING, stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

_YOURS = lazy(r"\b(?:your|yours)\b|\bare you\b|\bdo you have an?\b")
_MINE = lazy(r"\b(?:i|me|my|mine|we|us|our|ours|myself|am)\b")
_HOW = lazy(
    r"\b(?P<asks>how|where) (?:do|can|could|would|should|does|must|shall|to) (?:(?:i|we|one|you|people) )?"
    r"(?P<verb>[a-z]+)\b"
)
_PEOPLE_DO = lazy(
    r"\b(?:do|does|can|could|should) (?:people|customers|members|others|one|everybody|everyone|they)\b"
    r"|\bhow (?:long|many \w+) (?:do|would|will) (?:i|we) have(?: left)? to\b"
)
_STAFF = (
    r"(?:support|service|assistance|agent|team|staff|desk|hotline|human|department|representative|operator|manager)"
)
_TALKS = lazy(
    r"\b(?:get|getting|be|keep|got) in touch\b"
    rf"|\b(?:contact|call|ring|reach|speak|talk|chat)(?:ing)? (?:\w+ ){{1,3}}?{_STAFF}\b"
    rf"|\b{_STAFF} (?:number|mail|email|hours|line|available)\b"
)
"""People want to talk to people."""
_GENERAL = lazy(
    r"\b(?:does|do|is|are|would) an? (?:\w+ )?(?P<noun>\w+)\b|\bhow much (?:is|are|does) (?P<bare>[a-z]+)\b(?= [?.]|$)"
)
"""Asks what something costs or takes in general."""
_TO_SHOW = lazy(rf"\bto (?:{'|'.join(sorted(SHOWING))})\b")
_KINDS_OF = frozenset(["the", "your", "any", "other", "these"])


def is_about_the_other_side(profile: Profile, tokens: Sequence[Token]) -> bool:
    """Is it asked about the assistant's or the company's own ("your number", "when are you ..."), not the user's?"""
    text = norms(tokens)
    if _PEOPLE_DO.search(text) or _TALKS.search(text):
        return True
    if profile.required or not _is_yours(text):
        return False
    return not any(_is_yours(example.lower()) for example in profile.intent.examples)


def _is_yours(text: str) -> bool:
    return _YOURS.search(text) is not None and _MINE.search(text) is None


def is_general(message: Message, profile: Profile, tokens: Sequence[Token]) -> bool:
    """Is it about any such thing, or about kinds of something ("the payment kinds"), and none of the user's?"""
    index = message.index
    if index.names_id(tokens):
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


def is_how_to(message: Message, profile: Profile, tokens: Sequence[Token]) -> bool:
    """Is it asked how something is done that no read does ("how do I earn ...")?"""
    text = norms(tokens)
    found = None if _TO_SHOW.search(text) else _HOW.search(text)
    said = next((t for t in tokens if found and t.norm == found["verb"] and is_content(t)), None)
    if found is None or said is None or said.stem in SHOWING_STEMS | profile.verbs:
        return False
    of_reads = message.index.verbs - message.index.effect_verbs
    return said.stem in CHANGING_STEMS or (found["asks"] == "how" and said.stem not in of_reads)
