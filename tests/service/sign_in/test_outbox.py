"""The development outbox: readable for people, closed to others, on this machine only."""

import re
from datetime import UTC, datetime

import pytest

from service_kit.errors import StartError
from user_server.codes import Code
from user_server.outbox import Outbox, insist_on_loopback
from user_server.sign_in import sign_in_service


def code(digits: str) -> Code:
    return Code(digits=digits, expires_at=datetime(2026, 11, 22, 16, 40, tzinfo=UTC))


def test_the_last_line_is_the_code_and_the_rest_is_for_people(tmp_path):
    outbox = Outbox(tmp_path / "outbox")
    outbox.put("anna@example.com", code("004217"))
    text = (tmp_path / "outbox" / "anna@example.com.txt").read_text()
    assert text.splitlines()[-1] == "004217"
    assert "anna@example.com" in text
    assert "2026-11-22 16:40:00 UTC" in text
    assert re.findall(r"\b[0-9]{6}\b", text) == ["004217"]


def test_only_the_owner_reads_it(tmp_path):
    folder = tmp_path / "outbox"
    folder.mkdir(mode=0o755)
    Outbox(folder).put("anna@example.com", code("123456"))
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [path.stat().st_mode & 0o777 for path in folder.iterdir()] == [0o600]


def test_a_new_code_replaces_the_one_before(tmp_path):
    outbox = Outbox(tmp_path)
    outbox.put("anna@example.com", code("111111"))
    outbox.put("anna@example.com", code("222222"))
    assert [path.read_text().splitlines()[-1] for path in tmp_path.iterdir()] == ["222222"]


@pytest.mark.parametrize("email", ["../../escape@example.com", "/etc/passwd@x", "..@..", "a/../b@c", "é" * 200 + "@x"])
def test_no_email_leads_out_of_the_folder(tmp_path, email):
    folder = tmp_path / "outbox"
    outbox = Outbox(folder)
    outbox.put(email, code("123456"))
    assert [path.resolve() for path in folder.iterdir()] == [outbox.path(email).resolve()]
    assert [path.name for path in tmp_path.iterdir()] == ["outbox"]


@pytest.mark.parametrize("address", ["127.0.0.1:50053", "127.8.8.8:0", "[::1]:50053", "localhost:50053"])
def test_loopback_is_fine(address):
    insist_on_loopback(address)


@pytest.mark.parametrize("address", ["0.0.0.0:50053", "[::]:50053", "192.168.1.5:50053", "shop.example.com:50053"])
async def test_a_server_that_others_reach_does_not_start(address, sign_in_files, customers, audit):
    with pytest.raises(StartError, match="development outbox"):
        async with sign_in_service(sign_in_files, address, customers, audit):
            pass
    assert not sign_in_files.private_key.exists()
