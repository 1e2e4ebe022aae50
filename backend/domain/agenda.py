"""Due work 到期事项: what is to be done by itself, and when. Which rule makes it due, its topic's module says."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Task(StrEnum):
    """What can be due."""

    DISPATCH = "dispatch"  # R1.7
    WARN_HANDLER = "warn_handler"  # a promise is near its limit
    REPORT_OVERDUE = "report_overdue"  # past it: to the head of the window (R1.19)
    FORETELL = "foretell"  # a limit that runs out at night is told the evening before
    APOLOGISE = "apologise"  # past it: to the customer
    REPORT_TO_LEADER = "report_to_leader"
    ASK_IF_SOLVED = "ask_if_solved"  # 回访 (R5.1)
    CLOSE_UNREACHED = "close_unreached"  # nobody answered any try, or not to the end
    FOLLOW_UP_OUTCOME = "follow_up_outcome"  # 追踪落实结果 (R5.4)
    PLAN_KEY_VISITS = "plan_key_visits"  # 大客户回访 (R5.5)
    REMIND_OF_FEES = "remind_of_fees"  # R1.11
    TELL_AREA = "tell_area"  # planned work is told to its customers (R1.10)
    ASK_FOR_ANNOTATION = "ask_for_annotation"  # 请批阅 (R1.5)
    TELL_OF_INCIDENT = "tell_of_incident"  # who has reported hears what it is
    LOOK_FOR_INCIDENT = "look_for_incident"  # is it one of many in its area?
    DELIVER = "deliver"  # a message of the outbox goes out


@dataclass(frozen=True, kw_only=True)
class Due:
    """`key` tells two of one task apart: the promise it is about, the round, the attempt."""

    task: Task
    at: datetime
    key: str = ""
