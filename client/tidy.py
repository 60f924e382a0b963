"""Printing without trailing blanks, so that what is shown can be copied, piped and shown in documents as it is."""

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment


class Tidy:
    """Something to print, without blanks at the ends of its lines; with `height`, only the last lines of it."""

    def __init__(self, renderable: RenderableType, *, height: int | None = None) -> None:
        self._renderable = renderable
        self._height = height

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yields the lines."""
        lines = console.render_lines(self._renderable, options.update(height=None), pad=False)
        for line in lines[-self._height :] if self._height else lines:
            yield from _stripped(line)
            yield Segment.line()


def _stripped(line: list[Segment]) -> list[Segment]:
    kept = list(line)
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        kept[-1] = Segment(kept[-1].text.rstrip(), kept[-1].style, kept[-1].control)
    return kept
