"""What counts as money: a message of smallest units and an ISO code, whichever server declares it."""

from google.protobuf.descriptor import Descriptor

MINOR = "amount_minor"
MONEY_FIELDS = frozenset({MINOR, "currency"})


def is_money(message: Descriptor | None) -> bool:
    """Is this message an amount: smallest units and an ISO code, and nothing else?"""
    return message is not None and {field.name for field in message.fields} == MONEY_FIELDS
