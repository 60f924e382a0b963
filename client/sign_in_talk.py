"""Signing in as a talk: the e-mail, then the code that was sent to it."""

import re

from rich.padding import Padding
from rich.text import Text

from client.errors import ClientError, NotSignedIn, RequestRefused, ServerUnreachable
from client.outbox import Outbox
from client.screen import Screen
from client.sign_in import SignIn
from client.tidy import Tidy
from client.token_file import SignedIn, TokenFile

_CODE = re.compile(r"\d{6}")
_WRONG = "CODE_WRONG"


class _Left(NotSignedIn):
    """The user does not want to."""


class SignInTalk:
    """Asks until somebody is signed in, and keeps the tokens. Raises ClientError; NotSignedIn when the user leaves."""

    def __init__(self, screen: Screen, sign_in: SignIn, outbox: Outbox, token_file: TokenFile) -> None:
        self._screen = screen
        self._sign_in = sign_in
        self._outbox = outbox
        self._token_file = token_file

    async def run(self, email: str = "", *, code: str = "", from_outbox: bool = False) -> SignedIn:
        """Signs in. A code that is given is redeemed as it is, without asking for another.

        A person at a terminal who was refused may try again with another e-mail.
        """
        while True:
            try:
                address = (email or await self._ask("E-mail:")).strip().lower()
                return await self._redeem(address, code) if code else await self._with_new_code(address, from_outbox)
            except (_Left, ServerUnreachable):
                raise
            except ClientError as error:
                if email or not self._screen.is_live:
                    raise
                self._say(str(error))

    async def _with_new_code(self, email: str, from_outbox: bool) -> SignedIn:
        before = self._outbox.stamp(email)
        await self._sign_in.request_code(email)
        if from_outbox:
            return await self._redeem(email, await self._outbox.newest_code(email, since=before))
        place = self._outbox.place_of(email)
        self._say(f"If {email} is known here, a six-digit code was sent to it.")
        if place:
            self._say(f"In the demo it stands in {place}; press Enter to take it from there.")
        while True:
            code = (await self._ask("Code:")).strip()
            if not code and place:
                code = await self._outbox.newest_code(email, since=before)
            try:
                return await self._redeem(email, code)
            except NotSignedIn as error:
                if error.reason != _WRONG or not self._screen.is_live:
                    raise
                self._say(str(error))

    async def _redeem(self, email: str, code: str) -> SignedIn:
        if not _CODE.fullmatch(code):
            raise NotSignedIn("A code has six digits.", reason=_WRONG)
        try:
            signed_in = await self._sign_in.redeem_code(email, code)
        except (NotSignedIn, RequestRefused) as error:
            raise NotSignedIn(error.words or str(error), reason=error.reason) from error
        async with self._token_file.locked():
            self._token_file.write(signed_in)
        return signed_in

    async def _ask(self, question: str) -> str:
        try:
            answer = await self._screen.read_answer(question)
        except KeyboardInterrupt:
            answer = None
        if answer is None:
            raise _Left("You are not signed in.")
        return answer

    def _say(self, words: str) -> None:
        self._screen.console.print(Tidy(Padding(Text(words), (0, 2))))
