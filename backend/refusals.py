"""Refusals that depend on what is stored; those of the rules stand beside the rules, in backend.domain.errors."""

from backend.domain.errors import Refusal


class TicketNotFound(Refusal):
    """没有这个工单。"""


class TicketFinished(Refusal):
    """工单现在是“{status}”，不用再催；如果问题还在，请您重新报一次。"""


class AlreadyWithdrawn(Refusal):
    """这张工单之前已经撤销了，不用再办。"""


class TicketNotProven(Refusal):
    """工单号或联系电话后四位对不上，请您核对后再报一遍。"""


class TooManyAttempts(Refusal):
    """核对不上的次数太多了，为了您的信息安全，请{minutes}分钟后再查，也可以说“人工”。"""


class TicketLocked(Refusal):
    """这个工单今天核对不上的次数太多，已暂停查询；您可以说“人工”，由工作人员核实后告诉您。"""


class AccountNotProven(Refusal):
    """客户编号或登记电话后四位对不上，请您核对后再报一遍。"""


class AccountLocked(Refusal):
    """这个客户编号今天核对不上的次数太多，已暂停查询；您可以说“人工”，由工作人员核实后告诉您。"""


class PhoneNotBound(Refusal):
    """为了您的信息安全，要先核实尾号{tail}的手机是您本人的。"""


class AccountNotNamed(Refusal):
    """请报一下客户编号，我按编号查。"""


class NoSmsThere(Refusal):
    """尾号{tail}的号码收不到短信，没法发验证码；您可以说“人工”，由工作人员核实后给您办。"""


class CodeTooSoon(Refusal):
    """验证码刚刚发过，短信可能要等一会儿；{seconds}秒以后还没收到，再让我重发。"""


class TooManyCodes(Refusal):
    """今天发的验证码太多了，为了不打扰机主，先不再发；您可以明天再试，也可以说“人工”，由工作人员核实后给您办。"""


class CodesStopped(Refusal):
    """现在要验证码的人太多，暂时发不了；请您过一会儿再试，也可以说“人工”。"""


class NoCodeSent(Refusal):
    """现在没有等您填写的验证码，请说“重发”，我再发一个。"""


class CodeExpired(Refusal):
    """这个验证码过了{minutes}分钟，已经失效；请说“重发”，我再发一个。"""


class CodeWrong(Refusal):
    """验证码不对，还可以再试{left}次；没收到短信，请说“重发”。"""


class CodeUsedUp(Refusal):
    """验证码错的次数太多，这个码已经作废；请说“重发”，我再发一个，也可以说“人工”。"""


class AreaUnknown(Refusal):
    """承诺书里没有片区“{area}”。"""


class StaffUnknown(Refusal):
    """承诺书里没有工号 {job_number}。"""


class NotFinished(Refusal):
    """工单现在是“{status}”，办完以后才能抹除。"""


class ExtensionAskedAlready(Refusal):
    """已经申请过延期，还没有决定。"""


class NoExtensionAsked(Refusal):
    """工单没有待决定的延期申请。"""


class RuleUnknown(Refusal):
    """承诺书里没有这条定级规则：{rule}。"""


class DepartmentUnknown(Refusal):
    """部门名录里没有“{department}”。"""


class NoHead(Refusal):
    """书面报告要交给业务负责人，工号 {job_number} 不是。"""


class ServiceNotOffered(Refusal):
    """公司不办理这项业务：{services}。"""


class ListenerNotFound(Refusal):
    """没有这个事件订阅方。"""


class DeadLetterNotFound(Refusal):
    """没有 {id} 号办不成的到期事项。"""


class OutageNotFound(Refusal):
    """没有 {number} 号公告。"""


class NotDispatched(Refusal):
    """这张工单还没有派单。"""


class ReceiptUnknown(Refusal):
    """接单码不对，请按派单短信里的再试一次。"""


class OtherAddress(Refusal):
    """工单 {number} 不是同一地址的未办结工单，不能随这次上门一起办结。"""


class IncidentNotFound(Refusal):
    """没有 {number} 号片区故障。"""


class AccountNotFound(Refusal):
    """没有这个客户编号。"""


class KeyVisitNotFound(Refusal):
    """没有 {number} 号大客户回访。"""


class CaseNotFound(Refusal):
    """没有 {number} 号责任追究。"""


class AccountabilityNotPublished(Refusal):
    """公司没有公布责任追究办法。"""


class HandoverNotFound(Refusal):
    """没有 {number} 号交班。"""


class PointsNotPublished(Refusal):
    """公司没有公布积分考核办法。"""


class NoKeyAccountSteps(Refusal):
    """公司没有公布大客户业务的工序，或者工单不是业务办理。"""


class AssessmentNotPublished(Refusal):
    """公司没有公布考核办法。"""


class DutyNoteNotFound(Refusal):
    """值班日志里没有 {number} 号。"""


class PhoneNeeded(Refusal):
    """请留下联系电话，答复才能送到客户；客户不愿留的，请记入值班日志，作为未了事项跟到有结果。"""
