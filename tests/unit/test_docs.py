"""What the documentation names exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


@pytest.mark.parametrize("page", ["docs/security.md"])
def test_every_test_that_a_page_names_is_there(page):
    named = NAMED.findall((ROOT / page).read_text())
    assert len(named) > 20
    missing = [f"{file}::{test}" for file, test in named if f"def {test}(" not in _text(ROOT / file)]
    assert missing == []


def _text(path: Path) -> str:
    return path.read_text() if path.exists() else ""
