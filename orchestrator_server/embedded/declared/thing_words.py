"""The nouns for what a response is about, from its message's name and from the lists that hold such things."""

from functools import lru_cache

from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.declared.profiles import Profile


def nouns_of(index: Index, profile: Profile) -> frozenset[str]:
    """One and several of the things that a response of `profile` tells of, in all words that are declared for them."""
    return _nouns(index, profile.intent.name)


@lru_cache(maxsize=256)
def _nouns(index: Index, intent: str) -> frozenset[str]:
    profile = index.by_name[intent]
    every = [f for field in profile.fields for f in (field, *field.elements)]
    things = {field.owner.lower() for field in every} | {f.element_name.lower() for f in every if f.element_name}
    things |= {parameter.name.removesuffix("_id") for parameter in profile.required}
    declared = {word for thing in things for word in _list_words(index).get(thing, ())}
    return frozenset(plural for word in things | declared for plural in (word, *_plurals(word)))


@lru_cache(maxsize=16)
def _list_words(index: Index) -> dict[str, frozenset[str]]:
    """The single words that are declared for lists, by the name of their elements."""
    found: dict[str, frozenset[str]] = {}
    for field in (f for profile in index.profiles for top in profile.fields for f in (top, *top.elements)):
        if field.kind == "list":
            words = {name.words[0] for name in field.names if len(name.words) == 1}
            found[field.element_name.lower()] = found.get(field.element_name.lower(), frozenset()) | words
    return found


def _plurals(word: str) -> tuple[str, ...]:
    return (f"{word}s", f"{word[:-1]}ies") if word.endswith("y") else (f"{word}s",)
