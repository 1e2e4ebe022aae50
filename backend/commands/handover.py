"""`handover show|stop|offer|take|list`: the hand-over of a shift 交接班 (R2.9)."""

from typing import Annotated
from uuid import uuid4

import typer

from backend.commands.running import ask_backend
from backend.domain.handover import EVENT_LABELS
from backend.domain.ticket import TicketNumber
from backend.domain.written import moment, ticket_number
from backend.messages.acts import StaffAct
from backend.messages.handovers import HandoverView, MatterView, Offering, Taking

app = typer.Typer(no_args_is_help=True, help="Hand-over of a shift.")
By = Annotated[str, typer.Option("--by", help="Your job number.")]


@app.callback()
def _group() -> None:
    """Hand-over of a shift."""


@app.command()
def show(job_number: str) -> None:
    """Every open matter of a member of staff, and what must be brought to a stopping point first."""
    for matter in ask_backend(lambda backend, turn: backend.in_hand(job_number=job_number, correlation_id=turn)):
        typer.echo(_matter(matter))


@app.command()
def stop(ticket: str, *, note: Annotated[str, typer.Option(help="Where it stands, what is safe.")], by: By) -> None:
    """A sudden event is at a stopping point."""
    act = StaffAct(request_id=uuid4().hex, ticket_number=ticket, by=by, reason=note)
    view = ask_backend(lambda backend, turn: backend.act("stopping-point", act, correlation_id=turn))
    typer.echo(f"{view.number}  告一段落：{note}")


@app.command()
def offer(
    *,
    leaving: Annotated[str, typer.Option("--from", help="The job number that leaves.")],
    taking: Annotated[str, typer.Option("--to", help="The job number that takes over.")],
    note: Annotated[str, typer.Option()] = "",
) -> None:
    """Refused while a sudden event hangs."""
    offering = Offering(leaving=leaving, taking=taking, note=note)
    _show(ask_backend(lambda backend, turn: backend.offer_handover(offering, correlation_id=turn)))


@app.command()
def take(number: int, *, by: By) -> None:
    """Whom it is offered to confirms; what was handled is handled by them from now on."""
    taking = Taking(handover=number, by=by)
    _show(ask_backend(lambda backend, turn: backend.take_handover(taking, correlation_id=turn)))


@app.command("list")
def list_handovers() -> None:
    """The newest first."""
    for handover in ask_backend(lambda backend, turn: backend.handovers(correlation_id=turn)):
        _show(handover)


def _show(handover: HandoverView) -> None:
    taken = f"{moment(handover.taken_at)} 已接班" if handover.taken_at else "待接班"
    shift = f"工号 {handover.leaving} 交给工号 {handover.taking}"
    typer.echo(
        "  ".join(filter(None, (f"{handover.number}", shift, moment(handover.offered_at), taken, handover.note)))
    )
    for matter in handover.matters:
        typer.echo(f"  {_matter(matter)}")


def _matter(matter: MatterView) -> str:
    roles = [role for role, held in (("经办", matter.as_handler), ("首问责任", matter.as_owner)) if held]
    told = [ticket_number(TicketNumber(matter.ticket)), "、".join(roles), *matter.follow_up]
    if matter.event:
        told.append(f"{EVENT_LABELS[matter.event]}：{matter.stopped or '还没有告一段落'}")
    return "  ".join(told)
