"""Part of load.py: the orchestrator with a profiler in its event loop; `load.py --profile FILE` asks for it."""

import cProfile
import os
import pstats
from pathlib import Path

from orchestrator_server.bootstrap import serve_orchestrator
from service_kit.main import run


def serve() -> None:
    """Serves until SIGTERM, then writes where the loop's time went to `LOAD_PROFILE`."""
    profiler = cProfile.Profile()
    profiler.enable()
    try:
        run("orchestrator", serve_orchestrator)
    finally:
        profiler.disable()
        profiler.dump_stats(os.environ["LOAD_PROFILE"] + ".stats")
        with Path(os.environ["LOAD_PROFILE"]).open("w") as file:
            found = pstats.Stats(profiler, stream=file)
            found.sort_stats("tottime").print_stats(60)
            found.sort_stats("cumtime").print_stats(120)
