"""`python -m backend.cli`: every command of the backend is registered here and lives in backend/commands/."""

import sys

import typer

from backend.commands import (
    capacity,
    case,
    charter,
    customers,
    db,
    due,
    handover,
    hub,
    incident,
    jobs,
    ledger,
    outage,
    ticket,
    visits,
)
from backend.commands.assessment import record_fault, show_assessment
from backend.commands.key_account_steps import show_steps
from backend.commands.promise import show_promise
from backend.commands.unfiled import show_unfiled

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

app.add_typer(charter.app, name="charter")
app.command("promise")(show_promise)
app.add_typer(db.app, name="db")
app.add_typer(due.app, name="due")
app.add_typer(jobs.app, name="jobs")
app.add_typer(ticket.app, name="ticket")
ticket.app.command("verify")(ledger.verify)
ticket.app.command("erase")(ledger.erase)
ticket.app.command("steps")(show_steps)
app.add_typer(customers.app, name="customers")
app.add_typer(incident.app, name="incident")
app.add_typer(outage.app, name="outage")
app.add_typer(case.app, name="case")
app.add_typer(handover.app, name="handover")
app.add_typer(hub.app, name="hub")
app.add_typer(visits.app, name="visits")
app.add_typer(capacity.app, name="area")
app.command("assessment")(show_assessment)
app.command("fault")(record_fault)
app.command("unfiled")(show_unfiled)


def main() -> int:
    try:
        return int(app(standalone_mode=False) or 0)
    except typer.TyperException as wrong:  # a command or option that is not there, missing, or has a wrong value
        if line := " ".join(wrong.format_message().replace("Value error, ", "").split()):  # empty: help was shown
            typer.echo(line, err=True)
        return wrong.exit_code


if __name__ == "__main__":
    sys.exit(main())
