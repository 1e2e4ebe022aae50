"""The one table from what went wrong to an HTTP status, and the two shapes in which it is told."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from sanic.exceptions import SanicException

from backend.domain import errors as domain
from backend.domain.errors import Refusal
from backend.messages.reports import OF_HTTP, ShapeInvalid
from backend.ports import AccountsUnavailable, CapacityUnavailable, StoreUnavailable
from backend.refusals import (
    AccountabilityNotPublished,
    AccountLocked,
    AccountNotFound,
    AccountNotNamed,
    AccountNotProven,
    AlreadyWithdrawn,
    AreaUnknown,
    AssessmentNotPublished,
    CaseNotFound,
    CodeExpired,
    CodesStopped,
    CodeTooSoon,
    CodeUsedUp,
    CodeWrong,
    DeadLetterNotFound,
    DepartmentUnknown,
    DutyNoteNotFound,
    ExtensionAskedAlready,
    HandoverNotFound,
    IncidentNotFound,
    KeyVisitNotFound,
    ListenerNotFound,
    NoCodeSent,
    NoExtensionAsked,
    NoHead,
    NoKeyAccountSteps,
    NoSmsThere,
    NotDispatched,
    NotFinished,
    OtherAddress,
    OutageNotFound,
    PhoneNeeded,
    PhoneNotBound,
    PointsNotPublished,
    ReceiptUnknown,
    RuleUnknown,
    ServiceNotOffered,
    StaffUnknown,
    TicketFinished,
    TicketLocked,
    TicketNotFound,
    TicketNotProven,
    TooManyAttempts,
    TooManyCodes,
)


class BadRequest(Refusal):
    """请求内容不完整或格式不对：{problems}"""


class NotOffered(Refusal):
    """接口未提供这个功能：{what}"""


class MediaTypeNotTaken(Refusal):
    """不接受这种内容类型，应为：{allowed}"""


class PatchConflict(Refusal):
    """工单和您要改的内容对不上，请重新读取后再改。"""


class NotAuthorised(Refusal):
    """没有访问权限。"""


STATUS: Final[Mapping[type[Exception], HTTPStatus]] = {
    BadRequest: HTTPStatus.BAD_REQUEST,
    ShapeInvalid: HTTPStatus.BAD_REQUEST,
    domain.InvalidTicketNumber: HTTPStatus.BAD_REQUEST,
    domain.ReasonMissing: HTTPStatus.BAD_REQUEST,
    domain.CustomerWishMissing: HTTPStatus.BAD_REQUEST,
    domain.WishedTooEarly: HTTPStatus.BAD_REQUEST,
    domain.NothingMissing: HTTPStatus.BAD_REQUEST,
    domain.MaintenanceNeedsEnd: HTTPStatus.BAD_REQUEST,
    domain.AnnouncedTooLate: HTTPStatus.CONFLICT,
    domain.EndsBeforeItBegins: HTTPStatus.BAD_REQUEST,
    AreaUnknown: HTTPStatus.BAD_REQUEST,
    StaffUnknown: HTTPStatus.BAD_REQUEST,
    ServiceNotOffered: HTTPStatus.BAD_REQUEST,
    RuleUnknown: HTTPStatus.BAD_REQUEST,
    DepartmentUnknown: HTTPStatus.BAD_REQUEST,
    NoHead: HTTPStatus.BAD_REQUEST,
    NotAuthorised: HTTPStatus.UNAUTHORIZED,
    TicketNotFound: HTTPStatus.NOT_FOUND,
    TicketNotProven: HTTPStatus.NOT_FOUND,
    AccountNotFound: HTTPStatus.NOT_FOUND,
    AccountNotProven: HTTPStatus.NOT_FOUND,
    OutageNotFound: HTTPStatus.NOT_FOUND,
    ListenerNotFound: HTTPStatus.NOT_FOUND,
    DeadLetterNotFound: HTTPStatus.NOT_FOUND,
    TooManyAttempts: HTTPStatus.TOO_MANY_REQUESTS,
    TicketLocked: HTTPStatus.TOO_MANY_REQUESTS,
    AccountLocked: HTTPStatus.TOO_MANY_REQUESTS,
    CodeTooSoon: HTTPStatus.TOO_MANY_REQUESTS,
    TooManyCodes: HTTPStatus.TOO_MANY_REQUESTS,
    CodesStopped: HTTPStatus.TOO_MANY_REQUESTS,
    CodeUsedUp: HTTPStatus.TOO_MANY_REQUESTS,
    PhoneNotBound: HTTPStatus.CONFLICT,
    AccountNotNamed: HTTPStatus.CONFLICT,
    NoSmsThere: HTTPStatus.CONFLICT,
    NoCodeSent: HTTPStatus.CONFLICT,
    CodeExpired: HTTPStatus.CONFLICT,
    CodeWrong: HTTPStatus.CONFLICT,
    PatchConflict: HTTPStatus.CONFLICT,
    TicketFinished: HTTPStatus.CONFLICT,
    AlreadyWithdrawn: HTTPStatus.CONFLICT,
    NotFinished: HTTPStatus.CONFLICT,
    ExtensionAskedAlready: HTTPStatus.CONFLICT,
    NoExtensionAsked: HTTPStatus.CONFLICT,
    domain.NoMaterialsAwaited: HTTPStatus.CONFLICT,
    domain.UrgentNotWithdrawn: HTTPStatus.CONFLICT,
    domain.OutageOver: HTTPStatus.CONFLICT,
    domain.NotAhead: HTTPStatus.CONFLICT,
    domain.TransitionNotAllowed: HTTPStatus.CONFLICT,
    domain.NotTheirsToAct: HTTPStatus.CONFLICT,
    domain.ReturnVisitOutstanding: HTTPStatus.CONFLICT,
    domain.ReturnVisitNotDue: HTTPStatus.CONFLICT,
    domain.VisitAttemptsLeft: HTTPStatus.CONFLICT,
    domain.NobodyAnswered: HTTPStatus.CONFLICT,
    domain.IncidentDecided: HTTPStatus.CONFLICT,
    domain.IncidentNotConfirmed: HTTPStatus.CONFLICT,
    domain.CaseDecided: HTTPStatus.CONFLICT,
    domain.NotHeardYet: HTTPStatus.CONFLICT,
    domain.NotTheirsToJudge: HTTPStatus.CONFLICT,
    domain.GravityNotGiven: HTTPStatus.CONFLICT,
    domain.CircumstanceNotGiven: HTTPStatus.CONFLICT,
    domain.SameShift: HTTPStatus.BAD_REQUEST,
    domain.EventsUnfinished: HTTPStatus.CONFLICT,
    domain.HandoverTaken: HTTPStatus.CONFLICT,
    domain.NotTheirsToTake: HTTPStatus.CONFLICT,
    CaseNotFound: HTTPStatus.NOT_FOUND,
    HandoverNotFound: HTTPStatus.NOT_FOUND,
    AccountabilityNotPublished: HTTPStatus.CONFLICT,
    PointsNotPublished: HTTPStatus.CONFLICT,
    AssessmentNotPublished: HTTPStatus.CONFLICT,
    NoKeyAccountSteps: HTTPStatus.CONFLICT,
    domain.StepsDone: HTTPStatus.CONFLICT,
    NotDispatched: HTTPStatus.CONFLICT,
    OtherAddress: HTTPStatus.CONFLICT,
    IncidentNotFound: HTTPStatus.NOT_FOUND,
    ReceiptUnknown: HTTPStatus.NOT_FOUND,
    domain.SameHandler: HTTPStatus.CONFLICT,
    domain.ExtensionNotOffered: HTTPStatus.CONFLICT,
    domain.NotTheirTicket: HTTPStatus.CONFLICT,
    domain.LimitHasRunOut: HTTPStatus.CONFLICT,
    domain.NoLimitToExtend: HTTPStatus.CONFLICT,
    domain.NotTheirsToDecide: HTTPStatus.CONFLICT,
    domain.NobodyToDecide: HTTPStatus.CONFLICT,
    domain.GroundNotGiven: HTTPStatus.CONFLICT,
    domain.NoLimitToExcuse: HTTPStatus.CONFLICT,
    domain.CustomerMayStillComplete: HTTPStatus.CONFLICT,
    domain.NotTriedEnough: HTTPStatus.CONFLICT,
    domain.TriedOutOfTime: HTTPStatus.CONFLICT,
    domain.ReportMissing: HTTPStatus.CONFLICT,
    domain.ReportNotAtOnce: HTTPStatus.CONFLICT,
    domain.ForceMajeureNotGiven: HTTPStatus.CONFLICT,
    domain.MaterialsToldAlready: HTTPStatus.CONFLICT,
    domain.DepartmentNotContacted: HTTPStatus.CONFLICT,
    domain.NotAComplaint: HTTPStatus.CONFLICT,
    domain.AnnotationNotGiven: HTTPStatus.CONFLICT,
    domain.NotTheirsToAnnotate: HTTPStatus.CONFLICT,
    domain.ComplaintNotAnnotated: HTTPStatus.CONFLICT,
    domain.InvestigatorNotNamed: HTTPStatus.CONFLICT,
    domain.ComplaintNotConcluded: HTTPStatus.CONFLICT,
    domain.RemedyMissing: HTTPStatus.BAD_REQUEST,
    domain.KeyVisitMadeAlready: HTTPStatus.CONFLICT,
    KeyVisitNotFound: HTTPStatus.NOT_FOUND,
    DutyNoteNotFound: HTTPStatus.NOT_FOUND,
    PhoneNeeded: HTTPStatus.BAD_REQUEST,
    domain.NoEventToEnd: HTTPStatus.CONFLICT,
    domain.SameOwner: HTTPStatus.CONFLICT,
    domain.LeaderNeeded: HTTPStatus.CONFLICT,
    domain.NewPromiseMissing: HTTPStatus.CONFLICT,
    MediaTypeNotTaken: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    NotOffered: HTTPStatus.NOT_IMPLEMENTED,
    # Not the customer's doing: the report is kept and filed later, so this must not look like a refusal.
    domain.NobodyOnDuty: HTTPStatus.SERVICE_UNAVAILABLE,
    StoreUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    AccountsUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    CapacityUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
}


def status_of(problem: Exception) -> HTTPStatus:
    if isinstance(problem, SanicException):
        return HTTPStatus(problem.status_code)
    return STATUS.get(type(problem), HTTPStatus.INTERNAL_SERVER_ERROR)


def told(problem: Exception) -> tuple[str, str]:
    """Code and message. Of an error of ours no more than that it is one."""
    match problem:
        case Refusal():
            return problem.code, problem.message
        case ShapeInvalid():
            return BadRequest.code, BadRequest(problems="；".join(problem.problems)).message
        case SanicException():
            return f"{OF_HTTP}{problem.status_code}", HTTPStatus(problem.status_code).phrase
        case StoreUnavailable() | CapacityUnavailable():
            return "store_unavailable", "系统忙，请稍后再试。"
        case AccountsUnavailable():
            return "accounts_unavailable", "客户资料暂时查不到，请稍后再试。"
        case _:
            return "internal_error", "系统出错了，请稍后再试。"


class ReportIncomplete(Refusal):
    """这次的信息没有记完整，请您再说一遍。"""


def internal_body(problem: Exception) -> dict[str, object]:
    """`message` is for the customer; what is for us stands in `problems`."""
    if isinstance(problem, ShapeInvalid):
        refusal = ReportIncomplete()
        return {"code": refusal.code, "message": refusal.message, "problems": list(problem.problems)}
    code, message = told(problem)
    return {"code": code, "message": message}


def tmf_body(problem: Exception) -> dict[str, object]:
    """TMF621's Error. `reason` is short, `message` says more."""
    code, message = told(problem)
    status = status_of(problem)
    return {"@type": "Error", "code": code, "reason": status.phrase, "message": message, "status": str(status.value)}
