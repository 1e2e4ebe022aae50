"""`incident list|confirm|dismiss|mend`: area incidents 片区故障, as staff decide them."""

from collections.abc import Callable, Mapping
from typing import Annotated, Final

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


WORDS: Final[Mapping[IncidentVerb, tuple[str, str, str]]] = {  # what is typed with it, and what the help says of both
    "confirm": (
        "--cause",
        "As customers shall hear it, e.g. 光缆被挖断.",
        "A leader: it is one major fault; customers of the area are told from now on.",
    ),
    "dismiss": ("--reason", "Why it is none.", "A leader: each fault is a matter of its own."),
    "mend": ("--outcome", "What was done.", "It is mended: settles every ticket under it."),
}


def _deciding(verb: IncidentVerb, *, option: str, about: str) -> Callable[..., None]:
    def decide(
        number: int,
        *,
        text: Annotated[str, typer.Option(option, help=about)],
        by: By,
        operator: OperatorOption = DEFAULT_OPERATOR,
        root: RootOption = DEFAULT_ROOT,
    ) -> None:
        charter = charter_or_fail(operator=operator, root=root)
        act = IncidentAct(incident=number, by=by, text=text)
        decided = ask_backend(lambda backend, turn: backend.decide_incident(verb, act, correlation_id=turn))
        typer.echo(_line(decided, charter))

    return decide


for _verb, (_option, _about, _help) in WORDS.items():
    app.command(_verb, help=_help)(_deciding(_verb, option=_option, about=_about))


def _line(incident: IncidentView, charter: Charter) -> str:
    area = charter.area(incident.area)
    said = incident.outcome or incident.cause or ""
    return (
        f"{incident.number}  {STATE_LABELS[incident.state]}  {area.name if area else incident.area}  {incident.service}"
        f"  {local(incident.proposed_at):%Y-%m-%d %H:%M}  {len(incident.tickets)} 张工单  {said}".rstrip()
    )
