"""Puts sign-in together: its settings, its database, its key and its courier become one service to serve."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from llm_orchestrator.user.v1 import sign_in_pb2, sign_in_pb2_grpc

from service_kit.database import Database, open_database
from service_kit.errors import StartError
from service_kit.keyring import Keyring
from service_kit.migrations import migrate
from service_kit.server import Service
from service_kit.settings import PREFIX, Environment, var_folder
from service_kit.tokens import Signer
from user_server import store
from user_server.courier import Courier
from user_server.ended_sessions import EndedSessions
from user_server.journal import Audit, Journal
from user_server.network_rate import NetworkRate
from user_server.outbox import Outbox, insist_on_loopback
from user_server.post import open_post
from user_server.sessions import LONGEST_TOKEN
from user_server.sign_in_schema import MIGRATIONS
from user_server.sign_in_servicer import AccessTokens, RolesOf, SignInServicer
from user_server.sign_in_store import Clock, SignInStore, utc_now
from user_server.smtp_settings import SmtpSettings, smtp_settings

ISSUER = "user"
NAME = sign_in_pb2.DESCRIPTOR.services_by_name["SignInService"].full_name
TOKEN_SECONDS = 15 * 60
CODES_PER_ADDRESS = 100
PUBLISH_EVERY = timedelta(seconds=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInSettings:
    """Where sign-in keeps its things, how codes travel (without `smtp` to the outbox), and how long tokens live.

    `codes_per_address` bounds the requests of one network address in ten minutes, 0 does not. `publish_every` is how
    often the list of ended sessions is written, changed or not.
    """

    database: Path
    private_key: Path
    public_keys: Path
    ended_sessions: Path
    outbox: Path
    smtp: SmtpSettings | None = None
    token_lifetime: timedelta = timedelta(seconds=TOKEN_SECONDS)
    codes_per_address: int = CODES_PER_ADDRESS
    publish_every: timedelta = PUBLISH_EVERY


def sign_in_settings(environment: Environment) -> SignInSettings:
    """Reads the settings of sign-in; all begin with `LLM_ORCHESTRATOR_`.

    They are `USER_DATABASE`, `PUBLIC_KEYS` and `OUTBOX` (folders), `TOKEN_SECONDS`, `CODES_PER_ADDRESS`, and those of
    `smtp_settings`.
    """
    var = var_folder(environment)
    public = environment.path(PREFIX + "PUBLIC_KEYS", var / "public")
    longest = int(LONGEST_TOKEN.total_seconds())
    return SignInSettings(
        database=environment.path(PREFIX + "USER_DATABASE", var / "user.db"),
        private_key=var / "keys" / f"{ISSUER}.pem",
        public_keys=public / f"{ISSUER}.jwks.json",
        ended_sessions=public / f"{ISSUER}.revoked.json",
        outbox=environment.path(PREFIX + "OUTBOX", var / "outbox"),
        smtp=smtp_settings(environment),
        token_lifetime=timedelta(seconds=environment.integer(PREFIX + "TOKEN_SECONDS", TOKEN_SECONDS, 1, longest)),
        codes_per_address=environment.integer(PREFIX + "CODES_PER_ADDRESS", CODES_PER_ADDRESS, 0, 10_000),
    )


@asynccontextmanager
async def sign_in_service(
    settings: SignInSettings, address: str, roles_of: RolesOf, audit: Audit, clock: Clock = utc_now
) -> AsyncIterator[Service]:
    """The service, for a server at `address`, for as long as the block runs. Makes and publishes the key at first.

    Raises StartError where codes would lie in an outbox and `address` is not on loopback, or a file cannot be had.
    """
    if settings.smtp is None:
        insist_on_loopback(address)
    signer = Signer(issuer=ISSUER, key=_keyring(settings).current)
    async with open_store(settings.database, clock) as store, _courier(settings, clock) as courier:
        ended = EndedSessions(store, settings.ended_sessions)
        servicer = SignInServicer(
            store=store,
            roles_of=roles_of,
            courier=courier,
            tokens=AccessTokens(signer=signer, lifetime=settings.token_lifetime, clock=clock),
            ended=ended,
            journal=Journal(audit),
            rate=NetworkRate(settings.codes_per_address, clock),
        )
        async with ended.published(settings.publish_every):
            yield Service(
                name=NAME, add=sign_in_pb2_grpc.add_SignInServiceServicer_to_server, servicer=servicer, is_open=True
            )


@asynccontextmanager
async def open_store(path: Path, clock: Clock = utc_now) -> AsyncIterator[SignInStore]:
    """The store at `path`, made or migrated first. Raises StartError where it cannot be opened."""
    async with AsyncExitStack() as stack:
        try:
            database = await stack.enter_async_context(open_database(path, lambda db: migrate(db, MIGRATIONS)))
        except (sqlite3.DatabaseError, OSError) as error:
            raise StartError(f"The database of sign-in, {path}, cannot be opened: {error}.") from error
        yield SignInStore(database, clock)


def roles_in_shop(shop: Database) -> RolesOf:
    """Looks customers and their roles up in the shop's database, reading only. Every customer is a `customer`."""

    async def roles_of(email: str) -> frozenset[str] | None:
        roles = await shop.read(lambda db: store.roles_of(db, email))
        return None if roles is None else roles | {"customer"}

    return roles_of


@asynccontextmanager
async def _courier(settings: SignInSettings, clock: Clock) -> AsyncIterator[Courier]:
    if settings.smtp is None:
        yield Outbox(settings.outbox)
    else:
        async with open_post(settings.smtp, clock) as post:
            yield post


def _keyring(settings: SignInSettings) -> Keyring:
    try:
        return Keyring(settings.private_key, settings.public_keys)
    except OSError as error:
        raise StartError(f"The signing key cannot be kept in {settings.private_key.parent}: {error}.") from error
