"""改约: another time for a visit, or none for now. The wish is the customer's own; the promise stays (R1.21)
unless the charter leaves extending to that wish (R1.17)."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from actions import spoken, tickets
from actions.floor import Floor
from actions.ticket_form import TicketForm
from actions.ticket_wish import WishAction
from actions.turn import NOT_UNDERSTOOD, Turn
from actions.wished_time import NOT_THEN, is_wished, nobody_home, read_time
from backend.client import Appointment, TicketView
from backend.domain.vocabulary import PromiseKind

_MOVED_TO = re.compile(r"(?:改|换|推迟?|约|挪|调|延|提前|缓)[成到在至为]+(?:了|个)?$")
_NOT_COMING = re.compile(r"(?:别|不用|不要|不必|先不|甭|莫)[要再]?(?:过来|来|上门|跑)|取消.{0,3}(?:预约|上门)")
_NOT_AGAIN = re.compile(
    r"撤|不修|不装|不办|不用修|不用装|退单|作废|已经?好|弄好|修好|自己好|单子?.{0,3}取消|取消.{0,3}单"
)
_OLD = re.compile(r"(?:原[本来定约]*|本来|约的?是?|约好|说好|讲好|说的?是?|之前|别|不要)[^，,。]{0,4}$")
_REPORTED = re.compile(r"报|登记|申请")
_TODAY = re.compile(r"^今[天日晚早]")
_STAYS = re.compile(r"不[用要]?改|别改|还是(?:那天|原来|照旧|按原)")
_ORDERS = re.compile(r"[装加办][个一]|[加再]装|移机|开通|过户|报停")
_PAST = re.compile(r"昨|前天|前晚|上周|上个?星期|上个?礼拜|刚才")


def puts_off(text: str) -> bool:
    """明天别来了: nobody is to come then; 不用来了，已经好了 means the whole matter."""
    return _NOT_COMING.search(text) is not None and _NOT_AGAIN.search(text) is None


def not_that_day(turn: Turn) -> bool:
    """明天不用来了. 昨天报的不用来了 names no time to come."""
    coming = _NOT_COMING.search(turn.text)
    if coming is None or not puts_off(turn.text):
        return False
    return any(
        (_TODAY.search(str(each.value)) or read_time(str(each.value), at=turn.accepted_at))
        and not _REPORTED.search(turn.text[each.start : coming.start()])
        for each in turn.entities
        if each.name == "time"
    )


def time_said(floor: Floor) -> str | None:
    """The time wished: of several the one it is moved to, and never the one at which nobody is at home."""
    turn = floor.turn
    said = [entity for entity in turn.entities if entity.name == "time" and entity.value]
    moved_to = [each for each in said if _MOVED_TO.search(turn.text[: each.start])]
    possible = [
        each
        for each in said
        if not NOT_THEN.match(turn.text[each.start + len(str(each.value)) :])
        and not _OLD.search(turn.text[: each.start])
    ]
    return next((each.value for each in [*moved_to[::-1], *possible[::-1]]), None)


def take_time(floor: Floor) -> bool:
    """False where no time to come is named in a way that can be computed."""
    said = time_said(floor)
    at = read_time(said, at=floor.turn.accepted_at) if said else None
    if at is None:
        return False
    floor.remember(appointment_time={"text": said, "at": at.isoformat()}, form_outcome="confirmed")
    return True


def take_none(floor: Floor) -> None:
    floor.remember(appointment_time={"text": None, "at": None}, form_outcome="confirmed")


def take_up(floor: Floor) -> bool:
    """上午要去买菜, said when a ticket is filed, is for who comes; what it sounds like by itself is no matter."""
    turn = floor.turn
    unclear = turn.intent in NOT_UNDERSTOOD | {"nlu_offer", "inform_time", "correction"}
    away = unclear and _only_away(floor)
    if turn.active_form or not floor.recall("progress_ticket_number") or not (away or (unclear and _to_come(floor))):
        return False
    floor.remember(next_matters=[{**turn.as_noted(), "form": AppointmentForm.form, "away": away}])
    floor.then(AppointmentForm.form)
    return True


def _only_away(floor: Floor) -> bool:
    return nobody_home(floor.turn.text) and not floor.turn.asks and time_said(floor) is None


def _to_come(floor: Floor) -> bool:
    """明天我叫她在家等. 后天来移机 is another visit."""
    said, turn = time_said(floor), floor.turn
    wished = is_wished(turn.text) and not turn.asks and not _ORDERS.search(turn.text)
    return wished and said is not None and read_time(said, at=turn.accepted_at) is not None


class AskTime:
    slot = "appointment_time"

    def open(self, floor: Floor) -> bool:
        return True

    def ask(self, floor: Floor, *, again: bool) -> None:
        floor.say("utter_appointment_time_wanted_again" if again else "utter_appointment_time_wanted")

    def take(self, floor: Floor) -> bool:
        turn = floor.turn
        said = time_said(floor)
        if take_time(floor):
            return True
        if turn.intent == "cancel_ticket":
            floor.remember(next_matters=[turn.as_noted(), *(floor.recall("next_matters") or ())], form_outcome="left")
        elif turn.intent == "dont_know" or puts_off(turn.text):
            take_none(floor)
        elif turn.intent == "deny" or _STAYS.search(turn.text):
            floor.say("utter_appointment_stays")
            floor.remember(form_outcome="left")
        elif said and floor.recall("appointment_vague") and not _PAST.search(said):
            floor.remember(appointment_time={"text": said, "at": None}, form_outcome="confirmed")
        elif said:
            floor.say("utter_appointment_time_unclear", said=said)
            floor.remember(appointment_vague=said)
            return False
        else:
            return False
        return True


class AppointmentForm(TicketForm):
    form = "appointment_form"
    then = "action_change_appointment"
    about = (AskTime(),)

    def begin(self, floor: Floor) -> None:
        floor.forget("appointment_time", "appointment_vague")
        super().begin(floor)

    def keeps(self, floor: Floor) -> bool:
        return floor.turn.asked == AskTime.slot and _STAYS.search(floor.turn.text) is not None

    def found(self, floor: Floor) -> None:
        ticket = floor.recall("meant_ticket")
        if not tickets.is_open(ticket):
            floor.say("utter_ticket_is_finished", **tickets.facts(ticket))
            floor.remember(form_outcome="left")
        elif floor.recall("appointment_time"):  # said at the beginning
            floor.remember(form_outcome="confirmed")

    def opened(self, floor: Floor) -> None:
        said = time_said(floor)
        if floor.recall("form_opening").get("away"):
            floor.remember(appointment_time={"text": floor.turn.text, "at": None}, form_outcome="confirmed")
        elif not take_time(floor):
            if puts_off(floor.turn.text):
                take_none(floor)
            elif said:
                floor.say("utter_appointment_time_unclear", said=said)
                floor.remember(appointment_vague=said)
        if not floor.recall("meant_ticket"):
            floor.forget("form_outcome")  # kept until the ticket is known

    def summary(self, floor: Floor) -> str:
        return f"改约：{super().summary(floor)}"


class ChangeAppointment(WishAction):
    action = "action_change_appointment"

    async def carry_out(self, floor: Floor, **asked: Any) -> TicketView:
        wished = floor.recall("appointment_time")
        wish = Appointment(
            **asked,
            wished_at=datetime.fromisoformat(wished["at"]) if wished["at"] else None,
            wished=wished["text"],
        )
        return await self.parts.backend.change_appointment(wish, correlation_id=floor.turn.correlation_id)

    def tell(self, floor: Floor, ticket: TicketView) -> None:
        wished = floor.recall("appointment_time")
        if not wished["text"]:
            floor.say("utter_appointment_withdrawn", **self.facts(ticket))
            return
        if nobody_home(wished["text"]):
            floor.say("utter_appointment_avoided", said=wished["text"], **self.facts(ticket))
            return
        at = datetime.fromisoformat(wished["at"]) if wished["at"] else None
        day = f"（{spoken.weekday(at)}）" if at else ""
        changed = "utter_appointment_postponed" if ticket.postponed else "utter_appointment_changed"
        floor.say(changed, wished=f"{wished['text']}{day}", **self.facts(ticket))
        if at and any(told.kind is PromiseKind.SETTLE and told.due and told.due < at for told in ticket.promises):
            floor.say("utter_appointment_later_than_promised")
