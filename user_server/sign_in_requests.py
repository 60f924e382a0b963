"""What requests to sign in must look like."""

import re

from service_kit.errors import FieldViolation, InvalidArgument

EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,189}")
CODE = re.compile(r"[0-9]{6}")
AUDIENCE = re.compile(r"[a-z_]{1,32}")
LONGEST_REFRESH_TOKEN = 200


def email_of(text: str) -> str:
    """The e-mail as it identifies a customer."""
    return text.strip().lower()


def email_fault(email: str, field: str = "email") -> FieldViolation | None:
    """What is wrong with the e-mail in `field`."""
    if EMAIL.fullmatch(email) and email.isprintable():
        return None
    return FieldViolation(field=field, description="is no e-mail, for instance 'anna@example.com'")


def code_fault(digits: str) -> FieldViolation | None:
    """What is wrong with a code."""
    return None if CODE.fullmatch(digits) else FieldViolation(field="code", description="is not six digits")


def audience_fault(audience: str) -> FieldViolation | None:
    """What is wrong with the name of a server; empty is fine."""
    if not audience or AUDIENCE.fullmatch(audience):
        return None
    return FieldViolation(field="audience", description="is no server's name, for instance 'order'")


def refresh_token_fault(token: str) -> FieldViolation | None:
    """What is wrong with a refresh token, at first sight."""
    if 0 < len(token) <= LONGEST_REFRESH_TOKEN:
        return None
    return FieldViolation(field="refresh_token", description="is not the refresh token that was issued last")


def refuse(*faults: FieldViolation | None) -> None:
    """Raises InvalidArgument where there are any, with all of them."""
    violations = [fault for fault in faults if fault is not None]
    if violations:
        said = "; ".join(f"{v.field} {v.description}" for v in violations)
        raise InvalidArgument("INVALID_REQUEST", f"The request is not valid: {said}.", violations)
