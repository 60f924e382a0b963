"""The things that a request means in the whole message: those it names, and those that `it` points back at."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from orchestrator_server.catalogue import Parameter
from orchestrator_server.embedded.clauses.sentences import STOPS
from orchestrator_server.embedded.declared.features import PARTICLES, is_content
from orchestrator_server.embedded.declared.fields import stems_of
from orchestrator_server.embedded.declared.heads import LIGHT
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.declared.verbs import CARRYING
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.wanting import place_of_name
from orchestrator_server.embedded.values.both_told import both_told, means_both
from orchestrator_server.embedded.values.lists import Lists
from orchestrator_server.embedded.values.naming import BEFORE_OBJECT, HAVING
from orchestrator_server.embedded.values.reading import Reading
from orchestrator_server.embedded.values.restrictive import is_object, told_of
from orchestrator_server.embedded.words.english import PLURAL_ONLY, stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import LONG, Kind
from orchestrator_server.embedded.words.singulars import Named, singular
from orchestrator_server.embedded.words.text import Token, norms

_POINTING = lazy(r"\b(?:it|them|they|these|those|both|this|that|one|ones|another|more|whatever|whichever|what)\b")
"""Words that stand for things which were named elsewhere."""
_ALONE = lazy(
    r"\b(?P<verb>\w+) (?:with |me |us |for me |just |only |a new |a )*(?P<count>\d+|one|another)"
    r"(?: one| more| pieces?| pcs)?"
    r"(?= (?:for|too|also|as well|please|thanks|of (?:them|those|these)|instead|again|now|as|if|[,.!;?)])|$)"
)
"""A number alone behind a verb."""
_EXCEPT = lazy(r"\b(?:everything|all|anything|the rest)\b[^.?!]*\b(?:except|but|apart|other than|besides|excluding)\b")
"""All but some, which names nothing that is asked for."""
_SOME_OF = lazy(r"\b(?:some|few|several|most|half|part|any) of (?:the|my|those|these|them)\b")
"""Only some of several, and not which."""
_OF_SEVERAL = lazy(r"\bof (?:the|my|our|those|these|its)\b")
"""Some of them, and hardly all."""
_ONE_THING, _SEVERAL = lazy(r"\b(?:it|that|this)\b"), lazy(r"\b(?:they|them|those|these|both|ones)\b")
_SENTENCES_BACK = 4
"""So far back things are looked for."""


def things_of(profile: Profile, message: Message, tokens: Sequence[Token]) -> list[Named]:
    """The things that `tokens` ask for; empty where that is open."""
    plain = _unfolded(profile, message, tokens)
    if _EXCEPT.search(norms(plain)) or (counter_of(profile) is None and _SOME_OF.search(norms(plain))):
        return []
    if is_object(profile, plain):
        return _told_of(profile, message, plain) or []
    found = _counted_later(_read(profile, message, plain), plain)
    if found:
        return [thing for thing in found if not _is_shown_elsewhere(profile, message, thing)]
    place = place_of_name(plain) if counter_of(profile) is not None else None
    if place is not None and (named := Lists(profile, plain, message.text, message.index.verbs).listed(place)):
        return named
    count = lone_count(profile, tokens)
    if count is None and not _points_back(profile, plain):
        return []
    if count is None and (told := _told_of(profile, message, plain)) is not None:
        return told
    said = _spoken_of(profile, message, plain) or _named_next(profile, message, plain)
    if counter_of(profile) is None and len(said) == 1 and means_both(plain):
        said = both_told(profile, message, plain)
    said = _counted_later(said, plain) if counter_of(profile) is not None else said
    return [_with_count(profile, thing, count) for thing in said if not _is_general(message, thing)]


def _read(profile: Profile, message: Message, tokens: Sequence[Token]) -> list[Named]:
    reading = Reading(profile, tokens, message.text, message.index.verbs)
    if found := reading.asked():
        return found
    if found := reading.opened():
        sentence = next(_sentences_back(message, tokens), tokens)
        wider = Reading(profile, sentence, message.text, message.index.verbs).widest(found[0])
        return wider if len(wider) > len(found) else found
    everything = Reading(profile, message.tokens, message.text, message.index.verbs)
    return reading.quoted() or everything.labelled(_labels(profile)) or _with_its_id(profile, message, tokens)


def _with_its_id(profile: Profile, message: Message, tokens: Sequence[Token]) -> list[Named]:
    """The things right before "from F-17", without any determiner ("map and key from F-17 go back")."""
    place = next((at for at, token in enumerate(tokens) if token.shape in message.index.ids), 0)
    if not place or counter_of(profile) is not None or not profile.takes(tokens[place].shape):
        return []
    if _OF_SEVERAL.search(norms(tokens[:place])):
        return []
    return Reading(profile, tokens[: place + 1], message.text, message.index.verbs).tied_to_the_last()


def _labels(profile: Profile) -> frozenset[str]:
    """How a form calls what is named: by the parameter's name, or as things in general."""
    names = [p.name for p in profile.intent.askable if profile.kinds[p.name] is Kind.NAME]
    return frozenset(s for name in names for s in stems_of(name)) | {"thing", "item", "articl"}


def lone_count(profile: Profile, tokens: Sequence[Token]) -> int | None:
    """How many, where only a number stands behind the verb ("book 3 for me", "book one")."""
    for found in _ALONE.finditer(norms(tokens)):
        if found["verb"] in HAVING | {"do", "use"} or any(
            t.norm == found["verb"] and t.stem in profile.verbs for t in tokens
        ):
            return int(found["count"]) if found["count"].isdigit() else 1
    return None


def counter_of(profile: Profile) -> Parameter | None:
    """The parameter that counts the things."""
    return next((p for p in profile.required if profile.kinds[p.name] is Kind.NUMBER), None)


def _unfolded(profile: Profile, message: Message, tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens with values that the intent does not take as plain words: they may be names then."""
    tokens = [_as_word(t) if t.shape and not profile.takes(t.shape) and t.surface.isalnum() else t for t in tokens]
    if Kind.LONG in profile.kinds.values():
        return tokens
    led = {two.start for one, two in pairwise(tokens) if one.norm in BEFORE_OBJECT}
    inside = [(t.start, t.end) for t in tokens if t.shape == LONG and t.start not in led]
    if not inside:
        return tokens
    parts = [t for t in message.index.tokens(message.text) if any(a <= t.start and t.end <= b for a, b in inside)]
    kept = [t for t in tokens if t.shape != LONG or t.start in led]
    return sorted([*kept, *parts], key=lambda t: t.start)


def _as_word(token: Token) -> Token:
    """What looks like an id where none is taken: "a D3500 camera"."""
    return replace(token, shape="", norm=token.surface.lower(), stem=token.surface.lower())


def _told_of(profile: Profile, message: Message, tokens: Sequence[Token]) -> list[Named] | None:
    """What "the one that ..." means; None where no such words are said."""
    first = tokens[0].start if tokens else 0
    before = [[t for t in s if t.start < first] for s in _sentences_back(message, tokens)]
    return told_of(profile, tokens, before, message.text, message.index.verbs)


def _points_back(profile: Profile, tokens: Sequence[Token]) -> bool:
    """Do the words point at something said before: "send it back", "put the book back", a lone "want to return"?"""
    general = profile.verbs | profile.nouns | LIGHT | PARTICLES | CARRYING
    if _POINTING.search(norms(tokens)) or all(t.stem in general for t in tokens if is_content(t)):
        return True
    return any(one.norm in ("the", "that", "this") and two.stem in profile.nouns for one, two in pairwise(tokens))


def _spoken_of(profile: Profile, message: Message, tokens: Sequence[Token]) -> list[Named]:
    """What the sentences before speak of, the nearest first, the clause's own sentence included."""
    counts = counter_of(profile) is not None
    if counts is False and (named := _within(profile, message, tokens)):
        return named
    for sentence in _sentences_back(message, tokens):
        reading = Reading(profile, sentence, message.text, message.index.verbs)
        readings = (reading.subjects, reading.had, reading.begun, reading.opened, reading.mentioned)
        if counts:
            readings = (reading.asked_before, reading.had, reading.subjects, reading.opened, reading.begun)
        for read in readings:
            if found := read():
                return [_without_verb(thing, sentence, tokens) for thing in found]
    return []


def _without_verb(thing: Named, sentence: Sequence[Token], tokens: Sequence[Token]) -> Named:
    """The thing without a verb behind it ("the stove hisses", of which "it" is said, and not "them")."""
    last = next((t for t in reversed(sentence) if not t.is_mark), None)
    *name, word = thing.name.split()
    is_last = last is not None and last.surface == word
    is_one = _ONE_THING.search(norms(tokens)) is not None and not _SEVERAL.search(norms(tokens))
    is_plural = word.endswith("s") and not word.endswith(("ss", "us", "is")) and word.lower() not in PLURAL_ONLY
    return replace(thing, name=" ".join(name)) if name and is_last and is_one and is_plural else thing


def _within(profile: Profile, message: Message, tokens: Sequence[Token]) -> list[Named]:
    """What the sentences before name as parts of what an id stands for."""
    sentences = _sentences_back(message, tokens)
    readings = (Reading(profile, sentence, message.text, message.index.verbs) for sentence in sentences)
    return next((found for reading in readings if (found := reading.within())), [])


def _is_general(message: Message, thing: Named) -> bool:
    """Is it but a word for what an id stands for, and no thing?"""
    head = stem(thing.name.lower().split(" ")[-1])
    return head in message.index.things or head in message.index.areas


def _is_shown_elsewhere(profile: Profile, message: Message, thing: Named) -> bool:
    """Is it what another intent goes by or shows ("the bill"), and no thing that this one takes?"""
    stems = {stem(word) for word in thing.name.lower().split()}
    own = message.index.shown_by_others(profile)
    return bool(stems) and stems <= own


def _named_next(profile: Profile, message: Message, tokens: Sequence[Token]) -> list[Named]:
    """The thing that the next sentence names and nothing more ("can you book one? the blue room, that is all")."""
    last = max((t.end for t in tokens), default=0)
    after = [t for t in message.tokens if t.start >= last and not (t.norm in STOPS and t.start < last + 2)]
    sentence = list(takewhile(lambda t: t.shape or t.norm not in STOPS, after))
    reading = Reading(profile, sentence, message.text, message.index.verbs)
    return reading.begun() or reading.within() if sentence else []


def _sentences_back(message: Message, tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    last = max((t.start for t in tokens), default=-1)
    said = [t for t in message.tokens if t.start <= last]
    found: list[list[Token]] = [[]]
    for token in said:
        if token.norm in STOPS and not token.shape:
            found.append([])
        else:
            found[-1].append(token)
    yield from [sentence for sentence in reversed(found) if sentence][:_SENTENCES_BACK]


def _with_count(profile: Profile, thing: Named, count: int | None) -> Named:
    if count is None or counter_of(profile) is None:
        return thing
    return replace(thing, count=count, name=singular(thing.name) if count > 1 else thing.name)


def _counted_later(found: Sequence[Named], tokens: Sequence[Token]) -> list[Named]:
    """With what is said behind a lone thing: "a key, just one", "the map please, 2 of them"."""
    if len(found) != 1 or found[0].count is not None:
        return list(found)
    said = " ".join(token.norm for token in tokens)
    later = re.search(
        r"\b(?:just|only) (\d+|one)\b(?! (?!of|please|$)\w)|, (\d+) of (?:them|those)\b"
        r"|,? (\d+|one) (?:pieces?|pcs?|units?|only)\b|, (\d+|one) please\b",
        said,
    )
    number = next((group for group in later.groups() if group), None) if later else None
    if number is None:
        return list(found)
    count = 1 if number == "one" else int(number)
    return [replace(found[0], count=count, name=singular(found[0].name) if count > 1 else found[0].name)]
