"""`incident list|confirm|dismiss|mend`: area incidents 片区故障, as staff decide them."""

from typing import Annotated

import typer

from backend.commands.common import DEFAULT_OPERATOR, DEFAULT_ROOT, OperatorOption, RootOption, charter_or_fail
from backend.commands.running import ask_backend
from backend.domain.area_incident import STATE_LABELS
from backend.domain.charter import Charter
from backend.domain.working_time import local
from backend.messages.incidents import IncidentAct, IncidentVerb, IncidentView

app = typer.Typer(no_args_is_help=True, help="Area incidents: several faults that are one.")
By = Annotated[str, typer.Option("--by", help="Your job number.")]


@app.callback()
def _group() -> None:
    """Area incidents: several faults that are one."""


@app.command("list")
def list_incidents(operator: OperatorOption = DEFAULT_OPERATOR, root: RootOption = DEFAULT_ROOT) -> None:
    """The newest first."""
    charter = charter_or_fail(operator=operator, root=root)
    found = ask_backend(lambda backend, turn: backend.incidents(correlation_id=turn))
    for incident in found:
        typer.echo(_line(incident, charter))
    if not found:
        typer.echo("没有片区故障")


@app.command()
def confirm(
    number: int,
    *,
    cause: Annotated[str, typer.Option(help="As customers shall hear it, e.g. 光缆被挖断.")],
    by: By,
    operator: OperatorOption = DEFAULT_OPERATOR,
    root: RootOption = DEFAULT_ROOT,
) -> None:
    """A leader: it is one major fault; customers of the area are told from now on."""
    _decide("confirm", IncidentAct(incident=number, by=by, text=cause), operator=operator, root=root)


@app.command()
def dismiss(
    number: int,
    *,
    reason: Annotated[str, typer.Option()],
    by: By,
    operator: OperatorOption = DEFAULT_OPERATOR,
    root: RootOption = DEFAULT_ROOT,
) -> None:
    """A leader: each fault is a matter of its own."""
    _decide("dismiss", IncidentAct(incident=number, by=by, text=reason), operator=operator, root=root)


@app.command()
def mend(
    number: int,
    *,
    outcome: Annotated[str, typer.Option(help="What was done.")],
    by: By,
    operator: OperatorOption = DEFAULT_OPERATOR,
    root: RootOption = DEFAULT_ROOT,
) -> None:
    """It is mended: settles every ticket under it."""
    _decide("mend", IncidentAct(incident=number, by=by, text=outcome), operator=operator, root=root)


def _decide(verb: IncidentVerb, act: IncidentAct, *, operator: str, root: RootOption) -> None:
    charter = charter_or_fail(operator=operator, root=root)
    decided = ask_backend(lambda backend, turn: backend.decide_incident(verb, act, correlation_id=turn))
    typer.echo(_line(decided, charter))


def _line(incident: IncidentView, charter: Charter) -> str:
    area = charter.area(incident.area)
    said = incident.outcome or incident.cause or ""
    return (
        f"{incident.number}  {STATE_LABELS[incident.state]}  {area.name if area else incident.area}  {incident.service}"
        f"  {local(incident.proposed_at):%Y-%m-%d %H:%M}  {len(incident.tickets)} 张工单  {said}".rstrip()
    )
