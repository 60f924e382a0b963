"""How much each word of a declaration speaks for its intent: its name most, what it answers least."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from orchestrator_server.catalogue import Intent
from orchestrator_server.embedded.declared.features import features
from orchestrator_server.embedded.declared.fields import Field, stems_of
from orchestrator_server.embedded.declared.name_parts import stems_of_names, stems_of_parts
from orchestrator_server.embedded.words.english import FUNCTION, stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token

TELLING = 0.9
"""From here on a word is more than a word of the response."""
DECLARED = 0.5
"""From here on it stands in what is declared of the intent itself."""
_ANSWERED = 0.35
_NAMED = 1.0
_NOUN_ENDING = lazy("(?:[s]hip|ness|hood|ity)$")
"""Endings of nouns that are made from others."""
_SMALL = frozenset(stem(word) for word in FUNCTION) | {"id", "at"}


def word_weights(intent: Intent, examples: Iterable[Sequence[Token]], fields: Sequence[Field]) -> dict[str, float]:
    """Every stem that speaks for the intent, with the weight of the strongest place where it stands."""
    weights: dict[str, float] = {}
    for words, weight in _weighed(intent, examples, fields):
        for word in words:
            weights[word] = max(weight, weights.get(word, 0.0))
    return {word: weight for word, weight in weights.items() if word not in _SMALL}


def derived_from(known: Iterable[str]) -> Mapping[str, str]:
    """What words are made from (`friend` in `friendship`), where that is no word of its own."""
    words = frozenset(known)
    roots = {_NOUN_ENDING.sub("", word): word for word in sorted(words) if _NOUN_ENDING.search(word)}
    return {root: word for root, word in roots.items() if len(root) > 3 and root not in words and root not in _SMALL}


def _weighed(
    intent: Intent, examples: Iterable[Sequence[Token]], fields: Sequence[Field]
) -> Iterator[tuple[Iterable[str], float]]:
    """The stems of each place where an intent is declared, with what that place weighs."""
    yield (word for field in fields for word in _field_words(field)), _ANSWERED
    if not intent.has_effect and not any(p.is_required for p in intent.askable):
        yield (word for f in fields if f.kind != "list" for n in f.names for word in n.stems), TELLING
    yield (word for p in intent.parameters for n in p.enum_names for word in stems_of(n)), DECLARED
    yield (stem(word) for word in re.findall(r"[a-z]+", intent.description.lower())), DECLARED
    yield stems_of_names(intent.askable), DECLARED
    yield (feature for tokens in examples for feature in features(tokens)), TELLING
    yield stems_of_parts(intent), _NAMED


def _field_words(field: Field) -> Iterator[str]:
    for one in (field, *field.elements):
        yield from one.stems
        yield from (stem for constant in one.constants for stem in constant.stems)
