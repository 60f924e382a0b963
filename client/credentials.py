"""The access token, kept fresh: the person's own.

A token counts as stale a little before it expires. Refreshing happens under the file's lock, and only if the file still
holds the token that was found stale: when two clients run, the second one finds the first one's new token and uses it.
"""

import time
from dataclasses import replace
from typing import Protocol

from client.errors import NotSignedIn, RequestRefused, ServerUnreachable
from client.sign_in import SignIn
from client.token_file import SIGN_IN_HINT, TokenFile

_LONGEST_MARGIN = 60.0
_MARGIN_SHARE = 0.2


class Credentials(Protocol):
    """Hands out tokens that are accepted for a while. Every method raises ClientError where there is none to be had."""

    async def token(self) -> str:
        """The token, renewed if it is about to expire."""

    async def replace(self, stale: str) -> str:
        """Another token than `stale`, which the server did not accept or soon will not."""

    def check(self) -> None:
        """Raises where the token that was handed out is no longer to be used, though no server has refused it."""

    def seconds_left(self) -> float:
        """Says for how long the token needs no renewal; never negative."""


class Lifetime(Protocol):
    """Anything with a beginning and an end, in seconds since 1970."""

    @property
    def obtained_at(self) -> float:
        """When it began."""

    @property
    def expires_at(self) -> float:
        """When it ends."""


class OwnCredentials:
    """Hands out the token of the person who signed in. Raises NotSignedIn and ServerUnreachable."""

    def __init__(self, file: TokenFile, sign_in: SignIn) -> None:
        self._file = file
        self._sign_in = sign_in

    async def token(self) -> str:
        """The token, refreshed if it is about to expire."""
        signed_in = await self._file.bound()
        if seconds_left(signed_in) > 0:
            return signed_in.access_token
        try:
            return await self.replace(signed_in.access_token)
        except ServerUnreachable:
            if time.time() < signed_in.expires_at:
                return signed_in.access_token
            raise

    async def replace(self, stale: str) -> str:
        """Another token than `stale`: that of another window, or a fresh one."""
        async with self._file.locked():
            signed_in = self._file.read_here()
            if signed_in.access_token != stale:
                return signed_in.access_token
            try:
                fresh = await self._sign_in.refresh(signed_in.refresh_token)
            except NotSignedIn as error:
                raise forget(self._file, error) from error
            except RequestRefused as error:
                raise NotSignedIn(f"Your sign-in could not be renewed: {error} {SIGN_IN_HINT}") from error
            self._file.write(replace(fresh, acting_for=signed_in.acting_for))
            return fresh.access_token

    def check(self) -> None:
        """Nothing ends one's own token but its end."""

    def seconds_left(self) -> float:
        """Says for how long the token needs no refresh."""
        return max(0.0, seconds_left(self._file.read_here()))


def seconds_left(token: Lifetime) -> float:
    """Says for how long a token needs no refresh: until a fifth of its life, at most a minute, is left."""
    life = token.expires_at - token.obtained_at
    return token.expires_at - min(_LONGEST_MARGIN, _MARGIN_SHARE * life) - time.time()


def forget(file: TokenFile, error: NotSignedIn) -> NotSignedIn:
    """Deletes a sign-in that the sign-in server knows no more; gives what the person is told."""
    file.delete()
    return NotSignedIn(f"Your sign-in has ended. {SIGN_IN_HINT}", reason=error.reason)
