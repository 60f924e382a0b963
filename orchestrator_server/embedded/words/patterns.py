"""Regular expressions that are compiled when they are first used, or all at once in the background of a start."""

import re
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, cast
from weakref import WeakSet

from orchestrator_server.embedded.words.required import required

_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn")


class _Lazy:
    """Stands for one expression; its methods are those of the compiled one as soon as one of them is asked for."""

    __slots__ = ("__weakref__", "_flags", "_is_guarded", "pattern", *_METHODS)
    made: ClassVar[WeakSet["_Lazy"]] = WeakSet()

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags
        self._is_guarded = False
        self.made.add(self)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._compiled(), name)

    def _compiled(self) -> re.Pattern[str]:
        compiled = re.compile(self.pattern, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return compiled

    def guard(self) -> None:
        """Compiles it, and looks from now on only in texts that have what every match needs."""
        if self._is_guarded:
            return
        compiled = self._compiled()
        if pieces := required(self.pattern, self._flags):
            self.search = _guarded(compiled.search, pieces, lambda: None)
            self.finditer = _guarded(compiled.finditer, pieces, lambda: iter(()))
        self._is_guarded = True


def _guarded(look: Callable[..., Any], pieces: Sequence[str], nothing: Callable[[], Any]) -> Callable[..., Any]:
    def guarded(text: str, *limits: int) -> Any:
        for piece in pieces:
            if piece in text:
                return look(text, *limits)
        return nothing()

    return guarded


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The expression as ``re.compile`` would give it; what is wrong with the text shows at its first use alone."""
    return cast("re.Pattern[str]", _Lazy(pattern, flags))


def compile_all() -> None:
    """Compiles whatever nobody has used so far: some thousand expressions, 2 s. Raises re.error for a wrong one.

    From then on most are not looked for where they cannot be.
    """
    for expression in tuple(_Lazy.made):
        expression.guard()
