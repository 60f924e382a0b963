"""Regular expressions that are compiled when they are first used, or all at once in the background of a start."""

import re
from typing import Any, ClassVar, cast
from weakref import WeakSet

_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn")


class _Lazy:
    """Stands for one expression; its methods are those of the compiled one as soon as one of them is asked for."""

    __slots__ = ("__weakref__", "_flags", "pattern", *_METHODS)
    made: ClassVar[WeakSet["_Lazy"]] = WeakSet()

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags
        self.made.add(self)

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self.pattern, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The expression as ``re.compile`` would give it; what is wrong with the text shows at its first use alone."""
    return cast("re.Pattern[str]", _Lazy(pattern, flags))


def compile_all() -> None:
    """Compiles whatever nobody has used so far: some thousand expressions, 0.7 s. Raises re.error for a wrong one."""
    for expression in tuple(_Lazy.made):
        getattr(expression, _METHODS[0])
