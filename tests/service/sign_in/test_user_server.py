"""Sign-in as `python -m user_server` serves it: real process, real shop database."""

import asyncio
import json
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import grpc
import pytest
from llm_orchestrator.user.v1 import sign_in_pb2_grpc, user_pb2, user_pb2_grpc

from legacy_server.schema import MIGRATIONS
from service_kit.database import connect, open_database
from service_kit.errors import StartError
from service_kit.migrations import migrate
from service_kit.server import started
from tests.service.sign_in.conftest import ANNA, SignIn
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
async def user_server(tmp_path: Path, shop: Path) -> AsyncIterator[str]:
    """The address of a running `python -m user_server` whose folder is `tmp_path`."""
    trust = tmp_path / "trust.json"
    trust.write_text(json.dumps({"user": {"jwks": "public/user.jwks.json"}}))
    environment = {
        **os.environ,
        "LLM_ORCHESTRATOR_VAR": str(tmp_path),
        "LLM_ORCHESTRATOR_TRUST_FILE": str(trust),
        "USER_SERVER_ADDRESS": "127.0.0.1:0",
    }
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


async def test_a_session_outlives_a_restart(sign_in_files, customers, server_settings_for):
    settings = server_settings_for("user")
    refresh_token = ""
    for _ in range(2):
        async with (
            sign_in_service(sign_in_files, settings.address, customers) as service,
            started(settings, [service]) as running,
            grpc.aio.insecure_channel(running.address) as channel,
        ):
            sign_in = SignIn(sign_in_pb2_grpc.SignInServiceStub(channel), Outbox(sign_in_files.outbox))
            tokens = (
                await sign_in.refresh(refresh_token) if refresh_token else await sign_in.redeem(await sign_in.request())
            )
            refresh_token = tokens.refresh_token
    assert tokens.email == ANNA


@pytest.mark.parametrize("broken", ["database", "private_key"])
async def test_a_broken_file_is_told_in_a_sentence(sign_in_files, customers, broken):
    path = getattr(sign_in_files, broken)
    path.parent.mkdir(exist_ok=True)
    path.write_text("not what it should be, and long enough to be looked at" * 10)
    with pytest.raises(StartError, match=str(path)):
        async with sign_in_service(sign_in_files, "127.0.0.1:0", customers):
            pass
