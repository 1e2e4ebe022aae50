"""The figures of supervision as tables for people: a name, a head and rows each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from backend.client import GroupView, RateView, SheetView, SupervisionView
from backend.domain.performance import Behind
from bot.desk.spreadsheet import Cell

Table = tuple[str, Sequence[str], list[list[Cell]]]
NO_DATA: Final = "无数据"
NOT_MEASURED: Final = "未公布"
ROW_HEAD: Final[Sequence[str]] = ("工单", "事项", "状态", "片区", "首问责任人", "经办人", "受理时间")
_GROUP_HEAD: Final = (
    *("名称", "工单", "承诺按期", "承诺到期", "按期率%", "回复率%", "满意度%"),
    *("投诉", "投诉基数", "投诉率%", "现在临期", "现在逾期"),
)
_SHEET_HEAD: Final = (
    *("对象", "编号", "名称", "工单", "按期率%", "投诉率%", "回复率%", "满意度%"),
    *("户数/人", "标准", "积分", "奖惩（元）", "其他"),
)
_WHOSE: Final = {"area": "片区", "person": "个人", "department": "部门"}


def _groups(name: str, groups: Iterable[GroupView]) -> Table:
    return name, _GROUP_HEAD, [_group(group) for group in groups]


def _group(group: GroupView) -> list[Cell]:
    rate = group.complaint_rate
    return [
        group.name,
        group.tickets,
        group.on_time.part,
        group.on_time.of,
        _percent(group.on_time),
        _percent(group.replied) if group.replied else NOT_MEASURED,
        _percent(group.satisfied),
        rate.part if rate else None,
        rate.of if rate else None,
        _percent(rate) if rate else None,
        group.at_risk,
        group.overdue,
    ]


def _answer_times(found: SupervisionView) -> Table:
    head = ("事项", "已首次响应", "尚未响应", "中位数（分钟）", "九成在（分钟）内")
    return "首次响应", head, [[t.name, t.answered, t.unanswered, t.median, t.ninth] for t in found.answer_times]


def _return_visits(found: SupervisionView) -> Table:
    head = ("事项", "公布比例%", "条款", "已处理", "抽取", "已回访", "待回访", "联系不上", "覆盖率%")
    rows: list[list[Cell]] = [
        [
            each.name,
            NOT_MEASURED if each.published is None else each.published,
            each.rule,
            each.settled,
            each.drawn,
            each.visited,
            each.waits,
            each.not_reached,
            _percent(each.covered),
        ]
        for each in found.return_visits
    ]
    return "回访覆盖", head, rows or [["公司没有公布回访比例"]]


def _marks(found: SupervisionView) -> Table:
    return "满意度", ("评分", "次数"), [[mark, times] for mark, times in enumerate(found.marks, start=1)]


TABLES: Final[Mapping[str, Callable[[SupervisionView], Table]]] = {
    "matters": lambda found: _groups("按事项", [*found.by_matter, found.whole]),
    "areas": lambda found: _groups("按片区", [*found.by_area, found.whole]),
    "departments": lambda found: _groups("按部门", [*found.by_department, found.whole]),
    "answer-times": _answer_times,
    "return-visits": _return_visits,
    "marks": _marks,
}
BEHIND_LABELS: Final[Mapping[Behind, str]] = {
    Behind.TICKETS: "受理",
    Behind.KEPT: "按期兑现",
    Behind.LATE: "逾期",
    Behind.ANSWERED_IN_TIME: "及时回复",
    Behind.ANSWERED_LATE: "没有及时回复",
    Behind.ANSWERED: "已回复",
    Behind.UNANSWERED: "尚未回复",
    Behind.MARKED: "有满意度评分",
    Behind.UPHELD: "投诉属实",
    Behind.HELD_TO_ACCOUNT: "投诉属实并追究",
    Behind.SETTLED: "已处理",
    Behind.VISITED: "已回访",
    Behind.VISIT_WAITS: "待回访",
    Behind.NOT_REACHED: "回访没有联系上",
    Behind.AT_RISK: "现在临期",
    Behind.OVERDUE: "现在逾期未兑现",
}
EXPORT_LABELS: Final[Mapping[str, str]] = {
    "matters": "按事项",
    "areas": "按片区",
    "departments": "按部门",
    "answer-times": "首次响应",
    "return-visits": "回访覆盖",
    "marks": "满意度",
    "sheet": "考核",
    "tickets": "工单明细",
}


def sheet_of_assessment(sheet: SheetView) -> Table:
    rows: list[list[Cell]] = [
        [
            _WHOSE[line.whose],
            line.key,
            line.name,
            line.tickets,
            _percent(line.on_time),
            _percent(line.complaints),
            _percent(line.replied) if line.replied else NOT_MEASURED,
            _percent(line.satisfied),
            line.households_each,
            line.households_norm,
            line.points,
            line.yuan,
            "；".join(line.consequences),
        ]
        for line in sheet.lines
    ]
    return "考核", _SHEET_HEAD, rows


def _percent(rate: RateView) -> Cell:
    return NO_DATA if rate.percent is None else rate.percent
