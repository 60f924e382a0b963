"""Acting for a customer, as support may: a token that stands in no file and ends with the program.

Rules: the session stays the person's own, so each renewal keeps the refresh token that came with it and leaves the
person's own access token as it is. A session acts for one customer at a time. The file remembers which; a window that
finds another customer there says so and does not take the session back, or two windows would end each other for ever.
"""

import time
from dataclasses import replace

from client.credentials import forget, seconds_left
from client.errors import ActingEnded, NotAllowed, NotSignedIn, RequestRefused, ServerUnreachable
from client.sign_in import ActingToken, SignIn
from client.token_file import SignedIn, TokenFile


class ActingCredentials:
    """Hands out tokens that speak for one customer. Raises ActingEnded, NotAllowed, NotSignedIn, ServerUnreachable."""

    def __init__(self, file: TokenFile, sign_in: SignIn, customer: str) -> None:
        self._file = file
        self._sign_in = sign_in
        self._customer = customer
        self._agent = ""
        self._held: ActingToken | None = None

    async def token(self) -> str:
        """The token; the first one begins to act."""
        self._check(await self._file.bound())
        held = self._held
        if held and seconds_left(held) > 0:
            return held.access_token
        try:
            return await self.replace(held.access_token if held else "")
        except ServerUnreachable:
            if held and time.time() < held.expires_at:
                return held.access_token
            raise

    async def replace(self, stale: str) -> str:
        """Another token than `stale`."""
        async with self._file.locked():
            signed_in = self._file.read_here()
            self._check(signed_in)
            if self._held and self._held.access_token != stale:
                return self._held.access_token
            fresh = await self._fresh(signed_in)
            self._file.write(replace(signed_in, refresh_token=fresh.refresh_token, acting_for=fresh.acting_for.lower()))
            if fresh.acting_for.lower() != self._customer:  # its token would speak for somebody else
                raise NotAllowed(f"You cannot act for {self._customer}: the sign-in server does not offer it.")
            self._agent, self._held = signed_in.email, fresh
            return fresh.access_token

    def check(self) -> None:
        """Raises ActingEnded where another window has ended this one's acting, NotSignedIn after signing out."""
        self._check(self._file.read_here())

    def seconds_left(self) -> float:
        """Says for how long the token needs no renewal."""
        return max(0.0, seconds_left(self._held)) if self._held else 0.0

    async def _fresh(self, signed_in: SignedIn) -> ActingToken:
        try:
            return await self._sign_in.act_for(self._customer, signed_in.refresh_token)
        except NotSignedIn as error:
            raise forget(self._file, error) from error
        except RequestRefused as error:
            words = f"You cannot act for {self._customer}: {error.words or error}"
            raise NotAllowed(words, reason=error.reason, words=error.words) from error

    def _check(self, signed_in: SignedIn) -> None:
        """Raises ActingEnded where the session acts for somebody else by now, or is somebody else's."""
        if not self._held:
            return
        if signed_in.email != self._agent:
            why = f"{signed_in.email} signed in meanwhile."
        elif signed_in.acting_for not in ("", self._customer):  # empty after signing in again
            why = f"another window of yours acts for {signed_in.acting_for} now, and it is one customer at a time."
        else:
            return
        raise ActingEnded(
            f"You no longer act for {self._customer}: {why} To come back: llm-orchestrator chat --for {self._customer}"
        )
