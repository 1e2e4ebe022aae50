"""补材料: the papers of an order, named at one time (R2.4); all there, the clock starts (R1.13). People check them."""

from __future__ import annotations

import re
from typing import Any

from actions import tickets
from actions.answers import Answers
from actions.floor import Floor
from actions.form import FORM_OF_INTENT
from actions.parts import Parts
from actions.ticket_form import TicketForm
from actions.ticket_wish import WishAction
from backend.client import TicketView, Wish
from backend.domain.charter import Charter
from backend.domain.vocabulary import TicketType

_ALL_THERE = re.compile(r"齐|[都全][部都]?.{0,4}(?:有|在|带|好|传|发|交|办)")
_MISSING = re.compile(r"没|缺|差|少|丢|找不|还要|不齐|未")
_NOT_YET = re.compile(r"^(?:还|就|都|现在|暂时)*(?:差|缺|没|少|不齐|未)")
_AROUND_A_PAPER = re.compile(r"原件|复印件|双方|户主|本人|正反面|和|及|、")


def papers(ticket: tickets.Known, charter: Charter) -> tuple[str, ...]:
    return charter.papers(ticket_type=TicketType(ticket["type"]), subject=ticket["subject"])


def take_papers(floor: Floor, wanted: tuple[str, ...]) -> bool:
    """Those that the customer says to have; False where the sentence names none."""
    text = floor.turn.text
    named = [paper for paper in wanted if _AROUND_A_PAPER.sub("", paper) in text]
    if not named or _MISSING.search(text) or floor.turn.asks:
        return False
    in_hand = [*(floor.recall("materials_in_hand") or ()), *named]
    floor.remember(materials_in_hand=list(dict.fromkeys(in_hand)))
    if set(in_hand) >= set(wanted):
        floor.remember(form_outcome="confirmed")
    return True


class AskMaterials:
    slot = "materials_in_hand"

    def __init__(self, parts: Parts) -> None:
        self._charter = parts.charter

    def open(self, floor: Floor) -> bool:
        return True

    def ask(self, floor: Floor, *, again: bool) -> None:
        ticket, in_hand = floor.recall("meant_ticket"), floor.recall("materials_in_hand") or ()
        wanted = papers(ticket, self._charter)
        missing = [paper for paper in wanted if paper not in in_hand]
        response = "utter_materials_rest_wanted" if in_hand else "utter_materials_wanted"
        floor.say(response, papers="、".join(missing or wanted), **tickets.facts(ticket))

    def take(self, floor: Floor) -> bool:
        turn = floor.turn
        wanted = papers(floor.recall("meant_ticket"), self._charter)
        another = FORM_OF_INTENT.get(turn.intent, MaterialsForm.form) != MaterialsForm.form
        all_there = _ALL_THERE.search(turn.text) and not (another or _MISSING.search(turn.text) or turn.asks)
        if turn.affirms or all_there:
            floor.remember(materials_in_hand=list(wanted), form_outcome="confirmed")
        elif take_papers(floor, wanted):
            pass
        elif turn.intent in {"deny", "dont_know"} or (_NOT_YET.search(turn.text) and not turn.asks):
            floor.say("utter_materials_when_ready", **tickets.facts(floor.recall("meant_ticket")))
            floor.remember(form_outcome="left")
        else:
            return False
        return True


class MaterialsForm(TicketForm):
    form = "materials_form"
    then = "action_supply_materials"

    def __init__(self, parts: Parts, answers: Answers) -> None:
        self.about = (AskMaterials(parts),)
        super().__init__(parts, answers)

    def candidates(self, known: list[tickets.Known], floor: Floor) -> list[tickets.Known]:
        orders = [ticket for ticket in known if ticket["type"] == TicketType.ORDER]
        waiting = [ticket for ticket in orders if ticket["awaits_materials"]]
        return waiting or [ticket for ticket in orders if tickets.is_open(ticket)] or orders[:1]

    def begin(self, floor: Floor) -> None:
        floor.forget("materials_in_hand")
        super().begin(floor)

    def found(self, floor: Floor) -> None:
        ticket = floor.recall("meant_ticket")
        if not ticket["awaits_materials"]:
            floor.say("utter_no_materials_awaited", **tickets.facts(ticket))
            floor.remember(form_outcome="left")

    def opened(self, floor: Floor) -> None:
        if ticket := floor.recall("meant_ticket"):
            take_papers(floor, papers(ticket, self.parts.charter))

    def summary(self, floor: Floor) -> str:
        return f"补材料：{super().summary(floor)}"


class SupplyMaterials(WishAction):
    action = "action_supply_materials"

    async def carry_out(self, floor: Floor, **asked: Any) -> TicketView:
        said = f"{asked['text']}；{'、'.join(floor.recall('materials_in_hand'))}"
        wish = Wish(**{**asked, "text": said[:2000]})
        return await self.parts.backend.supply_materials(wish, correlation_id=floor.turn.correlation_id)

    def tell(self, floor: Floor, ticket: TicketView) -> None:
        floor.say(
            "utter_materials_noted",
            papers="、".join(floor.recall("materials_in_hand")),
            owner=ticket.owner.job_number,
            **self.facts(ticket),
        )
