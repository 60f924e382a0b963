"""The program `llm-orchestrator`."""

import click

from client.commands.account import login, logout
from client.commands.audit import audit
from client.commands.history import history
from client.commands.look import capabilities, usage
from client.commands.running import ClientGroup, Options
from client.commands.talk import ask_command, chat_command
from client.exit_codes import epilog


@click.group(cls=ClientGroup, epilog=epilog(), context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--address", metavar="HOST:PORT", help="Where the orchestrator is.  [default: 127.0.0.1:50051]")
@click.option("--sign-in-address", metavar="HOST:PORT", help="Where one signs in.  [default: 127.0.0.1:50053]")
@click.pass_context
def program(ctx: click.Context, address: str | None, sign_in_address: str | None) -> None:
    """Talk with the shop through the orchestrator.

    The environment and .env may say where the servers are (LLM_ORCHESTRATOR_ADDRESS,
    LLM_ORCHESTRATOR_SIGN_IN_ADDRESS), how they are reached on other machines
    (LLM_ORCHESTRATOR_TLS_AUTHORITIES, or LLM_ORCHESTRATOR_PLAINTEXT=anywhere), where your sign-in
    is kept (LLM_ORCHESTRATOR_CONFIG_DIR), and which command prints a token in place of signing in
    (LLM_ORCHESTRATOR_TOKEN_COMMAND). A sign-in counts only at the addresses that it was made for.
    """
    ctx.obj = Options(address=address, sign_in_address=sign_in_address)


for command in (chat_command, ask_command, login, logout, capabilities, history, usage, audit):
    program.add_command(command)


def main() -> None:
    """Runs the program and ends it with its exit status."""
    program(prog_name="llm-orchestrator")


if __name__ == "__main__":
    main()
