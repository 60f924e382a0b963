"""Plans without a language model, from what servers declare and general English."""

from orchestrator_server.embedded.planner import EmbeddedPlanner

__all__ = ["EmbeddedPlanner"]
