"""A freshly seeded shop for tests of rules and SQL, without servers."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlite_utils

from legacy_server.admin import main as admin
from service_kit.database import connect


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def shop_path(tmp_path: Path) -> Path:
    path = tmp_path / "shop.db"
    admin(["--database", str(path), "init"], standalone_mode=False)
    return path


@pytest.fixture
def shop(shop_path: Path) -> Iterator[sqlite_utils.Database]:
    with closing(connect(shop_path)) as db:
        yield db
