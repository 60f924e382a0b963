"""What the owner of an e-mail reads."""

from user_server.codes import Code

SUBJECT = "Your sign-in code"


def text_of(code: Code) -> str:
    """The message; its last line is the six-digit code."""
    until = code.expires_at.strftime("%Y-%m-%d %H:%M:%S UTC")
    return f"This code signs you in once, until {until}. If you did not ask for it, ignore it.\n\n{code.digits}\n"
