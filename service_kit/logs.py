"""One structured line a call, and everything else a server has to say, as JSON on standard error."""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any

RESERVED = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
MAX_CHAIN = 8


class JsonFormatter(logging.Formatter):
    """A log record as one line of JSON; what was passed as `extra` becomes fields of its own."""

    def __init__(self, server: str) -> None:
        super().__init__()
        self._server = server

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "server": self._server,
            "message": record.getMessage(),
        }
        line |= {name: value for name, value in vars(record).items() if name not in RESERVED}
        if record.exc_info:
            line["traceback"] = where(record.exc_info[1])
        return json.dumps(line, default=str)  # ASCII: no character in it can end a line


def where(error: BaseException | None) -> str:
    """The kinds of `error` and of what led to it, and the places they passed. Never their words: those may be data."""
    chain: list[str] = []
    while error is not None and len(chain) < MAX_CHAIN:
        frames = traceback.extract_tb(error.__traceback__)
        chain.append("".join([f"{type(error).__qualname__}\n", *traceback.format_list(frames)]))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "caused by ".join(chain)


def log_to_stderr(server: str, level: int = logging.INFO) -> None:
    """Sends everything that is logged to standard error, as JSON."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter(server))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    logging.getLogger("httpx2").setLevel(logging.WARNING)
