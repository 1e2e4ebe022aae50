"""What staff did at the desk: who, what, about which, when, why. Added to, never changed; no words of customers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import Connection, Engine, insert, select

from backend.domain.staff_acts import Verb
from bot.conversations.database import writing
from bot.desk.tables import ABOUT_AT_MOST, audit


class Deed(StrEnum):
    """What is done at the desk beside the verbs on a ticket."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - what was done
    PASSWORD_ISSUED = "password_issued"  # noqa: S105 - what was done
    CONTACT_SHOWN = "contact_shown"
    PHONE_SHOWN = "phone_shown"
    WORDS_SHOWN = "words_shown"
    FILED = "filed"
    ACCEPTED = "accepted"
    INCIDENT_CONFIRM = "incident_confirm"
    INCIDENT_DISMISS = "incident_dismiss"
    INCIDENT_MEND = "incident_mend"
    OUTAGE_ANNOUNCED = "outage_announced"
    OUTAGE_MOVED = "outage_moved"
    OUTAGE_ENDED = "outage_ended"
    FORCE_MAJEURE_DECLARED = "force_majeure_declared"
    CASE_HEAR = "case_hear"
    CASE_DECIDE = "case_decide"
    CASE_DISMISS = "case_dismiss"
    DUTY_NOTED = "duty_noted"
    DUTY_EVENT_ENDED = "duty_event_ended"
    OPINION_NOTED = "opinion_noted"
    HANDOVER_OFFERED = "handover_offered"
    HANDOVER_TAKEN = "handover_taken"
    KEY_VISIT_MADE = "key_visit_made"
    TESTED = "tested"
    GAP_MARKED = "gap_marked"
    PHRASE_REVIEWED = "phrase_reviewed"
    PHRASES_TAKEN = "phrases_taken"
    EXPORTED = "exported"


DEED_LABELS: Final[Mapping[Deed, str]] = {
    Deed.SIGNED_IN: "登录",
    Deed.SIGNED_OUT: "退出",
    Deed.PASSWORD_CHANGED: "改密码",
    Deed.PASSWORD_ISSUED: "发一次性密码",
    Deed.CONTACT_SHOWN: "查看客户信息",
    Deed.PHONE_SHOWN: "查看客户电话",
    Deed.WORDS_SHOWN: "查看会话原文",
    Deed.FILED: "从会话建单",
    Deed.ACCEPTED: "预受理",
    Deed.INCIDENT_CONFIRM: "确认片区故障",
    Deed.INCIDENT_DISMISS: "排除片区故障",
    Deed.INCIDENT_MEND: "片区故障修复",
    Deed.OUTAGE_ANNOUNCED: "发公告",
    Deed.OUTAGE_MOVED: "公告改期",
    Deed.OUTAGE_ENDED: "公告了结",
    Deed.FORCE_MAJEURE_DECLARED: "声明不可抗力",
    Deed.CASE_HEAR: "记下追究陈述",
    Deed.CASE_DECIDE: "作追究决定",
    Deed.CASE_DISMISS: "不予追究",
    Deed.DUTY_NOTED: "记值班日志",
    Deed.DUTY_EVENT_ENDED: "值班事件了结",
    Deed.OPINION_NOTED: "登记意见",
    Deed.HANDOVER_OFFERED: "交班",
    Deed.HANDOVER_TAKEN: "接班",
    Deed.KEY_VISIT_MADE: "登记大客户回访",
    Deed.TESTED: "知识测验",
    Deed.GAP_MARKED: "归类没听懂的话",
    Deed.PHRASE_REVIEWED: "复核说法",
    Deed.PHRASES_TAKEN: "取走补丁",
    Deed.EXPORTED: "导出 CSV",
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """`who`: a job number. `about`: a ticket's number, a conversation, a job number … `reason` may be empty."""

    id: int
    at: datetime
    who: str
    act: str
    about: str
    reason: str


class Audit:
    """Blocking."""

    def __init__(self, database: Engine) -> None:
        self._reading = database
        self._writing = writing(database)

    def record(self, *, who: str, act: Deed | Verb, about: str, at: datetime, reason: str = "") -> None:
        with self._writing.begin() as connection:
            record(connection, who=who, act=act, about=about, at=at, reason=reason)

    def rows(
        self, *, about: str | None = None, who: str | None = None, act: str | None = None, before: int | None, most: int
    ) -> list[Row]:
        """The newest first; `before`: only those with a smaller id."""
        wanted = select(audit).order_by(audit.c.id.desc()).limit(most)
        if about is not None:
            wanted = wanted.where(audit.c.about == about)
        if who is not None:
            wanted = wanted.where(audit.c.who == who)
        if act is not None:
            wanted = wanted.where(audit.c.act == act)
        if before is not None:
            wanted = wanted.where(audit.c.id < before)
        with self._reading.begin() as connection:
            return [Row(**row) for row in connection.execute(wanted).mappings()]


def record(connection: Connection, *, who: str, act: Deed | Verb, about: str, at: datetime, reason: str = "") -> None:
    """Within the transaction of what was done. Of `about` as much is kept as has room."""
    connection.execute(insert(audit).values(at=at, who=who, act=act.value, about=about[:ABOUT_AT_MOST], reason=reason))
