"""Sessions that end before their tokens do."""

from datetime import timedelta

import pytest

from service_kit.caller import Caller
from service_kit.errors import ServiceError
from service_kit.revocations import RevocationList, publish_ended
from service_kit.trust import Trust
from service_kit.verifier import Verifier
from tests.tokens import Clock, crafted, eventually, reason


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def listed(tmp_path):
    return tmp_path / "public" / "user.revoked.json"


@pytest.fixture
def verifier(trust_file, clock) -> Verifier:
    return Verifier(Trust(trust_file, clock=clock.seconds, now=clock.now), "order", now=clock.now)


async def refusal(verifier: Verifier, caller: Caller) -> str:
    try:
        await verifier.recheck(caller)
    except ServiceError as error:
        return error.reason
    return ""


async def test_a_token_of_a_session_that_ended_counts_no_more(verifier, listed, clock, signer):
    publish_ended(listed, {"s1": clock.now() + timedelta(minutes=15)})
    assert await reason(verifier, crafted(signer, sid="s1")) == "SESSION_ENDED"
    assert (await verifier.verify(crafted(signer, sid="s2"))).session_id == "s2"
    assert await verifier.verify(crafted(signer))


async def test_until_somebody_signs_out_there_is_no_list(verifier, signer):
    assert await verifier.verify(crafted(signer, sid="s1"))


async def test_a_sign_out_takes_effect_on_a_server_that_is_used(verifier, listed, clock, signer):
    caller = await verifier.verify(crafted(signer, sid="s1"))
    publish_ended(listed, {"s1": clock.now()})
    clock.advance(14)
    assert await refusal(verifier, caller) == ""
    clock.advance(1)
    assert await refusal(verifier, caller) == ""  # the list is read again behind this call
    assert await eventually(lambda: is_ended(verifier, caller))


async def test_and_on_a_server_that_was_idle(verifier, listed, clock, signer):
    caller = await verifier.verify(crafted(signer, sid="s1"))
    publish_ended(listed, {"s1": clock.now()})
    clock.advance(30)
    assert await refusal(verifier, caller) == "SESSION_ENDED"
    assert await reason(verifier, crafted(signer, sid="s1")) == "SESSION_ENDED"


async def test_a_token_that_expires_meanwhile_is_noticed(verifier, clock, signer):
    caller = await verifier.verify(crafted(signer, exp=clock.now() + timedelta(seconds=40)))
    clock.advance(44)
    assert await refusal(verifier, caller) == ""
    clock.advance(2)
    assert await refusal(verifier, caller) == "TOKEN_EXPIRED"


@pytest.mark.parametrize("garbage", ["", "{", "[]", "{}", '{"ended": ["s1"]}', "\0"])
async def test_a_list_that_breaks_holds_for_a_minute_and_then_nobody_knows(
    verifier, listed, clock, signer, caplog, garbage
):
    publish_ended(listed, {"s1": clock.now()})
    one, two = crafted(signer, sid="s1"), crafted(signer, sid="s2")
    caller = await verifier.verify(two)
    listed.write_text(garbage)
    clock.advance(60)
    assert await refusal(verifier, caller) == ""
    assert await reason(verifier, one) == "SESSION_ENDED"
    clock.advance(1)
    assert await refusal(verifier, caller) == await reason(verifier, two) == "REVOCATIONS_UNKNOWN"
    assert await reason(verifier, one) == "SESSION_ENDED"
    assert await verifier.verify(crafted(signer))  # knows of no session
    assert "revocations not read" in caplog.messages


async def test_a_list_that_was_never_read_is_not_an_empty_one(verifier, listed, clock, signer):
    listed.write_text("{")
    assert await reason(verifier, crafted(signer, sid="s1")) == "REVOCATIONS_UNKNOWN"


async def test_a_list_that_is_mended_counts_within_seconds(listed, clock):
    listed.parent.mkdir(parents=True)
    listed.write_text("{")
    revocations = RevocationList(str(listed), clock.seconds)
    with pytest.raises(ServiceError, match="cannot be told"):
        await revocations.insist("s1")
    publish_ended(listed, {})
    clock.advance(1)

    async def is_known() -> bool:
        try:
            await revocations.insist("s1")
        except ServiceError:
            return False
        return True

    assert await eventually(is_known)


def test_a_list_is_written_in_one_step_and_can_be_read_by_others(listed, clock):
    publish_ended(listed, {"s1": clock.now()})
    publish_ended(listed, {"s2": clock.now()})
    assert listed.read_text() == f'{{"ended": {{"s2": {int(clock.now().timestamp())}}}}}'
    assert [path.name for path in listed.parent.iterdir()] == [listed.name]
    assert listed.stat().st_mode & 0o444 == 0o444


async def is_ended(verifier: Verifier, caller: Caller) -> bool:
    return await refusal(verifier, caller) == "SESSION_ENDED"
