"""Starts the order server: `python -m order_server`."""

from llm_orchestrator.order.v1 import order_pb2, order_pb2_grpc

from order_server.servicer import OrderServicer
from service_kit.audit import AuditLog
from service_kit.main import run
from service_kit.retention import kept_settings
from service_kit.server import Service, serve
from service_kit.settings import Environment, server_settings
from service_kit.shared_schema import SharedDatabase

NAME = "order"
PORT = 50054
SHOP = SharedDatabase(name="shop", version=4, prepared_by="python -m legacy_server.admin init")
SERVICE = order_pb2.DESCRIPTOR.services_by_name["OrderService"].full_name


async def main(environment: Environment) -> None:
    """Serves until it is told to stop."""
    settings = server_settings(environment, NAME, PORT)
    path = SHOP.path(environment)
    kept = kept_settings(environment)
    environment.check()
    async with SHOP.opened(path, kept) as database:
        add = order_pb2_grpc.add_OrderServiceServicer_to_server
        services = [Service(name=SERVICE, add=add, servicer=OrderServicer(database))]
        await serve(settings, services, audit=AuditLog(database, NAME))


if __name__ == "__main__":
    run(NAME, main, PORT)
