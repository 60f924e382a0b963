"""Effects that are asked for by their values alone: so many of something, or a new value for a thing with an id."""

from collections.abc import Sequence
from itertools import dropwhile, takewhile

from orchestrator_server.embedded.declared.features import PARTICLES, is_content
from orchestrator_server.embedded.declared.heads import LIGHT
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.declared.verbs import verb_at
from orchestrator_server.embedded.guarding.persons import PERSON
from orchestrator_server.embedded.requests.belongings import is_belonging
from orchestrator_server.embedded.requests.irreal import tells_what_was_done
from orchestrator_server.embedded.requests.matching import Match
from orchestrator_server.embedded.requests.moods import Mood, mood_of
from orchestrator_server.embedded.requests.objects import takes
from orchestrator_server.embedded.values.naming import NEVER_HEADS
from orchestrator_server.embedded.words.english import IRREGULAR, stem, words
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import LONG, Kind
from orchestrator_server.embedded.words.text import Token, norms

_SHOULD = lazy(r"\b(?:should|must|ought|needs?|has to|have to|to go|going to|better off)\b")
"""What should be so."""
_REQUESTED = lazy(
    r"\W*(?:(?:hi|hello|hey|and|so|but|please|also|then|,) )*"
    r"(?:can|could|would|will|may|might|is it possible|please|any chance)\b"
)
"""How questions begin that ask for something to be done."""
_MORE = lazy(r"\b\d+ (?:more |others? )?of (?:them|those|these)\b|\b(?:another|one more) of (?:them|those|these)\b")
"""What is wanted of something that was named before."""
_KEEPING = frozenset(
    stem(word) for word in words("use save store note keep put write show say read list record enter state register")
)
"""What is done with a value that stands somewhere."""
_HAS_A_NEW = lazy(
    r"\b(?:i|we) (?:(?:have|just|recently|now|also|finally) )*(?:got|gotten|have|bought) (?:an?|my) new "
    rf"(?!{PERSON}\b)\w+"
    r"(?: [,:(-]| and| it| is| which| that| the| number| now)* <v>"
)
"""Somebody has something new, with its value."""
_SO_MANY = lazy(
    r"\W*(?:(?:so|and|ok|hi|hello|hey|yo|hiya|oh|right|instead|then|mate|sir|please|also|,) )*"
    r"(?:(?:i|we) (?:will |would |just |also |am |are |going to )*(?:need|want|like|take|have|in need of)|going to need"
    r"|give me|get me|send me|need|(?:i |we )?(?:could|can) (?:do with|use)|(?:can|could"
    r"|may) i (?:please )?(?:get|have)"
    r"|gimme"
    r"|(?:(?:can|could|would|will) you (?:please )?|please )?(?:sort me out with|put me down for|hook me up with"
    r"|(?:send|get|bring) (?:me|us)(?= \d)|put(?= (?:\d+|an?|one|another) (?:\w+ ){1,4}(?:through(?! (?:the|to"
    r"|my|our)\b)|aside|on \w+ for (?:me|us))\b))"
    r"|(?:i am|we are) (?:after|looking for)|i will go for) (?:to get |to have |to take |another )?"
    r"(?:(?P<so_many>\d+)|an?|one|another) (?:more |extra |additional )?(?!of (?:them|my)\b)"
    r"(?!of (?:those|these)(?:$| please))\w+"
    r"|\W*(?:(?:so|then|hello|hi|hey|,) )*(?:\d+|one) \w+(?: \w+){0,5}(?: for (?:me|us))?"
    r"(?: ,)? (?:please|thanks|thank you|cheers|would be (?:lovely|great|nice|perfect|good|fine|wonderful))\W*$"
    r"|\W*\d+ x \w+(?: \w+){0,4}(?: please| thanks)?\W*$"
    r"|\W*(?:another (?=\d)|\d+ more )(?:\d+ )?\w+(?: \w+){0,3} (?:for (?:me|us)|please|thanks)\W*$"
    r"|\W*(?:\w+ ){1,4}(?:please )?, (?:just |only )?(?P<behind>\d+|one)(?: of them| pieces?)?"
    r"(?:(?: ,)? (?:please|thanks|thank you))?\W*$"
)
"""So many of something are wanted."""


def taker_of_values(index: Index, tokens: Sequence[Token], mood: Mood) -> Profile | None:
    """The one effect that takes just the values that are given, an id and a new value: "use PLACE for A-1042"."""
    is_new = mood in (Mood.STATEMENT, Mood.STORY) and _HAS_A_NEW.search(norms(tokens)) is not None
    if mood is not Mood.WISH and not (mood is Mood.STATEMENT and _SHOULD.search(norms(tokens))) and not is_new:
        return None
    given = {t.shape for t in tokens if t.shape in index.valued}
    if len(given) == 1 and not given & index.ids:
        return _keeper_of(index, tokens, next(iter(given)), mood)
    if len(given) < 2 or not given & index.ids or tells_what_was_done(tokens):
        return None
    is_one = not any(token.norm in (".", "!", "?") for token in tokens[:-1])
    if tokens[-1].norm == "?" and is_one and not _REQUESTED.match(norms(tokens)):
        return None
    takers = [p for p in index.profiles if p.intent.has_effect and _takes_all(p, given)]
    if len(takers) == 1 and is_belonging(takers[0], tokens, index):
        return None
    if len(takers) == 1 and _is_where(tokens) and verb_at(takers[0], tokens) is None:
        return None
    return takers[0] if len(takers) == 1 else None


def _is_where(tokens: Sequence[Token]) -> bool:
    """Does a place only say where something happens ("meet me at PLACE"), and not where something goes?"""
    at = next((at for at, token in enumerate(tokens) if token.shape == LONG), 0)
    if at < 2 or tokens[at - 1].norm not in ("at", "from", "near"):
        return False
    before = tokens[at - 2]
    return bool(before.shape) or before.norm in PARTICLES or before.norm.endswith("ed")


def _keeper_of(index: Index, tokens: Sequence[Token], shape: str, mood: Mood) -> Profile | None:
    """The one effect that keeps such a value, where it is only to be used or kept ("from now on use VALUE").

    Where two effects keep such values, the words must say whose it is ("have VALUE in my file").
    """
    content = [token.stem for token in tokens if is_content(token)]
    takers = [p for p in index.profiles if p.intent.has_effect and p.required and takes(p, shape)]
    own = [p for p in takers if len(p.required) == 1]
    if _HAS_A_NEW.search(norms(tokens)):
        return own[0] if len(takers) == len(own) == 1 else None
    if len(own) != 1 or not content or not _KEEPING & {*content} or mood is not Mood.WISH:
        return None
    named = own[0].named | own[0].things
    rest = {stem for stem in content if stem not in _KEEPING | LIGHT | {"just", "only"}}
    others = frozenset[str]().union(*(p.named | p.things for p in takers if p is not own[0]))
    is_said = bool(rest) and rest <= named and not rest <= others
    return own[0] if is_said or (not rest and len(takers) == 1) else None


def things_wanted(index: Index, tokens: Sequence[Token], matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """The one effect that takes names with counts, where somebody needs so many of something: "I need 3 copies"."""
    last = max((at for at, token in enumerate(tokens) if token.norm == ","), default=-1)
    part = tokens[last + 1 :] or tokens
    if _MORE.search(norms(part)) and mood_of(part) is Mood.WISH and not index.names_id(tokens):
        return tuple(m for m in matches if _is_counted(m.profile))[:1]
    if mood_of(tokens) is not Mood.WISH:
        return ()
    found = _SO_MANY.match(norms(tokens))
    takers = [m for m in matches if _is_counted(m.profile)]
    if found is None or len(takers) != 1 or index.names_id(tokens):
        return ()
    rest = _first_words(tokens[found.group().count(" ") :]) or _first_words(tokens)
    is_one = not (found["so_many"] or found["behind"] or tokens[0].norm.isdigit())
    while len(rest) > 1 and (rest[-1].norm in PARTICLES or _is_done(rest[-1], index)):
        rest.pop()
    is_named = len(rest) > is_one and not index.knows(rest[-1].stem) and rest[-1].norm not in NEVER_HEADS
    return tuple(takers) if is_named else ()


def place_of_name(tokens: Sequence[Token]) -> int | None:
    """Where the name begins, with its number or article, in "put me down for 3 ..."; None in any other wording."""
    found = _SO_MANY.match(norms(tokens))
    if found is None:
        return None
    said = found.group().split()
    return next((at for at, word in enumerate(said) if word.isdigit() or word in ("a", "an", "one", "another")), None)


def _takes_all(profile: Profile, given: set[str]) -> bool:
    """Does the intent need these values and no others?"""
    return len(profile.required) == len(given) and all(takes(profile, shape) for shape in given)


def _is_done(token: Token, index: Index) -> bool:
    """Does the word say what should be done with the thing before it ("two keys sent", "a map made")?"""
    return token.stem in index.verbs | LIGHT and (token.norm in IRREGULAR or token.norm.endswith("ed"))


def _first_words(tokens: Sequence[Token]) -> list[Token]:
    """The first content words that stand together."""
    ahead = dropwhile(lambda token: not is_content(token), tokens)
    return list(takewhile(is_content, ahead))


def _is_counted(profile: Profile) -> bool:
    kinds = {profile.kinds[p.name] for p in profile.required}
    return profile.intent.has_effect and {Kind.NAME, Kind.NUMBER} <= kinds
