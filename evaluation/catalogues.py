"""Catalogues that need no running server: built from the generated contracts, as discovery would."""

from collections.abc import Iterator

from google.protobuf import descriptor_pool
from google.protobuf.descriptor import FileDescriptor
from llm_orchestrator.legacy.v1 import legacy_pb2  # noqa: F401  # puts the contract into the pool
from llm_orchestrator.order.v1 import order_pb2  # noqa: F401
from llm_orchestrator.shipping.v1 import shipping_pb2  # noqa: F401
from llm_orchestrator.user.v1 import user_pb2  # noqa: F401

from orchestrator_server.catalogue import Catalogue
from orchestrator_server.snapshot import ServerDescription, build_catalogue
from service_kit.capabilities import describe

SERVICES = {
    "legacy": "llm_orchestrator.legacy.v1.LegacyService",
    "order": "llm_orchestrator.order.v1.OrderService",
    "shipping": "llm_orchestrator.shipping.v1.ShippingService",
    "user": "llm_orchestrator.user.v1.UserService",
}


def shop_catalogue(*, unavailable: frozenset[str] = frozenset(), without: frozenset[str] = frozenset()) -> Catalogue:
    """The whole shop; `unavailable` servers are known and do not answer, those `without` were never seen."""
    return build_catalogue(
        [description(name, is_available=name not in unavailable) for name in SERVICES if name not in without]
    )


def description(name: str, *, is_available: bool = True) -> ServerDescription:
    """What the shop server `name` says about itself."""
    service = descriptor_pool.Default().FindServiceByName(SERVICES[name])
    return ServerDescription(
        name=name,
        target=f"127.0.0.1:{name}",
        is_available=is_available,
        capabilities=describe(name, [SERVICES[name]]),
        files={file.name: file.serialized_pb for file in _closure(service.file)},
    )


def _closure(file: FileDescriptor) -> Iterator[FileDescriptor]:
    yield file
    for dependency in file.dependencies:
        yield from _closure(dependency)
