"""The load benchmark, in a size that takes seconds: it measures what it says, and loses nothing."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_ten_streams_take_turns_and_nothing_is_lost(tmp_path: Path):
    out = tmp_path / "load.json"
    size = ["--streams", "10", "--together", "4", "--rounds", "2", "--seconds", "1", "--out", str(out)]
    done = subprocess.run(
        [sys.executable, "benchmarks/load.py", *size], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(out.read_text())
    assert (found["faults"], found["silent_streams"]) == (0, 0)
    assert found["turns"] > 20
    assert found["commits_per_turn"] > 0
    assert found["turns_per_second"] < found["floor_turns_per_second"]
    assert "turns a second" in done.stdout
