"""`ticket steps NUMBER`: how long a key-account order has stayed in each step (R7.4)."""

import os
from datetime import UTC, datetime

import typer

from backend.calendars import state_council_calendar
from backend.commands.common import DEFAULT_OPERATOR, DEFAULT_ROOT, OperatorOption, RootOption, charter_or_fail, fail
from backend.commands.store import readable_engine
from backend.domain.errors import Refusal
from backend.domain.key_account_steps import Stay
from backend.domain.ticket import TicketNumber
from backend.domain.written import moment
from backend.settings import database_url
from backend.store.repository import SqlStore
from backend.usecases.filing import Terms
from backend.usecases.key_account_steps import stays_of


def show_steps(number: str, operator: OperatorOption = DEFAULT_OPERATOR, root: RootOption = DEFAULT_ROOT) -> None:
    """Each step with who answers for it, since when, and for how long."""
    terms = Terms(charter=charter_or_fail(operator=operator, root=root), calendar=state_council_calendar())
    with readable_engine(database_url(os.environ)) as engine:
        try:
            found = stays_of(TicketNumber.parse(number), terms=terms, store=SqlStore(engine))
        except Refusal as refusal:
            fail(f"{number}: {refusal.message}", code=1)
    for stay in found:
        typer.echo(_line(stay, now=datetime.now(UTC)))
    if not found:
        typer.echo("还没有进入工序")


def _line(stay: Stay, *, now: datetime) -> str:
    hours = round(stay.lasted(now=now).total_seconds() / 3600, 1)
    within = f"（时限 {stay.step.within.text}）" if stay.step.within else ""
    late = "  停留超时" if stay.is_too_long(now=now) else ""
    return f"{stay.step.label}  工号 {stay.by}  {moment(stay.since)} 起  {hours} 小时{within}{late}"
