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


class NotTheirsToAct(Refusal):
    """工单由工号 {handler} 经办、工号 {owner} 首问负责，您不能{verb}。"""


class ReturnVisitOutstanding(Refusal):
    """工单尚未回访，不能办结。"""


class VisitAttemptsLeft(Refusal):
    """还要再回访 {left} 次，联系不上才能办结。"""


class NobodyAnswered(Refusal):
    """没有联系上客户，不能登记满意度和上门情况。"""


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


class SameOwner(Refusal):
    """首问责任人已经是工号 {owner}，不用变更。"""


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


class AnnouncedTooLate(Refusal):
    """检修和业务变动要提前 {hours} 小时公告；已经停了的，请按故障公告。"""


class OutageOver(Refusal):
    """{number} 号公告已经结束了。"""


class NotAhead(Refusal):
    """{number} 号公告不是预定的检修或变动，或者已经开始，不能改期。"""


class ExtensionNotOffered(Refusal):
    """公司没有公布延期的办法，原时限不变。"""


class NotTheirTicket(Refusal):
    """只有经办人或首问责任人可以申请延期。"""


class CustomerWishMissing(Refusal):
    """只有客户自己要求才能延期，要写明客户的原话。"""


class NoLimitToExtend(Refusal):
    """工单没有在走的承诺时限，不用延期。"""


class LimitHasRunOut(Refusal):
    """承诺时限已经过了，不能再延期。"""


class WishedTooEarly(Refusal):
    """延期后的时间要晚于现在的承诺时限。"""


class NotTheirsToDecide(Refusal):
    """工号 {job_number} 无权决定延期。"""


class NobodyToDecide(Refusal):
    """延期只凭客户自己的要求，不由工作人员批准。"""


class GroundNotGiven(Refusal):
    """公司没有公布这种“视为按期办结”的情形。"""


class NoLimitToExcuse(Refusal):
    """工单没有承诺时限，谈不上按期。"""


class CustomerMayStillComplete(Refusal):
    """承诺时限还没有到，客户还可以补办手续。"""


class NotTriedEnough(Refusal):
    """电话联系不上、上门又没有人，两样都要有，并写明时间；一次电话没接不算。"""


class TriedOutOfTime(Refusal):
    """联系和上门都要在起算之后、承诺时限之前。"""


class ReportMissing(Refusal):
    """要及时书面报告业务负责人说明原因，才能视为按期办结。"""


class ReportNotAtOnce(Refusal):
    """书面报告没有当天提出，不能视为按期办结。"""


class ForceMajeureNotGiven(Refusal):
    """公司的承诺没有不可抗力的除外规定。"""


class NothingMissing(Refusal):
    """要写明缺哪些材料。"""


class MaterialsToldAlready(Refusal):
    """缺的材料已经一次告知过客户，不能再要：{more}。"""


class DepartmentNotContacted(Refusal):
    """要先由窗口联系好{department}，再把地址和电话告诉客户。"""


class NotAComplaint(Refusal):
    """工单不是投诉，不能{verb}。"""


class AnnotationNotGiven(Refusal):
    """公司没有公布投诉由领导批阅、指定专人调查的办法。"""


class NotTheirsToAnnotate(Refusal):
    """工号 {job_number} 无权批阅投诉、指定专人。"""


class ComplaintNotAnnotated(Refusal):
    """投诉还没有批阅，不能作结论。"""


class InvestigatorNotNamed(Refusal):
    """投诉还没有指定专人调查，不能作结论。"""


class RemedyMissing(Refusal):
    """属于公司责任的，要写明怎样补救。"""


class ComplaintNotConcluded(Refusal):
    """投诉要先作结论才能办完：是不是公司的责任，怎样答复客户，属于公司责任的怎样补救。"""


class KeyVisitMadeAlready(Refusal):
    """{number} 号大客户回访已经登记过了。"""


class CaseDecided(Refusal):
    """这件责任追究{state}，不用再处理。"""


class NotHeardYet(Refusal):
    """要先听当事人陈述和申辩，才能决定。"""


class NotTheirsToJudge(Refusal):
    """工号 {job_number} 无权决定这件责任追究。"""


class GravityNotGiven(Refusal):
    """公司的责任追究办法没有“{gravity}”的处理。"""


class CircumstanceNotGiven(Refusal):
    """公司的责任追究办法没有这种情节：{circumstances}。"""


class SameShift(Refusal):
    """交班和接班不能是同一个人。"""


class EventsUnfinished(Refusal):
    """这些突发或异常事项还没有告一段落，不能交班：{numbers}。"""


class HandoverTaken(Refusal):
    """这次交班已经有人接了。"""


class NotTheirsToTake(Refusal):
    """这次交班要由工号 {taking} 接。"""


class StepsDone(Refusal):
    """最后一个工序“{step}”已经开始，没有下一个工序。"""


class NoEventToEnd(Refusal):
    """值班日志 {number} 号不是未了事项，或者已经了结。"""
