"""What counts as money: a message of smallest units and an ISO code, whichever server declares it."""

from decimal import Decimal

from google.protobuf.descriptor import Descriptor

MINOR = "amount_minor"
MONEY_FIELDS = frozenset({MINOR, "currency"})
SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£"}
USUAL_DIGITS = 2
DIGITS = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND"), 0),
    **dict.fromkeys(("VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}
"""The currencies of ISO 4217 whose minor unit is not a hundredth, with the digits behind their point."""


def is_money(message: Descriptor | None) -> bool:
    """Is this message an amount: smallest units and an ISO code, and nothing else?"""
    return message is not None and {field.name for field in message.fields} == MONEY_FIELDS


def digits(currency: str) -> int:
    """How many digits stand behind the point in amounts of `currency`; two where nobody knows it."""
    return DIGITS.get(currency.upper(), USUAL_DIGITS)


def units(amount_minor: int, currency: str) -> Decimal:
    """The amount in the units people say: 1240 is 12.40 in euros, 1240 in yen and 1.240 in Kuwaiti dinars."""
    return Decimal(amount_minor).scaleb(-digits(currency))


def money(amount_minor: int, currency: str) -> str:
    """An amount as people write it, for instance `€1,240.50`, `1,240 JPY`."""
    return marked(units(amount_minor, currency), currency)


def marked(amount: Decimal, currency: str) -> str:
    """The same for an amount that is in units already; with the digits that it has."""
    sign, symbol = "-" if amount < 0 else "", SYMBOLS.get(currency)
    said = f"{abs(amount):,f}"
    return f"{sign}{symbol}{said}" if symbol else f"{sign}{said} {currency}".rstrip()
