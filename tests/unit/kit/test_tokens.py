import asyncio
import base64
import http.server
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from service_kit.errors import Unauthenticated
from service_kit.keys import key_id, publish
from service_kit.tokens import Signer, Trust, Verifier

ANNA = "anna@example.com"


@pytest.fixture
def verifier(trust_file) -> Verifier:
    return Verifier(Trust(trust_file), "order")


async def reason(verifier: Verifier, token: str) -> str:
    with pytest.raises(Unauthenticated) as caught:
        await verifier.verify(token)
    return caught.value.reason


def crafted(signer: Signer, key: object = None, algorithm: str = "EdDSA", kid: str = "", **claims: object) -> str:
    """A token with claims of choice; None leaves one out."""
    now = datetime.now(UTC)
    whole = {"iss": "user", "sub": ANNA, "aud": "order", "iat": now, "exp": now + timedelta(minutes=5), **claims}
    whole = {name: value for name, value in whole.items() if value is not None}
    headers = {"kid": kid or key_id(signer.key)}
    return jwt.encode(whole, signer.key if key is None else key, algorithm=algorithm, headers=headers)


async def test_a_token_tells_whom_the_call_speaks_for(verifier, signer):
    token = signer.sign(
        subject=ANNA, audience="order", lifetime=timedelta(seconds=60), roles=["customer"], actor="user"
    )
    caller = await verifier.verify(token)
    assert (caller.email, caller.roles, caller.actor) == (ANNA, {"customer"}, "user")
    assert timedelta(seconds=50) < caller.expires_at - datetime.now(UTC) <= timedelta(seconds=60)


async def test_a_direct_call_has_no_actor(verifier, token_for):
    assert (await verifier.verify(token_for(ANNA, "order"))).actor is None


async def test_an_email_is_lower_case(verifier, signer):
    assert (await verifier.verify(crafted(signer, sub="Anna@Example.COM"))).email == ANNA


async def test_a_token_for_another_server_does_not_count(verifier, token_for):
    assert await reason(verifier, token_for(ANNA, "shipping")) == "TOKEN_AUDIENCE"


async def test_a_list_of_audiences_does_not_count_even_if_this_server_is_in_it(verifier, signer):
    assert await reason(verifier, crafted(signer, aud=["order", "shipping"])) == "TOKEN_AUDIENCE"
    assert await reason(verifier, crafted(signer, aud=["order"])) == "TOKEN_AUDIENCE"


async def test_an_expired_token_says_so(verifier, token_for):
    assert await reason(verifier, token_for(ANNA, "order", lifetime=timedelta(seconds=-6))) == "TOKEN_EXPIRED"


async def test_clocks_may_differ_a_little(verifier, token_for):
    assert await verifier.verify(token_for(ANNA, "order", lifetime=timedelta(seconds=-1)))


@pytest.mark.parametrize("claim", ["sub", "aud", "exp", "iat"])
async def test_a_missing_claim_is_not_forgiven(verifier, signer, claim):
    assert await reason(verifier, crafted(signer, **{claim: None})) in ("TOKEN_INVALID", "TOKEN_AUDIENCE")


async def test_a_token_from_the_future_does_not_count(verifier, signer):
    assert await reason(verifier, crafted(signer, iat=datetime.now(UTC) + timedelta(hours=1))) == "TOKEN_INVALID"


async def test_a_tampered_token_does_not_count(verifier, token_for):
    head, payload, signature = token_for(ANNA, "order").split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    claims["sub"] = "eve@example.com"
    forged = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    assert await reason(verifier, f"{head}.{forged}.{signature}") == "TOKEN_INVALID"


async def test_an_unsigned_token_does_not_count(verifier, signer):
    assert await reason(verifier, crafted(signer, key="", algorithm="none")) == "TOKEN_INVALID"


@pytest.mark.filterwarnings("ignore::jwt.InsecureKeyLengthWarning")  # the forger's key is what it is
async def test_the_public_key_is_no_shared_secret(verifier, signer):
    raw = signer.key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    assert await reason(verifier, crafted(signer, key=raw, algorithm="HS256")) == "TOKEN_INVALID"


async def test_a_strangers_signature_under_a_known_kid_does_not_count(verifier, signer):
    assert await reason(verifier, crafted(signer, key=Ed25519PrivateKey.generate())) == "TOKEN_INVALID"


async def test_an_unknown_issuer_does_not_count(verifier, signer):
    assert await reason(verifier, crafted(signer, iss="somebody")) == "TOKEN_ISSUER_UNKNOWN"
    assert await reason(verifier, crafted(signer, iss=None)) == "TOKEN_ISSUER_UNKNOWN"


async def test_one_issuer_cannot_speak_for_another(verifier, signer):
    """The key is `user`'s; `orchestrator` is trusted too, but has published no such key."""
    assert await reason(verifier, crafted(signer, iss="orchestrator")) == "TOKEN_ISSUER_UNKNOWN"


async def test_an_unknown_key_does_not_count(verifier, signer):
    assert await reason(verifier, crafted(signer, kid="0" * 16)) == "TOKEN_ISSUER_UNKNOWN"


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "....", "é.é.é"])
async def test_what_is_no_token_does_not_count(verifier, token):
    assert await reason(verifier, token) == "TOKEN_INVALID"


@pytest.mark.parametrize("claims", [{"act": "orchestrator"}, {"act": ["x"]}, {"roles": "admin"}, {"roles": 7}])
async def test_claims_of_the_wrong_shape_are_refused_and_never_read_as_something_else(verifier, signer, claims):
    assert await reason(verifier, crafted(signer, **claims)) == "TOKEN_INVALID"


async def test_calls_that_come_at_once_to_a_fresh_server_all_count(verifier, token_for):
    token = token_for(ANNA, "order")
    callers = await asyncio.gather(*(verifier.verify(token) for _ in range(5)))
    assert {caller.email for caller in callers} == {ANNA}


async def test_a_new_key_counts_soon_after_it_is_published(verifier, signer, tmp_path, token_for):
    await verifier.verify(token_for(ANNA, "order"))
    new = Signer(issuer="user", key=Ed25519PrivateKey.generate())
    publish(tmp_path / "public" / "user.jwks.json", signer.key, new.key)
    assert await eventually_accepted(verifier, crafted(new))
    assert await verifier.verify(token_for(ANNA, "order"))


async def eventually_accepted(verifier: Verifier, token: str) -> bool:
    """Keys are read again at most once a second."""
    async with asyncio.timeout(10):
        while True:
            try:
                return bool(await verifier.verify(token))
            except Unauthenticated:
                await asyncio.sleep(0.05)


@pytest.fixture
def jwks_url(tmp_path, signer) -> Iterator[str]:
    """A web server on loopback that serves the published keys."""

    class Files(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments) -> None:
            super().__init__(*arguments, directory=str(tmp_path / "public"))

        def log_message(self, *arguments) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Files) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/user.jwks.json"
        server.shutdown()
        thread.join()


async def test_keys_can_lie_behind_a_url(tmp_path, jwks_url, token_for):
    trust = tmp_path / "trust-by-url.json"
    trust.write_text(json.dumps({"user": {"jwks": jwks_url}}))
    assert (await Verifier(Trust(trust), "order").verify(token_for(ANNA, "order"))).email == ANNA


@pytest.mark.parametrize("broken", ["http://127.0.0.1:9/user.jwks.json", "garbage.json", "empty.json", "list.json"])
async def test_an_issuer_whose_keys_cannot_be_read_does_not_hide_the_others(tmp_path, signer, token_for, broken):
    (tmp_path / "garbage.json").write_text("{")
    (tmp_path / "empty.json").write_text('{"keys": []}')
    (tmp_path / "list.json").write_text("[1]")
    trust = tmp_path / "trust-broken.json"
    trust.write_text(json.dumps({"broken": {"jwks": broken}, "user": {"jwks": "public/user.jwks.json"}}))
    verifier = Verifier(Trust(trust), "order")
    assert (await verifier.verify(token_for(ANNA, "order"))).email == ANNA
    assert await reason(verifier, crafted(signer, iss="broken")) == "TOKEN_ISSUER_UNKNOWN"


async def test_an_issuer_that_starts_later_counts_then_and_keys_stay_when_their_source_fails(
    verifier, tmp_path, token_for
):
    await verifier.verify(token_for(ANNA, "order"))
    (tmp_path / "public" / "user.jwks.json").write_text("{")
    late = Signer(issuer="orchestrator", key=Ed25519PrivateKey.generate())
    publish(tmp_path / "public" / "orchestrator.jwks.json", late.key)
    assert await eventually_accepted(verifier, crafted(late, iss="orchestrator"))
    assert await verifier.verify(token_for(ANNA, "order"))


async def test_a_key_that_is_withdrawn_counts_no_more_once_keys_are_read_again(verifier, signer, tmp_path, token_for):
    await verifier.verify(token_for(ANNA, "order"))
    new = Signer(issuer="user", key=Ed25519PrivateKey.generate())
    publish(tmp_path / "public" / "user.jwks.json", new.key)
    assert await eventually_accepted(verifier, crafted(new))
    assert await reason(verifier, token_for(ANNA, "order")) == "TOKEN_ISSUER_UNKNOWN"
