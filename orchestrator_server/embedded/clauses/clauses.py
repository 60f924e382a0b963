"""Takes a message apart: what is asked for, under which conditions, and what holds either way."""

import re
from collections.abc import Sequence
from dataclasses import replace

from orchestrator_server.embedded.clauses.markers import DO_THAT, THEN, TO_ME
from orchestrator_server.embedded.clauses.roles import Clause, Link, Role
from orchestrator_server.embedded.clauses.scanning import Scanner
from orchestrator_server.embedded.clauses.sentences import sentences_of
from orchestrator_server.embedded.declared.heads import begins_request
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

__all__ = ["Clause", "Link", "Role", "clauses_of"]

_BRANCHES = (Link.OTHERWISE, Link.ANYWAY)
_POINTING = (Link.OTHERWISE, Link.SO)
_STATE = lazy(
    r"(?:<v> (?:[-:,] )?)?(?:(?:still|already|not|never|over|under|above|below|more than|less than|older than|at least)"
    r"(?! (?:the|my|a|an)\b)(?: [^\s?]+){1,5}|\w{3,}(?:ed|ing)(?: (?:already|yet|still))?) \?"
)
_SHORT = 6
"""So many words at most stand before the `then` of "stop it then"."""
_ASKED = lazy(r"\W*(?:and |so |but )?(?:is|are|has|have|was|were|did|does|do|am|will)\b")


def clauses_of(tokens: Sequence[Token], verbs: frozenset[str]) -> tuple[Clause, ...]:
    """The clauses of a message in its order."""
    found: list[Clause] = []
    waiting: list[Clause] = []
    for number, (first, end) in enumerate(sentences_of(tokens)):
        own = Scanner(tokens, first, end, number, verbs).clauses()
        if waiting and own:
            own, waiting = [*waiting, *own], []
        if (
            own
            and found
            and (_is_then(tokens[first:end]) or own[0].link in _POINTING or _is_state(found[-1], own, tokens, verbs))
        ):
            found, own = _asked_first(found, own, tokens)
        if own and found and own[0].role is Role.CONDITION and own[0].joiner == "but" and len(own) > 1:
            own = [replace(clause, sentence=found[-1].sentence) for clause in own]
        if own and _is_only_condition(own, tokens):
            own = _conditions(own)
            if (asked := _last_request(found, tokens, verbs)) is None:
                waiting = [replace(clause, sentence=number + 1) for clause in own]
                continue
            own = [replace(clause, sentence=asked.sentence, leads=False) for clause in own]
        found += own
    return tuple(_decided([*found, *waiting]))


def _decided(found: list[Clause]) -> list[Clause]:
    """Where an "otherwise" follows, "when it is here" is no time to wait for but a condition."""
    for at, clause in enumerate(found):
        after = found[at + 1 : at + 3]
        if clause.role is Role.TEMPORAL and clause.joiner != "before" and any(c.link is Link.OTHERWISE for c in after):
            found[at] = replace(clause, role=Role.CONDITION)
    return found


def _is_only_condition(clauses: Sequence[Clause], tokens: Sequence[Token]) -> bool:
    """Is a sentence nothing but a condition of the one before, maybe with its other branch ("But only if ...")?"""
    rest = _conditions_of(clauses, tokens)
    return bool(rest) and not any(c.role is Role.REQUEST and c.link not in _BRANCHES for c in rest)


def _conditions_of(clauses: Sequence[Clause], tokens: Sequence[Token]) -> list[Clause]:
    """The clauses from the first condition on, where only "do that" and the like stands before it."""
    for at, clause in enumerate(clauses):
        if clause.role is Role.CONDITION:
            return list(clauses[at:])
        if clause.role is not Role.REQUEST or not DO_THAT.fullmatch(_words(tokens, clause)):
            return []
    return []


def _conditions(clauses: Sequence[Clause]) -> list[Clause]:
    first = next(at for at, clause in enumerate(clauses) if clause.role is Role.CONDITION)
    return list(clauses[first:])


def _last_request(found: Sequence[Clause], tokens: Sequence[Token], verbs: frozenset[str]) -> Clause | None:
    """The request that a condition in a sentence of its own is about: the last that asks for something."""
    requests = [clause for clause in found if clause.role is Role.REQUEST]
    asking = (c for c in reversed(requests) if begins_request(tokens[c.first : c.end], verbs))
    return next(asking, requests[-1] if requests else None)


def _asked_first(found: list[Clause], own: list[Clause], tokens: Sequence[Token]) -> tuple[list[Clause], list[Clause]]:
    """A question before "then" is its condition, all of it: "older than a week and still here? then stop it"."""
    last = found[-1]
    if last.role is Role.TEMPORAL or tokens[last.end - 1].norm != "?":
        return found, own
    at = next(i for i, clause in enumerate(found) if clause.sentence == last.sentence)
    while at < len(found) - 1 and found[at].joiner in ("", ",") and _is_apart(tokens, found[at]):
        at += 1
    asked = [clause for clause in found[at:] if clause.role is Role.REQUEST]
    if len(asked) < len(found) - at or TO_ME.match(_words(tokens, asked[0])):
        return found, own
    if own[0].link in _POINTING and len(asked) == 1 and _ASKED.match(_words(tokens, asked[0])):
        return found, own  # a question of its own, to which "if so" points
    whole = replace(asked[0], role=Role.CONDITION, end=last.end, leads=True, is_fragment=False, joiner="")
    return [*found[:at], whole], [replace(clause, sentence=last.sentence) for clause in own]


def _is_then(tokens: Sequence[Token]) -> bool:
    if THEN.match(norms(tokens[:4])):
        return True
    said = [token.norm for token in tokens if not token.is_mark]
    return (1 < len(said) <= _SHORT and said[-1] == "then") or said[-2:] == ["then", "please"]


def _is_state(clause: Clause, own: Sequence[Clause], tokens: Sequence[Token], verbs: frozenset[str]) -> bool:
    """Does a question name but a state ("still open?"), so that what follows is asked for that case?"""
    if own[0].role is not Role.REQUEST or not begins_request(tokens[own[0].first : own[0].end], verbs):
        return False
    said = norms(tokens[clause.first : clause.end])
    return clause.role is Role.REQUEST and _STATE.fullmatch(said) is not None


def _is_apart(tokens: Sequence[Token], clause: Clause) -> bool:
    """Is this but a greeting or a remark before the question, and no name of what it is about?"""
    said = tokens[clause.first : clause.end]
    return not any(token.shape for token in said) and not re.search(r"\b(?:still|older|over|under)\b", norms(said))


def _words(tokens: Sequence[Token], clause: Clause) -> str:
    return norms([token for token in tokens[clause.first : clause.end] if not token.is_mark])
