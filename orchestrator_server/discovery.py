"""Keeps the catalogue fresh: asks every server again and again, and remembers its last good word."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import grpc

from orchestrator_server.catalogue import Catalogue
from orchestrator_server.channels import Channels, Target
from orchestrator_server.reflection_client import ReflectionError, get_capabilities, get_files
from orchestrator_server.snapshot import ServerDescription, build_catalogue
from service_kit.tokens import Mandate, Signer

log = logging.getLogger(__name__)

ASK_SECONDS = 3.0
TOKEN_LIFETIME = timedelta(seconds=60)
BAD_HANDSHAKE = ("handshake failed", "Hostname Verification")
EARLIER_KEPT = 16


class Discovery:
    """Holds the newest catalogue. One broken server never hides the others."""

    def __init__(self, targets: Sequence[Target], channels: Channels, signer: Signer, every_seconds: float) -> None:
        self._targets = targets
        self._channels = channels
        self._signer = signer
        self._every = every_seconds
        self._descriptions = {
            target.name: ServerDescription(
                name=target.name,
                target=target.address,
                is_available=False,
                problem="has not answered yet",
                may_claim=target.may_claim,
            )
            for target in targets
        }
        self._earlier: dict[str, Catalogue] = {}
        self._catalogue = build_catalogue(list(self._descriptions.values()), self._earlier)

    @property
    def catalogue(self) -> Catalogue:
        """The newest snapshot."""
        return self._catalogue

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Asks every server once, then keeps asking in the background until the block ends."""
        await asyncio.gather(*(self._refresh(target) for target in self._targets))
        tasks = [asyncio.create_task(self._keep_fresh(target)) for target in self._targets]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _keep_fresh(self, target: Target) -> None:
        while True:
            await asyncio.sleep(self._every)
            await self._refresh(target)

    async def _refresh(self, target: Target) -> None:
        before = self._descriptions[target.name]
        after = await self._asked(target, before)
        if after == before:
            return
        if after.is_available != before.is_available:
            log.info("server", extra={"target": target.name, "available": after.is_available, "problem": after.problem})
        self._descriptions[target.name] = after
        self._keep(self._catalogue)
        self._catalogue = build_catalogue(list(self._descriptions.values()), self._earlier)

    def _keep(self, catalogue: Catalogue) -> None:
        """Keeps a snapshot for what was stored under it; the oldest makes room."""
        self._earlier.pop(catalogue.etag, None)
        self._earlier[catalogue.etag] = catalogue
        while len(self._earlier) > EARLIER_KEPT:
            del self._earlier[next(iter(self._earlier))]

    async def _asked(self, target: Target, before: ServerDescription) -> ServerDescription:
        channel = self._channels[target.name]
        try:
            said = await get_capabilities(channel, ASK_SECONDS)
            if before.capabilities is not None and before.capabilities.etag == said.etag and before.files:
                return replace(before, is_available=True, problem="", capabilities=said)
            services = {capability.method.rpartition(".")[0] for capability in said.capabilities}
            files = await get_files(channel, services, ASK_SECONDS, self._token(target))
        except ReflectionError as error:
            return replace(before, is_available=False, problem=str(error))
        except grpc.aio.AioRpcError as error:
            return replace(before, is_available=False, problem=_problem(error))
        except Exception:  # a server may answer anything; whatever it was must not stop the asking
            log.exception("discovery", extra={"target": target.name})
            return replace(before, is_available=False, problem="answered something that makes no sense")
        return replace(before, is_available=True, problem="", capabilities=said, files=files)

    def _token(self, target: Target) -> str:
        """Good for reflection at this server and for nothing else, whoever gets hold of it."""
        issuer = self._signer.issuer
        return self._signer.sign(
            subject=issuer,
            audience=target.name,
            lifetime=TOKEN_LIFETIME,
            roles=(),
            actor=issuer,
            mandate=Mandate(scope="reflection"),
        )


def _problem(error: grpc.aio.AioRpcError) -> str:
    match error.code():
        case grpc.StatusCode.UNAVAILABLE if any(word in (error.details() or "") for word in BAD_HANDSHAKE):
            return (
                "cannot be trusted: the TLS handshake fails; see LLM_ORCHESTRATOR_TLS_AUTHORITIES and its certificate"
            )
        case grpc.StatusCode.UNAVAILABLE:
            return "does not answer"
        case grpc.StatusCode.DEADLINE_EXCEEDED:
            return f"took longer than {ASK_SECONDS:g} seconds to say what it can do"
        case grpc.StatusCode.UNAUTHENTICATED | grpc.StatusCode.PERMISSION_DENIED:
            return "does not accept the orchestrator's token; its trust file must name the orchestrator"
        case grpc.StatusCode.UNIMPLEMENTED:
            return "does not offer llm_orchestrator.capabilities.v1.CapabilitiesService"
        case code:
            return f"answered {code.name}"
