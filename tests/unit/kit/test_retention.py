import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from service_kit import audit, idempotency
from service_kit.audit import AuditEntry, AuditKind, AuditLog
from service_kit.database import open_database
from service_kit.retention import BATCH, Kept, kept_settings, remove, removing
from service_kit.settings import Environment, SettingsError

NOW = datetime.now(UTC)
KEPT = Kept(keys=timedelta(days=3), audit=timedelta(days=30))


def prepare(db):
    idempotency.create_table(db)
    audit.create_table(db)


@pytest.fixture
async def database(tmp_path):
    async with open_database(tmp_path / "x.db", prepare) as opened:
        yield opened


async def add_key(database, key: str, days: float, count: int = 1) -> None:
    moment = (NOW - timedelta(days=days)).isoformat()
    rows = [["a@example.com", "m", f"{key}{number}", b"f", b"r", moment] for number in range(count)]
    await database.write(lambda db: db.conn.executemany(idempotency.INSERT, rows))


async def keys(database) -> list[str]:
    rows = await database.read(lambda db: db.execute("SELECT key FROM _idempotency_keys ORDER BY key").fetchall())
    return [row[0] for row in rows]


async def test_keys_go_after_their_time(database):
    await add_key(database, "new", days=2.9)
    await add_key(database, "old", days=3.1)
    await add_key(database, "many", days=30, count=2 * BATCH + 1)
    assert await remove(database, KEPT, NOW) == 2 * BATCH + 2
    assert await keys(database) == ["new0"]


async def test_the_record_goes_after_its_time_and_never_before_the_file_lets_it(database):
    log = AuditLog(database, "order")
    for days in (29, 31, 400):
        moment = NOW - timedelta(days=days)
        await log.append(AuditEntry(kind=AuditKind.EFFECT, action=str(days), result="DONE", created_at=moment))
    await remove(database, KEPT, NOW)
    assert [entry.action for _, entry in await log.listed(0, 10)] == ["29"]


async def test_it_goes_on_in_the_background(database):
    async with removing(database, KEPT, every_seconds=0.01), asyncio.timeout(20):
        for _ in range(2):
            await add_key(database, "old", days=4)
            while await keys(database):
                pass


def test_settings_have_defaults_and_bounds():
    assert kept_settings(Environment({})) == Kept()
    environment = Environment({"LLM_ORCHESTRATOR_KEEP_KEYS_DAYS": "0", "LLM_ORCHESTRATOR_KEEP_AUDIT_DAYS": "29"})
    kept_settings(environment)
    with pytest.raises(SettingsError, match="KEEP_KEYS_DAYS") as caught:
        environment.check()
    assert "KEEP_AUDIT_DAYS" in str(caught.value)
