"""OrderService: requests to the store, what it returns to responses."""

from datetime import UTC, datetime

import sqlite_utils
from llm_orchestrator.order.v1 import order_pb2, order_pb2_grpc

from order_server import store
from order_server.proto import order_message, status_of
from service_kit.caller import current_caller
from service_kit.database import Database
from service_kit.idempotency import Effects
from service_kit.types import Context


class OrderServicer(order_pb2_grpc.OrderServiceServicer):
    """Serves the caller's orders; identity and the shape of requests are checked before."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._effects = Effects(database, "order")

    async def ListOrders(self, request: order_pb2.ListOrdersRequest, context: Context) -> order_pb2.ListOrdersResponse:
        """Lists the caller's orders, newest first."""
        status = status_of(request.status)
        limit = request.limit if request.HasField("limit") else None
        orders = await self._database.read(lambda db: store.list_orders(db, request.email, status, limit))
        return order_pb2.ListOrdersResponse(orders=[order_message(order) for order in orders])

    async def GetOrder(self, request: order_pb2.GetOrderRequest, context: Context) -> order_pb2.GetOrderResponse:
        """Shows one order of the caller."""
        email = current_caller().email
        order = await self._database.read(lambda db: store.get_order(db, email, request.order_id))
        return order_pb2.GetOrderResponse(order=order_message(order))

    async def CancelOrder(
        self, request: order_pb2.CancelOrderRequest, context: Context
    ) -> order_pb2.CancelOrderResponse:
        """Cancels a pending order of the caller."""
        email, now = current_caller().email, datetime.now(UTC)

        def effect(db: sqlite_utils.Database) -> order_pb2.CancelOrderResponse:
            order = store.cancel_order(db, email, request.order_id, request.reason, now)
            return order_pb2.CancelOrderResponse(order=order_message(order))

        return await self._effects.once(context, request, order_pb2.CancelOrderResponse, effect)

    async def CreateOrder(
        self, request: order_pb2.CreateOrderRequest, context: Context
    ) -> order_pb2.CreateOrderResponse:
        """Places an order of the caller's."""
        now = datetime.now(UTC)

        def effect(db: sqlite_utils.Database) -> order_pb2.CreateOrderResponse:
            order = store.create_order(db, request.email, request.sku, request.quantity, now)
            return order_pb2.CreateOrderResponse(order=order_message(order))

        return await self._effects.once(context, request, order_pb2.CreateOrderResponse, effect)

    async def ReturnItems(
        self, request: order_pb2.ReturnItemsRequest, context: Context
    ) -> order_pb2.ReturnItemsResponse:
        """Takes items of a delivered order of the caller's back."""
        email = current_caller().email

        def effect(db: sqlite_utils.Database) -> order_pb2.ReturnItemsResponse:
            done = store.return_items(db, email, request.order_id, request.items)
            return order_pb2.ReturnItemsResponse(order=order_message(done.order), returned=done.returned)

        return await self._effects.once(context, request, order_pb2.ReturnItemsResponse, effect)
