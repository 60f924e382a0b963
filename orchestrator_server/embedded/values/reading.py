"""Finds names of things, with how many of each: behind the verb, behind a colon, or in what `it` points back at."""

import re
from collections.abc import Sequence

from orchestrator_server.embedded.declared.features import PARTICLES
from orchestrator_server.embedded.declared.heads import head_at
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.values.lists import Lists
from orchestrator_server.embedded.values.naming import HAVING, IS_SAID, JOINING, OF_OBJECTS
from orchestrator_server.embedded.values.places import Places
from orchestrator_server.embedded.words.singulars import Named
from orchestrator_server.embedded.words.text import Token

_WITHIN = frozenset(["from", "in", "of"])


class Reading:
    """One stretch of tokens, read for the names that an intent takes."""

    def __init__(self, profile: Profile | None, tokens: Sequence[Token], text: str, verbs: frozenset[str]) -> None:
        self._tokens, self._text = tokens, text
        self._lists = Lists(profile, tokens, text, verbs)
        self._places = Places(profile, tokens, self._lists)

    def asked(self) -> list[Named]:
        """What stands behind a label, behind the intent's verb, or behind an id."""
        for places in (self._places.behind_labels(), self._places.behind_verbs(), self._places.behind_ids()):
            if found := [named for place in places for named in self._lists.listed(place)]:
                return found
        return []

    def widest(self, name: Named) -> list[Named]:
        """The whole list that `name` stands in: a clause may begin in its middle."""
        places = self._places.opened(with_subjects=True)
        lists = (self._lists.spoken_of(place) or self._lists.listed(place) for place in places)
        return next((found for found in lists if name in found), [name])

    def labelled(self, labels: frozenset[str]) -> list[Named]:
        """The things behind one of these labels ("items: ...")."""
        for at, token in enumerate(self._tokens[:-1]):
            if token.stem in labels and self._tokens[at + 1].norm == ":" and (found := self._lists.listed(at + 2)):
                return found
        return []

    def asked_before(self) -> list[Named]:
        """What was asked for with the intent's own verb, in another sentence."""
        return [named for place in self._places.behind_verbs() for named in self._lists.listed(place)]

    def opened(self) -> list[Named]:
        """The things that stand by themselves, opened by a determiner or a number: "and the map from"."""
        return [named for place in self._places.likeliest() for named in self._lists.listed(place)]

    def subjects(self) -> list[Named]:
        """The things that the sentence says something of: "the map and my key have arrived"."""
        return next(
            (found for at in self._places.opened(with_subjects=True) if (found := self._lists.spoken_of(at))), []
        )

    def within(self) -> list[Named]:
        """The things that are named as parts of what an id stands for: "for the map and the key from F-17"."""
        places = list(self._places.opened_anywhere())
        tied = {self._lists.named(p) for p in map(self._lists.phrases.at, places) if self._is_tied(p.next)}
        lists = (self._lists.listed(at) for at in places)
        return next((found for found in lists if tied.intersection(found)), [])

    def _is_tied(self, at: int) -> bool:
        """Does "from F-17" follow?"""
        ends = self._tokens[at : at + 2]
        return len(ends) == 2 and ends[0].norm in ("from", "in", "of") and bool(ends[1].shape)

    def tied_to_the_last(self, *, is_first: bool = True) -> list[Named]:
        """The things that are listed right before "from F-17" at the end of the words.

        `is_first`: the words begin a sentence. Else they stand behind another id, of which they may say something.
        """
        last = next((at for at in range(len(self._tokens) - 2, 0, -1) if self._tokens[at].norm in _WITHIN), 0)
        last -= last > 1 and self._tokens[last - 1].norm == "out"
        for at in range(last):
            phrase = self._lists.phrases.at(at)
            if (
                not phrase.is_empty
                and self._begins(at, phrase.is_opened, is_first)
                and (found := self._up_to(at, last))
            ):
                return found
        return []

    def _begins(self, at: int, is_opened: bool, is_first: bool) -> bool:
        """Can a list of things begin here?"""
        if self._tokens[at].norm in PARTICLES:
            return False
        if at == 0:
            return is_first
        before = self._tokens[at - 1]
        is_led = before.norm in PARTICLES and at > 1 and self._places.is_verb(at - 2)
        return is_opened or is_led or before.norm in JOINING or before.is_mark or self._places.is_verb(at - 1)

    def _up_to(self, at: int, last: int) -> list[Named]:
        """The list from `at` on, where it reaches just up to `last`."""
        found: list[Named] = []
        while at < last:
            phrase = self._lists.phrases.at(at)
            if phrase.is_empty or phrase.next > last or self._places.is_verb(phrase.first):
                return []
            found.append(self._lists.named(phrase))
            if phrase.next == last:
                return found
            at = phrase.next
            while at < last and self._tokens[at].norm in JOINING:
                at += 1
            if at == phrase.next:
                return []
        return []

    def alone(self) -> list[Named]:
        """The thing with which the words begin, where nothing is said but what it is like."""
        for at, token in enumerate(self._tokens):
            phrase = self._lists.phrases.at(at)
            if not phrase.is_empty and not self._places.is_verb(phrase.first):
                return self._lists.listed(at)
            if token.norm not in JOINING and not token.is_mark:
                return []
        return []

    def mentioned(self) -> list[Named]:
        """What a determiner or a number opens, even behind a preposition: "a problem with the table"."""
        return next((found for at in self._places.opened_anywhere() if (found := self._lists.listed(at))), [])

    def begun(self) -> list[Named]:
        """The things with which the sentence begins, where it says something of them or names no more than them."""
        at = head_at(self._tokens) or 0
        phrase = self._lists.phrases.at(at)
        after = self._tokens[phrase.next].norm if phrase.next < len(self._tokens) else ""
        if phrase.is_empty or self._places.is_verb(phrase.first) or (not phrase.is_opened and after in OF_OBJECTS):
            return []
        following = self._tokens[phrase.next : phrase.next + 1]
        if self._is_tied(phrase.next):
            return self._lists.listed(at, is_answer=True)
        is_all = not following or following[0].is_mark or following[0].norm == "please" or following[0].norm in IS_SAID
        return self._lists.spoken_of(at) or (self._lists.listed(at, is_answer=True) if is_all else [])

    def had(self) -> list[Named]:
        """The things after "I got", "I need", "ran out of"."""
        for place in self._places.behind(HAVING):
            if found := self._lists.listed(place):
                return found
        return []

    def quoted(self) -> list[Named]:
        """The things whose names stand in quotes."""
        if not self._tokens:
            return []
        found = re.findall(r'"([^"\n]{2,60})"', self._text[self._tokens[0].start : self._tokens[-1].end + 1])
        return [Named(name=name.strip(" .,"), count=None) for name in found]
