"""The image holds what runs and nothing else: locked, by hash, not as root. No daemon is needed."""

import re

from tests.deploy.conftest import DEPLOY, PORTS, ROOT, instructions

PIN = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)


def words(word: str) -> list[str]:
    return [one.rest for one in instructions() if one.word == word]


def last_stage() -> list[str]:
    stages = [index for index, one in enumerate(instructions()) if one.word == "FROM"]
    return [f"{one.word} {one.rest}" for one in instructions()[stages[-1] :]]


def test_it_ends_as_somebody_who_is_not_root():
    (user,) = words("USER")
    assert user.partition(":")[0].isdecimal()
    assert int(user.partition(":")[0]) > 0
    after = last_stage()[[line.startswith("USER") for line in last_stage()].index(True) + 1 :]
    assert not [line for line in after if line.startswith(("USER", "RUN", "COPY"))]


def test_whatever_is_installed_is_locked_by_hash_or_our_own():
    installs = [part for run in words("RUN") for part in run.split("&&") if re.search(r"\bpip\b.* install", part)]
    assert len(installs) == 3
    locked = [part for part in installs if "--require-hashes" in part]
    assert [re.search(r"--requirement (\S+)", part)[1] for part in locked] == [
        "requirements.lock",
        "deploy/requirements.lock",
    ]
    (own,) = set(installs) - set(locked)
    assert "--no-deps" in own
    assert "--no-index" in own


def test_the_lock_of_the_image_agrees_with_the_others():
    image = dict(PIN.findall((DEPLOY / "requirements.lock").read_text()))
    run = dict(PIN.findall((ROOT / "requirements.lock").read_text()))
    develop = dict(PIN.findall((ROOT / "requirements-dev.lock").read_text()))
    assert image.items() <= develop.items()
    assert set(image) - set(run) == {"psycopg", "psycopg-binary", "psycopg-pool"}
    assert "hatchling" not in image
    assert set(run) - set(image) <= {"hatchling", "packaging", "pathspec", "pluggy", "tomlkit", "trove-classifiers"}


def test_every_locked_package_has_hashes():
    text = (DEPLOY / "requirements.lock").read_text()
    for block in re.split(r"\n(?=\S)", text.strip()):
        assert "--hash=sha256:" in block, block


def test_no_tools_to_build_with_are_left():
    assert "COPY --from=build /opt/venv /opt/venv" in last_stage()
    assert "--without-pip /opt/venv" in " ".join(words("RUN"))
    assert any("pip uninstall" in line and line.endswith("pip") for line in last_stage())
    assert not any(" install " in line and "pip" in line for line in last_stage())


def test_every_copied_file_is_there_and_let_in():
    ignored = (ROOT / ".dockerignore").read_text().split()
    for copy in words("COPY"):
        if copy.startswith("--from"):
            continue
        for path in copy.split()[:-1]:
            assert (ROOT / path).exists(), path
            assert f"!{path}" in ignored, path


def test_all_packages_of_the_project_are_in_it():
    copied = {path for copy in words("COPY") for path in copy.split()[:-1]}
    packages = re.search(r"packages = \[(.*?)\]", (ROOT / "pyproject.toml").read_text(), re.DOTALL)[1]
    assert {name.partition("/")[0] for name in re.findall(r'"(.+?)"', packages)} <= copied


def test_it_writes_no_bytecode_asks_for_its_health_and_names_the_ports():
    environment = " ".join(words("ENV"))
    assert "PYTHONDONTWRITEBYTECODE=1" in environment
    (check,) = words("HEALTHCHECK")
    assert '"service_kit.probe"' in check
    assert (ROOT / "service_kit" / "probe.py").exists()
    (ports,) = words("EXPOSE")
    assert [int(port) for port in ports.split()] == sorted(PORTS.values())
