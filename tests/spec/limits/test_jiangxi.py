"""What jiangxi promises 江西广电网络的限时办结."""

import pytest

from backend.domain.charter import ClockStart, Limit, LimitUnit, NoClause
from backend.domain.promise import keep_earlier, promises_for
from backend.domain.vocabulary import District, Grade, Mark, PromiseKind, TicketType
from backend.domain.working_time import local
from tests.factories import a_charter, a_clause, a_promise, at, rows


@pytest.fixture
def carried(jiangxi, calendar):
    """The promises of a new ticket, as 'kind clause due'."""

    def carried(ticket_type, subject, *, grade=None, district=None, accepted_at="2026-11-21 20:31", papers_in=False):
        made = promises_for(
            charter=jiangxi,
            ticket_type=TicketType(ticket_type),
            subject=subject,
            grade=grade,
            district=district,
            accepted_at=at(accepted_at),
            calendar=calendar,
            papers_in=papers_in,
        )
        return [(p.kind, p.clause, p.due and f"{local(p.due):%m-%d %H:%M}") for p in made]

    return carried


def test_each_limit_is_the_published_one_with_its_rule_and_place(jiangxi):
    """R1.1–R1.6, R5.1, R5.4."""
    table = rows("""
        条款                 | 时限       | 规则 | 出处
        general_fault_repair | 24 小时    | R1.1 | 001 §4.3；§9.4
        major_fault_repair   | 72 小时    | R1.2 | 001 §4.3；§9.4
        install_urban        | 5 个工作日 | R1.3 | 001 §4.4；§9.4
        install_rural        | 10 个工作日| R1.3 | 001 §4.4；§9.4
        resume               | 5 个工作日 | R1.4 | 001 §4.4；§9.4
        complaint_handling   | 3 个工作日 | R1.5 | 001 §4.4（答复）；§9.4（处理）
        complaint_response   | 4 小时     | R1.6 | 001 §9.2
        fault_return_visit   | 72 小时    | R5.1 | 001 §9.6
        outcome_follow_up    | 72 小时    | R5.4 | 001 §5.1
    """)
    for row in table:
        clause = jiangxi.commitment(key=row["条款"])
        assert (clause.limit.text, clause.rule, clause.source) == (row["时限"], row["规则"], row["出处"])
        assert clause.mark is Mark.SOURCE
        assert clause.effective_from is None
        assert clause.charter_version == jiangxi.version


def test_the_operators_own_limits_are_marked_as_such(jiangxi):
    """[C]: the call-back for who wishes for a person, and the answer we owe."""
    own = {clause.key for clause in jiangxi.commitments if clause.mark is Mark.CONFIGURED}
    assert own == {"callback", "owed_answer"}


def test_a_fault_is_settled_in_24_hours_and_a_major_one_in_72(carried):
    """R1.1, R1.2; without a grade it is general (R1.20)."""
    settle = PromiseKind.SETTLE
    assert carried("fault", "no_signal") == [(settle, "general_fault_repair", "11-22 20:31")]
    assert carried("fault", "area", grade=Grade.GENERAL) == [(settle, "general_fault_repair", "11-22 20:31")]
    assert carried("fault", "area", grade=Grade.MAJOR) == [(settle, "major_fault_repair", "11-24 20:31")]


def test_a_danger_is_promised_like_a_general_fault_and_reported_to_the_leader(carried, jiangxi):
    """R1.20: in doubt general, so never later; R2.6, R1.16: at once to the leader."""
    assert carried("fault", "danger") == [(PromiseKind.SETTLE, "general_fault_repair", "11-22 20:31")]
    assert jiangxi.is_urgent(subject="danger")
    assert not jiangxi.is_urgent(subject="no_signal")


def test_force_majeure_is_excepted_for_the_two_fault_limits_only(jiangxi):
    """R1.18."""
    excepted = {clause.key for clause in jiangxi.commitments if clause.remark and "不可抗力" in clause.remark}
    assert excepted == {"general_fault_repair", "major_fault_repair"}


def test_an_install_takes_5_working_days_in_town_and_10_in_the_country(carried):
    """R1.3."""
    day = "2026-09-28 10:00"
    settle = PromiseKind.SETTLE
    assert carried("order", "install", district=District.URBAN, accepted_at=day, papers_in=True) == [
        (settle, "install_urban", "10-10 17:30")
    ]
    assert carried("order", "install", district=District.RURAL, accepted_at=day, papers_in=True) == [
        (settle, "install_rural", "10-16 17:30")
    ]


def test_while_papers_are_missing_the_clock_of_an_install_has_not_started(jiangxi, calendar):
    """R1.13: the limit is told, a due time is not."""
    (told,) = promises_for(
        charter=jiangxi,
        ticket_type=TicketType.ORDER,
        subject="install",
        grade=None,
        district=District.URBAN,
        accepted_at=at("2026-09-28 10:00"),
        calendar=calendar,
    )
    assert (told.due, told.limit.text, told.steps) == (None, "5 个工作日", ())
    assert told.waits
    assert told.reason == "时限从手续办齐、材料齐全时起算"


@pytest.mark.parametrize(
    ("subject", "papers"),
    [
        ("install", ("身份证原件和复印件",)),
        ("transfer", ("用户证", "双方身份证")),
        ("resume", ()),  # by telephone
        ("something_new", ()),
    ],
)
def test_what_an_order_waits_for_is_what_is_handed_in_or_shown(jiangxi, subject, papers):
    """R1.13, R2.4: address and phone are said in the conversation."""
    assert jiangxi.papers(ticket_type=TicketType.ORDER, subject=subject) == papers
    assert jiangxi.papers(ticket_type=TicketType.FAULT, subject=subject) == ()


def test_an_install_at_an_address_in_no_listed_area_is_not_guessed(jiangxi):
    """R1.3: neither town nor country is assumed."""
    none = jiangxi.clause(matter=TicketType.ORDER, subject="install")
    assert isinstance(none, NoClause)
    assert none.reason == "安装开通的办结时限要看地址属于城区还是农村，这个地址还要核实"


def test_resuming_takes_5_working_days(carried):
    """R1.4."""
    assert carried("order", "resume", accepted_at="2026-11-16 10:00") == [(PromiseKind.SETTLE, "resume", "11-23 17:30")]


def test_a_complaint_is_answered_in_4_hours_and_settled_in_3_working_days(carried):
    """R1.5, R1.6."""
    assert carried("complaint", "attitude") == [
        (PromiseKind.RESPOND, "complaint_response", "11-22 00:31"),
        (PromiseKind.SETTLE, "complaint_handling", "11-25 17:30"),
    ]


def test_a_wish_for_a_person_is_called_back_in_4_hours_and_an_owed_answer_takes_3_working_days(carried):
    """[C], after R1.6 and R2.5."""
    assert carried("question", "callback") == [(PromiseKind.RESPOND, "callback", "11-22 00:31")]
    assert carried("question", "answer") == [(PromiseKind.RESPOND, "owed_answer", "11-25 17:30")]


@pytest.mark.parametrize(
    ("subject", "reason"),
    [
        ("relocate", "公司没有公布移机的办结时限"),
        ("suspend", "公司没有公布报停的办结时限"),
        ("transfer", "公司没有公布过户的办结时限"),
        ("something_new", "公司没有公布这项业务的办结时限"),
    ],
)
def test_where_no_limit_is_published_that_is_said(jiangxi, calendar, subject, reason):
    """[C]: it never invents one."""
    (told,) = promises_for(
        charter=jiangxi,
        ticket_type=TicketType.ORDER,
        subject=subject,
        grade=None,
        district=District.URBAN,
        accepted_at=at("2026-11-21 10:00"),
        calendar=calendar,
    )
    assert (told.due, told.reason, told.limit, told.steps) == (None, reason, None, ())
    assert told.charter_version == jiangxi.version


def test_a_limit_for_other_districts_only_is_no_limit_here():
    """R1.3: langzhong's old town and new district say nothing about the country."""
    old_town = a_clause("3 工作日", district=District.OLD_TOWN)
    none = a_charter(commitments=(old_town,)).clause(
        matter=TicketType.FAULT, subject="no_signal", district=District.RURAL
    )
    assert none == NoClause(
        key="fault.no_signal.settle",
        label="故障修复",
        kind=PromiseKind.SETTLE,
        reason="公司只公布了老城区故障修复的办结时限，没有公布农村的",
        charter_version="2026-11-01",
    )


def test_what_starts_later_is_no_promise_of_a_new_ticket():
    """R5.1: the return visit's 72 hours start with the repair."""
    visit = a_clause("72 小时", kind=PromiseKind.FOLLOW_UP, starts=ClockStart.REPAIR)
    kinds = [c.kind for c in a_charter(commitments=(visit,)).clauses(matter=TicketType.FAULT, subject="no_signal")]
    assert kinds == [PromiseKind.SETTLE]


def test_an_unknown_commitment_is_a_mistake(jiangxi):
    with pytest.raises(KeyError):
        jiangxi.commitment(key="ten_minutes")


@pytest.mark.parametrize(
    ("told", "computed", "stands"),
    [
        ("2026-11-22 10:00", "2026-11-24 10:00", "2026-11-22 10:00"),
        ("2026-11-24 10:00", "2026-11-22 10:00", "2026-11-22 10:00"),
        ("2026-11-22 10:00", None, "2026-11-22 10:00"),
        (None, "2026-11-22 10:00", "2026-11-22 10:00"),
        (None, None, None),
    ],
)
def test_nothing_lengthens_a_promise_already_told(told, computed, stands):
    """R1.20: the earlier due time stands."""
    kept = keep_earlier(told=a_promise(told and at(told)), computed=a_promise(computed and at(computed)))
    assert kept.due == (stands and at(stands))


def test_limits_are_said_in_the_customers_words():
    said = [Limit(amount=20, unit=unit).text for unit in LimitUnit]
    assert said == ["20 分钟", "20 小时", "20 个工作日"]


@pytest.mark.parametrize(
    ("ticket_type", "subject", "visited"),
    [
        ("fault", "no_signal", True),
        ("complaint", "attitude", True),
        ("order", "install", True),
        ("order", "resume", False),
        ("question", "callback", False),
    ],
)
def test_faults_complaints_and_new_installs_are_all_visited_afterwards(jiangxi, ticket_type, subject, visited):
    """R5.1–R5.3: 100 per cent."""
    rule = jiangxi.return_visit(ticket_type=TicketType(ticket_type), subject=subject)
    assert (rule is not None and rule.percent == 100) is visited
