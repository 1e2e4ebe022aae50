"""`due list|dead|retry`: the work that waits, what was given up, and trying it again. Times: Shanghai."""

import os
from collections.abc import Sequence
from typing import Annotated

import typer

from backend.commands.running import ask_backend
from backend.commands.store import readable_engine
from backend.domain.working_time import local
from backend.ports import Standing
from backend.settings import database_url
from backend.store.repository import SqlStore

app = typer.Typer(no_args_is_help=True, help="Due work 到期事项, and what was given up.")


@app.callback()
def _group() -> None:
    """Due work, and what was given up."""


@app.command("list")
def list_due(limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 50) -> None:
    """What is not done yet, the earliest first."""
    with readable_engine(database_url(os.environ)) as engine, SqlStore(engine).reading() as tickets:
        _show(tickets.agenda.unfinished(limit=limit), nothing="没有待办的到期事项")


@app.command("dead")
def list_dead() -> None:
    """What failed for good, the oldest first. It ends with 1 where there is any."""
    with readable_engine(database_url(os.environ)) as engine, SqlStore(engine).reading() as tickets:
        dead = tickets.agenda.dead()
    _show(dead, nothing="没有办不成的到期事项")
    if dead:
        raise typer.Exit(1)


@app.command()
def retry(id: int) -> None:  # noqa: A002 - the row's name
    """A dead letter is tried again at once, by the running backend."""
    ask_backend(lambda backend, turn: backend.retry_due(id=id, correlation_id=turn))
    typer.echo(f"{id}  重新办理")


def _show(works: Sequence[Standing], *, nothing: str) -> None:
    for work in works:
        typer.echo(_line(work))
    if not works:
        typer.echo(nothing)


def _line(work: Standing) -> str:
    failed = f"  {work.error}" if work.error else ""
    given_up = f"  放弃于 {local(work.dead_at):%Y-%m-%d %H:%M:%S}" if work.dead_at else ""
    return (
        f"{work.id}  {work.due.task}  {work.subject}  {work.due.key}  到期 {local(work.due.at):%Y-%m-%d %H:%M:%S}"
        f"  下次 {local(work.try_at):%H:%M:%S}  第 {work.attempts} 次{failed}{given_up}"
    )
