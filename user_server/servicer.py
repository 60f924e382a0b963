"""UserService: requests to the store, what it returns to responses."""

import sqlite_utils
from llm_orchestrator.user.v1 import user_pb2, user_pb2_grpc

from service_kit.database import Database
from service_kit.idempotency import Effects
from service_kit.types import Context
from user_server import store
from user_server.proto import profile_message


class UserServicer(user_pb2_grpc.UserServiceServicer):
    """Serves the caller's own profile; that `email` is the caller's is checked before."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._effects = Effects(database, "user")

    async def GetProfile(self, request: user_pb2.GetProfileRequest, context: Context) -> user_pb2.GetProfileResponse:
        """Shows the caller's profile."""
        profile = await self._database.read(lambda db: store.get_profile(db, request.email))
        return user_pb2.GetProfileResponse(profile=profile_message(profile))

    async def UpdatePhone(self, request: user_pb2.UpdatePhoneRequest, context: Context) -> user_pb2.UpdatePhoneResponse:
        """Replaces the caller's phone number."""

        def effect(db: sqlite_utils.Database) -> user_pb2.UpdatePhoneResponse:
            profile = store.update_phone(db, request.email, request.phone)
            return user_pb2.UpdatePhoneResponse(profile=profile_message(profile))

        return await self._effects.once(context, request, user_pb2.UpdatePhoneResponse, effect)

    async def UpdateAddress(
        self, request: user_pb2.UpdateAddressRequest, context: Context
    ) -> user_pb2.UpdateAddressResponse:
        """Replaces the caller's postal address."""

        def effect(db: sqlite_utils.Database) -> user_pb2.UpdateAddressResponse:
            profile = store.update_address(db, request.email, request.address)
            return user_pb2.UpdateAddressResponse(profile=profile_message(profile))

        return await self._effects.once(context, request, user_pb2.UpdateAddressResponse, effect)
