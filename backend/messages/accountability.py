"""What is done to a case of accountability, and what is shown of it, as JSON."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final, Literal

from pydantic import AwareDatetime, Field, TypeAdapter

from backend.domain.accountability import Answerable, Gravity, Heavier, Lighter
from backend.domain.accountability_case import Breach, Case, CaseState, Step
from backend.messages.reports import Key, Text


@dataclass(frozen=True, kw_only=True)
class CaseAct:
    """`text`: what the person states, or the reason."""

    case: int
    by: Key  # job number
    text: Text


@dataclass(frozen=True, kw_only=True)
class CaseDecision(CaseAct):
    gravity: Gravity
    heavier: Annotated[tuple[Heavier, ...], Field(max_length=10)] = ()
    lighter: Annotated[tuple[Lighter, ...], Field(max_length=10)] = ()


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """`late_minutes` None: it is not about a due time. `acts_before`: punished within the year before (R6.3).
    `offers`: what who asks may do about it now."""

    number: int
    ticket: str
    breach: Breach
    what: str
    due: AwareDatetime | None
    late_minutes: int | None
    against: Answerable
    answerable: str
    department: str | None
    state: CaseState
    statement: str | None
    gravity: Gravity | None
    measures: tuple[str, ...]
    heavier: tuple[Heavier, ...]
    lighter: tuple[Lighter, ...]
    decided_by: str | None
    reason: str | None
    carried_out_from: AwareDatetime | None
    acts_before: int
    offers: tuple[Step, ...] = ()


CaseVerb = Literal["hear", "decide", "dismiss"]
CASE_ACT: Final = TypeAdapter(CaseAct)
CASE_DECISION: Final = TypeAdapter(CaseDecision)
CASE_VIEW: Final = TypeAdapter(CaseView)
CASE_VIEWS: Final = TypeAdapter(tuple[CaseView, ...])


def case_to_dict(case: Case, *, acts_before: int, now: datetime, offers: tuple[Step, ...] = ()) -> dict[str, Any]:
    late = case.late_by(now=now)
    view = CaseView(
        number=case.number,
        ticket=str(case.ticket),
        breach=case.breach,
        what=case.what,
        due=case.due,
        late_minutes=None if late is None else int(late.total_seconds() // 60),
        against=case.against,
        answerable=case.answerable,
        department=case.department,
        state=case.state,
        statement=case.statement,
        gravity=case.gravity,
        measures=case.measures,
        heavier=case.heavier,
        lighter=case.lighter,
        decided_by=case.decided_by,
        reason=case.reason,
        carried_out_from=case.carried_out_from,
        acts_before=acts_before,
        offers=offers,
    )
    shape: dict[str, Any] = CASE_VIEW.dump_python(view, mode="json")
    return shape
