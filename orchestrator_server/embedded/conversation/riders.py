"""What an answer brings along: a condition ("yes, but only if ..."), or another request ("..., and what is my ...")."""

from collections.abc import Sequence

from orchestrator_server.embedded.building import build
from orchestrator_server.embedded.clauses.clauses import Clause, Role
from orchestrator_server.embedded.conditions.compiling import compiled, reread
from orchestrator_server.embedded.conditions.conditions import ellipsis_of
from orchestrator_server.embedded.conversation.ellipsis import says_no_more
from orchestrator_server.embedded.conversation.repeats import joined
from orchestrator_server.embedded.declared.heads import begins_request
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Ask, Governing, Understood
from orchestrator_server.embedded.requests.moods import Mood, mood_of
from orchestrator_server.embedded.values.slots import Filled
from orchestrator_server.embedded.words.english import stem
from orchestrator_server.embedded.words.text import Token
from orchestrator_server.plan import Clarify, Decision, Plan, Step

_SAYING = frozenset(stem(word) for word in ("number", "says", "said", "named", "called", "found", "one"))
"""What people say of an id when they give it."""


def riders_of(message: Message, understood: Understood) -> list[Ask]:
    """The requests that stand beside the answer: past its first clause, with a verb or a question of their own."""
    first = next((clause for clause in message.clauses if clause.role is Role.REQUEST), None)
    return [
        ask
        for ask in understood.asks
        if not only_names(message, ask)
        if first is None or ask.clause.first != first.first
        if begins_request(ask.tokens, message.index.verbs)
        or (first is not None and ask.clause.sentence > first.sentence)
    ]


def only_names(message: Message, ask: Ask) -> bool:
    """Is nothing said but an id, which is the answer itself ("of course, how silly. A-17.")?"""
    is_asked = mood_of(ask.tokens) is Mood.QUESTION or any(token.norm == "?" for token in ask.tokens)
    is_read = not (is_asked or ask.profile.intent.has_effect or ask.governing)
    return is_read and message.index.names_id(ask.tokens) and says_no_more(message, _SAYING, ask.tokens)


def own_tokens(message: Message, riders: Sequence[Ask]) -> tuple[Token, ...]:
    """The tokens of the answer itself: up to the first request beside it, and to a condition."""
    conditions = [clause.first for clause in message.clauses if clause.role is Role.CONDITION]
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


def conditioned(message: Message, plan: Plan, plan_id: str) -> Decision:
    """The plan with its effects under the message's conditions; a question where one cannot be put over them."""
    clauses = conditions_in(message)
    said = message.words(message.of(clauses[0]))
    if any(clause.role is Role.TEMPORAL for clause in clauses) or not all(_is_plain(step) for step in plan.steps):
        return not_understood(said)
    asks: list[Ask] = []
    for step in plan.steps:
        asked = _governed(message, step, clauses)
        done, unclear = compiled(message, asked, asks)
        if unclear:
            return not_understood(unclear[0])
        asks.append(done)
    return build(asks, plan_id)[0]


def not_understood(words: str) -> Clarify:
    """The question for a part that could not be read: it is asked about and never dropped."""
    return Clarify(question=f'I did not understand "{words}". Could you say that part another way?')


def _is_plain(step: Step) -> bool:
    """Is this a call that can be planned anew: with values alone, and under no condition yet?"""
    return step.condition is None and step.for_each is None and not step.is_supporting


def _governed(message: Message, step: Step, clauses: Sequence[Clause]) -> Ask:
    profile = message.index.by_name[step.intent]
    governing = tuple(_governing(message, clause) for clause in clauses) if profile.intent.has_effect else ()
    return Ask(
        profile=profile,
        filled=Filled(arguments=step.arguments),
        clause=clauses[0],
        tokens=message.of(clauses[0]),
        governing=governing,
    )


def _governing(message: Message, clause: Clause) -> Governing:
    tokens = message.of(clause)
    words = message.words(tokens)
    points = ellipsis_of(tokens) is not None  # "if it is": nothing to point at, so it is not understood
    return Governing(
        tokens=() if points else tokens, words=f"unless {words}" if clause.negated else words, negated=clause.negated
    )
