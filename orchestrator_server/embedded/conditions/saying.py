"""What a condition says, ready to be read: without fillers and marks, with dates in one piece."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from orchestrator_server.embedded.clauses.joints import is_than
from orchestrator_server.embedded.conditions.dates import days_in
from orchestrator_server.embedded.conditions.facts import Words
from orchestrator_server.embedded.words.english import FINITE, TAG, stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms, token_at, tokens_of

_FILLER = lazy(
    r"(?:any ?more|any longer|at all|atm|rn|as we speak|by now|so far|right now|at the moment|at this (?:moment"
    r"|point|time)"
    r"|in the meantime|meanwhile"
    r"|by any chance|in total|altogether|in all|of course|in the end|please|ok|okay|thanks|really|actually|even|in fact"
    r"|as of now|now|too|as well|either|yes|then|exactly|turns? out to|happens? to|should|turned out to|indeed"
    r"|(?:on|in|to) (?:my|the|this|your|our) (?:account|card|name|system|systems|records|books|database|screen"
    r"|list|files?)|(?:on|at) your (?:end|side)|these days|after all(?: (?:this|that|those years|these years))?"
    r"|mind(?: you)?$|though$|that is$|each$|apiece$|not only|you (?:can )?(?:see|find|notice"
    r"|discover)(?: out)?(?: that)?|guys|folks|lads|people(?= (?:have|has|had|did|are|already|still|not"
    r"|\w+ed)\b)|lot(?= (?:have|has"
    r"|had|did|are|already|still|not|\w+ed)\b)|mate|pal|buddy|bro|dude|cheers|ta|thx|pls|yo|you know|(?:once "
    r"|yet )?again"
    r"|(?:would|will|could|can) you$|or (?:whatever|something|what ?not)(?: (?:like that|else))?|gone and"
    r"|went and|that is$|like(?= \d)"
    r"|any (?:day|time|date)(?= (?:before|after|since|until)\b)|lol|haha|somehow|for some reason|as it happens|in truth"
    r"|to show for (?:it|this|that|them)|to my name|in the bank|in reality|by some miracle"
    r"|(?:god|heaven) forbid|by any means"
    r"|(?:been )?(?:sitting|sat|lying|hanging|standing)(?: (?:there|here|around|about))*(?: (?:in|as))?"
    r"|(?:it )?turns? out(?: that)?|obviously|only(?= on )|as (?:it|things) stands?|alive"
    r"|(?:you|they|your (?:lot|people|system))(?: lot| guys| people| all)? (?:still )?(?:have|got|list"
    r"|show) me (?:down|listed|marked) as)(?= |$)"
)
_KEPT = lazy(
    r"(?:by|before|until|till|after|since) then|exactly (?:\d|one|a)|should (?:be|arrive|come|get)|even (?:more"
    r"|less)|either (?:way|of)|from now|now on"
)
_ITS = lazy(
    r"(?:not|still|less|more|over|under|here|older|newer|at|from|been|already|on|in|the|a|an|cheaper|above|below|out"
    r"|up|to|between|longer|exactly|only|just|\w+(?:ed|ing))\b|\w+$"
)
_OF_CALLER = lazy(
    r"\b(?:i am(?! (?:still |well |now )*(?:within|inside|past|over)\b)|am i|we are|are we|i was|me being)\b"
    r"|\b(?:i|we) (?:have|had) been (?:an?|with)\b"
    r"|\b(?:i|we) (?:do not |did not |still |only )*have (?:got )?(?:no|any|more|less|fewer|at|only|a|an|enough"
    r"|over|under|exactly|the|my|one|other|some|\d+)\b"
)
_FINITE = lazy(rf"\b(?:{FINITE})\b")
_BEFORE_BE = lazy(r"\b(?:will|would|shall|should|may|might|must|can|could|to|not going|do|does|did|let|never|need)\b")
"""Verbs after which `be` stays what it is."""
_ANY_MORE = lazy(r"\b(?:is|are|was|were|has|have) (?P<no>not) (?:[a-z]+ ){1,5}?(?:any ?more|any longer)\b")
_SIGNS = {">": "more than", "<": "less than", ">=": "at least", "=>": "at least", "<=": "at most", "=<": "at most"}
_SIGNS |= {"=": "exactly", "==": "exactly", "≥": "at least", "≤": "at most"}
_TAG = lazy(rf" {TAG}$")
_IN_DATES = frozenset("/.-")


@dataclass(frozen=True, kw_only=True)
class Saying(Words):
    """The words of one part."""

    @cached_property
    def is_of_caller(self) -> bool:
        """Is it said of the user ("I am gold", "my level")?"""
        return _OF_CALLER.search(self.text) is not None


def said_in(tokens: Sequence[Token], ids: Collection[str]) -> list[Token]:
    """The tokens that count."""
    found: list[Token] = []
    marked = list(_no_longer(list(_without_signs(as_plain(tokens, ids)))))
    marked = [_meant(marked, at) for at in range(len(marked))]
    at = 0
    while at < len(marked):
        text = norms(marked[at : at + 9])
        filler, kept = _FILLER.match(text), _KEPT.match(text)
        if filler and not kept:
            at += filler.group().count(" ") + 1
            continue
        if kept and not filler:
            found += marked[at : at + kept.group().count(" ") + 1]
            at += kept.group().count(" ") + 1
            continue
        if not marked[at].is_mark or marked[at].norm == "'s" or _is_in_date(marked, at):
            found.append(marked[at])
        at += 1
    return _spelled(_without_tag(found))


def _without_tag(tokens: list[Token]) -> list[Token]:
    """Without a question at the end that only asks for a nod ("it is open, is it not")."""
    text = norms(tokens)
    tag = _TAG.search(text)
    if tag is None or not _FINITE.search(text[: tag.start()]):
        return tokens
    return tokens[: text[: tag.start()].count(" ") + 1]


def _no_longer(tokens: Sequence[Token]) -> Iterator[Token]:
    """With "is no longer" for "is not ... any more"."""
    text = norms(tokens)
    found = _ANY_MORE.search(text) if " any" in text else None
    denied = token_at(found, "no") if found else -1
    for at, token in enumerate(tokens):
        if at == denied:
            yield from (replace(token, surface=word, norm=word, stem=stem(word)) for word in ("no", "longer"))
        else:
            yield token


def _without_signs(tokens: Sequence[Token]) -> Iterator[Token]:
    """With the signs of comparison in words: "> 20" is "more than 20"."""
    at = 0
    while at < len(tokens):
        sign = "".join(token.norm for token in tokens[at : at + 2])
        length = 2 if sign in _SIGNS else 1
        words = _SIGNS.get(sign if length == 2 else tokens[at].norm, "") if tokens[at].is_mark else ""
        said = (replace(tokens[at], surface=word, norm=word, stem=stem(word)) for word in words.split())
        yield from said if words else tokens[at : at + length]
        at += length


def as_plain(tokens: Sequence[Token], ids: Collection[str]) -> list[Token]:
    """The tokens with ids as the only values."""
    return [plain for token in tokens for plain in _plain(token, ids)]


def words_of(tokens: Sequence[Token], *, nouns: frozenset[str], today: dt.date | None, is_near: bool) -> Saying:
    """The words as tests read them."""
    return Saying(
        norms=tuple(token.norm for token in tokens),
        stems=tuple(token.stem for token in tokens),
        surfaces=tuple(token.surface or token.norm for token in tokens),
        today=today,
        nouns=nouns,
        is_near=is_near,
    )


def _plain(token: Token, ids: Collection[str]) -> Iterable[Token]:
    """What looks like a value of some parameter is a date here, or plain words ("above 5000" is no place)."""
    if not token.shape or token.shape in ids:
        return [token]
    said = token.surface.lower()
    if (found := days_in(said, dt.date(2000, 1, 1), is_ahead=True)) and found.found.group() == said:
        return [replace(token, shape="", value="", norm=said, stem=said)]
    return [replace(one, start=token.start, end=token.end) for one in tokens_of(token.surface, (), str)]


def _is_in_date(tokens: Sequence[Token], at: int) -> bool:
    around = [tokens[i] for i in (at - 1, at + 1) if 0 <= i < len(tokens)]
    return tokens[at].norm in _IN_DATES and len(around) == 2 and all(t.norm[:1].isdigit() for t in around)


def _spelled(tokens: list[Token]) -> list[Token]:
    """With "its" as it was meant where nothing else can be the verb: "its still open"."""
    for at, token in enumerate(tokens):
        rest = norms(tokens[at + 1 :])
        starts = at == 0 or tokens[at - 1].norm in ("and", "or", "but", "when", "if", "while")
        if token.norm == "its" and starts and _ITS.match(rest) and not _FINITE.search(rest.split(" and ")[0]):
            it = replace(token, norm="it", stem="it")
            return [*tokens[:at], it, replace(token, surface="", norm="is", stem=stem("is")), *tokens[at + 1 :]]
    return tokens


def _meant(tokens: Sequence[Token], at: int) -> Token:
    """One word as it was meant: "than" where a comparison goes on, "is" in "(should) it be open"."""
    norm, before = tokens[at].norm, norms(tokens[:at])
    if norm == "then" and at and is_than(tokens[at - 1], tokens[at + 1 :]):
        return replace(tokens[at], norm="than", stem="than")
    if norm == "to" and norms(tokens[at + 1 : at + 2]) == "be" and _is_wish_form(tokens[:at]):
        return replace(tokens[at], norm="still", stem="still")
    before = before.removesuffix(" to") if _is_wish_form(tokens[: at - 1]) else before
    if norm == "be" and not _BEFORE_BE.search(before):
        return replace(tokens[at], norm="is", stem=stem("is"))
    return tokens[at]


def _is_wish_form(tokens: Sequence[Token]) -> bool:
    """Is this but the subject of a verb that was said before it ("were <it> to be open")?"""
    is_meant = any(
        token.norm in ("am", "about", "going", "want", "wants", "likely", "sure", "bound") for token in tokens
    )
    return 0 < len(tokens) < 4 and not is_meant and _FINITE.search(norms(tokens)) is None
