"""The settings, read once from the environment and `.env`; the environment wins."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values
from platformdirs import user_config_dir

from client.errors import SettingsFault

_PREFIX = "LLM_ORCHESTRATOR_"
_ADDRESS = re.compile(r"^(?P<host>\[[0-9a-fA-F:]+\]|[^\s:/]+):(?P<port>\d{1,5})$")
_LOOPBACK = re.compile(r"^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where the servers are and where the client keeps its own files."""

    address: str = "127.0.0.1:50051"
    sign_in_address: str = "127.0.0.1:50053"
    config_dir: Path
    outbox: Path = Path("var/outbox")

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
    settings = Settings(
        address=address or env.get(f"{_PREFIX}ADDRESS") or default.address,
        sign_in_address=sign_in_address or env.get(f"{_PREFIX}SIGN_IN_ADDRESS") or default.sign_in_address,
        config_dir=Path(env.get(f"{_PREFIX}CONFIG_DIR") or default.config_dir).expanduser(),
        outbox=Path(env.get(f"{_PREFIX}OUTBOX") or Path(env.get(f"{_PREFIX}VAR") or "var", "outbox")).expanduser(),
    )
    faults = [
        f"{name} must look like 127.0.0.1:50051, not {value!r}."
        for name, value in (("The address", settings.address), ("The sign-in address", settings.sign_in_address))
        if not _is_address(value)
    ]
    if faults:
        raise SettingsFault(" ".join(faults))
    return settings


def is_loopback(address: str) -> bool:
    """Whether an address is on this very machine."""
    match = _ADDRESS.match(address)
    return bool(match and _LOOPBACK.match(match["host"]))


def _is_address(value: str) -> bool:
    match = _ADDRESS.match(value)
    return bool(match and 0 < int(match["port"]) < 65536)
