"""Walks the clauses of a message and gathers everything that it asks for."""

import re
from collections.abc import Iterator
from dataclasses import replace

from orchestrator_server.embedded.asks import Ask, Governing, Understood, is_by_element, question_in
from orchestrator_server.embedded.choosing import Verdict, choose
from orchestrator_server.embedded.clauses import Clause, Link, Role
from orchestrator_server.embedded.conditions import ellipsis_of
from orchestrator_server.embedded.fan import fan_of
from orchestrator_server.embedded.fields import stems_of
from orchestrator_server.embedded.fragments import merged
from orchestrator_server.embedded.index import is_content
from orchestrator_server.embedded.matching import Match
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.moods import Mood, mood_of
from orchestrator_server.embedded.restraint import limit_in
from orchestrator_server.embedded.shapes import Kind
from orchestrator_server.embedded.slots import Filled, fill, pointed_shapes
from orchestrator_server.embedded.text import Token, norms

_TOLD = re.compile(r"\b(?:is|are|has|have|was|were|not|did|does|will)\b")


def understand(message: Message) -> Understood:
    """Walks the clauses from left to right."""
    return _Walk(message).walk()


class _Walk:
    def __init__(self, message: Message) -> None:
        self._message = message
        self._result = Understood()
        self._lead: Governing | None = None
        self._last: Governing | None = None
        self._sentence = -1

    def walk(self) -> Understood:
        """The result; conditions are not compiled yet."""
        for clause in merged(self._message):
            if clause.sentence != self._sentence:
                self._lead, self._sentence = None, clause.sentence
            match clause.role:
                case Role.REQUEST:
                    self._request(clause)
                case Role.CONDITION:
                    self._condition(clause)
                case Role.TEMPORAL:
                    self._wait(clause)
                case Role.ASIDE:
                    self._reason(clause)
        asks = self._result.asks
        if len(asks) > 1 and not all(_only_names(self._message, ask) for ask in asks):
            self._result.asks = [ask for ask in asks if not _only_names(self._message, ask)]
        return self._result

    def _request(self, clause: Clause) -> None:
        tokens = self._message.of(clause)
        governing = self._governing(clause)
        self._remember_question(tokens)
        choice = choose(self._message.index, tokens, pointed_shapes(self._message, tokens))
        if self._is_quoted(clause):
            return
        if choice.verdict is Verdict.CHOSEN:
            self._result.asks += self._calls(choice.best, clause, tokens, governing)
        elif choice.verdict in (Verdict.UNSURE, Verdict.WONDERED):
            self._result.doubts.append(choice)
            self._result.doubted.append(clause)
        elif choice.verdict is Verdict.DECLINED:
            self._result.declined += 1

    def _is_quoted(self, clause: Clause) -> bool:
        """Is this what somebody or something else says ("the letter says: ...")?"""
        said = norms(self._message.tokens[max(0, clause.first - 8) : clause.first])
        return (
            re.search(r"\b(?:says|said|saying|reads|wrote|writes|told me|states) (?:that )?[:,] ?\W*$", said)
            is not None
        )

    def _calls(
        self, match: Match, clause: Clause, tokens: tuple[Token, ...], governing: tuple[Governing, ...]
    ) -> Iterator[Ask]:
        profile = match.profile
        fan = fan_of(self._message.index, profile, tokens)
        if fan is not None and fan.unclear:
            self._result.unclear.append(fan.unclear)
        if profile.intent.has_effect and (limit := limit_in(self._message.index, profile, tokens, fan)) is not None:
            self._result.unclear.append(self._message.words(tokens) if "<v>" in limit else limit)
        calls = fill(profile, self._message, tokens)
        if fan is not None:
            kept = {k: v for k, v in calls[0].arguments.items() if not is_by_element(profile, k)}
            calls = [Filled(arguments=kept)]
        if len(calls) > 1 and any(token.norm == "or" for token in tokens):
            self._result.ambiguous = True
        for call in calls:
            yield Ask(
                profile=profile,
                filled=call,
                clause=clause,
                tokens=tokens,
                score=match.score,
                fan=fan,
                governing=governing,
            )

    def _governing(self, clause: Clause) -> tuple[Governing, ...]:
        match clause.link:
            case Link.OTHERWISE:
                self._lead = self._last.otherwise() if self._last else None
                if self._lead is None:
                    self._result.unclear.append("otherwise")
            case Link.SO:
                self._lead = self._last
                if self._lead is None:
                    self._result.unclear.append("if so")
            case Link.ANYWAY:
                self._lead = None
            case Link.PLAIN:
                if clause.joiner == "also":
                    self._lead = None
        return (self._lead,) if self._lead else ()

    def _remember_question(self, tokens: tuple[Token, ...]) -> None:
        """What a question asks can be pointed at by "if so" and "if not"."""
        self._last = question_in(self._message, tokens) or self._last

    def _condition(self, clause: Clause) -> None:
        tokens = self._message.of(clause)
        pointing = ellipsis_of(tokens)
        if pointing is not None:
            here = self._last.pointed_at(pointing) if self._last else None
            if here is None:
                self._result.unclear.append(self._message.words(tokens))
                return
        else:
            here = Governing(tokens=tokens, words=self._said(clause), negated=False)
        self._last = here = here.flipped(clause.negated)
        if clause.joiner == "but" and clause.leads:
            self._attach(here.flipped(), clause, effects_only=True)
        if clause.leads:
            self._lead = here
        else:
            self._attach(here, clause, effects_only=False)

    def _said(self, clause: Clause) -> str:
        words = self._message.words(self._message.of(clause))
        return f"unless {words}" if clause.negated else words

    def _attach(self, governing: Governing, clause: Clause, *, effects_only: bool) -> None:
        """Puts a condition over the request before it, and over earlier effects that it may be meant for as well."""
        asks = self._result.asks
        nearest = asks[-1].clause if asks else None
        if nearest is not None and nearest.sentence != clause.sentence:
            return
        for at, ask in enumerate(asks):
            if ask.clause.sentence != clause.sentence:
                continue
            is_nearest = ask.clause is nearest and not effects_only
            shares = (
                ask.profile.intent.has_effect
                and not ask.governing
                and (effects_only or _has_no_id(self._message, nearest))
            )
            if is_nearest or shares:
                asks[at] = replace(ask, governing=(*ask.governing, governing))

    def _wait(self, clause: Clause) -> None:
        asks = self._result.asks
        if asks and asks[-1].clause.sentence == clause.sentence and asks[-1].profile.intent.has_effect:
            self._result.unclear.append(self._message.words(self._message.of(clause)))

    def _reason(self, clause: Clause) -> None:
        """Keeps a reason with the effect it was given for, where that has a place for it."""
        asks = self._result.asks
        if not clause.joiner.startswith(("because", "since", "as", "due")) or not asks:
            return
        said = self._message.words(self._message.of(clause)).strip(" .,!")
        for at, ask in enumerate(asks):
            name = next((n for n, kind in ask.profile.kinds.items() if kind is Kind.REASON), None)
            if name and said and ask.clause.sentence == clause.sentence:
                asks[at] = replace(ask, filled=Filled(arguments={**ask.filled.arguments, name: said}))


def _only_names(message: Message, ask: Ask) -> bool:
    """Does the clause but name a thing ("order A-1042"), so that it is there for the other clauses?"""
    content = [token for token in ask.tokens if is_content(token)]
    own = {s for p in ask.profile.required for s in stems_of(p.name)}
    if not ask.profile.intent.has_effect and _TOLD.search(norms(ask.tokens)):
        return mood_of(ask.tokens) in (Mood.STORY, Mood.STATEMENT)
    has_id = any(token.shape in message.index.ids for token in ask.tokens)
    asks = re.search(r"\b(?:what|which|how|when|where|is|are|has|have)\b", norms(ask.tokens))
    return has_id and not asks and not ask.profile.intent.has_effect and all(token.stem in own for token in content)


def _has_no_id(message: Message, clause: Clause | None) -> bool:
    return clause is not None and not any(t.shape in message.index.ids for t in message.of(clause))
