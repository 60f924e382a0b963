"""Values that are taken back at once ("stop A-17, no sorry, A-18"): the one that stands is put in their place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from orchestrator_server.embedded.words.english import FUNCTION
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.singulars import singular
from orchestrator_server.embedded.words.text import Token, norms

_MARK = r"(?:[-,.;:!?(\n] )*"
_AH = r"(?:ah|oh|uh|um|hm+|argh|damn|ugh|well|please)"
_TAKEN_BACK = (
    r"(?:no|nope|nah|oops|whoops|ups|sorry|apologies|pardon|wait|hold on|hang on|(?:or )?rather|actually|correction"
    r"|(?:scratch|strike|forget|ignore) (?:that|it)|i (?:am|was) sorry|my (?:mistake|bad|fault|error)|typo"
    r"|(?:that is |that was |it is |it was )?(?:the |a )?wrong(?: (?:one|number|id|\w+))?|i mixed (?:them|it|that) up"
    r"|(?:i )?meant?|i mean(?:t)?|i wanted to (?:say|write)|not that(?: one)?(?! (?:of|from|in|on|for|to) ))"
)
_LEADS = (
    r"(?:(?:(?:it|that|this) (?:is|was|should be|must be|should have been|needs to be)|(?:make|let) (?:that|it)(?: be)?"
    r"|i (?:mean|meant|want|need|wanted)|(?:the )?(?:right|correct|real) (?:one|number|\w+) is|the one|to|for|it|only"
    r"|just|of course|better|read|say|use|take|the|my|number|no) )*"
)
_TAIL = (
    r"(?: (?:i (?:mean|meant|wanted|want)|instead|please|of course|rather|is (?:the (?:one|right one|correct one)"
    r"|what i (?:mean|meant)|right|correct)(?: i (?:mean|meant|want))?|of (?:them|those|these)|thanks|thank you))*"
)
_LONE = r"(?<!the )(?<!this )(?<!number )(?<!no )(?<!my )one(?! of\b)"
"""The number, and nobody or nothing that was spoken of."""
_AGAIN = lazy(
    rf" (?P<back>{_MARK}(?:{_AH} {_MARK})*(?:{_TAKEN_BACK} {_MARK}(?:{_AH} {_MARK})*)+)"
    rf"(?P<leads>{_LEADS}(?:(?P<verb>[a-z]+) (?:(?:the|my|number) )*(?:[a-z]+ )?)?)(?P<new><v>"
    rf"|\d+|{_LONE})(?P<tail>{_TAIL})(?= [-.,;!?)\n]|$| and | but )"
)
_MADE = lazy(
    rf" (?P<back>{_MARK}(?:and |but )?(?:(?:no|sorry|wait|actually|oh|better|hmm|on second thoughts?"
    rf"|second thoughts?|on reflection) {_MARK})*)"
    rf"(?P<leads>make (?:that|it) )(?P<verb>(?!))?(?P<new><v>|\d+|{_LONE})(?P<tail>{_TAIL})(?= [-.,;!?)\n]|$)"
)
"""Behind a value of the same kind nothing but a better one is meant."""
_BACK = lazy(r"(?:no|nope|nah|actually|wait|sorry|hold on|on second|forget|never mind|leave it|keep it|scratch)\b")


_INSERTED = lazy(
    rf"(?<= <v>) (?P<back>{_MARK}(?:{_AH} {_MARK})*(?:(?:no|nope|oops|sorry|wait|rather|correction|i meant?) {_MARK})+)"
    r"(?P<leads>(?:(?:i meant?|that is|it is|sorry) )*)(?P<verb>(?!))?(?P<new><v>)(?P<tail>(?: ,)?)"
)
"""Right behind a value of its kind."""


def settled(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens with every value that was taken back replaced by the one that stands, which is then said once."""
    found = tuple(_apart(tokens))
    for pattern in (_AGAIN, _MADE, _INSERTED):
        at = 0
        while (again := pattern.search(norms(found), at)) is not None:
            better = _replaced(found, again)
            at = again.end("back") if better is None else 0
            found = better or found
    return found


def _apart(tokens: Sequence[Token]) -> Iterator[Token]:
    """With a full stop for the dash before words that take something back."""
    for at, token in enumerate(tokens):
        is_dash = token.norm == "-" and not token.shape and _BACK.match(norms(tokens[at + 1 : at + 4])) is not None
        yield replace(token, norm=".", stem=".") if is_dash else token


def _replaced(tokens: tuple[Token, ...], again: re.Match[str]) -> tuple[Token, ...] | None:
    """The tokens with the earlier value replaced and the words about it left out; None where there is none."""
    first = _place(again, "back")
    last = _place(again, "new")
    new = tokens[last]
    old = next(
        (at for at in range(first - 1, -1, -1) if _is_same_kind(tokens[at], new)), _one_before(tokens, first, new)
    )
    if old is None or (again["verb"] and not _is_said_before(tokens[:old], again["verb"])):
        return None
    end = last + 1 + again["tail"].count(" ")
    stands = replace(new, start=tokens[old].start, end=tokens[old].end)
    between = tokens[old + 1 : first]
    return (*tokens[:old], stands, *(_of_one(between) if new.norm == "one" else between), *tokens[end:])


def _of_one(tokens: Sequence[Token]) -> Iterator[Token]:
    """The words behind a number with their noun as it is said of one."""
    ends = (at for at, token in enumerate(tokens) if token.is_mark or token.shape or token.norm in FUNCTION)
    noun = next(ends, len(tokens)) - 1
    for at, token in enumerate(tokens):
        one = singular(token.surface) if at == noun else token.surface
        is_part = len(one) < len(token.surface) and token.surface.startswith(one)
        yield replace(token, surface=one, norm=one.lower(), end=token.start + len(one)) if is_part else token


def _one_before(tokens: Sequence[Token], end: int, new: Token) -> int | None:
    """The "one" (or else the only "a") that a number takes the place of: "order one; make that 2"."""
    for articles in (("one",), ("a", "an")):
        places = [at for at in range(end) if tokens[at].norm in articles]
        if not new.shape and len(places) == 1:
            return places[0]
    return None


def _place(again: re.Match[str], group: str) -> int:
    return again.string.count(" ", 0, again.start(group))


def _is_same_kind(old: Token, new: Token) -> bool:
    if new.shape:
        return old.shape == new.shape and old.value != new.value
    return not old.shape and old.norm.isdigit() and old.norm != new.norm


def _is_said_before(tokens: Sequence[Token], verb: str) -> bool:
    return any(token.norm == verb for token in tokens)
