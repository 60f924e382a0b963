"""Starts the monolith: `python -m legacy_server`. Its database is prepared by `python -m legacy_server.admin init`."""

from llm_orchestrator.legacy.v1 import legacy_pb2, legacy_pb2_grpc

from legacy_server.schema import SHOP
from legacy_server.servicer import LegacyServicer
from service_kit.audit import AuditLog
from service_kit.main import run
from service_kit.retention import kept_settings
from service_kit.server import Service, serve
from service_kit.settings import Environment, server_settings

NAME = "legacy"
PORT = 50052
SERVICE = legacy_pb2.DESCRIPTOR.services_by_name["LegacyService"].full_name


async def main(environment: Environment) -> None:
    """Serves until it is told to stop."""
    settings = server_settings(environment, NAME, PORT)
    path = SHOP.path(environment)
    kept = kept_settings(environment)
    environment.check()
    async with SHOP.opened(path, kept) as database:
        add = legacy_pb2_grpc.add_LegacyServiceServicer_to_server
        services = [Service(name=SERVICE, add=add, servicer=LegacyServicer(database))]
        await serve(settings, services, audit=AuditLog(database, NAME))


if __name__ == "__main__":
    run(NAME, main, PORT)
