"""What the README shows is what happens."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text()
DAY = (
    r"(?:today|yesterday|tomorrow|\d{1,2}\s+(?:January|February|March|April|May|June|July|August|September|October|"
    r"November|December)(?:\s+20\d\d)?)"
)


def blocks(language: str, containing: str) -> list[str]:
    found = re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)
    return [block for block in found if containing in block]


def timeless(text: str) -> str:
    """The text without what differs from day to day and run to run: dates, hours, line breaks, temporary paths."""
    text = re.sub(r"\s+", " ", text)
    text = re.sub(DAY, "<day>", text)
    return re.sub(r"\d\d:\d\d", "<hour>", text).strip()


def test_the_conversation_prints_as_shown(cluster):
    shown = "".join(blocks("text", "\u203a "))
    ran = cluster.run(sys.executable, "deploy/demo.py")
    assert ran.returncode == 0, ran.stderr
    printed = ran.stdout.partition("embedded\n")[2]
    assert timeless(printed) == timeless(shown)


def test_the_grpcurl_commands_do_what_is_shown(cluster):
    (script,) = blocks("sh", "grpcurl")
    for server, port in (("user", 50053), ("order", 50054), ("orchestrator", 50051)):
        script = script.replace(f"127.0.0.1:{port}", cluster.address(server))
    script = script.replace("var/outbox", cluster.environment["LLM_ORCHESTRATOR_VAR"] + "/outbox")
    ran = cluster.run("bash", "-euo", "pipefail", "-c", script)
    assert ran.returncode == 0, ran.stderr
    for expected in ("llm_orchestrator.order.v1.OrderService", "rpc CancelOrder", '"order.cancel"', '"id": "A-1042"'):
        assert expected in ran.stdout


def test_the_client_commands_work_as_written(cluster):
    (script,) = blocks("sh", "llm-orchestrator login")
    script = script.replace("login dana.fields@example.com", "login dana.fields@example.com --from-outbox")
    ran = cluster.run("bash", "-euo", "pipefail", "-c", script)
    assert ran.returncode == 0, ran.stderr
    for expected in ("Order A-1043 is on its way", '"kind": "REPLY_KIND_', "Held by legacy alone", "where is A-1043?"):
        assert expected in ran.stdout


def test_every_setting_of_the_example_file_is_read_by_somebody():
    names = set(re.findall(r"^# ([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    folders = ("service_kit", "orchestrator_server", "user_server", "client", "deploy", "legacy_server")
    code = "\n".join(path.read_text() for folder in folders for path in (ROOT / folder).rglob("*.py"))
    known = {name for name in names if name in code or name.removeprefix("LLM_ORCHESTRATOR_") in code}
    servers = {f"{name}_SERVER_ADDRESS" for name in ("ORCHESTRATOR", "LEGACY", "USER", "ORDER", "SHIPPING")}
    assert names - known - servers == set()


def test_every_make_target_that_the_readme_names_exists():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"`?make ([a-z-]+)", README)) <= targets
