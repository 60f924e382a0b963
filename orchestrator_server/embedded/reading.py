"""Finds names of things, with how many of each: behind the verb, behind a colon, or in what `it` points back at."""

import re
from collections.abc import Iterator, Sequence

from orchestrator_server.embedded.features import PARTICLES
from orchestrator_server.embedded.heads import begins_request, head_at
from orchestrator_server.embedded.naming import (
    ARTICLES,
    BEFORE_NOUN,
    BEFORE_OBJECT,
    FOUND_WITH,
    HAVING,
    IS_SAID,
    JOINING,
)
from orchestrator_server.embedded.phrases import OF_OBJECTS, Phrase, Phrases
from orchestrator_server.embedded.profiles import Profile
from orchestrator_server.embedded.singulars import Named, general_words, pieces_of, singular, told_words
from orchestrator_server.embedded.text import Token

_SKIPPED = PARTICLES | {"me", "us", "myself", "again", "for", "please", "also", "just", "following", ":", "have"}
_TALE = re.compile(r"\w{2}ed$|^bought$|^sent$")


class Reading:
    """One stretch of tokens, read for the names that an intent takes."""

    def __init__(self, profile: Profile | None, tokens: Sequence[Token], text: str, verbs: frozenset[str]) -> None:
        self._profile, self._tokens, self._text, self._verbs = profile, tokens, text, verbs
        counted = pieces_of(profile)
        self._counts = bool(counted)
        general = general_words(profile) if profile else frozenset()
        told = told_words(profile) if profile else frozenset()
        self._phrases = Phrases(tokens, general, counted, told)

    def asked(self) -> list[Named]:
        """What stands behind a label, behind the intent's verb, or behind an id."""
        for places in (self._labels(), self._verb_places(), self._places_after_ids()):
            if found := [named for place in places for named in self.listed(place)]:
                return found
        return []

    def listed(self, at: int, *, is_answer: bool = False) -> list[Named]:
        """The things that are named one after the other from `at` on."""
        found: list[Named] = []
        while at < len(self._tokens):
            phrase = self._phrases.at(at)
            if phrase.is_empty or (found and self._is_subject(phrase)):
                break
            found = _without_same(found, self._named(phrase))
            following = self._next(phrase.next, has_more=is_answer)
            if following is None:
                break
            at = following
        return found

    def widest(self, name: Named) -> list[Named]:
        """The whole list that `name` stands in: a clause may begin in its middle."""
        places = self._opened_places(with_subjects=True)
        lists = (self._spoken_of(place) or self.listed(place) for place in places)
        return next((found for found in lists if name in found), [name])

    def labelled(self, labels: frozenset[str]) -> list[Named]:
        """The things behind one of these labels ("items: ...")."""
        for at, token in enumerate(self._tokens[:-1]):
            if token.stem in labels and self._tokens[at + 1].norm == ":" and (found := self.listed(at + 2)):
                return found
        return []

    def asked_before(self) -> list[Named]:
        """What was asked for with the intent's own verb, in another sentence."""
        return [named for place in self._verb_places() for named in self.listed(place)]

    def opened(self) -> list[Named]:
        """The things that stand by themselves, opened by a determiner or a number: "and the map from"."""
        return [named for place in self._light_places() for named in self.listed(place)]

    def subjects(self) -> list[Named]:
        """The things that the sentence says something of: "the map and my key have arrived"."""
        return next((found for at in self._opened_places(with_subjects=True) if (found := self._spoken_of(at))), [])

    def within(self) -> list[Named]:
        """The things that are named as parts of what an id stands for: "for the map and the key from F-17"."""
        places = list(self._opened_at())
        tied = {self._named(p) for p in map(self._phrases.at, places) if self._is_tied(p.next)}
        lists = (self.listed(at) for at in places)
        return next((found for found in lists if tied.intersection(found)), [])

    def _is_tied(self, at: int) -> bool:
        """Does "from F-17" follow?"""
        ends = self._tokens[at : at + 2]
        return len(ends) == 2 and ends[0].norm in ("from", "in", "of") and bool(ends[1].shape)

    def mentioned(self) -> list[Named]:
        """What a determiner or a number opens, even behind a preposition: "a problem with the table"."""
        return next((found for at in self._opened_at() if (found := self.listed(at))), [])

    def begun(self) -> list[Named]:
        """The things with which the sentence begins, where it says something of them or names no more than them."""
        at = head_at(self._tokens) or 0
        phrase = self._phrases.at(at)
        after = self._tokens[phrase.next].norm if phrase.next < len(self._tokens) else ""
        if phrase.is_empty or self._is_verb(phrase.first) or (not phrase.is_opened and after in OF_OBJECTS):
            return []
        following = self._tokens[phrase.next : phrase.next + 1]
        if self._is_tied(phrase.next):
            return self.listed(at, is_answer=True)
        is_all = not following or following[0].is_mark or following[0].norm == "please" or following[0].norm in IS_SAID
        return self._spoken_of(at) or (self.listed(at, is_answer=True) if is_all else [])

    def had(self) -> list[Named]:
        """The things after "I got", "I need", "ran out of"."""
        for place in self._places_after(HAVING):
            if found := self.listed(place):
                return found
        return []

    def _spoken_of(self, at: int) -> list[Named]:
        found: list[Named] = []
        phrase = self._phrases.at(at)
        while not phrase.is_empty:
            found.append(self._named(phrase))
            following = self._next(phrase.next, has_more=True)
            if following is None:
                break
            phrase = self._phrases.at(following)
        rest = self._tokens[phrase.next :] if found else []
        return found if any(t.norm in FOUND_WITH for t in rest[:12]) else []

    def _is_subject(self, phrase: Phrase) -> bool:
        """Does a verb follow, so that something is said of the thing ("the handle is loose")?"""
        after = self._tokens[phrase.next] if phrase.next < len(self._tokens) else None
        if after is None or after.is_mark or after.shape:
            return False
        return after.norm in FOUND_WITH or after.norm in ("dont", "not") or self._phrases.acts(phrase.next)

    def _next(self, at: int, *, has_more: bool = False) -> int | None:
        """Where the next thing of the list may begin; past "from ID", only where a determiner or number opens it."""
        skipped = 0
        if at < len(self._tokens) and (self._tokens[at].norm.isdigit() or self._tokens[at].norm in ("one", "a", "an")):
            return None if self._phrases.at(at).is_empty else at
        while at < len(self._tokens) and self._tokens[at].norm not in JOINING:
            token = self._tokens[at]
            if skipped > 5 or self._phrases.breaks(at) or token.norm in ".!?;\n(" or token.norm in FOUND_WITH:
                return None
            at, skipped = at + 1, skipped + 1
        while at < len(self._tokens) and self._tokens[at].norm in JOINING:
            at += 1
        rest = self._tokens[at:]
        if not rest or rest[0].shape or (not has_more and begins_request(rest, self._verbs)):
            return None
        phrase = self._phrases.at(at)
        return at if not phrase.is_empty and (phrase.is_opened or not skipped) else None

    def _labels(self) -> Iterator[int]:
        """Behind "items:" and the like."""
        nouns = self._profile.nouns if self._profile else frozenset()
        for at, token in enumerate(self._tokens[:-1]):
            if self._tokens[at + 1].norm == ":" and (token.stem in nouns or token.norm in ("things", "following")):
                yield at + 2

    def _verb_places(self) -> Iterator[int]:
        """Behind the intent's own verbs where they ask, so not in "my request" or "I requested"."""
        if self._profile is None:
            return
        for at, token in enumerate(self._tokens):
            if self._is_verb(at) and not _TALE.search(token.norm):
                before = self._tokens[at - 1].norm if at else ""
                if before not in BEFORE_NOUN or token.norm.endswith("ing"):
                    yield self._past_particles(at + 1)

    def _is_verb(self, at: int) -> bool:
        token, verbs = self._tokens[at], self._profile.verbs if self._profile else frozenset()
        if token.shape or not token.surface:
            return False
        if token.stem in verbs:
            return True
        following = self._tokens[at + 1 : at + 12]
        return any(f"{token.stem} {t.norm}" in verbs for t in following if t.norm in PARTICLES)

    def _past_whom(self, at: int) -> int:
        """Past "for my office", behind which a number follows."""
        said = [token.norm for token in self._tokens[at : at + 4]]
        is_whom = len(said) == 4 and said[0] == "for" and said[1] in ("my", "our", "the") and said[3].isdigit()
        return at + 3 if is_whom else at

    def _past_particles(self, at: int) -> int:
        while at < len(self._tokens) and self._tokens[at].norm in _SKIPPED:
            at += 1
        return at

    def _places_after_ids(self) -> Iterator[int]:
        for at, token in enumerate(self._tokens):
            if token.shape:
                place = at + 1
                while place < len(self._tokens) and self._tokens[place].norm in (",", ":", "-", "is"):
                    place += 1
                phrase = self._phrases.at(place)
                is_list = self._tokens[place - 1].norm == ":" and len(self.listed(place)) > 1
                if not phrase.is_empty and (phrase.is_opened or is_list) and not self._is_subject(phrase):
                    yield place

    def _light_places(self) -> Iterator[int]:
        """Behind any other verb, or where the words begin: where a determiner or number opens a thing.

        The likeliest one: what is needed, else a new thing where the intent counts things.
        """
        places = list(self._opened_places())
        if places:
            yield min(places, key=self._rank)

    def _rank(self, at: int) -> tuple[bool, bool, int]:
        before = next((t.norm for t in reversed(self._tokens[:at]) if t.norm not in _SKIPPED - {"have"}), "")
        phrase = self._phrases.at(at)
        is_new = phrase.count is not None or phrase.determiner in ARTICLES
        return (before not in HAVING and self._counts, not is_new and self._counts, at)

    def _opened_at(self) -> Iterator[int]:
        """Where a determiner or a number opens a thing, whatever stands before it."""
        at = 0
        while at < len(self._tokens):
            phrase = self._phrases.at(at)
            if phrase.is_opened and not phrase.is_empty:
                yield at
            at = max(phrase.next, at + 1) if phrase.is_opened else at + 1

    def _opened_places(self, *, with_subjects: bool = False) -> Iterator[int]:
        at = 0
        while at < len(self._tokens):
            phrase = self._phrases.at(at)
            if not phrase.is_opened or self._tokens[at].shape:
                at += 1
                continue
            is_fit = with_subjects or not self._is_subject(phrase)
            if not phrase.is_empty and is_fit and self._is_object(phrase):
                yield at
            at = max(phrase.next, at + 1)

    def _is_object(self, phrase: Phrase) -> bool:
        """Does it hang on no preposition? "I would like" and "a set of" lead to it."""
        at = phrase.opening
        before, first = (self._tokens[i].norm if i >= 0 else "" for i in (at - 1, at - 2))
        if before not in BEFORE_OBJECT:
            return True
        if before == "like":
            return first in ("would", "i", "we", "also", "really")
        nouns = self._profile.nouns if self._profile else frozenset()
        return before in ("of", "for") and at > 1 and self._tokens[at - 2].stem in nouns

    def _places_after(self, verbs: frozenset[str]) -> Iterator[int]:
        for at, token in enumerate(self._tokens):
            if token.norm in verbs and (token.norm != "of" or (at and self._tokens[at - 1].norm == "out")):
                place = self._past_particles(self._past_whom(at + 1))
                phrase = self._phrases.at(place)
                if not phrase.is_empty and (phrase.is_opened or token.norm == "of"):
                    yield place

    def quoted(self) -> list[Named]:
        """The things whose names stand in quotes."""
        if not self._tokens:
            return []
        found = re.findall(r'"([^"\n]{2,60})"', self._text[self._tokens[0].start : self._tokens[-1].end + 1])
        return [Named(name=name.strip(" .,"), count=None) for name in found]

    def _named(self, phrase: Phrase) -> Named:
        words = self._tokens[phrase.first : phrase.end]
        name = self._text[words[0].start : words[-1].end].strip(" .,-")
        count = phrase.count
        if count is None and (phrase.determiner in ARTICLES or (phrase.pairs and phrase.determiner)):
            count = 1
        several = self._counts and (count != 1 or phrase.is_part) and not phrase.pairs
        plain = count is not None and (count > 1 or phrase.is_part) and not phrase.pairs
        return Named(name=singular(name) if several or plain else name, count=count)


def _without_same(found: list[Named], thing: Named) -> list[Named]:
    """With another thing, in place of one that it only names more exactly ("the clock, the wall clock")."""
    return [*(one for one in found if not thing.name.lower().endswith(f" {one.name.lower()}")), thing]
