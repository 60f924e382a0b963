"""`audit`: who did what, for whom, and what was refused."""

import click
from llm_orchestrator.capabilities.v1 import audit_log_pb2
from llm_orchestrator.orchestrator.v1 import audit_pb2

from client.ask import as_dict
from client.audit import listed
from client.audit_view import KINDS, render_audit
from client.commands.running import console, print_json, run
from client.connection import Connection
from client.errors import NotAllowed
from client.tidy import Tidy


@click.command()
@click.option("--person", metavar="E-MAIL", default="", help="Only what this person did, or what was done for them.")
@click.option("--kind", type=click.Choice(list(KINDS)), help="Only records of one kind.")
@click.option("--turn", metavar="ID", default="", help="Only one turn; its beginning, as shown, is enough.")
@click.option("--server", metavar="NAME", default="", help="Only what one server decided.")
@click.option("--limit", type=click.IntRange(1, 5_000), default=50, show_default=True, help="How many to list.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def audit(ctx: click.Context, person: str, kind: str | None, turn: str, server: str, limit: int, as_json: bool) -> None:
    """Show what was decided and done, newest first; for administrators."""
    chosen = audit_pb2.ListAuditRecordsRequest(
        person=person.strip().lower(),
        turn_id=turn.strip(),
        server=server.strip(),
        kind=KINDS.get(kind or "", audit_log_pb2.AUDIT_KIND_UNSPECIFIED),
    )

    async def work(connection: Connection) -> None:
        try:
            found = await listed(connection.questions, chosen, limit)
        except NotAllowed as error:
            words = f"Only administrators may see the record. {error.words}".strip()
            raise NotAllowed(words, reason=error.reason, words=error.words) from error
        if as_json:
            print_json(as_dict(found))
        else:
            out = console()
            out.print(Tidy(render_audit(found, width=out.width)))

    run(ctx, work)
