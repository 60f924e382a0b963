"""Times in a message: what must come first holds an effect back, "before you ..." puts one in its turn."""

from orchestrator_server.embedded.clauses.clauses import Clause, Role
from orchestrator_server.embedded.conditions.branches import Branches
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Ask, Understood
from orchestrator_server.embedded.requests.calling import Requested, calls
from orchestrator_server.embedded.requests.choices import Choice
from orchestrator_server.embedded.requests.in_turn import done_in_turn
from orchestrator_server.embedded.requests.moods import Mood, mood_of
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import norms

_TOLD_TO_WAIT = lazy(r"\b(?:wait|hold on|hold off|leave it)(?: (?:until|till))?\W*$")


class Times:
    """`waits` is what must come first in the sentence, `later` is to be done behind its next request."""

    def __init__(self, message: Message, result: Understood, branches: Branches) -> None:
        self._message = message
        self._result = result
        self._branches = branches
        self._waits: Clause | None = None
        self._later: list[Ask] = []

    def begin(self) -> None:
        """A new sentence waits for nothing."""
        self._waits = None

    def read(self, clause: Clause) -> None:
        """What must come first governs nothing that a plan can say; what is done "before" is done now."""
        if not self._branches.lead and (found := done_in_turn(self._message, clause)) is not None:
            self._put(clause, *found)
            return
        if clause.joiner == "before":
            return
        last = self._result.asks[-1] if self._result.asks else None
        if clause.leads or self._is_told_to_wait(clause):
            self._waits = clause
            self._branches.remember_time(clause)
        elif last is not None and self._is_its_time(last.clause, clause) and last.profile.intent.has_effect:
            self._result.unclear.append(self._message.words(self._message.of(clause)))

    def hold(self, choice: Choice, said: Requested) -> None:
        """An effect after "once it has arrived, ..." would be done at once: it is asked about."""
        if self._waits is None or said.governing or not choice.best.profile.intent.has_effect:
            return
        if said.clause.joiner != "but":
            self._result.unclear.append(self._message.words(self._message.of(self._waits)))
        self._waits = None

    def follow(self, clause: Clause) -> None:
        """Adds what is to be done later, where the request of `clause` was understood."""
        if self._result.asks and self._result.asks[-1].clause == clause:
            self._result.asks += self._later
        self._later = []

    def _put(self, clause: Clause, choice: Choice, said: Requested) -> None:
        """Puts an effect where its time is: before the last request, behind it, or behind the next."""
        asks = self._result.asks
        found = list(calls(self._message, self._result, choice.best, said))
        is_before = clause.joiner == "before"
        is_first = not any(ask.clause.sentence == clause.sentence for ask in asks)
        if is_before and is_first:
            self._later = found
        elif is_before or is_first:
            asks += found
        else:
            asks[-1:-1] = found

    def _is_told_to_wait(self, time: Clause) -> bool:
        """Does the time belong to a "wait until ...", behind which something is to be done?"""
        before = norms(self._message.tokens[max(0, time.first - 3) : time.first])
        return _TOLD_TO_WAIT.search(before) is not None

    def _is_its_time(self, asked: Clause, time: Clause) -> bool:
        """Does the time belong to what was asked, and to no remark between them ("stop it, i was ill when ...")?"""
        between = [c for c in self._message.clauses if asked.end <= c.first < time.first and c.role is Role.REQUEST]
        told = (mood_of(self._message.of(clause)) for clause in between)
        return asked.sentence == time.sentence and not any(mood in (Mood.STATEMENT, Mood.STORY) for mood in told)
