"""What can go wrong, as sentences that say what to do.

ClientError
├─ SettingsFault        a setting cannot be understood
├─ NotSignedIn          there is no token, or it is no longer accepted
├─ ActingEnded          the token to act for a customer is over, and asking for another would end somebody else's
├─ TokenCommandFailed   the command that prints tokens gave none that is accepted
├─ ServerUnreachable    nothing answers, or not in time
└─ RequestRefused       the server answered with an error of its own
   └─ NotAllowed        ... because of who asks
"""

from typing import ClassVar

from client.exit_codes import ExitCode


class ClientError(Exception):
    """Ends what the user asked for; its text is for people. Carries the exit status of the program.

    `reason` is what a server named for programs, `words` what it said itself, without our advice; both may be empty.
    """

    exit_code: ClassVar[ExitCode] = ExitCode.TURN_FAILED

    def __init__(self, message: str, *, reason: str = "", words: str = "") -> None:
        super().__init__(message)
        self.reason = reason
        self.words = words


class SettingsFault(ClientError):
    """A setting cannot be understood; the text lists all faults at once."""

    exit_code = ExitCode.USAGE


class NotSignedIn(ClientError):
    """There is no token, or it is no longer accepted."""

    exit_code = ExitCode.NOT_SIGNED_IN


class ActingEnded(ClientError):
    """The token to act for a customer is over, and asking for another would end that of another window."""

    exit_code = ExitCode.NOT_SIGNED_IN


class TokenCommandFailed(ClientError):
    """The command that prints tokens gave none that is accepted."""

    exit_code = ExitCode.NOT_SIGNED_IN


class ServerUnreachable(ClientError):
    """Nothing answers at an address, or not in time."""

    exit_code = ExitCode.UNREACHABLE


class RequestRefused(ClientError):
    """The server answered with an error of its own."""


class NotAllowed(RequestRefused):
    """The server refused because of who asks."""

    exit_code = ExitCode.REFUSED
