"""ShippingService: requests to the store, what it returns to responses."""

from datetime import UTC, datetime

import sqlite_utils
from llm_orchestrator.shipping.v1 import shipping_pb2, shipping_pb2_grpc

from service_kit.caller import current_caller
from service_kit.database import Database
from service_kit.idempotency import Effects
from service_kit.types import Context
from shipping_server import store
from shipping_server.proto import estimate_message, shipment_message
from shipping_server.shipment import Shipment, estimate_of


class ShippingServicer(shipping_pb2_grpc.ShippingServiceServicer):
    """Serves the parcels of the caller's orders; identity and the shape of requests are checked before."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._effects = Effects(database, "shipping")

    async def TrackShipment(
        self, request: shipping_pb2.TrackShipmentRequest, context: Context
    ) -> shipping_pb2.TrackShipmentResponse:
        """Tells where the parcel is."""
        return shipping_pb2.TrackShipmentResponse(shipment=shipment_message(await self._shipment(request.order_id)))

    async def ChangeAddress(
        self, request: shipping_pb2.ChangeAddressRequest, context: Context
    ) -> shipping_pb2.ChangeAddressResponse:
        """Sends a pending order elsewhere."""
        email = current_caller().email

        def effect(db: sqlite_utils.Database) -> shipping_pb2.ChangeAddressResponse:
            shipment = store.change_address(db, email, request.order_id, request.address)
            return shipping_pb2.ChangeAddressResponse(shipment=shipment_message(shipment))

        return await self._effects.once(context, request, shipping_pb2.ChangeAddressResponse, effect)

    async def EstimateDelivery(
        self, request: shipping_pb2.EstimateDeliveryRequest, context: Context
    ) -> shipping_pb2.EstimateDeliveryResponse:
        """Estimates when an order arrives."""
        return estimate_message(estimate_of(await self._shipment(request.order_id), datetime.now(UTC)))

    async def _shipment(self, order_id: str) -> Shipment:
        email = current_caller().email
        return await self._database.read(lambda db: store.get_shipment(db, email, order_id))
