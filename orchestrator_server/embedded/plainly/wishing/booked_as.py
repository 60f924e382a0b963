"""Deeds by the noun for them: "book the map from A-17 in as a return", "log A-18 as a renewal"."""

from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.plainly.naming.masked import masked
from orchestrator_server.embedded.words.english import stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, new_word, token_at

_BOOKED = lazy(
    r"(?:^|(?<=[-.,;:!?\n] )|(?<=\band )|(?<=\bthen )|(?<=\bplease )|(?<=\byou ))"
    r"(?P<verb>book|register|log|enter|process|note|mark|file|record|put(?= [^.?!;\n]+ (?:in|down|through) as\b))"
    r" (?P<what>(?:(?:(?!as\b|if\b|and\b)[^\s.?!;]+) ){1,12}?)(?P<as>(?:(?:in|down|up|through) )?as"
    r" (?:an? )?(?P<noun>[a-z]+))"
    r"(?= [-.,;:!?\n]| (?:please|too|now|and|thanks|as well|for me|because|if|it)\b|$)"
)


def with_deeds(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """The tokens with the verb itself, where the noun is made of the verb of an effect."""
    found = _BOOKED.search(masked(tokens, index))
    if found is None or stem(found["noun"]) not in index.effect_verbs:
        return tokens
    verb, end = token_at(found, "verb"), token_at(found, "as")
    after = end + found["as"].count(" ") + 1
    return (*tokens[:verb], new_word(stem(found["noun"]), tokens[verb]), *tokens[verb + 1 : end], *tokens[after:])
