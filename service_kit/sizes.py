"""How large a request may be: refused here with a sentence, and by gRPC itself where it is larger by far."""

from collections.abc import Iterable

from service_kit.errors import ResourceExhausted
from service_kit.settings import PREFIX, ServerSettings

HARD_FACTOR = 4
"""How much more than the bound gRPC itself lets in, so that the refusal is ours, which says what to do."""
ENTRY_OVERHEAD = 32
"""What an entry counts beside its name and value (RFC 7541, 4.1)."""


def hard_limits(settings: ServerSettings) -> list[tuple[str, int]]:
    """gRPC's own limits, as options of a server."""
    metadata = settings.max_metadata_bytes * HARD_FACTOR
    return [
        ("grpc.max_receive_message_length", settings.max_message_bytes * HARD_FACTOR),
        ("grpc.max_metadata_size", metadata),  # between this one and the next, gRPC refuses at random
        ("grpc.absolute_max_metadata_size", metadata),
    ]


def message_too_large(size: int, bound: int) -> ResourceExhausted:
    """The refusal of a message of `size` bytes."""
    return ResourceExhausted(
        "MESSAGE_TOO_LARGE",
        f"The message has {size} bytes and may have {bound}; send less, or raise {PREFIX}MAX_MESSAGE_BYTES here.",
        bytes=str(size),
        max_bytes=str(bound),
    )


def insist_on_metadata(metadata: Iterable[tuple[str, str | bytes]] | None, bound: int) -> None:
    """Raises ResourceExhausted where the metadata of a call has more than `bound` bytes."""
    size = sum(len(name) + len(value) + ENTRY_OVERHEAD for name, value in metadata or ())
    if size > bound:
        raise ResourceExhausted(
            "METADATA_TOO_LARGE",
            f"The metadata has {size} bytes and may have {bound}; send less, or raise {PREFIX}MAX_METADATA_BYTES here.",
            bytes=str(size),
            max_bytes=str(bound),
        )
