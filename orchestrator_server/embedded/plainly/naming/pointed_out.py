"""Words for one of several ids of a message ("the second one", "the other", "the one i keep"): the id is put there."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.plainly.naming.masked import masked
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, new_word

_PLACES = {"first": 0, "1 st": 0, "former": 0, "second": 1, "2 nd": 1, "third": 2, "3 rd": 2, "fourth": 3, "4 th": 3}
_PLACES |= {"fifth": 4, "5 th": 4, "last": -1, "final": -1, "latter": -1}
NTH = r"first|1 st|second|2 nd|third|3 rd|fourth|4 th|fifth|5 th|last|final|middle"
"""Words for a place in a list."""
_OF_TWO = ("former", "latter")
_WANTING = r"(?:i|we)(?= (?:am|are|do|will|want|would|need|still|really|keep|kept|have to|can)\b)"
_END = (
    r"(?= [-.,:;?!()\n]|$| (?:and|but|or|please|can|could|should|must|may|will|would|is|was|has|have|had|needs?|goes|go"
    rf"|to|{_WANTING}|you|too|instead|now|if|when|unless|because|as|for|also|only|there|though|just|then|not|thanks"
    r"|tell|show|send|give|what|when|where|how|asap|today|comes?|gets?|got|arrives?|stays?|remains?|does|did"
    r"|do|still|back|an?|the|my|<a>|<v>)(?= |$))"
)
_OF = r"(?: of (?:them|those|these|the 2|my 2|the <t>))?"
_BEGINNING = r"(?:(?<=^)|(?<=[-.,:;?!(\n] )|(?<= and )|(?<= but )|(?<= so ))"
_POINTING = lazy(
    rf"\bthe (?P<one>{NTH})(?: one| <t>)? (?:and|&) (?:the )?(?P<two>{NTH})(?: ones?| 2| <t>)?{_OF}{_END}"
    rf"|\bthe (?:very )?(?P<place>{NTH}) (?:one|<t>)(?: mentioned| above)?{_OF}{_END}"
    rf"|\bthe (?:one|<t>) in the (?P<between>middle){_END}"
    rf"|(?<!<t> )(?<!my )(?<!the )\b(?:number|no) (?P<number>[1-9]){_END}"
    rf"|{_BEGINNING}(?P<plain>first|second|third|last)(?: one{_END}|(?= :))"
    rf"|(?<!\bon )(?<!\bby )(?<!\buntil )(?<!\bbefore )(?<!\bsince )(?<!\bfrom )(?<!\bafter )\bthe (?:very )?"
    rf"(?P<bare>first|1 st|second|2 nd|third|3 rd|former|latter|last|middle)(?: mentioned| of (?:them|those|these))?"
    rf"(?! (?:now|today|there|to)\b){_END}"
    rf"|(?:\bthe |{_BEGINNING})(?P<edge>first|last) (?P<count>[2-9])(?: ones?| <t>)?{_OF}{_END}"
    rf"|\b(?:the|all) (?:the )?(?:others|rest|other (?P<left>[2-9])(?: ones| <t>)?|remaining (?P<more>2|3)(?: ones"
    rf"| <t>)?){_END}"
    rf"|\b(?:the|my) (?P<other>other|remaining)(?: one| <t>)?{_OF}{_END}"
    r"|\bthe (?:one|<t>) (?P<kept>(?:that |which )?(?:i|we) (?:(?:am|are|do|did|will|want to|would like to|still|have"
    r"|really|actually) )*(?:keep|keeping|kept|want|hold on to|holding on to))\b(?: now)?"
    r"|\b(?P<all>(?:(?:them|those|these) )?(?:all|every one|everything)(?: of (?:them|those|these))?|the lot) "
    r"(?:but|except(?: for)?|apart from|other than|besides|bar|excluding|not)"
    r"(?: (?:the|<t>))* (?P<out><v>(?: (?:(?:and|or|,|the|<t>) )*<v>)*)"
)
_KEPT = lazy(
    r"\b(?:keep|keeping|keeps|kept|leave|leaving|hold on to)(?: (?:only|just|my|the|<t>))* (?P<behind><v>)"
    r"|(?P<ahead><v>) (?:, |- )?(?:(?:that|this|it)(?: one)? )?(?:is )?(?:the one )?(?:which |that )?(?:i|we) "
    r"(?:(?:am|are|do|will|want to|would like to|still|have|really) )*(?:keep|keeping|kept|want|need)\b"
    r"|(?P<stays><v>) (?:can |should |must |will )?(?:stays?|remains?)\b"
)
"""One of them is said to be kept."""
_NAMED_ITSELF = lazy(r"(?:[,:(-] |\( |is |was |being |(?:number|no|<t>) )*<v>")
"""The id of what is pointed at follows."""


def with_pointed(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """The tokens with the ids in the place of such words, where it is clear which are meant."""
    ids = [token for token in tokens if token.shape in index.ids]
    if len({token.value for token in ids}) < 2 or len({token.shape for token in ids}) > 1:
        return tokens
    at = 0
    while (found := _POINTING.search(text := masked(tokens, index, lambda token: _act(token, index)), at)) is not None:
        first = text.count(" ", 0, found.start() + (found[0][:1] == " "))
        end = first + found[0].strip().count(" ") + 1
        meant = (
            []
            if _NAMED_ITSELF.match(text, found.end() + 1)
            else _meant(tokens[:first], tokens[first:end], found, index)
        )
        at = found.end()
        if meant:
            put = tuple(_side_by_side(meant, tokens[first], tokens[end - 1]))
            tokens = (*tokens[:first], *put, *tokens[end:])
            at = 0
    return tokens


def _act(token: Token, index: Index) -> str:
    """A mark for what is done with things."""
    return "<a>" if token.stem in index.effect_verbs and token.stem not in index.named else token.norm


def _meant(before: Sequence[Token], here: Sequence[Token], found: re.Match[str], index: Index) -> list[Token]:
    """The ids that are pointed at by what is said `here`; none where nobody can say."""
    said = [token for token in before if token.shape in index.ids]
    named = {token.value: token for token in reversed(said)}
    values = list(dict.fromkeys(token.value for token in said))
    if len(values) < 2:
        return []
    if found["out"]:
        out = {token.value for token in here if token.shape}
        return [named[value] for value in values if value not in out]
    if found["kept"]:
        return [named[value] for value in _kept(before, index)]
    return [named[value] for value in _by_place(values, found) or _others(values, said, found)]


def _by_place(values: Sequence[str], found: re.Match[str]) -> Sequence[str]:
    """The ids at the places that are named."""
    if found["edge"]:
        many = int(found["count"])
        return (values[:many] if found["edge"] == "first" else values[-many:]) if many < len(values) else ()
    named = [found[group] for group in ("one", "two", "place", "plain", "bare", "between", "number") if found[group]]
    places = [index_of(place, len(values)) for place in named]
    return [values[place] for place in places if place is not None] if None not in places else ()


def index_of(place: str, many: int) -> int | None:
    """The index of a place among so many; None where there is no such one."""
    if place == "middle":
        return many // 2 if many % 2 else None
    at = int(place) - 1 if place.isdigit() else _PLACES[place]
    return at if at < many and not (place in _OF_TWO and many > 2) else None


def _others(values: Sequence[str], said: Sequence[Token], found: re.Match[str]) -> Sequence[str]:
    """What is left of all that were named together when those are taken out that were spoken of again."""
    if any(found[group] for group in ("one", "place", "plain", "bare", "edge", "between", "number")):
        return ()
    times = [token.value for token in said]
    left = [value for value in values if times.count(value) == 1]
    many = 1 if found["other"] else int(found["left"] or found["more"] or len(left))
    is_clear = len(left) == many and len(left) < len(values) and (found["other"] or many > 1)
    return left if is_clear else ()


def _kept(before: Sequence[Token], index: Index) -> Sequence[str]:
    """The one id that is said to be kept."""
    text = masked(before, index, lambda token: _act(token, index))
    places = (found.start(found.lastgroup or 0) for found in _KEPT.finditer(text))
    values = list(dict.fromkeys(before[text.count(" ", 0, place)].value for place in places))
    return values if len(values) == 1 else ()


def _side_by_side(meant: Sequence[Token], first: Token, last: Token) -> Iterator[Token]:
    for at, token in enumerate(meant):
        if at:
            yield new_word("and", first)
        yield replace(token, start=first.start, end=last.end)
