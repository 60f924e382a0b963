"""Handles: what stands in a prompt for a value that the model is not shown, as `«phone1»`.

The same value has the same handle within a turn. What a model writes gets the values back once: text that comes out of
a handle is not looked at again.
"""

import re
from collections.abc import AsyncGenerator, AsyncIterable, Callable

HANDLE = re.compile(r"«\s*([a-z_]+)\s*(\d+)\s*»", re.IGNORECASE)
TEXT = "text"
"""Is the kind of free text; all others are personal data."""

LONGEST = 48
"""Characters: what goes on for longer after `«` is no handle."""

SHORTEST_KNOWN = 4
"""Characters: shorter values are not looked for in what people wrote."""

NOTE = "«…» is a hidden value: copy it, «» too."


class UnknownHandleError(ValueError):
    """The model made a handle up."""


class Handles:
    """Gives handles and takes them back."""

    def __init__(self) -> None:
        self._by_value: dict[str, str] = {}
        self._values: dict[str, str] = {}
        self._counts: dict[str, int] = {}
        self._known: dict[str, bool] = {}

    def give(self, kind: str, value: str) -> str:
        """The handle of `value`; `kind` is a word for what it is. Personal data is then known in other texts too."""
        known = self._by_value.get(value)
        if known is not None:
            return known
        kind = re.sub("[^a-z_]", "", kind.lower()) or "value"
        self._counts[kind] = self._counts.get(kind, 0) + 1
        name = f"{kind}{self._counts[kind]}"
        self._by_value[value] = f"«{name}»"
        self._values[name.lower()] = value
        if len(value) >= SHORTEST_KNOWN:
            self._known[value] = kind != TEXT
        return f"«{name}»"

    def without_known(self, text: str, *, with_texts: bool = False) -> str:
        """A text in which personal data that is known by now stands as handles; `with_texts`, all that is hidden."""
        values = [value for value, is_personal in self._known.items() if is_personal or with_texts]
        for value in sorted(values, key=len, reverse=True):
            text = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", self._by_value[value], text)
        return text

    def restored(self, text: str, written: Callable[[str], str] = str) -> str:
        """`text` with values for handles, each as `written` puts it. Raises UnknownHandleError."""
        return HANDLE.sub(lambda found: written(self._value(found)), text)

    def restored_as_far(self, text: str) -> str:
        """The same for a sentence that may name what nobody gave: that is left out."""
        return HANDLE.sub(lambda found: self._values.get(f"{found[1]}{found[2]}".lower(), ""), text)

    async def restoring(self, pieces: AsyncIterable[str]) -> AsyncGenerator[str, None]:
        """The same for a text in pieces: what may be the beginning of a handle waits for the next one."""
        waiting = ""
        async for piece in pieces:
            waiting += piece
            cut = _begun(waiting)
            if waiting[:cut]:
                yield self.restored(waiting[:cut])
            waiting = waiting[cut:]
        if waiting:
            yield self.restored(waiting)

    def _value(self, found: re.Match[str]) -> str:
        name = f"{found[1]}{found[2]}".lower()
        if name not in self._values:
            raise UnknownHandleError(f"there is no «{name}»")
        return self._values[name]


def _begun(text: str) -> int:
    """Where a handle begins that is not closed yet; the end of the text where none does."""
    at = text.rfind("«")
    is_open = at >= 0 and "»" not in text[at:] and len(text) - at <= LONGEST
    return at if is_open else len(text)
