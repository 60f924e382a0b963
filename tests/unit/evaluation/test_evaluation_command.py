"""The command: a table, figures, notes, failures, and errors that say what to do."""

import asyncio
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from evaluation.__main__ import main
from tests.openai_server import KEY, Asked, OpenAIServer, Say, say


def line(text: str, kind: str, *steps: dict[str, Any], **more: Any) -> str:
    expect = {"kind": kind, "steps": list(steps), **more}
    turns = [{"role": "user", "text": text}]
    return json.dumps({"id": text[:9], "category": "single", "turns": turns, "expect": expect})


CANCEL = {"intent": "order.cancel", "params": {"order_id": "A-1042"}}
POINTS = {"intent": "loyalty.get_points", "params": {}}
LINES = [line("cancel A-1042", "plan", CANCEL), line("how many points do I have", "plan", POINTS)]


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    path = tmp_path / "mine.jsonl"
    path.write_text("\n".join(LINES), encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL", "LLM_ORCHESTRATOR_PLANNER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def test_a_set_is_scored_and_the_figures_written(labels: Path, tmp_path: Path):
    out = tmp_path / "figures.json"
    done = run("--file", labels, "--json", out)
    assert done.exit_code == 0, done.output
    assert "mine.jsonl, planner: embedded" in done.output
    figures = json.loads(out.read_text())
    assert figures["mine.jsonl"]["all"]["messages"] == 2
    assert figures["mine.jsonl"]["all"]["fully_right"] == 1.0
    assert figures["mine.jsonl"]["single"]["unsafe"] == 0
    assert figures["footprint"]["intents"] == 14


def test_a_set_is_scored_in_other_words(labels: Path, tmp_path: Path):
    out = tmp_path / "figures.json"
    done = run("--file", labels, "--renamed", 7, "--json", out)
    assert done.exit_code == 0, done.output
    assert "mine.jsonl, planner: embedded, renamed with seed 7" in done.output
    assert json.loads(out.read_text())["mine.jsonl"]["all"]["fully_right"] == 1.0


def test_failures_are_told_and_unsafe_ones_marked(tmp_path: Path):
    path = tmp_path / "mine.jsonl"
    path.write_text(line("cancel A-1042", "refuse", refusal_reason="chatter"), encoding="utf-8")
    assert "order.cancel" not in run("--file", path).output
    told = run("--file", path, "--failures").output
    assert "! cancel A-: cancel A-1042" in told
    assert "plans ['order.cancel'] where refuse was wanted" in told


def test_a_sealed_set_stays_sealed(tmp_path: Path):
    path = tmp_path / "utterances_sealed.jsonl"
    path.write_text(line("cancel A-1042", "refuse"), encoding="utf-8")
    done = run("--file", path, "--failures")
    assert done.exit_code == 0
    assert "A-1042" not in done.output


def test_what_nobody_knows_of_a_label_is_noted(tmp_path: Path):
    path = tmp_path / "mine.jsonl"
    path.write_text(line("track it", "plan", {"intent": "order.track"}), encoding="utf-8")
    assert "note: track it: there is no intent 'order.track'" in run("--file", path).output


@pytest.mark.parametrize("name", ["missing.jsonl", "."])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str):
    done = run("--file", tmp_path / name)
    assert done.exit_code == 1
    assert done.output.startswith(f"error: {tmp_path / name}")


def test_a_wrong_line_is_named(labels: Path):
    labels.write_text(LINES[0] + "\n{", encoding="utf-8")
    done = run("--file", labels)
    assert done.exit_code == 1
    assert "mine.jsonl, line 2: no JSON" in done.output


def test_facts_that_cannot_be_read_are_named(labels: Path):
    worlds = [{"facts": {"A-1042": {"placed_at": "some day"}}, "executed_steps": [0]}]
    text = line("show me A-1042", "plan", {"intent": "order.get", "params": {"order_id": "A-1042"}}, worlds=worlds)
    labels.write_text(text, encoding="utf-8")
    done = run("--file", labels)
    assert done.exit_code == 1
    assert "the facts of its worlds cannot be read" in done.output


def test_a_figure_file_that_cannot_be_written_is_named(labels: Path, tmp_path: Path):
    done = run("--file", labels, "--json", tmp_path / "nowhere" / "figures.json")
    assert done.exit_code == 1
    assert "nowhere" in done.output


def test_without_a_model_the_settings_are_named(labels: Path):
    done = run("--file", labels, "--planner", "model")
    assert done.exit_code == 1
    assert "set OPENAI_API_KEY" in done.output


def test_a_model_that_cannot_be_reached_ends_the_run(labels: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    done = run("--file", labels, "--planner", "model")
    assert done.exit_code == 1
    assert "error: The model at http://127.0.0.1:9/v1 cannot be reached" in done.output


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenAIServer]:
    """A model in a thread of its own: the command has an event loop of its own."""
    server, loop = OpenAIServer(always=_answer), asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    asyncio.run_coroutine_threadsafe(server.__aenter__(), loop).result()
    monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_MODEL", "test-model")
    yield server
    asyncio.run_coroutine_threadsafe(server.__aexit__(), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


def _answer(asked: Asked) -> Say:
    if "points" in asked.last:
        return say("certainly, my pleasure")
    step = {"intent": "order.cancel", "arguments": {"order_id": "A-1042"}}
    return say(json.dumps({"kind": "plan", "steps": [step]}))


def test_a_model_is_scored_with_its_calls_and_tokens(labels: Path, model: OpenAIServer, tmp_path: Path):
    out = tmp_path / "figures.json"
    done = run("--file", labels, "--planner", "model", "--json", out)
    assert done.exit_code == 0, done.output
    everything = json.loads(out.read_text())["mine.jsonl"]["all"]
    assert everything["kind"] == 1.0  # the embedded planner answers for the one that made no sense
    assert everything["model_calls"] >= 1
    assert everything["tokens"] == 120 * everything["model_calls"]
    assert model.asked
    assert "1 of 2 messages were planned by the embedded planner beside the model." in done.output
