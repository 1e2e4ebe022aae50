"""The hall 营业厅 (R2.7): the duty log 值班日志 and the opinion book 客户意见簿."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from backend.domain.charter import Charter
from backend.domain.errors import NoEventToEnd
from backend.domain.staff import StaffMember
from backend.domain.ticket_facts import written
from backend.domain.ticket_number import TicketNumber
from backend.domain.vocabulary import TicketType


@dataclass(frozen=True, kw_only=True)
class DutyNote:
    """An entry of the duty log. `event`: something unfinished 未了事项, carried on from day to day until it is ended.
    `number` is given by the store; `key` makes an entry harmless twice."""

    number: int = 0
    key: str
    at: datetime
    written_by: str
    text: str
    event: bool
    ended_at: datetime | None = None
    ended_by: str | None = None
    outcome: str | None = None

    def end(self, *, by: str, at: datetime, outcome: str) -> "DutyNote":
        """Refuses with NoEventToEnd, ReasonMissing."""
        if not self.event or self.ended_at:
            raise NoEventToEnd(number=self.number)
        return replace(self, ended_at=at, ended_by=by, outcome=written(outcome, verb="了结"))


class OpinionKind(StrEnum):
    COMPLAINT = "complaint"
    SUGGESTION = "suggestion"
    PRAISE = "praise"  # nothing is owed

    @property
    def ticket_type(self) -> TicketType | None:
        """What it is tracked as. A suggestion is owed an answer (R2.5, R7.6)."""
        return {OpinionKind.COMPLAINT: TicketType.COMPLAINT, OpinionKind.SUGGESTION: TicketType.QUESTION}.get(self)


OPINION_LABELS = {OpinionKind.COMPLAINT: "投诉", OpinionKind.SUGGESTION: "建议", OpinionKind.PRAISE: "表扬"}


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """An entry of the opinion book. `ticket`: by which it is tracked and answered, and which then holds the words;
    `words`: of praise."""

    number: int = 0
    key: str
    kind: OpinionKind
    written_at: datetime
    noted_by: str
    ticket: TicketNumber | None
    words: str | None


def lobby_managers(*, charter: Charter, at: datetime) -> tuple[StaffMember, ...]:
    """大堂经理 on duty; none where the operator has none."""
    return tuple(member for member in charter.staff if member.lobby and member.on_duty(at=at))
