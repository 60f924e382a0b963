"""Who may call which RPC. A contract of its own declares what the shop's protos do not use."""

from datetime import timedelta
from functools import cache

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from google.protobuf import descriptor_pb2, descriptor_pool
from llm_orchestrator.capabilities.v1 import annotations_pb2

from service_kit.access import Gate
from service_kit.errors import PermissionDenied, Unauthenticated
from service_kit.keys import publish
from service_kit.tokens import Mandate, Signer
from service_kit.trust import Trust
from service_kit.verifier import Verifier

SERVICE = "kit_test.access.DeskService"
INTENTS = {
    "Anyone": annotations_pb2.Intent(name="desk.anyone", access=annotations_pb2.ACCESS_PUBLIC),
    "Staff": annotations_pb2.Intent(name="desk.staff"),
    "Support": annotations_pb2.Intent(name="desk.support", access=annotations_pb2.ACCESS_PUBLIC, roles=["support"]),
}


@cache
def add_service() -> None:
    """Puts DeskService, with one method for each intent and a `Plain` one, into the pool."""
    file = descriptor_pb2.FileDescriptorProto(name="kit_test/access.proto", package="kit_test.access", syntax="proto3")
    file.dependency.append(annotations_pb2.DESCRIPTOR.name)
    file.message_type.add(name="Nothing")
    service = file.service.add(name="DeskService")
    nothing = ".kit_test.access.Nothing"
    service.method.add(name="Plain", input_type=nothing, output_type=nothing)
    for name, intent in INTENTS.items():
        method = service.method.add(name=name, input_type=nothing, output_type=nothing)
        method.options.Extensions[annotations_pb2.intent].CopyFrom(intent)
    descriptor_pool.Default().AddSerializedFile(file.SerializeToString())


class Call:
    """The part of a call's context that the gate looks at."""

    def __init__(self, token: str | None) -> None:
        self._metadata = None if token is None else (("authorization", f"bearer {token}"),)

    def invocation_metadata(self):
        return self._metadata


@pytest.fixture
def admit(trust_file, token_for):
    """`await admit("Method", *roles)`: the caller whom the gate lets in."""
    add_service()
    gate = Gate(Verifier(Trust(trust_file), "desk"), ["kit_test.access.OpenService"])

    async def ask(method: str, *roles: str, service: str = SERVICE):
        token = token_for("anna@example.com", "desk", roles=roles) if roles else None
        return await gate.admit(f"/{service}/{method}", Call(token))

    return ask


@pytest.mark.parametrize("method", ["Anyone", "Plain"])
async def test_any_signed_in_caller_may_call_what_is_public_or_no_intent(admit, method):
    assert (await admit(method, "customer")).email == "anna@example.com"
    with pytest.raises(Unauthenticated):
        await admit(method)


async def test_an_intent_that_says_nothing_of_access_is_not_for_customers(admit):
    with pytest.raises(PermissionDenied) as caught:
        await admit("Staff", "customer")
    assert (caught.value.reason, caught.value.metadata) == ("NOT_FOR_CUSTOMERS", {"intent": "desk.staff"})
    for role in ("support", "admin"):
        assert await admit("Staff", "customer", role)


async def test_a_role_that_an_intent_asks_for_must_be_the_callers(admit):
    with pytest.raises(PermissionDenied) as caught:
        await admit("Support", "customer", "admin")
    assert caught.value.reason == "ROLE_MISSING"
    assert "support" in caught.value.message
    assert await admit("Support", "customer", "support")


async def test_an_open_service_lets_everybody_in_as_nobody(admit):
    assert await admit("Whatever", service="kit_test.access.OpenService") is None
    assert await admit("Whatever", "customer", service="kit_test.access.OpenService") is None


@pytest.fixture
def admit_server(trust_file, tmp_path):
    """`await admit_server("Method", scope)`: the caller, for a token of the orchestrator, without `actor` if None."""
    add_service()
    signer = Signer(issuer="orchestrator", key=Ed25519PrivateKey.generate())
    publish(tmp_path / "public" / "orchestrator.jwks.json", signer.key)
    gate = Gate(Verifier(Trust(trust_file), "desk"), [])

    async def ask(method: str, scope: str, actor: str | None = "orchestrator"):
        token = signer.sign(
            subject="anna@example.com",
            audience="desk",
            lifetime=timedelta(minutes=1),
            roles=["customer"],
            actor=actor,
            mandate=Mandate(scope=scope),
        )
        return await gate.admit(f"/{SERVICE}/{method}", Call(token))

    return ask


async def test_a_server_may_call_what_its_token_is_for(admit_server):
    caller = await admit_server("Anyone", "desk.anyone")
    assert (caller.actor, caller.scope) == ("orchestrator", "desk.anyone")


@pytest.mark.parametrize("actor", ["orchestrator", None])
@pytest.mark.parametrize(
    ("method", "scope"),
    [
        ("Anyone", "desk.support"),
        ("Anyone", "desk.*"),
        ("Anyone", "desk.anyone desk.support"),
        ("Anyone", "DESK.ANYONE"),
        ("Plain", "desk.anyone"),
        ("Plain", "Plain"),
        ("Missing", "desk.anyone"),
    ],
)
async def test_a_token_for_one_intent_is_good_for_nothing_else(admit_server, method, scope, actor):
    with pytest.raises(PermissionDenied) as caught:
        await admit_server(method, scope, actor)
    assert caught.value.reason == "SCOPE_MISMATCH"


@pytest.mark.parametrize("method", ["Anyone", "Plain"])
async def test_a_server_whose_token_is_for_nothing_may_call_nothing(admit_server, method):
    with pytest.raises(PermissionDenied) as caught:
        await admit_server(method, "")
    assert caught.value.reason == "SCOPE_MISMATCH"


async def test_a_scope_gives_no_role(admit_server):
    with pytest.raises(PermissionDenied) as caught:
        await admit_server("Staff", "desk.staff")
    assert caught.value.reason == "NOT_FOR_CUSTOMERS"
