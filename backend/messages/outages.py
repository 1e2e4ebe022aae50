"""What goes between the backend and its callers about outages, as JSON: announcements in, views out."""

from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import AfterValidator, AwareDatetime, Field, TypeAdapter

from backend.domain.outage import Outage
from backend.domain.vocabulary import OutageKind, Service
from backend.messages.reports import Key, Moment, Sent


def _some(services: frozenset[Service]) -> frozenset[Service]:
    if not services:
        raise ValueError("must name a service")
    return services


@dataclass(frozen=True, kw_only=True)
class Announcement(Sent):
    """`area` and `announced_by` as the charter knows them."""

    kind: OutageKind
    area: Key
    services: Annotated[frozenset[Service], AfterValidator(_some)]
    cause: Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00]+$")]  # short enough to be heard
    starts_at: Moment
    expected_until: Moment | None = None
    announced_by: Key


@dataclass(frozen=True, kw_only=True)
class Moving(Sent):
    """改期."""

    starts_at: Moment
    expected_until: Moment | None = None
    moved_by: Key


@dataclass(frozen=True, kw_only=True)
class Ending(Sent):
    ended_by: Key


@dataclass(frozen=True, kw_only=True)
class OutageView:
    number: int
    kind: OutageKind
    area: str
    services: tuple[Service, ...]
    cause: str
    starts_at: AwareDatetime
    expected_until: AwareDatetime | None


OUTAGE_VIEW: Final = TypeAdapter(OutageView)
OUTAGE_VIEWS: Final = TypeAdapter(tuple[OutageView, ...])


def outage_to_dict(outage: Outage) -> dict[str, Any]:
    view = OutageView(
        number=outage.number,
        kind=outage.kind,
        area=outage.area,
        services=tuple(sorted(outage.services)),
        cause=outage.cause,
        starts_at=outage.starts_at,
        expected_until=outage.expected_until,
    )
    shape: dict[str, Any] = OUTAGE_VIEW.dump_python(view, mode="json")
    return shape
