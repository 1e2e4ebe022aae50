"""投诉: the feeling first, what happened, what would make it good, whom to call, read back, filed."""

from __future__ import annotations

import re
from typing import Any

from actions import contact, spoken
from actions.answers import Answers
from actions.complaint_words import ASKS_REMEDY, LABELS, MORE, NOTHING, ComplaintKind, staff_named, tells
from actions.filing import FileAction
from actions.floor import Floor
from actions.form import FORM_OF_INTENT, Form
from actions.parts import Parts
from actions.progress import take_number
from actions.read_back import Confirm, ReadBack, WhichPartIsWrong
from actions.turn import NOT_UNDERSTOOD
from backend.client import Receipt, Report
from backend.domain.charter import Charter
from backend.domain.vocabulary import TicketType

_OF_A_REPAIR = frozenset({ComplaintKind.OVERDUE, ComplaintKind.REPEAT_FAULT})
_PRESSING = frozenset({"ticket_urge", "return_visit_unsatisfied"})
_TOLD_AS_STORY = NOT_UNDERSTOOD | _PRESSING | {"inform_time", "inform_name", "inform_ticket_number", "inform_address"}
_UNTOLD = frozenset({"dont_know", "deny", "skip_self_check"})
_LONG = 12  # characters: a sentence with 怎么回事 in it tells something, a short one asks
_STATEMENT = 8
_READ_BACK = 40  # characters of the story


def kind(floor: Floor) -> ComplaintKind:
    return ComplaintKind(floor.recall("complaint_kind"))


def _blames(floor: Floor) -> bool:
    return floor.turn.intent.startswith("complain_")


def _asks(floor: Floor) -> bool:
    return floor.turn.asks and len(floor.turn.text) <= _LONG


def _states(floor: Floor) -> bool:
    """A longer sentence that asks nothing tells something, whatever it sounds like: 客服还挂了我两次电话."""
    turn = floor.turn
    return turn.intent.startswith("ask_") and not turn.asks and len(turn.text) >= _STATEMENT


def _note_fault(floor: Floor) -> None:
    """电视还是没信号, as the story or as the remedy, is also a fault to repair: it comes next."""
    noted = floor.recall("next_matters") or []
    if FORM_OF_INTENT.get(floor.turn.intent) == "fault_form" and not any(
        form == "fault_form" for form in (FORM_OF_INTENT.get(matter["intent"]) for matter in noted)
    ):
        floor.remember(next_matters=[*noted, floor.turn.as_noted()])
        floor.say("utter_complaint_and_repair")


def add_story(floor: Floor) -> None:
    """What was said belongs to the complaint; a sentence that says more exactly what it is about gives its kind."""
    story, said = floor.recall("complaint_story") or "", floor.turn.text
    if _blames(floor) and floor.recall("complaint_kind") in {None, ComplaintKind.OTHER}:
        floor.remember(complaint_kind=ComplaintKind(floor.turn.intent.removeprefix("complain_")))
    if said not in story:
        story = f"{story}；{said}" if story else said
    opening = floor.recall("form_opening")
    floor.remember(complaint_story=story, form_opening={**opening, "text": story})


class AskStory:
    """Asked only of who says 我要投诉 and no more, and once."""

    slot = "complaint_story"

    def __init__(self, charter: Charter) -> None:
        self._charter = charter

    def open(self, floor: Floor) -> bool:
        return floor.recall("complaint_story") is None

    def ask(self, floor: Floor, *, again: bool) -> None:
        floor.say("utter_complaint_story_wanted_again" if again else "utter_complaint_story_wanted")

    def take(self, floor: Floor) -> bool:
        turn = floor.turn
        if turn.intent in _UNTOLD:
            floor.remember(complaint_story=floor.recall("form_opening")["text"])
            return True
        told = _blames(floor) and tells(turn.text)
        told |= turn.intent in _TOLD_AS_STORY and not _asks(floor) and tells(turn.text)
        told |= FORM_OF_INTENT.get(turn.intent) == "fault_form" or _states(floor)
        if told:
            add_story(floor)
            _note_fault(floor)
            listen(floor, self._charter)
        return told


class AskRemedy:
    """What would make it good; 没有 is an answer."""

    slot = "complaint_remedy"

    def __init__(self, charter: Charter) -> None:
        self._charter = charter

    def open(self, floor: Floor) -> bool:
        return floor.recall("complaint_remedy") is None

    def ask(self, floor: Floor, *, again: bool) -> None:
        floor.say("utter_complaint_remedy_wanted_again" if again else "utter_complaint_remedy_wanted")

    def take(self, floor: Floor) -> bool:
        turn = floor.turn
        if self.declined(floor):
            floor.remember(complaint_remedy="")
        elif self.wished(floor):
            floor.remember(complaint_remedy=turn.text)
            _note_fault(floor)
        else:
            return False
        listen(floor, self._charter)
        return True

    def declined(self, floor: Floor) -> bool:
        return floor.turn.intent in _UNTOLD or NOTHING.search(floor.turn.text) is not None

    def wished(self, floor: Floor) -> bool:
        turn = floor.turn
        if ASKS_REMEDY.search(turn.text):
            return not turn.intent.startswith("ask_") or not turn.asks
        ours = _blames(floor) or turn.intent in _PRESSING or FORM_OF_INTENT.get(turn.intent) == "fault_form"
        return ours or (turn.intent in NOT_UNDERSTOOD | {"inform_time"} and not _asks(floor))


class ComplaintReadBack(ReadBack):
    topic = "complaint"
    which_part = "utter_complaint_which_part_is_wrong"
    parts = ("contact_phone",)

    def read(self, floor: Floor) -> None:
        story, remedy = floor.recall("complaint_story"), floor.recall("complaint_remedy")
        floor.say(
            "utter_complaint_read_back",
            kind=LABELS[kind(floor)],
            story=story if len(story) <= _READ_BACK else f"{story[:_READ_BACK]}等等",
            remedy=f"您希望：{remedy[:_READ_BACK]}；" if remedy else "",
            phone=spoken.phone(floor.recall("contact_phone")),
        )

    def listen(self, floor: Floor) -> None:
        listen(floor, self.charter)

    def adds(self, floor: Floor) -> bool:
        """还有，他还抽烟; the same said twice asks again."""
        turn = floor.turn
        more = _blames(floor) or (MORE.search(turn.text) is not None and turn.intent in _TOLD_AS_STORY)
        if not more or turn.text in floor.recall("complaint_story"):
            return False
        add_story(floor)
        return True

    def drops(self, floor: Floor) -> bool:
        """What happened is added to, not told again."""
        if super().drops(floor):
            return True
        named = re.search("要求|希望", floor.turn.text) is not None
        if named:
            floor.forget("complaint_remedy")
        return named

    def puts_right(self, floor: Floor) -> bool:
        if super().puts_right(floor):
            return True
        turn = floor.turn
        more = _blames(floor) or _states(floor) or turn.intent in _TOLD_AS_STORY | {"correction"}
        if not more or _asks(floor) or not tells(turn.text):
            return False
        add_story(floor)
        return True


def listen(floor: Floor, charter: Charter) -> None:
    """Phone, time and ticket; a place in a complaint is where it happened, and replaces no address that we know."""
    home = {slot: floor.recall(slot) for slot in ("contact_address", "contact_area", "contact_address_as_is")}
    contact.listen(floor, charter)
    take_number(floor)
    if home["contact_address"]:
        floor.remember(**home)


class ComplaintForm(Form):
    form = "complaint_form"

    def __init__(self, parts: Parts, answers: Answers) -> None:
        super().__init__(parts, answers)
        charter = parts.charter
        read_back = ComplaintReadBack(charter)
        self.questions = (
            AskStory(charter),
            AskRemedy(charter),
            contact.AskPhone(charter),
            WhichPartIsWrong(read_back),
            Confirm(read_back),
        )

    def begin(self, floor: Floor) -> None:
        floor.forget("complaint_kind", "complaint_story", "complaint_remedy", "complaint_wrong_part")
        floor.remember(complaint_kind=ComplaintKind(floor.turn.intent.removeprefix("complain_")))
        if tells(floor.turn.text):
            add_story(floor)
        floor.say(f"utter_complaint_heard_{kind(floor)}")

    def listen(self, floor: Floor) -> None:
        listen(floor, self.parts.charter)
        if floor.turn.active_form == self.form and floor.turn.asked and _blames(floor) and tells(floor.turn.text):
            add_story(floor)

    def keeps(self, floor: Floor) -> bool:
        """叫你们领导给我打电话 is a wish for the complaint, as is 算了没什么要求."""
        if floor.turn.asked != AskRemedy.slot:
            return False
        text = floor.turn.text
        return ASKS_REMEDY.search(text) is not None or NOTHING.search(text) is not None

    def summary(self, floor: Floor) -> str:
        story = floor.recall("complaint_story") or floor.recall("form_opening")["text"]
        remedy = floor.recall("complaint_remedy")
        return f"投诉{LABELS[kind(floor)]}：{story}{f'；希望：{remedy}' if remedy else ''}"


class FileComplaint(FileAction):
    """Graded as general: no rule of the charter says yet what makes a complaint major (R1.20)."""

    action = "action_file_complaint"
    accepted = "utter_complaint_accepted"
    wish_noted = "utter_call_wish_noted"

    def report(self, floor: Floor) -> Report:
        story, remedy = floor.recall("complaint_story"), floor.recall("complaint_remedy")
        known = [f"希望：{remedy}" if remedy else "", f"涉及人员：{staff}" if (staff := staff_named(story)) else ""]
        ticket = floor.recall("progress_ticket_number")
        if ticket and kind(floor) in _OF_A_REPAIR:
            known.append(f"涉及工单：{ticket}")
        return self.report_of(
            floor,
            ticket_type=TicketType.COMPLAINT,
            subject=kind(floor),
            service=None,
            description="；".join([f"投诉{LABELS[kind(floor)]}：{story}", *filter(None, known)]),
        )

    def facts(self, floor: Floor) -> dict[str, Any]:
        return {"kind": LABELS[kind(floor)]}

    def tell_more(self, floor: Floor, receipt: Receipt) -> None:
        operator = self.parts.charter.operator
        floor.say(
            "utter_complaint_ways_on",
            supervision=operator.supervision_phone,
            supervision_mark=spoken.sample_mark(sample="supervision_phone" in operator.samples),
        )
        coming = {matter["intent"] for matter in floor.recall("next_matters") or ()}
        known = floor.recall("progress_ticket_number") or any(FORM_OF_INTENT.get(i) == "fault_form" for i in coming)
        if kind(floor) in _OF_A_REPAIR and not known:
            floor.say("utter_complaint_repair_offered")
