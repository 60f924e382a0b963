"""Reads settings from the environment and `.env` in one place and reports all faults at once."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values

PREFIX = "LLM_ORCHESTRATOR_"


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
        """Notes a fault that a caller found in the value of `name`."""
        self._faults.append(f"{name}: {what}")

    def check(self) -> None:
        """Raises SettingsError with every fault so far."""
        if self._faults:
            raise SettingsError("These settings are wrong:\n" + "\n".join(f"  {fault}" for fault in self._faults))

    def _fault(self, name: str, what: str, default: float) -> float:
        self.fault(name, what)
        return default


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerSettings:
    """What every server needs to know.

    `name` is also the audience of tokens meant for it. `address` is where it listens (`host:0` picks a port).
    `trust_file` maps token issuers to their public keys. Times are in seconds.
    """

    name: str
    address: str
    trust_file: Path
    call_seconds: float = 30.0
    grace_seconds: float = 4.0
    max_message_bytes: int = 1024 * 1024


def var_folder(environment: Environment) -> Path:
    """The folder for databases, keys and logs."""
    return environment.path(PREFIX + "VAR", Path("var"))


def server_settings(environment: Environment, name: str, port: int) -> ServerSettings:
    """Reads the settings of the server `name`, which listens on loopback unless told otherwise.

    For the server `order`: `ORDER_SERVER_ADDRESS`; for all: `LLM_ORCHESTRATOR_TRUST_FILE`,
    `LLM_ORCHESTRATOR_CALL_SECONDS` (the longest any unary call may take), `LLM_ORCHESTRATOR_GRACE_SECONDS` (how long
    running calls may go on after SIGTERM).
    """
    return ServerSettings(
        name=name,
        address=environment.address(f"{name.upper()}_SERVER_ADDRESS", f"127.0.0.1:{port}"),
        trust_file=environment.path(PREFIX + "TRUST_FILE", Path("deploy/trust.json")),
        call_seconds=environment.number(PREFIX + "CALL_SECONDS", 30, 0.1, 600),
        grace_seconds=environment.number(PREFIX + "GRACE_SECONDS", 4, 0, 600),
    )
