"""The reply of a turn: in pieces as it is worded, and whole at its end."""

from collections.abc import AsyncIterator, Callable
from contextlib import aclosing

from orchestrator_server.composer import Composer, ComposerError, TemplateComposer
from orchestrator_server.events import Reply, ReplyDelta, ReplyKind, ReplyReset
from orchestrator_server.plan import Usage
from orchestrator_server.report import Report


async def replies(
    composer: Composer, report: Report, spend: Callable[[Usage], None], stopped: str
) -> AsyncIterator[ReplyDelta | ReplyReset | Reply]:
    """Words `report`. After a stop (`stopped` says which), and where a model breaks off, templates take over."""
    composers = [TemplateComposer()] if stopped else [composer, TemplateComposer()]
    text = ""
    for each in composers:
        text = stopped and f"{stopped} "
        try:
            async with aclosing(each.compose(report, spend)) as pieces:
                async for piece in pieces:
                    text += piece
                    yield ReplyDelta(text=piece)
            break
        except ComposerError:
            yield ReplyReset()
    yield Reply(text=text.strip(), kind=ReplyKind.ANSWER)
