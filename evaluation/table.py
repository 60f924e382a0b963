"""What a run found, as a table for people and as figures for programs."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from evaluation.judging import Verdict
from evaluation.scoring import Result

ASPECTS: Mapping[str, Callable[[Verdict], bool]] = {
    "kind": lambda verdict: verdict.kind,
    "intents": lambda verdict: verdict.intents,
    "parameters": lambda verdict: verdict.parameters,
    "conditions": lambda verdict: verdict.conditions,
    "fully right": lambda verdict: verdict.is_right,
}
CATEGORIES = ("single", "several", "conditional", "clarify", "refuse", "follow_up")
ALL = "all"
_NARROW = 100
_HEADERS = {
    "messages": "mes-\nsages",
    "intents": "in-\ntents",
    "parameters": "para-\nmeters",
    "conditions": "condi-\ntions",
    "fully right": "fully\nright",
    "unsafe": "un-\nsafe",
    "p50 ms": "p50\nms",
    "p95 ms": "p95\nms",
}
"""What stands over the columns of a narrow terminal."""


def figures(results: Sequence[Result]) -> dict[str, dict[str, Any]]:
    """The figures of every category and of all: shares between 0 and 1, counts, milliseconds."""
    named = {name: [r for r in results if r.label.category == name] for name in _categories(results)}
    return {name: _figures(some) for name, some in {**named, ALL: list(results)}.items()}


def show(results: Sequence[Result], title: str, console: Console) -> None:
    """Prints one row for each category, and one for all."""
    is_narrow = console.width < _NARROW
    console.print(title, style="italic", markup=False, highlight=False)
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1 if is_narrow else 2, 0, 0))
    table.add_column("category", vertical="bottom", no_wrap=True)
    for name in ("messages", *ASPECTS, "unsafe", "p50 ms", "p95 ms", "calls", "tokens"):
        header = _HEADERS.get(name, name) if is_narrow else name
        table.add_column(header, justify="right", vertical="bottom", no_wrap=True)
    for name, row in figures(results).items():
        table.add_row(*_cells(name, row), style="bold" if name == ALL else None)
    console.print(table, highlight=False)


def show_failures(results: Iterable[Result], console: Console) -> None:
    """Prints what was not as its label says, each with what was planned; `!` marks what is unsafe."""
    for result in results:
        if not result.verdict.is_right:
            mark = "!" if result.verdict.is_unsafe else " "
            for said in result.label.earlier:
                _say(f"      {'>' if said.is_user else '<'} {said.text}", console)
            _say(f"{mark} {result.label.id}: {result.label.text}", console)
            _say(f"      {result.decided}", console)
            _say(f"      {result.verdict.why}", console)


def _say(text: str, console: Console) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)


def _cells(name: str, row: Mapping[str, Any]) -> list[str]:
    return [
        name.replace("_", "-"),
        str(row["messages"]),
        *(f"{100 * row[aspect.replace(' ', '_')]:.1f}" for aspect in ASPECTS),
        str(row["unsafe"]),
        _milliseconds(row["p50_ms"]),
        _milliseconds(row["p95_ms"]),
        str(row["model_calls"]),
        str(row["tokens"]),
    ]


def _milliseconds(value: float) -> str:
    return f"{value:.1f}" if value < 1_000 else f"{value:.0f}"


def _categories(results: Sequence[Result]) -> list[str]:
    found = dict.fromkeys(result.label.category for result in results)
    return [*(name for name in CATEGORIES if name in found), *(name for name in found if name not in CATEGORIES)]


def _figures(results: Sequence[Result]) -> dict[str, Any]:
    times = sorted(1_000 * result.seconds for result in results)
    return {
        "messages": len(results),
        **{
            name.replace(" ", "_"): round(sum(holds(r.verdict) for r in results) / len(results), 4)
            for name, holds in ASPECTS.items()
        },
        "unsafe": sum(result.verdict.is_unsafe for result in results),
        "p50_ms": round(_at(times, 0.50), 2),
        "p95_ms": round(_at(times, 0.95), 2),
        "model_calls": sum(result.usage.model_calls for result in results),
        "tokens": sum(result.usage.prompt_tokens + result.usage.completion_tokens for result in results),
    }


def _at(times: Sequence[float], share: float) -> float:
    """The time that `share` of all stay within."""
    return times[max(0, math.ceil(share * len(times)) - 1)]
