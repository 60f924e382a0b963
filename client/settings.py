"""The settings, read once from the environment and `.env`; the environment wins."""

import os
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values
from platformdirs import user_config_dir

from client.errors import SettingsFault
from service_kit.settings import NO_TLS, Environment, SettingsError, TlsSettings, tls_settings

_PREFIX = "LLM_ORCHESTRATOR_"
_ADDRESS = re.compile(r"^(?P<host>\[[0-9a-fA-F:]+\]|[^\s:/]+):(?P<port>\d{1,5})$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where the servers are, how they are reached, and where the client keeps its own files.

    `token_command` prints an access token: its words, the program first; empty where one signs in here.
    """

    address: str = "127.0.0.1:50051"
    sign_in_address: str = "127.0.0.1:50053"
    config_dir: Path
    outbox: Path = Path("var/outbox")
    tls: TlsSettings = NO_TLS
    token_command: tuple[str, ...] = ()

    @property
    def token_file(self) -> Path:
        """The file that keeps who is signed in."""
        return self.config_dir / "session.json"

    @property
    def history_file(self) -> Path:
        """The file that keeps what was typed."""
        return self.config_dir / "history"


def read_settings(*, address: str | None = None, sign_in_address: str | None = None) -> Settings:
    """Reads the settings; the arguments come from the command line and win. Raises SettingsFault."""
    env = {**{k: v for k, v in dotenv_values(".env").items() if v is not None}, **os.environ}
    return parse_settings(env, address=address, sign_in_address=sign_in_address)


def parse_settings(
    env: Mapping[str, str], *, address: str | None = None, sign_in_address: str | None = None
) -> Settings:
    """Makes settings of plain strings. An empty string counts as unset. Raises SettingsFault with all faults."""
    default = Settings(config_dir=Path(user_config_dir("llm-orchestrator")))
    environment, faults = Environment(env), list[str]()
    settings = Settings(
        address=address or env.get(f"{_PREFIX}ADDRESS") or default.address,
        sign_in_address=sign_in_address or env.get(f"{_PREFIX}SIGN_IN_ADDRESS") or default.sign_in_address,
        config_dir=Path(env.get(f"{_PREFIX}CONFIG_DIR") or default.config_dir).expanduser(),
        outbox=Path(env.get(f"{_PREFIX}OUTBOX") or Path(env.get(f"{_PREFIX}VAR") or "var", "outbox")).expanduser(),
        tls=tls_settings(environment),
        token_command=_words(env.get(f"{_PREFIX}TOKEN_COMMAND") or "", faults),
    )
    faults += [
        f"{name} must look like 127.0.0.1:50051, not {value!r}."
        for name, value in (("The address", settings.address), ("The sign-in address", settings.sign_in_address))
        if not _is_address(value)
    ]
    try:
        environment.check()
    except SettingsError as error:
        faults.append(str(error))
    if faults:
        raise SettingsFault(" ".join(faults))
    return settings


def _is_address(value: str) -> bool:
    """`host:port`, or a name for many (`dns:///host:port`), or many (`ipv4:host:port,host:port`)."""
    for scheme in ("dns:///", "ipv4:"):
        if value.startswith(scheme):
            value = value.removeprefix(scheme)
            return all(map(_is_host_and_port, value.split(",") if scheme == "ipv4:" else [value]))
    return _is_host_and_port(value)


def _is_host_and_port(value: str) -> bool:
    match = _ADDRESS.match(value)
    return bool(match and 0 < int(match["port"]) < 65536)


def _words(command: str, faults: list[str]) -> tuple[str, ...]:
    """The words of a command as a shell would take them apart, though none is asked."""
    try:
        return tuple(shlex.split(command))
    except ValueError as error:
        faults.append(f"{_PREFIX}TOKEN_COMMAND cannot be understood: {error}.")
        return ()
