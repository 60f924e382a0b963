"""The values that an answer gives for what was asked."""

import re
from collections.abc import Sequence

from orchestrator_server.catalogue import Parameter
from orchestrator_server.embedded.conversation.meant import (
    all_but,
    meant_ids,
    meant_long,
    meant_number,
    meant_tokens,
    says_all_but,
)
from orchestrator_server.embedded.conversation.pointing import is_limited, kept, pointed, ruled_out
from orchestrator_server.embedded.declared.enum_words import enum_value
from orchestrator_server.embedded.declared.heads import head_at
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.declared.verbs import is_verb_of
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.values.names import bare_name
from orchestrator_server.embedded.values.newest import lone_date
from orchestrator_server.embedded.values.slots import fill
from orchestrator_server.embedded.words.english import FUNCTION, words
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import LONG, Kind, fits
from orchestrator_server.embedded.words.text import Token, norms
from orchestrator_server.plan import Json, Reference

_LEAD = lazy(
    r"^\W*(?:(?:it is|it's|that is|that would be|its|my (?:new )?\w+(?: \w+)? is|the (?:new )?\w+(?: \w+)? is"
    r"|to|for|yes|sorry|oh|i mean|i meant|i want|i would like|i'd like|it should be|should be"
    r"|make it|please use|use|new|the one is|just|ok|okay|well|hmm|let's say|lets say|let us say|say|i guess"
    r"|i think|from|at|is|,|:)\s+)+",
    re.IGNORECASE,
)
_TAIL = lazy(
    r"(?:[\s.,;!]|\b(?:please|pls|plz|thanks|thank you|thx|cheers|and|then|i (?:think|guess|believe|suppose)"
    r"|if i am not mistaken|it is|mate|ta)\b)+$",
    re.IGNORECASE,
)
_ALL = lazy(
    r"^\W*(?:please )?(?:(?:both|all)(?: (?:of )?(?:them|those|these|two|the two|\d))?"
    r"|every one(?: of them)?|each(?: of them)?|the lot|the \d(?: of them)?|everything)\b"
)
_TELLING = words(
    "i you he she we they it is are was were not can could will would do does did have has instead what where when how"
)
"""Words of a sentence, which stand in no such value as a place."""
_AT_LEAST = lazy(r"\b(?:at least|at most|more than|less than|up to|or more|or so|minimum|maximum)\b")
_SEVERAL = words("pair couple dozen few")
_FEW = {"pair": "2", "couple": "2", "dozen": "12", "one": "1", "single": "1", "a": "1", "an": "1"}
_BETTER = lazy(
    r"<v> .*\b(?:sorry|no|wait|oops|whoops|actually|mistyped|typed|typo|mean|meant|correction|rather|wrong"
    r"|scratch)\b.* <v>"
)
"""The second value is a better one."""
_LONGEST_ID = 20
_DETERMINERS = words("a an the my this that these those one another both all some")
_NO_NAMES = words("keep keeping leave wait hold stop think love need undo arrived")
"""Say something else than what a thing is called."""
_ADDING = words("and also plus")
_REASONS = words("it they i we he she because since although which")


def values_for(message: Message, profile: Profile, parameter: Parameter, tokens: Sequence[Token]) -> list[Json]:
    """What the answer's own `tokens` give for one parameter; several only where several calls are meant."""
    if profile.kinds[parameter.name] is Kind.SHAPED:
        date = lone_date(parameter, tokens)
        return [date] if date is not None else [*_things(message, parameter, tokens)]
    value = _value(message, profile, parameter, tokens)
    if value is None:
        return []
    return [[value]] if parameter.is_repeated and not isinstance(value, list) else [value]


def _things(message: Message, parameter: Parameter, tokens: Sequence[Token]) -> list[str]:
    """The ids that were said, or that the words point at in the list that was shown."""
    shape, text = parameter.pattern, " ".join(token.norm for token in tokens)
    if shape not in message.index.ids:
        said = list(dict.fromkeys(token.value for token in tokens if token.shape == shape))
        return said[-1:] if len(said) == 1 or (_BETTER.search(text) and not _is_torn(tokens)) else []
    said = meant_ids(tokens, shape, message.index.id_nouns)
    if not said and (_is_torn(tokens) or any(token.shape == shape for token in tokens)):
        return []
    if said := said or spaced(message, shape):
        return said
    context = message.context
    if _ALL.match(text):
        out = ruled_out(text, context.things(shape))
        if is_limited(text) and not out:
            return []
        return [value for value in _all(context.listed(shape), kept(text)) if value not in out]
    found = context.ordinal(text, shape) or pointed(text, context.things(shape), is_bare=True)
    if found is None and re.search(r"\bother\b", text):
        found = context.other(shape)
    return [found] if found else []


def spaced(message: Message, shape: str) -> list[str]:
    """The id that an answer writes with gaps ("A 1042", "it's a - 1042")."""
    plain = _TAIL.sub("", _LEAD.sub("", message.text)).strip()
    squeezed = re.sub(r"[\s#.]+", "", plain)
    if len(squeezed) > _LONGEST_ID or squeezed == plain or not re.fullmatch(r"[A-Za-z]{1,3}[\s#.-]*\d[\d\s]*", plain):
        return []
    tokens = message.index.tokens(squeezed)
    return [tokens[0].value] if len(tokens) == 1 and tokens[0].shape == shape else []


def _all(listed: list[str], text: str) -> list[str]:
    """All that were listed: two where the answer says "both", as many as it says where it counts them."""
    counted = re.search(r"\b(\d)\b", text)
    wanted = 2 if "both" in text else int(counted[1]) if counted else len(listed)
    return listed if len(listed) == wanted else []


def _value(message: Message, profile: Profile, parameter: Parameter, tokens: Sequence[Token]) -> Json:
    match profile.kinds[parameter.name]:
        case Kind.NUMBER if _is_torn(tokens) or _AT_LEAST.search(norms(tokens)):
            return None
        case Kind.NUMBER:
            follows = [*(token.norm for token in tokens[1:]), ""]
            said = (t.norm for t, after in zip(tokens, follows, strict=True) if after not in _SEVERAL)
            numbers = [n for word in said if (n := _number(word)) and fits(parameter, n)]
            return meant_number(numbers, norms(tokens))
        case Kind.ENUM:
            return enum_value(parameter, tokens)
        case Kind.NAME:
            return _name(message, profile, parameter, tokens)
        case Kind.LONG if _is_torn(tokens):
            return None
        case Kind.LONG:
            if any(token.shape == LONG for token in tokens):
                return meant_long(tokens)
            names_one = any(token.shape in message.index.ids for token in tokens)
            return None if names_one else _fitting(parameter, _plain(message, tokens), is_long=True)
        case Kind.OTHER | Kind.REASON:
            return _fitting(parameter, _plain(message, tokens))
        case _:
            return None


def _plain(message: Message, tokens: Sequence[Token]) -> str:
    """The answer without what leads to it and what ends it."""
    return _TAIL.sub("", _LEAD.sub("", message.words(tokens)))


def _is_torn(tokens: Sequence[Token]) -> bool:
    """Are there two values of a kind with "or" between them?"""
    near = zip(tokens, tokens[1:], tokens[2:], strict=False)
    return any(
        two.norm == "or" and one.shape == three.shape and (one.shape or (one.norm.isdigit() and three.norm.isdigit()))
        for one, two, three in near
    )


def _number(word: str) -> str | None:
    return word if word.isdigit() else _FEW.get(word)


def _fitting(parameter: Parameter, said: str, *, is_long: bool = False) -> str | None:
    """The text, where it can be a value: "my office" is none of several parts or with a number."""
    said_words = re.findall(r"\w+", said.lower())
    meaningful = any(word not in FUNCTION for word in said_words)
    if is_long and ("?" in said or any(word in _TELLING | {"or"} for word in said_words)):
        return None
    looks_long = re.search(r"\d|\w,\s?\w|\n", said) is not None and len(said.split()) > 1
    return said if meaningful and fits(parameter, said) and (looks_long or not is_long) else None


def _name(message: Message, profile: Profile, parameter: Parameter, tokens: Sequence[Token]) -> Json:
    """The things that the answer names, after a verb of the intent or by themselves."""
    if says_all_but(tokens):
        return [*left] if parameter.is_repeated and (left := all_but(tokens, message.context.counted())) else None
    at = head_at(tokens)
    if at is not None and is_verb_of(profile, tokens, at):
        filled = [call.arguments.get(parameter.name) for call in fill(profile, message, tokens)]
        first = filled[0] if filled else None
        return first if not isinstance(first, Reference) else None
    start = tokens[0].start if tokens else 0
    lead = _LEAD.match(message.text[start:])
    rest = meant_tokens([t for t in tokens if not lead or t.start >= start + lead.end()])
    if any(token.norm in _NO_NAMES for token in rest):
        return None
    names = list(_known(message, [thing.name for thing in bare_name(_from_name(_first_sentence(rest)), message.text)]))
    if not names:
        return None
    if len(names) > 1 and any(token.norm == "or" for token in rest):
        return None
    return [*names] if parameter.is_repeated else names[0]


def _from_name(tokens: list[Token]) -> list[Token]:
    """From the first word that can begin a name: past ids, marks and small words that are no determiners."""
    begins = (
        at
        for at, token in enumerate(tokens)
        if not (token.shape or token.is_mark or (token.norm in FUNCTION and token.norm not in _DETERMINERS))
    )
    return tokens[next(begins, len(tokens)) :]


def _first_sentence(tokens: Sequence[Token]) -> list[Token]:
    """Up to where the names end: at a full stop, or where a reason begins with its own subject."""
    for at, token in enumerate(tokens):
        said = any(t.norm not in FUNCTION and t.norm[:1].isalpha() for t in tokens[:at])
        adds = [t.norm for t in tokens[at + 1 : at + 3]]
        if token.norm in ".!\n" and len(adds) > 1 and adds[0] in _ADDING and adds[1] in _DETERMINERS:
            continue
        if said and (token.norm in ".!?\n;" or token.norm in _REASONS):
            return list(tokens[:at])
    return list(tokens)


def _known(message: Message, names: list[str]) -> list[str]:
    """The names; all that the question counted where the answer says "both" or "all of them"."""
    counted = list(message.context.counted())
    if _ALL.match(message.norms) and not names and counted:
        return counted if len(counted) == 2 or not message.norms.lstrip().startswith("both") else []
    return names
