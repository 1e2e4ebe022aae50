"""`db migrate`: brings the database to the newest tables; the backend does the same when it starts."""

import os

import typer

from backend.commands.store import owned_engine
from backend.settings import database_url
from backend.store.migrate import migrate

app = typer.Typer(no_args_is_help=True, help="The backend's database.")


@app.callback()
def _group() -> None:
    """The backend's database."""


@app.command("migrate")
def migrate_database() -> None:
    """Bring the database to the newest tables."""
    with owned_engine(database_url(os.environ)) as engine:
        typer.echo(f"the database is at revision {migrate(engine)}")
