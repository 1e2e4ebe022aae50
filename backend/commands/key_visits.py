"""`visits key list|done`: the regular visits of key customers 大客户回访 (R5.5)."""

import os
from typing import Annotated

import typer

from backend.commands.running import ask_backend
from backend.commands.store import readable_engine
from backend.domain.key_visit import KeyVisit
from backend.domain.working_time import local
from backend.key_visit_messages import KeyVisitAct, KeyVisitView
from backend.settings import database_url
from backend.store.repository import SqlStore

app = typer.Typer(no_args_is_help=True, help="Regular visits of key customers.")


@app.command("list")
def list_visits(*, made: Annotated[bool, typer.Option("--made", help="Those that were made.")] = False) -> None:
    """Whom to visit, the earliest first."""
    with readable_engine(database_url(os.environ)) as engine, SqlStore(engine).reading() as tickets:
        found = tickets.key_visits.planned(made=made)
    for visit in found:
        typer.echo(_line(visit))
    if not found:
        typer.echo("没有登记的大客户回访" if made else "没有待做的大客户回访")


@app.command()
def done(
    number: int,
    *,
    said: Annotated[str, typer.Option(help="What the customer said.")],
    by: Annotated[str, typer.Option("--by", help="Your job number.")],
) -> None:
    """The customer was visited. What went wrong there is filed as a ticket of its own."""
    act = KeyVisitAct(number=number, by=by, said=said)
    typer.echo(_line(ask_backend(lambda backend, turn: backend.record_key_visit(act, correlation_id=turn))))


def _line(visit: KeyVisit | KeyVisitView) -> str:
    made = f"{local(visit.made_at):%Y-%m-%d %H:%M}  {visit.made_by}  {visit.said}" if visit.made_at else ""
    return f"{visit.number}  {visit.account}  {visit.planned_on}  {visit.staff}  {made}".rstrip()
