"""Regular expressions that are compiled when they are first used: a server that starts waits for none of them."""

import re
from typing import Any, cast

_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn")


class _Lazy:
    """Stands for one expression; its methods are those of the compiled one as soon as one of them is asked for."""

    __slots__ = ("_flags", "pattern", *_METHODS)

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self.pattern, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The expression as ``re.compile`` would give it; what is wrong with the text shows at its first use alone."""
    return cast("re.Pattern[str]", _Lazy(pattern, flags))
