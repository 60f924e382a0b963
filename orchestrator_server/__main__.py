"""`python -m orchestrator_server`: serves the chat until SIGTERM."""

from orchestrator_server.bootstrap import serve_orchestrator
from orchestrator_server.settings import NAME
from service_kit.main import run

if __name__ == "__main__":
    run(NAME, serve_orchestrator)
