"""Times: as they are stored, and as they cross the wire."""

from datetime import UTC, datetime

from google.protobuf.timestamp_pb2 import Timestamp


def to_text(moment: datetime) -> str:
    """How an aware time is stored: ISO 8601 in UTC, always equally long, so that texts sort like times."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def from_text(text: str | None) -> datetime | None:
    """The stored time, aware UTC; None where there is none."""
    return None if text is None else datetime.fromisoformat(text)


def to_timestamp(moment: datetime | None) -> Timestamp | None:
    """The time as it crosses the wire; None leaves the field unset."""
    if moment is None:
        return None
    timestamp = Timestamp()
    timestamp.FromDatetime(moment)
    return timestamp
