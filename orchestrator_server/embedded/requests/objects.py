"""What a verb is about: a value or a noun that the intent knows, or something that it does not know at all."""

import re
from collections.abc import Iterator, Sequence
from itertools import dropwhile, takewhile

from orchestrator_server.embedded.declared.features import CHANGING_STEMS, PARTICLES, SHOWING_STEMS, is_content
from orchestrator_server.embedded.declared.fields import stems_of
from orchestrator_server.embedded.declared.heads import LIGHT
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.declared.verbs import is_verb_of, verb_at
from orchestrator_server.embedded.values.naming import NEVER_HEADS, OBJECT_AHEAD, TRAILING
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import DATE, EMAIL, LONG, Kind
from orchestrator_server.embedded.words.text import Token, norms

_POINTING = frozenset(
    [
        "latter",
        "former",
        "it",
        "that",
        "this",
        "them",
        "they",
        "one",
        "these",
        "those",
        "both",
        "everything",
        "all",
        "thing",
        "things",
        "mine",
    ]
)
_DETERMINERS = frozenset(["that", "this", "those", "these", "both", "all"])
_RULED_OUT = lazy(
    r"\b(?:(?:not|no longer|never|without|instead of|rather than|avoid|prevent)(?: \w+)?|(?:nothing|nobody"
    r"|no one)(?: \w+){0,2}|no"
    r"|too (?!late\b)\w+ to)$"
)
"""What stands before a verb that is ruled out."""
_WHERE = frozenset(["from", "in", "at", "to", "with", "into", "within"])
_WITHIN = frozenset(["from", "of", "off", "in", "out"])
_SOMETHING = frozenset(["something", "anything", "one", "some"])
_STILL_MEANT = lazy(r"\b(?:forget|hesitate|mind|not only|wait|if not|why not|(?:can|could) not (?:i|we))\b")
"""Denies nothing, though it sounds so."""


def has_object(profile: Profile, tokens: Sequence[Token], index: Index, *, by_pronoun: bool = True) -> bool:
    """Is the thing there that the effect is about: a value, a word for it, or a pronoun (where that counts)?"""
    needed = _new_values(profile, index)
    if any(takes(profile, t.shape) and not (needed and t.shape in index.ids) for t in tokens if t.shape):
        return True
    if needed and _has_its_own_verb(profile, tokens) and any(_points(profile, token) for token in tokens):
        return True
    if by_pronoun and profile.required and not needed and _has_pronoun(profile, tokens, index):
        return True
    rest = _beside_verbs(profile, tokens)
    kinds = [profile.kinds[parameter.name] for parameter in profile.required]
    names = (t for t in _beside_places(profile, tokens, rest) if t.norm not in NEVER_HEADS | TRAILING)
    if Kind.NAME in kinds and any(not index.knows(t.stem) for t in names):
        return not _gets_something_known(profile, tokens, index)
    if needed:
        return any(t.stem in needed and not _is_place(tokens, at) for at, t in enumerate(tokens))
    return (by_pronoun and not rest) or any(token.stem in profile.things for token in rest)


def _has_pronoun(profile: Profile, tokens: Sequence[Token], index: Index) -> bool:
    """Does a pronoun stand for the thing, and none before a noun of something else ("bin that magazine")?"""
    places = [at for at, token in enumerate(tokens) if token.norm in _POINTING]
    return any(not _is_before_a_noun(profile, tokens[at:], index) for at in places)


def names_something_else(profile: Profile, tokens: Sequence[Token], index: Index) -> bool:
    """Does every pronoun stand before a noun of something else, so that none points back at the thing?"""
    is_led = any(token.norm in _POINTING for token in tokens)
    return is_led and not _has_pronoun(profile, tokens, index)


def _is_before_a_noun(profile: Profile, tokens: Sequence[Token], index: Index) -> bool:
    """Does "that ..." name something which is none of the things that ids stand for?"""
    if tokens[0].norm not in _DETERMINERS:
        return False
    named = list(takewhile(lambda t: (is_content(t) or t.norm == "of") and not t.shape, tokens[1:]))
    named = [t for t in named if t.norm not in TRAILING and t.norm != "of" and not t.norm.endswith("ly")]
    known = (index.things | profile.things | profile.verbs) - index.shown_by_others(profile)
    return bool(named) and not any(token.stem in known or token.norm in _POINTING for token in named)


def _beside_verbs(profile: Profile, tokens: Sequence[Token]) -> list[Token]:
    """The content words that are no verbs of the intent."""
    return [token for at, token in enumerate(tokens) if is_content(token) and not is_verb_of(profile, tokens, at)]


def _is_place(tokens: Sequence[Token], at: int) -> bool:
    """Does the word only say where ("add a card to my account")?"""
    before = [token.norm for token in tokens[max(0, at - 2) : at]]
    return len(before) == 2 and before[0] in ("to", "on", "in", "into", "from") and before[1] in ("my", "our", "the")


def _beside_places(profile: Profile, tokens: Sequence[Token], rest: Sequence[Token]) -> Iterator[Token]:
    """Without what tells where, right after the verb ("order from Munich", "get in touch with somebody")."""
    at = verb_at(profile, tokens)
    if at is None or at + 1 == len(tokens) or tokens[at + 1].norm not in _WHERE:
        return iter(rest)
    after = list(dropwhile(lambda t: t.norm in OBJECT_AHEAD, tokens[at + 2 :]))
    place = list(takewhile(lambda t: not (t.norm in OBJECT_AHEAD or t.norm.isdigit() or t.is_mark), after))
    return (token for token in rest if token not in place)


def _has_its_own_verb(profile: Profile, tokens: Sequence[Token]) -> bool:
    """Is there a verb that says by itself what is set ("redirect"), unlike "change"?"""
    at = verb_at(profile, tokens)
    return at is not None and tokens[at].stem not in CHANGING_STEMS


def _points(profile: Profile, token: Token) -> bool:
    """Is this a value that the intent takes, or a pronoun for one?"""
    return takes(profile, token.shape) if token.shape else token.norm in _POINTING


def names_what_is_set(profile: Profile, tokens: Sequence[Token], index: Index) -> bool:
    """Is there a word for the value that the effect sets?"""
    needed = _new_values(profile, index)
    return any(token.stem in needed for token in tokens)


def _gets_something_known(profile: Profile, tokens: Sequence[Token], index: Index) -> bool:
    """Is it something of another intent that is to be had with a light verb ("get the ..."), and no thing?"""
    at = verb_at(profile, tokens)
    if at is None or tokens[at].stem not in SHOWING_STEMS:
        return False
    first = next((t for t in tokens[at + 1 :] if is_content(t) and t.norm not in PARTICLES), None)
    return first is not None and index.knows(first.stem) and first.stem not in profile.things


def _new_values(profile: Profile, index: Index) -> frozenset[str]:
    """The words for what an effect sets anew, where it needs such a value: then one of them must be named."""
    needs = [
        p
        for p in profile.required
        if profile.kinds[p.name] is Kind.LONG or (profile.kinds[p.name] is Kind.SHAPED and p.pattern not in index.ids)
    ]
    names = {s for p in needs for s in stems_of(p.name)}
    return frozenset(
        names | (profile.named & index.own(profile)) - {v.split()[0] for v in profile.verbs} if needs else ()
    )


def is_complete(profile: Profile, tokens: Sequence[Token], index: Index) -> bool:
    """Is everything there that the effect needs, and more than an id? Then "could I ..." is a request."""
    shapes = {token.shape for token in tokens}
    shapes |= {p.pattern for p in profile.required if any(fits_date(p.pattern, token) for token in tokens)}
    kinds = [profile.kinds[parameter.name] for parameter in profile.required]
    has_long = Kind.LONG not in kinds or LONG in shapes
    shaped = [p.pattern for p in profile.required if profile.kinds[p.name] is Kind.SHAPED]
    has_name = Kind.NAME not in kinds or any(is_content(t) and not index.knows(t.stem) for t in tokens)
    needs_more = any(kind in (Kind.LONG, Kind.NAME) for kind in kinds) or any(s not in index.ids for s in shaped)
    return needs_more and has_long and has_name and set(shaped) <= shapes


def fits_date(pattern: str, token: Token) -> bool:
    """Is this a date in the form that a parameter takes?"""
    return token.shape == DATE and bool(pattern) and re.fullmatch(pattern, token.value) is not None


def about_something_else(profile: Profile, tokens: Sequence[Token], index: Index) -> bool:
    """Is the verb about nothing that the intent knows ("open my garage door")?"""
    has_foreign = any(token.shape == EMAIL for token in tokens)
    return has_foreign or is_part(profile, tokens, index) or not has_object(profile, tokens, index)


def is_part(profile: Profile, tokens: Sequence[Token], index: Index) -> bool:
    """Is the verb about something within the thing ("remove an item from F-17"), where the intent takes the whole?"""
    verbs = (at for at, t in enumerate(tokens) if is_content(t) and is_verb_of(profile, tokens, at))
    at = next(verbs, None)
    if at is None or profile.takes_names or not index.names_id(tokens):
        return False
    meant = list(takewhile(lambda t: t.norm not in _WITHIN and not t.shape, tokens[at + 1 :]))
    content = [token for token in meant if is_content(token)]
    if sum(token.shape in index.ids for token in tokens[at + 1 + len(meant) :]) > 1:
        return False
    is_within = len(meant) < len(tokens) - at - 1 and not tokens[at + 1 + len(meant)].shape
    return (
        is_within
        and bool(meant)
        and (all(token.stem in index.parts for token in content) if content else meant[-1].norm in _SOMETHING)
    )


def is_unheard(profile: Profile, tokens: Sequence[Token], index: Index) -> bool:
    """Does nobody know the words for the object? What another intent knows is something else."""
    rest = _beside_verbs(profile, tokens)
    return not any(index.knows(token.stem) and token.stem not in profile.things for token in rest)


def is_ruled_out(profile: Profile, tokens: Sequence[Token]) -> bool:
    """Does a negation stand right before the verb ("make sure that it is not stopped")?"""
    for at, token in enumerate(tokens):
        if at and is_content(token) and is_verb_of(profile, tokens, at) and not _is_light(tokens, at):
            before = norms(tokens[max(0, at - 3) : at])
            if _RULED_OUT.search(before):
                return "no longer" in before or not _STILL_MEANT.search(before)
    return False


def _is_light(tokens: Sequence[Token], at: int) -> bool:
    """Is it a light verb with nothing that makes more of it ("send", unlike "send back")?"""
    follows = tokens[at + 1].norm if at + 1 < len(tokens) else ""
    return tokens[at].stem in LIGHT and follows not in PARTICLES


def takes(profile: Profile, shape: str) -> bool:
    """Does the intent take values of this shape?"""
    return profile.takes(shape) is not None or (shape == LONG and Kind.LONG in profile.kinds.values())
