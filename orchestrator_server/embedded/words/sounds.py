"""Sounds that people type while they think ("oh", "hmm"): they say nothing, and are left out."""

from collections.abc import Iterator, Sequence

from orchestrator_server.embedded.words.english import words
from orchestrator_server.embedded.words.text import Token

_SOUNDS = words("oh ooh ah aah aha um umm uh uhm hm hmm hmmm er erm eh argh aargh ugh phew")


def without_sounds(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens without sounds and the comma behind each; all of them where there is nothing else."""
    kept = tuple(_kept(tokens))
    return kept if any(not token.is_mark for token in kept) else tuple(tokens)


def _kept(tokens: Sequence[Token]) -> Iterator[Token]:
    was_sound = False
    for token in tokens:
        is_sound = token.norm in _SOUNDS and not token.shape
        if not is_sound and not (was_sound and token.norm == ","):
            yield token
        was_sound = is_sound
