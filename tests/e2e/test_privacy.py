"""What must not be read by others: personal data in logs and errors, files that everybody could open."""

import json
import stat
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GRPCURL = str(ROOT / ".venv" / "bin" / "grpcurl")
ERIK = "erik.holm@example.com"
TYPED = "+49 40 7770123"
MALFORMED = "call-me-on-0176-555-0199-please"
PUBLISHED = {"public", "trust.json"}


def personal_data(email: str) -> set[str]:
    """Everything that the seed says of a customer which a contract marks with `debug_redact`."""
    users = json.loads((ROOT / "legacy_server" / "seed.json").read_text())["users"]
    customer = next(one for one in users if one["email"] == email)
    return {customer[name] for name in ("email", "name", "phone", "address")}


def test_no_personal_data_reaches_the_logs_or_the_details_of_errors(cluster):
    assert cluster.client("login", ERIK, "--from-outbox").returncode == 0
    assert "Storgatan 5" in cluster.client("ask", "show me my profile").stdout
    assert cluster.client("ask", "--yes", f"change my phone number to {TYPED}").returncode == 0
    assert cluster.client("ask", "show me the orders of dana.fields@example.com").returncode != 0
    told = []
    for request in ({"email": "dana.fields@example.com"}, {"email": ERIK, "phone": MALFORMED}):
        for name in ("GetProfile", "UpdatePhone"):
            ran = cluster.run(*direct_call(cluster, name, request))
            assert ran.returncode != 0
            told.append(ran.stderr)
    log = Path(cluster.environment["LLM_ORCHESTRATOR_VAR"], "cluster.log").read_text()
    assert '"message": "call"' in log  # the logs are there and say something
    secrets = {*personal_data(ERIK), *personal_data("dana.fields@example.com"), TYPED, MALFORMED, "555-0199"}
    assert [secret for secret in secrets if secret in log] == []
    assert [secret for secret in secrets for error in told if secret in error] == []
    assert "Bearer " not in log
    assert "eyJ" not in log  # how every token begins


def direct_call(cluster, name, request):
    signed_in = json.loads(next(Path(cluster.environment["LLM_ORCHESTRATOR_CONFIG_DIR"]).glob("*.json")).read_text())
    return (
        GRPCURL,
        "-plaintext",
        "-H",
        f"authorization: Bearer {signed_in['access_token']}",
        "-d",
        json.dumps(request),
        cluster.address("user"),
        f"llm_orchestrator.user.v1.UserService/{name}",
    )


def test_files_with_data_or_keys_are_their_owners_only(cluster):
    var = Path(cluster.environment["LLM_ORCHESTRATOR_VAR"])
    found = [path for path in var.rglob("*") if path.relative_to(var).parts[0] not in PUBLISHED]
    assert {path.name for path in found} >= {"shop.db", "user.db", "orchestrator.db", "user.pem", "cluster.log"}
    readable = [str(path.relative_to(var)) for path in found if stat.S_IMODE(path.stat().st_mode) & 0o077]
    assert readable == []


def test_a_broken_server_tells_its_log_where_and_nobody_what(cluster):
    """An exception may carry anything in its words; neither the caller nor the log gets them."""
    program = (
        "import asyncio, logging; from service_kit.logs import log_to_stderr\n"
        "log_to_stderr('x')\n"
        "try:\n    raise KeyError('erik.holm@example.com')\n"
        "except KeyError:\n    logging.getLogger('calls').exception('unexpected')\n"
    )
    ran = cluster.run(sys.executable, "-c", program)
    line = json.loads(ran.stderr)
    assert "KeyError" in line["traceback"]
    assert "erik" not in ran.stderr
