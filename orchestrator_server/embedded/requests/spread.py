"""Requests whose values stand in several clauses: "A-1042 ought to go to my son. He lives at PLACE"."""

from orchestrator_server.embedded.building import PLANNER
from orchestrator_server.embedded.clauses.clauses import Role
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.moods import Mood, mood_of
from orchestrator_server.embedded.requests.wanting import taker_of_values
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import LONG, Kind
from orchestrator_server.plan import Plan, Step

_GOES = lazy(
    r"\b(?:should|ought to|must|needs? to|has to|have to|can|could|may|supposed to|better)"
    r" (?:(?:it|that|this|they|<v>|instead|rather|now|please|be|have|get) )*(?:go|come|be|end up|sent)\b"
)


def by_values(message: Message, plan_id: str) -> Plan | None:
    """The effect that takes the one id and the one long value of a message, where it says that a thing should go."""
    clauses = [message.of(clause) for clause in message.clauses if clause.role is Role.REQUEST]
    is_limited = any(clause.role in (Role.CONDITION, Role.TEMPORAL) for clause in message.clauses)
    if is_limited or any(mood_of(tokens) is Mood.REFUSAL for tokens in clauses):
        return None
    values = {token.shape: token.value for token in message.tokens if token.shape}
    if len({token.value for token in message.tokens if token.shape}) != 2 or not _GOES.search(message.norms):
        return None
    profile = taker_of_values(message.index, message.tokens, Mood.WISH) if LONG in values else None
    return _plan(profile, values, plan_id) if profile is not None else None


def _plan(profile: Profile, values: dict[str, str], plan_id: str) -> Plan:
    arguments = {p.name: values[LONG if profile.kinds[p.name] is Kind.LONG else p.pattern] for p in profile.required}
    step = Step(id="s1", intent=profile.intent.name, arguments=arguments)
    return Plan(id=plan_id, steps=(step,), planner=PLANNER)
