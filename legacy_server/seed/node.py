"""Reads a JSON document value by value and collects every fault with its path, so that all are told at once.

After a fault a harmless value stands in and reading goes on; whoever reads must look at the faults before using
anything. A field that is null counts as not given.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import TypeVar

T = TypeVar("T")

MAX_CENTS = 100_000_000_00


class Node:
    """One value, with its path as a person would write it (`orders[3].items[0].sku`)."""

    def __init__(self, value: object, path: str, faults: list[str]) -> None:
        self.value = value
        self.path = path
        self._faults = faults

    @property
    def is_given(self) -> bool:
        """Is there a value other than null?"""
        return self.value is not None

    def fault(self, what: str) -> None:
        """Notes what is wrong with this value."""
        self._faults.append(f"{self.path}: {what}" if self.path else f"the document {what}")

    def field(self, name: str) -> "Node":
        """The value of a field of this object; one that is not given where the object has none."""
        value = self.value.get(name) if isinstance(self.value, dict) else None
        return Node(value, f"{self.path}.{name}" if self.path else name, self._faults)

    def only(self, *names: str) -> bool:
        """Is this an object? Notes a fault when not, and for every field that is none of `names`."""
        if not isinstance(self.value, dict):
            self.fault("is not an object")
            return False
        for name in [name for name in self.value if name not in names]:
            self.field(name).fault(f"is not known here; there are {', '.join(names)}")
        return True

    def elements(self) -> list["Node"]:
        """The elements of this list; none where it is not given."""
        if self.is_given and not isinstance(self.value, list):
            self.fault("is not a list")
        values = self.value if isinstance(self.value, list) else []
        return [Node(value, f"{self.path}[{index}]", self._faults) for index, value in enumerate(values)]

    def text(self, default: str | None = None, pattern: str = r".{1,200}", like: str = "") -> str:
        """One line of text without surrounding space that matches `pattern` whole; required without a default."""
        if not self.is_given or (self.value == "" and default is not None):
            return self._missing(default, "")
        if not isinstance(self.value, str):
            self.fault("is not a text")
            return ""
        text = self.value.strip()
        if not re.fullmatch(pattern, text):
            self.fault(f"{text[:60]!r} is not valid" + (f"; it looks like {like}" if like else ""))
            return ""
        return text

    def choice(self, allowed: Sequence[str], default: str | None = None) -> str:
        """One of `allowed`, in any letter case."""
        text = self.text(default)
        if text and text.upper() not in allowed:
            self.fault(f"{text!r} is none of {', '.join(allowed)}")
            return ""
        return text.upper()

    def flag(self, default: bool) -> bool:
        """True or false."""
        if self.is_given and not isinstance(self.value, bool):
            self.fault("is neither true nor false")
        return self.value if isinstance(self.value, bool) else default

    def whole(self, default: int | None = None, lowest: int = 0, highest: int = 1_000_000_000) -> int:
        """A whole number within bounds; required without a default."""
        if not self.is_given:
            return self._missing(default, lowest)
        if isinstance(self.value, bool) or not isinstance(self.value, int) or not lowest <= self.value <= highest:
            self.fault(f"is not a whole number from {lowest} to {highest}")
            return lowest
        return self.value

    def number(self, lowest: float, highest: float) -> float:
        """A number within bounds, maybe with a fraction."""
        value = self.value
        if isinstance(value, bool) or not isinstance(value, (int, Decimal)) or not lowest <= value <= highest:
            self.fault(f"is not a number from {lowest:g} to {highest:g}")
            return lowest
        return float(value)

    def cents(self) -> int:
        """An amount of money, given as a number or a text like "39.90", in its smallest unit."""
        if not self.is_given:
            return self._missing(None, 0)
        try:
            cents = Decimal(str(self.value)) * 100
        except ArithmeticError:
            cents = Decimal("NaN")
        if isinstance(self.value, bool) or not (cents.is_finite() and 0 <= cents <= MAX_CENTS and cents == int(cents)):
            self.fault('is not an amount in EUR with at most two decimals, for instance "39.90"')
            return 0
        return int(cents)

    def _missing(self, default: T | None, stand_in: T) -> T:
        if default is None:
            self.fault("is missing")
        return stand_in if default is None else default
