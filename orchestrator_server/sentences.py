"""What a server answered, in a sentence or a short list, where it declares no words of its own."""

from collections.abc import Iterator, Mapping
from typing import Any

from orchestrator_server.clauses import IT, NOBODY, STATES, YOU, Subject, clause, label, naming, short
from orchestrator_server.english_forms import closed, counted_noun, listed, opened
from orchestrator_server.plain_text import inserted
from orchestrator_server.templates import MOST_ELEMENTS

MOST_CLAUSES = 8


def answer_sentence(response: Mapping[str, Any], *, is_own: bool) -> str:
    """The response as a person would tell it; empty where it says nothing. `is_own`: it is about the caller."""
    things = {name: value for name, value in response.items() if value not in ("", [], {})}
    lists = {name: value for name, value in things.items() if isinstance(value, list)}
    plain = {name: value for name, value in things.items() if name not in lists}
    said = [*_about(plain, is_own=is_own), *(_list(name, value) for name, value in lists.items())]
    return "\n".join(said)


def nothing_sentence(lists: tuple[str, ...], *, is_own: bool) -> str:
    """That the lists of this name are empty."""
    nouns = [" ".join(name.split("_")) for name in lists]
    return f"{'You have' if is_own else 'There are'} no {listed(nouns, 'or')}." if nouns else ""


def _about(values: Mapping[str, Any], *, is_own: bool) -> Iterator[str]:
    """A sentence of the plain values, and one of each message among them."""
    plain = {name: value for name, value in values.items() if not isinstance(value, Mapping)}
    if plain:
        yield _sentence("", plain, is_own=is_own)
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield _sentence(name, value, is_own=is_own)


def _sentence(name: str, values: Mapping[str, Any], *, is_own: bool) -> str:
    """`The loan L-7 is open, its title is “Dune” and it is due on 5 March.`"""
    named = naming(values)
    called = " ".join(name.split("_")) if name else " ".join(named.split("_")[:-1])
    first, rest = _subjects(called, inserted(str(values[named])) if named else "", is_own=is_own)
    values = dict(sorted(values.items(), key=lambda item: item[0] not in STATES))
    told = {key: value for key, value in values.items() if key != named or (is_own and not first.words[0].isupper())}
    clauses = [clause(key, value, first if at == 0 else rest) for at, (key, value) in enumerate(told.items())]
    more = len(clauses) - MOST_CLAUSES
    if more > 0:
        clauses = [*clauses[:MOST_CLAUSES], f"there {'is' if more == 1 else 'are'} {counted_noun(more, 'detail')} more"]
    return closed(opened(listed(clauses))) if clauses else closed(opened(f"this is {first.words}"))


def _subjects(called: str, name: str, *, is_own: bool) -> tuple[Subject, Subject]:
    """What the sentence calls the thing at first, and from then on."""
    if is_own:
        return YOU, YOU
    if name:
        return Subject(words=f"the {called} {name}" if called else name), IT
    return (Subject(words=f"the {called}"), IT) if called else (NOBODY, NOBODY)


def _list(name: str, values: list[Any]) -> str:
    noun = " ".join(name.split("_"))
    if not any(isinstance(value, Mapping) for value in values):
        said = listed([label(value) for value in values[:MOST_ELEMENTS]])
        return closed(opened(f"{noun}: {said}{_more(values)}"))
    lines = [f"- {_row(value)}" for value in values[:MOST_ELEMENTS]]
    head = opened(f"{counted_noun(len(values), noun)}:")
    return "\n".join([head, *lines, *([f"…{_more(values)}"] if _more(values) else [])])


def _more(values: list[Any]) -> str:
    more = len(values) - MOST_ELEMENTS
    return f" and {more:,} more" if more > 0 else ""


def _row(value: Any) -> str:
    """`A-1042: pending, €40.00, placed on 5 March`."""
    if not isinstance(value, Mapping):
        return label(value)
    named = naming(value)
    rest = [short(key, part) for key, part in value.items() if key != named and part not in ("", [], {})]
    said = ", ".join(rest[:MOST_CLAUSES])
    return f"{inserted(str(value[named]))}: {said}" if named and said else said or label(value)
