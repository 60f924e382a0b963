"""A second domain, a doctor's practice with three servers: whoever knows no shop must know it as well."""

from functools import cache

from orchestrator_server.catalogue import Catalogue
from orchestrator_server.snapshot import ServerDescription, build_catalogue
from tests.compiling import compiled, pool_of
from tests.dynamic_server import Answer, Contract, answering

SERVERS = ("visits", "medicine", "desk")


def contract(server: str, **answers: Answer) -> Contract:
    """What `server` of the practice serves; RPCs without an answer of their own say nothing."""
    files = compiled("practice", f"practice/{server}/v1/{server}.proto")
    service = f"practice.{server}.v1.{server.capitalize()}Service"
    methods = pool_of(files).FindServiceByName(service).methods_by_name
    return Contract(files=files, service=service, answers={name: answers.get(name, answering()) for name in methods})


@cache
def practice() -> Catalogue:
    """The whole practice, as discovery would have built it."""
    return build_catalogue([_description(server) for server in SERVERS])


def _description(server: str) -> ServerDescription:
    served = contract(server)
    return ServerDescription(
        name=server,
        target=f"127.0.0.1:{server}",
        is_available=True,
        capabilities=served.capabilities(server),
        files=served.files,
    )
