"""Page tokens of the audit: where a page ended, bound to what was asked for."""

import base64
import hashlib
import json

from orchestrator_server.audit import Position, Wanted
from service_kit.errors import InvalidArgument
from service_kit.times import from_text, to_text

LARGEST = 2**63 - 1
LONGEST_TOKEN = 1_000


def page_token(position: Position, wanted: Wanted) -> str:
    """The token that goes on after `position` in the list of what is `wanted`."""
    content = json.dumps([_digest(wanted), position.created_at, position.server, position.number])
    return base64.urlsafe_b64encode(content.encode()).decode()


def read_token(token: str, wanted: Wanted) -> Position:
    """Where the page before ended. Raises InvalidArgument (`PAGE_TOKEN_WRONG`) for one not made here, for `wanted`."""
    try:
        if len(token) > LONGEST_TOKEN:
            raise ValueError("too long")
        digest, created_at, server, number = json.loads(base64.b64decode(token, altchars=b"-_", validate=True))
        position = Position(created_at=created_at, server=server, number=number)
        _check(position)
        if digest != _digest(wanted):
            raise ValueError("of another list")
    except (ValueError, TypeError, RecursionError) as error:
        said = "Use the next_page_token of the page before, with the same filters, or none."
        raise InvalidArgument("PAGE_TOKEN_WRONG", said) from error
    return position


def _check(position: Position) -> None:
    moment = from_text(position.created_at)
    if moment is None or moment.tzinfo is None or to_text(moment) != position.created_at:
        raise ValueError("not a time as it is stored")
    if type(position.number) is not int or abs(position.number) > LARGEST:
        raise ValueError("not a number of a record")
    if type(position.server) is not str:
        raise TypeError("not a name")
    position.server.encode()  # what JSON can say and UTF-8 cannot


def _digest(wanted: Wanted) -> str:
    said = json.dumps([wanted.person, wanted.kind, wanted.turn_id, wanted.server])
    return hashlib.sha256(said.encode()).hexdigest()[:16]
