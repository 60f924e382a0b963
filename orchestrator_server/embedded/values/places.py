"""The places of a sentence where the name of a thing may begin."""

from collections.abc import Iterator, Sequence

from orchestrator_server.embedded.declared.features import PARTICLES
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.values.lists import Lists
from orchestrator_server.embedded.values.naming import ARTICLES, BEFORE_NOUN, BEFORE_OBJECT, HAVING
from orchestrator_server.embedded.values.phrases import Phrase
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token

_SKIPPED = PARTICLES | {"me", "us", "myself", "again", "for", "please", "also", "just", "following", ":", "have"}
"""What may stand between a verb and the name of what it is about."""
_TALE = lazy(r"\w{2}ed$|^bought$|^sent$")
"""A verb that tells what was done, and asks for nothing."""


class Places:
    """The places in one stretch of tokens, for the names that an intent takes."""

    def __init__(self, profile: Profile | None, tokens: Sequence[Token], lists: Lists) -> None:
        self._profile, self._tokens, self._lists = profile, tokens, lists
        self._phrases = lists.phrases

    def behind_labels(self) -> Iterator[int]:
        """Behind "items:" and the like."""
        nouns = self._profile.nouns if self._profile else frozenset()
        for at, token in enumerate(self._tokens[:-2]):
            colon = at + 2 if self._tokens[at + 1].norm == "please" else at + 1
            is_label = token.stem in nouns or token.norm in ("things", "following")
            if is_label and self._tokens[colon].norm in (":", "-") and self._tokens[colon].start >= token.end:
                yield colon + 1

    def behind_verbs(self) -> Iterator[int]:
        """Behind the intent's own verbs where they ask, so not in "my request" or "I requested"."""
        if self._profile is None:
            return
        for at, token in enumerate(self._tokens):
            if self.is_verb(at) and not _TALE.search(token.norm):
                before = self._tokens[at - 1].norm if at else ""
                if before not in BEFORE_NOUN or token.norm.endswith("ing"):
                    yield self._past_particles(at + 1)

    def behind_ids(self) -> Iterator[int]:
        """Behind an id, where a thing is opened or a list follows."""
        for at, token in enumerate(self._tokens):
            if token.shape:
                place = at + 1
                while place < len(self._tokens) and self._tokens[place].norm in (",", ":", "-", "is"):
                    place += 1
                phrase = self._phrases.at(place)
                is_list = self._tokens[place - 1].norm == ":" and len(self._lists.listed(place)) > 1
                if not phrase.is_empty and (phrase.is_opened or is_list) and not self._lists.is_subject(phrase):
                    yield place

    def likeliest(self) -> Iterator[int]:
        """Behind any other verb, or where the words begin: where a determiner or number opens a thing.

        The likeliest one: what is needed, else a new thing where the intent counts things.
        """
        places = list(self.opened())
        if places:
            yield min(places, key=self._rank)

    def opened_anywhere(self) -> Iterator[int]:
        """Where a determiner or a number opens a thing, whatever stands before it."""
        at = 0
        while at < len(self._tokens):
            phrase = self._phrases.at(at)
            if phrase.is_opened and not phrase.is_empty:
                yield at
            at = max(phrase.next, at + 1) if phrase.is_opened else at + 1

    def opened(self, *, with_subjects: bool = False) -> Iterator[int]:
        """Where a determiner or a number opens a thing that hangs on no preposition."""
        at = 0
        while at < len(self._tokens):
            phrase = self._phrases.at(at)
            if not phrase.is_opened or self._tokens[at].shape:
                at += 1
                continue
            is_fit = with_subjects or not self._lists.is_subject(phrase)
            if not phrase.is_empty and is_fit and self._is_object(phrase):
                yield at
            at = max(phrase.next, at + 1)

    def behind(self, verbs: frozenset[str]) -> Iterator[int]:
        """Behind one of these words, and behind "out of"."""
        for at, token in enumerate(self._tokens):
            if token.norm in verbs and (token.norm != "of" or (at and self._tokens[at - 1].norm in ("out", "need"))):
                place = self._past_particles(self._past_whom(at + 1))
                phrase = self._phrases.at(place)
                if not phrase.is_empty and (phrase.is_opened or token.norm == "of"):
                    yield place

    def is_verb(self, at: int) -> bool:
        """Is it a verb of the intent?"""
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

    def _rank(self, at: int) -> tuple[bool, bool, int]:
        before = next((t.norm for t in reversed(self._tokens[:at]) if t.norm not in _SKIPPED - {"have"}), "")
        phrase = self._phrases.at(at)
        is_new = phrase.count is not None or phrase.determiner in ARTICLES
        return (before not in HAVING and self._lists.counts, not is_new and self._lists.counts, at)

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
