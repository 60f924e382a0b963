"""What is known about the intents of one catalogue: their words, verbs, example utterances, values and fields."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from orchestrator_server.catalogue import Catalogue, Intent, Parameter
from orchestrator_server.embedded.english import CHANGING, FUNCTION, SHOWING, STOPPING, stem
from orchestrator_server.embedded.fields import Field, fields_of, stems_of
from orchestrator_server.embedded.heads import head_at
from orchestrator_server.embedded.mending import Mender
from orchestrator_server.embedded.shapes import LONG, Kind, Shape, Value, find_values, kind_of, shapes_of
from orchestrator_server.embedded.text import Token, cleaned, norms, tokens_of

SHOW = "~show"
CHANGE = "~change"
STOP = "~stop"
PARTICLES = frozenset(["back", "up", "off", "out", "down", "away", "over"])
NAME = "~name"
_ASKING = re.compile(r"\b(how (?:much|many|long|soon)|where|when|why)\b")
_SHOWING = frozenset(stem(word) for word in SHOWING)
_NOUN_ENDING = re.compile("(?:[s]hip|ness|hood|ity)$")
_CHANGING = frozenset(stem(word) for word in CHANGING)
_STOPPING = frozenset(stem(word) for word in STOPPING)
_UNWANTED = re.compile(
    r"\b(?:do not want|no longer want|no more|(?:take|get) me off|opt (?:me )?out|sign me off)\b"
    r"(?! to (?!receive|get|see|have|be))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One intent as the planner sees it.

    `words` weighs the stems that speak for it, `verbs` are those that ask for it, `examples` the features of its
    example utterances. `nouns` are the words of its declaration beside the
    examples. `fields` are those of its response.
    """

    intent: Intent
    words: Mapping[str, float]
    nouns: frozenset[str]
    verbs: frozenset[str]
    examples: tuple[Mapping[str, float], ...]
    negated: bool
    kinds: Mapping[str, Kind]
    fields: tuple[Field, ...]

    @property
    def required(self) -> tuple[Parameter, ...]:
        """The parameters that must be given in words."""
        return tuple(p for p in self.intent.askable if p.is_required)

    @property
    def lists(self) -> tuple[Field, ...]:
        """The lists of messages that its response carries at the top."""
        return tuple(f for f in self.fields if f.kind == "list" and f.elements and f.path.count(".") == 1)

    def takes(self, shape: str) -> Parameter | None:
        """The parameter that takes values of `shape`."""
        return next((p for p in self.intent.askable if p.pattern == shape and self.kinds[p.name] is Kind.SHAPED), None)


class Index:
    """Everything that planning looks up, made once per catalogue and set of intents."""

    def __init__(self, intents: Sequence[Intent], catalogue: Catalogue) -> None:
        self.shapes: tuple[Shape, ...] = shapes_of(intents)
        self.ids = frozenset(shape.pattern for shape in self.shapes if shape.is_id)
        self._mend = Mender(_declared_words(intents))
        self.profiles = tuple(self._profile(intent, catalogue) for intent in intents)
        self.by_name = {profile.intent.name: profile for profile in self.profiles}
        self._weights = _weights(self.profiles)
        self._derived = _derived_from(w for p in self.profiles for w, weight in p.words.items() if weight >= 0.5)
        self.verbs = frozenset(verb.split()[0] for profile in self.profiles for verb in profile.verbs)
        self.has_long = any(Kind.LONG in profile.kinds.values() for profile in self.profiles)

    def tokens(self, text: str) -> tuple[Token, ...]:
        """The tokens of a cleaned text."""
        tokens = tokens_of(text, find_values(text, self.shapes), self._mend.word)
        return tuple(replace(t, stem=self._derived[t.stem]) if t.stem in self._derived else t for t in tokens)

    def weight(self, feature: str) -> float:
        """How much a feature tells: 1 for one that no intent knows or a single one has, less for common ones."""
        return self._weights.get(feature, 1.0)

    def knows(self, word: str) -> bool:
        """Does any intent use this stem?"""
        return word in self._weights

    def _profile(self, intent: Intent, catalogue: Catalogue) -> Profile:
        fields = fields_of(catalogue.descriptor(intent.response_type))
        examples = [self._example(example, intent) for example in intent.examples]
        return Profile(
            intent=intent,
            words=_word_weights(intent, examples, fields),
            nouns=frozenset(_nouns(intent)),
            verbs=frozenset(_verbs(intent, examples)),
            examples=tuple(features(tokens) for tokens in examples),
            negated=any(re.search(r"\bnot\b", norms(tokens)) for tokens in examples),
            kinds={parameter.name: kind_of(parameter) for parameter in intent.askable},
            fields=fields,
        )

    def _example(self, text: str, intent: Intent) -> tuple[Token, ...]:
        """The tokens of an example, with the parameters' example values in one piece."""
        text = cleaned(text)
        values = find_values(text, self.shapes)
        for parameter in intent.askable:
            shape = {Kind.NAME: NAME, Kind.LONG: LONG, Kind.REASON: NAME}.get(kind_of(parameter))
            at = text.lower().find(parameter.example.lower()) if parameter.example and shape else -1
            if shape and at >= 0:
                end = at + len(parameter.example)
                values = [v for v in values if v.end <= at or v.start >= end]
                values.append(Value(start=at, end=end, shape=shape, text=parameter.example))
        return tokens_of(text, sorted(values, key=lambda v: v.start), str)


def features(tokens: Sequence[Token]) -> dict[str, float]:
    """What a stretch of text is compared by: content stems, the way it asks, and the shapes of its values."""
    found: dict[str, float] = {}
    for token in tokens:
        if token.shape:
            found[token.shape] = 0.5
        elif token.stem in _SHOWING:
            found[SHOW] = 0.25
            found.setdefault(token.stem, 0.25)
        elif token.stem in _CHANGING:
            found[CHANGE] = 0.7
        elif token.stem in _STOPPING:
            found[STOP] = 0.7
        elif is_content(token):
            found[token.stem] = 0.5 if token.norm in PARTICLES else 1.0
    if _UNWANTED.search(norms(tokens)):
        found[STOP] = 0.7
        found.pop("tak", None)
    if asking := _ASKING.search(norms(tokens)):
        found[f"~{asking.group(1)}"] = 0.7
    return found


def is_content(token: Token) -> bool:
    """Does this word say what the message is about?"""
    return not token.shape and not token.is_mark and token.norm not in FUNCTION and token.norm[0].isalpha()


def _declared_words(intents: Iterable[Intent]) -> frozenset[str]:
    """The words by which intents go, as they are written."""
    texts: list[str] = []
    for intent in intents:
        texts += [intent.name.replace("_", " "), *(_without_values(e, intent) for e in intent.examples)]
        texts += [f"{p.name} {' '.join(p.enum_names)}".replace("_", " ") for p in intent.parameters]
    return frozenset(re.findall(r"[a-z]{4,}", " ".join(texts).lower()))


def _without_values(example: str, intent: Intent) -> str:
    for parameter in intent.askable:
        if parameter.example and kind_of(parameter) is not Kind.ENUM:
            example = re.sub(re.escape(parameter.example), " ", example, flags=re.IGNORECASE)
    return example


def _verbs(intent: Intent, examples: Iterable[Sequence[Token]]) -> Iterable[str]:
    """The stems that ask for the intent: how its examples begin, its name's last part, its description's first word."""
    parts = stems_of(re.split(r"[./]", intent.name)[-1])
    yield from (part for part in parts[:1] if part not in _SHOWING or not intent.has_effect)
    opening = re.match(r"[A-Za-z]+", intent.description)
    if opening:
        yield stem(opening.group().lower())
    for tokens in examples:
        if (at := head_at(tokens)) is not None and is_content(tokens[at]):
            particle = next((t.norm for t in tokens[at + 1 :] if t.norm in PARTICLES), "")
            yield f"{tokens[at].stem} {particle}".strip()


def _nouns(intent: Intent) -> Iterable[str]:
    described = " ".join([intent.description, *(p.description for p in intent.askable)]).lower()
    yield from (stem(word) for word in re.findall("[a-z]+", described))
    yield from (s for p in intent.askable for s in stems_of(p.name))
    yield from (s for part in re.split(r"[./]", intent.name) for s in stems_of(part))


def _word_weights(intent: Intent, examples: Iterable[Sequence[Token]], fields: Iterable[Field]) -> dict[str, float]:
    weights: dict[str, float] = {}
    _add(weights, (s for f in fields for s in _field_words(f)), 0.35)
    _add(weights, (s for p in intent.parameters for n in p.enum_names for s in stems_of(n)), 0.5)
    _add(weights, (stem(word) for word in re.findall(r"[a-z]+", intent.description.lower())), 0.5)
    _add(weights, (s for p in intent.askable for s in stems_of(p.name)), 0.5)
    _add(weights, (f for tokens in examples for f in features(tokens)), 0.9)
    _add(weights, (s for part in re.split(r"[./]", intent.name) for s in stems_of(part)), 1.0)
    return {word: weight for word, weight in weights.items() if word not in _SMALL}


_SMALL = frozenset(stem(word) for word in FUNCTION) | {"id", "at"}


def _field_words(field: Field) -> Iterable[str]:
    yield from field.stems
    yield from (stem for constant in field.constants for stem in constant.stems)
    for element in field.elements:
        yield from element.stems
        yield from (stem for constant in element.constants for stem in constant.stems)


def _derived_from(known: Iterable[str]) -> Mapping[str, str]:
    """What words are made from (`friend` in `friendship`), where that is no word of its own."""
    words = frozenset(known)
    roots = {_NOUN_ENDING.sub("", word): word for word in words if _NOUN_ENDING.search(word)}
    return {root: word for root, word in roots.items() if len(root) > 3 and root not in words and root not in _SMALL}


def _add(weights: dict[str, float], words: Iterable[str], weight: float) -> None:
    for word in words:
        weights[word] = max(weight, weights.get(word, 0.0))


def _weights(profiles: Sequence[Profile]) -> dict[str, float]:
    """The inverse frequency of every feature over the intents, between 0.2 and 1 (Spärck Jones, 1972)."""
    seen: Counter[str] = Counter()
    for profile in profiles:
        seen.update(word for word, weight in profile.words.items() if weight >= 0.5)
        seen.update(word for word, weight in profile.words.items() if weight < 0.5 and word not in seen)
    total = math.log(1 + len(profiles)) or 1.0
    return {word: max(0.2, math.log(1 + len(profiles) / count) / total) for word, count in seen.items()}
