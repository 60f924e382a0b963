"""What is done to many, said round about: "I want all files over 5 stopped", "keep every open file, stop the rest".

Also "stop the open ones" behind a request that names what they are.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.plainly.supposing.case_words import states_of
from orchestrator_server.embedded.words.common import bases_of
from orchestrator_server.embedded.words.english import stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, new_word, norms

_BEGINS = r"(?:^|(?<=[.!?;\n] )|(?<=, )|(?<=\band )|(?<=\bplease ))"
_ALL = r"(?:all|every|each)(?: (?:of|my|the|single))*"
_END = r"(?= (?:please|thanks?|except|excluding|apart|bar|unless|[.,;!?\n])|$)"
_THINGS = rf"(?P<things>{_ALL} (?:(?!and\b|if\b|unless\b|but\b)[^\s.?!;\n]+ )+?(?:(?:and|but|or) [^.?!;,\n]+? )?)"
_TELLING = r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbeen )(?<!\bnot )(?<!\bthat )(?<!\bwhich )(?<!\byet )"
_MUST = r"(?:should|must|have to|need to|has to|needs to|can|shall|ought to|may|might|could|are to|is to|will)"
_WANTED = lazy(
    rf"{_BEGINS}(?:(?:i|we) (?:want|need|would like|wish)(?: to have)? {_THINGS}(?P<be>to be )?{_TELLING}"
    r"(?<!\band )(?<!\bor )(?P<done>[a-z]+ed)"
    rf"|{_THINGS.replace('<things>', '<others>')}{_MUST} (?:all )?be (?P<past>[a-z]+ed)){_END}"
)
_REST = r"(?:others|rest|other ones|remaining ones|remainder)"
_KEPT = lazy(
    rf"{_BEGINS}(?:please )?(?:keep|leave|spare) (?P<things>{_ALL} [^.?!;,\n]+?)"
    r"(?: (?:alone|as (?:they|it) (?:are|is)))?(?: ,)?"
    rf" (?:and|but) (?:please )?(?P<do>[a-z]+) (?:all )?(?:of )?(?:the )?{_REST}{_END}"
)
_PLURAL_TOLD = 3


def with_many_named(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """The tokens with "stop all ..." in the place of all that; the same where nothing of the kind is said."""
    text = norms(tokens)
    if any(token.shape in index.ids for token in tokens):
        return tokens
    if any(word in text for word in ("all ", "every ", "each ")):
        tokens = _kept(_wanted(tokens, index), index)
    return _ones(tokens, index) if " ones" in text else tokens


def _wanted(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """ "Stop all files over 5" for "I want all files over 5 stopped" and "all files over 5 should be stopped"."""
    text = norms(tokens)
    found = _WANTED.search(text)
    act = _act(found["done"] or found["past"], index) if found else None
    if found is None or act is None:
        return tokens
    things = _of(tokens, found, "things" if found["things"] else "others")
    if not _names(things, index):
        return tokens
    first, end = _span(found)
    return (*tokens[:first], new_word(act, tokens[first]), *things, *tokens[end:])


def _kept(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """ "Stop all files except the open files" for "keep the open files and stop the rest"."""
    found = _KEPT.search(norms(tokens))
    if found is None or stem(found["do"]) not in index.effect_verbs:
        return tokens
    things = _of(tokens, found, "things")
    noun = _names(things, index)
    if noun is None:
        return tokens
    first, end = _span(found)
    at = tokens[first]
    plural = noun.norm if noun.norm.endswith("s") else f"{noun.norm}s"
    kept = [token for token in things if token.norm not in ("all", "every", "each", "of", "my", "single")]
    lead = (new_word(word, at) for word in (found["do"], "all", "my", plural, "except"))
    return (*tokens[:first], *lead, *kept, *tokens[end:])


def _ones(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """ "The open files" for "the open ones", where the message names many files before it."""
    text = norms(tokens)
    found = _ones_of(index).search(text)
    if found is None:
        return tokens
    at = text[: found.start("ones")].count(" ")
    noun = next((t for i, t in enumerate(tokens[:at]) if t.norm in index.id_nouns or _is_plural(t, index)), None)
    before = norms(tokens[:at])
    if noun is None or not re.search(
        rf"\b{_ALL} (?:[a-z]+ ){{0,{_PLURAL_TOLD}}}{noun.norm}\b|\bmy (?:[a-z]+ )?{noun.norm}\b", before
    ):
        return tokens
    plural = noun.norm if noun.norm.endswith("s") else f"{noun.norm}s"
    return (*tokens[:at], new_word(plural, tokens[at]), *tokens[at + 1 :])


@lru_cache(maxsize=16)
def _ones_of(index: Index) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:the|all|any|every|only)(?: the)? (?:still |already )?(?:{states_of(index).pattern}) (?P<ones>ones)\b"
    )


def _names(things: Sequence[Token], index: Index) -> Token | None:
    """The first word for what has an id."""
    return next((token for token in things if token.norm in index.id_nouns or _is_plural(token, index)), None)


def _is_plural(token: Token, index: Index) -> bool:
    return token.norm.endswith("s") and token.norm[:-1] in index.id_nouns


def _act(done: str, index: Index) -> str | None:
    """The verb of what can be done, by its participle."""
    return min(
        (word for word in bases_of(done) if word != done and stem(word) in index.effect_verbs), key=len, default=None
    )


def _of(tokens: tuple[Token, ...], found: re.Match[str], group: str) -> tuple[Token, ...]:
    first = found.string[: found.start(group)].count(" ")
    return tokens[first : first + len(found[group].split())]


def _span(found: re.Match[str]) -> tuple[int, int]:
    first = found.string[: found.start()].count(" ")
    return first, first + len(found.group().split())
