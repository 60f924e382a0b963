"""LegacyService: requests to the store, what it returns to responses."""

from datetime import UTC, datetime

import sqlite_utils
from llm_orchestrator.legacy.v1 import legacy_pb2, legacy_pb2_grpc

from legacy_server.proto import invoice_message, order_message, profile_message, shipment_message, status_of
from legacy_server.store import customers, orders, parcels
from service_kit.caller import current_caller
from service_kit.database import Database
from service_kit.idempotency import Effects
from service_kit.types import Context


class LegacyServicer(legacy_pb2_grpc.LegacyServiceServicer):
    """Serves all of the monolith to the caller; identity and the shape of requests are checked before."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._effects = Effects(database, "legacy")

    async def GetProfile(
        self, request: legacy_pb2.GetProfileRequest, context: Context
    ) -> legacy_pb2.GetProfileResponse:
        """Shows the caller's profile."""
        customer = await self._customer(request.email)
        return legacy_pb2.GetProfileResponse(profile=profile_message(customer))

    async def UpdatePhone(
        self, request: legacy_pb2.UpdatePhoneRequest, context: Context
    ) -> legacy_pb2.UpdatePhoneResponse:
        """Replaces the caller's phone number."""

        def effect(db: sqlite_utils.Database) -> legacy_pb2.UpdatePhoneResponse:
            customer = customers.update_phone(db, request.email, request.phone)
            return legacy_pb2.UpdatePhoneResponse(profile=profile_message(customer))

        return await self._effects.once(context, request, legacy_pb2.UpdatePhoneResponse, effect)

    async def UpdateAddress(
        self, request: legacy_pb2.UpdateAddressRequest, context: Context
    ) -> legacy_pb2.UpdateAddressResponse:
        """Replaces the caller's postal address."""

        def effect(db: sqlite_utils.Database) -> legacy_pb2.UpdateAddressResponse:
            customer = customers.update_address(db, request.email, request.address)
            return legacy_pb2.UpdateAddressResponse(profile=profile_message(customer))

        return await self._effects.once(context, request, legacy_pb2.UpdateAddressResponse, effect)

    async def ListOrders(
        self, request: legacy_pb2.ListOrdersRequest, context: Context
    ) -> legacy_pb2.ListOrdersResponse:
        """Lists the caller's orders, newest first."""
        status = status_of(request.status)
        limit = request.limit if request.HasField("limit") else None
        found = await self._database.read(lambda db: orders.list_orders(db, request.email, status, limit))
        return legacy_pb2.ListOrdersResponse(orders=[order_message(order) for order in found])

    async def GetOrder(self, request: legacy_pb2.GetOrderRequest, context: Context) -> legacy_pb2.GetOrderResponse:
        """Shows one order of the caller."""
        email = current_caller().email
        order = await self._database.read(lambda db: orders.get_order(db, email, request.order_id))
        return legacy_pb2.GetOrderResponse(order=order_message(order))

    async def CancelOrder(
        self, request: legacy_pb2.CancelOrderRequest, context: Context
    ) -> legacy_pb2.CancelOrderResponse:
        """Cancels a pending order of the caller."""
        email, now = current_caller().email, datetime.now(UTC)

        def effect(db: sqlite_utils.Database) -> legacy_pb2.CancelOrderResponse:
            order = orders.cancel_order(db, email, request.order_id, request.reason, now)
            return legacy_pb2.CancelOrderResponse(order=order_message(order))

        return await self._effects.once(context, request, legacy_pb2.CancelOrderResponse, effect)

    async def CreateOrder(
        self, request: legacy_pb2.CreateOrderRequest, context: Context
    ) -> legacy_pb2.CreateOrderResponse:
        """Places an order of the caller's."""
        now = datetime.now(UTC)

        def effect(db: sqlite_utils.Database) -> legacy_pb2.CreateOrderResponse:
            order = orders.create_order(db, request.email, request.sku, request.quantity, now)
            return legacy_pb2.CreateOrderResponse(order=order_message(order))

        return await self._effects.once(context, request, legacy_pb2.CreateOrderResponse, effect)

    async def TrackShipment(
        self, request: legacy_pb2.TrackShipmentRequest, context: Context
    ) -> legacy_pb2.TrackShipmentResponse:
        """Tells where the parcel of an order of the caller's is."""
        email = current_caller().email
        shipment = await self._database.read(lambda db: parcels.get_shipment(db, email, request.order_id))
        return legacy_pb2.TrackShipmentResponse(shipment=shipment_message(shipment))

    async def GetPoints(self, request: legacy_pb2.GetPointsRequest, context: Context) -> legacy_pb2.GetPointsResponse:
        """Counts the caller's loyalty points."""
        return legacy_pb2.GetPointsResponse(points=(await self._customer(request.email)).points)

    async def Unsubscribe(
        self, request: legacy_pb2.UnsubscribeRequest, context: Context
    ) -> legacy_pb2.UnsubscribeResponse:
        """Takes the caller off the newsletter."""

        def effect(db: sqlite_utils.Database) -> legacy_pb2.UnsubscribeResponse:
            return legacy_pb2.UnsubscribeResponse(was_subscribed=customers.unsubscribe(db, request.email))

        return await self._effects.once(context, request, legacy_pb2.UnsubscribeResponse, effect)

    async def GetInvoice(
        self, request: legacy_pb2.GetInvoiceRequest, context: Context
    ) -> legacy_pb2.GetInvoiceResponse:
        """Shows the invoice of an order of the caller's."""
        email = current_caller().email
        invoice = await self._database.read(lambda db: parcels.get_invoice(db, email, request.order_id))
        return legacy_pb2.GetInvoiceResponse(invoice=invoice_message(invoice))

    async def _customer(self, email: str) -> customers.Customer:
        return await self._database.read(lambda db: customers.get_customer(db, email))
