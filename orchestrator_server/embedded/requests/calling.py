"""The calls that one request asks for: one for each thing it names, or one over a list."""

from collections.abc import Iterator
from dataclasses import dataclass

from orchestrator_server.embedded.clauses.clauses import Clause
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Ask, Governing, Understood, is_by_element
from orchestrator_server.embedded.requests.matching import Match
from orchestrator_server.embedded.requests.moods import Mood, mood_of
from orchestrator_server.embedded.requests.restraint import limit_in
from orchestrator_server.embedded.values.each_state import by_each_state
from orchestrator_server.embedded.values.fan import Fan, fan_of
from orchestrator_server.embedded.values.slots import Filled, fill
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import Kind
from orchestrator_server.embedded.words.text import Token, norms

_ONE_OF = lazy(
    r"\b(?:or|either|whichever|(?:only |just )?one of(?! (?:my|the)\b)|one out of|"
    r"the (?:first|second|third|last|middle|\d?1st|2nd|3rd|\dth|final) (?:one |2 |two )?of"
    r"|(?:second|third|next|2 nd|3 rd) (?:to )?last|last but (?:one|two|1|2)|penultimate"
    r"|every (?:other|second|third|2|3))\b"
)
"""One of several is meant, and not said which."""
_IT_IS = lazy(r"(?:[,.:(-] )*(?:(?:it|that|this) is |its |(?:the )?number |no |so )?<v>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Requested:
    """A request as it was said; `tokens` may hold more than its clause, which points at what stands before."""

    clause: Clause
    tokens: tuple[Token, ...]
    governing: tuple[Governing, ...]


def calls(message: Message, result: Understood, match: Match, requested: Requested) -> Iterator[Ask]:
    """Every call of an intent; what limits it or is not understood goes into `result`."""
    profile, tokens = match.profile, requested.tokens
    fan = fan_of(message.index, profile, tokens)
    if fan is not None and (listed := _list_itself(message, profile, tokens, fan)) is not None:
        profile, fan = listed, None
    result.unclear += _limits(message, profile, tokens, fan)
    filled = by_each_state(profile, tokens, fill(profile, message, tokens))
    if fan is not None:
        kept = {name: value for name, value in filled[0].arguments.items() if not is_by_element(profile, name)}
        filled = [Filled(arguments=kept)]
    if len(filled) > 1 and _ONE_OF.search(norms(tokens)):
        result.ambiguous = True
    for one in filled:
        yield Ask(
            profile=profile,
            filled=one,
            clause=requested.clause,
            tokens=tokens,
            score=match.score,
            fan=fan,
            governing=requested.governing,
            is_told=not match.by_verb and mood_of(tokens) in (Mood.STATEMENT, Mood.STORY),
        )


def _list_itself(message: Message, profile: Profile, tokens: tuple[Token, ...], fan: Fan) -> Profile | None:
    """The read of the list, where each thing of one state shall be shown and the list shows them all."""
    listed = fan.listed.profile
    if profile.intent.has_effect or fan.edge or any(token.norm.isdigit() for token in tokens):
        return None
    if not any(p.pattern in profile.shown for p in profile.required if p.pattern in message.index.ids):
        return None
    named = fill(listed, message, tokens)[0].arguments
    return listed if any(listed.kinds[name] is Kind.ENUM for name in named) else None


def _is_boundless(message: Message, fan: Fan) -> bool:
    """Is it "everything", and nothing says of what?"""
    if fan.edge or fan.filters or fan.tests or fan.waiting:
        return False
    return not any(token.stem in fan.listed.profile.listed for token in message.tokens)


def _named_after(message: Message, tokens: tuple[Token, ...]) -> str:
    """The id right behind "my latest ...", which may be another one; empty where there is none."""
    end = tokens[-1].end
    behind = [token for token in message.tokens if token.start >= end][:5]
    said = norms(behind)
    return message.words(behind) if _IT_IS.match(said) and message.index.names_id(behind) else ""


def _limits(message: Message, profile: Profile, tokens: tuple[Token, ...], fan: Fan | None) -> Iterator[str]:
    """What is unclear about the things that are meant, and what limits an effect in a way no plan says."""
    if fan is not None and fan.unclear:
        yield fan.unclear
    if fan is not None and profile.intent.has_effect and _is_boundless(message, fan):
        yield message.words(tokens)
    if fan is not None and fan.edge and profile.intent.has_effect and (named := _named_after(message, tokens)):
        yield named
    if profile.intent.has_effect and (limit := limit_in(message.index, profile, tokens, fan)) is not None:
        yield message.words(tokens) if "<v>" in limit else limit
