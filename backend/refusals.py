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
