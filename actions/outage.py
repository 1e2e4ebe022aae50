"""停机检修和已知故障: what staff has announced for the customer's area."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from actions import area_manager, contact, services, spoken
from actions.answers import Answer
from actions.floor import Floor
from actions.parts import Parts
from backend.client import BackendUnavailable, OutageView
from backend.domain.areas import Area
from backend.domain.charter import Charter
from backend.domain.vocabulary import SERVICE_LABELS, OutageKind, Service

_MOST = 2


def _outage(floor: Floor, parts: Parts) -> None:
    place, area = area_manager.where_asked(floor, parts.charter)
    named = place or (area.name if area and area.name in floor.turn.text else None)
    if named and not (floor.turn.active_form or floor.recall("contact_address")):
        contact.take_address(floor, parts.charter, named)  # a fault that is reported next is not asked again where
    if area:
        floor.find_out(partial(_tell, floor, parts, area))
    elif place:
        floor.say("utter_outage_area_unknown", hotline=parts.charter.operator.hotline)
    elif floor.turn.active_form:
        floor.say("utter_outage_area_wanted_in_form")
    else:
        floor.remember(awaited_answer="ask_outage")
        floor.say("utter_outage_area_wanted")


async def _tell(floor: Floor, parts: Parts, area: Area) -> None:
    try:
        known = await look_up(floor, parts, area=area, service=None)
    except BackendUnavailable:
        floor.say("utter_outage_unavailable")
        return
    for outage in known[:_MOST]:
        tell(floor, outage, parts.charter)
    if not known:
        if floor.turn.active_form:
            floor.say("utter_no_outage_in_form", area=area.name)
        else:
            floor.say("utter_no_outage", buttons=services.usual_faults(parts.charter), area=area.name)


async def look_up(floor: Floor, parts: Parts, *, area: Area, service: Service | None) -> tuple[OutageView, ...]:
    """Raises BackendUnavailable."""
    return await parts.backend.outages(area=area.key, service=service, correlation_id=floor.turn.correlation_id)


def tell(floor: Floor, outage: OutageView, charter: Charter) -> None:
    now, area = floor.turn.accepted_at, charter.area(outage.area)
    floor.say(
        _response(outage, now=now),
        area=area.name if area else outage.area,
        services="、".join(SERVICE_LABELS[service] for service in outage.services),
        cause=outage.cause,
        since=spoken.moment(outage.starts_at),
        until=_expected(outage, now=now),
    )


def _response(outage: OutageView, *, now: datetime) -> str:
    if outage.starts_at > now:
        return "utter_maintenance_ahead"
    return "utter_maintenance_now" if outage.kind is OutageKind.MAINTENANCE else "utter_known_outage"


def _expected(outage: OutageView, *, now: datetime) -> str:
    """The operator's own figure, told as that: no promise of ours."""
    if outage.expected_until is None:
        return "什么时候恢复还没有定"
    told = spoken.moment(outage.expected_until)
    return f"原来预计 {told} 恢复，还没有修好" if outage.expected_until < now else f"预计 {told} 恢复"


ANYWHERE: dict[str, Answer] = {"ask_outage": _outage}
