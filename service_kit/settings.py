"""Reads settings from the environment and `.env` in one place and reports all faults at once."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values

from service_kit.trust_file import Issuer, foreign_issuer, issuer_faults

PREFIX = "LLM_ORCHESTRATOR_"
WORKER = PREFIX + "WORKER"
"""Set for the workers of `--workers`, each with its number, by the process that starts them."""
SYSTEM_AUTHORITIES = Path("system")
"""Stands for the public certificate authorities that come with gRPC."""


class SettingsError(Exception):
    """What is wrong with the settings: one line a fault, each with what to write instead."""


class Environment:
    """Named settings, each read once with its default. Faults are collected until `check`."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values
        self._faults: list[str] = []

    @classmethod
    def read(cls) -> "Environment":
        """The process environment over the `.env` file of the working folder."""
        from_file = {name: value for name, value in dotenv_values(".env").items() if value is not None}
        return cls({**from_file, **os.environ})

    def text(self, name: str, default: str = "") -> str:
        """The value of `name` without surrounding space; `default` where unset or empty."""
        return self._values.get(name, "").strip() or default

    def path(self, name: str, default: Path) -> Path:
        """A path, relative ones to the working folder."""
        return Path(self.text(name) or default)

    def integer(self, name: str, default: int, lowest: int, highest: int) -> int:
        """A whole number within bounds."""
        return int(self.number(name, default, lowest, highest, whole=True))

    def number(self, name: str, default: float, lowest: float, highest: float, *, whole: bool = False) -> float:
        """A number within bounds."""
        text = self.text(name, str(default))
        try:
            value = int(text) if whole else float(text)
        except ValueError:
            return self._fault(name, f"{text!r} is not a {'whole number' if whole else 'number'}", default)
        if not lowest <= value <= highest:
            return self._fault(name, f"{text} is not between {lowest} and {highest}", default)
        return value

    def choice(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        """One of `allowed`."""
        value = self.text(name, default).lower()
        if value not in allowed:
            self.fault(name, f"{value!r} is none of {', '.join(allowed)}")
            return default
        return value

    def address(self, name: str, default: str) -> str:
        """A `host:port`."""
        value = self.text(name, default)
        host, _, port = value.rpartition(":")
        if not host or not port.isdecimal() or int(port) > 65535:
            self.fault(name, f"{value!r} is not host:port, for instance {default}")
            return default
        return value

    def fault(self, name: str, what: str) -> None:
        """Notes a fault that a caller found in the value of `name`; the same one is noted once."""
        if (text := f"{name}: {what}") not in self._faults:
            self._faults.append(text)

    def check(self) -> None:
        """Raises SettingsError with every fault so far."""
        if self._faults:
            raise SettingsError("These settings are wrong:\n" + "\n".join(f"  {fault}" for fault in self._faults))

    def _fault(self, name: str, what: str, default: float) -> float:
        self.fault(name, what)
        return default


@dataclass(frozen=True, slots=True, kw_only=True)
class TlsSettings:
    """How connections are secured; the default is plaintext, on loopback alone.

    `certificate` (a PEM chain, the own one first) and `key` are what one shows to others; a server with them serves
    TLS. `authorities` is a PEM bundle of the CAs that the certificates of others must come from, or SYSTEM_AUTHORITIES;
    with it calls are made over TLS. `is_mutual`: clients must show a certificate. `server_name` is looked for in a
    server's certificate in place of the host of its address. `is_plaintext_anywhere`: also off loopback.
    """

    certificate: Path | None = None
    key: Path | None = None
    authorities: Path | None = None
    is_mutual: bool = False
    server_name: str = ""
    is_plaintext_anywhere: bool = False


NO_TLS = TlsSettings()


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerSettings:
    """What every server needs to know.

    `name` is also the audience of tokens meant for it. `address` is where it listens (`host:0` picks a port).
    `trust_file` maps token issuers to their public keys. Times are in seconds. `max_metadata_bytes` bounds the metadata
    of a call, counted as HTTP/2 does. `is_reflection_open`: reflection needs no token. `provider` is an identity
    provider whose users count beside those of the trust file. `drain_seconds`: how long it still serves after it was
    told to stop. `connection_seconds`: how old a connection may grow, 0 for any age. `is_port_shared`: with others.
    """

    name: str
    address: str
    trust_file: Path
    call_seconds: float = 30.0
    grace_seconds: float = 4.0
    max_message_bytes: int = 1024 * 1024
    max_metadata_bytes: int = 16 * 1024
    is_reflection_open: bool = True
    tls: TlsSettings = NO_TLS
    provider: Issuer | None = None
    drain_seconds: float = 0.0
    connection_seconds: float = 0.0
    is_port_shared: bool = False


def var_folder(environment: Environment) -> Path:
    """The folder for databases, keys and logs."""
    return environment.path(PREFIX + "VAR", Path("var"))


def server_settings(environment: Environment, name: str, port: int) -> ServerSettings:
    """Reads the settings of the server `name`, which listens on loopback unless told otherwise.

    For the server `order`: `ORDER_SERVER_ADDRESS`; for all: `LLM_ORCHESTRATOR_TRUST_FILE`,
    `LLM_ORCHESTRATOR_CALL_SECONDS` (the longest any unary call may take), `LLM_ORCHESTRATOR_GRACE_SECONDS` (how long
    running calls may go on after SIGTERM), `LLM_ORCHESTRATOR_DRAIN_SECONDS` (how long before that it serves on while it
    says that it is not ready), `LLM_ORCHESTRATOR_CONNECTION_SECONDS`, `LLM_ORCHESTRATOR_MAX_MESSAGE_BYTES` and
    `LLM_ORCHESTRATOR_MAX_METADATA_BYTES` (of a request), `LLM_ORCHESTRATOR_REFLECTION` (`open` or `signed_in`), and
    what `tls_settings` and `identity_provider` read.
    """
    return ServerSettings(
        name=name,
        address=environment.address(f"{name.upper()}_SERVER_ADDRESS", f"127.0.0.1:{port}"),
        trust_file=environment.path(PREFIX + "TRUST_FILE", Path("deploy/trust.json")),
        call_seconds=environment.number(PREFIX + "CALL_SECONDS", 30, 0.1, 600),
        grace_seconds=environment.number(PREFIX + "GRACE_SECONDS", 4, 0, 600),
        max_message_bytes=environment.integer(PREFIX + "MAX_MESSAGE_BYTES", 1024 * 1024, 1024, 64 * 1024 * 1024),
        max_metadata_bytes=environment.integer(PREFIX + "MAX_METADATA_BYTES", 16 * 1024, 1024, 1024 * 1024),
        is_reflection_open=environment.choice(PREFIX + "REFLECTION", "open", ("open", "signed_in")) == "open",
        tls=tls_settings(environment, name),
        provider=identity_provider(environment),
        drain_seconds=environment.number(PREFIX + "DRAIN_SECONDS", 0, 0, 600),
        connection_seconds=environment.number(PREFIX + "CONNECTION_SECONDS", 0, 0, 86_400),
        is_port_shared=bool(environment.text(WORKER)),
    )


def identity_provider(environment: Environment) -> Issuer | None:
    """Reads `LLM_ORCHESTRATOR_OIDC_ISSUER`, `_OIDC_AUDIENCE`, `_OIDC_JWKS` (a URL or path) and `_OIDC_ALGORITHM`."""
    name, audience, jwks = (environment.text(f"{PREFIX}OIDC_{last}") for last in ("ISSUER", "AUDIENCE", "JWKS"))
    if not (name or audience or jwks):
        return None
    for last, text in (("ISSUER", name), ("AUDIENCE", audience), ("JWKS", jwks)):
        if not text:
            environment.fault(f"{PREFIX}OIDC_{last}", "is missing; set the issuer, the audience and the JWKS, or none")
    algorithm = environment.text(PREFIX + "OIDC_ALGORITHM", "RS256")
    provider = foreign_issuer(name, audience=audience, jwks=jwks, algorithm=algorithm)
    for fault in issuer_faults(provider):
        environment.fault(PREFIX + "OIDC_...", fault)
    return provider


def tls_settings(environment: Environment, server: str = "") -> TlsSettings:
    """Reads how calls are secured or, given the name of a server, how it is served.

    `LLM_ORCHESTRATOR_TLS_CERTIFICATE`, `LLM_ORCHESTRATOR_TLS_KEY`, `LLM_ORCHESTRATOR_TLS_AUTHORITIES` (a path, or
    `system`) and `LLM_ORCHESTRATOR_TLS_MUTUAL` (`on` or `off`) hold for all; for the server `order`,
    `ORDER_SERVER_TLS_CERTIFICATE` and so on stand over them.
    `LLM_ORCHESTRATOR_TLS_SERVER_NAME` is for calls, `LLM_ORCHESTRATOR_PLAINTEXT` is `loopback` or `anywhere`.
    """

    def named(last: str) -> str:
        own = f"{server.upper()}_SERVER_TLS_{last}"
        return own if server and environment.text(own) else f"{PREFIX}TLS_{last}"

    certificate, key, authorities = (
        Path(text) if (text := environment.text(named(last))) else None
        for last in ("CERTIFICATE", "KEY", "AUTHORITIES")
    )
    is_mutual = environment.choice(named("MUTUAL"), "off", ("on", "off")) == "on"
    if certificate and not key:
        environment.fault(named("KEY"), f"is needed, the private key of {certificate}")
    if key and not certificate:
        environment.fault(named("CERTIFICATE"), f"is needed, the certificate of {key}")
    if is_mutual and (not certificate or authorities in (None, SYSTEM_AUTHORITIES)):
        needed = f"{named('CERTIFICATE')}, and {named('AUTHORITIES')} with the CA that signs certificates of clients"
        environment.fault(named("MUTUAL"), f"on needs {needed}")
    return TlsSettings(
        certificate=certificate,
        key=key,
        authorities=authorities,
        is_mutual=is_mutual,
        server_name=environment.text(PREFIX + "TLS_SERVER_NAME"),
        is_plaintext_anywhere=environment.choice(PREFIX + "PLAINTEXT", "loopback", ("loopback", "anywhere"))
        == "anywhere",
    )
