"""What is known about the intents of one catalogue, for everything that planning looks up."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from orchestrator_server.catalogue import Catalogue, Intent
from orchestrator_server.embedded.declared.examples import Examples
from orchestrator_server.embedded.declared.features import features, with_names
from orchestrator_server.embedded.declared.profiles import Profile, profile_of
from orchestrator_server.embedded.declared.spoken import light_stems, spoken_of
from orchestrator_server.embedded.declared.vocabulary import (
    declared_words,
    id_nouns_in,
    owned_in,
    partial_in,
    parts_in,
    setters_in,
    states_in,
    things_in,
    told_in,
    wholes_in,
)
from orchestrator_server.embedded.declared.weights import DECLARED, TELLING, derived_from
from orchestrator_server.embedded.words.mending import Mender
from orchestrator_server.embedded.words.shapes import LONG, Kind, Shape, find_values, shapes_of
from orchestrator_server.embedded.words.text import Token, tokens_of


class Index:
    """Everything that planning looks up, made once per catalogue and set of intents.

    `light` are verbs that say little, `things` the words for what ids stand for, `owned` those for what somebody can
    have, `states` those that say which things are meant, `told` those that tell how a thing is, `verbs` all verbs of
    all intents, `named` everything that intents are about,
    `acts` the verbs that are no name of a thing. `wholes` and `partial` are the effects that stop a thing and those
    upon parts of it, `setters` pairs of effects that set the same value for the caller and for a thing.
    """

    def __init__(self, intents: Sequence[Intent], catalogue: Catalogue) -> None:
        self.shapes: tuple[Shape, ...] = shapes_of(intents)
        self.valued = frozenset(shape.pattern for shape in self.shapes) | {LONG}
        self.ids = frozenset(shape.pattern for shape in self.shapes if shape.is_id)
        self._mend = Mender(declared_words(intents))
        spoken = [spoken_of(intent, self.shapes) for intent in intents]
        self.light = light_stems(intents, spoken)
        pairs = zip(intents, spoken, strict=True)
        self.profiles = tuple(profile_of(intent, own, catalogue, self.light) for intent, own in pairs)
        self.by_name = {profile.intent.name: profile for profile in self.profiles}
        self._places = {profile.intent.name: at for at, profile in enumerate(self.profiles)}
        self.examples = Examples(
            [profile.examples for profile in self.profiles], [_words(profile, TELLING) for profile in self.profiles]
        )
        self._derived = derived_from(word for profile in self.profiles for word in _words(profile, DECLARED))
        self.things = things_in(self.profiles, self.ids)
        self.named = frozenset(thing for profile in self.profiles for thing in profile.things)
        self.owned = owned_in(self.profiles)
        self.parts = parts_in(self.profiles)
        self.areas = frozenset(word for profile in self.profiles for word in profile.area)
        self.id_nouns = id_nouns_in(self.profiles, self.ids)
        self.partial = partial_in(self.profiles, self.ids)
        self.wholes = wholes_in(self.profiles, self.ids)
        self.setters = setters_in(self.profiles, self.ids)
        self.states = states_in(self.profiles)
        self.told = told_in(self.profiles)
        self.verbs = frozenset(verb.split()[0] for profile in self.profiles for verb in profile.verbs)
        self.effect_verbs = frozenset(v.split()[0] for p in self.profiles if p.intent.has_effect for v in p.verbs)
        self.acts = self.verbs - self.named
        self.closed_lists = frozenset(
            p.name for i in self.profiles for p in i.intent.askable if i.kinds[p.name] is Kind.ENUM
        )
        self._times_shown = Counter(word for profile in self.profiles for word in self._showing(profile))
        self._shown: dict[str, frozenset[str]] = {}
        self.has_long = any(Kind.LONG in profile.kinds.values() for profile in self.profiles)

    def tokens(self, text: str) -> tuple[Token, ...]:
        """The tokens of a cleaned text."""
        tokens = tokens_of(text, find_values(text, self.shapes), self._mend.word)
        return tuple(replace(t, stem=self._derived[t.stem]) if t.stem in self._derived else t for t in tokens)

    def weight(self, feature: str) -> float:
        """How much a feature tells: 1 for one that no intent knows or a single one has, less for common ones."""
        return self.examples.weight(feature)

    def names_id(self, tokens: Sequence[Token]) -> bool:
        """Does a token name a thing by its id?"""
        return any(token.shape in self.ids for token in tokens)

    def knows(self, word: str) -> bool:
        """Does any intent use this stem?"""
        return self.examples.knows(word)

    def own(self, profile: Profile) -> frozenset[str]:
        """The words of an intent's examples that are mostly its own."""
        return self.examples.own(self._places[profile.intent.name])

    def shown_by_others(self, profile: Profile) -> frozenset[str]:
        """What the other intents go by, and what only reads among them name as theirs."""
        if profile.intent.name not in self._shown:
            own = self._showing(profile)
            shown = {word for word, times in self._times_shown.items() if times > (word in own)}
            self._shown[profile.intent.name] = (self.areas | shown) - profile.named - {*profile.area}
        return self._shown[profile.intent.name]

    def _showing(self, profile: Profile) -> frozenset[str]:
        """What a read names as its own; nothing for an effect."""
        return frozenset() if profile.intent.has_effect else profile.named & self.own(profile)

    def features(self, tokens: Sequence[Token]) -> Mapping[str, float]:
        """What a stretch of a message is compared by."""
        return with_names(features(tokens, self.light), self.knows)


def _words(profile: Profile, least: float) -> list[str]:
    """The words that speak for an intent with at least this weight."""
    return [word for word, weight in profile.words.items() if weight >= least]
