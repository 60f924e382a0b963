"""The conditions of a message in their order: what "if so" and "otherwise" point at, and which were of no use."""

from collections.abc import Iterator, Sequence

from orchestrator_server.embedded.clauses.clauses import Clause, Link
from orchestrator_server.embedded.conditions.claims import claim_in
from orchestrator_server.embedded.conditions.conditions import ellipsis_of
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Ask, Governing, question_in
from orchestrator_server.embedded.requests.moods import Mood, mood_of
from orchestrator_server.embedded.requests.set_phrases import leaves
from orchestrator_server.embedded.words.english import TAG
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

_TAG = lazy(rf"{TAG}(?: \?)?")
"""A question that only asks for a nod."""
_NO_MATTER = lazy(
    r"\b(?:no matter|does not matter|never mind|so be it|no harm done|too bad|bad luck|tough luck|no worries|no problem"
    r"|all (?:is )?(?:well|good)|that is (?:that|life|fine)|what a pity|all the better|nothing to do)\b"
)
"""What is said of the other case, in which nothing is to happen."""
_Key = tuple[tuple[Token, ...], bool]


class Branches:
    """What was asked, claimed or supposed so far; what cannot be pointed at goes into `unclear`.

    `lead` governs the requests that follow in the sentence, `told` are all conditions. `spared` are those under which
    something is to be left alone, `settled` those after which something is only told.
    """

    def __init__(self, message: Message, unclear: list[str]) -> None:
        self.lead: tuple[Governing, ...] = ()
        self.told: list[Governing] = []
        self.spared: list[Governing] = []
        self.settled: list[Governing] = []
        self._message = message
        self._unclear = unclear
        self._last: Governing | None = None
        self._meant: Governing | None = None
        self._open: list[Governing] = []

    def governing(self, clause: Clause) -> tuple[Governing, ...]:
        """The conditions over a request, by the word that links it to what stands before."""
        match clause.link:
            case Link.OTHERWISE:
                self._point(self._otherwise(), "otherwise")
            case Link.SO:
                self._point((self._meant,) if self._meant else (), "if so")
            case Link.ANYWAY:
                self.lead = ()
            case Link.PLAIN if clause.joiner == "also" and not clause.is_fragment:
                self.lead = ()
        return self.lead

    def remember_question(self, tokens: tuple[Token, ...]) -> None:
        """What a question asks or a statement claims can be pointed at by "if so" and "if not"."""
        if _TAG.fullmatch(norms(tokens)):
            return
        is_ruled_out = leaves(tokens) or mood_of(tokens) is Mood.REFUSAL
        found = None if is_ruled_out else question_in(self._message, tokens) or self._coming(tokens)
        if found is None and mood_of(tokens) in (Mood.STATEMENT, Mood.STORY) and not self.lead:
            found = claim_in(self._message, tokens) if not (self._last and self.told) else None
        if found is not None:
            self._last = self._meant = self._continued(found, tokens)
            self._open = []

    def _continued(self, found: Governing, tokens: tuple[Token, ...]) -> Governing:
        """With what it goes on from: "has it left, and was that 3 days ago?" asks for both."""
        first = next((at for at, token in enumerate(self._message.tokens) if token is tokens[0]), 0)
        is_joined = first > 1 and self._message.tokens[first - 1].norm in ("and", "or")
        before = self._last.tokens if self._last is not None and not self._last.negated else ()
        if not (is_joined and before and before[-1] is self._message.tokens[first - 2]):
            return found
        whole = (*before, self._message.tokens[first - 1], *found.tokens)
        return Governing(tokens=whole, words=self._message.words(whole), negated=False)

    def _coming(self, tokens: tuple[Token, ...]) -> Governing | None:
        """What is asked of what is to come ("will it be here by Friday?")."""
        if len(tokens) < 3 or tokens[0].norm != "will" or tokens[1].norm in ("you", "i", "we", "someone"):
            return None
        said = tuple(token for token in tokens if not token.is_mark)
        return Governing(tokens=said, words=self._message.words(said), negated=False)

    def remember_time(self, clause: Clause) -> None:
        """What must come first ("once it has arrived") can be pointed at as well."""
        tokens = self._message.of(clause)
        self._meant = self._last = Governing(tokens=tokens, words=self._message.words(tokens), negated=False)

    def read(self, clause: Clause) -> Governing | None:
        """The condition of a clause; None where it points at nothing ("if it has")."""
        found = self._meaning(clause)
        if found is None:
            return None
        here = found.flipped(clause.negated)
        self._meant, self._last = found, here
        self._open = [*self._open, here] if clause.leads and self._is_next(here) else [here]
        return here

    def unused(self, asks: Sequence[Ask], has_refusals: bool) -> list[str]:
        """Conditions that nothing hangs on, where something is to be changed: they must be asked about."""
        effects = [ask for ask in asks if ask.profile.intent.has_effect]
        if not effects:
            return []
        used = [*(one for ask in asks for one in ask.governing), *self.spared]
        if has_refusals or all(ask.governing for ask in effects):
            used += self.settled
        keys = {key for one in used for key in _keys(one)}
        if all(ask.governing for ask in effects) and _NO_MATTER.search(self._message.norms):
            keys |= {(tokens, not negated) for tokens, negated in keys}
        return [told.words for told in self.told if (told.tokens, told.negated) not in keys]

    def _point(self, lead: tuple[Governing, ...], words: str) -> None:
        self.lead = lead
        if not lead:
            self._unclear.append(words)

    def _otherwise(self) -> tuple[Governing, ...]:
        """The opposite of all branches so far, else of what was asked or claimed."""
        branches = self._open if self._last in self._open else [self._last] if self._last else []
        return tuple(branch.otherwise() for branch in branches)

    def _meaning(self, clause: Clause) -> Governing | None:
        """What a condition says before an "unless" turns it round."""
        tokens = self._message.of(clause)
        words = self._message.words(tokens)
        pointing = ellipsis_of(tokens)
        if pointing is None:
            return Governing(tokens=tokens, words=f"unless {words}" if clause.negated else words, negated=False)
        if self._last is None:
            self._unclear.append(words)
            return None
        return self._last.pointed_at(pointing)

    def _is_next(self, here: Governing) -> bool:
        """Is it another case of the same thing ("if it has left ... if it is still here ... otherwise ...")?"""
        if not self._open or self._message.index.names_id(here.tokens):
            return False
        return all(branch.tokens != here.tokens for branch in self._open)


def _keys(governing: Governing) -> Iterator[_Key]:
    """A condition, and its opposite where that is said outright: both are read when one of them is."""
    yield governing.tokens, governing.negated
    if governing.words.startswith("otherwise, so not"):
        yield governing.tokens, not governing.negated
