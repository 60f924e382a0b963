"""Scores a planner over labelled messages: make eval, or python -m evaluation [--file SET] [--renamed SEED]."""

import asyncio
import datetime as dt
import json
import sys
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import track

from evaluation.catalogues import shop_catalogue
from evaluation.conversation import Conversation
from evaluation.footprint import footprint
from evaluation.labels import Label, LabelError, read_labels
from evaluation.notes import notes
from evaluation.renamed_planning import renamed
from evaluation.scoring import Result, Timed, score
from evaluation.table import figures, show, show_failures
from orchestrator_server.embedded import EmbeddedPlanner
from orchestrator_server.embedded.building import PLANNER
from orchestrator_server.expressions import Expressions
from orchestrator_server.planner import PlannerError
from orchestrator_server.planning import Planning
from orchestrator_server.settings import Limits, OrchestratorSettings, read_settings
from orchestrator_server.thinking import Thinking, thinking
from service_kit.settings import Environment, SettingsError

ROOT = Path(__file__).parents[1]
SETS = tuple(ROOT / "tests" / "data" / f"utterances_{name}.jsonl" for name in ("building", "sealed"))
ROLES = frozenset({"customer"})
NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
"""The moment of every message: the labels of the project's sets count calendar dates from here."""
_UNSTYLED_WIDTH = 120


@click.command()
@click.option("--file", "files", type=click.Path(path_type=Path), multiple=True, help="Another set, same format.")
@click.option("--planner", type=click.Choice(["embedded", "model"]), default="embedded", show_default=True)
@click.option("--now", type=click.DateTime(), help="The moment of the messages, UTC.  [default: 2026-11-22T12:00:00]")
@click.option("--failures", is_flag=True, help="Print what was not right; never done for the sealed set.")
@click.option("--renamed", "seed", type=int, metavar="SEED", help="Rename all declared words; each seed gives others.")
@click.option("--json", "out", type=click.Path(path_type=Path, dir_okay=False), help="Write the figures to this file.")
def main(
    files: Sequence[Path], planner: str, now: dt.datetime | None, failures: bool, seed: int | None, out: Path | None
) -> None:
    """Scores a planner over labelled messages, category by category; tests/data/README.md describes the format.

    The embedded planner, or the model of the environment and .env (see .env.example), with the checks around it that
    the product has. Without --file, the project's own sets. With --renamed, every word that the shop declares is
    another in contracts and messages alike: a planner that leans on no word of a trade scores the same.

    Ends with status 0 when all was scored, however well; 1 where a file cannot be read or written, or the model cannot
    be reached; 2 where an option makes no sense.
    """
    moment = NOW if now is None else now.replace(tzinfo=dt.UTC)
    console = _console()
    found: dict[str, object] = {}
    try:
        sets = {path: read_labels(path) for path in files or SETS}
        settings = None if planner == "embedded" else _with_model()
        for path, labels in sets.items():
            results = asyncio.run(_scored(labels, settings, moment, seed))
            _print(path, results, console, planner=planner, seed=seed, is_telling=failures)
            found[path.name if path.name not in found else str(path)] = figures(results)
        if settings is None:
            found["footprint"] = footprint(console)
        _write(found, out)
    except (LabelError, OSError, SettingsError, PlannerError) as error:
        click.echo(f"error: {_words(error)}", err=True)
        sys.exit(1)


def _console() -> Console:
    """The terminal; what goes into a file or a pipe is as wide as the wide table."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=max(_UNSTYLED_WIDTH, console.width))


def _with_model() -> OrchestratorSettings:
    settings = read_settings(Environment.read())
    if settings.model is None:
        advice = "set OPENAI_API_KEY, or OPENAI_BASE_URL for an own endpoint, in the environment or .env"
        raise SettingsError(f"no model is configured; {advice} (see .env.example), and no LLM_ORCHESTRATOR_PLANNER")
    return settings


def _words(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    return str(error)


def _print(
    path: Path, results: Sequence[Result], console: Console, *, planner: str, seed: int | None, is_telling: bool
) -> None:
    """Prints the table, and beside it what is wrong: of the labels always, of the plans where it is asked for."""
    in_other_words = "" if seed is None else f", renamed with seed {seed}"
    show(results, f"{path.name}, planner: {planner}{in_other_words}", console)
    beside = sum(result.planner == PLANNER for result in results)
    if planner != PLANNER and beside:
        console.print(f"{beside} of {len(results)} messages were planned by the embedded planner beside the model.")
    if "sealed" in path.name:
        if is_telling:
            console.print("What fails in a sealed set stays sealed.")
    else:
        for note in notes([result.label for result in results], shop_catalogue()):
            console.print(f"note: {note}", markup=False, soft_wrap=True)
        if is_telling:
            show_failures(results, console)
    console.print()


def _write(found: Mapping[str, object], out: Path | None) -> None:
    if out is not None:
        out.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


async def _scored(
    labels: Sequence[Label], settings: OrchestratorSettings | None, now: dt.datetime, seed: int | None
) -> list[Result]:
    """One result for each message; `seed` renames them. Raises PlannerError where the model cannot be reached."""
    catalogue = shop_catalogue()
    async with _thinking(settings) as thoughts:
        clock = Timed(planner=thoughts.planner)
        planning = Planning(planner=clock, fallback=thoughts.fallback)
        conversation = Conversation(
            planning=planning if seed is None else renamed(planning, catalogue, labels, seed),
            catalogue=catalogue,
            expressions=Expressions(catalogue),
            roles=ROLES,
            now=now,
        )
        if settings is None:
            await score(labels[0], conversation, clock)  # the first message pays for the index
            await asyncio.to_thread(EmbeddedPlanner.warm_up)
        console = Console(stderr=True)
        shown = track(labels, "Scoring ...", console=console, transient=True, disable=not console.is_terminal)
        return [await score(label, conversation, clock, thoughts.judge) for label in shown]


def _thinking(settings: OrchestratorSettings | None) -> AbstractAsyncContextManager[Thinking]:
    if settings is None:
        return thinking(None, Limits())
    return thinking(settings.model, settings.limits, settings.hiding)


if __name__ == "__main__":
    main()
