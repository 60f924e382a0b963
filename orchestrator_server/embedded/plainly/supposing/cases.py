"""Spells out cases that are said without "if": "open = stop it", "40 or more, then stop it", "any longer and I ...".

A case is a few words before a sign or a joint behind which something is asked for: a state, a comparison, a day. It
gets its "if", and the rooms behind this one meet one way of setting a condition. A case that they do not understand is
asked about like any other condition, so that none is dropped.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from orchestrator_server.embedded.clauses.openings import is_plain_verb
from orchestrator_server.embedded.clauses.sentences import STOPS
from orchestrator_server.embedded.declared.heads import begins_request
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.plainly.naming.done_to_many import with_many_named
from orchestrator_server.embedded.plainly.supposing.case_words import (
    WEAK,
    is_bare_count,
    is_case,
    is_lone_state,
    is_telling,
)
from orchestrator_server.embedded.plainly.supposing.next_asks import with_next_asks
from orchestrator_server.embedded.plainly.supposing.otherwise_things import with_verbs
from orchestrator_server.embedded.plainly.supposing.restrictions import plainly_restricted
from orchestrator_server.embedded.plainly.supposing.suppositions import plainly_supposed
from orchestrator_server.embedded.plainly.supposing.whichever import of_each_alone
from orchestrator_server.embedded.words.english import words
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, new_word, norms

_STRONG = words("= means mean")
"""Between a case and what is to be done: nothing else can be meant."""
_FAIR = words(": then -")
_SIGNS = _STRONG | _FAIR | WEAK | {"?"}
_CONDITION = lazy(
    r"(?:only |but |and )*(?:if|when|unless|should|in case|whenever|once|as soon as|as long as|provided|had|were)\b"
)
_ANSWER = lazy(r"(?:(?:and|but|if|when) )?(?P<said>yes|yeah|yep|no|nope|not|it is not|it has not|it is|it has)")
_ASKS = lazy(
    r"(?:\W|and|so|but|ok|well)*(?:is|are|has|have|had|was|were|did|does|do|am|will|would|can|could|should|may|shall"
    r"|what|which|who|where|when|why|how|any|you(?! (?:have|had|did)\b)|i|we)\b"
)
"""What asks something of its own, and is no case with a question mark behind it."""
_YES_OR_NO = lazy(
    r"(?:\W|and|so|but|ok|well|hi|hello|hey|<v>|regarding|about)*(?:is|are|has|have|was|were|did|does|do|am|will)\b"
    r"(?! (?:you|we)\b)"
)
_WHETHER = lazy(
    r"\b(?:see|check|know|look|find out|wonder|tell me|sure)(?: (?:for me|please))? (?:if|whether)\b"
    r"|\b(?:i|we) (?:think|believe|assume|guess|suppose|reckon|suspect)\b|\bmy guess\b"
)
"""What asks or guesses in a statement."""
_LONGEST = 8
_TELLS_BY_ITSELF = lazy(r"\b(?:i|we|my|our)\b")
_STAYS = lazy(
    r"(?:(?:then|just|please|you|i|we|it|that|they|<v>|can|may|should|will|would|am|are) )*"
    r"(?:let|leave|leaving|keep|keeping|need not|nothing|never mind|forget|ignore|fine|ok|okay|no|do not"
    r"|stays?|live|manage)\b"
)
"""What is said of the case in which nothing is to happen."""
_WANTED = lazy(r"(?:i|we|you|it|they|<v>|that|this|please)\b")
"""What goes on behind "and" or "means" with what is wanted."""


def with_cases(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """The tokens with "if" before each bare case, and a comma behind it; rarer words for "if" are made plain first."""
    supposed = plainly_supposed(with_many_named(tokens, index), index)
    supposed = plainly_restricted(with_next_asks(supposed, index), index)
    return of_each_alone(_with_cases(with_verbs(supposed, index), index), index)


def _with_cases(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    if not any(token.norm in _SIGNS for token in tokens):
        return tokens
    found = list(_cases(tokens, index))
    if not found:
        return tokens
    is_one_of = sum(case.said == "if" and is_lone_state(tokens[case.kept : case.end], index) for case in found) > 2
    spelled: list[Token] = []
    at = 0
    for case in found:
        now = is_one_of and case.said == "if" and is_lone_state(tokens[case.kept : case.end], index)
        spelled += [*tokens[at : case.first], *case.opening(tokens)]
        spelled += [new_word("currently", tokens[case.kept]) for _ in range(now)]
        spelled += tokens[case.kept : case.end]
        spelled.append(new_word(",", tokens[case.end]))
        at = case.next
    return (*spelled, *tokens[at:])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """A case from `first` up to `end`, of which the words from `kept` on stay; what follows begins at `next`."""

    first: int
    kept: int
    end: int
    next: int
    said: str

    def opening(self, tokens: Sequence[Token]) -> list[Token]:
        """The words that make a condition of it."""
        return [new_word(word, tokens[self.first]) for word in self.said.split()]


def _cases(tokens: Sequence[Token], index: Index) -> Iterator[_Case]:
    start, is_fresh, was_asked, is_next = 0, True, False, False
    at = begun = 0
    while at < len(tokens):
        norm = tokens[at].norm
        case = None
        if norm in _SIGNS:
            is_bare = is_next and is_fresh and is_lone_state(tokens[start:at], index)
            case = _case(tokens, start, at, index, is_fresh=is_fresh, was_asked=was_asked, is_bare=is_bare)
        if case is not None:
            yield case
            is_next = True
            at, start, is_fresh = case.next, case.next, False
            continue
        if norm in STOPS and not tokens[at].shape:
            was_asked = was_asked or _is_yes_or_no(tokens[begun : at + 1], index)
            start, is_fresh, begun = at + 1, True, at + 1
        elif norm in (",", ":", "-", "(") or (norm == "=" and tokens[at - 1].norm not in ("<", ">")):
            start, is_fresh = at + 1, norm != ","
        at += 1


def _case(
    tokens: Sequence[Token], start: int, at: int, index: Index, *, is_fresh: bool, was_asked: bool, is_bare: bool
) -> _Case | None:
    """The case that ends before the sign at `at`, or None. `is_bare`: a state alone, behind another case."""
    own, sign = tokens[start:at], tokens[at].norm
    following = _behind(tokens, at)
    if not own or following >= len(tokens) or (sign == "=" and own[-1].norm in ("<", ">", "=")):
        return None
    if sign == "=" and tokens[at + 1].norm == "=":
        return None
    if sign == "," and tokens[following].norm == "so":
        return None  # what stands before is a reason
    is_then = is_bare or tokens[following - 1].norm == "then"
    rest = tokens[following : following + 9]
    text = norms(own)
    answer = _ANSWER.fullmatch(text)
    if answer and was_asked and (sign != "and") and _goes_on(rest, index):
        if answer["said"].startswith("it "):
            return _Case(first=start, kept=at, end=at, next=following, said=f"if {answer['said']}")
        said = "if so" if answer["said"] in ("yes", "yeah", "yep") else "if not"
        return _Case(first=start, kept=at, end=at, next=following, said=said)
    if sign in _STRONG and _CONDITION.match(text) and _goes_on(rest, index):
        return _Case(first=start, kept=start, end=at, next=following, said="")
    if _CONDITION.match(text) or not _is_meant(own, sign, index, is_then=is_then, is_fresh=is_fresh, rest=rest):
        return None
    lead = next((i for i in range(start, at) if tokens[i].norm not in ("and", "but", "so", "or")), start)
    said = "if i have" if sign == "=" and is_bare_count(own, index) else "if"
    return _Case(first=lead, kept=lead, end=at, next=following, said=said)


def _is_yes_or_no(said: Sequence[Token], index: Index) -> bool:
    """Is it a question about how something is, which a yes or a no answers?"""
    text = norms(said)
    if not text.endswith("?"):
        return _WHETHER.search(text) is not None
    return _YES_OR_NO.match(text) is not None or is_telling(said[:-1], index)


def _is_meant(
    own: Sequence[Token], sign: str, index: Index, *, is_then: bool, is_fresh: bool, rest: Sequence[Token]
) -> bool:
    """Are these words a case, before such a sign?"""
    if sign == "?":
        return (
            _ASKS.match(norms(own)) is None
            and _goes_on(rest, index)
            and is_case(own, index, is_sure=True, is_fresh=True)
        )
    if sign == "=" and _goes_on(rest, index) and not is_plain_verb(own[0], index.verbs):
        return len(own) <= _LONGEST and _TELLS_BY_ITSELF.search(norms(own)) is None
    if sign in _STRONG:
        is_said = sign == "=" or _WANTED.match(norms(rest)) is not None or _goes_on(rest, index)
        return (is_said and is_telling(own, index)) or is_case(own, index, is_sure=True, is_fresh=is_fresh)
    if not (_goes_on(rest, index) or (sign == "and" and _WANTED.match(norms(rest)))):
        return False
    is_sure = is_then or sign in _FAIR or _STAYS.match(norms(rest)) is not None
    return is_case(own, index, is_sure=is_sure, is_fresh=is_fresh)


def _behind(tokens: Sequence[Token], at: int) -> int:
    """Where it goes on behind a sign, and behind "then" or "that" after it."""
    at += 1
    skipped = ("then", ",", "that", "=", ":", "also") if tokens[at - 1].norm != ":" else ("then", ",", "that", "also")
    while at < len(tokens) and tokens[at].norm in skipped and tokens[at - 1].norm != tokens[at].norm:
        at += 1
    return at


def _goes_on(rest: Sequence[Token], index: Index) -> bool:
    """Is something asked for here, or said to stay as it is?"""
    return begins_request(rest, index.verbs) or _STAYS.match(norms(rest)) is not None
