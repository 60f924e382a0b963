"""Puts fragments back where they belong: "stop A and B", "my name and my number", "set A to 1 and B to 2"."""

from dataclasses import replace

from orchestrator_server.embedded.clauses.clauses import Clause, Role
from orchestrator_server.embedded.declared.features import is_content
from orchestrator_server.embedded.declared.heads import head_at
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.declared.verbs import verb_at
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.choices import Verdict
from orchestrator_server.embedded.requests.choosing import choose
from orchestrator_server.embedded.requests.matching import SURE
from orchestrator_server.embedded.requests.moods import Mood, mood_of
from orchestrator_server.embedded.requests.set_phrases import is_same
from orchestrator_server.embedded.requests.staying import stays
from orchestrator_server.embedded.values.slots import pointed_shapes
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import norms

_OTHER_EFFECT = 0.6
"""From here on a fragment makes another effect of the verb before it."""
_PLACING = frozenset(["in", "on", "at", "to", "into", "onto"])
"""What a fragment begins with that only says where ("put my new number, 555 0199, on my account")."""
_TELLS_YOU = lazy(
    r"you (?:still |always |already |only )*(?:have|hold|keep|use|list|got|are|were|sent|send|call|ring)\b"
)
"""What tells something of who is asked, and is no part of a request."""
_OWN_READ = 0.5
"""From here on a fragment may be a read of its own."""
_CLEAR_READ = 0.75
"""From here on it is one even behind a request that takes names, which the fragment could be."""


def merged(message: Message) -> list[Clause]:
    """The clauses with fragments put back where they belong: "stop A-1 and A-2", "my name and my number"."""
    found: list[Clause] = []
    for clause in message.clauses:
        before = found[-1] if found else None
        if before is not None and _is_its_value(message, before, clause):
            found[-1] = replace(before, end=clause.end)
        elif (
            clause.is_fragment
            and before is not None
            and before.role is Role.REQUEST
            and before.sentence == clause.sentence
            and not (_is_ruled_out(message, clause) or is_same(message.of(clause)))
            and not _stands_alone(message, before, clause)
        ):
            shared = _shared_verb(message, before, clause)
            if shared is None:
                found[-1] = replace(before, end=clause.end)
            else:
                found.append(replace(clause, verb=shared))
        else:
            found.append(clause)
    return found


def _is_its_value(message: Message, before: Clause, clause: Clause) -> bool:
    """Is it but a new value for what was asked before, in a sentence of its own ("note my new number. 555 0199")?"""
    said = [token for token in message.of(clause) if not token.is_mark]
    if before.role is not Role.REQUEST or clause.role is not Role.REQUEST or before.end != clause.first:
        return False
    is_value = len(said) == 1 and said[0].shape in message.index.valued - message.index.ids
    return is_value and not any(token.shape in message.index.valued for token in message.of(before))


def _shared_verb(message: Message, before: Clause, clause: Clause) -> int | None:
    """The verb of the clause before, where it makes the fragment another effect: "set A to 1 and B to 2"."""
    previous = message.of(before)
    at = head_at(previous)
    if at is None or not any(is_content(token) for token in message.of(clause)):
        return None
    place = before.verb if before.verb is not None else before.first + at
    if message.tokens[place].norm in message.index.id_nouns and message.tokens[place + 1].shape in message.index.ids:
        return None  # a noun with its number, and no verb
    own = choose(message.index, (message.tokens[place], *message.of(clause)))
    first = choose(message.index, previous)
    if own.verdict is not Verdict.CHOSEN or first.verdict is not Verdict.CHOSEN:
        return None
    is_other = own.best.profile is not first.best.profile and own.best.profile.intent.has_effect
    tokens = (message.tokens[place], *message.of(clause))
    if verb_at(own.best.profile, tokens) != 0 or any(token.norm in ("to", "is", "are") for token in tokens[:3]):
        return None
    return place if is_other and own.best.score >= _OTHER_EFFECT and not _takes_names(first.best.profile) else None


def _stands_alone(message: Message, before: Clause, clause: Clause) -> bool:
    """Is a fragment a request of its own?"""
    tokens, previous = message.of(clause), message.of(before)
    if tokens and tokens[0].norm in _PLACING and not any(t.shape for t in tokens):
        return False
    if not any(is_content(token) for token in tokens):
        return False
    if _TELLS_YOU.match(norms(tokens)):
        return True
    own = choose(message.index, tokens, pointed_shapes(message, tokens))
    first = choose(message.index, previous, pointed_shapes(message, previous))
    is_other = (
        own.verdict is Verdict.CHOSEN and first.verdict is Verdict.CHOSEN and own.best.profile is not first.best.profile
    )
    if is_other and own.best.profile.intent.has_effect and own.best.likeness >= SURE:
        return True
    if own.verdict is not Verdict.CHOSEN or own.best.profile.intent.has_effect or own.best.score < _OWN_READ:
        return first.verdict is Verdict.NOTHING or mood_of(previous) is Mood.STORY
    if first.verdict is not Verdict.CHOSEN:
        return True
    return is_other and (own.best.score >= _CLEAR_READ or not _takes_names(first.best.profile))


def _is_ruled_out(message: Message, clause: Clause) -> bool:
    """Does it name something that is to stay as it is ("stop A-17, A-18 stays")?"""
    tokens = message.of(clause)
    is_of_a_thing = message.index.names_id(tokens) and tokens[0].norm != "not"
    return (is_of_a_thing or tokens[0].norm == "no") and (mood_of(tokens) is Mood.REFUSAL or stays(tokens))


def _takes_names(profile: Profile) -> bool:
    return profile.takes_names
