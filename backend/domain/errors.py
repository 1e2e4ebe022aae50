"""Refusals 拒绝: what a rule forbids, said to the customer in the class's docstring.

`str(refusal)` is the Chinese message; `refusal.code` is the stable name for machines (the class name in
snake_case). Mistakes of a caller are no refusals: they are `ValueError`s.
"""

import re
from inspect import cleandoc
from typing import ClassVar


class Refusal(Exception):
    """这件事现在办不了。"""

    code: ClassVar[str] = "refusal"

    def __init_subclass__(cls) -> None:
        cls.code = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def __init__(self, **details: object) -> None:
        self.details = details
        self.message = cleandoc(type(self).__doc__ or "").format(**details)
        super().__init__(self.message)


class InvalidTicketNumber(Refusal):
    """工单号不对，请您核对后再报一遍。"""


class TransitionNotAllowed(Refusal):
    """工单现在是“{status}”，不能{verb}。"""


class ReturnVisitOutstanding(Refusal):
    """工单尚未回访，不能办结。"""


class ReturnVisitNotDue(Refusal):
    """工单还没有处理完，不能回访。"""


class ReasonMissing(Refusal):
    """{verb}要写明原因。"""


class NoMaterialsAwaited(Refusal):
    """工单现在是“{status}”，没有在等材料。"""


class UrgentNotWithdrawn(Refusal):
    """险情关系到大家的安全，要有人到现场看过才能结束，不能撤销。"""


class IncidentDecided(Refusal):
    """这起片区故障{state}，不用再处理。"""


class IncidentNotConfirmed(Refusal):
    """这起片区故障{state}，要负责人确认后才能登记修复。"""


class SameHandler(Refusal):
    """工单已经在工号 {handler} 手里，不用转派。"""


class LeaderNeeded(Refusal):
    """{verb}要由负责人决定。"""


class NewPromiseMissing(Refusal):
    """重新打开工单要给出新的承诺。"""


class NobodyOnDuty(Refusal):
    """现在查不到值班的首问责任人。"""


class MaintenanceNeedsEnd(Refusal):
    """停机检修要写明预计什么时候结束。"""


class EndsBeforeItBegins(Refusal):
    """预计恢复的时间要在开始之后。"""


class OutageOver(Refusal):
    """{number} 号公告已经结束了。"""
