"""legacy_server/admin.py: the command, as people type it."""

import json
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from legacy_server.admin import main
from service_kit.database import connect

SMALL = {
    "users": [{"email": "kim@example.com", "name": "Kim", "address": "3 Canal Street"}],
    "products": [{"sku": "LAMP-01", "name": "desk lamp", "price": 5, "stock": 1}],
    "orders": [{"id": "A-7000", "customer": "kim@example.com", "status": "PENDING", "items": [{"sku": "LAMP-01"}]}],
}
Admin = Callable[..., Result]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "shop.db"


@pytest.fixture
def admin(path: Path) -> Admin:
    return lambda *words: CliRunner().invoke(main, ["--database", str(path), *map(str, words)])


@pytest.fixture
def small(tmp_path: Path) -> Path:
    file = tmp_path / "small.json"
    file.write_text(json.dumps(SMALL))
    return file


def rows(path: Path, sql: str) -> list[dict]:
    with closing(connect(path)) as db:
        return list(db.query(sql))


def test_init_creates_seeds_and_then_changes_nothing(admin, path):
    first = admin("init")
    assert first.exit_code == 0
    assert first.output == f"{path} is seeded: 26 customers, 20 products, 83 orders.\n"
    with closing(connect(path)) as db:
        db.execute("UPDATE customers SET points = 7")
    assert admin("init").output == f"{path} is ready: 26 customers, 20 products, 83 orders.\n"
    assert rows(path, "SELECT DISTINCT points FROM customers") == [{"points": 7}]


def test_two_at_once_seed_once(path):
    command = [sys.executable, "-m", "legacy_server.admin", "--database", str(path), "init"]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = sorted(process.communicate(timeout=20)[0] for process in processes)
    assert said == [f"{path} is {what}: 26 customers, 20 products, 83 orders.\n" for what in ("ready", "seeded")]


def test_the_database_is_for_its_owner_only(admin, path):
    admin("init")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_settings_name_the_database(path, monkeypatch):
    monkeypatch.setenv("LLM_ORCHESTRATOR_SHOP_DATABASE", str(path))
    assert CliRunner().invoke(main, ["init"]).exit_code == 0
    assert path.is_file()


def test_a_file_is_loaded_into_an_empty_shop(admin, path, small):
    assert admin("seed", small).output == f"{path} is seeded: 1 customers, 1 products, 1 orders.\n"


def test_a_shop_is_replaced_only_when_told_to(admin, path, small):
    admin("init")
    refused = admin("seed", small)
    assert refused.exit_code == 1
    assert "say --replace" in refused.output
    assert admin("seed", small, "--replace").exit_code == 0
    assert rows(path, "SELECT id FROM orders") == [{"id": "A-7000"}]


def test_numbers_never_go_back(admin, path, small):
    admin("seed", small)
    admin("seed", "--replace")
    assert rows(path, "SELECT last FROM order_numbers") == [{"last": 7000}]


def test_nothing_of_a_faulty_file_is_loaded(admin, path, tmp_path):
    admin("init")
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps(SMALL | {"orders": [SMALL["orders"][0] | {"items": [{"sku": "GONE"}]}]}))
    refused = admin("seed", bad, "--replace")
    assert refused.exit_code == 1
    assert "orders[0].items[0].sku: unknown product 'GONE'" in refused.output
    assert len(rows(path, "SELECT id FROM orders")) == 83


def test_files_that_are_none_are_told(admin, tmp_path):
    latin = tmp_path / "latin.json"
    latin.write_bytes('"Kovač"'.encode("iso8859-2"))
    assert "cannot be read as UTF-8 text" in admin("seed", latin).output
    assert "does not exist" in admin("seed", tmp_path / "none.json").output


def test_status_says_what_is_there_and_what_to_do(admin, path):
    missing = admin("status")
    assert missing.exit_code == 1
    assert missing.output == f"Error: {path} does not exist; run: python -m legacy_server.admin init\n"
    path.parent.mkdir()
    path.touch()
    assert "lacks m001_customers" in admin("status").output
    admin("init")
    assert admin("status").output == f"{path} is ready: 26 customers, 20 products, 83 orders.\n"


@pytest.mark.parametrize("words", [["init"], ["seed"], ["status"]])
def test_a_file_that_is_no_database_is_told_without_a_traceback(admin, path, words):
    path.parent.mkdir()
    path.write_text("not a database, but long enough to look at" * 100)
    refused = admin(*words)
    assert refused.exit_code == 1
    assert "file is not a database" in refused.output
