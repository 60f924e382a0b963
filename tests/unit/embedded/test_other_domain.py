# ruff: noqa: E501  # tables: one case a line
"""The planner knows no shop: other trades work unchanged, and no word of the shop stands in its source."""

import ast
import re
from pathlib import Path

import pytest

import orchestrator_server.embedded as package
from evaluation.labels import read_labels
from tests.unit.embedded.asking import decide, line, shop
from tests.unit.embedded.library import library
from tests.unit.embedded.practice import practice
from tests.unit.embedded.scored import scored, share, told, unsafe

TABLE = """
show my loans                                  | loan.list()
list my overdue loans                          | loan.list(state=OVERDUE)
do I have any overdue loans?                   | loan.list(state=OVERDUE)
what is the state of l204417                   | loan.get(loan_id=L204417)
renew L204417                                  | loan.renew(loan_id=L204417)
could you extend L204417 and L204418 please    | loan.renew(loan_id=L204417) + loan.renew(loan_id=L204418)
renew my loan                                  | ask loan_id
when is L204417 due?                           | loan.due_date(loan_id=L204417)
put two copies of Dune on hold                 | book.reserve(copies=2, title=Dune)
reserve a copy of The Sea Around Us            | book.reserve(copies=1, title=The Sea Around Us)
how much do I owe                              | fine.get_balance()
block my card                                  | card.block()
please don't block my card                     | refuse chatter
when are you open                              | branch.opening_hours()
change my contact number to +32 470 998877     | reader.update_contact(contact=+32 470 998877)
renew L204417 if it is not overdue             | ~loan.get(loan_id=L204417) + loan.renew(loan_id=L204417) if s1.loan.state != OVERDUE
renew L204417 unless I returned it             | ~loan.get(loan_id=L204417) + loan.renew(loan_id=L204417) if !has(s1.loan.returned_at)
renew L204417 if it is due within 3 days       | ~loan.due_date(loan_id=L204417) + loan.renew(loan_id=L204417) if s1.days_left <= 3
block my card if I owe more than 10 euros      | ~fine.get_balance() + card.block() if has(s1.owed) && money(s1.owed) > 10.0
renew all my loans that were borrowed more than 10 days ago | ~loan.list() + loan.renew(loan_id=<each.id>) for each s1.loans.filter(o, has(o.borrowed_at) && now - o.borrowed_at > days(10))
renew all my overdue loans                     | ~loan.list(state=OVERDUE) + loan.renew(loan_id=<each.id>) for each s1.loans
show my loans and tell me how much I owe       | loan.list() + fine.get_balance()
cancel A-1042                                  | refuse out_of_scope
show my sister's loans                         | refuse other_user
order a pizza                                  | refuse out_of_scope
"""
ROWS = [tuple(part.strip() for part in row.split(" | ")) for row in TABLE.strip().splitlines()]

PRACTICE = Path(__file__).parents[2] / "data" / "utterances_second_domain.jsonl"
WANTED = 85.0
"""The share of messages to another trade's servers that are planned fully right, in percent."""

GENERAL = frozenset(
    [
        "get",
        "list",
        "show",
        "update",
        "change",
        "create",
        "address",
        "user",
        "track",
        "items",
        "estimate",
        "points",
        "profile",
        "return",
    ]
)
"""Words of intents' names that are English anywhere (`return` and `items` are Python's, too)."""


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[text for text, _ in ROWS])
async def test_library_is_understood_without_a_change(text: str, expected: str) -> None:
    assert line(await decide(text, catalogue=library())) == expected


async def test_a_practice_is_understood_without_a_change() -> None:
    results = await scored(read_labels(PRACTICE), practice())
    assert unsafe(results) == []
    assert share(results) >= WANTED, told(results)


def test_no_word_of_the_shop_stands_in_the_source() -> None:
    names = {word for name in shop().intents for word in re.findall("[a-z]+", name)} - GENERAL
    names |= {"parcel", "shipment", "ship", "purchase", "customer's", "lamp", "basket", "product"}
    for path in Path(package.__file__).parent.rglob("*.py"):
        said = {word for text in _literals(ast.parse(path.read_text())) for word in re.findall("[a-z]+", text.lower())}
        assert not said & names, f"{path.name} knows {sorted(said & names)}"


def _literals(tree: ast.AST) -> list[str]:
    """Every string that is no docstring."""
    documented = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented
    ]
