"""One intent as the planner sees it: the words and verbs that ask for it, its example utterances, values and fields."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from orchestrator_server.catalogue import Catalogue, Intent, Parameter
from orchestrator_server.embedded.declared.features import PARTICLES, SHOWING_STEMS, features, is_content
from orchestrator_server.embedded.declared.fields import Field, fields_of, stems_of
from orchestrator_server.embedded.declared.heads import head_at
from orchestrator_server.embedded.declared.name_parts import area_of, parts_of, stems_of_names, stems_of_parts
from orchestrator_server.embedded.declared.weights import word_weights
from orchestrator_server.embedded.words.english import stem, words
from orchestrator_server.embedded.words.shapes import LONG, Kind, kind_of
from orchestrator_server.embedded.words.text import Token

_ARTICLES = words("my the a an new this our your some several any another")


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is known of one intent, in stems.

    `words` weighs those that speak for it, `verbs` ask for it, `examples` are the features of its example utterances.
    `nouns` are the words of its declaration beside the examples, `named` the nouns that the examples name with an
    article, `things` these with the names of its area and parameters. `area` are the stems of its name's first part,
    `fields` those of its response, `required` the parameters that must be given in words. `lists` are the lists of
    messages at the top of its response, `listed` the words for what they hold. `taken` are the shapes of the values
    that it takes, `needed` of those that it cannot do without, `sets` of those that it puts in the place of others,
    `shown` of the ids whose very thing it shows (`file_id`: `file.get`).
    """

    intent: Intent
    words: Mapping[str, float]
    nouns: frozenset[str]
    verbs: frozenset[str]
    examples: tuple[Mapping[str, float], ...]
    named: frozenset[str]
    things: frozenset[str]
    area: tuple[str, ...]
    kinds: Mapping[str, Kind]
    fields: tuple[Field, ...]
    required: tuple[Parameter, ...]
    lists: tuple[Field, ...]
    listed: frozenset[str]
    taken: frozenset[str]
    needed: frozenset[str]
    sets: frozenset[str]
    shown: frozenset[str]

    @property
    def takes_names(self) -> bool:
        """Does it take names of things, which may be words that nobody knows?"""
        return Kind.NAME in self.kinds.values()

    def takes(self, shape: str) -> Parameter | None:
        """The parameter that takes values of `shape`."""
        return next((p for p in self.intent.askable if p.pattern == shape and self.kinds[p.name] is Kind.SHAPED), None)


def profile_of(
    intent: Intent, examples: Sequence[Sequence[Token]], catalogue: Catalogue, light: frozenset[str]
) -> Profile:
    """The profile of an intent with the tokens of its examples; `light` as `features` takes them."""
    fields = fields_of(catalogue.descriptor(intent.response_type), intent.reply_template)
    named = frozenset(_named(examples))
    lists = tuple(f for f in fields if f.kind == "list" and f.elements and f.path.count(".") == 1)
    kinds = {parameter.name: kind_of(parameter) for parameter in intent.askable}
    shaped = [parameter for parameter in intent.askable if kinds[parameter.name] is Kind.SHAPED]
    return Profile(
        intent=intent,
        words=word_weights(intent, examples, fields),
        nouns=frozenset(_nouns(intent)),
        verbs=frozenset(_verbs(intent, examples)),
        examples=tuple(features(tokens, light) for tokens in examples),
        named=named,
        area=area_of(intent),
        things=named.union(area_of(intent), stems_of_names(intent.parameters)),
        kinds=kinds,
        fields=fields,
        required=tuple(p for p in intent.askable if p.is_required),
        lists=lists,
        listed=frozenset(name for one in lists for name in _names_of(one)),
        taken=frozenset(p.pattern for p in shaped) | ({LONG} if Kind.LONG in kinds.values() else frozenset()),
        needed=frozenset(p.pattern for p in shaped if p.is_required),
        sets=frozenset(_set_by(intent, kinds)),
        shown=frozenset(p.pattern for p in shaped if _is_shown(intent, p)),
    )


def _is_shown(intent: Intent, parameter: Parameter) -> bool:
    return area_of(intent)[0] in stems_of(parameter.name) and parts_of(intent)[-1][0] in SHOWING_STEMS


def _set_by(intent: Intent, kinds: Mapping[str, Kind]) -> Iterator[str]:
    """The shapes of values that an effect sets: of no ids, and not beside names of things."""
    if not intent.has_effect or Kind.NAME in kinds.values():
        return
    for parameter in intent.askable:
        kind = kinds[parameter.name]
        if kind is Kind.LONG:
            yield LONG
        elif kind is Kind.SHAPED and not parameter.name.endswith("_id"):
            yield parameter.pattern


def _names_of(listed: Field) -> Iterator[str]:
    """The words for one element of a list."""
    yield from listed.stems
    yield stem(listed.element_name.lower())
    yield from (name.stems[-1] for name in listed.names)


def _named(examples: Sequence[Sequence[Token]]) -> Iterator[str]:
    """The nouns that examples name with an article or the like ("my new number")."""
    for tokens in examples:
        for at, before in enumerate(tokens):
            if before.norm in _ARTICLES:
                yield from (
                    token.stem for token in tokens[at + 1 : at + 3] if is_content(token) and token.norm not in PARTICLES
                )


def _nouns(intent: Intent) -> Iterator[str]:
    described = " ".join([intent.description, *(p.description for p in intent.askable)]).lower()
    yield from (stem(word) for word in re.findall("[a-z]+", described))
    yield from stems_of_names(intent.askable)
    yield from stems_of_parts(intent)


def _verbs(intent: Intent, examples: Sequence[Sequence[Token]]) -> Iterator[str]:
    """The stems that ask for the intent: how its examples begin, its name's last part, its description's first word."""
    yield from (part for part in parts_of(intent)[-1][:1] if part not in SHOWING_STEMS or not intent.has_effect)
    opening = re.match(r"[A-Za-z]+", intent.description)
    if opening:
        yield stem(opening.group().lower())
    for tokens in examples:
        if (at := head_at(tokens)) is not None and is_content(tokens[at]) and not _is_noun(intent, tokens, at):
            particle = next((t.norm for t in tokens[at + 1 :] if t.norm in PARTICLES), "")
            yield f"{tokens[at].stem} {particle}".strip()


def _is_noun(intent: Intent, tokens: Sequence[Token], at: int) -> bool:
    """Does this name the thing whose id follows ("file F-17"), stand after "no" and "new", or tell what happened?"""
    if (
        tokens[at].norm == "new"
        or re.fullmatch(r"(?!need|feed|speed)\w{3,}ed", tokens[at].norm)
        or (at and tokens[at - 1].norm in ("no", "new"))
    ):
        return True
    nouns = {*stems_of_names(intent.askable)} - {"id"}
    return tokens[at].stem in nouns and at + 1 < len(tokens) and bool(tokens[at + 1].shape)
