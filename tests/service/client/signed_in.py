"""A sign-in that is simply there."""

import time
from pathlib import Path

from client.token_file import SignedIn, TokenFile
from tests.service.client.shop import Shop


def sign_in(shop: Shop, path: Path, *, lives: float = 600, lived: float = 0) -> SignedIn:
    """Writes a token that the shop accepts, which lives so many seconds from now and has lived so many."""
    tokens = shop.issue()
    now = time.time()
    signed_in = SignedIn(
        email=tokens.email,
        access_token=tokens.access_token,
        refresh_token=tokens.refresh_token,
        obtained_at=now - lived,
        expires_at=now + lives,
    )
    TokenFile(path).write(signed_in)
    return signed_in
