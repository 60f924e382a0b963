"""One message as all parts of the planner see it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from orchestrator_server.embedded.clauses.clauses import Clause, clauses_of
from orchestrator_server.embedded.conversation.context import Context
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.plainly.listing.announced import without_announcement
from orchestrator_server.embedded.plainly.listing.asked_on import with_asks_apart
from orchestrator_server.embedded.plainly.listing.bare_questions import turned_round
from orchestrator_server.embedded.plainly.listing.counted_off import uncounted
from orchestrator_server.embedded.plainly.listing.marked_off import with_marks
from orchestrator_server.embedded.plainly.listing.run_together import with_breaks
from orchestrator_server.embedded.plainly.listing.turning import turned
from orchestrator_server.embedded.plainly.naming.from_ahead import with_places_behind
from orchestrator_server.embedded.plainly.naming.fronted import unfronted
from orchestrator_server.embedded.plainly.naming.fronted_ids import with_ids_behind
from orchestrator_server.embedded.plainly.naming.only_these import without_only
from orchestrator_server.embedded.plainly.naming.something import without_story_of_it
from orchestrator_server.embedded.plainly.naming.which_id import with_ids_placed
from orchestrator_server.embedded.plainly.supposing.branched import with_branches
from orchestrator_server.embedded.plainly.supposing.cases import with_cases
from orchestrator_server.embedded.plainly.valuing.as_many import with_numbers_again
from orchestrator_server.embedded.plainly.valuing.both_values import with_both_set
from orchestrator_server.embedded.plainly.valuing.likened import unlikened
from orchestrator_server.embedded.plainly.valuing.outdated import without_outdated
from orchestrator_server.embedded.plainly.valuing.second_thoughts import settled
from orchestrator_server.embedded.plainly.valuing.stale_values import without_stale
from orchestrator_server.embedded.plainly.valuing.thither import with_places
from orchestrator_server.embedded.plainly.valuing.varying import varied
from orchestrator_server.embedded.plainly.valuing.wavering import plainly_torn
from orchestrator_server.embedded.plainly.wishing.clefts import plain_order
from orchestrator_server.embedded.plainly.wishing.done_behind import with_verbs_ahead
from orchestrator_server.embedded.plainly.wishing.dropped_subjects import with_dropped_subjects
from orchestrator_server.embedded.plainly.wishing.frames import unended, unframed
from orchestrator_server.embedded.plainly.wishing.going_back import sent_back
from orchestrator_server.embedded.plainly.wishing.idioms import unidiomatic
from orchestrator_server.embedded.plainly.wishing.insisting import plainly_insisted
from orchestrator_server.embedded.plainly.wishing.roundabout import straightened
from orchestrator_server.embedded.words.common import bases_of
from orchestrator_server.embedded.words.english import stem
from orchestrator_server.embedded.words.lists import listed
from orchestrator_server.embedded.words.longs import with_longs
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.sounds import without_sounds
from orchestrator_server.embedded.words.text import Token, cleaned, new_word, norms

_ID_IS = lazy(r"(?<![\w-])([A-Za-z]-\d{3,8})s(?= [a-z])")
"""An id with the "is" that was typed onto it ("A-1042s still here")."""
_DICTATED = lazy(r"(?i)(?<!\ba)(?<!\bthe)\s+(comma|full stop|question mark|exclamation mark)\b")
_MARKS = {"comma": ",", "full stop": ".", "question mark": "?", "exclamation mark": "!"}
"""Marks that were spoken."""
_BEFORE_IS = frozenset(["if", "unless", "when", "because", "whether", "though", "but", "since", "except", "assuming"])
_VERBS = frozenset(["is", "are", "was", "were", "has", "have", "had", "will", "does", "do", "did", "says"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """The cleaned text, its tokens and clauses, what the catalogue offers and what the conversation gives.

    `norms` are all normalised words.
    """

    text: str
    tokens: tuple[Token, ...]
    clauses: tuple[Clause, ...]
    index: Index
    context: Context
    norms: str

    def of(self, clause: Clause) -> tuple[Token, ...]:
        """The tokens of a clause."""
        own = self.tokens[clause.first : clause.end]
        return own if clause.verb is None else (self.tokens[clause.verb], *own)

    def words(self, tokens: Sequence[Token]) -> str:
        """What the user typed from the first to the last of `tokens`."""
        return self.text[tokens[0].start : tokens[-1].end].strip() if tokens else ""

    def ids(self, shape: str) -> list[str]:
        """The ids of one shape, each once, in the order of the message."""
        return list(dict.fromkeys(token.value for token in self.tokens if token.shape == shape))


def message_of(text: str, index: Index, context: Context) -> Message:
    """Takes a text apart."""
    text = _DICTATED.sub(lambda found: _MARKS[found[1].lower()], text)
    text = _ID_IS.sub(r"\1 is", listed(cleaned(text)))
    tokens = unended(index.tokens(text))
    if index.has_long:
        tokens = with_longs(tokens, text, index.ids, index.verbs, index.knows)
    tokens = with_dropped_subjects(tokens)
    tokens = plainly_torn(turned(unidiomatic(without_sounds(tuple(_spelled_out(tokens))), index)))
    tokens = with_marks(unlikened(uncounted(without_announcement(turned_round(tokens)))), index)
    tokens = sent_back(plainly_insisted(with_places_behind(tokens, index), index), index)
    tokens = with_both_set(without_story_of_it(tokens, index), index)
    tokens = without_stale(without_outdated(settled(varied(with_numbers_again(tokens))), index.ids), index.ids)
    tokens = with_ids_placed(tokens, index)
    tokens = straightened(tokens, index)
    tokens = unframed(plain_order(with_places(tokens, index.ids)))
    tokens = with_branches(tokens)
    tokens = with_cases(tuple(_with_subjects(tokens, index.verbs)), index)
    tokens = with_verbs_ahead(tokens, index)
    tokens = without_only(with_ids_behind(tokens, index), index)
    tokens = with_asks_apart(unfronted(tokens, index), index)
    tokens = with_breaks(tokens, index)
    clauses = clauses_of(tokens, index.verbs)
    return Message(text=text, tokens=tokens, clauses=clauses, index=index, context=context, norms=norms(tokens))


def _with_subjects(tokens: Sequence[Token], verbs: frozenset[str]) -> Iterator[Token]:
    """With "before you stop it" for "... before stopping it"."""
    for at, token in enumerate(tokens):
        base = None
        if at > 1 and token.norm.endswith("ing") and tokens[at - 1].norm == "before" and not tokens[at - 2].is_mark:
            base = min((word for word in bases_of(token.norm) if stem(word) in verbs), key=len, default=None)
        if base is None:
            yield token
        else:
            yield new_word("you", token)
            yield replace(token, norm=base, stem=stem(base))


def _spelled_out(tokens: Sequence[Token]) -> Iterator[Token]:
    """With `its` as `it is` where nothing belongs to it ("if its late")."""
    for at, token in enumerate(tokens):
        follows = {t.norm for t in tokens[at + 1 : at + 4]}
        if token.norm == "its" and at and tokens[at - 1].norm in _BEFORE_IS and not follows & _VERBS:
            yield replace(token, norm="it", stem="it")
            verb = "has" if follows & {"been", "got"} else "is"
            yield replace(token, surface="", norm=verb, stem=verb)
        elif token.norm == "'s" and tokens[at + 1 : at + 2] and tokens[at + 1].shape:
            yield replace(token, norm="is", stem="is")
        else:
            yield token
