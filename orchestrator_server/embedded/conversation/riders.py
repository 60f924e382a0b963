"""What an answer brings along: a condition ("yes, but only if ..."), or another request ("..., and what is my ...")."""

from collections.abc import Sequence
from dataclasses import replace

from orchestrator_server.embedded.building import build
from orchestrator_server.embedded.clauses.clauses import Clause, Role
from orchestrator_server.embedded.conditions.compiling import compiled, reread
from orchestrator_server.embedded.conditions.conditions import ellipsis_of
from orchestrator_server.embedded.conversation.ellipsis import agrees, says_no_more
from orchestrator_server.embedded.conversation.repeats import joined
from orchestrator_server.embedded.declared.heads import begins_request
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Ask, Governing, Understood
from orchestrator_server.embedded.requests.moods import Mood, mood_of
from orchestrator_server.embedded.values.slots import Filled
from orchestrator_server.embedded.words.english import stem, words
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms
from orchestrator_server.plan import Clarify, Decision, Plan, Step

_SAYING = frozenset(stem(word) for word in ("number", "says", "said", "named", "called", "found", "one"))
"""What people say of an id when they give it."""


_TOO = lazy(r"\b(?:and|also|too|as well|plus)\b")
_JOINING = words("and also plus but then")
_ONE = words("it that this")
"""Stand for one thing."""


def riders_of(message: Message, understood: Understood) -> list[Ask]:
    """The requests that stand beside the answer: past its first clause, with a verb or a question of their own."""
    first = next((clause for clause in message.clauses if clause.role is Role.REQUEST), None)
    return [
        ask
        for ask in understood.asks
        if not only_names(message, ask)
        if first is None or ask.clause.first != first.first
        if begins_request(ask.tokens, message.index.verbs)
        or (first is not None and (ask.clause.sentence > first.sentence or _is_value(message, message.of(first))))
    ]


def _is_value(message: Message, tokens: Sequence[Token]) -> bool:
    """Is it a value and nothing more, so that whatever follows is no part of it? Another id may go on with an id."""
    said = [token for token in tokens if not token.is_mark]
    return len(said) == 1 and bool(said[0].shape) and said[0].shape not in message.index.ids


def only_names(message: Message, ask: Ask) -> bool:
    """Is nothing said but an id, which is the answer itself ("of course, how silly. A-17.")?"""
    is_asked = mood_of(ask.tokens) is Mood.QUESTION or any(token.norm == "?" for token in ask.tokens)
    is_read = not (is_asked or ask.profile.intent.has_effect or ask.governing)
    return is_read and message.index.names_id(ask.tokens) and says_no_more(message, _SAYING, ask.tokens)


def own_tokens(message: Message, riders: Sequence[Ask]) -> tuple[Token, ...]:
    """The tokens of the answer itself: up to the first request beside it, and to a condition."""
    conditions = [clause.first for clause in conditions_in(message)]
    end = min([*(ask.clause.first for ask in riders), *conditions], default=len(message.tokens))
    return message.tokens[:end] if end else message.tokens


def with_riders(message: Message, plan: Plan, riders: Sequence[Ask], plan_id: str) -> Decision:
    """The plan with the requests beside the answer; a question where one of their conditions is not understood."""
    asks: list[Ask] = []
    for rider in riders:
        done, unclear = compiled(message, reread(message, rider, asks), asks)
        if unclear:
            return not_understood(unclear[0])
        asks.append(done)
    return joined(plan, build(asks, plan_id)[0]) if asks else plan


def conditions_in(message: Message) -> list[Clause]:
    """The clauses of the message that say under which condition; in a later sentence "when ..." tells a story."""
    first = min((clause.sentence for clause in message.clauses), default=0)
    return [
        clause
        for clause in message.clauses
        if clause.role is Role.CONDITION or (clause.role is Role.TEMPORAL and clause.sentence == first)
    ]


def own_conditions(message: Message, riders: Sequence[Ask]) -> list[Clause]:
    """The conditions over the answer itself: those that no request beside it has, but for the other case."""
    return [clause for clause in conditions_in(message) if not any(_is_of(message, rider, clause) for rider in riders)]


def without_own(message: Message, riders: Sequence[Ask], own: Sequence[Clause]) -> list[Ask]:
    """The requests beside the answer without its own conditions, where they have others or read something else."""
    return [_without(message, rider, [clause for clause in own if _has(message, rider, clause)]) for rider in riders]


def _without(message: Message, rider: Ask, own: Sequence[Clause]) -> Ask:
    starts = {token.start for clause in own for token in message.of(clause)}
    left = tuple(g for g in rider.governing if not starts & {token.start for token in g.tokens})
    is_elsewhere = not rider.profile.intent.has_effect and message.index.names_id(rider.tokens)
    return replace(rider, governing=left) if own and (left or is_elsewhere) else rider


def _is_of(message: Message, rider: Ask, clause: Clause) -> bool:
    """Is a condition the rider's alone? Not where it ends the answer, and "and" leads to the rider."""
    is_before = clause.first < rider.clause.first
    is_apart = rider.clause.joiner in _JOINING or rider.clause.sentence > clause.sentence
    return _has(message, rider, clause) and not (is_before and is_apart)


def _has(message: Message, rider: Ask, clause: Clause) -> bool:
    starts = {token.start for token in message.of(clause)}
    return any(
        governing.negated == clause.negated and starts & {token.start for token in governing.tokens}
        for governing in rider.governing
    )


def conditioned(message: Message, plan: Plan, plan_id: str, own: Sequence[Clause] | None = None) -> Decision:
    """The plan with its effects under the message's conditions; a question where one cannot be put over them.

    `own`: those of the conditions that are about the plan, where not all are.
    """
    clauses = conditions_in(message) if own is None else own
    said = message.words(message.of(clauses[0]))
    if any(clause.role is Role.TEMPORAL for clause in clauses) or not all(_is_plain(step) for step in plan.steps):
        return not_understood(said)
    asks: list[Ask] = []
    known = message.index.by_name
    has_effect = any(known[step.intent].intent.has_effect for step in plan.steps)
    for step in plan.steps:
        if has_effect and not known[step.intent].intent.has_effect:
            asks.append(_governed(message, step, ()))
            continue
        asked = _governed(message, step, [clause for clause in clauses if not _is_of_another(message, step, clause)])
        done, unclear = compiled(message, asked, asks)
        if unclear:
            return not_understood(unclear[0])
        asks.append(done)
    return build(asks, plan_id)[0]


def _is_of_another(message: Message, step: Step, clause: Clause) -> bool:
    """Is the condition about the one id that the message names before it ("yes, and A-18 too if it ..."), and not this?

    That is so where the singular says it, beside a yes to what was proposed.
    """
    before = [t for t in message.tokens[: clause.first] if t.shape in message.index.ids]
    values = {token.value for token in before}
    is_added = agrees(message) and _TOO.search(norms(message.tokens[: clause.first])) is not None
    is_other = len(values) == 1 and not values & set(map(str, step.arguments.values()))
    return is_added and is_other and any(token.norm in _ONE for token in message.of(clause))


def not_understood(words: str) -> Clarify:
    """The question for a part that could not be read: it is asked about and never dropped."""
    return Clarify(question=f'I did not understand "{words.rstrip(" ?!.,;")}". Could you say that part another way?')


def _is_plain(step: Step) -> bool:
    """Is this a call that can be planned anew: with values alone, and under no condition yet?"""
    return step.condition is None and step.for_each is None and not step.is_supporting


def _governed(message: Message, step: Step, clauses: Sequence[Clause]) -> Ask:
    profile = message.index.by_name[step.intent]
    governing = tuple(governing_of(message, clause) for clause in clauses)
    return Ask(
        profile=profile,
        filled=Filled(arguments=step.arguments),
        clause=message.clauses[0],
        tokens=message.of(message.clauses[0]),
        governing=governing,
    )


def governing_of(message: Message, clause: Clause) -> Governing:
    """A clause as a condition over an effect."""
    tokens = message.of(clause)
    words = message.words(tokens)
    points = ellipsis_of(tokens) is not None  # "if it is": nothing to point at, so it is not understood
    return Governing(
        tokens=() if points else tokens, words=f"unless {words}" if clause.negated else words, negated=clause.negated
    )
