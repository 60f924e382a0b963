"""Starts the shipping server: `python -m shipping_server`."""

from llm_orchestrator.shipping.v1 import shipping_pb2, shipping_pb2_grpc

from service_kit.audit import AuditLog
from service_kit.main import run
from service_kit.retention import kept_settings
from service_kit.server import Service, serve
from service_kit.settings import Environment, server_settings
from service_kit.shared_schema import SharedDatabase
from shipping_server.servicer import ShippingServicer

NAME = "shipping"
PORT = 50055
SHOP = SharedDatabase(name="shop", version=4, prepared_by="python -m legacy_server.admin init")
SERVICE = shipping_pb2.DESCRIPTOR.services_by_name["ShippingService"].full_name


async def main(environment: Environment) -> None:
    """Serves until it is told to stop."""
    settings = server_settings(environment, NAME, PORT)
    path = SHOP.path(environment)
    kept = kept_settings(environment)
    environment.check()
    async with SHOP.opened(path, kept) as database:
        add = shipping_pb2_grpc.add_ShippingServiceServicer_to_server
        services = [Service(name=SERVICE, add=add, servicer=ShippingServicer(database))]
        await serve(settings, services, audit=AuditLog(database, NAME))


if __name__ == "__main__":
    run(NAME, main, PORT)
