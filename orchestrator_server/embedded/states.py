"""Tests of states: what has happened, what something is, has or holds. Each gives None where it does not apply."""

import json
import re
from collections.abc import Iterable, Sequence

from orchestrator_server.embedded.english import stem
from orchestrator_server.embedded.facts import Test, Words, constants_in, moment_of
from orchestrator_server.embedded.fields import Constant, Field

_STATE = re.compile(r"\b(?:still|currently|status|state|stage|marked|shows|remains)\b")


def happened(words: Words, fields: Sequence[Field]) -> Test | None:
    """Whether something has happened, by the date on which it did."""
    if _STATE.search(words.text) and state(words, fields) is not None:
        return None
    stamp, quality, used = moment_of(words, fields)
    if stamp is None or quality < 3:
        return None
    return Test(positive=f"has(@{stamp.path})", negative=f"!has(@{stamp.path})", used=frozenset(used), quality=4)


def state(words: Words, fields: Sequence[Field]) -> Test | None:
    """Which of a closed list of states something is in."""
    for field in fields:
        if field.kind == "enum" and (constants := list(constants_in(field, words.stems))):
            found = re.search(
                r"\b(?P<least>at least|minimum|above|better than|higher than)\b|\bor (?P<tail>\w+)", words.text
            )
            chosen = _range(field, constants[0], found) if found else constants[:1]
            names = [constant.name for constant in chosen]
            used = (
                frozenset(s for c in constants[:1] for s in c.stems)
                | set(field.stems)
                | set(found[0].split() if found else ())
            )
            return Test(
                positive=_either(f"@{field.path} == {name}" for name in names),
                negative=" && ".join(f"@{field.path} != {name}" for name in names),
                used=used,
            )
    return None


def flag(words: Words, fields: Sequence[Field]) -> Test | None:
    """Whether a yes-or-no field says yes."""
    small = {"is", "was", "has", "be"}
    for field in fields:
        said = set(field.stems) - small - {stem(word) for word in small}
        if field.kind == "boolean" and said and said <= set(words.stems):
            return Test(positive=f"@{field.path}", negative=f"!@{field.path}", used=frozenset(said))
    return None


def text_is(words: Words, fields: Sequence[Field]) -> Test | None:
    """Whether a text is there, or is what was said."""
    for field in fields:
        if field.kind != "string" or not set(field.stems) <= set(words.stems):
            continue
        used = frozenset(field.stems)
        if re.search(r"\b(?:have|has|there is|got|on file|listed|known|given)\b", words.text):
            return Test(
                positive=f'@{field.path} != ""', negative=f'@{field.path} == ""', used=used | {"file", "list", "known"}
            )
        found = re.search(r"\b(?:is|equals) (?:not )?(?P<value>[a-z0-9][\w -]*)$", words.text)
        if found:
            value = json.dumps(f"(?i)^{re.escape(found['value']).replace(chr(92) + ' ', ' ')}$")
            test = f"@{field.path}.matches({value})"
            return Test(
                positive=test, negative=f"!{test}", used=used | {stem(w) for w in found["value"].split()}, quality=2
            )
    return None


def contains(words: Words, fields: Sequence[Field]) -> Test | None:
    """Whether a list holds something by that name."""
    found = re.search(
        r"\b(?:contains?|includes?|including|containing) (?:a |an |the |any )?(?P<value>[a-z][\w -]*)$", words.text
    )
    for field in fields if found else ():
        named = next((e for e in field.elements if e.kind == "string" and set(e.stems) & {"nam", "titl"}), None)
        if found and field.kind == "list" and named is not None:
            value = json.dumps(f"(?i){found['value']}")
            test = f"@{field.path}.exists(x, x{named.path}.matches({value}))"
            used = {stem(w) for w in found.group().split()}
            return Test(positive=test, negative=f"!{test}", used=frozenset(used), quality=2)
    return None


def _range(field: Field, constant: Constant, found: re.Match[str]) -> list[Constant]:
    """All constants from this one upwards or downwards, where the words say so."""
    word = found["tail"] or found["least"]
    if word in ("higher", "better", "above", "more", "up") or word in ("at least", "minimum"):
        least = constant.number + (found["least"] in ("above", "better than", "higher than"))
        return [c for c in field.constants if c.number >= least]
    if word in ("lower", "below", "less"):
        return [c for c in field.constants if c.number <= constant.number]
    return [constant]


def _either(tests: Iterable[str]) -> str:
    parts = list(tests)
    return parts[0] if len(parts) == 1 else f"({' || '.join(parts)})"
