"""Requests that mean many things at once, or one by its place: "all my ... that ...", "my latest ..."."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from orchestrator_server.catalogue import Parameter
from orchestrator_server.embedded.conditions.conditions import Source, Tested, test_of
from orchestrator_server.embedded.conditions.events import created
from orchestrator_server.embedded.declared.enum_words import enum_value
from orchestrator_server.embedded.declared.features import is_content
from orchestrator_server.embedded.declared.fields import Field, stems_of
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.declared.weights import DECLARED
from orchestrator_server.embedded.values.referring import excluded
from orchestrator_server.embedded.values.restrictions import Restriction, divided
from orchestrator_server.embedded.values.told_behind import left_out, told_behind
from orchestrator_server.embedded.words.english import stem, words
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import Kind
from orchestrator_server.embedded.words.text import Token, norms

VARIABLE = "o"
EDGE = "<edge>"
"""Stands for the one element that a superlative means."""
_MANY = lazy(r"\b(?:all|every|each|both|everything|anything|any)\b(?! (?:the )?(?:best|right|good|in all))")
"""Words that mean more than one thing."""
_EDGE = lazy(
    r"\b(?:(?P<max>latest|last|newest|most recent)|(?P<min>oldest|earliest)|(?P<dear>most expensive|biggest"
    r"|largest)|(?P<cheap>cheapest|smallest))\b"
)
"""Superlatives that mean one of many."""
_TELLING = words("that which i with if not but except excepting excluding apart aside besides bar barring unless")
_EXCEPT = words(
    """
    not except excepting excluding but without besides apart other aside
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A list that a read returns, whose elements carry the values of a parameter in `key`."""

    profile: Profile
    field: Field
    key: Field

    def source(self) -> Source:
        """One element, for conditions."""
        return Source(profile=self.profile, fields=self.field.elements, root=VARIABLE, is_near=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fan:
    """One call for each element of a list. `filters` are parameters of the read that gives it.

    `tests` are over `VARIABLE`, `waiting` are restrictions that are still to be read. `edge` is "max path" or
    "min path" when only the outermost element is meant. `unclear` are words that were not understood.
    """

    listed: Listed
    filters: tuple[tuple[str, str], ...] = ()
    tests: tuple[Tested, ...] = ()
    waiting: tuple[Restriction, ...] = ()
    edge: str = ""
    unclear: str = ""

    def source(self) -> Source:
        """What conditions over the request are about: each element, or the outermost one."""
        root = EDGE if self.edge else VARIABLE
        return Source(profile=self.listed.profile, fields=self.listed.field.elements, root=root, is_near=True)


def lists_for(index: Index, parameter: Parameter) -> Iterator[Listed]:
    """The lists whose elements carry values for `parameter`, of reads that need nothing else."""
    wanted = set(stems_of(parameter.name)) - {"id"}
    for profile in index.profiles:
        if profile.intent.has_effect or profile.required:
            continue
        for field in profile.lists:
            names = {*field.stems, stem(field.element_name.lower())}
            for element in field.elements:
                named = element.name == parameter.name or (element.name == "id" and bool(wanted & names))
                if named and element.kind == "string" and element.path.count(".") == 1:
                    yield Listed(profile=profile, field=field, key=element)


def fan_of(index: Index, profile: Profile, tokens: Sequence[Token]) -> Fan | None:
    """What the request means by its plural or its superlative; None where it means one thing by its id."""
    parameter = next((p for p in profile.required if p.pattern in index.ids and not p.is_repeated), None)
    if parameter is None or set(_ids(tokens, parameter)) - set(excluded(tokens, parameter.pattern)):
        return None
    listed = next(lists_for(index, parameter), None)
    if re.search(r"\b(?:both|of (?:them|those|these)|(?:them|those|these) (?:all|both))\b", norms(tokens)):
        return None
    if listed is None:
        return None
    noun = _noun(listed, tokens)
    edge = _edge(listed, tokens, noun)
    if edge or _is_many(profile, tokens, noun):
        out = excluded(tokens, parameter.pattern)
        fan = _fan(index, profile, listed, _without(tokens, parameter.pattern), noun, edge)
        return replace(fan, tests=(*fan.tests, *(_is_not(listed, value) for value in out)))
    return None


def _ids(tokens: Sequence[Token], parameter: Parameter) -> list[str]:
    return [token.value for token in tokens if token.shape == parameter.pattern]


def _without(tokens: Sequence[Token], shape: str) -> list[Token]:
    """The tokens up to the words that rule ids out."""
    first = next((i for i, token in enumerate(tokens) if token.shape == shape), len(tokens))
    ends = [i for i, t in enumerate(tokens[:first]) if t.norm in _EXCEPT]
    return list(tokens[: ends[-1]]) if ends and first < len(tokens) else list(tokens)


def _is_not(listed: Listed, value: str) -> Tested:
    test = f'{VARIABLE}{listed.key.path} != "{value}"'
    opposite = f'{VARIABLE}{listed.key.path} == "{value}"'
    return Tested(words=f"not {value}", positive=test, negative=opposite, sources=(listed.source(),))


def _noun(listed: Listed, tokens: Sequence[Token]) -> int | None:
    """The place of the noun: the last one that stands before anything is said of it."""
    names = {*listed.field.stems, stem(listed.field.element_name.lower())}
    declared = {n.words[0] for n in listed.field.names if len(n.words) == 1}
    declared |= {plural for word in declared for plural in (f"{word}s", f"{word[:-1]}ies")}
    nouns = [i for i, t in enumerate(tokens) if i > 0 and (t.stem in names or t.norm in declared)]
    nouns = [i for i in nouns if not re.fullmatch(r"\w+ed", tokens[i].norm)]
    told = next((i for i, t in enumerate(tokens) if t.norm in _TELLING and i > min(nouns, default=i)), len(tokens))
    return next((i for i in reversed(nouns) if i < told), None)


_SOME = lazy(r"\b(?:one|some|any one|either|two|a few|several|a couple|another|which|\d+) of (?:my|the|these|those)\b")
"""Means some of several and does not say which."""


def _is_many(profile: Profile, tokens: Sequence[Token], noun: int | None) -> bool:
    text = norms(tokens)
    plural = noun is not None and tokens[noun].norm.endswith("s")
    if _SOME.search(text):
        return False
    if re.search(r"\bany\b", text) and not plural and not _is_told(tokens, noun):
        return False
    if _MANY.search(text):
        return noun is not None or re.search(r"\b(?:everything|anything)\b|\ball of them\b", text) is not None
    return plural and profile.intent.has_effect and re.search(r"\b(?:my|the|those|these)\b", text) is not None


def _is_told(tokens: Sequence[Token], noun: int | None) -> bool:
    """Is something said of the things ("any file that I opened before November")?"""
    return noun is not None and any(is_content(token) for token in tokens[noun + 1 :])


def _edge(listed: Listed, tokens: Sequence[Token], noun: int | None) -> str:
    found = _EDGE.search(norms(tokens[:noun])) if noun is not None and not tokens[noun].norm.endswith("s") else None
    if found is None:
        return ""
    if found["dear"] or found["cheap"]:
        field = next((f for f in listed.field.elements if f.kind == "money"), None)
        return f"{'max' if found['dear'] else 'min'} money {field.path}" if field else ""
    event = created(listed.field.elements)
    return f"{'max' if found['max'] else 'min'} time {event.field.path}" if event else ""


def _fan(index: Index, profile: Profile, listed: Listed, tokens: Sequence[Token], noun: int | None, edge: str) -> Fan:
    before, after = _restrictions(profile, listed, tokens, noun)
    filters: tuple[tuple[str, str], ...] = ()
    if before and (found := _filter(listed, before)) is not None:
        filters, before = (found,), []
    waiting = [Restriction(tokens=tuple(before))] if before else []
    return Fan(listed=listed, filters=filters, waiting=(*waiting, *divided(after)), edge=edge)


def read_fan(index: Index, fan: Fan, today: dt.date | None) -> Fan:
    """The fan with its restrictions as tests; what is not understood of them is `unclear`."""
    tests, unclear = list(fan.tests), [fan.unclear] if fan.unclear else []
    for said in fan.waiting:
        tested = test_of(index, said.tokens, [fan.listed.source()], norms(said.tokens), today)
        if tested is None and said.is_excluded:
            names = {*fan.listed.field.stems, stem(fan.listed.field.element_name.lower())}
            tested = left_out(index, fan.listed.source(), names, said.tokens, today)
        if tested is None:
            unclear.append(norms(said.tokens))
        else:
            tests.append(tested.negated() if said.is_excluded else tested)
    return replace(fan, tests=tuple(tests), waiting=(), unclear=" ".join(unclear))


def _restrictions(
    profile: Profile, listed: Listed, tokens: Sequence[Token], noun: int | None
) -> tuple[list[Token], list[Token]]:
    """What is said about the things, before and after their noun."""
    if noun is None:
        noun = next((i for i, token in enumerate(tokens) if token.norm in ("everything", "anything")), None)
    at = len(tokens) if noun is None else noun
    verbs = {verb.split()[0] for verb in profile.verbs}
    known = {w for w, weight in profile.words.items() if weight >= DECLARED} | verbs
    states = {s for f in listed.field.elements for c in f.constants for n in c.names for s in n.stems}
    before = [t for t in tokens[:at] if is_content(t) and (t.stem not in known or t.stem in states)]
    edge = _EDGE.search(norms(tokens[:at]))
    particles = {part for verb in profile.verbs for part in verb.split()[1:]}
    before = [t for t in before if not (edge and t.norm in edge[0].split())]
    before = [t for t in before if t.stem not in verbs and t.norm not in particles]
    after = told_behind(list(tokens[at + 1 :]))
    told = any(is_content(t) or t.norm[:1].isdigit() or t.norm in ("old", "older") for t in after)
    return before, after if told and not _is_named(profile, after) else []


def _is_named(profile: Profile, tokens: Sequence[Token]) -> bool:
    """Do all these words belong to the intent itself ("all files that I opened")?"""
    content = [token for token in tokens if is_content(token)]
    has_number = any(token.norm[:1].isdigit() for token in tokens)
    return not has_number and bool(content) and all(t.stem in profile.verbs for t in content)


def _filter(listed: Listed, tokens: Sequence[Token]) -> tuple[str, str] | None:
    """The one state that the words name, as an argument of the read."""
    for parameter in listed.profile.intent.askable:
        if listed.profile.kinds[parameter.name] is Kind.ENUM and len(tokens) <= 2:
            value = enum_value(parameter, tokens)
            if value is not None:
                return parameter.name, value
    return None
