"""`case list|hear|decide|dismiss`: accountability 责任追究, as staff hear and decide it."""

from typing import Annotated

import typer

from backend.commands.running import ask_backend
from backend.domain.accountability import Gravity, Heavier, Lighter
from backend.domain.accountability_case import CASE_LABELS, GRAVITY_LABELS
from backend.domain.written import moment
from backend.messages.accountability import CaseAct, CaseDecision, CaseVerb, CaseView

app = typer.Typer(no_args_is_help=True, help="Accountability: cases of breaches.")
By = Annotated[str, typer.Option("--by", help="Your job number.")]
Reason = Annotated[str, typer.Option()]


@app.callback()
def _group() -> None:
    """Accountability: cases of breaches."""


@app.command("list")
def list_cases() -> None:
    """The newest first."""
    found = ask_backend(lambda backend, turn: backend.cases(correlation_id=turn))
    for case in found:
        typer.echo(_line(case))
    if not found:
        typer.echo("没有责任追究")


@app.command()
def hear(number: int, *, statement: Annotated[str, typer.Option(help="What the person states.")], by: By) -> None:
    """What the person states, before anything is decided."""
    _judge("hear", CaseAct(case=number, by=by, text=statement))


@app.command()
def decide(
    number: int,
    *,
    gravity: Annotated[Gravity, typer.Option()],
    reason: Reason,
    by: By,
    heavier: Annotated[list[Heavier] | None, typer.Option()] = None,
    lighter: Annotated[list[Lighter] | None, typer.Option()] = None,
) -> None:
    """The measures are the charter's for that gravity; two acts in a year are found without being named."""
    decision = CaseDecision(
        case=number, by=by, text=reason, gravity=gravity, heavier=tuple(heavier or ()), lighter=tuple(lighter or ())
    )
    _judge("decide", decision)


@app.command()
def dismiss(number: int, *, reason: Reason, by: By) -> None:
    """There was no responsibility."""
    _judge("dismiss", CaseAct(case=number, by=by, text=reason))


def _judge(verb: CaseVerb, act: CaseAct) -> None:
    typer.echo(_line(ask_backend(lambda backend, turn: backend.judge_case(verb, act, correlation_id=turn))))


def _line(case: CaseView) -> str:
    told = [
        f"{case.number}",
        CASE_LABELS[case.state],
        f"工单 {case.ticket}",
        case.what,
        f"责任人工号 {case.answerable}",
    ]
    if case.late_minutes is not None:
        told.append(f"超时 {case.late_minutes} 分钟")
    if case.acts_before:
        told.append(f"一年内已追究 {case.acts_before} 次")
    if case.gravity and case.carried_out_from:
        told += [GRAVITY_LABELS[case.gravity], "、".join(case.measures), f"{moment(case.carried_out_from)} 起执行"]
    return "  ".join([*told, *filter(None, (case.reason,))])
