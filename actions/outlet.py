"""营业厅: the nearest by district, with hours and phone."""

from __future__ import annotations

from actions import spoken
from actions.answers import Answer
from actions.floor import Floor
from actions.parts import Parts
from backend.domain.posted import Outlet

_MOST = 2


def near(place: str, city: str | None, outlets: tuple[Outlet, ...]) -> list[Outlet]:
    """The outlets of the district that stands in the place, else of the city, else all."""
    in_district = [outlet for outlet in outlets if outlet.district.rpartition("市")[2] in place]
    return in_district or [outlet for outlet in outlets if city and outlet.district.startswith(city)] or list(outlets)


def _outlet(floor: Floor, parts: Parts) -> None:
    charter = parts.charter
    said = floor.turn.entity("address") or floor.recall("contact_address") or floor.turn.text
    area = charter.place(said)
    found = near(f"{said}{area.name if area else ''}", area.city if area else None, charter.outlets)
    if not found:
        floor.say("utter_no_outlet_on_file", hotline=charter.operator.hotline)
        return
    told = "；".join(
        f"{outlet.name}{spoken.sample_mark(sample=outlet.sample)}，{outlet.address}，{outlet.hours}，{outlet.phone}"
        for outlet in found[:_MOST]
    )
    floor.say("utter_outlets", outlets=told)


ANYWHERE: dict[str, Answer] = {"ask_outlet": _outlet}
