"""How long the embedded planner takes for a message, with 20 and with 1,000 intents, and what it costs to get ready.

Run: .venv/bin/python benchmarks/embedded.py
"""

import asyncio
import datetime as dt
import json
import platform
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from rich.console import Console

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from evaluation.catalogues import shop_catalogue  # noqa: E402
from evaluation.footprint import footprint  # noqa: E402
from evaluation.labels import read_labels  # noqa: E402
from orchestrator_server.catalogue import Catalogue, Intent  # noqa: E402
from orchestrator_server.embedded import EmbeddedPlanner  # noqa: E402
from orchestrator_server.plan import Request  # noqa: E402

BUILDING = HERE.parent / "tests" / "data" / "utterances_building.jsonl"
NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
SIZES = (14, 20, 1_000)
SYLLABLES = ("ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru", "sa", "te")
WORD = re.compile(r"(?<![\w-])[a-z]{4,}(?![\w-])")
ROUNDS = 3


def copies(intents: tuple[Intent, ...], count: int) -> Iterator[Intent]:
    """The intents, and then more of them: same contracts, other words."""
    for number in range(count):
        copy, intent = divmod(number, len(intents))
        yield intents[intent] if copy == 0 else _other(intents[intent], copy)


def _other(intent: Intent, copy: int) -> Intent:
    ending = "".join(SYLLABLES[copy // 12**place % 12] for place in range(2))
    area, _, verb = intent.name.partition(".")

    def renamed(text: str) -> str:
        return WORD.sub(lambda found: found[0] + ending, text)

    return replace(
        intent,
        name=f"{area}{ending}.{verb}{ending}",
        description=renamed(intent.description),
        examples=tuple(map(renamed, intent.examples)),
    )


async def times(planner: EmbeddedPlanner, intents: tuple[Intent, ...], catalogue: Catalogue) -> list[float]:
    """Milliseconds for every message of the building set, some rounds of it, sorted."""
    texts = [label.text for label in read_labels(BUILDING)]
    found: list[float] = []
    for text in texts * ROUNDS:
        request = Request(text=text, email="someone@example.com", now=NOW)
        begin = time.perf_counter()
        await planner.propose(request, intents, catalogue)
        found.append((time.perf_counter() - begin) * 1_000)
    return sorted(found)


async def measured(size: int, catalogue: Catalogue) -> dict[str, float]:
    """The figures for so many intents."""
    intents = tuple(copies(tuple(catalogue.intents.values()), size))
    planner = EmbeddedPlanner(lambda: "p1")
    begin = time.perf_counter()
    await planner.propose(Request(text="hello", email="someone@example.com", now=NOW), intents, catalogue)
    ready = (time.perf_counter() - begin) * 1_000
    planner.warm_up()
    found = await times(planner, intents, catalogue)
    return {
        "intents": size,
        "index_ms": round(ready, 1),
        "p50_ms": round(found[len(found) // 2], 2),
        "p95_ms": round(found[int(len(found) * 0.95)], 2),
        "p99_ms": round(found[int(len(found) * 0.99)], 2),
        "max_ms": round(found[-1], 2),
    }


def main() -> None:
    console = Console(highlight=False)
    catalogue = shop_catalogue()
    rows = [asyncio.run(measured(size, catalogue)) for size in SIZES]
    console.print("Embedded planner: a message, by the number of intents (milliseconds)")
    console.print(f"{'intents':>8}{'first':>10}{'p50':>8}{'p95':>8}{'p99':>8}{'max':>8}")
    for row in rows:
        cells = (row[name] for name in ("index_ms", "p50_ms", "p95_ms", "p99_ms", "max_ms"))
        console.print(f"{row['intents']:>8,}{next(cells):>10.1f}" + "".join(f"{cell:>8.2f}" for cell in cells))
    found = {
        "sizes": rows,
        "start": footprint(console),
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
    }
    (HERE / "embedded.json").write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
