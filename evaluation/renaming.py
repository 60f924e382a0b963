"""Renames every word of a trade, the same way in what servers declare and in what people write.

What is left of a sentence is general English: the words of `function_words`, numbers, units, the calendar, and words
that no server declares. Values of parameters stay as they are. A planner that knows no trade plans the same.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from evaluation.declared_words import TAG, Declared, is_of_a_trade, parts
from evaluation.function_words import FORMULAS, FUNCTION_WORDS
from evaluation.misspelling import meant, misspelt
from evaluation.pseudo_words import pseudo_words
from evaluation.word_forms import form_of

_WORD = re.compile(r"(?<![\w@])(?:[Ee]-(?=[Mm]ail))?[A-Za-z]{2,}(?:['\u2019][A-Za-z]+)?(?![\w@])(?!-?\d)")
_FORMULA = rf"\b(?:{FORMULAS})\b"
_EMAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"


@dataclass(frozen=True, slots=True, kw_only=True)
class Renaming:
    """Which pseudo-word stands for which root, and the contracts' names with what they become.

    What was put for what is kept in `done` and `undo`, as words come up.
    """

    stems: Mapping[str, str]
    declared: frozenset[str]
    names: dict[str, str] = field(default_factory=dict)
    done: dict[str, str] = field(default_factory=dict)
    undo: dict[str, str] = field(default_factory=dict)

    def word(self, word: str) -> str:
        """The pseudo-word for a word in any letter case; the word itself where it is of no trade."""
        small = word.lower().replace("e-mail", "email")
        if not is_of_a_trade(small):
            return word
        if small not in self.done:
            self.done[small] = self._other(small)
        other = self.done[small]
        if other == small:
            return word
        self.undo.setdefault(other, small)
        return _cased(other, word)

    def text(self, text: str, values: Iterable[str] = ()) -> str:
        """A text renamed; formulas, e-mail addresses and `values` in it stay."""
        longest_first = sorted(filter(None, values), key=len, reverse=True)
        kept = "|".join([_EMAIL, _FORMULA, *(rf"(?<!\w){re.escape(value)}(?!\w)" for value in longest_first)])
        pieces = re.split(f"({kept})", text, flags=re.IGNORECASE)
        return "".join(piece if at % 2 else _WORD.sub(self._found, piece) for at, piece in enumerate(pieces))

    def template(self, text: str) -> str:
        """A Mustache template renamed: its words, and the fields that its tags name."""
        pieces = TAG.split(text)
        return "".join(self.dotted(piece) if at % 2 else self.text(piece) for at, piece in enumerate(pieces))

    def dotted(self, text: str) -> str:
        """A text whose words are names of the contracts: a full name, an expression's path, a tag."""
        return re.sub(r"[A-Za-z_]\w*", lambda found: self.names.get(found[0], found[0]), text)

    def original(self, text: str) -> str:
        """What a text was before it was renamed."""
        return re.sub(r"[A-Za-z]+", lambda found: _cased(self.undo.get(found[0].lower(), found[0]), found[0]), text)

    def _found(self, found: re.Match[str]) -> str:
        head, mark, tail = re.split(r"(['\u2019]|$)", found[0], maxsplit=1)
        is_function = re.sub(r"['\u2019]", "", found[0].lower()) in FUNCTION_WORDS
        return found[0] if is_function else self.word(head) + mark + tail

    def _other(self, small: str) -> str:
        form = form_of(small, self.stems)
        if form.root in self.stems:
            return form.of(self.stems[form.root])
        for typo, ending in ((small, ""), (small.removesuffix("s"), "s")):
            if (right := meant(typo, self.declared)) is not None:
                return misspelt(self._other(right), typo, right) + ending
        return small


def renaming_of(declared: Declared, seed: int, texts: Iterable[str]) -> Renaming:
    """A renaming of all that is declared. No pseudo-word is near a word of `texts`."""
    own = {word: form_of(word).root for word in declared.words}
    roots = frozenset(own.values())
    bases = sorted({form_of(word, roots - {root}).root for word, root in own.items()})
    said = {word for text in texts for word in re.findall("[a-z]+", text.lower())}
    made = pseudo_words(len(bases), seed, declared.words | said | FUNCTION_WORDS)
    renaming = Renaming(stems=dict(zip(bases, made, strict=True)), declared=declared.words)
    for name in declared.names:
        renaming.names[name] = "".join(renaming.word(part) if part.isalpha() else part for part in parts(name))
    return renaming


def _cased(word: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word.capitalize() if like[:1].isupper() else word
