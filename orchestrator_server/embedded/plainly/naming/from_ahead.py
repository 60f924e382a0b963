"""Where things come from, said before them ("from A-17 the map goes back", "A-17: map and key go back"): put behind."""

import re
from collections.abc import Iterator, Sequence

from orchestrator_server.embedded.declared.features import is_content
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.plainly.naming.masked import masked
from orchestrator_server.embedded.plainly.respelling import Rule, is_unconditional, respelled
from orchestrator_server.embedded.values.naming import OBJECT_AHEAD
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, new_word, token_at

_LED = r"(?:^|(?<=[.!?;,\n] )|(?<=\band ))"
_PLACE = r"(?P<place>(?P<of>from|out of|of) (?:(?:the|my|number|<t>) )*<v>(?: [:,-])?|<v> [:-])"
_NOUNS = (
    r"(?:(?!and\b|the\b|my\b|an?\b)(?!if\b|when\b|please\b|i\b|we\b|you\b|is\b|are\b|has\b|have\b|that\b|which\b|it\b"
    r"|what\b|where\b|how\b)[a-z'-]+(?: (?:and|,|the|my))* ){1,8}?"
)
_BACK = lazy(
    rf"{_LED}{_PLACE} (?P<what>(?:(?:only|just|both|all|also|the|my|an?|one|that|this|those|these|\d) )*{_NOUNS})"
    r"(?P<go>(?:(?:has|have|must|should|needs?|is|are|can|will|shall) (?:[a-z]+ ){0,3}?)?"
    r"(?:goes|go|going|comes?|coming|sent|to be) (?:\w+ )?back\b)"
)
"""A thing of it goes back."""
_MORE = lazy(
    rf"{_LED}{_PLACE} (?P<what>(?:(?:only|just|also|likewise|the|my|an?|one|\d) )*(?P<noun>(?:(?!and\b|please\b|too\b)"
    r"[a-z'-]+ ?){1,3}(?:(?:and|,) (?:the |my )?(?:[a-z'-]+ ?){1,3})?))(?= (?:[.,;!?\n]|too|please)|$)"
)
"""Another one, where nothing else is said of it."""
_FROM = lazy(
    r"\b(?:the|my|\d) (?:[a-z'-]+ ){1,6}?(?:from|out of|of) (?:(?:the|my|number|<t>) )*<v>"
    r"(?= (?:and|,) (?:from|out of) )"
)
_BRACKETED = lazy(r"(?<=[a-z] )(?P<open>\( (?:(?:both|all|also|in|from|of|<t>|number) )*)<v> \)")
_HINTS = frozenset(["back", "(", "both", "all", "which", "that"])
_LOOSE = frozenset(["only", "just", "also", "likewise"])


_ALIKE = (
    Rule(
        hints=("both <v>", "all <v>"),
        pattern=lazy(
            r"(?<=[a-z] )(?P<frame>[,.(-] (?:both|all)) (?=<v>(?: \))? (?:[.,;!?\n]|please|thanks)|<v>(?: \))?$)"
        ),
        plain={"frame": "from"},
        applies=is_unconditional,
    ),
    Rule(
        hints=("both ", "all "),
        pattern=lazy(
            r"<v>(?: \))? (?:are|have|must|should|can|will|need) (?P<all>both|all) (?=(?:[a-z]+ ){1,3}back\b)"
        ),
        plain={"all": ""},
    ),
    Rule(
        hints=("which ", "that ", "both ", "all "),
        pattern=lazy(
            r"(?<=[a-z] )(?P<frame>(?:, )?(?:(?:which|that) (?:are|is|were|was|come|came)(?: both| all)?|(?:both|all)"
            r"(?: of (?:which|them))?(?: are| were)?) )(?P<of>in|from|of|out of)(?= (?:the )?<v>)"
            r"(?:(?: the)? <v>(?P<close>,) (?=and (?:the|my) ))?"
        ),
        plain={"frame": "", "of": "from", "close": ""},
        applies=is_unconditional,
    ),
)
"""Words for all of them, and what only tells where they come from."""


def with_places_behind(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """The tokens with "the map from A-17 goes back" for such words, and "and the key from A-18" behind it."""
    many = sum(token.shape in index.ids for token in tokens)
    if not many or (many == 1 and not any(token.norm in _HINTS for token in tokens)):
        return tokens
    tokens = respelled(_unbracketed(tokens, index), _ALIKE)
    text = masked(tokens, index)
    found = _BACK.search(text) if " back" in text else None
    if found is None:
        return _listed_on(tokens, text, index)
    end = token_at(found, "go") + found["go"].count(" ") + 1
    done = (*tokens[: token_at(found, "place")], *_turned(tokens, found), *tokens[token_at(found, "go") : end])
    return (*done, *_more(tokens[end:], index))


def _unbracketed(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """With "the map from A-17" for "the map (A-17)", where things of an id are given or got."""
    if not any(token.norm == "(" for token in tokens):
        return tokens
    takers = [p for p in index.profiles if p.takes_names and p.intent.has_effect and p.needed & index.ids]
    verbs = {verb.split()[0] for profile in takers for verb in profile.verbs}
    if any(token.stem in verbs for token in tokens):
        text = masked(tokens, index)
        for found in reversed(list(_BRACKETED.finditer(text))):
            first, end = token_at(found, "open"), text.count(" ", 0, found.end()) + 1
            kept = tuple(token for token in tokens[first:end] if token.shape)
            tokens = (*tokens[:first], new_word("from", tokens[first]), *kept, *tokens[end:])
    return tokens


def _listed_on(tokens: tuple[Token, ...], text: str, index: Index) -> tuple[Token, ...]:
    """ "Return the map from A-17 and the key from A-18" for "... and from A-18 the key"."""
    first = _FROM.search(text)
    if first is None:
        return tokens
    end = text.count(" ", 0, first.end()) + 1
    return (*tokens[:end], *_more(tokens[end:], index))


def _more(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """The rest with another thing and what it comes from turned round as well."""
    found = _MORE.search(masked(tokens, index))
    if found is None or any(is_content(t) and index.knows(t.stem) for t in _of(tokens, found, "noun")):
        return tokens
    first, end = token_at(found, "place"), token_at(found, "what") + len(found["what"].split())
    return (*tokens[:first], new_word("and", tokens[first]), *_turned(tokens, found), *_more(tokens[end:], index))


def _turned(tokens: Sequence[Token], found: re.Match[str]) -> Iterator[Token]:
    """The things first, and where they come from behind them."""
    what = [token for token in _of(tokens, found, "what") if token.norm not in _LOOSE]
    if what[0].norm not in OBJECT_AHEAD | {"that", "those"} and not what[0].norm.isdigit():
        yield new_word("the", what[0])
    yield from what
    if not found["of"]:
        yield new_word("from", tokens[token_at(found, "place")])
    yield from (token for token in _of(tokens, found, "place") if not token.is_mark)


def _of(tokens: Sequence[Token], found: re.Match[str], group: str) -> Sequence[Token]:
    first = token_at(found, group)
    return tokens[first : first + len(found[group].split())]
