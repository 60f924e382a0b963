"""A signing key that is replaced while servers sign and verify."""

import json
import multiprocessing
from datetime import timedelta

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from service_kit.errors import StartError
from service_kit.keyring import Keyring, rotate
from service_kit.keys import key_id, load_key, pem
from service_kit.rotate_key import main
from service_kit.tokens import Signer
from service_kit.trust import Trust
from service_kit.verifier import Verifier
from tests.tokens import ANNA, Clock, reason

KEEP = timedelta(minutes=16)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def files(tmp_path):
    """Where the private key and the public ones are."""
    return tmp_path / "keys" / "user.pem", tmp_path / "public" / "user.jwks.json"


@pytest.fixture
def verifier(trust_file, clock) -> Verifier:
    return Verifier(Trust(trust_file, clock=clock.seconds, now=clock.now), "order")


def published(files) -> dict[str, int | None]:
    return {jwk["kid"]: jwk.get("exp") for jwk in json.loads(files[1].read_text())["keys"]}


def token(keyring: Keyring) -> str:
    signer = Signer(issuer="user", key=keyring.current)
    return signer.sign(subject=ANNA, audience="order", lifetime=timedelta(hours=1), roles=["customer"])


async def test_tokens_of_both_keys_count_while_the_old_one_is_kept(files, verifier, clock):
    keyring = Keyring(*files, clock.now)
    old = token(keyring)
    assert await verifier.verify(old)
    kid = rotate(*files, KEEP, clock.now)
    clock.advance(1)
    new = token(keyring)
    assert key_id(keyring.current()) == kid
    assert await verifier.verify(new)
    assert await verifier.verify(old)
    clock.advance(KEEP.total_seconds())
    assert await reason(verifier, old) == "TOKEN_ISSUER_UNKNOWN"
    assert await verifier.verify(new)


async def test_a_stolen_key_stops_within_a_minute(files, verifier, clock):
    keyring = Keyring(*files, clock.now)
    rotate(*files, KEEP, clock.now)
    old = token(keyring)
    assert await verifier.verify(old)
    kid = rotate(*files, timedelta(), clock.now)
    assert published(files) == {kid: None}
    clock.advance(50)
    assert await reason(verifier, old) == "TOKEN_ISSUER_UNKNOWN"
    assert await verifier.verify(token(keyring))
    assert published(files) == {kid: None}


def test_a_server_that_starts_again_publishes_the_old_key_on(files, clock):
    first = key_id(Keyring(*files, clock.now).current())
    second = rotate(*files, KEEP, clock.now)
    until = int((clock.now() + KEEP).timestamp())
    assert key_id(Keyring(*files, clock.now).current()) == second
    assert published(files) == {second: None, first: until}
    clock.advance(60)
    third = rotate(*files, KEEP, clock.now)
    assert published(files) == {third: None, second: until + 60, first: until}
    clock.advance(KEEP.total_seconds() - 30)
    Keyring(*files, clock.now)
    assert published(files) == {third: None, second: until + 60}


def test_a_key_that_a_crash_left_published_without_a_date_is_dropped(files, clock):
    keyring = Keyring(*files, clock.now)
    document = json.loads(files[1].read_text())
    files[1].write_text(json.dumps({"keys": [*document["keys"], {"kid": "left over", "kty": "OKP"}]}))
    Keyring(*files, clock.now)
    assert published(files) == {key_id(keyring.current()): None}


@pytest.mark.parametrize("garbage", ["{", "[]", '{"keys": 7}', '{"keys": [7]}', None])
def test_published_keys_that_cannot_be_read_are_written_anew(files, clock, garbage):
    keyring = Keyring(*files, clock.now)
    files[1].unlink() if garbage is None else files[1].write_text(garbage)
    kid = rotate(*files, KEEP, clock.now)
    assert set(published(files)) == {kid, key_id(load_key(files[0])), *published(files)}
    assert key_id(keyring.current()) == kid


async def test_a_key_that_is_replaced_by_other_means_is_published_too(files, verifier, clock):
    keyring = Keyring(*files, clock.now)
    await verifier.verify(token(keyring))
    key = Ed25519PrivateKey.generate()
    files[0].write_bytes(pem(key))
    clock.advance(1)
    assert await verifier.verify(token(keyring))
    assert published(files) == {key_id(key): None}


def test_a_file_that_breaks_leaves_the_key_that_was(files, clock, caplog):
    keyring = Keyring(*files, clock.now)
    kid = key_id(keyring.current())
    files[0].write_text("half a key")
    assert key_id(keyring.current()) == kid
    files[0].unlink()
    assert key_id(keyring.current()) == kid
    assert caplog.messages == ["signing key not read"] * 2
    files[0].write_text("half a key")
    with pytest.raises(StartError, match=r"user\.pem"):
        Keyring(*files, clock.now)


def test_the_private_key_stays_private_and_nothing_is_left_behind(files):
    rotate(*files, KEEP)
    assert files[0].stat().st_mode & 0o777 == 0o600
    assert files[1].stat().st_mode & 0o444 == 0o444
    assert "PRIVATE" not in files[1].read_text()
    assert sorted(path.name for path in files[0].parent.iterdir()) == ["user.lock", "user.pem"]


def _rotate_and_tell(files, barrier, answers):
    barrier.wait()
    answers.put(rotate(*files, KEEP))


def test_processes_that_replace_it_at_once_take_turns(files):
    first = key_id(Keyring(*files).current())
    spawn = multiprocessing.get_context("spawn")
    barrier, answers = spawn.Barrier(3), spawn.Queue()
    processes = [spawn.Process(target=_rotate_and_tell, args=(files, barrier, answers)) for _ in range(3)]
    for process in processes:
        process.start()
    kids = {answers.get(timeout=30) for _ in processes}
    for process in processes:
        process.join()
    answers.close()
    answers.join_thread()
    assert len(kids) == 3
    assert set(published(files)) == {first, *kids}
    assert [kid for kid, until in published(files).items() if until is None] == [key_id(load_key(files[0]))]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["user"], "count for 0:16:00"),
        (["orchestrator"], "count for 0:02:00"),
        (["user", "--now"], "stop within a minute"),
    ],
)
def test_a_command_replaces_the_key_of_an_issuer(tmp_path, clock, arguments, said):
    files = tmp_path / "keys" / f"{arguments[0]}.pem", tmp_path / "public" / f"{arguments[0]}.jwks.json"
    first = key_id(Keyring(*files).current())
    result = CliRunner(env={"LLM_ORCHESTRATOR_VAR": str(tmp_path)}).invoke(main, arguments)
    assert result.exit_code == 0, result.output
    assert said in result.output
    assert key_id(load_key(files[0])) in result.output
    assert (first in published(files)) is ("--now" not in arguments)


def test_the_command_says_what_is_wrong(tmp_path):
    wrong = {"LLM_ORCHESTRATOR_VAR": str(tmp_path), "LLM_ORCHESTRATOR_TOKEN_SECONDS": "soon"}
    result = CliRunner(env=wrong).invoke(main, ["user"])
    assert (result.exit_code, "TOKEN_SECONDS" in result.output) == (1, True)
    assert not (tmp_path / "keys").exists()
