"""What is said at the hand-over of a shift, and what is shown of it, as JSON."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from pydantic import AwareDatetime, TypeAdapter

from backend.domain.handover import Handover, Matter, SuddenEvent
from backend.messages.reports import Key, Text


@dataclass(frozen=True, kw_only=True)
class Offering:
    """`note`: what the next shift should know beside the list."""

    leaving: Key  # job number
    taking: Key  # job number
    note: Text = ""


@dataclass(frozen=True, kw_only=True)
class Taking:
    handover: int
    by: Key  # job number


@dataclass(frozen=True, kw_only=True)
class MatterView:
    """`stopped` None: a sudden event that still hangs."""

    ticket: str
    as_handler: bool
    as_owner: bool
    follow_up: tuple[str, ...]
    event: SuddenEvent | None
    stopped: str | None


@dataclass(frozen=True, kw_only=True)
class HandoverView:
    number: int
    leaving: str
    taking: str
    offered_at: AwareDatetime
    note: str
    matters: tuple[MatterView, ...]
    taken_at: AwareDatetime | None


OFFERING: Final = TypeAdapter(Offering)
TAKING: Final = TypeAdapter(Taking)
MATTER_VIEWS: Final = TypeAdapter(tuple[MatterView, ...])
HANDOVER_VIEW: Final = TypeAdapter(HandoverView)
HANDOVER_VIEWS: Final = TypeAdapter(tuple[HandoverView, ...])


def matters_to_list(matters: Iterable[Matter]) -> list[dict[str, Any]]:
    shape: list[dict[str, Any]] = MATTER_VIEWS.dump_python(_views(matters), mode="json")
    return shape


def handover_to_dict(handover: Handover) -> dict[str, Any]:
    view = HandoverView(
        number=handover.number,
        leaving=handover.leaving,
        taking=handover.taking,
        offered_at=handover.offered_at,
        note=handover.note,
        matters=_views(handover.matters),
        taken_at=handover.taken_at,
    )
    shape: dict[str, Any] = HANDOVER_VIEW.dump_python(view, mode="json")
    return shape


def _views(matters: Iterable[Matter]) -> tuple[MatterView, ...]:
    return tuple(
        MatterView(
            ticket=str(matter.ticket),
            as_handler=matter.as_handler,
            as_owner=matter.as_owner,
            follow_up=matter.follow_up,
            event=matter.event,
            stopped=matter.stopped,
        )
        for matter in matters
    )
