"""Reads the things that a sentence names one after the other from a place on, with how many of each."""

from collections.abc import Sequence

from orchestrator_server.embedded.declared.heads import begins_request
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.values.naming import ARTICLES, FOUND_WITH, JOINING
from orchestrator_server.embedded.values.phrases import Phrase, Phrases
from orchestrator_server.embedded.words.singulars import Named, general_words, pieces_of, singular, told_words
from orchestrator_server.embedded.words.text import Token

_KEPT = frozenset(["keep", "keeping", "kept", "need", "like", "love", "not", "use"])
"""What people say of a thing that they keep."""


class Lists:
    """One stretch of tokens; `counts` says whether the intent that it is read for counts things."""

    def __init__(self, profile: Profile | None, tokens: Sequence[Token], text: str, verbs: frozenset[str]) -> None:
        self.tokens, self._text, self._verbs = tokens, text, verbs
        counted = pieces_of(profile)
        self.counts = bool(counted)
        general = general_words(profile) if profile else frozenset()
        told = told_words(profile) if profile else frozenset()
        self.phrases = Phrases(tokens, general, counted, told)

    def listed(self, at: int, *, is_answer: bool = False) -> list[Named]:
        """The things that are named one after the other from `at` on."""
        found: list[Named] = []
        while at < len(self.tokens):
            phrase = self.phrases.at(at)
            if phrase.is_empty or (found and (self.is_subject(phrase) or self._stays(phrase))):
                break
            found = _without_same(found, self.named(phrase))
            following = self._next(phrase.next, has_more=is_answer)
            if following is None:
                break
            at = following
        return found

    def spoken_of(self, at: int) -> list[Named]:
        """The things from `at` on, where the sentence says something of them."""
        found: list[Named] = []
        phrase = self.phrases.at(at)
        while not phrase.is_empty:
            found.append(self.named(phrase))
            following = self._next(phrase.next, has_more=True)
            if following is None:
                break
            phrase = self.phrases.at(following)
        rest = self.tokens[phrase.next :] if found else []
        return found if any(t.norm in FOUND_WITH for t in rest[:12]) else []

    def is_subject(self, phrase: Phrase) -> bool:
        """Does a verb follow, so that something is said of the thing ("the handle is loose")?"""
        after = self.tokens[phrase.next] if phrase.next < len(self.tokens) else None
        if after is None or after.is_mark or after.shape:
            return False
        return after.norm in FOUND_WITH or after.norm in ("dont", "not") or self.phrases.acts(phrase.next)

    def _stays(self, phrase: Phrase) -> bool:
        """Is the thing named only to be kept ("..., the bottle I keep")?"""
        said = [token.norm for token in self.tokens[phrase.next : phrase.next + 5]]
        return said[:1] in (["i"], ["we"]) and any(word in _KEPT for word in said)

    def _next(self, at: int, *, has_more: bool = False) -> int | None:
        """Where the next thing of the list may begin; past "from ID", only where a determiner or number opens it."""
        skipped = 0
        if at < len(self.tokens) and (self.tokens[at].norm.isdigit() or self.tokens[at].norm in ("one", "a", "an")):
            return None if self.phrases.at(at).is_empty else at
        while at < len(self.tokens) and self.tokens[at].norm not in JOINING:
            token = self.tokens[at]
            if skipped > 5 or self.phrases.breaks(at) or token.norm in ".!?;\n(" or token.norm in FOUND_WITH:
                return None
            at, skipped = at + 1, skipped + 1
        while at < len(self.tokens) and self.tokens[at].norm in JOINING:
            at += 1
        rest = self.tokens[at:]
        if not rest or rest[0].shape or (not has_more and begins_request(rest, self._verbs)):
            return None
        phrase = self.phrases.at(at)
        return at if not phrase.is_empty and (phrase.is_opened or not skipped) else None

    def named(self, phrase: Phrase) -> Named:
        """The thing that a phrase names."""
        words = self.tokens[phrase.first : phrase.end]
        name = self._text[words[0].start : words[-1].end].strip(" .,-")
        count = phrase.count
        if count is None and (phrase.determiner in ARTICLES or (phrase.pairs and phrase.determiner)):
            count = 1
        several = self.counts and (count != 1 or phrase.is_part) and not phrase.pairs
        plain = count is not None and (count > 1 or phrase.is_part) and not phrase.pairs
        return Named(name=singular(name) if several or plain else name, count=count)


def _without_same(found: list[Named], thing: Named) -> list[Named]:
    """With another thing, in place of one that it only names more exactly ("the clock, the wall clock")."""
    return [*(one for one in found if not thing.name.lower().endswith(f" {one.name.lower()}")), thing]
