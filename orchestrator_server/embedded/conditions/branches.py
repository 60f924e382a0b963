"""The conditions of a message in their order: what "if so" and "otherwise" point at, and which were of no use."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from orchestrator_server.embedded.clauses.clauses import Clause, Link
from orchestrator_server.embedded.conditions.claims import claim_before, claim_in
from orchestrator_server.embedded.conditions.conditions import ellipsis_of
from orchestrator_server.embedded.conditions.ellipses import about, of_own_thing, topic_before
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
_TELLS = lazy(r"(?:\W|well |so |hi |hello )*(?:<v>|it|this|that) (?:is|has|was|costs?|contains?)(?! to\b) ")
"""How a thing is, in words that nobody would ask for anything with."""
_IF_NOT = lazy(r"\b(?:if|when) not\b(?: so)?(?: [,:])?(?: then)?(?: [.,;!?]|$)")
"""What says that something asked about is not so."""
_ELSE = lazy(r"\b(?:otherwise|else)(?: ,)? (?:if|when)$")
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
        self._asked: Governing | None = None
        self._open: list[Governing] = []
        self._before: list[Governing] = []

    def governing(self, clause: Clause) -> tuple[Governing, ...]:
        """The conditions over a request, by the word that links it to what stands before."""
        match clause.link:
            case Link.OTHERWISE:
                self._look_back(clause)
                self._point(self._otherwise(clause), "otherwise")
                self._go_on_from(self.lead)
            case Link.SO:
                self._look_back(clause)
                self._point(self._so(clause), "if so")
                self._go_on_from(self.lead)
            case Link.ANYWAY:
                self.lead = ()
            case Link.PLAIN if clause.joiner == "also" and not clause.is_fragment and not self._is_next_to_lead(clause):
                self.lead = ()
        return self.lead

    def _is_next_to_lead(self, clause: Clause) -> bool:
        """Does the request come right behind the condition ("if it is open, also show it")?"""
        if not self.lead or not self.lead[-1].tokens:
            return False
        between = self._message.tokens[clause.first].start - self.lead[-1].tokens[-1].end
        return 0 <= between <= len(" , also ")

    def asked_before(self, clause: Clause) -> Governing | None:
        """What was asked or claimed, in the case in which an "otherwise" before this clause does not hold."""
        if clause.link is not Link.OTHERWISE or self._asked is None or len(self.lead) != 1:
            return None
        return replace(self._asked, negated=not self.lead[0].negated)

    def remember_question(self, tokens: tuple[Token, ...]) -> None:
        """What a question asks or a statement claims can be pointed at by "if so" and "if not"."""
        if _TAG.fullmatch(norms(tokens)):
            return
        is_ruled_out = leaves(tokens) or mood_of(tokens) is Mood.REFUSAL
        found = None if is_ruled_out else question_in(self._message, tokens) or self._coming(tokens)
        is_told = mood_of(tokens) in (Mood.STATEMENT, Mood.STORY) or _TELLS.match(norms(tokens))
        if found is None and is_told and not is_ruled_out and not self.lead:
            found = claim_in(self._message, tokens) if not (self._last and self.told) else None
        if found is not None:
            self._last = self._meant = self._asked = self._continued(found, tokens)
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
        is_asked = any(token.norm == "?" for token in here.tokens[-1:])
        self._meant, self._last, self._asked = found, here, here if is_asked else None
        is_next = (clause.leads or self._is_of_next_request(clause)) and self._is_next(here)
        self._before = self._open
        self._open = [*self._open, here] if is_next else [here]
        return here

    def led(self, here: Governing, clause: Clause) -> tuple[Governing, ...]:
        """What governs from here on: behind "otherwise" only what the limits before it leave over."""
        is_else = _ELSE.search(norms(self._message.tokens[max(0, clause.first - 4) : clause.first])) is not None
        before = [one for one in self._before if one is not here and _limits(one)] if is_else and _limits(here) else []
        return (*(one.otherwise() for one in before), here)

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

    def _go_on_from(self, lead: tuple[Governing, ...]) -> None:
        """Makes a branch what the next "otherwise" is the opposite of; that of several at once nobody can say."""
        self._last = lead[0] if len(lead) == 1 else None
        self._open = list(lead)

    def _look_back(self, clause: Clause) -> None:
        """Where nothing was asked or supposed, a remark may claim what is pointed at."""
        if self._last is None and not self.told:
            self._last = self._meant = claim_before(self._message, clause.first)

    def _so(self, clause: Clause) -> tuple[Governing, ...]:
        """What was asked or supposed last; of a thing that was named since, the same."""
        thing = topic_before(self._message, self._meant, clause) if self._meant else None
        found = about(self._message, self._meant, thing) if self._meant and thing else self._meant
        return (found,) if found else ()

    def _otherwise(self, clause: Clause) -> tuple[Governing, ...]:
        """The opposite of all branches so far, else of what was asked or claimed: "if not" says that it is not so."""
        if self._last is not None and (thing := topic_before(self._message, self._last, clause)) is not None:
            own = about(self._message, self._last, thing)
            return (own.otherwise(),) if own else ()
        if self._last is not None and self._is_of_another(self._last, clause):
            return ()
        if self._asked is not None and self._last is self._asked and self._says_not(clause):
            denied = self._asked.pointed_at(holds=False)
            return (replace(denied, words=f"otherwise, so not: {denied.words}"),)
        branches = self._open if self._last in self._open else [self._last] if self._last else []
        return tuple(branch.otherwise() for branch in branches)

    def _is_of_another(self, last: Governing, clause: Clause) -> bool:
        """Is another thing named in a request that "if not" ends, so that either may be meant?"""
        if not _IF_NOT.match(norms(self._message.tokens[clause.end : clause.end + 4])):
            return False
        ids = self._message.index.ids
        named = {token.value for token in last.tokens if token.shape in ids} or {
            token.value for token in self._message.tokens[: clause.first] if token.shape in ids
        }
        own = {token.value for token in self._message.of(clause) if token.shape in ids}
        return bool(own) and bool(named) and own.isdisjoint(named)

    def _says_not(self, clause: Clause) -> bool:
        """Is the request tied by "if not", before or behind it, and by no "otherwise"?"""
        before = norms(self._message.tokens[max(0, clause.first - 4) : clause.first])
        return bool(_IF_NOT.search(before) or _IF_NOT.match(norms(self._message.tokens[clause.end : clause.end + 4])))

    def _meaning(self, clause: Clause) -> Governing | None:
        """What a condition says before an "unless" turns it round."""
        tokens = self._message.of(clause)
        words = self._message.words(tokens)
        pointing = ellipsis_of(tokens)
        if pointing is None:
            return Governing(tokens=tokens, words=f"unless {words}" if clause.negated else words, negated=False)
        self._look_back(clause)
        if self._last is None:
            self._unclear.append(words)
            return None
        meant = of_own_thing(self._message, self._last, clause)
        if meant is None:
            self._unclear.append(words)
            return None
        return meant.pointed_at(pointing)

    def _is_of_next_request(self, clause: Clause) -> bool:
        """Does something else, of no other thing, stand before it ("stop it if it is open, show it if it has left")?"""
        last = self._open[-1].tokens[-1].end if self._open and self._open[-1].tokens else None
        if last is None or not self._message.tokens[clause.first].start > last:
            return False
        index = self._message.index
        between = [t for t in self._message.tokens[: clause.first] if t.start >= last]
        acts = any(t.stem in index.verbs or t.stem in index.effect_verbs for t in between)
        return acts and not index.names_id(between)

    def _is_next(self, here: Governing) -> bool:
        """Is it another case of the same thing ("if it has left ... if it is still here ... otherwise ...")?"""
        if not self._open or self._message.index.names_id(here.tokens):
            return False
        return all(branch.tokens != here.tokens for branch in self._open)


def _limits(governing: Governing) -> bool:
    """Does it set a limit, so that another may hold beside it?"""
    return any(token.norm[:1].isdigit() for token in governing.tokens)


def _keys(governing: Governing) -> Iterator[_Key]:
    """A condition, and its opposite where that is said outright: both are read when one of them is."""
    yield governing.tokens, governing.negated
    if governing.words.startswith("otherwise, so not"):
        yield governing.tokens, not governing.negated
