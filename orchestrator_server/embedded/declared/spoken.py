"""The example utterances of intents as tokens, with the values of their parameters in one piece."""

from collections import Counter
from collections.abc import Sequence

from orchestrator_server.catalogue import Intent, Parameter
from orchestrator_server.embedded.declared.features import NAME, PARTICLES
from orchestrator_server.embedded.declared.heads import head_at
from orchestrator_server.embedded.words.shapes import LONG, Kind, Shape, Value, find_values, kind_of
from orchestrator_server.embedded.words.text import Token, cleaned, tokens_of

LIGHT_AFTER = 3
"""A verb that the examples of so many intents begin with says little about which is meant."""
_SHAPES = {Kind.NAME: NAME, Kind.LONG: LONG, Kind.REASON: NAME}

Spoken = tuple[tuple[Token, ...], ...]


def spoken_of(intent: Intent, shapes: Sequence[Shape]) -> Spoken:
    """The tokens of each example of an intent."""
    return tuple(_tokens(cleaned(example), intent, shapes) for example in intent.examples)


def light_stems(intents: Sequence[Intent], spoken: Sequence[Spoken]) -> frozenset[str]:
    """The verbs that say little: many reads are asked for with them, or all intents with a particle ("give back")."""
    seen: Counter[str] = Counter()
    alone: set[str] = set()
    bound: set[str] = set()
    for intent, examples in zip(intents, spoken, strict=True):
        heads = [(tokens[at].stem, tokens[at + 1 :]) for tokens in examples if (at := _verb_at(tokens)) is not None]
        seen.update({verb for verb, _ in heads} if not intent.has_effect else ())
        for verb, rest in heads:
            (bound if any(t.norm in PARTICLES for t in rest) else alone).add(verb)
    return frozenset(word for word, count in seen.items() if count >= LIGHT_AFTER) | (bound - alone)


def _verb_at(tokens: Sequence[Token]) -> int | None:
    """The place of the word at which a request begins, where it is no value."""
    at = head_at(tokens)
    return None if at is None or tokens[at].shape else at


def _tokens(text: str, intent: Intent, shapes: Sequence[Shape]) -> tuple[Token, ...]:
    values = list(find_values(text, shapes))
    for parameter in intent.askable:
        if (own := _value(text, parameter)) is not None:
            values = [*(v for v in values if v.end <= own.start or v.start >= own.end), own]
    return tokens_of(text, sorted(values, key=lambda v: v.start), str)


def _value(text: str, parameter: Parameter) -> Value | None:
    """The example value of a parameter that takes words, where it stands in the example."""
    shape = _SHAPES.get(kind_of(parameter))
    at = text.lower().find(parameter.example.lower()) if parameter.example else -1
    if shape is None or at < 0:
        return None
    return Value(start=at, end=at + len(parameter.example), shape=shape, text=parameter.example)
