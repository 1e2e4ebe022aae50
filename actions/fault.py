"""报障: what is broken, a check that may settle it on the spot, where, whom to call, read back, filed."""

from __future__ import annotations

from collections.abc import Mapping

from actions import contact, spoken
from actions.answers import Answers
from actions.filing import FileAction
from actions.floor import Floor
from actions.form import Form
from actions.parts import Parts
from actions.turn import NOT_UNDERSTOOD, Turn
from backend.client import Report
from backend.domain.vocabulary import FaultKind, Service, TicketType

KIND_OF_INTENT: Mapping[str, FaultKind] = {
    **{f"report_fault_{kind}": kind for kind in FaultKind if kind is not FaultKind.DANGER},
    "report_danger": FaultKind.DANGER,
}
SERVICE_OF_KIND: Mapping[FaultKind, Service] = {
    FaultKind.NO_SIGNAL: Service.TV,
    FaultKind.PICTURE: Service.TV,
    FaultKind.STB: Service.TV,
    FaultKind.REMOTE: Service.TV,
    FaultKind.BROADBAND_DOWN: Service.BROADBAND,
    FaultKind.BROADBAND_SLOW: Service.BROADBAND,
    FaultKind.VOD: Service.VOD,
    FaultKind.TELEPHONE: Service.TELEPHONE,
    FaultKind.DANGER: Service.TV,  # the cable network
}
LABELS: Mapping[FaultKind, str] = {
    FaultKind.NO_SIGNAL: "有线电视无信号",
    FaultKind.PICTURE: "电视画面或声音不正常",
    FaultKind.STB: "机顶盒或智能卡故障",
    FaultKind.REMOTE: "遥控器失灵",
    FaultKind.BROADBAND_DOWN: "宽带上不了网",
    FaultKind.BROADBAND_SLOW: "宽带网速慢或不稳",
    FaultKind.VOD: "点播回看打不开",
    FaultKind.AREA: "整栋或整片中断",
    FaultKind.TELEPHONE: "电话故障",
    FaultKind.DANGER: "线路险情",
}
# Steps that may bring the service back on the spot, one at a time (responses of data/responses/fault.yml).
SELF_CHECKS: Mapping[FaultKind, tuple[str, ...]] = {
    FaultKind.NO_SIGNAL: ("utter_check_stb_light", "utter_check_cable_and_restart"),
    FaultKind.PICTURE: ("utter_check_cable_and_restart",),
    FaultKind.STB: ("utter_check_card_and_restart",),
    FaultKind.REMOTE: ("utter_check_batteries",),
    FaultKind.BROADBAND_DOWN: ("utter_check_modem_restart",),
    FaultKind.BROADBAND_SLOW: ("utter_check_modem_restart",),
    FaultKind.VOD: ("utter_check_network_and_restart",),
}
# The words by which a danger is told; the charter's wording has a text for each.
DANGERS = {
    "electric_shock": ("触电", "电到", "麻手", "漏电", "被电"),
    "fire": ("火", "烟", "烧", "糊味", "焦"),
    "fallen_cable": ("掉", "断", "垂", "垮", "倒", "绊", "挂"),
}
_ALREADY_TRIED = (
    "重启",
    "重新启动",
    "插拔",
    "拔插",
    "拔了",
    "试过",
    "试了",
    "断电",
    "关了又开",
    "换了电池",
    "换过电池",
)
_WORKS = frozenset({"return_visit_satisfied", "praise"})
_NO_HELP = frozenset({"deny", "return_visit_unsatisfied", "dont_know", *KIND_OF_INTENT})
_SHORT = 12  # a lamp's colour, a word on the screen: what was seen, not another matter


def kind(floor: Floor) -> FaultKind:
    return FaultKind(floor.recall("fault_kind"))


class AskService:
    """A whole building or street is down: which of the services?"""

    slot = "fault_service"

    def open(self, floor: Floor) -> bool:
        return floor.recall("fault_service") is None

    def ask(self, floor: Floor, *, again: bool) -> None:
        floor.say("utter_service_wanted_again" if again else "utter_service_wanted")

    def take(self, floor: Floor) -> bool:
        named = floor.turn.entity("service")
        of_kind = SERVICE_OF_KIND.get(KIND_OF_INTENT.get(floor.turn.intent, FaultKind.AREA))
        if not (named or of_kind):
            return False
        floor.remember(fault_service=named or of_kind)
        return True


class OfferSelfCheck:
    """One step after the other; it stops as soon as the service is back or the customer has had enough."""

    slot = "fault_self_check"

    def open(self, floor: Floor) -> bool:
        return (floor.recall("fault_self_check") or 0) < len(SELF_CHECKS.get(kind(floor), ()))

    def ask(self, floor: Floor, *, again: bool) -> None:
        step = SELF_CHECKS[kind(floor)][floor.recall("fault_self_check") or 0]
        floor.say("utter_check_result_wanted" if again else step)

    def take(self, floor: Floor) -> bool:
        intent = floor.turn.intent
        steps = SELF_CHECKS[kind(floor)]
        if intent in _WORKS:
            floor.say("utter_fault_settled_on_the_spot")
            floor.remember(form_outcome="settled")
        elif intent == "skip_self_check":
            floor.remember(fault_self_check=len(steps))
        elif intent in _NO_HELP or (intent in NOT_UNDERSTOOD and len(floor.turn.text) <= _SHORT):
            floor.remember(fault_self_check=(floor.recall("fault_self_check") or 0) + 1)
        else:
            return False
        return True


class WhichPartIsWrong:
    """不对 at the confirmation asks which part."""

    slot = "fault_wrong_part"

    def open(self, floor: Floor) -> bool:
        return floor.recall("fault_wrong_part") is not None

    def ask(self, floor: Floor, *, again: bool) -> None:
        floor.say("utter_which_part_is_wrong")

    def take(self, floor: Floor) -> bool:
        if not drop_wrong_parts(floor):
            return False
        floor.forget("fault_wrong_part")
        return True


def drop_wrong_parts(floor: Floor) -> bool:
    named = contact.wrong_parts(floor.turn.text)
    floor.forget(*named)
    return bool(named)


class ConfirmFault:
    slot = "fault_confirmed"

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def open(self, floor: Floor) -> bool:
        return True

    def ask(self, floor: Floor, *, again: bool) -> None:
        wished = floor.recall("contact_wished_time")
        floor.say(
            "utter_fault_read_back_with_time" if wished else "utter_fault_read_back",
            fault=LABELS[kind(floor)],
            address=floor.recall("contact_address"),
            phone=spoken.phone(floor.recall("contact_phone")),
            wished=wished["text"] if wished else "",
        )

    def take(self, floor: Floor) -> bool:
        known = {slot: floor.recall(slot) for slot in ("contact_phone", "contact_address", "contact_wished_time")}
        contact.listen(floor, self._parts.charter)
        if any(floor.recall(slot) != value for slot, value in known.items()):
            return True
        if floor.turn.intent in {"affirm", "thanks"}:
            floor.remember(form_outcome="confirmed")
        elif floor.turn.intent in {"deny", "correction"}:
            if not drop_wrong_parts(floor):
                floor.remember(fault_wrong_part="asked")
        else:
            return False
        return True


class AskKind:
    """Asked only when the customer takes back what was noted."""

    slot = "fault_kind"

    def open(self, floor: Floor) -> bool:
        return floor.recall("fault_kind") is None

    def ask(self, floor: Floor, *, again: bool) -> None:
        floor.say("utter_fault_kind_wanted_again" if again else "utter_fault_kind_wanted")

    def take(self, floor: Floor) -> bool:
        return take_kind(floor)


def take_kind(floor: Floor) -> bool:
    """A report names the kind; another report of the same service adds to the description."""
    said = KIND_OF_INTENT.get(floor.turn.intent)
    if said is None:
        return False
    known = floor.recall("fault_kind")
    if known is None or said is FaultKind.DANGER:
        floor.remember(fault_kind=said, fault_service=SERVICE_OF_KIND.get(said) or floor.turn.entity("service"))
    symptom = floor.recall("fault_symptom")
    floor.remember(fault_symptom=f"{symptom}；{floor.turn.text}" if symptom else floor.turn.text)
    return True


class FaultForm(Form):
    form = "fault_form"

    def __init__(self, parts: Parts, answers: Answers) -> None:
        super().__init__(parts, answers)
        self.questions = (
            AskKind(),
            AskService(),
            OfferSelfCheck(),
            contact.AskAddress(parts.charter),
            contact.AskPhone(parts.charter),
            WhichPartIsWrong(),
            ConfirmFault(parts),
        )

    def begin(self, floor: Floor) -> None:
        floor.forget("fault_kind", "fault_service", "fault_symptom", "fault_self_check", "fault_wrong_part")
        take_kind(floor)
        if kind(floor) is FaultKind.DANGER:
            self._warn(floor)
        elif any(word in floor.turn.text for word in _ALREADY_TRIED):
            floor.remember(fault_self_check=len(SELF_CHECKS.get(kind(floor), ())))
        if floor.recall("fault_service") not in {None, *self.parts.charter.operator.services}:
            floor.say("utter_service_not_offered", operator=self.parts.charter.operator.short_name)
            self.leave(floor)
        elif kind(floor) is not FaultKind.DANGER:
            floor.say(f"utter_fault_heard_{kind(floor)}")

    def listen(self, floor: Floor) -> None:
        contact.listen(floor, self.parts.charter)
        if floor.turn.active_form == self.form and floor.turn.asked and self._same_service(floor.turn, floor):
            take_kind(floor)
            if floor.turn.intent == "report_danger":
                self._warn(floor)

    def other_matter(self, turn: Turn) -> bool:
        return super().other_matter(turn) or turn.intent in KIND_OF_INTENT

    def _same_service(self, turn: Turn, floor: Floor) -> bool:
        said = KIND_OF_INTENT.get(turn.intent)
        if said in {None, FaultKind.DANGER, FaultKind.AREA}:
            return True
        return SERVICE_OF_KIND[said] == floor.recall("fault_service")

    def _warn(self, floor: Floor) -> None:
        texts = self.parts.charter.wording.danger
        danger = next((d for d, words in DANGERS.items() if any(word in floor.turn.text for word in words)), "general")
        floor.say("utter_danger", what_to_do=texts.get(danger, texts["general"]))


class FileFault(FileAction):
    action = "action_file_fault"
    accepted = "utter_fault_accepted"

    def report(self, floor: Floor) -> Report:
        return self.report_of(
            floor,
            ticket_type=TicketType.FAULT,
            subject=kind(floor),
            service=Service(floor.recall("fault_service")),
            description=f"{LABELS[kind(floor)]}：{floor.recall('fault_symptom')}",
        )
