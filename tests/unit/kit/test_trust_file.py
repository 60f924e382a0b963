from pathlib import Path

import pytest

from service_kit.errors import StartError
from service_kit.trust import Trust
from service_kit.trust_file import ALGORITHMS, Issuer, read_trust_file
from tests.tokens import write_trust

ROOT = Path(__file__).parents[3]


def faults(path) -> str:
    with pytest.raises(StartError) as caught:
        Trust(path).check()
    return str(caught.value)


def test_an_entry_needs_no_more_than_its_keys(tmp_path):
    issuers = read_trust_file(write_trust(tmp_path / "trust.json", user={"jwks": "public/user.jwks.json"}))
    assert issuers == {"user": Issuer(name="user", jwks=str(tmp_path / "public" / "user.jwks.json"))}
    assert (issuers["user"].algorithm, issuers["user"].may_delegate) == ("EdDSA", frozenset())


def test_all_faults_are_told_at_once_with_what_to_write(tmp_path):
    said = faults(
        write_trust(
            tmp_path / "trust.json",
            a={"jwks": "a.json", "algorithm": "HS256"},
            b={"revoked": "b.json"},
            c={"jwks": 7, "roles": "customer", "colour": "red"},
            d={"jwks": "http://keys.example.com/d", "may_delegate": ["server", "world"]},
            e="e.json",
            f={"jwks": "f.json", "email_claim": "email", "roles": ["admin"], "may_delegate": ["support"]},
        )
    )
    for fault in (
        "a: algorithm 'HS256' does not count; write one of EdDSA",
        "b: jwks is missing; write",
        'c: jwks is no text; write "..."',
        'c: roles is no list of names; write ["..."]',
        "c: colour means nothing here; write some of jwks",
        "d: http://keys.example.com/d can be changed on its way; write https",
        "d: may_delegate knows no world; write some of server, support",
        "e: it is no object; write",
        "f: may_delegate is for our own issuers",
        "f: roles gives admin; write it into accepted_roles too",
    ):
        assert fault in said


@pytest.mark.parametrize("algorithm", ["none", "None", "HS256", "HS384", "HS512", "", "ES256K", ["EdDSA"]])
def test_no_shared_secret_no_unsigned_token_and_one_algorithm(tmp_path, algorithm):
    assert "algorithm" in faults(write_trust(tmp_path / "trust.json", user={"jwks": "x", "algorithm": algorithm}))
    assert algorithm not in ALGORITHMS


@pytest.mark.parametrize("text", ["", "{", "[]", "7", '"user"'])
def test_what_is_no_trust_file_is_told(tmp_path, text):
    (tmp_path / "trust.json").write_text(text)
    assert "trust.json" in faults(tmp_path / "trust.json")


def test_a_file_that_is_missing_is_told(tmp_path):
    assert "trust.json" in faults(tmp_path / "trust.json")


@pytest.mark.parametrize("url", ["https://keys.example.com/x", "http://127.0.0.1:8080/x", "http://localhost/x"])
def test_urls_stay_as_they_are(tmp_path, url):
    issuers = read_trust_file(write_trust(tmp_path / "trust.json", user={"jwks": url, "revoked": url}))
    assert (issuers["user"].jwks, issuers["user"].revoked) == (url, url)


def test_the_files_that_come_with_the_project_are_right():
    issuers = read_trust_file(ROOT / "deploy" / "trust.json")
    assert {name: set(issuer.may_delegate) for name, issuer in issuers.items()} == {
        "user": {"support"},
        "orchestrator": {"server", "support"},
    }
