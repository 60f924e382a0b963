"""The queue of codes that wait to be mailed."""

from dataclasses import replace

import grpc

from tests.service.sign_in.conftest import ANNA, BOB, NOBODY, SAM, refused
from tests.service.sign_in.mail_server import ask, plain


async def test_a_passing_failure_is_tried_again(mail, mailing, logged):
    mail.answers = ["451 greylisted, anna@example.com", "451 later"]
    sign_in = await mailing(plain(mail))
    await ask(sign_in)
    assert (await sign_in.redeem(await mail.code(ANNA))).email == ANNA
    assert mail.tries == 3


async def test_tries_are_few(mail, mailing, logged):
    mail.answers = ["451 later"] * 3
    sign_in = await mailing(plain(mail))
    await ask(sign_in)
    await logged("code lost: it cannot be mailed", error="SMTPDataError", status=451, tries=3)
    await ask(sign_in, SAM)
    assert await mail.code(SAM)


async def test_a_lasting_failure_of_one_letter_does_not_hold_up_the_next(mail, mailing, logged):
    mail.answers = ["554 no"]
    sign_in = await mailing(plain(mail))
    await ask(sign_in, ANNA)
    await ask(sign_in, SAM)
    assert await mail.code(SAM)
    await logged("code lost: it cannot be mailed", status=554, tries=1)


async def test_a_code_that_has_expired_is_not_sent(mail, mailing, clock, logged):
    mail.open.clear()
    mail.answers = ["451 later"]
    sign_in = await mailing(plain(mail))
    await ask(sign_in)
    await mail.arrived.wait()
    clock.advance(minutes=10)
    mail.open.set()
    await logged("code lost: it has expired", tries=1)
    assert mail.tries == 1


async def test_a_full_queue_is_told_to_customers_and_strangers_alike(mail, mailing):
    mail.open.clear()
    sign_in = await mailing(replace(plain(mail), capacity=2))
    await ask(sign_in, ANNA)
    await ask(sign_in, BOB)
    for email in (ANNA, SAM, NOBODY):
        error = await refused(ask(sign_in, email))
        assert (error.code, error.reason) == (grpc.StatusCode.UNAVAILABLE, "MAIL_BUSY")
    mail.open.set()
    assert await mail.code(ANNA)
    assert await mail.code(BOB)


async def test_a_slow_mail_server_holds_nobody_up(mail, mailing):
    mail.open.clear()
    sign_in = await mailing(plain(mail))
    assert (await ask(sign_in, ANNA)).expires_at == (await ask(sign_in, NOBODY)).expires_at
    assert mail.is_empty()
    mail.open.set()
    assert await mail.code(ANNA)


async def test_a_server_that_stops_sends_what_waits(mail, start, sign_in_files, logged):
    """Also what would be tried again much later."""
    mail.answers = ["451 later"]
    patient = replace(plain(mail), pauses=(3600,))
    async with start(replace(sign_in_files, smtp=patient)) as sign_in:
        await ask(sign_in, ANNA)
        await logged("code not mailed yet", status=451)
    assert await mail.code(ANNA)


async def test_a_server_that_stops_says_what_is_lost(mail, start, sign_in_files, logged):
    mail.open.clear()
    async with start(replace(sign_in_files, smtp=replace(plain(mail), farewell=0))) as sign_in:
        await ask(sign_in, ANNA)
        await ask(sign_in, BOB)
    await logged("codes lost: the server stops", codes=2)
