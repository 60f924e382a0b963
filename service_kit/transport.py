"""Connections: TLS and mutual TLS by settings, plaintext on loopback alone unless it is asked for.

A server reads its files again when they change, at the next handshake, so that a renewed certificate needs no restart.
"""

import ipaddress
import json
import logging
from collections.abc import Sequence
from typing import Any

import grpc

from service_kit.certificates import Identity, read_authorities, read_identity, stamp
from service_kit.errors import StartError
from service_kit.settings import PREFIX, TlsSettings

log = logging.getLogger(__name__)

Options = Sequence[tuple[str, str | int]]

RETRY = {
    "maxAttempts": 3,
    "initialBackoff": "0.05s",
    "maxBackoff": "0.5s",
    "backoffMultiplier": 2,
    "retryableStatusCodes": ["UNAVAILABLE"],
}
ASK_FOR_PLAINTEXT = f"or allow plaintext with {PREFIX}PLAINTEXT=anywhere"


def bind(server: grpc.aio.Server, address: str, tls: TlsSettings) -> int:
    """Lets `server` listen at `address` (`host:port`); the port it got.

    Raises StartError where the address is taken, the files of `tls` are of no use, or plaintext may not be served.
    """
    credentials = _server_credentials(tls)
    if credentials is None and not may_be_plain(address, tls):
        raise StartError(
            f"{address} is open to other machines and has no certificate; set {PREFIX}TLS_CERTIFICATE and "
            f"{PREFIX}TLS_KEY, listen on 127.0.0.1, {ASK_FOR_PLAINTEXT}."
        )
    try:
        port = server.add_secure_port(address, credentials) if credentials else server.add_insecure_port(address)
    except RuntimeError:
        port = 0
    if not port:
        raise StartError(f"The address {address} cannot be had; is the port taken? Free it, or set another address.")
    return port


def open_channel(address: str, tls: TlsSettings, options: Options = ()) -> grpc.aio.Channel:
    """A channel to `address`, over TLS where `tls` names authorities; it connects with the first call.

    Raises StartError where the files of `tls` are of no use, or plaintext may not be spoken with `address`.
    """
    if problem := plaintext_problem(address, tls):
        raise StartError(problem)
    credentials, options = channel_credentials(tls), channel_options(address, tls, options)
    if credentials is None:
        return grpc.aio.insecure_channel(address, options=options)
    return grpc.aio.secure_channel(address, credentials, options=options)


def balanced(retried: Sequence[str] = ()) -> list[tuple[str, str | int]]:
    """Options for a channel to however many replicas a name stands for: each call goes to the next that is ready.

    Calls to the services `retried` are tried again where a replica goes away under them: only what may happen twice.
    """
    config: dict[str, Any] = {
        "loadBalancingConfig": [{"round_robin": {}}],
        "healthCheckConfig": {"serviceName": ""},  # a server without the health service counts as ready
    }
    if retried:
        config["methodConfig"] = [{"name": [{"service": name} for name in retried], "retryPolicy": RETRY}]
    # a name is looked up again whenever a replica is lost or gives an old connection up: without the second, 30 s apart
    return [("grpc.service_config", json.dumps(config)), ("grpc.dns_min_time_between_resolutions_ms", 1_000)]


def plaintext_problem(address: str, tls: TlsSettings) -> str:
    """Why `address` may not be called under `tls`, in a sentence that says what to set; empty where it may."""
    if tls.authorities is not None or may_be_plain(address, tls):
        return ""
    return (
        f"{address} is on another machine and would be called in plaintext; set {PREFIX}TLS_AUTHORITIES to the CA "
        f"behind its certificate, {ASK_FOR_PLAINTEXT}."
    )


def channel_credentials(tls: TlsSettings) -> grpc.ChannelCredentials | None:
    """What a channel trusts and shows; None for plaintext. Raises StartError where the files are of no use."""
    if tls.authorities is None:
        return None
    own = read_identity(tls)
    return grpc.ssl_channel_credentials(read_authorities(tls), own.key if own else None, own.chain if own else None)


def channel_options(address: str, tls: TlsSettings, options: Options = ()) -> list[tuple[str, str | int]]:
    """`options` and what goes with the transport. A proxy is never asked for this very machine."""
    named = [("grpc.ssl_target_name_override", tls.server_name)] if tls.authorities and tls.server_name else []
    return [*options, *named, ("grpc.enable_http_proxy", 0 if is_loopback(address) else 1)]


def may_be_plain(address: str, tls: TlsSettings) -> bool:
    """May `address` be served, or called, without TLS?"""
    return tls.is_plaintext_anywhere or is_loopback(address)


def is_loopback(address: str) -> bool:
    """Is `address` (a target of gRPC: `host:port`, `dns:///host:port`, `ipv4:host:port,...`) on this very machine?"""
    for scheme in ("dns:///", "ipv4:", "ipv6:"):  # a name server of its own choosing (`dns://server/`) may say anything
        address = address.removeprefix(scheme)
    return all(map(_is_loopback, address.split(",")))


def _is_loopback(address: str) -> bool:
    host = address.rpartition(":")[0].strip("[]")
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _server_credentials(tls: TlsSettings) -> grpc.ServerCredentials | None:
    seen = stamp(tls)
    own = read_identity(tls)
    if own is None:
        return None

    def renewed() -> grpc.ServerCertificateConfiguration | None:
        """The files as they are now; None, which keeps the last good ones, where they are unchanged or half written."""
        nonlocal seen
        if (now := stamp(tls)) == seen:
            return None
        seen = now
        try:
            fresh = read_identity(tls)
            configuration = _configuration(tls, fresh) if fresh else None
        except StartError as error:
            log.warning("certificate not renewed", extra={"error": str(error)})
            return None
        log.info("certificate renewed", extra={"certificate": tls.certificate})
        return configuration

    first = _configuration(tls, own)
    return grpc.dynamic_ssl_server_credentials(first, renewed, tls.is_mutual)  # type: ignore[arg-type]  # may be None


def _configuration(tls: TlsSettings, own: Identity) -> grpc.ServerCertificateConfiguration:
    authorities = read_authorities(tls) if tls.is_mutual else None
    return grpc.ssl_server_certificate_configuration([(own.key, own.chain)], authorities)
