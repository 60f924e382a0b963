import json
import multiprocessing
import os
from concurrent.futures import ThreadPoolExecutor

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key

from service_kit.errors import StartError
from service_kit.keys import key_id, load_or_create_key, publish


def _make_and_tell(path, barrier, answers):
    barrier.wait()
    answers.put(key_id(load_or_create_key(path)))


def test_a_key_is_made_once_and_readable_by_its_owner_only(tmp_path):
    path = tmp_path / "keys" / "user.pem"
    first = load_or_create_key(path)
    assert key_id(load_or_create_key(path)) == key_id(first)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [p.name for p in path.parent.iterdir()] == ["user.pem"]


def test_processes_that_start_at_once_get_the_same_key(tmp_path):
    fork = multiprocessing.get_context("spawn")
    barrier, answers = fork.Barrier(2), fork.Queue()
    processes = [fork.Process(target=_make_and_tell, args=(tmp_path / "user.pem", barrier, answers)) for _ in range(2)]
    for process in processes:
        process.start()
    ids = {answers.get(timeout=20) for _ in processes}
    for process in processes:
        process.join()
    answers.close()
    answers.join_thread()
    assert len(ids) == 1


def test_threads_that_start_at_once_get_the_same_key(tmp_path):
    with ThreadPoolExecutor(8) as threads:
        ids = set(threads.map(lambda _: key_id(load_or_create_key(tmp_path / "user.pem")), range(8)))
    assert len(ids) == 1


def test_what_a_crash_left_behind_does_not_stop_the_next_start(tmp_path):
    """In a container the process id is the same after every restart."""
    (tmp_path / f"user.{os.getpid()}.tmp").write_text("half a key")
    assert load_or_create_key(tmp_path / "user.pem")


def test_a_file_that_is_no_key_is_told_in_a_sentence(tmp_path):
    path = tmp_path / "user.pem"
    path.write_text("not a key")
    with pytest.raises(StartError, match=r"user\.pem"):
        load_or_create_key(path)
    other = generate_private_key(SECP256R1())
    path.write_bytes(
        other.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    with pytest.raises(StartError, match="Ed25519"):
        load_or_create_key(path)


def test_what_is_published_verifies_and_gives_nothing_away(tmp_path):
    key = load_or_create_key(tmp_path / "user.pem")
    path = tmp_path / "public" / "user.jwks.json"
    publish(path, key)
    published = json.loads(path.read_text())
    assert [set(jwk) for jwk in published["keys"]] == [{"kty", "crv", "x", "kid", "use", "alg"}]
    jwk = jwt.PyJWKSet.from_dict(published).keys[0]
    assert jwk.key_id == key_id(key)
    jwk.key.verify(key.sign(b"anything"), b"anything")
    assert [p.name for p in path.parent.iterdir()] == ["user.jwks.json"]


def test_several_keys_can_be_published_for_a_change_of_keys(tmp_path):
    old, new = (load_or_create_key(tmp_path / name) for name in ("old.pem", "new.pem"))
    publish(tmp_path / "user.jwks.json", old, new)
    kids = [jwk["kid"] for jwk in json.loads((tmp_path / "user.jwks.json").read_text())["keys"]]
    assert kids == [key_id(old), key_id(new)]
