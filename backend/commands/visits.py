"""`visits seed|draws|key`: what a third party needs to check which tickets were drawn for a return visit (R5.1)."""

import os
from datetime import date
from typing import Annotated

import typer

from backend.commands import key_visits
from backend.commands.common import fail
from backend.commands.store import readable_engine
from backend.domain.visit_draw import is_drawn
from backend.domain.working_time import local
from backend.settings import database_url
from backend.store.repository import SqlStore

app = typer.Typer(no_args_is_help=True, help="Return visits: seeds and draws.")
app.add_typer(key_visits.app, name="key")
Month = Annotated[str, typer.Argument(help="2026-12")]


@app.callback()
def _group() -> None:
    """Return visits: seeds and draws."""


@app.command()
def seed(month: Month) -> None:
    """The seed of a month, and when it was published."""
    with readable_engine(database_url(os.environ)) as engine, SqlStore(engine).reading() as tickets:
        found = tickets.visits.seed_of(month=_first_day(month))
    if found is None:
        fail(f"{month}: no seed is published yet", code=1)
    typer.echo(f"{month}  {found.text}  {local(found.published_at):%Y-%m-%d %H:%M}")


@app.command()
def draws(month: Month) -> None:
    """Every settled ticket of a month, drawn or not, computed anew from the seed; 1 where they do not agree."""
    with readable_engine(database_url(os.environ)) as engine, SqlStore(engine).reading() as tickets:
        published = tickets.visits.seed_of(month=_first_day(month))
        made = tickets.visits.draws_of(month=_first_day(month))
    if published is None:
        fail(f"{month}: no seed is published yet", code=1)
    wrong = 0
    for draw in made:
        agrees = is_drawn(draw.position, percent=draw.percent, seed=published.text) is draw.drawn
        wrong += not agrees
        said = "回访" if draw.drawn else "未抽中"
        typer.echo(f"{draw.rule}  {draw.percent}%  {draw.position}  {draw.number}  {said}{'' if agrees else '  不符'}")
    if wrong:
        fail(f"{wrong} 张与种子算出的不符", code=1)


def _first_day(month: str) -> date:
    try:
        return date.fromisoformat(f"{month}-01")
    except ValueError:
        fail(f"{month}: must be like 2026-12")
