"""What staff do to an area incident, and what is shown of it, as JSON."""

from dataclasses import dataclass
from typing import Final, Literal

from pydantic import AwareDatetime, TypeAdapter

from backend.domain.area_incident import IncidentState
from backend.domain.vocabulary import Service
from backend.messages.reports import Key, Moment, Text


@dataclass(frozen=True, kw_only=True)
class IncidentAct:
    """`text`: the cause, the reason or the outcome; `expected_until`: the operator's own figure, told as that."""

    incident: int
    by: Key  # job number
    text: Text
    expected_until: Moment | None = None


@dataclass(frozen=True, kw_only=True)
class IncidentView:
    number: int
    area: str
    service: Service
    state: IncidentState
    proposed_at: AwareDatetime
    cause: str | None
    outcome: str | None
    tickets: tuple[str, ...]


IncidentVerb = Literal["confirm", "dismiss", "mend"]
INCIDENT_ACT: Final = TypeAdapter(IncidentAct)
INCIDENT_VIEW: Final = TypeAdapter(IncidentView)
INCIDENT_VIEWS: Final = TypeAdapter(tuple[IncidentView, ...])
