"""Something that goes by what its owner did with it alone ("stop something i opened"): named by its own noun."""

import re
from functools import lru_cache

from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.plainly.respelling import Rule, respelled
from orchestrator_server.embedded.words.english import IRREGULAR, stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

_SOMETHING = lazy(
    r"\b(?P<act>[a-z]+) (?P<frame>(?:some ?thing|some stuff|stuff|a thing|an item|1 thing|one thing|things"
    r"|(?:one|1) of the things) (?:(?:that|which) )?(?:i|we) (?:(?:have|had|just|recently|only|already) )*"
    r"(?P<did>[a-z]+))(?! (?:from|in|of|with|on) <v>)\b"
)


def without_story_of_it(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """The tokens with "stop my file" for such words, behind a verb of what takes the whole of a thing."""
    if not index.id_nouns or not any(word in norms(tokens) for word in ("thing", "stuff", "item")):
        return tokens
    return respelled(tokens, _rules(index))


@lru_cache(maxsize=16)
def _rules(index: Index) -> tuple[Rule, ...]:
    noun, verbs = min(index.id_nouns), _verbs(index)

    def applies(found: re.Match[str]) -> bool:
        return stem(found["act"]) in verbs and (found["did"].endswith("ed") or found["did"] in IRREGULAR)

    return (Rule(hints=("thing", "stuff", "item"), pattern=_SOMETHING, plain={"frame": f"my {noun}"}, applies=applies),)


@lru_cache(maxsize=16)
def _verbs(index: Index) -> frozenset[str]:
    """The verbs of what needs an id and takes no names of its parts."""
    whole = (profile for profile in index.profiles if profile.needed & index.ids and not profile.takes_names)
    return frozenset(verb for profile in whole for verb in profile.verbs)
