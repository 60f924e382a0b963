"""A condition that speaks of several things in turn: "if A-17 is open and A-18 has left", each read of its own."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from orchestrator_server.embedded.conditions.conditions import Tested, ellipsis_of, is_negated, joined
from orchestrator_server.embedded.conditions.ellipses import said_of
from orchestrator_server.embedded.conditions.pairs import said_of_each
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.words.english import words
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, new_word, norms

_BEFORE_NAME = words("the my our number no")
"""What stands before a thing by its id, beside the word for such a thing."""
_JOINT = lazy(r"(?:.* |^)(?P<word>and|or|but|while|whereas|yet)(?: also)?(?: (?:if|when|that|provided))?")
"""What ends in front of the next thing."""
_VERB = lazy(
    r"(?:is|are|has|have|was|were|does|did|will|costs?|not|still|already|comes?|arrives?|arrived|came|got|went|\w+ed)\b"
)

_OF_TWO = lazy(r"(?P<how>neither|both|either)(?: (?:of )?(?:them|these|those|the 2|the two))?(?: one)?(?= \w)")
_EITHER = lazy(r"\beither\b|<v>(?: ,)? or <v>")
_THEN_IT = lazy(r"\b(?:and|or|but) (?:(?:if|when|that) )?it\b")


def of_several(
    index: Index,
    tokens: Sequence[Token],
    own: str,
    beside: Sequence[Token],
    read: Callable[[Sequence[Token]], Tested | None],
) -> tuple[bool, Tested | None]:
    """Does it speak of several things, and what do they have to be? `own` is the id of what is to be done with one,
    `beside` are all that the message names.

    Nothing is read where it is not plain which words are said of which.
    """
    tokens = _with_names(index, tokens, beside)
    if (each := said_of_each(tokens, index.ids, own)) is not None:
        return True, _together([(each[0], read(one)) for one in each[1]])
    tokens = [token for token in tokens if not token.is_mark]
    named = {token.value for token in tokens if token.shape in index.ids}
    if len(named) < 2:
        return _is_torn(tokens, own, named), None
    return True, _together(list(_read_in_turn(index, tokens, read)))


def is_of_either(tokens: Sequence[Token]) -> bool:
    """Is it enough that it is so of one of them ("if A-17 or A-18 has left")?"""
    return _EITHER.search(norms(tokens)) is not None


def _read_in_turn(
    index: Index, tokens: Sequence[Token], read: Callable[[Sequence[Token]], Tested | None]
) -> Iterator[tuple[str, Tested | None]]:
    """What each thing has to be; one of which it is only said that it is so too ("... and A-18 has") like the last."""
    before: tuple[Token, ...] = ()
    for joint, part in _parts(index, tokens):
        said, pointing = part, ellipsis_of(part) if part else None
        if part and pointing is not None:
            said = said_of(before, part[0], index.ids) if before else None
        tested = read(said) if said else None
        is_opposite = tested is not None and pointing is not None and is_negated(said or ()) == pointing
        yield joint, tested.negated() if tested and is_opposite else tested
        before = said or ()


def _together(tests: Sequence[tuple[str, Tested | None]]) -> Tested | None:
    """All of them, each with its joint; None where one of them was not understood."""
    whole: Tested | None = None
    for joint, test in tests:
        if test is None:
            return None
        whole = test if whole is None else joined(whole, test, joint)
    return whole


def _with_names(index: Index, tokens: Sequence[Token], beside: Sequence[Token]) -> Sequence[Token]:
    """ "Neither of them has left", "both are open": with the two things themselves, where the message names two."""
    found = _OF_TWO.match(norms(tokens)) if len(beside) == 2 and not index.names_id(tokens) else None
    if found is None:
        return tokens
    rest = tokens[found.group().count(" ") + 1 :]
    names = [replace(token, start=tokens[0].start, end=tokens[0].end) for token in beside]
    joint = {"neither": "nor", "both": "and"}.get(found["how"], "or")
    return [tokens[0], names[0], new_word(joint, tokens[0]), names[1], *rest]


def _is_torn(tokens: Sequence[Token], own: str, named: set[str]) -> bool:
    """Is another thing than the request's own named, and then "it" said of one of the two?"""
    if not own or not named or own in named:
        return False
    last = max(at for at, token in enumerate(tokens) if token.value in named)
    return _THEN_IT.search(norms(tokens[last + 1 :])) is not None


def _parts(index: Index, tokens: Sequence[Token]) -> Iterator[tuple[str, tuple[Token, ...] | None]]:
    """What is said of each thing, and by which word it goes with what stands before; None where that is not plain."""
    places = [at for at, token in enumerate(tokens) if token.shape in index.ids]
    ends = [_name_starts(index, tokens, at) for at in places[1:]]
    joints = [_JOINT.fullmatch(norms(tokens[at:end])) for at, end in zip(places, ends, strict=False)]
    if _name_starts(index, tokens, places[0]):
        yield "and", None
        return
    for number, at in enumerate(places):
        before = joints[number - 1] if number else None
        after = joints[number] if number < len(joints) else None
        end = len(tokens) if number == len(joints) else at
        if after is not None:
            end = at + after.string.count(" ", 0, after.start("word"))
        part = tuple(tokens[at:end])
        is_plain = len(part) > 1 and _VERB.match(norms(part[1:])) is not None and (not number or before is not None)
        yield "or" if before is not None and before["word"] == "or" else "and", part if is_plain else None


def _name_starts(index: Index, tokens: Sequence[Token], at: int) -> int:
    """Where the name of a thing begins that ends with its id ("the file F-17")."""
    while at and (tokens[at - 1].norm in _BEFORE_NAME or tokens[at - 1].stem in index.things):
        at -= 1
    return at
