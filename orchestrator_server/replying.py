"""The reply of a turn: told in pieces while it is worded, and whole at its end."""

from collections.abc import Callable
from contextlib import aclosing

from orchestrator_server.composer import Composer, ComposerError, TemplateComposer
from orchestrator_server.events import Event, ReplyDelta, ReplyReset
from orchestrator_server.plan import Usage
from orchestrator_server.report import Report


async def worded(
    composer: Composer, report: Report, spend: Callable[[Usage], None], stopped: str, tell: Callable[[Event], None]
) -> str:
    """The words for `report`. After a stop (`stopped` says which) and where a model breaks off, templates take over."""
    composers = [TemplateComposer()] if stopped else [composer, TemplateComposer()]
    text = ""
    for each in composers:
        text = stopped and f"{stopped} "
        try:
            async with aclosing(each.compose(report, spend)) as pieces:
                async for piece in pieces:
                    text += piece
                    tell(ReplyDelta(text=piece))
            break
        except ComposerError:
            tell(ReplyReset())
    return text.strip()
