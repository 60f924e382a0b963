"""`python -m orchestrator_server [--workers N]`: serves the chat until SIGTERM."""

from orchestrator_server.bootstrap import serve_orchestrator
from orchestrator_server.conversations import HARD_SECONDS
from orchestrator_server.settings import NAME, PORT, read_settings
from service_kit.main import run
from service_kit.settings import Environment


def longest_turn(environment: Environment) -> float:
    """How long a turn may still run after the streams have ended, in seconds. Raises SettingsError."""
    return read_settings(environment).turn_seconds + HARD_SECONDS


if __name__ == "__main__":
    run(NAME, serve_orchestrator, PORT, longest_turn)
