"""Puts sign-in together: its settings, its database, its key and its outbox become one service to serve."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from llm_orchestrator.user.v1 import sign_in_pb2, sign_in_pb2_grpc

from service_kit.database import Database, open_database
from service_kit.errors import StartError
from service_kit.keys import load_or_create_key, publish
from service_kit.migrations import migrate
from service_kit.server import Service
from service_kit.settings import PREFIX, Environment, var_folder
from service_kit.tokens import Signer
from user_server import store
from user_server.outbox import Outbox, insist_on_loopback
from user_server.sign_in_schema import MIGRATIONS
from user_server.sign_in_servicer import AccessTokens, RolesOf, SignInServicer
from user_server.sign_in_store import Clock, SignInStore, utc_now

ISSUER = "user"
NAME = sign_in_pb2.DESCRIPTOR.services_by_name["SignInService"].full_name
TOKEN_SECONDS = 15 * 60
LONGEST_TOKEN_SECONDS = 24 * 60 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInSettings:
    """Where sign-in keeps its things, and how long an access token lives."""

    database: Path
    private_key: Path
    public_keys: Path
    outbox: Path
    token_lifetime: timedelta = timedelta(seconds=TOKEN_SECONDS)


def sign_in_settings(environment: Environment) -> SignInSettings:
    """Reads `LLM_ORCHESTRATOR_USER_DATABASE`, `_PUBLIC_KEYS`, `_OUTBOX` (folders) and `_TOKEN_SECONDS`."""
    var = var_folder(environment)
    seconds = environment.integer(PREFIX + "TOKEN_SECONDS", TOKEN_SECONDS, 1, LONGEST_TOKEN_SECONDS)
    return SignInSettings(
        database=environment.path(PREFIX + "USER_DATABASE", var / "user.db"),
        private_key=var / "keys" / f"{ISSUER}.pem",
        public_keys=environment.path(PREFIX + "PUBLIC_KEYS", var / "public") / f"{ISSUER}.jwks.json",
        outbox=environment.path(PREFIX + "OUTBOX", var / "outbox"),
        token_lifetime=timedelta(seconds=seconds),
    )


@asynccontextmanager
async def sign_in_service(
    settings: SignInSettings, address: str, roles_of: RolesOf, clock: Clock = utc_now
) -> AsyncIterator[Service]:
    """The service, for a server at `address`, for as long as the block runs. Makes and publishes the key at first.

    Raises StartError where `address` is not on loopback, or a file cannot be had.
    """
    insist_on_loopback(address)
    signer = Signer(issuer=ISSUER, key=_signing_key(settings))
    tokens = AccessTokens(signer=signer, lifetime=settings.token_lifetime, clock=clock)
    async with _database(settings.database) as database:
        servicer = SignInServicer(SignInStore(database, clock), roles_of, Outbox(settings.outbox), tokens)
        yield Service(
            name=NAME, add=sign_in_pb2_grpc.add_SignInServiceServicer_to_server, servicer=servicer, is_open=True
        )


def roles_in_shop(shop: Database) -> RolesOf:
    """Looks customers and their roles up in the shop's database, reading only. Every customer is a `customer`."""

    async def roles_of(email: str) -> frozenset[str] | None:
        roles = await shop.read(lambda db: store.roles_of(db, email))
        return None if roles is None else roles | {"customer"}

    return roles_of


@asynccontextmanager
async def _database(path: Path) -> AsyncIterator[Database]:
    async with AsyncExitStack() as stack:
        try:
            database = await stack.enter_async_context(open_database(path, lambda db: migrate(db, MIGRATIONS)))
        except (sqlite3.DatabaseError, OSError) as error:
            raise StartError(f"The database of sign-in, {path}, cannot be opened: {error}.") from error
        yield database


def _signing_key(settings: SignInSettings) -> Ed25519PrivateKey:
    try:
        key = load_or_create_key(settings.private_key)
        publish(settings.public_keys, key)
    except OSError as error:
        raise StartError(f"The signing key cannot be kept in {settings.private_key.parent}: {error}.") from error
    return key
