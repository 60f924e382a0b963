"""Where a verb asks for something: in its plain form where a request begins, or in the forms that wishes take."""

from collections.abc import Sequence

from orchestrator_server.embedded.declared.features import CHANGING_STEMS, PARTICLES, is_content
from orchestrator_server.embedded.declared.general_verbs import is_general_verb_of
from orchestrator_server.embedded.declared.heads import head_at
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.values.naming import TRAILING
from orchestrator_server.embedded.words.english import DOING, IRREGULAR, stem, words
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import LONG
from orchestrator_server.embedded.words.text import Token, norms

_LEADING = words(
    "to please you ye u can and then just kindly not n't must should could would do let's me also again go lol there "
    "ok asap ta cheers"
)
_WITH = words("with in help assistance support trouble troubles problem problems issue issues like keep hand")
_DONE = lazy(
    r"\b(?:get|got|have|having|(?:want|like|love|need) to see|want|wanting|need|like|to be|should be|must be"
    r"|can be|could be|be)\b"
)
_HAS_DONE = lazy(
    r"\b(?:i|we|you|they|he|she|it|who|which|that) (?:have|has|had) "
    r"(?:(?:ever|already|just|never|also|so|far|once|not|recently|only|both|all|been) )*$"
)
"""What stands before a verb that tells what somebody has done."""
_NO_MORE = frozenset(["no longer", "no more", "no need"])
_PLEASE = frozenset(["please", "asap", "immediately"])
_WAS = frozenset(["is", "was", "has", "did", "are", "were", "when", "why"])
_NOUN = lazy(r"\w{4}(?:ery|ment|tion|al|ance|ence)$")
"""Nouns that are made of verbs."""
CARRYING = frozenset(stem(word) for word in (*DOING, "set", "need", "organise", "organize", "open", "log", "raise"))
_SAYING_NOTHING = CARRYING - CHANGING_STEMS
_BEHIND = PARTICLES | TRAILING
_NEAR = 6
"""So near the beginning somebody says what he does herewith."""
_OBJECTS = 9
"""So many words may stand between "get" and "done"."""


class Verbs:
    """The verbs of a stretch of text, looked at once for all intents."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._head = head_at(tokens)
        self._asking: dict[int, bool] = {}
        particles = _particles(tokens)
        self._forms = {at: _forms(token, at, particles) for at, token in enumerate(tokens) if is_content(token)}

    def is_of(self, profile: Profile, at: int) -> bool:
        """Is the word of content at this place a verb of the intent?"""
        return not profile.verbs.isdisjoint(self._forms[at]) or is_general_verb_of(profile, self._tokens, at)

    def asking_for(self, profile: Profile) -> int | None:
        """The place of a verb that asks for the intent; None where there is none in a form that asks."""
        tokens = self._tokens
        for at in self._forms:
            if not self.is_of(profile, at):
                continue
            is_asking = self._is_asking(at) and not _stands_before_its_id(profile, tokens, at)
            if is_asking and not _is_light(profile, tokens, at):
                return at
        return None

    def _is_asking(self, at: int) -> bool:
        if at not in self._asking:
            self._asking[at] = _asks(self._tokens, at, self._head)
        return self._asking[at]


def _particles(tokens: Sequence[Token]) -> list[tuple[int, str]]:
    return [(at, token.norm) for at, token in enumerate(tokens) if token.norm in PARTICLES]


def _forms(token: Token, at: int, particles: Sequence[tuple[int, str]]) -> Sequence[str]:
    """A verb as intents list it, alone and with each particle behind it ("send ... back")."""
    return (token.stem, *(f"{token.stem} {particle}" for place, particle in particles if place > at))


def is_verb_of(profile: Profile, tokens: Sequence[Token], at: int) -> bool:
    """Is this word a verb of the intent, with its particle if it has one ("send ... back")?"""
    if tokens[at].shape:
        return False
    forms = _forms(tokens[at], at, _particles(tokens))
    return not profile.verbs.isdisjoint(forms) or is_general_verb_of(profile, tokens, at)


def verb_at(profile: Profile, tokens: Sequence[Token]) -> int | None:
    """The place of a verb that asks for the intent; None where there is none in a form that asks."""
    return Verbs(tokens).asking_for(profile)


def _stands_before_its_id(profile: Profile, tokens: Sequence[Token], at: int) -> bool:
    """Does the word name the thing whose id follows ("file F-17"), which the intent does not even take?"""
    after = tokens[at + 1].shape if at + 1 < len(tokens) else ""
    return bool(after) and profile.takes(after) is None and not after.startswith(("~", LONG))


def _is_light(profile: Profile, tokens: Sequence[Token], at: int) -> bool:
    """Does the verb say nothing by itself ("make", "put"), and is nothing there that the intent is about?"""
    if tokens[at].stem not in _SAYING_NOTHING or any(t.norm in PARTICLES for t in tokens[at + 1 :]):
        return False
    has_value = any(token.shape and profile.takes(token.shape) for token in tokens)
    return not has_value and not any(token.stem in profile.things for token in tokens if not token.shape)


def _asks(tokens: Sequence[Token], at: int, head: int | None) -> bool:
    word, before = tokens[at].norm, tokens[at - 1] if at else None
    if word.endswith("ing") and len(word) > 4:
        return at == head or (
            before is not None and (before.norm in _WITH or before.norm in ("am", "are") or before.is_mark)
        )
    if (word.endswith("ed") and len(word) > 3) or (word in IRREGULAR and at != head):
        return _is_wished_done(tokens, at)
    if at + 1 < len(tokens) and tokens[at + 1].norm in ("is", "are", "was", "were"):
        return False
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return False
    if at != head and _NOUN.search(word):
        return any(token.stem in CARRYING and token.norm != "need" for token in tokens[max(0, at - 4) : at])
    if _names_what_follows(tokens, at):
        return _is_done(tokens, at)
    if before is not None and before.norm in ("i", "we") and at < _NEAR and any(token.shape for token in tokens):
        return True  # "I send back F-17"
    return at == head or before is None or before.is_mark or before.norm in _LEADING or _is_done(tokens, at)


def _names_what_follows(tokens: Sequence[Token], at: int) -> bool:
    """Is this a noun before its id ("file F-17"), and no verb?"""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    noun = at > 0 and tokens[at - 1].norm in ("the", "my", "this", "that", "an", "a", "your", "our", "no")
    counts = after is not None and after.norm in ("number", "no", "nr", "id")
    return noun or (counts and norms(tokens[at + 1 : at + 3]) not in _NO_MORE)


def _is_done(tokens: Sequence[Token], at: int) -> bool:
    """Does a light verb carry the noun out: "make a request", "place the request"?"""
    before = [token.stem for token in tokens[max(0, at - 4) : at]]
    return any(word in CARRYING for word in before)


def _is_wished_done(tokens: Sequence[Token], at: int) -> bool:
    """ "get it closed", "has to be changed", "I want A-1042 stopped"."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is not None and is_content(after) and after.norm not in _BEHIND:
        return False  # "my finished ones" are things
    if at and tokens[at - 1].shape and _PLEASE & {t.norm for t in tokens[at + 1 : at + 4]}:
        return at < 2 or tokens[at - 2].norm not in _WAS
    if at and tokens[at - 1].norm == "got":
        return False  # "got ordered by my kid" tells what is past
    if _HAS_DONE.search(norms(tokens[max(0, at - 6) : at]) + " "):
        return False
    between = tokens[max(0, at - _OBJECTS) : at]
    if between and between[-1].norm not in ("be", "get", "got"):
        between = between[:-1]  # "I have closed" tells what is past
    return _DONE.search(norms(between)) is not None and not any(t.norm in ("that", "which", "what") for t in between)
