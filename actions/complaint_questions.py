"""投诉要问的: what happened, whether it is the matter that is open already, what would make it good, the read-back."""

from __future__ import annotations

import re

from actions import contact, services, spoken
from actions.complaint_tickets import maybe_same, tell_repairs
from actions.complaint_words import ANOTHER, ASKS_REMEDY, MORE, NOTHING, THE_SAME, tells
from actions.floor import Floor
from actions.form import FORM_OF_INTENT
from actions.progress import take_number
from actions.read_back import ReadBack
from actions.turn import NOT_UNDERSTOOD
from actions.wished_time import happens
from backend.domain.charter import Charter
from backend.domain.labels import COMPLAINT_LABELS
from backend.domain.vocabulary import ComplaintKind

_PRESSING = frozenset({"ticket_urge", "return_visit_unsatisfied"})
_TOLD_AS_STORY = NOT_UNDERSTOOD | _PRESSING | {"inform_time", "inform_name", "inform_ticket_number", "inform_address"}
UNTOLD = frozenset({"dont_know", "deny", "skip_self_check"})
_LONG = 12  # characters: a sentence with 怎么回事 in it tells something, a short one asks
_STATEMENT = 8
_OF_OURS = re.compile(r"你们|客服|热线|营业厅|师傅|没人接")  # 你们座机打不通 is no fault of the customer's
_READ_BACK = 40  # characters of the story


def kind(floor: Floor) -> ComplaintKind:
    return ComplaintKind(floor.recall("complaint_kind"))


def blames(floor: Floor) -> bool:
    return floor.turn.intent.startswith("complain_")


def _asks(floor: Floor) -> bool:
    return floor.turn.asks and len(floor.turn.text) <= _LONG


def _states(floor: Floor) -> bool:
    """A longer sentence that asks nothing tells something, whatever it sounds like: 客服还挂了我两次电话."""
    turn = floor.turn
    return turn.intent.startswith("ask_") and not turn.asks and len(turn.text) >= _STATEMENT


def _note_fault(floor: Floor, charter: Charter) -> None:
    """电视还是没信号, as the story or as the remedy, is also a fault to repair: it comes next."""
    noted = floor.recall("next_matters") or []
    if not services.serves(floor.turn.intent, charter):
        if not _OF_OURS.search(floor.turn.text):
            services.say_not_offered(floor, charter)
    elif FORM_OF_INTENT.get(floor.turn.intent) == "fault_form" and not any(
        form == "fault_form" for form in (FORM_OF_INTENT.get(matter["intent"]) for matter in noted)
    ):
        floor.remember(next_matters=[*noted, floor.turn.as_noted()])
        floor.say("utter_complaint_and_repair")


def add_story(floor: Floor) -> None:
    """What was said belongs to the complaint; a sentence that says more exactly what it is about gives its kind."""
    story, said = floor.recall("complaint_story") or "", floor.turn.text
    if blames(floor) and floor.recall("complaint_kind") in {None, ComplaintKind.OTHER}:
        floor.remember(complaint_kind=ComplaintKind(floor.turn.intent.removeprefix("complain_")))
    if said not in story:
        story = f"{story}；{said}" if story else said
    opening = floor.recall("form_opening")
    floor.remember(complaint_story=story, form_opening={**opening, "text": story})


def wishes_more(floor: Floor) -> bool:
    """What would make it good besides, said when that was asked already."""
    wished, said = floor.recall("complaint_remedy"), floor.turn.text
    return wished is not None and said not in wished and ASKS_REMEDY.search(said) is not None


def add_wish(floor: Floor) -> None:
    wished, more = floor.recall("complaint_remedy"), floor.turn.text
    floor.remember(complaint_remedy=f"{wished}；{more}" if wished else more)


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
        if turn.intent in UNTOLD:
            floor.remember(complaint_story=floor.recall("form_opening")["text"])
            return True
        told = blames(floor) and tells(turn.text)
        told |= turn.intent in _TOLD_AS_STORY and not _asks(floor) and tells(turn.text)
        told |= FORM_OF_INTENT.get(turn.intent) == "fault_form" or _states(floor)
        if told:
            add_story(floor)
            _note_fault(floor, self._charter)
            listen(floor, self._charter)
            tell_repairs(floor, self._charter)
        return told


class AskSame:
    """是同一件事吗: an open complaint of this kind that the conversation may know of, told in other words."""

    slot = "complaint_joins"

    def open(self, floor: Floor) -> bool:
        return floor.recall("complaint_joins") is None and maybe_same(floor) is not None

    def ask(self, floor: Floor, *, again: bool) -> None:
        ticket = maybe_same(floor) or {}
        floor.say(
            "utter_complaint_same_wanted_again" if again else "utter_complaint_same_wanted",
            kind=COMPLAINT_LABELS[kind(floor)],
            accepted=ticket["accepted"],
            number=spoken.ticket_number(ticket["number"]),
        )

    def take(self, floor: Floor) -> bool:
        """Who tells more instead of answering has a matter of its own: two tickets lose nothing."""
        turn, ticket = floor.turn, maybe_same(floor) or {}
        another = ANOTHER.search(turn.text) or turn.intent in UNTOLD
        if not another and (turn.affirms or THE_SAME.search(turn.text)):
            floor.remember(complaint_joins=ticket["number"], complaint_remedy="")  # nothing is asked twice
            return True
        told = (blames(floor) or _states(floor)) and tells(turn.text)
        if not (another or told):
            return False
        floor.remember(complaint_joins="")
        if told:
            add_story(floor)
        return True


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
        elif self._goes_on(floor):
            add_story(floor)
            floor.remember(complaint_remedy="")
            _note_fault(floor, self._charter)
        elif self.wished(floor):
            floor.remember(complaint_remedy=turn.text)
            _note_fault(floor, self._charter)
        else:
            return False
        listen(floor, self._charter)
        return True

    def _goes_on(self, floor: Floor) -> bool:
        """Anger goes on telling, and wants nothing more; 电视还是没信号 wants a repair."""
        turn = floor.turn
        tells_more = (blames(floor) or happens(turn.text)) and tells(turn.text)
        of_fault = FORM_OF_INTENT.get(turn.intent) == "fault_form"
        return (tells_more or of_fault) and ASKS_REMEDY.search(turn.text) is None

    def declined(self, floor: Floor) -> bool:
        return floor.turn.intent in UNTOLD or NOTHING.search(floor.turn.text) is not None

    def wished(self, floor: Floor) -> bool:
        turn = floor.turn
        if ASKS_REMEDY.search(turn.text):
            return not turn.intent.startswith("ask_") or not turn.asks
        return turn.intent in _PRESSING or (turn.intent in NOT_UNDERSTOOD | {"inform_time"} and not _asks(floor))


class ComplaintReadBack(ReadBack):
    topic = "complaint"
    which_part = "utter_complaint_which_part_is_wrong"
    parts = ("contact_phone",)

    def read(self, floor: Floor) -> None:
        story, remedy = floor.recall("complaint_story"), floor.recall("complaint_remedy")
        floor.say(
            "utter_complaint_read_back",
            kind=COMPLAINT_LABELS[kind(floor)],
            story=story if len(story) <= _READ_BACK else f"{story[:_READ_BACK]}等等",
            remedy=f"您希望：{remedy[:_READ_BACK]}；" if remedy else "",
            phone=spoken.phone(floor.recall("contact_phone")),
        )

    def listen(self, floor: Floor) -> None:
        listen(floor, self.charter)

    def adds(self, floor: Floor) -> bool:
        """还有，他还抽烟; 再赔我这个月的钱; the same said twice asks again."""
        turn = floor.turn
        if wishes_more(floor):
            add_wish(floor)
            return True
        more = blames(floor) or (MORE.search(turn.text) is not None and turn.intent in _TOLD_AS_STORY)
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
        more = blames(floor) or _states(floor) or turn.intent in _TOLD_AS_STORY | {"correction"}
        if not more or _asks(floor) or not tells(turn.text):
            return False
        add_story(floor)
        return True


def listen(floor: Floor, charter: Charter) -> None:
    """Phone, time and ticket; a place in a complaint is where it happened, and replaces no address that we know."""
    home = {slot: floor.recall(slot) for slot in ("contact_address", "contact_area", "contact_address_as_is")}
    contact.listen(floor, charter)
    if take_number(floor):
        floor.remember(complaint_about=floor.recall("progress_ticket_number"))
    if home["contact_address"]:
        floor.remember(**home)
