"""A thing that is to go somewhere, where the thing or the place is only spoken of ("A-1 should go to my office")."""

from collections.abc import Sequence
from dataclasses import replace

from orchestrator_server.embedded.clauses.clauses import Clause, Role
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.choices import Choice, Verdict
from orchestrator_server.embedded.requests.choosing import choose
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import LONG
from orchestrator_server.embedded.words.text import Token, norms, token_at

_TO = lazy(
    r"(?:^| )(?:(?:to|at) )?(?P<somewhere>somewhere (?:else|different|new)|elsewhere)(?= |$)"
    r"|(?:^| )(?:to|at) (?P<place>(?:(?:my|our|the|an?|another|his|her|their|someone|somebody|a different)(?: 's)?"
    r" (?:\w+ )?(?:'s )?\w+|work|mine|\w+ else))(?= |$)"
)
_THING = lazy(
    r"(?:^| )(?P<thing>(?:one of )?(?:my|our|the|this|that|an?) (?:(?:last|latest|next|new|open) )?[a-z]+)(?= )"
)
_ELSE = lazy(r"(?P<place>(?:instead of|rather than|and not|not|but not) (?:to |at )?(?:my |our |the )?\w+)(?= |$)")
_AMISS = lazy(r"\b(?:wrong|another|other|different|old)\b")
"""Then the place itself is no destination."""


def destined(message: Message) -> tuple[Choice, Clause] | None:
    """The effect that would be asked for if both were said in full; what is not is asked."""
    has_long, has_id = any(t.shape == LONG for t in message.tokens), message.index.names_id(message.tokens)
    if has_long == has_id:
        return None
    for clause in message.clauses:
        tokens = message.of(clause) if clause.role is Role.REQUEST else ()
        said = _with_place(tokens) if has_id else _with_thing(message, tokens)
        found = choose(message.index, said) if said is not None else None
        if found is None or found.verdict is not Verdict.CHOSEN or not found.best.profile.intent.has_effect:
            continue
        if any(parameter.pattern in message.index.ids for parameter in found.best.profile.required):
            return Choice(verdict=Verdict.WONDERED, matches=found.matches[:1]), clause
    return None


def _with_thing(message: Message, tokens: Sequence[Token]) -> tuple[Token, ...] | None:
    """The clause with an id for the thing that is to go to the place; None where it speaks of none."""
    found = _THING.search(norms(tokens))
    ids = sorted(message.index.ids)
    if found is None or not ids or not any(token.shape == LONG for token in tokens):
        return None
    first = token_at(found, "thing")
    end = first + found["thing"].count(" ") + 1
    if not {tokens[end - 1].stem, tokens[end - 1].norm.removesuffix("s")} & message.index.things:
        return None
    thing = replace(tokens[first], norm="<v>", stem="<v>", shape=ids[0], value="")
    return (*tokens[:first], thing, *tokens[end:])


def _with_place(tokens: Sequence[Token]) -> tuple[Token, ...] | None:
    """The clause with a long value where the place is spoken of; None where it speaks of none."""
    kept = tuple(token for token in tokens if not token.is_mark)
    found = _TO.search(norms(kept))
    if found is None or (found["place"] and _AMISS.search(found["place"])):
        return None
    said = "place" if found["place"] else "somewhere"
    first = token_at(found, said)
    end = first + found[said].count(" ") + 1
    place = replace(kept[first], norm="<v>", stem="<v>", shape=LONG, value=norms(kept[first:end]))
    rest = kept[end:]
    behind = _ELSE.match(norms(rest))
    return (*kept[:first], place, *rest[behind["place"].count(" ") + 1 if behind else 0 :])
