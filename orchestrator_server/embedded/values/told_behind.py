"""What is told of many things behind their noun, and what is left out of them by a noun of its own."""

import datetime as dt
from collections.abc import Collection, Sequence

from orchestrator_server.embedded.conditions.conditions import Source, Tested, joined, test_of
from orchestrator_server.embedded.declared.features import is_content
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

_OWNED = lazy(
    r"(?:(?:of|from|by) )?(?:mine|ours|me|us)\b(?! (?:and|or)\b)"
    r"|(?:that )?(?:i|we) (?:still |currently )?(?:have|have got|got|hold)(?: (?:with you|here|there|on (?:my|this"
    r"|the) account"
    r"|open|running))*(?= (?:that|which|who|over|under|older|newer|placed|from)\b|$)"
)
"""Whose the things are, which restricts nothing."""
_WHAT_FOR = lazy(r"(?:(?<= )|^)(?:(?:has|have|had|needs?|ought) to|should|must|can|may|could) (?:all )?be [a-z]+")
"""What is to become of the things, behind what is said of them ("... over 100 must be stopped")."""
_RELATIVE = frozenset(["that", "which", "who", "where", "of", "mine"])


def told_behind(after: list[Token]) -> list[Token]:
    """What is said of the things, past whose they are ("of mine that ...", "I have with you that ...")."""
    text = norms(after)
    if found := _WHAT_FOR.search(text):
        after = after[: text[: found.start()].count(" ")]
    while after:
        owned = _OWNED.match(norms(after))
        if owned is None and not (after[0].norm in _RELATIVE or after[0].is_mark):
            break
        after = after[owned.group().strip().count(" ") + 1 if owned else 1 :]
    return after


def left_out(
    index: Index, source: Source, names: Collection[str], said: Sequence[Token], today: dt.date | None
) -> Tested | None:
    """What is left out by its own noun ("except open files with a map in them"): what stands before and behind it."""
    noun = next((i for i, token in enumerate(said) if token.stem in names), None)
    if noun is None:
        return None
    whole: Tested | None = None
    for part in ([t for t in said[:noun] if is_content(t)], told_behind(list(said[noun + 1 :]))):
        if not part:
            continue
        tested = test_of(index, part, [source], norms(said), today)
        if tested is None:
            return None
        whole = tested if whole is None else joined(whole, tested, "and")
    return whole
