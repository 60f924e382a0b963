# ruff: noqa: E501, RUF001  # tables: one case a line, and things are counted with a multiplication sign
"""Follow-ups that pick from what was shown, or mend what was said; and answers to a question with two options."""

import pytest

from tests.unit.embedded.talking import outcome, talks

LIST = (
    "> show my orders\n< - A-3101: 1 × blue lamp, €39.90, pending, placed 3 days ago"
    "\\n- A-3102: 2 × red mug, €12.00, pending, placed 5 days ago\\n- A-3103: 1 × rug, €80.00, shipped, placed 9 days ago"
)
PICKED = [
    ("I'd like the invoice of the second one.", "invoice.get(order_id=A-3102)"),
    ("the second one please", "order.get(order_id=A-3102)"),
    ("tell me more about the first one", "order.get(order_id=A-3101)"),
    ("the last one, where is it now", "shipping.track(order_id=A-3103)"),
    ("the middle one can be scrapped pls, keep the other two coming", "order.cancel(order_id=A-3102)"),
    ("the cheapest one can be cancelled", "order.cancel(order_id=A-3102)"),
    ("the mugs in the second one are chipped, can you take them back please", "order.return_items(items=[mugs], order_id=A-3102)"),
    ("the lamp ought to go to my son, he lives at 8 Park Row, Bath BA1 2BX", "shipping.change_address(address=8 Park Row, Bath BA1 2BX, order_id=A-3101)"),
]  # fmt: skip
MENDED = """
> where is A-2001
< Order A-2001 is with DHL, in transit, due in 2 days.
sorry wrong numer, i ment A-2002 => shipping.track(order_id=A-2002)

> where is A-2001
< Order A-2001 is pending, due in 2 days.
ah, can it go to my work instead, 8 Park Row, Bath BA1 2BX => shipping.change_address(address=8 Park Row, Bath BA1 2BX, order_id=A-2001)

> invoice for A-2001 please
< Invoice for A-2001: €58.40, dated 3 November 2026.
Perfect. Same for A-2005 please. => invoice.get(order_id=A-2005)

> invoice for A-2001 please
< Invoice for A-2001: €58.40, dated 3 November 2026.
thanks! can I get the one for A-2005 as well => invoice.get(order_id=A-2005)

> invoice for A-2001 please
< Invoice for A-2001: €58.40, dated 3 November 2026.
oops, wrong one, I need A-2005 => invoice.get(order_id=A-2005)

> where is my parcel
I don't know the number => order.list()
"""
ADDRESS = (
    "> change the address to 8 Park Row, Bath BA1 2BX\n"
    "< Do you mean the address of your account or the delivery address of one order?"
)
CHOSEN = [
    ("the account", "user.update_address(address=8 Park Row, Bath BA1 2BX)"),
    ("the first", "user.update_address(address=8 Park Row, Bath BA1 2BX)"),
    ("my account please", "user.update_address(address=8 Park Row, Bath BA1 2BX)"),
    ("just for A-2001", "shipping.change_address(address=8 Park Row, Bath BA1 2BX, order_id=A-2001)"),
    ("the delivery one", "ask order_id"),
    ("no, the other address, of the order", "ask order_id"),
]
SWAPPED = ADDRESS.replace(
    "the address of your account or the delivery address of one order",
    "the delivery address of one order or the address of your account",
)
TABLE = "\n\n".join(
    [
        *(f"{LIST}\n{text} => {expected}" for text, expected in PICKED),
        MENDED.strip(),
        *(f"{ADDRESS}\n{text} => {expected}" for text, expected in CHOSEN),
        f"{SWAPPED}\nthe second one => user.update_address(address=8 Park Row, Bath BA1 2BX)",
    ]
)
CASES = talks(TABLE)


@pytest.mark.parametrize(("earlier", "text", "expected"), CASES, ids=[text for _, text, _ in CASES])
async def test_words_point_at_what_was_shown(earlier: tuple[tuple[str, str], ...], text: str, expected: str) -> None:
    assert await outcome(earlier, text) == expected
