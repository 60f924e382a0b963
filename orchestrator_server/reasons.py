"""Why a condition came out as it did, in plain words: the tests that decided it, and what they saw."""

from collections.abc import Iterator, Mapping, Sequence

from orchestrator_server.condition_scene import Scene
from orchestrator_server.condition_tests import Test, Tests, read_tests
from orchestrator_server.expression_tree import ELEMENTS
from orchestrator_server.plain_text import one_line, quoted
from orchestrator_server.plan import SeenValue
from orchestrator_server.statements import Statement, is_true, joined, worded

MOST_STATEMENTS = 4


def reason(scene: Scene, seen: Sequence[SeenValue], *, holds: bool) -> str:
    """`it was returned on 5 March`, `its total is €24.90, which is not more than €40`.

    Empty where the condition of the scene's step cannot be told so; its own words have to do then.
    """
    condition = scene.step.condition
    tests = read_tests(condition.expression) if condition is not None and condition.expression else None
    if tests is None:
        return ""
    values = {one.path: one.value for one in seen}
    decided = list(_decided(tests, values, scene, holds=holds))
    if not decided or len(decided) > MOST_STATEMENTS or any(one.test.path not in values for one in decided):
        return ""
    return joined([worded(one, scene) for one in _telling(decided)])


def not_so(scene: Scene, seen: Sequence[SeenValue]) -> str:
    """Why the condition does not hold, behind `because`: what is so instead, else its words with what it saw."""
    found = reason(scene, seen, holds=False)
    if found or scene.step.condition is None:
        return found
    told = facts(scene, seen)
    return f"of {quoted(one_line(scene.step.condition.words))}{f': {told}' if told else ''}"


def facts(scene: Scene, seen: Sequence[SeenValue]) -> str:
    """What a condition saw that cannot be told as a reason: each single value in words; empty where it saw none."""
    single = [one for one in seen if ELEMENTS not in one.path][:MOST_STATEMENTS]
    looked_at = (Statement(test=Test(path=one.path, operator="set"), seen=one.value, holds=True) for one in single)
    return joined([worded(one, scene) for one in looked_at])


def _decided(tests: Tests, values: Mapping[str, str], scene: Scene, *, holds: bool) -> Iterator[Statement]:
    """The tests because of which all of `tests` came out as `holds`."""
    everything = tests.is_any != holds
    for part in tests.parts if everything else _chosen(tests, values, scene, holds=holds):
        if isinstance(part, Tests):
            yield from _decided(part, values, scene, holds=holds)
        else:
            yield Statement(test=part, seen=values.get(part.path, ""), holds=holds)


def _chosen(tests: Tests, values: Mapping[str, str], scene: Scene, *, holds: bool) -> list[Test | Tests]:
    """Those of several tests that decided: of which it is known, else those of which the contrary is not known."""
    truths = [(part, _truth(part, values, scene)) for part in tests.parts]
    sure = [part for part, truth in truths if truth is holds]
    return sure or [part for part, truth in truths if truth is None] or list(tests.parts)


def _truth(part: Test | Tests, values: Mapping[str, str], scene: Scene) -> bool | None:
    if isinstance(part, Test):
        return is_true(part, values[part.path], scene) if part.path in values else None
    truths = [_truth(one, values, scene) for one in part.parts]
    if part.is_any in truths:
        return part.is_any
    return None if None in truths else not part.is_any


def _telling(decided: Sequence[Statement]) -> Iterator[Statement]:
    """Without what others say already: that a value is there, and each value once."""
    compared = {one.test.path for one in decided if one.test.operator not in ("set", "unset")}
    told: dict[str, list[Statement]] = {}
    for one in decided:
        if one.test.operator not in ("set", "unset") or one.test.path not in compared:
            told.setdefault(one.test.path, []).append(one)
    yield from (one for several in told.values() for one in several)
