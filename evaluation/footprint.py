"""What the embedded planner costs at the start: import, index of the shop, first request, warming up, and memory."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from rich.console import Console

_ROOT = Path(__file__).parents[1]
_PROGRAM = """
import asyncio, datetime as dt, json, resource, sys, time

def resident():
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 2**20

import google.protobuf.descriptor_pool, grpc  # what every server of the house has loaded anyway
from evaluation.catalogues import shop_catalogue
from orchestrator_server.catalogue import Catalogue
catalogue = shop_catalogue()
before, begin = resident(), time.perf_counter()
from orchestrator_server.embedded import EmbeddedPlanner
from orchestrator_server.plan import Request
planner = EmbeddedPlanner(lambda: "p1")
imported = time.perf_counter()
intents = catalogue.for_roles(frozenset({"customer"}))

def say(text):
    request = Request(text=text, email="someone@example.com", now=dt.datetime(2026, 11, 22, tzinfo=dt.UTC))
    asyncio.run(planner.propose(request, intents, catalogue))

say("hello")
indexed = time.perf_counter()
say("hi, cancel A-1042 if it hasn't shipped yet, otherwise tell me where it is please")
answered = time.perf_counter()
planner.warm_up()
print(json.dumps({
    "import_ms": round(1000 * (imported - begin), 1),
    "index_ms": round(1000 * (indexed - imported), 1),
    "first_request_ms": round(1000 * (answered - indexed), 1),
    "warm_up_ms": round(1000 * (time.perf_counter() - answered), 1),
    "memory_mib": round(resident() - before, 1),
    "intents": len(intents),
}))
"""


def footprint(console: Console) -> dict[str, Any]:
    """Measures in a process of its own, prints one line, and gives the figures.

    The modules are compiled before, as they are where the package is installed.
    """
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"PYTHONPYCACHEPREFIX": folder, "PYTHONDONTWRITEBYTECODE": ""}
        for _ in range(2):
            done = subprocess.run(
                [sys.executable, "-c", _PROGRAM],
                cwd=_ROOT,
                env=environment,
                capture_output=True,
                text=True,
                check=True,
                timeout=60,
            )
    found: dict[str, Any] = json.loads(done.stdout)
    console.print(
        f"Start: import {found['import_ms']} ms, index of {found['intents']} intents {found['index_ms']} ms, "
        f"first request {found['first_request_ms']} ms, {found['memory_mib']} MiB of memory; "
        f"what the next ones would wait for gets ready in the background within {found['warm_up_ms']} ms."
    )
    return found
