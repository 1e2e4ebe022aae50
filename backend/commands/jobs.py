"""`jobs …`: what the running backend does by itself, by hand – while it is stopped, where the database is SQLite."""

import os
from datetime import UTC, datetime

import typer

from backend.calendars import state_council_calendar
from backend.charter_book import CharterBook
from backend.charters import CharterInvalid
from backend.commands.common import DEFAULT_OPERATOR, DEFAULT_ROOT, OperatorOption, RootOption, fail
from backend.commands.store import owned_engine
from backend.settings import database_url
from backend.store.migrate import migrate
from backend.store.repository import SqlStore
from backend.usecases import tickets as usecases
from backend.work.consequences import Consequences

app = typer.Typer(no_args_is_help=True, help="Background work, by hand.")


@app.callback()
def _group() -> None:
    """Background work, by hand."""


@app.command("settle-provisional")
def settle_provisional(operator: OperatorOption = DEFAULT_OPERATOR, root: RootOption = DEFAULT_ROOT) -> None:
    """Make provisional promises firm where the year's holiday notice is known now."""
    try:
        charters = CharterBook(operator=operator, root=root)
        with owned_engine(database_url(os.environ)) as engine:
            migrate(engine)
            settled = usecases.settle_provisional(
                calendar=state_council_calendar(),
                closing_time_of=charters.closing_time_of,
                store=SqlStore(engine, follow=Consequences(charters=charters).follow),
                now=datetime.now(UTC),
            )
    except CharterInvalid as invalid:
        fail(*invalid.problems, code=1)
    typer.echo(f"firm now: {' '.join(settled.firm) or 'none'}")
    typer.echo(f"still provisional: {' '.join(settled.still_provisional) or 'none'}")
