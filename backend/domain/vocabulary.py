"""The words of the field. Ticket states and roles are TMF621's; the Chinese terms stand in docs/glossary.md."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class TicketType(StrEnum):
    FAULT = "fault"  # 报障
    COMPLAINT = "complaint"  # 投诉
    ORDER = "order"  # 业务办理
    QUESTION = "question"  # 待答复: an answer, or a call, that we owe


class TicketStatus(StrEnum):
    ACKNOWLEDGED = "acknowledged"  # 已受理
    IN_PROGRESS = "inProgress"  # 处理中
    PENDING = "pending"  # 待客户: materials missing, or a later time wished
    HELD = "held"  # 我方受阻
    RESOLVED = "resolved"  # 已处理，待回访
    CLOSED = "closed"  # 已办结
    CANCELLED = "cancelled"  # 已撤销
    REJECTED = "rejected"  # 不予受理


class Service(StrEnum):
    TV = "tv"  # 有线电视
    BROADBAND = "broadband"  # 宽带
    VOD = "vod"  # 点播
    TELEPHONE = "telephone"  # 固定电话


SERVICE_LABELS: Final[Mapping[Service, str]] = {
    Service.TV: "有线电视",
    Service.BROADBAND: "宽带",
    Service.VOD: "点播",
    Service.TELEPHONE: "固定电话",
}


class FaultKind(StrEnum):
    NO_SIGNAL = "no_signal"  # 无信号
    PICTURE = "picture"  # 画面或声音不正常
    STB = "stb"  # 机顶盒或智能卡
    REMOTE = "remote"  # 遥控器
    BROADBAND_DOWN = "broadband_down"  # 断网
    BROADBAND_SLOW = "broadband_slow"  # 网速慢或不稳
    VOD = "vod"  # 点播回看
    AREA = "area"  # 整栋或整片
    TELEPHONE = "telephone"  # 电话故障
    DANGER = "danger"  # 险情


SERVICE_OF_FAULT: Final[Mapping[FaultKind, Service]] = {  # the others are of any service
    FaultKind.NO_SIGNAL: Service.TV,
    FaultKind.PICTURE: Service.TV,
    FaultKind.STB: Service.TV,
    FaultKind.REMOTE: Service.TV,
    FaultKind.BROADBAND_DOWN: Service.BROADBAND,
    FaultKind.BROADBAND_SLOW: Service.BROADBAND,
    FaultKind.VOD: Service.VOD,
    FaultKind.TELEPHONE: Service.TELEPHONE,
}


class OrderKind(StrEnum):
    INSTALL = "install"  # 安装开通
    RELOCATE = "relocate"  # 移机
    SUSPEND = "suspend"  # 报停
    RESUME = "resume"  # 业务恢复
    TRANSFER = "transfer"  # 过户


class ComplaintKind(StrEnum):
    ATTITUDE = "attitude"  # 服务态度
    OVERDUE = "overdue"  # 逾期或失约
    FEE = "fee"  # 收费
    REPEAT_FAULT = "repeat_fault"  # 反复故障
    OTHER = "other"  # 其他


class QuestionKind(StrEnum):
    CALLBACK = "callback"  # 人工回电
    ANSWER = "answer"  # 核实后答复
    INTEREST = "interest"  # 有意安装: where it can't be installed yet (R2.11)


class AccountStatus(StrEnum):
    ACTIVE = "active"  # 正常
    SUSPENDED = "suspended"  # 报停, at the customer's wish
    CUT_OFF = "cut_off"  # 欠费停机


class OutageKind(StrEnum):
    KNOWN_OUTAGE = "known_outage"  # 已知故障
    MAINTENANCE = "maintenance"  # 停机检修
    CHANGE = "change"  # 新业务等变动: nothing stops working


class Need(StrEnum):
    """What a customer wants of a package or box (R9.4)."""

    TV = "tv"  # 看电视
    BROADBAND = "broadband"  # 还要宽带
    HD = "hd"  # 高清
    MORE_SETS = "more_sets"  # 几台电视


class Grade(StrEnum):
    GENERAL = "general"  # 一般
    MAJOR = "major"  # 重大


class District(StrEnum):
    URBAN = "urban"  # 城区
    RURAL = "rural"  # 农村
    OLD_TOWN = "old_town"  # 老城区
    QILI = "qili"  # 七里新区


class AreaLevel(StrEnum):
    CITY = "city"  # 市公司
    COUNTY = "county"  # 县分公司


class Cause(StrEnum):
    """What a fault comes from, where a figure hangs on it (R1.1, R1.2)."""

    CABLE = "cable"  # 电缆原因
    OTHER = "other"  # 非电缆原因


class PromiseKind(StrEnum):
    SETTLE = "settle"  # 办结
    RESPOND = "respond"  # 应答
    CONTACT = "contact"  # 联系客户
    DISPATCH = "dispatch"  # 派单
    FOLLOW_UP = "follow_up"  # 回访


class Excuse(StrEnum):
    """Why a promise past its time is not counted as late. Its due time stays what it was."""

    DEEMED_ON_TIME = "deemed_on_time"  # 视为按期办结 (R1.15)
    FORCE_MAJEURE = "force_majeure"  # 不可抗力 (R1.18)
    NOT_REACHED = "not_reached"  # 回访: tried as often as the charter says, and nobody answered


class Role(StrEnum):
    CUSTOMER = "customer"
    FIRST_INQUIRY_OWNER = "firstInquiryOwner"  # 首问责任人
    HANDLER = "handler"  # 经办人
    AREA_MANAGER = "areaManager"  # 片区客户经理


class Mark(StrEnum):
    SOURCE = "source"  # the published text says it
    PRODUCT = "product"  # our decision, in no source
    CONFIGURED = "configured"  # the operator's own value


class Channel(StrEnum):
    WEBCHAT = "webchat"
    WECHAT = "wechat"
    HOTLINE = "hotline"
    COUNTER = "counter"  # 营业厅柜台
    PARTNER = "partner"  # another system, through TMF621


CHANNEL_LABELS: Final[Mapping[Channel, str]] = {
    Channel.WEBCHAT: "网页",
    Channel.WECHAT: "微信",
    Channel.HOTLINE: "电话",
    Channel.COUNTER: "营业厅",
    Channel.PARTNER: "合作系统",
}
