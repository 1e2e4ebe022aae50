"""片区客户经理: who is responsible for an area, and which area a question is about."""

from __future__ import annotations

from actions import spoken
from actions.answers import Answer
from actions.floor import Floor
from actions.parts import Parts
from backend.domain.areas import Area
from backend.domain.charter import Charter


def where_asked(floor: Floor, charter: Charter) -> tuple[str | None, Area | None]:
    """The place that the sentence names, else the customer's own, and the area it lies in."""
    said, own = floor.turn.entity("address"), floor.recall("contact_address")
    area = charter.place(said or floor.turn.text)  # 湾里这边 names an area, and is no address
    if said or area or not own:
        return said, area
    return own, charter.place(own)


def _area_manager(floor: Floor, parts: Parts) -> None:
    charter = parts.charter
    place, area = where_asked(floor, charter)
    if area is None and place:
        floor.say("utter_area_manager_unknown", hotline=charter.operator.hotline)
        return
    if area is None:
        floor.remember(awaited_answer="ask_area_manager")
        floor.say("utter_area_wanted")
        return
    manager = charter.member(area.manager)
    floor.say(
        "utter_area_manager",
        area=area.name,
        job_number=area.manager,
        phone=manager.phone if manager else charter.operator.hotline,
        supervision=charter.operator.supervision_phone,
        mark=spoken.sample_mark(sample=area.sample or (manager is not None and manager.sample)),
    )


ANYWHERE: dict[str, Answer] = {"ask_area_manager": _area_manager}
