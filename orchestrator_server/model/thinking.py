"""Everything that thinks with one model."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from orchestrator_server.concealing import Hiding
from orchestrator_server.model.composer import ModelComposer
from orchestrator_server.model.endpoint import ModelEndpoint
from orchestrator_server.model.errors import ModelAddress
from orchestrator_server.model.judge import ModelJudge
from orchestrator_server.model.planner import ModelPlanner
from orchestrator_server.settings import ModelSettings


@asynccontextmanager
async def with_model(
    model: ModelSettings, hiding: Hiding
) -> AsyncIterator[tuple[ModelPlanner, ModelComposer, ModelJudge]]:
    """Planner, composer and judge over one endpoint, which is closed at the end."""
    endpoint = ModelEndpoint(ModelAddress(api_key=model.api_key, base_url=model.base_url, model=model.model))
    try:
        yield ModelPlanner(endpoint, hiding=hiding), ModelComposer(endpoint), ModelJudge(endpoint)
    finally:
        await endpoint.close()
