"""`python -m backend.cli`: every command of the backend is registered here and lives in backend/commands/."""

import typer

from backend.commands import charter, db, jobs, ticket
from backend.commands.promise import show_promise
from backend.commands.unfiled import show_unfiled

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

app.add_typer(charter.app, name="charter")
app.command("promise")(show_promise)
app.add_typer(db.app, name="db")
app.add_typer(jobs.app, name="jobs")
app.add_typer(ticket.app, name="ticket")
app.command("unfiled")(show_unfiled)

if __name__ == "__main__":
    app()
