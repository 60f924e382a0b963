"""Builds a catalogue from what servers said about themselves."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase

from google.protobuf import descriptor_pb2
from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message import DecodeError
from llm_orchestrator.capabilities.v1 import annotations_pb2, capabilities_pb2

from orchestrator_server.catalogue import Catalogue, Intent, Offer, ServerState, parameters_of
from orchestrator_server.compatibility import contradictions, missing_fields
from orchestrator_server.pool import PoolBuilder, PoolError

NO_SIDE_EFFECTS = descriptor_pb2.MethodOptions.NO_SIDE_EFFECTS
IDEMPOTENT = descriptor_pb2.MethodOptions.IDEMPOTENT


INTENT_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerDescription:
    """What one server said about itself, last good word: its capabilities and its proto files by name.

    `may_claim` are patterns (`order.*`) of the intents that settings grant it.
    """

    name: str
    target: str
    is_available: bool
    problem: str = ""
    may_claim: tuple[str, ...] = ("*",)
    capabilities: capabilities_pb2.GetCapabilitiesResponse | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    """One server's offer with its declaration."""

    intent: annotations_pb2.Intent
    offer: Offer
    has_effect: bool


class _ClaimError(Exception):
    """An intent that cannot be used; the message says why."""


def build_catalogue(
    descriptions: Sequence[ServerDescription], earlier: MutableMapping[str, Catalogue] | None = None
) -> Catalogue:
    """A snapshot of all servers. What is wrong with one becomes a finding and never hides the others.

    `earlier` are the snapshots before it, by etag; it may grow and shrink.
    """
    builder = PoolBuilder()
    findings: list[str] = []
    claims: dict[str, list[_Claim]] = defaultdict(list)
    for description in sorted(descriptions, key=lambda d: d.name):
        for claim in _claims(description, builder, findings):
            claims[claim.intent.name].append(claim)
    return Catalogue(
        etag=_etag(descriptions),
        intents=[_intent(name, offered, builder.pool, findings) for name, offered in claims.items()],
        servers=[_state(description) for description in descriptions],
        pool=builder.pool,
        findings=findings,
        prefixes=builder.prefixes,
        earlier=earlier,
        descriptions=descriptions,
    )


def _claims(description: ServerDescription, builder: PoolBuilder, findings: list[str]) -> list[_Claim]:
    if description.capabilities is None:
        return []
    try:
        prefix = builder.add(description.name, description.files)
    except PoolError as error:
        findings.append(f"{description.name} is left out: {error}")
        return []
    found = []
    for capability in description.capabilities.capabilities:
        if not INTENT_NAME.fullmatch(capability.intent.name):
            findings.append(f"{description.name} names an intent {capability.intent.name!r}, which is no <area>.<verb>")
            continue
        if not any(fnmatchcase(capability.intent.name, pattern) for pattern in description.may_claim):
            findings.append(f"{description.name} claims {capability.intent.name}, which settings do not grant it")
            continue
        try:
            found.append(_claim(description, capability, prefix, builder.pool))
        except _ClaimError as error:
            findings.append(f"{description.name} names {capability.method}, {error}")
    return found


def _claim(
    description: ServerDescription, capability: capabilities_pb2.Capability, prefix: str, pool: DescriptorPool
) -> _Claim:
    service, _, name = capability.method.rpartition(".")
    method = _method(pool, prefix + service, name)
    level = _level(method)
    offer = Offer(
        server=description.name,
        is_modern=capability.intent.generation == annotations_pb2.GENERATION_MODERN,
        method=f"/{service}/{name}",
        request_type=method.input_type.full_name,
        response_type=method.output_type.full_name,
        is_available=description.is_available,
        honours_key=capability.intent.honours_idempotency_key,
        is_idempotent=level in (NO_SIDE_EFFECTS, IDEMPOTENT),
    )
    return _Claim(intent=capability.intent, offer=offer, has_effect=level != NO_SIDE_EFFECTS)


def _method(pool: DescriptorPool, service: str, name: str) -> MethodDescriptor:
    try:
        method: MethodDescriptor = pool.FindServiceByName(service).methods_by_name[name]
    except KeyError as error:
        raise _ClaimError("which reflection does not know") from error
    if method.client_streaming or method.server_streaming:
        raise _ClaimError("which streams; an intent is one request and one response")
    return method


def _level(method: MethodDescriptor) -> descriptor_pb2.MethodOptions.IdempotencyLevel.ValueType:
    """Read with our own annotations: the pool of a server may carry another copy of them."""
    try:
        return descriptor_pb2.MethodOptions.FromString(method.GetOptions().SerializeToString()).idempotency_level
    except DecodeError as error:
        raise _ClaimError("whose options cannot be read") from error


def _intent(name: str, claims: list[_Claim], pool: DescriptorPool, findings: list[str]) -> Intent:
    claims.sort(key=lambda claim: (not claim.offer.is_modern, claim.offer.server))
    first, declared = claims[0], claims[0].intent
    offers = (first.offer, *(_compared(claim, first, pool, findings) for claim in claims[1:]))
    return Intent(
        name=name,
        description=declared.description,
        examples=tuple(declared.examples),
        has_effect=any(claim.has_effect for claim in claims),
        access=declared.access,
        roles=frozenset(declared.roles),
        approval_required=any(claim.intent.approval_required for claim in claims),
        reply_template=declared.reply_template,
        approval_template=declared.approval_template,
        parameters=parameters_of(pool.FindMessageTypeByName(first.offer.request_type)),
        offers=offers,
    )


def _compared(claim: _Claim, first: _Claim, pool: DescriptorPool, findings: list[str]) -> Offer:
    """The offer with how well it can stand in for the canonical one."""
    canonical = pool.FindMessageTypeByName(first.offer.response_type)
    other = pool.FindMessageTypeByName(claim.offer.response_type)
    wrong = contradictions(canonical, other)
    missing, unplaced = missing_fields(canonical, other), missing_fields(other, canonical)
    who = f"{claim.intent.name}: {claim.offer.server}, beside {first.offer.server},"
    if wrong:
        findings.append(f"{who} answers {', '.join(wrong)} with another type and is never used in its place")
    elif missing:
        findings.append(f"{who} has no {', '.join(missing)}")
    if unplaced and not wrong:
        findings.append(f"{who} answers {', '.join(unplaced)}, which has no place there and is left out")
    if claim.offer.is_modern == first.offer.is_modern:
        findings.append(f"{who} is of the same generation; {first.offer.server} is preferred")
    return replace(claim.offer, is_compatible=not wrong, missing_fields=missing)


def _state(description: ServerDescription) -> ServerState:
    return ServerState(
        name=description.name,
        target=description.target,
        is_available=description.is_available,
        problem=description.problem,
        etag=description.capabilities.etag if description.capabilities else "",
    )


def _etag(descriptions: Iterable[ServerDescription]) -> str:
    """Depends on contracts alone, not on who answers at the moment."""
    digest = hashlib.sha256()
    for description in sorted(descriptions, key=lambda d: d.name):
        digest.update(description.name.encode())
        digest.update(description.capabilities.etag.encode() if description.capabilities else b"-")
        for name, content in sorted(description.files.items()):
            digest.update(name.encode() + content)
    return digest.hexdigest()[:32]
