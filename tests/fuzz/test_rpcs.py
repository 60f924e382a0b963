"""Every RPC of every server gets bytes that are no message, messages full of hostile values, and hostile metadata."""

import asyncio
import importlib
import json
import pkgutil
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import grpc
import llm_orchestrator
import pytest
from google.protobuf.descriptor import FileDescriptor
from grpc_health.v1 import health_pb2
from grpc_reflection.v1alpha import reflection_pb2
from hypothesis import given
from hypothesis import strategies as st
from llm_orchestrator.user.v1 import sign_in_pb2

from service_kit.reflection import V1_NAME
from service_kit.server import OPEN_TO_ALL, REFLECTION
from tests.fuzz import hostile
from tests.fuzz.cluster import Cluster, Metadata, Rpc
from tests.fuzz.conftest import Run, Tally, examples, insist_on_manners

# a hundred thousand characters are wanted here
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")

EXAMPLES = 25
METADATA: tuple[Metadata, ...] = (
    (),
    (("idempotency-key", "k" * 4_000),),
    (("idempotency-key", "' OR 1=1 --"), ("idempotency-key", "../../etc/passwd")),
    (("idempotency-key", " "),),
    (("idempotency-key-bin", b"\xff\x00\xfe"),),
    (("authorization-bin", b"\xff" * 300),),
    (("authorization", "Basic YTpi"),),
    (("authorization", "Bearer"),),
    (("authorization", "Bearer a.b.c"),),
    (("authorization", "Bearer " + "e" * 5_000),),
    (("traceparent", "00-zz-zz-zz"), ("grpc-trace-bin", b"\x00" * 40)),
    (("x-forwarded-for", "{{email}}"), ("user-agent", "%n%n%n"), ("te", "trailers")),
    tuple((f"x-many-{number}", "y" * 20) for number in range(60)),
    (("x-huge", "y" * 40_000),),
)


SIGN_IN = sign_in_pb2.DESCRIPTOR.services_by_name["SignInService"].full_name
CLAIMS = {"sub": "dana.fields@example.com", "iss": "user", "aud": "order", "iat": 1, "exp": 2**40, "roles": ["admin"]}
FORGED: tuple[tuple[object, object], ...] = (
    ({"alg": "none"}, CLAIMS),
    ({"alg": "HS256", "kid": "user"}, CLAIMS),
    ({"alg": "EdDSA", "kid": "../../../../dev/zero"}, CLAIMS),
    ({"alg": "EdDSA", "kid": ["a", {"b": None}]}, CLAIMS),
    ({"alg": "EdDSA", "jku": "http://127.0.0.1:1/keys", "crit": ["jku"]}, CLAIMS),
    ({"alg": "EdDSA"}, {**CLAIMS, "iss": "../public/user"}),
    ({"alg": "EdDSA"}, {**CLAIMS, "iss": {"a": 1}}),
    ({"alg": "EdDSA"}, {**CLAIMS, "exp": "soon", "iat": 1e300}),
    ({"alg": "EdDSA"}, [CLAIMS]),
    ([], {}),
    ("EdDSA", 10**4_000),
)


def contracts() -> Iterator[FileDescriptor]:
    """Every contract of the project, and those that the kit brings along."""
    for module in pkgutil.walk_packages(llm_orchestrator.__path__, "llm_orchestrator."):
        if module.name.endswith("_pb2"):
            yield importlib.import_module(module.name).DESCRIPTOR
    yield health_pb2.DESCRIPTOR
    yield reflection_pb2.DESCRIPTOR


def rpcs() -> list[Rpc]:
    """Every RPC that any server can have; a new one is among them by itself."""
    services = [service for file in contracts() for service in file.services_by_name.values()]
    found = [Rpc.of(method) for service in services for method in service.methods]
    alpha = reflection_pb2.DESCRIPTOR.services_by_name["ServerReflection"].full_name
    return [*found, *(replace(rpc, service=V1_NAME) for rpc in found if rpc.service == alpha)]


def inputs(rpc: Rpc) -> st.SearchStrategy[list[bytes]]:
    """What one call carries: one message, or some on a stream."""
    kind = rpc.takes
    one = hostile.garbage() | hostile.messages(kind) | hostile.valid_messages(kind) | hostile.valid_messages(kind)
    return st.lists(one, min_size=1, max_size=4 if rpc.streams_up else 1)


def credentials(cluster: Cluster, server: str) -> dict[str, Metadata]:
    """With a token that counts, with some that do not, and without."""
    tokens = {
        "dana": cluster.token(server, "dana.fields@example.com"),
        "admin": cluster.token(server, "admin@example.com", "admin", "support"),
        "elsewhere": cluster.token("elsewhere", "dana.fields@example.com"),
        "expired": cluster.token(server, "dana.fields@example.com", lifetime=timedelta(minutes=-1)),
    }
    return {name: (("authorization", f"Bearer {token}"),) for name, token in tokens.items()} | {"nobody": ()}


WHO = st.sampled_from(["dana", "dana", "dana", "admin", "elsewhere", "expired", "nobody"])


def test_every_service_of_every_server_is_among_them(cluster: Cluster) -> None:
    served = {name for names in cluster.services.values() for name in names}
    assert served == {rpc.service for rpc in rpcs()}


def needs_token(rpc: Rpc) -> bool:
    """Is the RPC for signed-in callers alone?"""
    return rpc.service not in (*OPEN_TO_ALL, *REFLECTION, SIGN_IN) and not rpc.streams_up


def forged(header: object, claims: object) -> str:
    """A token that nobody signed."""
    parts = (urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in (header, claims))
    return ".".join([*parts, "c2lnbmVk"])


def test_no_forged_token_lets_anybody_in(cluster: Cluster, run: Run, tally: Tally) -> None:
    tokens = [forged(*parts) for parts in FORGED]
    tokens.append(f"{urlsafe_b64encode(b'[' * 5_000).decode()}.e30.e30")

    async def try_all() -> None:
        calls = [
            cluster.send(server, rpc, [b""], (("authorization", f"Bearer {token}"),))
            for server, services in cluster.services.items()
            for rpc in rpcs()
            if rpc.service in services and needs_token(rpc)
            for token in tokens
        ]
        tally.add(len(calls))
        for answer in await asyncio.gather(*calls):
            insist_on_manners(answer, "a forged token")
            assert answer.code is grpc.StatusCode.UNAUTHENTICATED, answer

    run(try_all())


@pytest.mark.parametrize("rpc", rpcs(), ids=lambda rpc: f"{rpc.service}.{rpc.name}".removeprefix("llm_orchestrator."))
def test_no_input_gets_more_than_a_polite_answer(cluster: Cluster, run: Run, tally: Tally, rpc: Rpc) -> None:
    servers = [name for name, services in cluster.services.items() if rpc.service in services]
    known = {server: credentials(cluster, server) for server in servers}

    async def attack(server: str, who: str, extra: Metadata, frames: list[bytes]) -> None:
        answer = await cluster.send(server, rpc, frames, (*known[server][who], *extra))
        insist_on_manners(answer, (server, who, extra, frames))

    async def attack_with(calls: list[tuple[str, Metadata, list[bytes]]]) -> None:
        await asyncio.gather(*(attack(server, *call) for server in servers for call in calls))

    @examples(EXAMPLES)
    @given(st.lists(st.tuples(WHO, st.sampled_from(METADATA), inputs(rpc)), min_size=6, max_size=6))
    def in_any_case(calls: list[tuple[str, Metadata, list[bytes]]]) -> None:
        tally.add(len(calls) * len(servers))
        run(attack_with(calls))

    before = tally.inputs
    in_any_case()
    assert tally.inputs - before >= 100
