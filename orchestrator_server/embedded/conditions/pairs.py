"""Conditions about several things by their ids: "if A-1 or A-2 is open", "if neither A-1 nor A-2 ..."."""

from collections.abc import Collection, Sequence

from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

_SUBJECTS = lazy(
    r"(?P<how>(?:either|both|neither)(?: of)?(?: the)? )?(?:\w+ )?<v>(?: ?, ?<v>)*(?: ?,? ?(?P<joint>and|or|nor) <v>)"
    r" (?P<rest>.+)"
)


def said_of_each(tokens: Sequence[Token], ids: Collection[str], own: str) -> tuple[str, list[tuple[Token, ...]]] | None:
    """How the conditions go together (and, or), and the condition over each thing; None where it is about one.

    What is to be done to one of the things (`own`) depends on that one alone, unless "both" or "neither" is said.
    """
    kept = [token for token in tokens if not token.is_mark or token.norm == ","]
    found = _SUBJECTS.fullmatch(norms(kept))
    if found is None:
        return None
    first = norms(kept)[: found.start("rest")].count(" ")
    values = [token for token in kept[:first] if token.shape in ids]
    if len(values) < 2:
        return None
    how = (found["how"] or "").split(" ")[0]
    mine = [token for token in values if token.value == own]
    if mine and how not in ("both", "neither"):
        values = mine
    no = [Token(surface="not", norm="not", stem="not", start=kept[0].start, end=kept[0].start)]
    rest = [*(no if how == "neither" else []), *kept[first:]]
    joint = "or" if found["joint"] == "or" and how != "neither" else "and"
    return joint, [(value, *rest) for value in values]
