"""业务范围: the services that the operator offers, by what its customers say of them, and those that it does not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from actions.choices import CHOICES
from actions.fault_kinds import KIND_OF_INTENT, SERVICE_OF_KIND
from actions.floor import Floor
from backend.domain.charter import Charter
from backend.domain.vocabulary import SERVICE_LABELS, FaultKind, Service

_USUAL_FAULT: Mapping[Service, str] = {
    Service.TV: "report_fault_no_signal",
    Service.BROADBAND: "report_fault_broadband_down",
    Service.VOD: "report_fault_vod",
    Service.TELEPHONE: "report_fault_telephone",
}
_BARE: Mapping[Service, re.Pattern[str]] = {
    service: re.compile(rf"(?:[我们家的嗯呃，, ]|就是|那个)*(?:{names})(?:的?(?:事|问题)情?)?[啊呀吧。]?")
    for service, names in {
        Service.TV: r"(?:有线)?电视机?",
        Service.BROADBAND: r"宽带|网络?|上网",
        Service.TELEPHONE: r"电话机?|座机|固话",
    }.items()
}
_OF_EVERY_SERVICE = frozenset({FaultKind.AREA, FaultKind.DANGER})
_MOST = 6


def offered(charter: Charter) -> list[Service]:
    """In the order in which they are named to customers."""
    return [service for service in Service if service in charter.operator.services]


def named(services: Sequence[Service]) -> str:
    """有线电视、宽带."""
    return "、".join(SERVICE_LABELS[service] for service in services)


def usual_faults(charter: Charter) -> list[str]:
    """What is said most of each service when it fails: 电视没信号, 宽带上不了网."""
    return [CHOICES[_USUAL_FAULT[service]] for service in offered(charter)]


def ask_what_is_broken(floor: Floor, charter: Charter, *, again: bool) -> None:
    kinds = (
        CHOICES[intent] for intent, kind in KIND_OF_INTENT.items() if SERVICE_OF_KIND.get(kind) in offered(charter)
    )
    floor.say(
        "utter_fault_kind_wanted_again" if again else "utter_fault_kind_wanted",
        buttons=[*kinds][:_MOST],
        examples="、".join(usual_faults(charter)),
    )


def ways_on(charter: Charter) -> list[str]:
    """What is offered to who was not understood."""
    return [*usual_faults(charter), *(CHOICES[each] for each in ("ticket_progress", "ask_fee", "request_human"))]


def of_the_service(text: str, charter: Charter) -> list[str]:
    """What may be wished of the service that is named, and nothing else said: 电视, 宽带的事."""
    meant = next((service for service, name in _BARE.items() if name.fullmatch(text)), None)
    if meant not in charter.operator.services:
        return []
    faults = [intent for intent, kind in KIND_OF_INTENT.items() if SERVICE_OF_KIND.get(kind) is meant]
    return [CHOICES[each] for each in (*faults[:2], "ask_fee")]


def serves(intent: str, charter: Charter) -> bool:
    """Whether an intent that reports a fault is of a service offered here."""
    kind = KIND_OF_INTENT.get(intent)
    return kind is None or kind in _OF_EVERY_SERVICE or SERVICE_OF_KIND[kind] in charter.operator.services


def declines(floor: Floor, charter: Charter, *, of: Service | None = None) -> bool:
    """Say so where only services are meant that are not offered: those that the sentence names, or `of`."""
    meant = {Service(name) for name in floor.turn.values("service")} or ({of} if of else set())
    if not meant or meant & charter.operator.services:
        return False
    say_not_offered(floor, charter)
    return True


def say_not_offered(floor: Floor, charter: Charter) -> None:
    floor.say("utter_service_not_offered", operator=charter.operator.short_name, services=named(offered(charter)))
