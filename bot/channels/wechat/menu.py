"""The account's menu 自定义菜单, made of what the operator offers; an entry says what a customer could have typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from backend.domain.charter import Charter
from backend.domain.vocabulary import Service
from bot.conversations.messages import Button


@dataclass(frozen=True, kw_only=True)
class Entry:
    """`says`: the sentence that a press stands for. `service`: shown only where the operator has it."""

    key: str
    title: str
    says: str
    service: Service | None = None


MENU: Final[dict[str, tuple[Entry, ...]]] = {
    "报修": (
        Entry(key="fault_tv", title="电视报修", says="电视没信号了", service=Service.TV),
        Entry(key="fault_broadband", title="宽带报修", says="宽带上不了网", service=Service.BROADBAND),
        Entry(key="fault_vod", title="点播报修", says="点播看不了", service=Service.VOD),
        Entry(key="fault_telephone", title="电话报修", says="固定电话打不了", service=Service.TELEPHONE),
    ),
    "查询": (
        Entry(key="progress", title="查进度", says="查进度"),
        Entry(key="fee", title="资费标准", says="资费标准是多少"),
        Entry(key="commitment", title="服务承诺", says="报修多久能修好"),
        Entry(key="outlet", title="营业网点", says="营业厅在哪里"),
        Entry(key="area_manager", title="片区经理", says="我的片区客户经理是谁"),
    ),
    "办理": (
        Entry(key="install", title="新装开户", says="我要新装"),
        Entry(key="relocate", title="移机", says="我要移机"),
        Entry(key="complaint", title="投诉建议", says="我要投诉"),
        Entry(key="person", title="转人工", says="转人工"),
    ),
}
WELCOMED_WITH: Final = ("fault_tv", "fault_broadband", "fault_telephone", "progress", "fee", "person")

_ORDERS: Final = ("install", "relocate")


def offered(charter: Charter) -> dict[str, list[Entry]]:
    """What the operator has, by group; groups without anything are left out."""
    services, processes = charter.operator.services, charter.processes
    groups = {
        group: [
            entry
            for entry in entries
            if entry.service in (None, *services) and (entry.key not in _ORDERS or entry.key in processes)
        ]
        for group, entries in MENU.items()
    }
    return {group: entries for group, entries in groups.items() if entries}


def said_by(key: str) -> Entry | None:
    """None for an entry that is not ours, or not any more."""
    return next((entry for entries in MENU.values() for entry in entries if entry.key == key), None)


def first_options(charter: Charter) -> Sequence[Button]:
    """What a new follower is offered."""
    by_key = {entry.key: entry for entries in offered(charter).values() for entry in entries}
    return [Button(title=by_key[key].title, payload=by_key[key].says) for key in WELCOMED_WITH if key in by_key]


def body(charter: Charter) -> dict[str, Any]:
    """As /cgi-bin/menu/create wants it."""
    return {
        "button": [
            {
                "name": group,
                "sub_button": [{"type": "click", "name": entry.title, "key": entry.key} for entry in entries],
            }
            for group, entries in offered(charter).items()
        ]
    }
