"""Keeps the contracts that responses were stored under, by etag, so that any instance can read them later."""

import base64
import json
import time
import zlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import partial

from llm_orchestrator.capabilities.v1 import capabilities_pb2

from orchestrator_server.catalogue import Catalogue
from orchestrator_server.plan import Outcome
from orchestrator_server.snapshot import ServerDescription, build_catalogue
from orchestrator_server.store import Statement, Store, Work, value
from service_kit.times import to_text

KEPT_AGAIN_SECONDS = 24 * 60 * 60.0
"""How often it is noted that a contract is in use; what was not for weeks may be removed."""


class Contracts:
    """The contracts of a store. What was kept or recalled once is not asked for again."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: dict[str, float] = {}
        self._unknown: set[str] = set()

    async def keep(self, catalogue: Catalogue) -> None:
        """Stores what `catalogue` was built from."""
        if time.monotonic() - self._kept.get(catalogue.etag, float("-inf")) > KEPT_AGAIN_SECONDS:
            content = _dump(catalogue.descriptions)
            await self._store.write("contracts", partial(_insert, catalogue.etag, content))
            self._kept[catalogue.etag] = time.monotonic()

    async def recall(self, catalogue: Catalogue, outcomes: Iterable[Outcome]) -> None:
        """Lets `catalogue` read the responses of `outcomes`, as far as their contracts were kept."""
        etags = {outcome.response.catalogue_etag for outcome in outcomes if outcome.response is not None}
        for etag in etags - {catalogue.etag} - catalogue.earlier.keys() - self._unknown:
            content = await self._store.read(partial(_select, etag))
            if content is None:
                self._unknown.add(etag)
            else:
                catalogue.earlier[etag] = build_catalogue(_load(content))


def _insert(etag: str, content: bytes) -> Work[None]:
    sql = (
        "INSERT INTO catalogues (etag, content, seen_at) VALUES (?, ?, ?)"
        " ON CONFLICT (etag) DO UPDATE SET seen_at = excluded.seen_at"
    )
    yield Statement(sql, [etag, content, to_text(datetime.now(UTC))])


def _select(etag: str) -> Work[bytes | None]:
    found = value((yield Statement("SELECT content FROM catalogues WHERE etag = ?", [etag])))
    return None if found is None else bytes(found)


def _dump(descriptions: Sequence[ServerDescription]) -> bytes:
    said = [
        {
            "name": one.name,
            "target": one.target,
            "may_claim": one.may_claim,
            "capabilities": one.capabilities and _text(one.capabilities.SerializeToString(deterministic=True)),
            "files": {name: _text(content) for name, content in one.files.items()},
        }
        for one in descriptions
    ]
    return zlib.compress(json.dumps(said).encode())


def _load(content: bytes) -> list[ServerDescription]:
    return [
        ServerDescription(
            name=one["name"],
            target=one["target"],
            is_available=False,
            may_claim=tuple(one["may_claim"]),
            capabilities=one["capabilities"]
            and capabilities_pb2.GetCapabilitiesResponse.FromString(base64.b64decode(one["capabilities"])),
            files={name: base64.b64decode(text) for name, text in one["files"].items()},
        )
        for one in json.loads(zlib.decompress(content))
    ]


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()
