"""投诉: the feeling first, what happened, what would make it good, whom to call, read back, filed."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from actions import complaint_tickets, danger, phone, spoken
from actions.answers import Answers
from actions.complaint_questions import (
    AskRemedy,
    AskSame,
    AskStory,
    ComplaintReadBack,
    add_story,
    add_wish,
    blames,
    kind,
    listen,
    wishes_more,
)
from actions.complaint_tickets import OF_A_REPAIR
from actions.complaint_words import ASKS_REMEDY, NOTHING, description, remedy_in, tells
from actions.fault_kinds import kind_named
from actions.filing import FileAction
from actions.floor import Floor
from actions.form import FORM_OF_INTENT, Form
from actions.parts import Parts
from actions.read_back import Confirm, WhichPartIsWrong
from actions.services import serves
from actions.turn import NOT_UNDERSTOOD
from actions.visit_asked import UNSATISFIED
from backend.client import Receipt, Report
from backend.domain.danger import dangers_in
from backend.domain.labels import COMPLAINT_LABELS
from backend.domain.vocabulary import ComplaintKind, Grade, TicketType

_WAIT = "等回电"
_REPAIR = re.compile(r"(?<!不)修|还是?(?:坏|花|卡|没好|不行|不好|没有?信号)")
_OF_AN_ORDER = re.compile(r"^[^修]*(?:[来要上安给]装|装[电宽机网]|移机|过户|开通)[^修]*$")
# What was told stays told where a danger comes first.
_KEPT = ("complaint_kind", "complaint_story", "complaint_remedy", "complaint_joins", "complaint_about")


class ComplaintForm(Form):
    form = "complaint_form"
    files = True
    calms = False  # its first words do

    def __init__(self, parts: Parts, answers: Answers) -> None:
        super().__init__(parts, answers)
        charter = parts.charter
        read_back = ComplaintReadBack(charter)
        self.questions = (
            AskStory(charter),
            AskSame(),
            AskRemedy(charter),
            phone.AskPhone(charter),
            WhichPartIsWrong(read_back),
            Confirm(read_back),
        )

    async def look_up(self, floor: Floor) -> None:
        await complaint_tickets.look_up(floor, self.parts)

    def begin(self, floor: Floor) -> None:
        kept = floor.recall("form_opening").get("kept")
        floor.forget(
            "complaint_wrong_part", "complaint_story", "complaint_remedy", "complaint_joins", "complaint_about"
        )
        if kept:
            floor.remember(**kept)
            return
        floor.remember(complaint_kind=ComplaintKind(floor.turn.intent.removeprefix("complain_")))
        if tells(floor.turn.text):
            add_story(floor)
        if wanted := remedy_in(floor.turn.text):
            floor.remember(complaint_remedy=wanted)  # and is not asked for
        if dangers_in(floor.turn.text):
            danger.warn(floor, self.parts.charter)
        floor.say(f"utter_complaint_heard_{kind(floor)}")
        complaint_tickets.tell_repairs(floor, self.parts.charter)

    def so_far(self, floor: Floor) -> dict[str, Any]:
        return {**super().so_far(floor), "kept": {slot: floor.recall(slot) for slot in _KEPT}}

    def listen(self, floor: Floor) -> None:
        listen(floor, self.parts.charter)
        if floor.turn.active_form == self.form and wishes_more(floor):
            add_wish(floor)
        elif floor.turn.active_form == self.form and floor.turn.asked and blames(floor) and tells(floor.turn.text):
            add_story(floor)

    def keeps(self, floor: Floor) -> bool:
        """叫你们领导给我打电话 is a wish for the complaint, as is 算了没什么要求."""
        if floor.turn.asked != AskRemedy.slot:
            return wishes_more(floor)
        text = floor.turn.text
        return ASKS_REMEDY.search(text) is not None or NOTHING.search(text) is not None

    def as_matter(self, floor: Floor) -> dict[str, Any]:
        """还要修, of the fault that the story has named: neither asked for nor checked at home again."""
        matter = super().as_matter(floor)
        named = kind_named(floor.recall("complaint_story") or "")
        if matter["intent"] != UNSATISFIED or named is None:
            return matter
        return {**matter, "intent": f"report_fault_{named}", "repaired_before": True}

    def summary(self, floor: Floor) -> str:
        story = floor.recall("complaint_story") or floor.recall("form_opening")["text"]
        remedy = floor.recall("complaint_remedy")
        return f"投诉{COMPLAINT_LABELS[kind(floor)]}：{story}{f'；希望：{remedy}' if remedy else ''}"


class FileComplaint(FileAction):
    """How grave it is, the backend decides by the charter's rules (R1.16)."""

    action = "action_file_complaint"
    accepted = "utter_complaint_accepted"
    wish_noted = "utter_call_wish_noted"

    def report(self, floor: Floor) -> Report:
        about = floor.recall("complaint_about")
        report = self.report_of(
            floor,
            ticket_type=TicketType.COMPLAINT,
            subject=kind(floor),
            service=None,
            description=description(floor),
        )
        return replace(report, about=about, joins=floor.recall("complaint_joins") or None)

    def facts(self, floor: Floor) -> dict[str, Any]:
        return {"kind": COMPLAINT_LABELS[kind(floor)]}

    def tell_leader(self, floor: Floor, receipt: Receipt) -> None:
        if receipt.grade is Grade.MAJOR and receipt.reported_to:
            floor.say("utter_complaint_major", leader=receipt.reported_to)
        else:
            super().tell_leader(floor, receipt)

    def tell_more(self, floor: Floor, receipt: Receipt) -> bool:
        coming = floor.recall("next_matters") or ()
        repair = floor.recall("complaint_about") or any(
            FORM_OF_INTENT.get(matter["intent"]) in {"fault_form", "return_visit_form"} for matter in coming
        )
        story = floor.recall("complaint_story")
        named = kind_named(story)
        mended = named is None or serves(f"report_fault_{named}", self.parts.charter)
        served = mended and _OF_AN_ORDER.search(story) is None
        if kind(floor) in OF_A_REPAIR and served and not repair:
            floor.say("utter_complaint_repair_offered")
            floor.remember(complaint_repair=self._repair(floor))
        asks = receipt.grade is Grade.MAJOR and not coming  # one question at a time
        operator = self.parts.charter.operator
        told = {
            "supervision": operator.supervision_phone,
            "supervision_mark": spoken.sample_mark(sample="supervision_phone" in operator.samples),
        }
        if asks and floor.turn.agents_here:
            floor.hand_over("major_complaint", saying="utter_handed_over_major", **told)
        else:
            floor.say("utter_complaint_major_ways_on" if asks else "utter_complaint_ways_on", **told)
        return asks

    def _repair(self, floor: Floor) -> dict[str, Any]:
        """The report of the fault that the story names, if it names one; not checked at home again."""
        story = floor.recall("complaint_story")
        return {"text": story, "intent": _report_of(story), "repaired_before": True}


def _report_of(text: str) -> str | None:
    named = kind_named(text)
    return f"report_fault_{named}" if named else None


def take_up(floor: Floor) -> bool:
    """The answer to what was offered with the complaint, where the turn is one."""
    return _take_up_call(floor) or _take_up_repair(floor)


def _take_up_repair(floor: Floor) -> bool:
    """那电视谁来修, or the address alone, of the fault that the complaint has named."""
    repair, turn = floor.recall("complaint_repair"), floor.turn
    if not repair:
        return False
    unclear = turn.intent in NOT_UNDERSTOOD | {"nlu_offer", UNSATISFIED, "ask_area_manager"}
    wanted = unclear and _REPAIR.search(turn.text)
    where = turn.intent == "inform_address" and turn.entity("address") and not floor.recall("awaited_answer")
    meant = repair["intent"] or _report_of(turn.text)
    if meant and (wanted or where):
        text, entities = f"{repair['text']}；{turn.text}", turn.as_noted()["entities"]
        floor.remember(next_matters=[{**repair, "intent": meant, "text": text, "entities": entities}])
        floor.then(FORM_OF_INTENT[meant])
        floor.forget("complaint_repair")
        return True
    return False


def _take_up_call(floor: Floor) -> bool:
    """The answer to 转人工，还是等回电."""
    offered = any(_WAIT in text for text in floor.turn.last_said)
    if offered and (_WAIT in floor.turn.text or floor.turn.intent == "deny"):
        floor.say("utter_complaint_call_comes")
    elif offered and floor.turn.affirms:
        floor.remember(next_matters=[{"text": "转人工", "intent": "request_human", "entities": []}])
        floor.then("question_form")
    else:
        return False
    return True
