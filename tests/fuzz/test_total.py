"""How many inputs there were in all."""

import pytest

from tests.fuzz.conftest import Tally

ENOUGH = 10_000
PARTS = {"test_chat.py", "test_plans.py", "test_rpcs.py"}


def test_there_were_ten_thousand_inputs(request: pytest.FixtureRequest, tally: Tally) -> None:
    if request.config.option.keyword or not {item.path.name for item in request.session.items} >= PARTS:
        pytest.skip("only a part of the fuzz tests was asked for")
    print(f"{tally.inputs} inputs")
    assert tally.inputs >= ENOUGH
