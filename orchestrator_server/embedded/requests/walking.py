"""Walks the clauses of a message and gathers everything that it asks for."""

from itertools import zip_longest

from orchestrator_server.embedded.clauses.clauses import Clause, Role
from orchestrator_server.embedded.clauses.fragments import merged
from orchestrator_server.embedded.conditions.attaching import (
    attach,
    attach_opposite,
    give_reason,
    not_needed,
    settle,
    spare,
)
from orchestrator_server.embedded.conditions.branches import Branches
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.apart import governing_of
from orchestrator_server.embedded.requests.asks import Understood
from orchestrator_server.embedded.requests.calling import Requested, calls
from orchestrator_server.embedded.requests.choices import Choice, Verdict
from orchestrator_server.embedded.requests.either import doubt_both, is_alternative
from orchestrator_server.embedded.requests.matching import Match
from orchestrator_server.embedded.requests.moods import Mood, is_intended, mood_of
from orchestrator_server.embedded.requests.once_more import is_settled, same_again
from orchestrator_server.embedded.requests.pronouns import resolved
from orchestrator_server.embedded.requests.pruning import prune
from orchestrator_server.embedded.requests.retracting import retract, rules_out
from orchestrator_server.embedded.requests.said_twice import repeats_change
from orchestrator_server.embedded.requests.set_phrases import (
    is_do_it,
    is_how_many,
    is_place,
    is_quoted,
    is_relative,
    leaves,
)
from orchestrator_server.embedded.requests.settling import settled_by_condition
from orchestrator_server.embedded.requests.staying import is_sequence, stays
from orchestrator_server.embedded.requests.tidying import tidy, unread
from orchestrator_server.embedded.requests.times import Times
from orchestrator_server.embedded.requests.topics import (
    about_listed,
    about_topic,
    by_own_verb,
    names_topic,
    of_its_topic,
)
from orchestrator_server.embedded.requests.unheard import unheard
from orchestrator_server.embedded.words.text import Token

_CASES = (Role.CONDITION, Role.TEMPORAL)


def understand(message: Message) -> Understood:
    """Walks the clauses from left to right. Conditions are not compiled yet."""
    return _Walk(message).walk()


class _Walk:
    """`topic` names things for the next request, `kept` leaves something alone.

    `declined` is what was ruled out last, `before` what the last request said, `outcome` what came of one given up.
    """

    def __init__(self, message: Message) -> None:
        self._message = message
        self._result = Understood()
        self._branches = Branches(message, self._result.unclear)
        self._times = Times(message, self._result, self._branches)
        self._topic: Clause | None = None
        self._kept: Clause | None = None
        self._following: Clause | None = None
        self._declined: tuple[Match, Clause] | None = None
        self._before: tuple[Token, ...] = ()
        self._outcome: Clause | None = None
        self._has_refusals = False

    def walk(self) -> Understood:
        sentence = -1
        clauses = merged(self._message)
        for clause, self._following in zip_longest(clauses, clauses[1:]):
            if clause.sentence != sentence:
                self._branches.lead, sentence = (), clause.sentence
                self._times.begin()
            self._read(clause)
        result = self._result
        tidy(self._message, result)
        result.unclear += self._branches.unused(result.asks, self._has_refusals)
        result.unclear += unread(self._message, result.asks)
        prune(self._message, result)
        result.unclear += unheard(self._message, result, clauses)
        return result

    def _read(self, clause: Clause) -> None:
        match clause.role:
            case Role.REQUEST:
                self._request(clause)
            case Role.CONDITION:
                self._condition(clause)
            case Role.TEMPORAL:
                self._times.read(clause)
            case Role.ASIDE:
                give_reason(self._message, self._result.asks, clause)

    def _request(self, clause: Clause) -> None:
        said = self._message.of(clause)
        governing = self._branches.governing(clause)
        settle(self._result.asks, self._branches.asked_before(clause))
        self._branches.remember_question(said)
        self._kept = None
        topic, self._topic = self._topic, None
        if topic is None and names_topic(self._message, clause):
            self._topic = clause
            return
        if not governing and (stays(said) or (self._result.asks and is_sequence(said))):
            self._kept = clause
            return
        is_beside = is_quoted(self._message, clause) or is_relative(self._message, clause)
        if is_beside or (is_place(said) and self._goes_on(clause)):
            return
        before = governing[-1].tokens if governing and is_how_many(said) else self._before
        choice, tokens = resolved(self._message, self._named(topic, said), before)
        self._before = tokens
        choice = by_own_verb(self._message, choice, said) if topic is not None else choice
        choice, tokens = of_its_topic(self._message, clause, choice, tokens)
        choice = settled_by_condition(self._message, choice, governing, tokens)
        governing = governing_of(self._message, self._result.asks, clause, choice, governing)
        self._take(choice, Requested(clause=clause, tokens=tokens, governing=governing))
        self._times.follow(clause)

    def _goes_on(self, clause: Clause) -> bool:
        """Does the sentence go on with a request behind this clause?"""
        after = self._following
        return after is not None and after.sentence == clause.sentence and after.role is Role.REQUEST

    def _named(self, topic: Clause | None, said: tuple[Token, ...]) -> tuple[Token, ...]:
        """The request with the many things that were named or listed before it."""
        if topic is None:
            return about_listed(self._result.asks, said)
        return about_topic(self._message.of(topic), said) or said

    def _take(self, choice: Choice, said: Requested) -> None:
        """Does with a request what its choice says, where it stands for itself."""
        asks = self._result.asks
        own = self._message.of(said.clause)
        if (is_do_it(own) and self._settles(said)) or is_settled(self._message, asks, said.clause, choice):
            return
        if is_alternative(self._result, choice, said.clause):
            doubt_both(self._result, choice, said.clause)
        elif (more := same_again(self._message, asks, said)) is not None:
            asks += more
        else:
            self._follow(choice, said)

    def _settles(self, said: Requested) -> bool:
        """Does "do it" say that the effect is wanted that was only wondered about?"""
        if not self._result.doubts or self._result.doubts[-1].verdict is not Verdict.WONDERED:
            return False
        wondered, clause = self._result.doubts.pop(), self._result.doubted.pop()
        meant = Requested(clause=clause, tokens=self._message.of(clause), governing=said.governing)
        self._result.asks += calls(self._message, self._result, wondered.best, meant)
        return True

    def _follow(self, choice: Choice, said: Requested) -> None:
        if choice.matches and (
            repeats_change(self._message, self._result.asks, said) or self._was_given_up(choice, said)
        ):
            return
        if self._takes_back(choice, said):
            return
        match choice.verdict:
            case Verdict.CHOSEN:
                self._times.hold(choice, said)
                self._result.asks += calls(self._message, self._result, choice.best, said)
            case Verdict.UNSURE | Verdict.WONDERED:
                self._result.doubts.append(choice)
                self._result.doubted.append(said.clause)
            case Verdict.DECLINED:
                self._decline(said)
                self._declined = choice.best, said.clause
            case Verdict.NOTHING:
                self._nothing(said)

    def _takes_back(self, choice: Choice, said: Requested) -> bool:
        """Is what was asked for not wanted any more, in no case ("no, leave it")?"""
        after = self._following
        if said.clause is self._outcome:
            return False
        if said.governing or (after is not None and after.sentence == said.clause.sentence and after.role in _CASES):
            return False
        if choice.verdict is Verdict.DECLINED and rules_out(self._result, choice.best.profile, said.tokens):
            self._result.declined += 1
            return True
        return retract(self._message, self._result, self._message.of(said.clause))

    def _was_given_up(self, choice: Choice, said: Requested) -> bool:
        """Was the effect wanted once, and a "but" tells what came of it ("i wanted to stop it but it had left")?"""
        is_but = self._following is not None and self._following.joiner == "but"
        is_given_up = choice.best.profile.intent.has_effect and is_but and is_intended(said.tokens)
        self._outcome = self._following if is_given_up else None
        return is_given_up

    def _nothing(self, said: Requested) -> None:
        """What asks for nothing by itself may leave something as it is, take it up again, or only tell."""
        mood = mood_of(said.tokens)
        if (
            mood is Mood.REFUSAL
            or leaves(said.tokens)
            or not_needed(self._message, self._result.asks, said.governing, said.tokens)
        ):
            self._decline(said)
        elif self._declined and is_do_it(said.tokens):
            match, where = self._declined
            kept = tuple(t for t in self._message.of(where) if t.norm not in ("do", "not", "never"))
            self._result.asks += calls(
                self._message, self._result, match, Requested(clause=where, tokens=kept, governing=said.governing)
            )
        elif self._branches.told and mood in (Mood.STATEMENT, Mood.STORY):
            self._branches.settled += said.governing

    def _decline(self, said: Requested) -> None:
        """Remembers that something is not wanted, and that the effects before are wanted only where it is not so."""
        self._kept = said.clause
        self._branches.spared += said.governing
        self._result.declined += 1
        self._has_refusals = self._has_refusals or not said.governing
        for one in said.governing:
            spare(self._message, self._result.asks, one, said.tokens)

    def _has_then(self, clause: Clause) -> bool:
        """Is it an "unless" over what stands before it, and what is to be done then stands behind it?"""
        is_then = self._goes_on(clause) and self._following is not None and self._following.joiner == "then"
        return clause.negated and clause.leads and clause.joiner != "and" and is_then

    def _condition(self, clause: Clause) -> None:
        here = self._branches.read(clause)
        if here is None:
            return
        asks = self._result.asks
        if clause.joiner == "but" and clause.leads:
            attach_opposite(asks, here, clause)
        elif self._has_then(clause) and attach(self._message, asks, here, clause):
            here = here.flipped()
        self._branches.told.append(here)
        if not clause.leads and self._kept is not None and self._kept.sentence == clause.sentence:
            self._branches.spared.append(here)
            spare(self._message, asks, here, self._message.of(self._kept))
        elif clause.leads or not attach(self._message, asks, here, clause):
            self._branches.lead = self._branches.led(here, clause)
