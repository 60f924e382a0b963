"""The orchestrator's settings, from the environment and `.env`."""

import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from orchestrator_server.channels import Target
from orchestrator_server.policy import ApprovalMode
from service_kit.settings import PREFIX, Environment, ServerSettings, server_settings, var_folder

NAME = "orchestrator"
SHOP = "legacy=127.0.0.1:50052,user=127.0.0.1:50053,order=127.0.0.1:50054,shipping=127.0.0.1:50055"
TARGET = re.compile(r"(?P<name>[a-z][a-z0-9_]{0,31})=(?P<address>[^=;\s]+:\d+)(?:;(?P<claims>[^;,\s]+))?")
LOOPBACK = ("127.", "localhost:", "[::1]:")
DEFAULT_MODEL = "gpt-4o-mini"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSettings:
    """Where the language model is. `base_url` empty means OpenAI's own."""

    api_key: str
    base_url: str
    model: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrchestratorSettings:
    """Everything that can be set. `model` is None with the embedded planner. Times are in seconds."""

    server: ServerSettings
    targets: tuple[Target, ...]
    database: Path
    key_file: Path
    public_keys: Path
    model: ModelSettings | None
    approval_mode: ApprovalMode
    approval_lifetime: timedelta
    discovery_seconds: float
    call_seconds: float
    turn_seconds: float


def read_settings(environment: Environment) -> OrchestratorSettings:
    """Reads them all. Raises SettingsError with every fault."""
    var = var_folder(environment)
    public = environment.path(PREFIX + "PUBLIC_KEYS", var / "public")
    mode = environment.choice(PREFIX + "APPROVAL", "effects", tuple(mode.value for mode in ApprovalMode))
    settings = OrchestratorSettings(
        server=server_settings(environment, NAME, 50051),
        targets=_targets(environment),
        database=environment.path(PREFIX + "MEMORY_DATABASE", var / "orchestrator.db"),
        key_file=var / "keys" / f"{NAME}.pem",
        public_keys=public / f"{NAME}.jwks.json",
        model=_model(environment),
        approval_mode=ApprovalMode(mode),
        approval_lifetime=timedelta(seconds=environment.number(PREFIX + "APPROVAL_SECONDS", 900, 1, 86_400)),
        discovery_seconds=environment.number(PREFIX + "DISCOVERY_SECONDS", 2, 0.05, 300),
        call_seconds=environment.number(PREFIX + "STEP_SECONDS", 10, 0.1, 300),
        turn_seconds=environment.number(PREFIX + "TURN_SECONDS", 120, 1, 3_600),
    )
    environment.check()
    return settings


def _targets(environment: Environment) -> tuple[Target, ...]:
    """`name=host:port[;pattern|pattern]`, comma between. Off loopback nothing may be claimed unless it is granted."""
    name = PREFIX + "SERVERS"
    targets: dict[str, Target] = {}
    for text in filter(None, (part.strip() for part in environment.text(name, SHOP).split(","))):
        match = TARGET.fullmatch(text)
        if match is None:
            environment.fault(name, f"{text!r} is not name=host:port or name=host:port;intent|intent")
        elif match["name"] in targets:
            environment.fault(name, f"{match['name']!r} stands there twice")
        else:
            targets[match["name"]] = _target(match["name"], match["address"], match["claims"])
    return tuple(targets.values())


def _target(name: str, address: str, claims: str | None) -> Target:
    default = ("*",) if address.startswith(LOOPBACK) else ()
    return Target(name=name, address=address, may_claim=tuple(claims.split("|")) if claims else default)


def _model(environment: Environment) -> ModelSettings | None:
    """On when a key or an endpoint is given, unless the embedded planner is asked for by name."""
    planner = environment.choice(PREFIX + "PLANNER", "auto", ("auto", "embedded", "model"))
    key, base_url = environment.text("OPENAI_API_KEY"), environment.text("OPENAI_BASE_URL")
    if planner == "embedded" or (planner == "auto" and not key and not base_url):
        return None
    if not key and not base_url:
        environment.fault(
            "OPENAI_API_KEY", f"is needed for {PREFIX}PLANNER=model (or OPENAI_BASE_URL for an own endpoint)"
        )
    return ModelSettings(
        api_key=key or "none", base_url=base_url, model=environment.text("OPENAI_MODEL", DEFAULT_MODEL)
    )
