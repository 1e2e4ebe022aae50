"""python -m bot.desk: one-time passwords of the desk, told on the terminal and nowhere else."""

import os
import sys
from datetime import UTC, datetime
from typing import Annotated, NoReturn

import typer
from sqlalchemy import Engine

from backend.charters import CharterInvalid, load_charter
from backend.domain.charter import Charter
from backend.domain.errors import NobodyOnDuty
from bot.conversations.database import open_database
from bot.desk.accounts import Accounts, first_member
from bot.desk.audit import Audit, Deed
from bot.desk.passwords import Passwords, one_time
from bot.settings import SettingsInvalid, database_url_of, operator_of

BY_COMMAND = "command"  # in the audit, in the place of a job number
app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.command()
def password(job_number: Annotated[str, typer.Argument(help="工号, as staff.yml has it.")]) -> None:
    """Issue a one-time password to a member of staff; what it replaces and their sessions end."""
    charter, database = _opened()
    member = charter.member(job_number)
    if member is None:
        _fail(f"{job_number} is no job number of {charter.operator.name}'s staff.yml")
    issued, now = one_time(), datetime.now(UTC)
    Accounts(database).issue(job_number=job_number, password_hash=Passwords().hash(issued), at=now)
    Audit(database).record(who=BY_COMMAND, act=Deed.PASSWORD_ISSUED, about=job_number, at=now)
    _tell(job_number, title=member.role, issued=issued)


@app.command()
def first() -> None:
    """The first account, of the most senior leader; says and does nothing where there is an account already."""
    charter, database = _opened()
    try:
        member = first_member(charter)
    except NobodyOnDuty:
        _fail(f"staff.yml of {charter.operator.name} has neither a leader nor a supervisor: nobody can sign in")
    issued, now = one_time(), datetime.now(UTC)
    hashed = Passwords().hash(issued)
    if Accounts(database).open_first(job_number=member.job_number, password_hash=hashed, at=now):
        Audit(database).record(who=BY_COMMAND, act=Deed.PASSWORD_ISSUED, about=member.job_number, at=now)
        _tell(member.job_number, title=member.role, issued=issued)


def _opened() -> tuple[Charter, Engine]:
    """Beside a running bot, too: no message is written here."""
    try:
        return load_charter(operator=operator_of(os.environ)), open_database(database_url_of(os.environ))
    except (SettingsInvalid, CharterInvalid) as wrong:
        _fail(str(wrong))


def _tell(job_number: str, *, title: str, issued: str) -> None:
    typer.echo(f"desk 工作台: job number {job_number} ({title}), one-time password {issued}")
    typer.echo("It is shown only now, lasts seven days and is changed at the first sign-in.")


def _fail(line: str) -> NoReturn:
    typer.echo(line, err=True)
    raise typer.Exit(2)


if __name__ == "__main__":
    sys.exit(app())
