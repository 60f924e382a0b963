"""The whole cluster over mutual TLS, with reflection for signed-in callers: it comes up, and every server is found."""

import os
import subprocess
import sys

from tests.certificates import Authority
from tests.e2e.conftest import ROOT

NAMES = ("legacy", "user", "order", "shipping")
UNTIL_FOUND = f"""
import os, pathlib, sys, time
deadline = time.monotonic() + 60
log = pathlib.Path(os.environ["LLM_ORCHESTRATOR_VAR"], "cluster.log")
while not all('"target": "%s", "available": true' % name in log.read_text() for name in {NAMES}):
    if time.monotonic() > deadline:
        sys.exit(log.read_text())
"""


def test_a_cluster_over_mutual_tls_comes_up_and_its_servers_are_found(tmp_path):
    ours = Authority(name="ours", folder=tmp_path)
    shown = ours.issue("all")
    secured = {
        "LLM_ORCHESTRATOR_PLANNER": "embedded",
        "LLM_ORCHESTRATOR_TLS_CERTIFICATE": str(shown.certificate),
        "LLM_ORCHESTRATOR_TLS_KEY": str(shown.key),
        "LLM_ORCHESTRATOR_TLS_AUTHORITIES": str(ours.file),
        "LLM_ORCHESTRATOR_TLS_MUTUAL": "on",
        "LLM_ORCHESTRATOR_REFLECTION": "signed_in",
        "LLM_ORCHESTRATOR_DISCOVERY_SECONDS": "0.2",
    }
    ran = subprocess.run(
        [sys.executable, "deploy/with_cluster.py", "--isolated", sys.executable, "-c", UNTIL_FOUND],
        cwd=ROOT,
        env={**os.environ, **secured},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_a_cluster_whose_certificate_cannot_be_read_says_so(tmp_path):
    missing = {"LLM_ORCHESTRATOR_TLS_AUTHORITIES": str(tmp_path / "missing.pem")}
    ran = subprocess.run(
        [sys.executable, "deploy/with_cluster.py", "--isolated", "true"],
        cwd=ROOT,
        env={**os.environ, **missing},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert ran.returncode == 1
    assert "missing.pem" in ran.stderr
    assert "Traceback" not in ran.stderr
