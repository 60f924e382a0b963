"""The words that all intents of a catalogue share: for things, for what can be owned, for states."""

import re
from collections.abc import Iterable, Iterator, Sequence

from orchestrator_server.catalogue import Intent
from orchestrator_server.embedded.declared.features import STOP
from orchestrator_server.embedded.declared.fields import stems_of
from orchestrator_server.embedded.declared.name_parts import area_of, stems_of_names, stems_of_parts
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.words.english import FUNCTION, stem
from orchestrator_server.embedded.words.shapes import Kind, kind_of

_SMALL = frozenset(stem(word) for word in FUNCTION)
"""Words that tell nothing by themselves, also where they stand in what is declared ("on its way")."""


def declared_words(intents: Iterable[Intent]) -> frozenset[str]:
    """The words by which intents go, as they are written."""
    texts: list[str] = []
    for intent in intents:
        texts += [intent.name.replace("_", " "), *(_without_values(e, intent) for e in intent.examples)]
        texts += [f"{p.name} {' '.join(p.enum_names)}".replace("_", " ") for p in intent.parameters]
    return frozenset(re.findall(r"[a-z]{4,}", " ".join(texts).lower()))


def things_in(profiles: Sequence[Profile], ids: frozenset[str]) -> frozenset[str]:
    """What the things go by that ids stand for: in the names of parameters, and of lists."""
    named = {s for p in profiles for s in stems_of_names(q for q in p.required if q.pattern in ids)} - {"id"}
    listed = {s for p in profiles for f in p.lists for name in f.names for s in name.stems}
    return frozenset(named | (listed - _words_of_effects(profiles)))


def owned_in(profiles: Sequence[Profile]) -> frozenset[str]:
    """What somebody can own: things, parameters and fields, by the last word of each of their names."""
    return frozenset(word for profile in profiles for word in _owned(profile))


def parts_in(profiles: Sequence[Profile]) -> frozenset[str]:
    """What a thing consists of: the words for the lists that are shown within it."""
    inner = (
        e for p in profiles for f in p.fields for e in (f, *f.elements) if e.kind == "list" and e.path.count(".") > 1
    )
    return frozenset(name.stems[-1] for field in inner for name in field.names if name.stems)


def wholes_in(profiles: Sequence[Profile], ids: frozenset[str]) -> tuple[Profile, ...]:
    """The effects that stop a thing and take nothing but its id."""
    effects = (p for p in profiles if p.intent.has_effect and [q.pattern in ids for q in p.required] == [True])
    return tuple(p for p in effects if any(STOP in example for example in p.examples))


def partial_in(profiles: Sequence[Profile], ids: frozenset[str]) -> tuple[Profile, ...]:
    """The effects that take an id and names of things within it."""
    effects = (p for p in profiles if p.intent.has_effect and any(q.pattern in ids for q in p.required))
    return tuple(p for p in effects if any(p.kinds[q.name] is Kind.NAME for q in p.required))


def setters_in(profiles: Sequence[Profile], ids: frozenset[str]) -> tuple[tuple[Profile, Profile], ...]:
    """Pairs of effects that set the same long value: the caller's, and that of a thing."""
    setting = [(p, {q.name for q in p.required if p.kinds[q.name] is Kind.LONG}) for p in profiles]
    setting = [(p, longs) for p, longs in setting if p.intent.has_effect and longs]
    owns = [(p, longs) for p, longs in setting if len(p.required) == 1]
    others = [(p, longs) for p, longs in setting if any(q.pattern in ids for q in p.required)]
    return tuple((own, other) for own, longs in owns for other, same in others if longs & same)


def id_nouns_in(profiles: Sequence[Profile], ids: frozenset[str]) -> frozenset[str]:
    """The nouns in the names of ids' parameters, as they are written."""
    names = {q.name for p in profiles for q in p.required if q.pattern in ids}
    return frozenset(part for name in names for part in name.removesuffix("_id").split("_"))


def states_in(profiles: Sequence[Profile]) -> frozenset[str]:
    """The words of states that nothing else goes by: they say which things are meant, and nothing of what to do."""
    reads = [p for p in profiles if not p.intent.has_effect]
    own = {s for p in reads if not (p.required or p.lists) for f in p.fields for c in f.constants for s in c.stems}
    shown = {s for p in reads for f in p.fields for g in (f, *f.elements) for c in g.constants for s in c.stems}
    names = {s for p in profiles for s in stems_of_parts(p.intent)} | _words_of_effects(profiles)
    parameters = {s for p in profiles for s in stems_of_names(p.intent.parameters)}
    return frozenset(((shown - own) | _enum_words(profiles)) - names - parameters) - _SMALL


def told_in(profiles: Sequence[Profile]) -> frozenset[str]:
    """The words that tell how a thing is: what its response's closed lists hold, and the first words of its dates."""
    listed = {s for p in profiles for f in p.fields for c in f.constants for s in c.stems}
    return frozenset(listed | {f.stems[0] for p in profiles for f in p.fields if f.kind == "timestamp"}) - _SMALL


def _owned(profile: Profile) -> Iterator[str]:
    yield from area_of(profile.intent)
    yield from (stems_of(p.name)[-1] for p in profile.intent.parameters)
    yield from (name.stems[-1] for field in profile.fields for name in field.names if name.stems)


def _words_of_effects(profiles: Sequence[Profile]) -> set[str]:
    """The verbs of effects, with their particles."""
    return {word for p in profiles if p.intent.has_effect for verb in p.verbs for word in verb.split()}


def _enum_words(profiles: Sequence[Profile]) -> set[str]:
    """The stems of all words that are declared for the values of enum parameters."""
    said = (one for p in profiles for q in p.intent.parameters for words in q.enum_words for one in words)
    return {stem(word) for one in said for word in one.split()}


def _without_values(example: str, intent: Intent) -> str:
    for parameter in intent.askable:
        if parameter.example and kind_of(parameter) is not Kind.ENUM:
            example = re.sub(re.escape(parameter.example), " ", example, flags=re.IGNORECASE)
    return example
