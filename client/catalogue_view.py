"""How the catalogue looks: what can be asked for, who serves it, what the monolith still holds alone. Pure."""

from collections.abc import Iterator

from llm_orchestrator.orchestrator.v1 import chat_pb2
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from client.events import Generation
from client.glyphs import FANCY, Glyphs
from client.reading import read_generation
from client.text import one_line


def render_catalogue(catalogue: chat_pb2.GetCatalogueResponse, *, glyphs: Glyphs = FANCY) -> RenderableType:
    """Draws intents, servers and findings."""
    parts: list[RenderableType] = [_intents(catalogue, glyphs)]
    if alone := held_by_legacy_alone(catalogue):
        parts += ["", Text.assemble(("Held by legacy alone: ", "bold"), ", ".join(alone))]
    parts += ["", _servers(catalogue, glyphs)]
    if catalogue.findings:
        parts += ["", Text("Findings", "bold")]
        parts += [_finding(finding, glyphs) for finding in catalogue.findings]
    return Padding(Group(*parts), (0, 2, 0, 2))


def held_by_legacy_alone(catalogue: chat_pb2.GetCatalogueResponse) -> list[str]:
    """Names the intents that no modern server offers."""
    return [
        one_line(intent.name)
        for intent in catalogue.intents
        if intent.offers and all(read_generation(offer.generation) is Generation.LEGACY for offer in intent.offers)
    ]


def _intents(catalogue: chat_pb2.GetCatalogueResponse, glyphs: Glyphs) -> RenderableType:
    if not catalogue.intents:
        return Text("No server offers anything yet.", "yellow")
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    table.add_column("Intent", no_wrap=True)
    table.add_column("Effect", no_wrap=True)
    table.add_column("Served by")
    for intent in catalogue.intents:
        effect = Text("changes", "yellow") if intent.has_effect else Text("reads", "dim")
        table.add_row(one_line(intent.name), effect, Text(", ").join(_offers(intent, glyphs)))
    return table


def _offers(intent: chat_pb2.CatalogueIntent, glyphs: Glyphs) -> Iterator[Text]:
    """Who offers it, the preferred one first; one that does not answer is marked."""
    if not intent.offers:
        yield Text("nobody", "red")
    for offer in intent.offers:
        name, generation = one_line(offer.server), read_generation(offer.generation).value
        words = f"{name} ({generation})" if generation and generation != name else name
        if offer.available:
            yield Text(words)
        else:
            yield Text.assemble((f"{glyphs.failed} {words} down", "red"))


def _servers(catalogue: chat_pb2.GetCatalogueResponse, glyphs: Glyphs) -> RenderableType:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    table.add_column("Server", no_wrap=True)
    table.add_column("At", no_wrap=True, style="dim")
    table.add_column("State")
    for server in catalogue.servers:
        problem = one_line(server.problem)
        if server.available:
            state = Text(f"{glyphs.done} answers", "green") + Text(f", but: {problem}" if problem else "", "yellow")
        else:
            state = Text(f"{glyphs.failed} {problem or 'does not answer'}", "red")
        table.add_row(one_line(server.name), one_line(server.target), state)
    return table


def _finding(finding: str, glyphs: Glyphs) -> RenderableType:
    row = Table.grid(padding=(0, 1))
    row.add_row(Text(glyphs.dot, "yellow"), Text(one_line(finding)))
    return row
