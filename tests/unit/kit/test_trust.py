"""Keys and issuers that come and go while a server runs. Clocks are turned by hand."""

import asyncio
import json
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from service_kit.errors import Unauthenticated
from service_kit.keys import publish
from service_kit.tokens import Signer
from service_kit.trust import Trust
from service_kit.verifier import Verifier
from tests.tokens import ANNA, Clock, crafted, eventually, reason, write_trust


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def verifier(trust_file, clock) -> Verifier:
    return Verifier(Trust(trust_file, clock=clock.seconds, now=clock.now), "order")


@pytest.fixture
def user_keys(tmp_path):
    return tmp_path / "public" / "user.jwks.json"


def stranger(name: str = "user") -> Signer:
    return Signer(issuer=name, key=Ed25519PrivateKey.generate())


async def test_calls_that_come_at_once_to_a_fresh_server_all_count(verifier, token_for):
    token = token_for(ANNA, "order")
    callers = await asyncio.gather(*(verifier.verify(token) for _ in range(5)))
    assert {caller.email for caller in callers} == {ANNA}


async def test_a_new_key_counts_as_soon_as_a_token_names_it(verifier, clock, signer, user_keys, token_for):
    await verifier.verify(token_for(ANNA, "order"))
    new = stranger()
    publish(user_keys, signer.key, new.key)
    clock.advance(1)
    assert await verifier.verify(crafted(new))
    assert await verifier.verify(token_for(ANNA, "order"))


async def test_an_unknown_key_has_the_source_read_once_a_second(verifier, clock, user_keys, token_for):
    await verifier.verify(token_for(ANNA, "order"))
    clock.advance(1)
    new = stranger()
    assert await reason(verifier, crafted(new)) == "TOKEN_ISSUER_UNKNOWN"
    publish(user_keys, new.key)
    assert await reason(verifier, crafted(new)) == "TOKEN_ISSUER_UNKNOWN"
    clock.advance(1)
    assert await verifier.verify(crafted(new))


async def test_a_key_that_is_withdrawn_stops_counting_on_a_server_that_is_used(verifier, clock, user_keys, token_for):
    token = token_for(ANNA, "order")
    await verifier.verify(token)
    publish(user_keys, stranger().key)
    clock.advance(29)
    assert await verifier.verify(token)
    clock.advance(1)
    assert await verifier.verify(token)  # read again behind this call
    assert await eventually(lambda: is_refused(verifier, token))


async def test_and_on_a_server_that_was_idle(verifier, clock, user_keys, token_for):
    token = token_for(ANNA, "order")
    await verifier.verify(token)
    publish(user_keys, stranger().key)
    clock.advance(50)
    assert await reason(verifier, token) == "TOKEN_ISSUER_UNKNOWN"


async def test_keys_that_are_gone_count_no_more(verifier, clock, user_keys, token_for):
    await verifier.verify(token_for(ANNA, "order"))
    user_keys.unlink()
    clock.advance(50)
    assert await reason(verifier, token_for(ANNA, "order")) == "TOKEN_ISSUER_UNKNOWN"


@pytest.mark.parametrize("garbage", ["{", "[1]", "{}", '{"keys": 7}', "\0"])
async def test_keys_that_cannot_be_read_stay_as_they_were(verifier, clock, user_keys, token_for, garbage):
    await verifier.verify(token_for(ANNA, "order"))
    user_keys.write_text(garbage)
    clock.advance(50)
    assert await verifier.verify(token_for(ANNA, "order"))


async def test_a_key_with_a_last_day_counts_until_then(verifier, clock, signer, user_keys, token_for):
    document = json.loads(user_keys.read_text())
    document["keys"][0]["exp"] = int((clock.now() + timedelta(seconds=20)).timestamp())
    user_keys.write_text(json.dumps(document))
    token = token_for(ANNA, "order")
    assert await verifier.verify(token)
    clock.advance(21)
    assert await reason(verifier, token) == "TOKEN_ISSUER_UNKNOWN"


async def test_an_issuer_that_is_removed_stops_counting(verifier, clock, trust_file, token_for):
    caller = await verifier.verify(token_for(ANNA, "order"))
    write_trust(trust_file, orchestrator={"jwks": "public/orchestrator.jwks.json"})
    clock.advance(50)
    assert await reason(verifier, token_for(ANNA, "order")) == "TOKEN_ISSUER_UNKNOWN"
    with pytest.raises(Unauthenticated, match="not trusted"):
        await verifier.recheck(caller)


async def test_an_issuer_that_is_added_counts_at_once(verifier, clock, trust_file, tmp_path, token_for):
    await verifier.verify(token_for(ANNA, "order"))
    new = stranger("partner")
    publish(tmp_path / "partner.json", new.key)
    write_trust(trust_file, user={"jwks": "public/user.jwks.json"}, partner={"jwks": "partner.json"})
    clock.advance(1)
    assert await verifier.verify(crafted(new))


async def test_an_issuer_that_starts_later_counts_then(verifier, clock, tmp_path, token_for):
    await verifier.verify(token_for(ANNA, "order"))
    late = stranger("orchestrator")
    assert await reason(verifier, crafted(late)) == "TOKEN_ISSUER_UNKNOWN"
    publish(tmp_path / "public" / "orchestrator.jwks.json", late.key)
    clock.advance(1)
    assert await verifier.verify(crafted(late))


async def test_an_entry_that_changes_keeps_its_keys(verifier, clock, trust_file, user_keys, signer):
    token = crafted(signer, roles=["admin"])
    assert (await verifier.verify(token)).roles == {"admin"}
    user_keys.write_text("{")
    write_trust(trust_file, user={"jwks": "public/user.jwks.json", "accepted_roles": []})
    clock.advance(50)
    assert (await verifier.verify(token)).roles == set()


@pytest.mark.parametrize("garbage", ["{", "[]", '{"user": {"jwks": "x", "algorithm": "HS256"}}', None])
async def test_a_trust_file_that_breaks_leaves_things_as_they_were(verifier, clock, trust_file, token_for, garbage):
    await verifier.verify(token_for(ANNA, "order"))
    trust_file.unlink() if garbage is None else trust_file.write_text(garbage)
    clock.advance(50)
    assert await verifier.verify(token_for(ANNA, "order"))


@pytest.mark.parametrize("broken", ["http://127.0.0.1:9/user.jwks.json", "garbage.json", "empty.json", "list.json"])
async def test_an_issuer_whose_keys_cannot_be_read_does_not_hide_the_others(tmp_path, signer, token_for, broken):
    (tmp_path / "garbage.json").write_text("{")
    (tmp_path / "empty.json").write_text('{"keys": []}')
    (tmp_path / "list.json").write_text("[1]")
    trust = write_trust(tmp_path / "t.json", broken={"jwks": broken}, user={"jwks": "public/user.jwks.json"})
    verifier = Verifier(Trust(trust), "order")
    assert (await verifier.verify(token_for(ANNA, "order"))).email == ANNA
    assert await reason(verifier, crafted(signer, iss="broken")) == "TOKEN_ISSUER_UNKNOWN"


async def is_refused(verifier: Verifier, token: str) -> bool:
    try:
        await verifier.verify(token)
    except Unauthenticated:
        return True
    return False
