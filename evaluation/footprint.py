"""What the embedded planner costs before it is asked anything: time to import, to index the shop, and memory."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from rich.console import Console

_ROOT = Path(__file__).parents[1]
_PROGRAM = """
import json, resource, sys, time

def resident():
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 2**20

import google.protobuf.descriptor_pool, grpc  # what every server of the house has loaded anyway
from evaluation.catalogues import shop_catalogue
from orchestrator_server.catalogue import Catalogue
catalogue = shop_catalogue()
before, begin = resident(), time.perf_counter()
from orchestrator_server.embedded import EmbeddedPlanner
from orchestrator_server.embedded.declared.index import Index
imported = time.perf_counter()
intents = catalogue.for_roles(frozenset({"customer"}))
Index(intents, catalogue)
print(json.dumps({
    "import_ms": round(1000 * (imported - begin), 1),
    "index_ms": round(1000 * (time.perf_counter() - imported), 1),
    "memory_mib": round(resident() - before, 1),
    "intents": len(intents),
}))
"""


def footprint(console: Console) -> dict[str, Any]:
    """Measures in a process of its own, prints one line, and gives the figures."""
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM], cwd=_ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    found: dict[str, Any] = json.loads(done.stdout)
    console.print(
        f"Before the first message: import {found['import_ms']} ms, index of {found['intents']} intents "
        f"{found['index_ms']} ms, {found['memory_mib']} MiB of memory."
    )
    return found
