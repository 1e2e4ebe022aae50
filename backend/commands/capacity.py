"""`area list|open|close`: where it can be installed 片区安装开通 (R2.11), as the staff notes it."""

from typing import Annotated

import typer

from backend.commands.running import ask_backend
from backend.messages.capacity import AreaView

app = typer.Typer(no_args_is_help=True, help="Areas, and whether it can be installed there.")
By = Annotated[str, typer.Option("--by", help="Your job number.")]


@app.callback()
def _group() -> None:
    """Areas, and whether it can be installed there."""


@app.command("list")
def list_areas() -> None:
    """Open and not yet open."""
    _show(ask_backend(lambda backend, turn: backend.areas(correlation_id=turn)))


@app.command("open")
def open_area(area: str, *, by: By) -> None:
    """Installs are accepted there from now on."""
    _note(area, by=by, is_open=True)


@app.command("close")
def close_area(area: str, *, by: By) -> None:
    """No install is accepted there from now on: no money, no limit."""
    _note(area, by=by, is_open=False)


def _note(area: str, *, by: str, is_open: bool) -> None:
    _show(
        ask_backend(
            lambda backend, turn: backend.note_capacity(area=area, is_open=is_open, noted_by=by, correlation_id=turn)
        )
    )


def _show(areas: tuple[AreaView, ...]) -> None:
    for view in areas:
        typer.echo(f"{'已开通' if view.is_open else '未开通'}  {view.area}  {view.city}{view.name}")
