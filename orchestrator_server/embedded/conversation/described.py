"""Requests about a thing of the last list by a word that stands with it: "where is the blue one" for its id."""

import re
from collections.abc import Sequence

from orchestrator_server.embedded.building import build
from orchestrator_server.embedded.conditions.compiling import compiled, reread
from orchestrator_server.embedded.conversation.ellipsis import names_ids, says_no_more
from orchestrator_server.embedded.conversation.placed import focused, placed
from orchestrator_server.embedded.conversation.pointing import ruled_out
from orchestrator_server.embedded.conversation.replies import Shown
from orchestrator_server.embedded.message import Message, message_of
from orchestrator_server.embedded.requests.asks import Ask
from orchestrator_server.embedded.requests.spread import by_values
from orchestrator_server.embedded.requests.walking import understand
from orchestrator_server.embedded.words.english import stem, words
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token
from orchestrator_server.plan import Clarify, Decision, Plan

_ALL_BUT = lazy(
    r"\b(?:both|all|everything|anything|any)(?: (?:of )?(?:them|those|these))?,?"
    r" (?:but(?: not)?|except(?: for)?|apart from|besides"
    r"|other than|not)"
    r" (?!(?:not )?(?:only|just|if|when|unless|while|once|after|provided)\b)(?P<out>[^,.;!?]+?)"
    r"(?= (?:can|may|should|must)\b|[,.;!?]|$)",
    re.IGNORECASE,
)
_THEY = lazy(r"\b(?:they|them|all of them|both of them|these two|those two)\b", re.IGNORECASE)
_OTHER = lazy(r"\b(?:the|that) other(?: one| 1)?\b(?= *(?:[.,;!?]|$)| (?:please|too|instead|as well)\b)", re.IGNORECASE)
_SHORT = 10
_DETERMINERS = words("the that this my those these")
_AFTER = words("one ones")


def but_some(message: Message, plan_id: str) -> Decision | None:
    """The plan for all that were listed but those that the message rules out; a question where that is open."""
    found = _ALL_BUT.search(message.text)
    things = {shape: message.context.things(shape) for shape in message.index.ids}
    shape = next((shape for shape, listed in things.items() if listed), None)
    if found is None or shape is None or names_ids(message):
        return None
    out = ruled_out(f"not {found['out'].lower()}", things[shape])
    left = [thing.value for thing in things[shape] if thing.value not in out]
    text = f"{message.text[: found.start()]}{' and '.join(left)}{message.text[found.end() :]}"
    whole = planned(message_of(text, message.index, message.context), plan_id) if out and left else None
    return whole or Clarify(question="Which ones do you mean? Please name each.")


def described(message: Message, plan_id: str) -> Plan | None:
    """The plan of the message with the id for its description; None where the message does without."""
    if (text := placed(message)) is not None:
        return _reread(message, text, plan_id)
    if names_ids(message) or not any(token.norm in _DETERMINERS for token in message.tokens):
        return None
    for shape in message.index.ids:
        things = message.context.things(shape)
        if things and (span := _span(message.tokens, things)) is not None:
            first, end, value = span
            following = [token for token in message.tokens if token.start >= end.end]
            if any(t.norm == "or" for t in following[:2]) and _span(following, things) is not None:
                return None
            text = f"{message.text[: first.start]}{value}{message.text[end.end :]}"
            return _reread(message, text, plan_id)
    return None


def with_other(message: Message, plan_id: str) -> Plan | None:
    """The plan of a message that names one of two listed things, with the id of the second for "the other one"."""
    found = _OTHER.search(message.text)
    for shape in message.index.ids if found is not None else ():
        listed, named = message.context.listed(shape), message.ids(shape)
        left = [value for value in listed if value not in named]
        if found is not None and len(listed) == 2 and len(left) == 1 and len(named) == 1:
            text = f"{message.text[: found.start()]}{left[0]}{message.text[found.end() :]}"
            return planned(message_of(text, message.index, message.context), plan_id)
    return None


def all_shown(message: Message, plan_id: str) -> Plan | None:
    """The reads of a message for all of the last list, where it says "they" or "them"."""
    found = _THEY.search(message.text)
    shape = next((shape for shape in message.index.ids if len(message.context.things(shape)) > 1), None)
    if found is None or shape is None or names_ids(message) or len(message.tokens) > _SHORT:
        return None
    listed = message.context.listed(shape)
    text = f"{message.text[: found.start()]}{' and '.join(listed)}{message.text[found.end() :]}"
    plan = planned(message_of(text, message.index, message.context), plan_id)
    known = message.index.by_name
    is_read = plan is not None and not any(s.condition or known[s.intent].intent.has_effect for s in plan.steps)
    return plan if is_read else None


def is_bare_verb(message: Message, ask: Ask) -> bool:
    """Is nothing said but what to do, so that with what must stand elsewhere ("I do not want it any more, stop")?"""
    known = {part for verb in ask.profile.verbs for part in verb.split()}
    return ask.profile.intent.has_effect and says_no_more(message, known, ask.tokens)


def in_focus(message: Message, plan_id: str) -> Plan | None:
    """The plan of a message that says nothing by itself, read with the id that was last spoken of for "it"."""
    text = focused(message)
    return by_values(message, plan_id) if text is None else _reread(message, text, plan_id)


def _reread(message: Message, text: str, plan_id: str) -> Plan | None:
    said = message_of(text, message.index, message.context)
    return planned(said, plan_id) or by_values(said, plan_id)


def _span(tokens: Sequence[Token], things: Sequence[Shown]) -> tuple[Token, Token, str] | None:
    """The one phrase that describes one thing alone: its first and its last token, and the thing's id."""
    for at, token in enumerate(tokens):
        if token.norm not in _DETERMINERS:
            continue
        end, fitting = at + 1, list(things)
        while end < len(tokens) and (fits := [t for t in fitting if stem(tokens[end].norm) in t.words]):
            end, fitting = end + 1, fits
        if end > at + 1 and len(fitting) == 1 and len(things) > 1:
            last = tokens[end] if end < len(tokens) and tokens[end].norm in _AFTER else tokens[end - 1]
            return token, last, fitting[0].value
    return None


def planned(message: Message, plan_id: str) -> Plan | None:
    """What the message asks for, where it is understood in full."""
    understood = understand(message)
    if understood.doubts or understood.unclear or understood.ambiguous:
        return None
    asks: list[Ask] = []
    for ask in understood.asks:
        done, unclear = compiled(message, reread(message, ask, asks), asks)
        if unclear or done.missing:
            return None
        asks.append(done)
    return build(asks, plan_id)[0] if asks else None
