"""What the planner has reached over the labelled messages that it was built with, it keeps."""

from pathlib import Path

import pytest

from evaluation.catalogues import shop_catalogue
from evaluation.labels import read_labels
from tests.unit.embedded.scored import scored, share, unsafe

DATA = Path(__file__).parents[2] / "data"


@pytest.mark.parametrize(("name", "least"), [("building", 94.5), ("further", 92.0), ("unusual", 73.0)])
async def test_messages_stay_understood_and_safe(name: str, least: float) -> None:
    labels = read_labels(DATA / f"utterances_{name}.jsonl")
    results = await scored(labels, shop_catalogue())
    assert share(results) >= least
    assert unsafe(results) == []
