"""`unfiled`: reports confirmed while the backend could not be reached, which the actions keep until they are filed."""

import json
import os
import sqlite3
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from backend.commands.common import fail
from backend.telemetry import mask


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Never the report itself: it holds a phone and an address."""

    matter_id: str
    kept_at: str
    age_seconds: int
    attempts: int
    last_error: str | None


def unfiled(path: Path, *, now: datetime) -> tuple[Waiting, ...]:
    """Oldest first; none where the actions have not kept anything yet. Raises sqlite3.Error."""
    if not path.exists():
        return ()
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=2.0)
    try:
        kept = connection.execute(
            "SELECT matter_id, kept_at, attempts, last_error FROM unfiled ORDER BY kept_at"
        ).fetchall()
    finally:
        connection.close()
    return tuple(
        Waiting(
            matter_id=matter_id,
            kept_at=kept_at,
            age_seconds=int((now - datetime.fromisoformat(kept_at)).total_seconds()),
            attempts=attempts,
            last_error=str(mask(last_error)) if last_error else None,
        )
        for matter_id, kept_at, attempts, last_error in kept
    )


def show_unfiled(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON list.")] = False,
    alarm_after: Annotated[
        int | None, typer.Option(help="Minutes: ends with 1 if something has waited longer.")
    ] = None,
) -> None:
    """List the reports that wait to be filed. No phone, no address."""
    path = Path(os.environ.get("SHOUWEN_VAR") or "var") / "unfiled.sqlite"
    try:
        waiting = unfiled(path, now=datetime.now(UTC))
    except sqlite3.Error as broken:
        fail(f"{path}: {broken}", code=2)
    if as_json:
        typer.echo(json.dumps([asdict(report) for report in waiting], ensure_ascii=False, indent=2))
    else:
        typer.echo(f"{len(waiting)} waiting to be filed")
        for report in waiting:
            age = timedelta(seconds=report.age_seconds)
            error = f", last error: {report.last_error}" if report.last_error else ""
            typer.echo(f"{report.matter_id}  kept {report.kept_at}, for {age}, attempts {report.attempts}{error}")
    if alarm_after is not None and any(report.age_seconds > alarm_after * 60 for report in waiting):
        raise typer.Exit(1)
