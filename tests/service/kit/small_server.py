"""A small server on the kit: orders whose ids say what happens, and a chat that answers each message.

Also a program of its own: `python -m tests.service.kit.small_server` serves until SIGTERM.
"""

import asyncio
import sys
from collections.abc import AsyncIterator

from llm_orchestrator.orchestrator.v1 import chat_pb2, chat_pb2_grpc
from llm_orchestrator.order.v1 import order_pb2, order_pb2_grpc
from llm_orchestrator.user.v1 import sign_in_pb2, sign_in_pb2_grpc

from service_kit.caller import current_caller
from service_kit.errors import FailedPrecondition, NotFound
from service_kit.main import run
from service_kit.server import Service, serve
from service_kit.settings import Environment, server_settings

ORDER_SERVICE = "llm_orchestrator.order.v1.OrderService"
CHAT_SERVICE = "llm_orchestrator.orchestrator.v1.ChatService"
OPEN_SERVICE = "llm_orchestrator.user.v1.SignInService"
UNKNOWN, SHIPPED, BROKEN, ENDLESS, WAITING, TIMES_OUT = (f"A-100{n}" for n in range(1, 7))
SECRET = "the secret of anna@example.com"


class Orders(order_pb2_grpc.OrderServiceServicer):
    """Answers by the order's id."""

    async def ListOrders(self, request, context):
        """One order that tells whom the call is for."""
        caller = current_caller()
        items = [order_pb2.Item(name=role) for role in sorted(caller.roles)]
        return order_pb2.ListOrdersResponse(orders=[order_pb2.Order(id=request.email, items=items)])

    async def GetOrder(self, request, context):
        match request.order_id:
            case "A-1001":
                raise NotFound("ORDER_NOT_FOUND", "There is no such order.", order_id=UNKNOWN)
            case "A-1002":
                raise FailedPrecondition("ORDER_ALREADY_SHIPPED", "It has shipped.")
            case "A-1003":
                raise LookupError(SECRET)
            case "A-1004":
                await context.send_initial_metadata(())  # tells the caller that the call has arrived
                await asyncio.Event().wait()
            case "A-1005":
                print("waiting", flush=True)
                await asyncio.to_thread(sys.stdin.readline)
            case "A-1006":
                raise TimeoutError(SECRET)
        return order_pb2.GetOrderResponse(order=order_pb2.Order(id=request.order_id))


class Chat(chat_pb2_grpc.ChatServiceServicer):
    """Answers each message with the number of messages so far, and breaks on demand."""

    async def Chat(self, requests, context) -> AsyncIterator[chat_pb2.ChatResponse]:
        number = 0
        async for request in requests:
            number += 1
            if request.user_message.text == "break":
                raise LookupError(SECRET)
            if request.user_message.text == "refuse":
                raise FailedPrecondition("REFUSED", "No.")
            yield chat_pb2.ChatResponse(number=number, turn_id=current_caller().email)


class Open(sign_in_pb2_grpc.SignInServiceServicer):
    """Needs no token."""

    async def SignOut(self, request, context):
        return sign_in_pb2.SignOutResponse()

    async def RequestCode(self, request, context):
        return sign_in_pb2.RequestCodeResponse() if current_caller() else None


def services() -> list[Service]:
    """What the small server serves."""
    return [
        Service(name=ORDER_SERVICE, add=order_pb2_grpc.add_OrderServiceServicer_to_server, servicer=Orders()),
        Service(name=CHAT_SERVICE, add=chat_pb2_grpc.add_ChatServiceServicer_to_server, servicer=Chat()),
        Service(
            name=OPEN_SERVICE, add=sign_in_pb2_grpc.add_SignInServiceServicer_to_server, servicer=Open(), is_open=True
        ),
    ]


async def main(environment: Environment) -> None:
    """Serves until SIGTERM."""
    settings = server_settings(environment, "order", 0)
    environment.check()
    await serve(settings, services())


if __name__ == "__main__":
    run("order", main)
