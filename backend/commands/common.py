"""What commands share: options, and errors of one line on stderr."""

from datetime import date
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from backend.charters import CharterInvalid, load_charter
from backend.domain.charter import Charter

OperatorOption = Annotated[str, typer.Option("--operator", envvar="OPERATOR", help="The folder under charters/.")]
RootOption = Annotated[Path, typer.Option("--root", help="Where the charters are.")]
DEFAULT_OPERATOR = "jiangxi"
DEFAULT_ROOT = Path("charters")


def fail(*lines: str, code: int = 2) -> NoReturn:
    for line in lines:
        typer.echo(line, err=True)
    raise typer.Exit(code)


def charter_or_fail(*, operator: str, root: Path, on: date | None = None) -> Charter:
    try:
        return load_charter(operator=operator, root=root, on=on)
    except CharterInvalid as error:
        fail(*error.problems, code=1)
