"""The words by which a message names a value of an enum."""

from collections.abc import Sequence
from functools import lru_cache

from orchestrator_server.catalogue import Parameter
from orchestrator_server.embedded.declared.fields import stems_of
from orchestrator_server.embedded.words.english import IRREGULAR, NEGATIONS, stem
from orchestrator_server.embedded.words.text import Token


def enum_value(parameter: Parameter, tokens: Sequence[Token], *, denied: bool = False) -> str | None:
    """The enum value whose words occur, its own or others that are declared for it, by its full name.

    Of two that occur the one with the longer words is meant: "not closed" is not "closed". With `denied` only words
    that deny something themselves count.
    """
    said = f" {' '.join(_state_stem(token.norm, token.stem) for token in tokens)} "
    others = parameter.enum_words or ((),) * len(parameter.enum_names)
    found = [
        (len(words), parameter.enum_prefix + name)
        for name, phrases in zip(parameter.enum_names, others, strict=True)
        for words in (stems_of(name), *(_state_stems(phrase) for phrase in phrases))
        if f" {' '.join(words)} " in said and (words[0] in NEGATIONS or not denied)
    ]
    return max(found)[1] if found else None


@lru_cache(maxsize=1024)
def _state_stems(phrase: str) -> tuple[str, ...]:
    return tuple(_state_stem(word, stem(word)) for word in phrase.lower().split())


def _state_stem(word: str, stemmed: str) -> str:
    """The stem of a word that may tell a state: "sent" is one, "send" asks for something."""
    return word if word in IRREGULAR else stemmed
