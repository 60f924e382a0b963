"""Starts the user server: `python -m user_server`."""

from llm_orchestrator.user.v1 import user_pb2, user_pb2_grpc

from service_kit.audit import AuditLog
from service_kit.database import Database
from service_kit.main import run
from service_kit.retention import kept_settings
from service_kit.server import Service, serve
from service_kit.settings import Environment, server_settings
from user_server.servicer import UserServicer
from user_server.sign_in import roles_in_shop, sign_in_service, sign_in_settings
from user_server.store import SHOP

NAME = "user"
PORT = 50053
USER = user_pb2.DESCRIPTOR.services_by_name["UserService"].full_name


async def main(environment: Environment) -> None:
    """Serves until it is told to stop."""
    settings = server_settings(environment, NAME, PORT)
    path = SHOP.path(environment)
    sign_in = sign_in_settings(environment)
    kept = kept_settings(environment)
    environment.check()
    async with SHOP.opened(path, kept) as shop:
        audit = AuditLog(shop, NAME)
        async with sign_in_service(sign_in, settings.address, roles_in_shop(shop), audit) as signing_in:
            await serve(settings, [_profiles(shop), signing_in], audit=audit)


def _profiles(shop: Database) -> Service:
    return Service(name=USER, add=user_pb2_grpc.add_UserServiceServicer_to_server, servicer=UserServicer(shop))


if __name__ == "__main__":
    run(NAME, main, PORT)
