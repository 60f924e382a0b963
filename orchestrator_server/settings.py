"""The orchestrator's settings, from the environment and `.env`."""

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from orchestrator_server.channels import Target
from orchestrator_server.concealing import Hiding
from orchestrator_server.policy import ApprovalMode
from orchestrator_server.retention import Keep, keep_settings
from orchestrator_server.store_opening import StoreSettings, store_settings
from service_kit.settings import (
    PREFIX,
    Environment,
    ServerSettings,
    TlsSettings,
    server_settings,
    tls_settings,
    var_folder,
)
from service_kit.transport import is_loopback, plaintext_problem

NAME = "orchestrator"
PORT = 50051
SHOP = "legacy=127.0.0.1:50052,user=127.0.0.1:50053,order=127.0.0.1:50054,shipping=127.0.0.1:50055"
TARGET = re.compile(r"(?P<name>[a-z][a-z0-9_]{0,31})=(?P<address>[^=;\s]+:\d+)(?:;(?P<claims>[^;,\s]+))?")
PLAINTEXT = "plaintext://"
DEFAULT_MODEL = "gpt-4o-mini"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSettings:
    """Where the language model is. `base_url` empty means OpenAI's own."""

    api_key: str
    base_url: str
    model: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What is too much. `fan_out` bounds the calls of one `for_each`; a stream ends after `idle_seconds` of silence."""

    message_characters: int = 4_000
    plan_steps: int = 12
    fan_out: int = 50
    streams_per_user: int = 16
    idle_seconds: float = 1_800


@dataclass(frozen=True, slots=True, kw_only=True)
class OrchestratorSettings:
    """Everything that can be set. `model` is None with the embedded planner. Times are in seconds."""

    server: ServerSettings
    targets: tuple[Target, ...]
    store: StoreSettings
    keep: Keep
    key_file: Path
    public_keys: Path
    model: ModelSettings | None
    approval_mode: ApprovalMode
    approval_lifetime: timedelta
    discovery_seconds: float
    call_seconds: float
    turn_seconds: float
    doubt_seconds: float = 15
    lease_seconds: float = 10
    limits: Limits = Limits()
    audit_seconds: float = 30
    hiding: Hiding = Hiding.TEXT


def read_settings(environment: Environment) -> OrchestratorSettings:
    """Reads them all. Raises SettingsError with every fault."""
    var = var_folder(environment)
    public = environment.path(PREFIX + "PUBLIC_KEYS", var / "public")
    mode = environment.choice(PREFIX + "APPROVAL", "effects", tuple(mode.value for mode in ApprovalMode))
    settings = OrchestratorSettings(
        server=server_settings(environment, NAME, PORT),
        targets=_targets(environment),
        store=store_settings(environment),
        keep=keep_settings(environment),
        key_file=var / "keys" / f"{NAME}.pem",
        public_keys=public / f"{NAME}.jwks.json",
        model=read_model_settings(environment),
        approval_mode=ApprovalMode(mode),
        approval_lifetime=timedelta(seconds=environment.number(PREFIX + "APPROVAL_SECONDS", 900, 1, 86_400)),
        discovery_seconds=environment.number(PREFIX + "DISCOVERY_SECONDS", 2, 0.05, 300),
        call_seconds=environment.number(PREFIX + "STEP_SECONDS", 10, 0.1, 300),
        turn_seconds=environment.number(PREFIX + "TURN_SECONDS", 120, 1, 3_600),
        doubt_seconds=environment.number(PREFIX + "DOUBT_SECONDS", 15, 0, 600),
        lease_seconds=environment.number(PREFIX + "LEASE_SECONDS", 10, 0.5, 600),
        limits=_limits(environment),
        audit_seconds=environment.number(PREFIX + "AUDIT_SECONDS", 30, 1, 3_600),
        hiding=Hiding(environment.choice(PREFIX + "HIDE_FROM_MODEL", "text", tuple(it.value for it in Hiding))),
    )
    environment.check()
    return settings


def _limits(environment: Environment) -> Limits:
    return Limits(
        message_characters=environment.integer(PREFIX + "MAX_MESSAGE_CHARACTERS", 4_000, 1, 100_000),
        plan_steps=environment.integer(PREFIX + "MAX_PLAN_STEPS", 12, 1, 100),
        fan_out=environment.integer(PREFIX + "MAX_FAN_OUT", 50, 1, 1_000),
        streams_per_user=environment.integer(PREFIX + "MAX_STREAMS_PER_USER", 16, 1, 10_000),
        idle_seconds=environment.number(PREFIX + "IDLE_SECONDS", 1_800, 1, 86_400),
    )


def _targets(environment: Environment) -> tuple[Target, ...]:
    """`name=host:port[;pattern|pattern]`, comma between. Off loopback nothing may be claimed unless it is granted.

    `plaintext://` before the host keeps one server out of TLS where the others are in.
    """
    name, tls = PREFIX + "SERVERS", tls_settings(environment)
    targets: dict[str, Target] = {}
    for text in filter(None, (part.strip() for part in environment.text(name, SHOP).split(","))):
        match = TARGET.fullmatch(text)
        if match is None:
            environment.fault(name, f"{text!r} is not name=host:port or name=host:port;intent|intent")
        elif match["name"] in targets:
            environment.fault(name, f"{match['name']!r} stands there twice")
        else:
            target = targets[match["name"]] = _target(match["name"], match["address"], match["claims"], tls)
            if problem := plaintext_problem(target.address, target.tls):
                environment.fault(name, problem)
    return tuple(targets.values())


def _target(name: str, address: str, claims: str | None, tls: TlsSettings) -> Target:
    if address.startswith(PLAINTEXT):
        address, tls = address.removeprefix(PLAINTEXT), replace(tls, authorities=None)
    default = ("*",) if is_loopback(address) else ()
    return Target(name=name, address=address, may_claim=tuple(claims.split("|")) if claims else default, tls=tls)


def read_model_settings(environment: Environment) -> ModelSettings | None:
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
