import grpc
import pytest
from google.rpc import status_pb2
from grpc.aio import AioRpcError, Metadata

from service_kit import errors
from service_kit.errors import FieldViolation, InvalidArgument, NotFound, ServiceError
from service_kit.status import RemoteError, from_rpc_error, to_status

DETAILS = "grpc-status-details-bin"


def received(code: grpc.StatusCode, message: str, details: bytes | None) -> AioRpcError:
    """A failed call as a client sees it."""
    trailing = Metadata() if details is None else Metadata((DETAILS, details))
    return AioRpcError(code, Metadata(), trailing, details=message)


def round_trip(error: ServiceError) -> RemoteError:
    status = to_status(error, "order")
    return from_rpc_error(received(error.code, error.message, status.SerializeToString()))


def test_an_error_crosses_the_wire_whole():
    error = NotFound("ORDER_NOT_FOUND", "There is no order A-1.", order_id="A-1")
    assert round_trip(error) == RemoteError(
        code=grpc.StatusCode.NOT_FOUND,
        reason="ORDER_NOT_FOUND",
        message="There is no order A-1.",
        metadata={"order_id": "A-1"},
    )


def test_violations_cross_the_wire():
    violations = [FieldViolation(field="items[1]", description="is empty"), FieldViolation(field="b", description="x")]
    assert round_trip(InvalidArgument("INVALID_REQUEST", "No.", violations)).violations == (
        "items[1]: is empty",
        "b: x",
    )


def test_the_domain_names_the_server():
    info = to_status(NotFound("X", "x"), "order").details[0]
    assert b"order.llm_orchestrator" in info.value


@pytest.mark.parametrize("kind", ServiceError.__subclasses__())
def test_every_kind_of_error_has_a_code_of_its_own(kind):
    assert round_trip(kind("WHY", "Because.")).code == kind.code
    assert [other.code for other in ServiceError.__subclasses__()].count(kind.code) == 1
    assert kind.__name__ in (errors.__doc__ or "")


def test_a_server_that_sends_no_details_is_understood():
    assert from_rpc_error(received(grpc.StatusCode.UNAVAILABLE, "gone", None)) == RemoteError(
        code=grpc.StatusCode.UNAVAILABLE, reason="UNAVAILABLE", message="gone"
    )


def test_a_server_whose_details_contradict_the_call_is_not_believed():
    other = status_pb2.Status(code=5, message="other").SerializeToString()
    assert from_rpc_error(received(grpc.StatusCode.INTERNAL, "broken", other)).reason == "INTERNAL"


@pytest.mark.parametrize("details", [b"\xff\xff", b"garbage"])
def test_a_server_whose_details_are_garbage_is_survived(details):
    assert from_rpc_error(received(grpc.StatusCode.INTERNAL, "broken", details)).reason == "INTERNAL"


def test_a_server_whose_detail_is_garbage_inside_is_survived():
    status = to_status(NotFound("ORDER_NOT_FOUND", "None."), "order")
    status.details[0].value = b"\xff\xff"
    error = from_rpc_error(received(grpc.StatusCode.NOT_FOUND, "None.", status.SerializeToString()))
    assert (error.code, error.reason, error.message) == (grpc.StatusCode.NOT_FOUND, "NOT_FOUND", "None.")
