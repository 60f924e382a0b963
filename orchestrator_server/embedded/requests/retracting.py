"""Requests that are taken back in the same message: "stop A-17. No, leave it", "a rope and a mat. Forget the rope"."""

from collections.abc import Sequence
from dataclasses import replace

from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Ask, Understood
from orchestrator_server.embedded.requests.set_phrases import takes_back
from orchestrator_server.embedded.values.slots import Filled
from orchestrator_server.embedded.words.english import stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms
from orchestrator_server.plan import Json, Reference

_DROPS = lazy(
    r"(?:(?:actually|well|but|so|and|wait|sorry|no|please|then|just|ok|okay) )*"
    r"(?:forget|skip|scrap|scratch|drop|strike|never mind|leave out|leave off|not) (?:about )?(?:the|that|those) "
    r"(?P<what>[a-z]+(?: [a-z]+)?)(?: (?:though|then|please|after all|out|off|again))*"
)
"""A part of what was asked for is given up."""
_IT = frozenset(["it", "that", "them", "this", "those"])


def retract(message: Message, result: Understood, tokens: Sequence[Token]) -> bool:
    """Takes out of `result` what a clause takes back; false where it takes back nothing.

    Where it may mean one of several effects, the user is asked.
    """
    effects = [ask for ask in result.asks if ask.profile.intent.has_effect]
    if effects and takes_back(tokens):
        _take_out(message, result, effects, tokens)
        return True
    said = _DROPS.fullmatch(norms([token for token in tokens if not token.is_mark]))
    return said is not None and _drop(result, said["what"])


def rules_out(result: Understood, profile: Profile, tokens: Sequence[Token]) -> bool:
    """Takes out the effect that was asked for and is then ruled out ("stop it ... no, do not stop it")."""
    if any(token.shape for token in tokens) or not any(token.norm in _IT for token in tokens):
        return False
    kept = [ask for ask in result.asks if ask.profile is not profile]
    is_clear = len(kept) + 1 == len(result.asks)
    if is_clear:
        result.asks, result.retracted = kept, True
    return is_clear


def _take_out(message: Message, result: Understood, effects: Sequence[Ask], tokens: Sequence[Token]) -> None:
    result.retracted = True
    result.declined += 1
    if len({id(ask.clause) for ask in effects}) > 1 and "them" not in norms(tokens).split():
        result.unclear.append(message.words(tokens))
    result.asks = [ask for ask in result.asks if all(ask is not one for one in effects)]


def _drop(result: Understood, what: str) -> bool:
    stems = {stem(word) for word in what.split()[:2]}
    named = [ask for ask in result.asks if any(_names(value, stems) for value in ask.filled.arguments.values())]
    if len(named) != 1:
        return False
    left = {name: _without(value, stems) for name, value in named[0].filled.arguments.items()}
    is_gone = any(value in (None, []) for value in left.values())
    others = [ask for ask in result.asks if ask is not named[0]]
    result.asks = others if is_gone else [*others, replace(named[0], filled=Filled(arguments=left))]
    result.retracted = True
    result.declined += is_gone
    return True


def _names(value: Json | Reference, stems: set[str]) -> bool:
    if isinstance(value, list):
        return any(_names(one, stems) for one in value)
    return isinstance(value, str) and bool(stems & {stem(word) for word in value.lower().split()})


def _without(value: Json | Reference, stems: set[str]) -> Json | Reference:
    if isinstance(value, list):
        return [one for one in value if not _names(one, stems)]
    return None if _names(value, stems) else value
