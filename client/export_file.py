"""Where an export goes: to what the program prints, or to a file that only its owner reads."""

import json
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from llm_orchestrator.orchestrator.v1 import chat_pb2

from client.ask import as_dict
from client.errors import ClientError, SettingsFault

Exported = AsyncIterator[chat_pb2.ExportConversationsResponse]


async def write_export(exported: Exported, out: TextIO) -> int:
    """Writes one JSON object with all conversations, as they come; how many there were."""
    count = 0
    async for kept in exported:
        out.write(",\n" if count else '{"conversations": [\n')
        out.write(json.dumps(as_dict(kept), indent=2, ensure_ascii=False))
        count += 1
    out.write("\n]}\n" if count else '{"conversations": []}\n')
    out.flush()
    return count


@contextmanager
def opened(path: Path | None, *, force: bool) -> Iterator[TextIO]:
    """What to write to; None is the standard output.

    A file has mode 0600 and appears whole or not at all. Raises SettingsFault where it is there already and `force`
    does not say to overwrite it, and ClientError where it cannot be written.
    """
    if path is None:
        yield sys.stdout
        return
    with _told(path):
        if not force:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with _replacing(path, is_new=not force) as file:
            yield file


@contextmanager
def _replacing(path: Path, *, is_new: bool) -> Iterator[TextIO]:
    """A file beside `path` that takes its place at the end; where that fails a new `path` goes again."""
    written: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        written = Path(name)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            yield file
        written.replace(path)
    except BaseException:
        for rest in (written, path if is_new else None):
            if rest is not None:
                rest.unlink(missing_ok=True)
        raise


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except FileExistsError as error:
        raise SettingsFault(f"{path} is there already. Choose another file, or add --force to overwrite it.") from error
    except OSError as error:
        raise ClientError(f"{path} cannot be written: {error.strerror}.") from error
