"""Nobody reaches another's data: every intent, by every way past the front door. Generated from the contracts."""

import base64
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import grpc
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from google.protobuf.descriptor import MethodDescriptor

from orchestrator_server.policy import ApprovalMode
from service_kit.keys import key_id, load_or_create_key
from service_kit.status import from_rpc_error
from service_kit.tokens import Mandate, Signer
from tests.chat_events import kinds
from tests.fakes import ScriptedPlanner, plan, step
from tests.security.rpcs import OF_THE_VICTIM, SHOP, THIEF, VICTIM, Attempt, attempts, has_owner, rpcs
from tests.service.orchestrator.conftest import House, seeded_shop, start_house

__all__ = ["seeded_shop", "start_house"]  # fixtures of the house, used here by name

MINUTE = timedelta(minutes=1)
Forge = Callable[["Forger", str, str], str | None]


@dataclass(frozen=True, kw_only=True)
class Forger:
    """Makes tokens that must not count. `user` and `orchestrator` are the real signers."""

    user: Signer
    orchestrator: Signer

    def good(self, audience: str, email: str = VICTIM) -> str:
        return self.user.sign(subject=email, audience=audience, lifetime=MINUTE, roles=["customer"])

    def of_a_call(self, audience: str, scope: str) -> str:
        return self.orchestrator.sign(
            subject=VICTIM,
            audience=audience,
            lifetime=MINUTE,
            roles=["customer"],
            actor="orchestrator",
            mandate=Mandate(scope=scope),
        )


def expired(forger: Forger, server: str, intent: str) -> str:
    return forger.user.sign(subject=VICTIM, audience=server, lifetime=-MINUTE, roles=["customer"])


def tampered(forger: Forger, server: str, intent: str) -> str:
    """The thief's own token with the victim's name written into it."""
    head, body, signature = forger.good(server, THIEF).split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    changed = base64.urlsafe_b64encode(json.dumps({**claims, "sub": VICTIM}).encode()).rstrip(b"=").decode()
    return f"{head}.{changed}.{signature}"


def unsigned(forger: Forger, server: str, intent: str) -> str:
    return jwt.encode(_claims(server), None, algorithm="none", headers={"kid": key_id(forger.user.key)})


def signed_by_another(forger: Forger, server: str, intent: str) -> str:
    stranger = Ed25519PrivateKey.generate()
    return jwt.encode(_claims(server), stranger, algorithm="EdDSA", headers={"kid": key_id(forger.user.key)})


def signed_with_the_public_key(forger: Forger, server: str, intent: str) -> str:
    public = forger.user.key.public_key().public_bytes_raw()
    return jwt.encode(_claims(server), public, algorithm="HS256", headers={"kid": key_id(forger.user.key)})


def for_another_server(forger: Forger, server: str, intent: str) -> str:
    return forger.good(next(name for name in (*SHOP, "orchestrator") if name != server))


def for_the_orchestrator(forger: Forger, server: str, intent: str) -> str:
    return forger.good("orchestrator" if server != "orchestrator" else "order")


def of_a_call_of_another_server(forger: Forger, server: str, intent: str) -> str:
    """What a hostile server holds that was called for the victim."""
    return forger.of_a_call("shipping" if server != "shipping" else "order", intent)


def of_another_call(forger: Forger, server: str, intent: str) -> str:
    return forger.of_a_call(server, "another.intent")


def of_a_call_without_scope(forger: Forger, server: str, intent: str) -> str:
    return forger.orchestrator.sign(
        subject=VICTIM, audience=server, lifetime=MINUTE, roles=["customer"], actor="orchestrator"
    )


def no_token(forger: Forger, server: str, intent: str) -> None:
    return None


FORGERIES: Mapping[Forge, frozenset[str]] = {
    no_token: frozenset({"TOKEN_MISSING"}),
    expired: frozenset({"TOKEN_EXPIRED"}),
    tampered: frozenset({"TOKEN_INVALID"}),
    unsigned: frozenset({"TOKEN_INVALID"}),
    signed_by_another: frozenset({"TOKEN_INVALID"}),
    signed_with_the_public_key: frozenset({"TOKEN_INVALID"}),
    for_another_server: frozenset({"TOKEN_AUDIENCE"}),
    for_the_orchestrator: frozenset({"TOKEN_AUDIENCE"}),
    of_a_call_of_another_server: frozenset({"TOKEN_AUDIENCE"}),
    of_another_call: frozenset({"SCOPE_MISMATCH"}),
    of_a_call_without_scope: frozenset({"SCOPE_MISMATCH", "TOKEN_INVALID"}),
}


def _claims(server: str) -> dict[str, object]:
    now = datetime.now(UTC)
    return {"iss": "user", "sub": VICTIM, "aud": server, "iat": now, "exp": now + MINUTE, "roles": ["customer"]}


@asynccontextmanager
async def channels(house: House) -> AsyncIterator[dict[str, grpc.aio.Channel]]:
    addresses = {target.name: target.address for target in house.settings.targets} | {"orchestrator": house.address}
    opened = {name: grpc.aio.insecure_channel(address) for name, address in addresses.items()}
    try:
        yield opened
    finally:
        for channel in opened.values():
            await channel.close()


@pytest.fixture
def forger(signer: Signer, tmp_path) -> Forger:
    key = load_or_create_key(tmp_path / "keys" / "orchestrator.pem")
    return Forger(user=signer, orchestrator=Signer(issuer="orchestrator", key=key))


def tables(house: House) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the shop's database but the record of what was refused."""
    names = [name for name in house.shop.table_names() if not name.startswith(("_audit", "sqlite_"))]
    return {name: house.shop.execute(f"SELECT * FROM [{name}]").fetchall() for name in names}


async def refused(channel: grpc.aio.Channel, path: str, request: bytes, token: str | None) -> tuple[str, str, bytes]:
    """The reason, the message and the raw status of a call that must fail. An idempotency key comes with it."""
    metadata = [("idempotency-key", "k1")] + ([("authorization", f"Bearer {token}")] if token else [])
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await channel.unary_unary(path)(request, metadata=metadata, timeout=10)
    told = from_rpc_error(caught.value)
    status = dict(caught.value.trailing_metadata()).get("grpc-status-details-bin", b"")
    return told.reason, told.message, status


async def test_ones_own_token_opens_nothing_of_anothers(start_house, forger):
    async with start_house(ScriptedPlanner()) as house, channels(house) as opened:
        before, tried = tables(house), 0
        for attempt in attempts():
            token = forger.good(attempt.server, THIEF)
            channel = opened[attempt.server]
            reason, _, _ = await refused(channel, attempt.path, attempt.request.SerializeToString(), token)
            assert reason == attempt.reason, attempt
            tried += 1
        assert tables(house) == before
    assert tried >= 40


async def test_anothers_looks_exactly_like_nothing(start_house, forger):
    async with start_house(ScriptedPlanner()) as house, channels(house) as opened:
        for attempt in attempts():
            field = next((name for name in OF_THE_VICTIM if name in attempt.method.input_type.fields_by_name), None)
            if field is None:
                continue
            token, channel = forger.good(attempt.server, THIEF), opened[attempt.server]
            theirs = getattr(attempt.request, field)
            _, message, status = await refused(channel, attempt.path, attempt.request.SerializeToString(), token)
            setattr(attempt.request, field, "A-9999")
            nobodys = await refused(channel, attempt.path, attempt.request.SerializeToString(), token)
            assert (message.replace(theirs, "A-9999"), status.replace(theirs.encode(), b"A-9999")) == nobodys[1:]


@pytest.mark.parametrize("forge", FORGERIES, ids=lambda forge: forge.__name__)
async def test_no_token_that_does_not_count_opens_anything(start_house, forger, forge):
    """Each would be let in if the token were good: it speaks for the victim."""
    async with start_house(ScriptedPlanner()) as house, channels(house) as opened:
        before = tables(house)
        for attempt in attempts():
            token = forge(forger, attempt.server, attempt.intent.name)
            channel = opened[attempt.server]
            reason, _, _ = await refused(channel, attempt.path, attempt.request.SerializeToString(), token)
            assert reason in FORGERIES[forge], attempt
        assert tables(house) == before


@pytest.mark.parametrize("forge", FORGERIES, ids=lambda forge: forge.__name__)
async def test_every_rpc_of_every_server_wants_a_good_token(start_house, forger, forge):
    """Also those that are no intent: conversations, usage, audit, migration."""
    async with start_house(ScriptedPlanner()) as house, channels(house) as opened:
        for server, channel in opened.items():
            for method in rpcs(server):
                token = forge(forger, server, "")
                reason = await first_reason(channel, method, token)
                assert reason in FORGERIES[forge], f"{server} {method.full_name}"


async def first_reason(channel: grpc.aio.Channel, method: MethodDescriptor, token: str | None) -> str:
    """Why the RPC, of whatever shape, is refused."""
    path = f"/{method.containing_service.full_name}/{method.name}"
    metadata = [("authorization", f"Bearer {token}")] if token else []
    if not method.client_streaming:
        return (await refused(channel, path, b"", token))[0]
    call = channel.stream_stream(path)(iter([b""]), metadata=metadata, timeout=10)
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await call.read()
    return from_rpc_error(caught.value).reason


def victims_secrets(house: House) -> frozenset[str]:
    """What only the victim may see: name, phone, address, what was ordered and where it is."""
    found = set(house.shop.execute("SELECT name, phone, address FROM customers WHERE email = ?", [VICTIM]).fetchone())
    sql = "SELECT tracking_number FROM shipments p JOIN orders o ON o.id = p.order_id WHERE o.customer = ?"
    found |= {row[0] for row in house.shop.execute(sql, [VICTIM]).fetchall()}
    return frozenset(str(secret) for secret in found if secret)


def hostile_plan(attempt: Attempt):
    """A model that was talked into it: the victim's data by name, also where the caller's identity belongs."""
    fields = {field.name: value for field, value in attempt.request.ListFields()}
    arguments = {
        name: list(value) if isinstance(value, list) or _is_list(value) else value for name, value in fields.items()
    }
    return plan(step("s1", attempt.intent.name, **arguments))


def _is_list(value: object) -> bool:
    return not isinstance(value, str | int | float | bool | bytes) and hasattr(value, "__iter__")


def said(attempt: Attempt) -> str:
    """The user asks for it outright, so that every value stands in the conversation."""
    return f"{attempt.intent.name} for {VICTIM}: " + " ".join(str(value) for _, value in attempt.request.ListFields())


async def test_a_hostile_model_and_its_user_get_nothing(start_house):
    """The hardest setting: nobody is asked before effects, and the plan is made twice by the same hostile model."""
    tried = [attempt for attempt in attempts() if attempt.server == "legacy" or _is_modern_only(attempt)]
    planner = ScriptedPlanner(*(hostile_plan(attempt) for attempt in tried for _ in range(2)))
    async with start_house(planner, approval_mode=ApprovalMode.NEVER) as house:
        before, secrets = tables(house), victims_secrets(house)
        for place, attempt in enumerate(tried):
            planner.decisions = [hostile_plan(attempt), hostile_plan(attempt)]
            async with house.window(THIEF, conversation=f"c{place}") as window:
                events = await window.ask(said(attempt))
            told = " ".join(str(event) for event in events if not event.HasField("user_message"))
            assert "step_finished" not in kinds(events), attempt
            assert not [secret for secret in secrets if secret in told], attempt
            assert tables(house) == before, attempt
    assert len(tried) >= 20


def _is_modern_only(attempt: Attempt) -> bool:
    legacy = {intent.intent.name for intent in attempts() if intent.server == "legacy"}
    return attempt.intent.name not in legacy


async def test_another_persons_conversation_cannot_be_opened(start_house):
    async with start_house(ScriptedPlanner(plan(step("s1", "loyalty.get_points")))) as house:
        async with house.window(VICTIM, conversation="the-victims") as window:
            await window.ask("my points?")
        with pytest.raises(grpc.aio.AioRpcError, match="There is no such conversation"):
            async with house.window(THIEF, conversation="the-victims"):
                pass


def test_every_intent_of_the_shop_is_in_the_matrix():
    names = {attempt.intent.name for attempt in attempts()}
    declared = {method.name for server in SHOP for method in rpcs(server) if method.GetOptions().ListFields()}
    assert len(names) >= 13
    assert all(has_owner(attempt.method) for attempt in attempts())
    assert declared
