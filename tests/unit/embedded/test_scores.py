"""What the planner has reached over the labelled messages that it was built with, it keeps."""

from pathlib import Path

import pytest

from evaluation.catalogues import shop_catalogue
from evaluation.labels import read_labels
from tests.unit.embedded.scored import scored, share, unsafe

DATA = Path(__file__).parents[2] / "data"
AMBIGUOUS = {"n3-103"}
"""One thing of an order is not wanted any more, "undo it": the whole is cancelled where the label asks."""


@pytest.mark.parametrize(("name", "least"), [("building", 94.5), ("further", 92.0), ("unusual", 73.0)])
async def test_messages_stay_understood_and_safe(name: str, least: float) -> None:
    labels = read_labels(DATA / f"utterances_{name}.jsonl")
    results = await scored(labels, shop_catalogue())
    assert share(results) >= least
    assert set(unsafe(results)) <= AMBIGUOUS
