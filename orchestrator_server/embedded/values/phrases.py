"""Reads the name of a thing where it stands, with how many of it: "2 x the door key", "a pair of gloves"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from orchestrator_server.embedded.values.counts_behind import count_behind
from orchestrator_server.embedded.values.naming import (
    ARTICLES,
    BINDING,
    FOUND_WITH,
    IS_SAID,
    LEADING_AWAY,
    NEVER_HEADS,
    NOT_THINGS,
    OF_OBJECTS,
    SWEARING,
    TRAILING,
    VAGUE,
)
from orchestrator_server.embedded.values.not_names import is_person, tells_a_story
from orchestrator_server.embedded.values.phrase_openings import Openings, is_title
from orchestrator_server.embedded.words.english import DOING, FUNCTION, IRREGULAR, SHOWING, stem
from orchestrator_server.embedded.words.text import Token

_WITHIN = frozenset(["first", "second", "all", "last", "over", "third"])
"""Function words with which a name may begin ("first aid kit"), where a plain noun follows."""
_FRESH = frozenset(["fresh", "separate", "additional", "further", "quick", "small", "extra"])
"""How one more request is called."""
_VAGUE_STEMS = frozenset(stem(word) for word in VAGUE)
_CONTAINERS = frozenset(["case", "pack", "packs", "place", "number", "rest", "lot", "way", "piece", "pieces"])
"""Vague words that a name may well end with ("key case")."""
_THINGLESS = frozenset(stem(word) for word in NOT_THINGS)
_DULL = SHOWING | DOING | FUNCTION
_TRAILING = TRAILING | SWEARING
_JUMBLED = frozenset("".join(sorted(word)) for word in TRAILING if len(word) > 4)
"""The letters of words that end no name, for "quikc"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """The words of a name from `first` up to `end`; `opening` is where its determiner or number stands.

    `count` is None where no number was said, `pairs` where they come in twos, `is_part` in "one of the keys"; `next`
    is what follows the phrase.
    """

    opening: int
    first: int
    end: int
    next: int
    count: int | None
    determiner: str
    pairs: bool
    is_part: bool

    @property
    def is_empty(self) -> bool:
        """Was no thing named?"""
        return self.end <= self.first

    @property
    def is_opened(self) -> bool:
        """Does a determiner or a number open it?"""
        return bool(self.determiner) or self.count is not None


class Phrases:
    """Reads phrases of one stretch of tokens. `general` are stems that name what an intent is about, not a thing."""

    def __init__(
        self,
        tokens: Sequence[Token],
        general: frozenset[str],
        counted: frozenset[str],
        told: frozenset[str] = frozenset(),
    ) -> None:
        self.tokens = tokens
        self._general, self._told = general, told
        self._shouts = not any(t.surface.islower() and len(t.surface) > 1 for t in tokens if not t.shape)
        self._openings = Openings(tokens, counted, shouts=self._shouts)

    def at(self, opening: int) -> Phrase:
        """The phrase that begins at `opening`, empty where no name does."""
        opened = self._openings.at(opening)
        first, count = opened.end, opened.count
        end = self._core_end(first)
        if (tied := self._past_general(first, end)) != first:
            inner = self.at(tied)
            is_one = opened.determiner not in ARTICLES or not self._is_several(inner)
            return replace(inner, opening=opening, determiner=inner.determiner or (opened.determiner if is_one else ""))
        following = end
        after = count_behind(self.tokens, first, end)
        if after is not None:
            count, end, following = after
        while end > first and self._is_trailing(end - 1):
            end -= 1
        if self._is_pronoun(following) or self._is_of_several(following) or not self._names_thing(first, end):
            end = first
        return Phrase(
            opening=opening,
            first=first,
            end=end,
            next=following,
            count=count,
            determiner=opened.determiner,
            pairs=opened.pairs,
            is_part=any(t.norm == "of" for t in self.tokens[opening:first]),
        )

    def _is_several(self, phrase: Phrase) -> bool:
        """Is a plural named, of which "an order of ..." does not say how many?"""
        last = self.tokens[phrase.end - 1].norm if phrase.end > phrase.first else ""
        return phrase.count is None and last.endswith("s") and not last.endswith(("ss", "us", "is"))

    def _core_end(self, first: int) -> int:
        at = first
        while at < len(self.tokens) and not (at > first and self.breaks(at)) and self._goes_on(first, at):
            at += 1
        return at

    def breaks(self, at: int) -> bool:
        """Is something left out before the token, such as the end of a sentence?"""
        return at > 0 and self.tokens[at].start - self.tokens[at - 1].end > 1

    def _goes_on(self, first: int, at: int) -> bool:
        token = self.tokens[at]
        if token.shape:
            return False
        if token.is_mark:
            if token.norm == "'s" and at + 1 < len(self.tokens) and self.tokens[at + 1].norm in IS_SAID:
                return False
            return at > first and (token.norm == "'s" or (token.norm in "-/.+" and self._is_glued(at)))
        if not token.surface or (at > first and self._openings.begins_another(at)):
            return False
        if is_title(token, shouts=self._shouts) and (at > first or token.norm in ("the", "a")):
            return True
        if token.norm in BINDING:
            return at > first and self._binds(at)
        if token.norm in _WITHIN:
            return self._binds(at)
        if token.norm in LEADING_AWAY or token.norm in FUNCTION or self._tells(token):
            return False
        return not (at > first and (token.norm in FOUND_WITH or self.acts(at) or self._is_done(at)))

    def _is_done(self, at: int) -> bool:
        """Is this what was done with the thing ("the lamp supplied under ...")?"""
        word, after = self.tokens[at].norm, self.tokens[at + 1].norm if at + 1 < len(self.tokens) else ""
        return len(word) > 6 and word.endswith("ed") and after in ("under", "in", "with", "by", "from", "on", "via")

    def acts(self, at: int) -> bool:
        """Is this a verb that nobody lists, with its object after it ("my dog hates the ...")?"""
        word, after = self.tokens[at].norm, self.tokens[at + 1].norm if at + 1 < len(self.tokens) else ""
        is_verb = (word.endswith("s") and not word.endswith("ss")) or re.fullmatch(r"\w{4,}[^e]ed", word)
        return bool(is_verb) and after in OF_OBJECTS

    def _tells(self, token: Token) -> bool:
        """Does the word tell what has happened to the thing ("the map arrived torn")?"""
        return token.stem in self._told and (token.norm.endswith("ed") or token.norm in IRREGULAR)

    def _past_general(self, first: int, end: int) -> int:
        """Past what only says what is asked for ("an appointment with Dr. Blum"), to the name that it is tied to."""
        for at in range(first + 1, end - 1):
            if self.tokens[at].norm in BINDING and all(
                t.stem in self._general or t.norm in _FRESH for t in self.tokens[first:at]
            ):
                return at + 1
        return first

    def _is_glued(self, at: int) -> bool:
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        return (
            after is not None
            and self.tokens[at - 1].end == self.tokens[at].start
            and after.start == self.tokens[at].end
        )

    def _binds(self, at: int) -> bool:
        """Does a plain noun that is none of the intent's own words follow?"""
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if after is None or after.shape or after.is_mark or after.norm in FUNCTION:
            return False
        return after.stem not in self._general and after.norm not in FOUND_WITH and after.norm not in NOT_THINGS

    def _is_trailing(self, at: int) -> bool:
        token = self.tokens[at]
        if "".join(sorted(token.norm)) in _JUMBLED and token.norm not in TRAILING and token.surface.islower():
            return True
        return token.is_mark or (token.norm in _TRAILING and not is_title(token, shouts=self._shouts))

    def _is_pronoun(self, at: int) -> bool:
        """Is this the `one` of "the big one", which names nothing?"""
        norms = [token.norm for token in self.tokens[at : at + 2]]
        if norms[:1] and norms[0] in ("ones", "thing", "things", "stuff"):
            return True
        return norms[:1] == ["one"] and not (len(norms) > 1 and self._goes_on(at + 1, at + 1))

    def _is_of_several(self, at: int) -> bool:
        """Does "of the two" follow, so that only one of several was described ("the smaller of the two")?"""
        said = [token.norm for token in self.tokens[at : at + 3]]
        return len(said) == 3 and said[0] == "of" and said[1] in ("the", "my", "those", "these") and said[2].isdigit()

    def _names_thing(self, first: int, end: int) -> bool:
        said = [t for t in self.tokens[first:end] if not t.is_mark]
        if not said or (said[0].norm in VAGUE and not is_title(said[0], shouts=self._shouts) and len(said) < 3):
            return False
        if (is_person(said[0].norm) and not is_title(said[0], shouts=self._shouts)) or said[-1].norm in NEVER_HEADS:
            return False
        if tells_a_story(said):
            return False
        if said[-1].norm in VAGUE - _CONTAINERS:
            return False
        if len(said) == 1 and said[0].stem in self._told:
            return False
        known = self._general | _VAGUE_STEMS | _THINGLESS
        return any(t.norm[:1].isalpha() and t.stem not in known and t.norm not in _DULL for t in said)
