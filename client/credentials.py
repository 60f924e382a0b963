"""The access token, kept fresh.

A token counts as stale a little before it expires. Refreshing happens under the file's lock, and only if the file still
holds the token that was found stale: when two clients run, the second one finds the first one's new token and uses it.
"""

import time

from client.errors import NotSignedIn, RequestRefused, ServerUnreachable
from client.rpc import SIGN_IN_HINT
from client.sign_in import SignIn
from client.token_file import SignedIn, TokenFile

_LONGEST_MARGIN = 60.0
_MARGIN_SHARE = 0.2


class Credentials:
    """Hands out a token that is accepted for a while. Both methods raise NotSignedIn and ServerUnreachable."""

    def __init__(self, file: TokenFile, sign_in: SignIn) -> None:
        self._file = file
        self._sign_in = sign_in

    async def token(self) -> str:
        """The token, refreshed if it is about to expire."""
        signed_in = self._read()
        if seconds_left(signed_in) > 0:
            return signed_in.access_token
        try:
            return await self.replace(signed_in.access_token)
        except ServerUnreachable:
            if time.time() < signed_in.expires_at:
                return signed_in.access_token
            raise

    async def replace(self, stale: str) -> str:
        """Another token than `stale`, which the server did not accept or soon will not."""
        async with self._file.locked():
            signed_in = self._read()
            if signed_in.access_token != stale:
                return signed_in.access_token
            try:
                fresh = await self._sign_in.refresh(signed_in.refresh_token)
            except NotSignedIn as error:
                self._file.delete()
                raise NotSignedIn(f"Your sign-in has ended. {SIGN_IN_HINT}") from error
            except RequestRefused as error:
                raise NotSignedIn(f"Your sign-in could not be renewed: {error} {SIGN_IN_HINT}") from error
            self._file.write(fresh)
            return fresh.access_token

    def seconds_left(self) -> float:
        """Says for how long the token needs no refresh; never negative."""
        return max(0.0, seconds_left(self._read()))

    def _read(self) -> SignedIn:
        signed_in = self._file.read()
        if signed_in is None:
            raise NotSignedIn(f"You are not signed in. {SIGN_IN_HINT}")
        return signed_in


def seconds_left(signed_in: SignedIn) -> float:
    """Says for how long a token needs no refresh: until a fifth of its life, at most a minute, is left."""
    life = signed_in.expires_at - signed_in.obtained_at
    return signed_in.expires_at - min(_LONGEST_MARGIN, _MARGIN_SHARE * life) - time.time()
