"""The call sheet of return visits 回访呼叫单, as JSON. Customers are masked."""

from dataclasses import dataclass
from typing import Final

from pydantic import AwareDatetime, TypeAdapter

from backend.messages.desk import BoardRow, VisitView
from backend.messages.reports import Key


@dataclass(frozen=True, kw_only=True)
class SheetAsked:
    """`by`: the job number of who calls; `area`: a key, of that alone."""

    by: Key
    area: Key | None = None


@dataclass(frozen=True, kw_only=True)
class ScriptView:
    """What is said, in its order. `conduct`: by what is asked about."""

    opening: str
    question: str
    promised: str | None
    conduct: dict[str, str]
    mark: str
    farewell: str


@dataclass(frozen=True, kw_only=True)
class CallRow:
    """`last`: of the tries of this round; `again_at`: when the next one is due, None where there was none."""

    row: BoardRow
    outcome: str | None
    resolved_at: AwareDatetime | None
    tried: int
    last: VisitView | None
    again_at: AwareDatetime | None
    script: ScriptView


@dataclass(frozen=True, kw_only=True)
class VisitSheet:
    """`published`: whether the charter promises visits; `times`: how often somebody is tried; `content_from`: the mark
    from which on a customer counts as content; `quiet_until`: None by day."""

    published: bool
    times: int | None
    content_from: int | None
    quiet_until: AwareDatetime | None
    rows: tuple[CallRow, ...]
    total: int


SHEET_ASKED: Final = TypeAdapter(SheetAsked)
VISIT_SHEET: Final = TypeAdapter(VisitSheet)
