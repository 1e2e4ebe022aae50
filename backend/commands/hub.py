"""`hub list|revive|remove`: who listens at TMF621's /hub, and how it stands with each. Times: Shanghai."""

import os
from urllib.parse import urlsplit

import typer

from backend.commands.running import ask_backend
from backend.commands.store import readable_engine
from backend.domain.working_time import local
from backend.ports import Listener
from backend.settings import database_url
from backend.store.repository import SqlStore
from backend.usecases import hub

app = typer.Typer(no_args_is_help=True, help="Listeners 事件订阅方 at TMF621's /hub.")


@app.callback()
def _group() -> None:
    """Listeners at TMF621's /hub."""


@app.command("list")
def list_listeners() -> None:
    """Each with the events that wait for it. It ends with 1 where one is parked 停投."""
    with readable_engine(database_url(os.environ)) as engine:
        listeners = hub.everyone(store=SqlStore(engine))
    for listener, waiting in listeners:
        typer.echo(_line(listener, waiting=waiting))
    if not listeners:
        typer.echo("没有事件订阅方")
    if any(listener.parked_at for listener, _ in listeners):
        raise typer.Exit(1)


@app.command()
def revive(id: str) -> None:  # noqa: A002 - the row's name
    """It is tried again at once, by the running backend, with all that waits for it."""
    ask_backend(lambda backend, turn: backend.revive_listener(id=id, correlation_id=turn))
    typer.echo(f"{id}  恢复投递")


@app.command()
def remove(id: str) -> None:  # noqa: A002
    """It is told nothing any more."""
    ask_backend(lambda backend, turn: backend.remove_listener(id=id, correlation_id=turn))
    typer.echo(f"{id}  取消订阅")


def _line(listener: Listener, *, waiting: int) -> str:
    callback = urlsplit(listener.callback)
    where = f"{callback.scheme}://{callback.netloc}{callback.path}"  # its query may be a secret of the listener's
    state = "投递中"
    if listener.parked_at:
        state = f"停投于 {local(listener.parked_at):%Y-%m-%d %H:%M}"
    elif listener.failing_since:
        state = f"投递失败自 {local(listener.failing_since):%Y-%m-%d %H:%M}"
    return f"{listener.id}  {state}  待投递 {waiting}  {where}  {listener.query or '全部事件'}"
