"""ServiceError ⇄ google.rpc.Status: the one translation between our errors and the wire."""

from contextlib import suppress
from dataclasses import dataclass, field

import grpc
from google.protobuf import any_pb2
from google.protobuf.message import DecodeError
from google.rpc import code_pb2, error_details_pb2, status_pb2
from grpc_status import rpc_status

from service_kit.errors import ServiceError

DOMAIN_SUFFIX = ".llm_orchestrator"


def to_status(error: ServiceError, server: str) -> status_pb2.Status:
    """The status that tells `error`, with ErrorInfo and, where fields are wrong, BadRequest."""
    info = error_details_pb2.ErrorInfo(reason=error.reason, domain=server + DOMAIN_SUFFIX, metadata=error.metadata)
    details = [_packed(info)]
    if error.violations:
        request = error_details_pb2.BadRequest()
        for violation in error.violations:
            request.field_violations.add(field=violation.field, description=violation.description)
        details.append(_packed(request))
    return status_pb2.Status(code=code_pb2.Code.Value(error.code.name), message=error.message, details=details)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteError:
    """What another server told us. `reason` falls back to the name of the code."""

    code: grpc.StatusCode
    reason: str
    message: str
    metadata: dict[str, str] = field(default_factory=dict)
    violations: tuple[str, ...] = ()


def from_rpc_error(error: grpc.RpcError) -> RemoteError:
    """Reads what a failed call carries; survives servers that send no details."""
    code = error.code() or grpc.StatusCode.UNKNOWN
    plain = RemoteError(code=code, reason=code.name, message=error.details() or code.name)
    try:
        status = rpc_status.from_call(error)  # type: ignore[arg-type]  # every error of a call reads like one
    except (ValueError, DecodeError):  # the trailing status contradicts the call's own, or is garbage: trust the call
        return plain
    return plain if status is None else _read(code, status)


def _read(code: grpc.StatusCode, status: status_pb2.Status) -> RemoteError:
    info = error_details_pb2.ErrorInfo()
    request = error_details_pb2.BadRequest()
    for detail in status.details:
        with suppress(DecodeError):  # what another server wrote may be garbage; the rest still counts
            detail.Unpack(info)
            detail.Unpack(request)
    return RemoteError(
        code=code,
        reason=info.reason or code.name,
        message=status.message or code.name,
        metadata=dict(info.metadata),
        violations=tuple(f"{v.field}: {v.description}" for v in request.field_violations),
    )


def _packed(message: error_details_pb2.ErrorInfo | error_details_pb2.BadRequest) -> any_pb2.Any:
    packed = any_pb2.Any()
    packed.Pack(message)
    return packed
