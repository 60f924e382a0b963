"""Replaces the signing key of an issuer: `python -m service_kit.rotate_key user|orchestrator [--now]`."""

from datetime import timedelta

import click

from service_kit.errors import StartError
from service_kit.keyring import rotate
from service_kit.settings import PREFIX, Environment, SettingsError, var_folder

TOKEN_SECONDS = 15 * 60
LONGEST_TOKEN_SECONDS = 24 * 60 * 60
CALL_SECONDS = 60
MARGIN = timedelta(seconds=60)
"""For clocks that differ, and for the moments in which a running server still signs with the old key."""


@click.command()
@click.argument("issuer", type=click.Choice(["user", "orchestrator"]))
@click.option("--now", "at_once", is_flag=True, help="The old key is stolen: its tokens stop within a minute.")
def main(issuer: str, at_once: bool) -> None:
    """Replaces the signing key of ISSUER while its servers run.

    Reads LLM_ORCHESTRATOR_VAR, _PUBLIC_KEYS and _TOKEN_SECONDS as the servers do. Tokens of the old key count until
    they expire; with --now people sign in or refresh once more.
    """
    try:
        environment = Environment.read()
        var = var_folder(environment)
        public = environment.path(PREFIX + "PUBLIC_KEYS", var / "public")
        keep = timedelta() if at_once else _lifetime(environment, issuer) + MARGIN
        environment.check()
        kid = rotate(var / "keys" / f"{issuer}.pem", public / f"{issuer}.jwks.json", keep)
    except (SettingsError, StartError, OSError) as error:
        raise click.ClickException(str(error)) from error
    old = f"Tokens of the old key count for {keep}." if keep else "Tokens of the old key stop within a minute."
    click.echo(f"{issuer} signs with the key {kid} now. {old}")


def _lifetime(environment: Environment, issuer: str) -> timedelta:
    """The longest that a token of the issuer may live."""
    if issuer == "orchestrator":
        return timedelta(seconds=CALL_SECONDS)
    return timedelta(seconds=environment.integer(PREFIX + "TOKEN_SECONDS", TOKEN_SECONDS, 1, LONGEST_TOKEN_SECONDS))


if __name__ == "__main__":
    main()
