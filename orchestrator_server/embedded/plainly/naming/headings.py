"""Ids that are only listed before the message says what shall become of each: the list is left out."""

from collections.abc import Sequence

from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.plainly.naming.masked import masked
from orchestrator_server.embedded.words.english import stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, new_word, norms, token_at

_HELD = r"(?: \( (?:[a-z'-]+ ){1,4}\)| [-=] (?:(?:the|my|a) )?[a-z'-]+(?: [a-z'-]+)?(?= [,.:;]))?"
"""What an id of the list is for."""
_HEADING = lazy(
    r"(?P<before>(?:(?:hi|hello|hey|hiya|good morning|so|ok|please|dear|sir|madam|team|,|[.!]) )*)"
    r"(?:(?:about|regarding|re|concerning|for|of|from|between|among|out of|my|the|these|those|both|2|3|4|as for|with"
    r"|here|here is|here are|here|there is|there are|i have|i have got|we have|we have got|got|<t>|:|-|,(?= <v>)) )*"
    rf"<v>{_HELD}(?: (?:(?:,|and|&|plus|/|also|the|my|<t>) )*<v>{_HELD})+ (?:here )?(?P<mark>[:.,;?!-]) "
)
_PLACE = "<v>"
_TOGETHER = frozenset(["both", "all", "each", "they", "them", "these", "those", "either", "neither", "every"])
"""Words for all of the list."""


_COUNTED = lazy(
    r"(?P<before>(?:(?:hi|hello|hey|hiya|so|ok|good morning|dear|sir|madam|there|all|please|,|[.!]) )*)"
    r"(?:(?:just|only|i have|i have got|i need|we have|there are|got|a few|a couple of|the following) )*"
    r"(?:\d|some|several|few) (?:(?:quick|small|little|short|more|different|separate|simple|minor|easy) )?"
    r"(?:things|questions|requests|points|favou?rs|issues|problems|matters|wishes|tasks|jobs)"
    r"(?: (?:love|mate|please|for you|today|dear|guys|from me|then|now|pal|hun|here|if i may|to sort|to do|to ask))*"
    r" (?:[-,.:;!] )+"
)
"""What says but how many things follow."""


def without_count(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens without "just two things, love: " before the requests themselves."""
    found = _COUNTED.match(norms(tokens))
    if found is None:
        return tokens
    return (*tokens[: found["before"].count(" ")], *tokens[found[0].count(" ") :])


_DEED = lazy(
    r"(?:(?:hi|hello|hey|so|ok|subject|re|about|regarding|concerning|dear|team|:|,) )*(?P<deed>(?:(?:the|my) )?"
    r"(?P<noun>[a-z]+(?:ation|al|ment|ing)|return|refund|exchange|change)(?: (?:of|for))?)"
    r" (?:(?:[a-z]+ ){1,4}(?:from|in|of) )?(?:(?:the|my|<t>) )*<v> (?:[-:.,;!] )(?:(?:so|please|and|hi|,) )*"
    r"(?:what|when|where|why|how|who|which|is|has|was|did|does|do|are|will)\b"
)
"""A deed that is named before a question about it ("cancellation of A-17: when do I hear of it?")."""


def without_deed(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """The tokens with "about" for such a deed, which nobody asks for."""
    found = _DEED.match(masked(tokens, index))
    if found is None or stem(found["noun"]) not in index.effect_verbs:
        return tokens
    at = token_at(found, "deed")
    return (*tokens[:at], new_word("about", tokens[at]), *tokens[at + found["deed"].count(" ") + 1 :])


def without_heading(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """The tokens without such a list at the beginning, where ids of it are named again behind it."""
    if sum(token.shape in index.ids for token in tokens) < 3:
        return tokens
    words = [_PLACE if t.shape in index.ids else "<t>" if t.stem in index.things else t.norm for t in tokens]
    text = " ".join(words)
    found = _HEADING.match(text)
    if found is None:
        return tokens
    first, end = found["before"].count(" "), found[0].count(" ")
    return (
        tokens
        if _is_needed(tokens[first:end], tokens[end:], found["mark"], index)
        else (*tokens[:first], *tokens[end:])
    )


def _is_needed(heading: Sequence[Token], rest: Sequence[Token], mark: str, index: Index) -> bool:
    """Is an id of the list spoken of nowhere else? Behind a colon only some of them may be meant, if not all."""
    listed = {token.value for token in heading if token.shape in index.ids}
    again = {token.value for token in rest if token.shape in index.ids}
    is_whole = any(token.norm in _TOGETHER for token in rest)
    return not (listed <= again or (mark == ":" and listed & again and not is_whole))
