"""Few-shot turns from the examples that servers declare: what is said, and the answer that fits.

An example of a parameter that occurs in an utterance marks its place; a parameter without a place is null.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from orchestrator_server.catalogue import Catalogue, Intent, Parameter
from orchestrator_server.model.answer import enum_suffix
from orchestrator_server.model.answer_schema import folded
from orchestrator_server.model.client import Message
from orchestrator_server.model.hints import EnumPath, enum_path
from orchestrator_server.model.prompt import user_message
from orchestrator_server.model.quoting import quote
from orchestrator_server.plan import Json

SHORTEST_NOUN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """An utterance for an intent, with the arguments that it gives; null for those that it does not."""

    intent: Intent
    utterance: str
    arguments: Mapping[str, Json]

    @property
    def placed(self) -> int:
        """How many parameters the utterance gives."""
        return sum(value is not None for value in self.arguments.values())

    @property
    def kinds(self) -> frozenset[tuple[str, bool]]:
        """The kinds of the parameters that it gives."""
        given = (p for p in self.intent.askable if self.arguments[p.name] is not None)
        return frozenset((p.kind, p.is_repeated) for p in given)

    @property
    def lacks_required(self) -> bool:
        """Is a required parameter not placed? It may be given all the same, in other words than the example's."""
        return any(p.is_required and self.arguments[p.name] is None for p in self.intent.askable)


def example_turns(intents: Sequence[Intent], catalogue: Catalogue, count: int) -> list[Message]:
    """At most `count` pairs of messages, the same for the same catalogue.

    They show parameters of every kind, one utterance that gives too little, and one conditional plan.
    """
    shots = [shot for intent in sorted(intents, key=lambda i: i.name) for shot in _shots(intent)]
    best = list(_best(shots))
    special = [*_conditional(best, catalogue), *_too_little(best)][:count]
    plain = [_pair(shot.utterance, [_step(shot)]) for shot in _chosen(best, count - len(special))]
    return [message for pair in (*plain, *special) for message in pair]


def _shots(intent: Intent) -> Iterator[Shot]:
    for utterance in intent.examples:
        arguments = {parameter.name: _placed(parameter, utterance) for parameter in intent.askable}
        yield Shot(intent=intent, utterance=utterance, arguments=arguments)


def _placed(parameter: Parameter, utterance: str) -> Json:
    """The value of the parameter in `utterance`; None where its example does not occur."""
    if not parameter.example or not re.search(
        rf"(?<!\w){re.escape(parameter.example)}(?!\w)", utterance, re.IGNORECASE
    ):
        return None
    value = _typed(parameter)
    return [value] if parameter.is_repeated else value


def _typed(parameter: Parameter) -> Json:
    if parameter.kind == "enum":
        return enum_suffix(parameter.example, parameter)
    if parameter.kind == "integer" and parameter.example.isdecimal():
        return int(parameter.example)
    return parameter.example


def _best(shots: Sequence[Shot]) -> Iterator[Shot]:
    """One of each intent: the first of those that give the most."""
    best: dict[str, Shot] = {}
    for shot in shots:
        known = best.get(shot.intent.name)
        if not shot.lacks_required and (known is None or shot.placed > known.placed):
            best[shot.intent.name] = shot
    yield from best.values()


def _chosen(best: Sequence[Shot], count: int) -> list[Shot]:
    """Those that show the most kinds of parameters not shown before, then the most parameters; in order of intents."""
    left, chosen, shown = list(best), list[Shot](), frozenset[tuple[str, bool]]()
    while left and len(chosen) < count:
        following = min(left, key=lambda shot: (-len(shot.kinds - shown), -shot.placed, shot.intent.name))
        left.remove(following)
        chosen.append(following)
        shown |= following.kinds
    return sorted(chosen, key=lambda shot: shot.intent.name)


def _too_little(best: Sequence[Shot]) -> Iterator[tuple[Message, Message]]:
    """An utterance whose only value is cut off its end: `cancel order`. A short last word would dangle: `bill for`."""
    for shot in best:
        given = [p for p in shot.intent.askable if p.is_required and shot.arguments[p.name] is not None]
        rest = shot.utterance.removesuffix(given[0].example).rstrip() if shot.placed == len(given) == 1 else ""
        if rest not in ("", shot.utterance) and len(rest.split()[-1]) >= SHORTEST_NOUN:
            nothing = Shot(intent=shot.intent, utterance=rest, arguments=dict.fromkeys(shot.arguments))
            yield _pair(nothing.utterance, [_step(nothing)])
            return


def _conditional(best: Sequence[Shot], catalogue: Catalogue) -> Iterator[tuple[Message, Message]]:
    """An effect under a condition on what a read of the same thing tells: the first pair that fits."""
    for effect in best:
        for read in best:
            if effect.intent.has_effect and _is_about_same(effect, read):
                seen = enum_path(catalogue.descriptor(read.intent.response_type))
                if seen is not None:
                    yield _conditional_pair(effect, read, seen)
                    return


def _is_about_same(effect: Shot, read: Shot) -> bool:
    """Does the read need nothing but what the effect was given?"""
    given = {name: value for name, value in read.arguments.items() if value is not None}
    return not read.intent.has_effect and bool(given) and given.items() <= effect.arguments.items()


def _conditional_pair(effect: Shot, read: Shot, seen: EnumPath) -> tuple[Message, Message]:
    name, value = seen.path.rpartition(".")[2].replace("_", " "), seen.word
    words = f"only if its {name} is {value}"
    condition: Json = {"words": words, "expression": f"s1.{seen.path} == {seen.constant}", "judge": []}
    return _pair(f"{effect.utterance}, but {words}", [_step(read), _step(effect, condition)])


def _step(shot: Shot, condition: Json = None) -> Json:
    return {
        "intent": shot.intent.name,
        "arguments": folded(shot.arguments, shot.intent.askable),
        "condition": condition,
        "for_each": None,
    }


def _pair(utterance: str, steps: list[Json]) -> tuple[Message, Message]:
    answer = {"kind": "plan", "steps": steps, "question": None, "missing": [], "reason": None}
    return (
        {"role": "user", "content": user_message(utterance)},
        {"role": "assistant", "content": quote(answer)},
    )
