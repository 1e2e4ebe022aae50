"""营业厅: the nearest by district, with hours and phone."""

from __future__ import annotations

from actions import spoken
from actions.answers import Answer
from actions.floor import Floor
from actions.parts import Parts
from backend.domain.posted import Outlet

_MOST = 2


def near(place: str, outlets: tuple[Outlet, ...]) -> list[Outlet]:
    """The outlets of the district that stands in the place."""
    return [outlet for outlet in outlets if outlet.district.rpartition("市")[2].removesuffix("区") in place]


def _outlet(floor: Floor, parts: Parts) -> None:
    charter = parts.charter
    said = floor.turn.entity("address") or floor.recall("contact_address") or floor.turn.text
    area = charter.place(said)
    found = near(f"{said}{area.name if area else ''}", charter.outlets)
    if not charter.outlets:
        floor.say("utter_no_outlet_on_file", hotline=charter.operator.hotline)
    elif not found:
        floor.remember(awaited_answer="ask_outlet")
        districts = "、".join(outlet.district.rpartition("市")[2] for outlet in charter.outlets)
        floor.say("utter_outlet_district_wanted", districts=districts)
    else:
        floor.say("utter_outlets", outlets="；".join(_told(outlet) for outlet in found[:_MOST]))


def _told(outlet: Outlet) -> str:
    mark = spoken.sample_mark(sample=outlet.sample)
    return f"{outlet.name}{mark}，{outlet.address}，{outlet.hours}，电话 {outlet.phone}"


ANYWHERE: dict[str, Answer] = {"ask_outlet": _outlet}
