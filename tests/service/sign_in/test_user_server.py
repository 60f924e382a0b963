"""Sign-in as `python -m user_server` serves it: real process, real shop database."""

import asyncio
import json
import os
import re
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from pathlib import Path

import grpc
import pytest
from llm_orchestrator.user.v1 import sign_in_pb2_grpc, user_pb2, user_pb2_grpc

from legacy_server.schema import MIGRATIONS
from service_kit.database import connect, open_database
from service_kit.errors import StartError
from service_kit.migrations import migrate
from tests.service.sign_in.conftest import ANNA, SAM, SignIn, refused
from user_server.outbox import Outbox
from user_server.sign_in import roles_in_shop, sign_in_service


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    path = tmp_path / "shop.db"
    db = connect(path)
    migrate(db, MIGRATIONS)
    for name in ("anna", "sam", "ada"):
        row = {"email": f"{name}@example.com", "name": name.title(), "member_since": "2020-01-01T00:00:00.000000+00:00"}
        db.table("customers").insert(row)
    db.table("customer_roles").insert_all(
        [{"email": "sam@example.com", "role": "support"}, {"email": "ada@example.com", "role": "admin"}]
    )
    db.close()
    return path


async def test_roles_come_from_the_shop(shop):
    async with open_database(shop) as database:
        roles_of = roles_in_shop(database)
        assert await roles_of(ANNA) == {"customer"}
        assert await roles_of("sam@example.com") == {"customer", "support"}
        assert await roles_of("ada@example.com") == {"customer", "admin"}
        assert await roles_of("nobody@example.com") is None


@pytest.fixture
def environment(tmp_path: Path, shop: Path) -> dict[str, str]:
    """For programs whose folder is `tmp_path`."""
    trust = tmp_path / "trust.json"
    trust.write_text(
        json.dumps(
            {
                "user": {
                    "jwks": "public/user.jwks.json",
                    "revoked": "public/user.revoked.json",
                    "may_delegate": ["support"],
                }
            }
        )
    )
    return {
        **os.environ,
        "LLM_ORCHESTRATOR_VAR": str(tmp_path),
        "LLM_ORCHESTRATOR_TRUST_FILE": str(trust),
        "USER_SERVER_ADDRESS": "127.0.0.1:0",
    }


Admin = Callable[..., Awaitable[tuple[int, str]]]


@pytest.fixture
def admin(tmp_path: Path, environment: dict[str, str]) -> Admin:
    """Runs `python -m user_server.admin`; its exit status and what it printed."""

    async def run(*words: str) -> tuple[int, str]:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "user_server.admin", *words),
            cwd=tmp_path,
            env=environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        printed = (await process.communicate())[0].decode()
        assert process.returncode is not None
        return process.returncode, printed

    return run


@pytest.fixture
async def user_server(tmp_path: Path, environment: dict[str, str]) -> AsyncIterator[str]:
    """The address of a running `python -m user_server` whose folder is `tmp_path`."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "user_server", cwd=tmp_path, env=environment, stderr=asyncio.subprocess.PIPE
    )
    assert process.stderr is not None
    try:
        line = ""
        while '"address"' not in line:
            line = (await asyncio.wait_for(process.stderr.readline(), 20)).decode()
            assert line, "the server ended"
        yield json.loads(line)["address"]
    finally:
        process.send_signal(signal.SIGTERM)
        rest = (await process.communicate())[1].decode()
    assert process.returncode == 0
    assert not re.search(r"anna|[0-9]{6}\b(?!\+)|eyJ", re.sub(r'"(time|elapsed_ms)": [^,}]+', "", rest)), rest


async def test_a_user_signs_in_and_calls_the_server_directly(user_server, tmp_path):
    async with grpc.aio.insecure_channel(user_server) as channel:
        sign_in = SignIn(sign_in_pb2_grpc.SignInServiceStub(channel), Outbox(tmp_path / "outbox"))
        tokens = await sign_in.redeem(await sign_in.request(), audience="user")
        response = await user_pb2_grpc.UserServiceStub(channel).GetProfile(
            user_pb2.GetProfileRequest(), metadata=(("authorization", f"Bearer {tokens.access_token}"),)
        )
        assert response.profile.name == "Anna"
    assert (tmp_path / "keys" / "user.pem").stat().st_mode & 0o777 == 0o600
    assert "PRIVATE" not in (tmp_path / "public" / "user.jwks.json").read_text()


async def test_a_token_for_the_orchestrator_does_not_open_the_user_server(user_server, tmp_path):
    async with grpc.aio.insecure_channel(user_server) as channel:
        sign_in = SignIn(sign_in_pb2_grpc.SignInServiceStub(channel), Outbox(tmp_path / "outbox"))
        tokens = await sign_in.redeem(await sign_in.request())
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await user_pb2_grpc.UserServiceStub(channel).GetProfile(
                user_pb2.GetProfileRequest(), metadata=(("authorization", f"Bearer {tokens.access_token}"),)
            )
        assert caught.value.code() == grpc.StatusCode.UNAUTHENTICATED


async def test_a_command_lists_and_ends_sessions_while_the_server_runs(user_server, admin, tmp_path):
    async with grpc.aio.insecure_channel(user_server) as channel:
        sign_in = SignIn(sign_in_pb2_grpc.SignInServiceStub(channel), Outbox(tmp_path / "outbox"))
        sam = await sign_in.signed_in(SAM)
        for_anna = await sign_in.refresh(sam.refresh_token, audience="user", acting_for=ANNA)
        await sign_in.signed_in(SAM)
        status, printed = await admin("sessions", "Sam@example.com")
        first, second = printed.splitlines()
        assert status == 0
        assert re.fullmatch(r"started \S+ \S+ UTC, expires \S+ \S+ UTC, acts for anna@example.com", first)
        assert re.fullmatch(r"started \S+ \S+ UTC, expires \S+ \S+ UTC", second)
        assert await admin("sign-out", SAM) == (0, "sam@example.com is signed out; sessions ended: 2.\n")
        error = await refused(
            user_pb2_grpc.UserServiceStub(channel).GetProfile(
                user_pb2.GetProfileRequest(), metadata=(("authorization", f"Bearer {for_anna.access_token}"),)
            )
        )
        assert (error.code, error.reason) == (grpc.StatusCode.UNAUTHENTICATED, "SESSION_ENDED")
        assert (await refused(sign_in.refresh(for_anna.refresh_token))).reason == "SESSION_ENDED"
        assert await admin("sessions", SAM) == (0, "sam@example.com is not signed in.\n")
        assert await admin("sign-out", SAM) == (0, "sam@example.com is signed out; sessions ended: 0.\n")
    with closing(connect(tmp_path / "shop.db")) as db:
        query = "SELECT action, actor, subject, reason FROM _audit WHERE action LIKE 'sign_in.%' ORDER BY number"
        assert db.execute(query).fetchall()[-3:] == [
            ("sign_in.stop_acting", SAM, ANNA, "ENDED_BY_ADMIN"),
            ("sign_in.end_session", "", SAM, "ENDED_BY_ADMIN"),
            ("sign_in.end_session", "", SAM, "ENDED_BY_ADMIN"),
        ]


async def test_a_command_without_a_server_says_what_it_lacks(admin, environment):
    status, printed = await admin("sign-out", ANNA)
    assert (status, "nobody has signed in yet" in printed) == (1, True)
    environment["LLM_ORCHESTRATOR_SMTP_URL"] = "mail.example.com"
    status, printed = await admin("sessions", ANNA)
    assert (status, "LLM_ORCHESTRATOR_SMTP_URL: it begins neither" in printed) == (1, True)


async def test_a_session_outlives_a_restart(start, sign_in_files):
    refresh_token = ""
    for _ in range(2):
        async with start(sign_in_files) as sign_in:
            tokens = (
                await sign_in.refresh(refresh_token) if refresh_token else await sign_in.redeem(await sign_in.request())
            )
            refresh_token = tokens.refresh_token
    assert tokens.email == ANNA


@pytest.mark.parametrize("broken", ["database", "private_key"])
async def test_a_broken_file_is_told_in_a_sentence(sign_in_files, customers, audit, broken):
    path = getattr(sign_in_files, broken)
    path.parent.mkdir(exist_ok=True)
    path.write_text("not what it should be, and long enough to be looked at" * 10)
    with pytest.raises(StartError, match=str(path)):
        async with sign_in_service(sign_in_files, "127.0.0.1:0", customers, audit):
            pass
