import asyncio
import base64
import hmac
import json
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from service_kit.keys import key_id, public_jwk, publish
from service_kit.tokens import Mandate, Signer
from service_kit.trust import Trust
from service_kit.verifier import Verifier
from tests.tokens import ANNA, crafted, reason


@pytest.fixture
def verifier(trust_file) -> Verifier:
    return Verifier(Trust(trust_file), "order")


async def test_a_token_tells_whom_the_call_speaks_for(verifier, signer):
    token = signer.sign(
        subject=ANNA, audience="order", lifetime=timedelta(seconds=60), roles=["customer"], session_id="s1"
    )
    caller = await verifier.verify(token)
    assert (caller.email, caller.roles, caller.actor) == (ANNA, {"customer"}, None)
    assert (caller.issuer, caller.session_id) == ("user", "s1")
    assert timedelta(seconds=50) < caller.expires_at - datetime.now(UTC) <= timedelta(seconds=60)


async def test_a_token_of_a_call_tells_who_calls_and_what_for(trust_file, tmp_path):
    orchestrator = orchestrator_of(tmp_path)
    mandate = Mandate(scope="order.get", turn_id="t", plan_id="p", step_id="s")
    token = orchestrator.sign(
        subject=ANNA,
        audience="order",
        lifetime=timedelta(seconds=60),
        roles=["customer"],
        actor="orchestrator",
        agent="sam@example.com",
        mandate=mandate,
    )
    caller = await Verifier(Trust(trust_file), "order").verify(token)
    assert (caller.actor, caller.agent, caller.person) == ("orchestrator", "sam@example.com", "sam@example.com")
    assert (caller.scope, caller.turn_id, caller.plan_id, caller.step_id) == ("order.get", "t", "p", "s")


def orchestrator_of(folder) -> Signer:
    """The orchestrator of the trust file, whose key is published now."""
    signer = Signer(issuer="orchestrator", key=Ed25519PrivateKey.generate())
    publish(folder / "public" / "orchestrator.jwks.json", signer.key)
    return signer


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


@pytest.mark.parametrize("algorithm", ["HS256", "HS384", "HS512"])
async def test_nor_is_its_published_form(verifier, tmp_path, signer, algorithm):
    secret = (tmp_path / "public" / "user.jwks.json").read_bytes()
    header = json.dumps({"alg": algorithm, "kid": key_id(signer.key)}).encode()
    signed = base64.urlsafe_b64encode(header).rstrip(b"=") + b"." + crafted(signer).split(".")[1].encode()
    digest = hmac.digest(secret, signed, algorithm.replace("HS", "sha"))
    forged = signed + b"." + base64.urlsafe_b64encode(digest).rstrip(b"=")
    assert await reason(verifier, forged.decode()) == "TOKEN_INVALID"


@pytest.mark.parametrize("algorithm", ["RS256", "PS256"])
async def test_another_algorithm_than_the_issuers_does_not_count(verifier, signer, algorithm):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert await reason(verifier, crafted(signer, key=key, algorithm=algorithm)) == "TOKEN_INVALID"


async def test_a_key_that_the_token_brings_along_does_not_count(verifier, signer):
    own = Ed25519PrivateKey.generate()
    headers = {"kid": key_id(signer.key), "jwk": public_jwk(own), "jku": "http://127.0.0.1:9/keys"}
    claims = jwt.decode(crafted(signer), options={"verify_signature": False})
    assert await reason(verifier, jwt.encode(claims, own, algorithm="EdDSA", headers=headers)) == "TOKEN_INVALID"


async def test_a_payload_as_deep_as_metadata_allows_is_no_accident_of_ours(verifier):
    deep = base64.urlsafe_b64encode(b'{"a":' * 2000 + b"1" + b"}" * 2000).rstrip(b"=").decode()
    head = base64.urlsafe_b64encode(b'{"alg":"EdDSA","kid":"x"}').rstrip(b"=").decode()
    assert await reason(verifier, f"{head}.{deep}.AAAA") in ("TOKEN_INVALID", "TOKEN_ISSUER_UNKNOWN")


@pytest.mark.parametrize("exp", [10**18, 1e300])
async def test_a_moment_that_no_calendar_has_does_not_count(verifier, signer, exp):
    assert await reason(verifier, crafted(signer, exp=exp)) == "TOKEN_INVALID"


async def test_a_strangers_signature_under_a_known_kid_does_not_count(verifier, signer):
    assert await reason(verifier, crafted(signer, key=Ed25519PrivateKey.generate())) == "TOKEN_INVALID"


@pytest.mark.parametrize("issuer", ["somebody", None])
async def test_an_unknown_issuer_does_not_count(verifier, signer, issuer):
    assert await reason(verifier, crafted(signer, iss=issuer)) == "TOKEN_ISSUER_UNKNOWN"


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
