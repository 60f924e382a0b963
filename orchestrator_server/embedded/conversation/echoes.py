"""Words for values of earlier turns: "there" for a long value, "another one of those" for the thing last shown."""

import re
from collections.abc import Iterator, Sequence

from orchestrator_server.embedded.building import PLANNER
from orchestrator_server.embedded.clauses.clauses import Clause
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.choices import Verdict
from orchestrator_server.embedded.requests.choosing import choose
from orchestrator_server.embedded.requests.matching import rank
from orchestrator_server.embedded.requests.moods import Mood, mood_of
from orchestrator_server.embedded.values.slots import fill
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import LONG, Kind
from orchestrator_server.embedded.words.text import Token, norms
from orchestrator_server.plan import Clarify, Decision, Json, Plan, Reference, Step

_AGAIN = lazy(
    r"\b(?:(?:another(?: (?:one|\d+))?|(?:a|one|\d+) (?:more|new)|(?:some )?more|\d+|one) of (?:those|these"
    r"|them|it|that"
    r"|the same)|another one|\d+ more|one more|the same (?:one |thing )?again|(?:it|that|those|them) again"
    r"|(?<=\bre)[a-z-]{3,} (?:it|that|those|them)"
    r"|another(?= [,.!?]|$))(?!\w)"
)
_THERE = lazy(
    r"(?<!is )(?<!are )(?<!hi )(?<!hello )(?<!hey )\b(?:there(?! (?:is|are|was|were)\b)|(?:that|the same"
    r"|the new|this) (?:new )?\w+(?= (?:too|as well|also)\b)|(?<=to )the same (?!one|1|<v>)\w+)\b"
)
_WISHES = lazy(
    r"\b(?:i want|i would like|i need|can i (?:have|get)|could i (?:have|get)|get me|give me|may i have)\b"
    r"|^\W*(?:(?:and|ok|oh)\W+)*(?:another|one more|\d+ more)\b.*\bplease\W*$"
)
_SO_MANY = lazy(
    r"[^\d.?!]{0,30}?\b(?P<many>\d+)(?: of (?:them|those|these|it))?"
    r"(?= (?:this time|now|please|pieces|instead)\b| ?[.,!?)]|$)"
)
"""How many it shall be this time, behind the wish itself."""
_ENOUGH = 0.2


def again(message: Message, plan_id: str) -> Decision | None:
    """One more of the thing that the last reply counted; a question where it counted several."""
    things = message.context.counted()
    if not things or not _AGAIN.search(message.norms):
        return None
    for clause in message.clauses:
        tokens = message.of(clause)
        found = _AGAIN.search(norms(tokens))
        profile = _maker(message, tokens) if found else None
        if found and profile is not None:
            return _made(message, profile, found, things, plan_id)
    return None


def there(message: Message, plan_id: str) -> Decision | None:
    """A request that takes an id and a long value, with the value of the turn before for "there"."""
    long = message.context.long
    if long is None or not _THERE.search(message.norms) or any(t.shape == LONG for t in message.tokens):
        return None
    for clause in message.clauses:
        tokens = message.of(clause)
        if _THERE.search(norms(tokens)) and mood_of(tokens) is not Mood.REFUSAL:
            for profile in _takers(message, tokens):
                steps = list(_steps(message, profile, clause, long))
                return Plan(id=plan_id, steps=tuple(steps), planner=PLANNER) if steps else None
    return None


def _maker(message: Message, tokens: Sequence[Token]) -> Profile | None:
    """The effect that takes a name and a number, where the clause asks for it."""
    makers = [p for p in message.index.profiles if p.intent.has_effect and _takes(p, Kind.NAME, Kind.NUMBER)]
    choice = choose(message.index, tokens)
    if choice.verdict is Verdict.CHOSEN and choice.best.profile.intent.has_effect:
        return choice.best.profile if choice.best.profile in makers else None
    wishes = _WISHES.search(norms(tokens)) is not None and mood_of(tokens) is not Mood.REFUSAL
    return makers[0] if wishes and len(makers) == 1 else None


def _made(
    message: Message, profile: Profile, found: re.Match[str], things: Sequence[str], plan_id: str
) -> Decision | None:
    name = next(p for p in profile.required if profile.kinds[p.name] is Kind.NAME)
    number = next(p for p in profile.required if profile.kinds[p.name] is Kind.NUMBER)
    behind = _SO_MANY.match(message.norms.partition(found.group())[2])
    said = re.search(r"\d+", found.group() if behind is None else behind["many"])
    some = not said and re.match(r"(?:some )?more\b", found.group()) is not None
    arguments: dict[str, Json | Reference] = {} if some else {number.name: int(said[0]) if said else 1}
    thing = things[0] if len(things) == 1 else next((t for t in things if t.lower() in message.text.lower()), None)
    if thing is not None:
        arguments[name.name] = thing
    step = Step(id="s1", intent=profile.intent.name, arguments=arguments)
    plan = Plan(id=plan_id, steps=(step,), planner=PLANNER)
    if thing is None:
        listed = ", ".join(things[:-1]) + f" or {things[-1]}"
        return Clarify(question=f"Which one do you mean: {listed}?", missing=(name.name,), step_id="s1", partial=plan)
    if some:
        question = f"How many of the {thing}?"
        return Clarify(question=question, missing=(number.name,), step_id="s1", partial=plan)
    return plan


def _takes(profile: Profile, *kinds: Kind) -> bool:
    required = {profile.kinds[p.name] for p in profile.required if not p.is_repeated}
    return set(kinds) <= required


def _takers(message: Message, tokens: Sequence[Token]) -> Iterator[Profile]:
    """The effects that take an id and a long value, the likeliest first, where the clause is like them at all."""
    for match in rank(message.index, tokens, Mood.WISH):
        if match.profile.intent.has_effect and _takes(match.profile, Kind.SHAPED, Kind.LONG) and match.score >= _ENOUGH:
            yield match.profile


def _steps(message: Message, profile: Profile, clause: Clause, long: str) -> Iterator[Step]:
    name = next(p.name for p in profile.required if profile.kinds[p.name] is Kind.LONG)
    for number, call in enumerate(fill(profile, message, message.of(clause)), start=1):
        arguments = {**call.arguments, name: long}
        if all(p.name in arguments for p in profile.required):
            yield Step(id=f"s{number}", intent=profile.intent.name, arguments=arguments)
