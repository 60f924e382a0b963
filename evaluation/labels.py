"""Labelled messages as they stand in a file, one JSON object a line; tests/data/README.md describes the format.

What a stranger may well write otherwise is read as it is meant: one text where a list stands, `follow-up`, `content`
for `text`, nothing where there is nothing to say. What cannot be scored is an error with its line.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orchestrator_server.plan import Json, Said

Facts = Mapping[str, Mapping[str, Any] | None]
"""What is so in a world: by the id of a thing, and `user` for the caller. A thing that is null does not exist."""

ANY = "*"
"""Stands for any value of a parameter."""

KINDS = ("plan", "clarify", "refuse")
NOBODY = "someone@example.com"
"""Who speaks where a label names no e-mail."""

_SPEAKERS = {"user": True, "customer": True, "human": True, "assistant": False, "bot": False, "agent": False}


class LabelError(Exception):
    """A set cannot be read; the message says which line, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledStep:
    """A call that must be planned. `intents` are those that are as good, the best first.

    `is_optional`: a read that a condition implies. `is_conditional`: it must not run unconditionally. `is_fan`: once
    for each thing that qualifies.
    """

    intents: tuple[str, ...]
    params: Mapping[str, Json]
    optional_params: Mapping[str, Json]
    is_optional: bool
    is_conditional: bool
    is_fan: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledWorld:
    """What is so, and the indices of the steps that must run then."""

    facts: Facts
    executed: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A message with what is to be made of it. `earlier` is the conversation before it, oldest first.

    `also_kinds` are other kinds that are as good. `missing` are the sets of parameters of which one must be asked for.
    """

    id: str
    category: str
    email: str
    earlier: tuple[Said, ...]
    text: str
    kind: str
    also_kinds: frozenset[str]
    is_ordered: bool
    steps: tuple[LabelledStep, ...]
    missing: tuple[frozenset[str], ...]
    worlds: tuple[LabelledWorld, ...]


def read_labels(path: Path) -> list[Label]:
    """All messages of a file, in its order. Raises LabelError and OSError."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise LabelError(f"{path} is not UTF-8 text (byte {error.start}); save it as UTF-8") from error
    labels = list(_labels(text.split("\n"), path.name))
    if not labels:
        raise LabelError(f"{path} holds no messages; one JSON object a line is expected")
    return labels


def _labels(lines: Sequence[str], name: str) -> Iterator[Label]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield _label(json.loads(line), number)
            except json.JSONDecodeError as error:
                advice = "every line must be one JSON object of its own"
                raise LabelError(f"{name}, line {number}: no JSON ({error}); {advice}") from error
            except KeyError as error:
                raise LabelError(f"{name}, line {number}: {error} is missing; {_ADVICE}") from error
            except (ValueError, TypeError, AttributeError) as error:
                raise LabelError(f"{name}, line {number}: {error}; {_ADVICE}") from error


_ADVICE = "tests/data/README.md describes the format"


def _label(said: Mapping[str, Any], number: int) -> Label:
    if not isinstance(said, Mapping):
        raise TypeError("the line is no JSON object")
    turns = [_turn(turn) for turn in said["turns"]]
    if not turns or not turns[-1].is_user:
        raise ValueError("the last of `turns` must be the user's message")
    expect = said["expect"]
    also = [*_texts(expect.get("also_ok")), *_texts(said.get("also_ok"))]
    steps = tuple(_step(step, also) for step in expect.get("steps") or ())
    if expect["kind"] not in KINDS:
        raise ValueError(f"kind {expect['kind']!r} is none of {', '.join(KINDS)}")
    if expect["kind"] == "plan" and not steps:
        raise ValueError("a plan needs `steps`")
    return Label(
        id=str(said.get("id") or f"line {number}"),
        category=str(said.get("category") or expect["kind"]).strip().lower().replace("-", "_").replace(" ", "_"),
        email=said.get("session_email") or NOBODY,
        earlier=tuple(turns[:-1]),
        text=turns[-1].text,
        kind=expect["kind"],
        also_kinds=frozenset(also) & frozenset(KINDS),
        is_ordered=expect.get("order") == "strict",
        steps=steps,
        missing=_missing(expect.get("missing")),
        worlds=tuple(_world(world, len(steps)) for world in expect.get("worlds") or ()),
    )


def _turn(said: Mapping[str, Any]) -> Said:
    role = str(said["role"]).lower()
    if role not in _SPEAKERS:
        raise ValueError(f"role {said['role']!r} is neither user nor assistant")
    text = said["text"] if "text" in said else said["content"]
    if not isinstance(text, str):
        raise TypeError("the text of a turn is no text")
    return Said(is_user=_SPEAKERS[role], text=text)


def _step(said: Mapping[str, Any], also: Sequence[str]) -> LabelledStep:
    """One step. What is as good for the whole message is so for each of its steps."""
    optional = said.get("optional_params") or {}
    others = [*_texts(said.get("also_ok")), *(name for name in also if name not in KINDS)]
    return LabelledStep(
        intents=tuple(dict.fromkeys([str(said["intent"]), *others])),
        params={name: value for name, value in (said.get("params") or {}).items() if value not in (None, "", [])},
        optional_params=dict(optional) if isinstance(optional, Mapping) else dict.fromkeys(_texts(optional), ANY),
        is_optional=bool(said.get("optional_step")),
        is_conditional=bool(said.get("condition_meaning") or said.get("condition_type")),
        is_fan=bool(said.get("for_each")),
    )


def _missing(said: Any) -> tuple[frozenset[str], ...]:
    """One set of names, or several where they stand in lists of their own; none where nothing is said."""
    if isinstance(said, list) and any(isinstance(one, list) for one in said):
        return tuple(frozenset(_texts(one)) for one in said)
    names = frozenset(_texts(said))
    return (names,) if names else ()


def _texts(said: Any) -> list[str]:
    """Names, given as a list, as one text, or with commas between."""
    given = said.split(",") if isinstance(said, str) else said or ()
    return [str(one).strip() for one in given if str(one).strip()]


def _world(said: Mapping[str, Any], steps: int) -> LabelledWorld:
    executed = frozenset(int(index) for index in said["executed_steps"])
    if any(not 0 <= index < steps for index in executed):
        raise ValueError(f"executed_steps {sorted(executed)} of {steps} steps, counted from 0")
    facts = said.get("facts") or {}
    if any(not isinstance(about, Mapping | None) for about in facts.values()):
        raise TypeError("facts must be objects, each by the id of its thing or by `user`")
    return LabelledWorld(facts=facts, executed=executed)
