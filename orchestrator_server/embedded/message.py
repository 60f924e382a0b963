"""One message as all parts of the planner see it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from orchestrator_server.embedded.clauses import Clause, clauses_of
from orchestrator_server.embedded.context import Context
from orchestrator_server.embedded.frames import unended, unframed
from orchestrator_server.embedded.index import Index
from orchestrator_server.embedded.longs import with_longs
from orchestrator_server.embedded.text import Token, cleaned, norms

_MARKER = re.compile(r"(?m)^\s*(?:\(?\d{1,2}[.)]|[-*•>]|[a-e]\))\s+")
"""What stands before the items of a list."""

_BEFORE_IS = frozenset(["if", "unless", "when", "because", "whether", "though", "but", "since"])
_VERBS = frozenset(["is", "are", "was", "were", "has", "have", "had", "will", "does", "do", "did", "says"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """The cleaned text, its tokens and clauses, what the catalogue offers and what the conversation gives."""

    text: str
    tokens: tuple[Token, ...]
    clauses: tuple[Clause, ...]
    index: Index
    context: Context

    def of(self, clause: Clause) -> tuple[Token, ...]:
        """The tokens of a clause."""
        own = self.tokens[clause.first : clause.end]
        return own if clause.verb is None else (self.tokens[clause.verb], *own)

    def words(self, tokens: Sequence[Token]) -> str:
        """What the user typed from the first to the last of `tokens`."""
        return self.text[tokens[0].start : tokens[-1].end].strip() if tokens else ""

    @property
    def norms(self) -> str:
        """All normalised words."""
        return norms(self.tokens)

    def ids(self, shape: str) -> list[str]:
        """The ids of one shape, each once, in the order of the message."""
        return list(dict.fromkeys(token.value for token in self.tokens if token.shape == shape))


def message_of(text: str, index: Index, context: Context) -> Message:
    """Takes a text apart."""
    text = _MARKER.sub("", cleaned(text))
    tokens = unended(index.tokens(text))
    if index.has_long:
        tokens = with_longs(tokens, text, index.ids, index.verbs, index.knows)
    tokens = unframed(tuple(_spelled_out(tokens)))
    return Message(text=text, tokens=tokens, clauses=clauses_of(tokens, index.verbs), index=index, context=context)


def _spelled_out(tokens: Sequence[Token]) -> Iterator[Token]:
    """With `its` as `it is` where nothing belongs to it ("if its late")."""
    for at, token in enumerate(tokens):
        follows = {t.norm for t in tokens[at + 1 : at + 4]}
        if token.norm == "its" and at and tokens[at - 1].norm in _BEFORE_IS and not follows & _VERBS:
            yield replace(token, norm="it", stem="it")
            verb = "has" if follows & {"been", "got"} else "is"
            yield replace(token, surface="", norm=verb, stem=verb)
        else:
            yield token
