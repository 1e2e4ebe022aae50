"""The states of a ticket 工单状态 and the verbs that move it; what is not allowed is refused aloud."""

from datetime import datetime, timedelta

import pytest

from backend.domain.errors import (
    LeaderNeeded,
    NewPromiseMissing,
    ReasonMissing,
    Refusal,
    SameHandler,
    TransitionNotAllowed,
)
from backend.domain.ticket import Act
from backend.domain.vocabulary import Grade, PromiseKind, TicketStatus
from tests.factories import a_promise, a_resolved_ticket, a_ticket, at, rows

now = at("2026-11-21 12:00")
due_tomorrow = at("2026-11-22 10:00")

VERBS = {
    "start": lambda ticket: ticket.start(by="1024", at=now),
    "ask_for_materials": lambda ticket: ticket.ask_for_materials(by="1024", at=now, reason="缺身份证复印件"),
    "hold": lambda ticket: ticket.hold(by="1024", at=now, reason="等备件"),
    "respond": lambda ticket: ticket.respond(by="1024", at=now),
    "resolve": lambda ticket: ticket.resolve(by="1024", at=now, outcome="换了接头"),
    "close": lambda ticket: ticket.close(by="1024", at=now),
    "reopen": lambda ticket: ticket.reopen(by="1024", at=now, reason="又花了", promises=(a_promise(due_tomorrow),)),
    "cancel": lambda ticket: ticket.cancel(by="1024", at=now, reason="客户自己弄好了"),
    "reject": lambda ticket: ticket.reject(by="1024", at=now, reason="不是我们的用户"),
    "transfer": lambda ticket: ticket.transfer(to="1025", by="1024", at=now, reason="1025 离得近"),
    "change_owner": lambda ticket: ticket.change_owner(to="1025", leader="1001", at=now, reason="1024 调离"),
    "regrade": lambda ticket: ticket.regrade(grade=Grade.MAJOR, leader="1001", at=now, reason="整片断", promises=()),
    "report_to_leader": lambda ticket: ticket.report_to_leader(leader="1001", by="webchat", at=now, reason="急事"),
    "join": lambda ticket: ticket.join(by="webchat", at=now, promises=()),
    "reschedule": lambda ticket: ticket.reschedule(by="webchat", at=now, wished_at=None, wished="周六下午"),
}
LIVES = {
    "acknowledged": (),
    "inProgress": ("start",),
    "pending": ("ask_for_materials",),
    "held": ("hold",),
    "resolved": ("start", "resolve"),
    "closed": ("start", "resolve", "close"),
    "cancelled": ("cancel",),
    "rejected": ("reject",),
}


def a_ticket_that_is(status):
    ticket = a_ticket(needs_return_visit=False)
    for verb in LIVES[status]:
        ticket = VERBS[verb](ticket)
    assert ticket.status == status
    return ticket


ALLOWED = rows("""
    动作              | acknowledged | inProgress | pending    | held       | resolved   | closed     | cancelled | rejected
    start             | inProgress   | -          | inProgress | inProgress | -          | -          | -         | -
    ask_for_materials | pending      | pending    | -          | pending    | -          | -          | -         | -
    hold              | held         | held       | held       | -          | -          | -          | -         | -
    respond           | acknowledged | inProgress | pending    | held       | -          | -          | -         | -
    resolve           | -            | resolved   | -          | -          | -          | -          | -         | -
    close             | -            | -          | -          | -          | closed     | -          | -         | -
    reopen            | -            | -          | -          | -          | inProgress | inProgress | -         | -
    cancel            | cancelled    | cancelled  | cancelled  | cancelled  | -          | -          | -         | -
    reject            | rejected     | -          | -          | -          | -          | -          | -         | -
    transfer          | acknowledged | inProgress | pending    | held       | -          | -          | -         | -
    change_owner      | acknowledged | inProgress | pending    | held       | resolved   | -          | -         | -
    regrade           | acknowledged | inProgress | pending    | held       | -          | -          | -         | -
    report_to_leader  | acknowledged | inProgress | pending    | held       | -          | -          | -         | -
    join              | acknowledged | inProgress | pending    | held       | -          | -          | -         | -
    reschedule        | acknowledged | inProgress | pending    | held       | -          | -          | -         | -
""")  # noqa: E501


@pytest.mark.parametrize(
    ("verb", "status", "becomes"),
    [(row["动作"], status, becomes) for row in ALLOWED for status, becomes in row.items() if status != "动作"],
)
def test_every_verb_is_allowed_or_refused_in_every_state(verb, status, becomes):
    ticket = a_ticket_that_is(status)
    if becomes == "-":
        with pytest.raises(TransitionNotAllowed):
            VERBS[verb](ticket)
    else:
        assert VERBS[verb](ticket).status == becomes


def test_a_refusal_says_in_the_customers_language_what_cannot_be_done_and_has_a_code():
    with pytest.raises(TransitionNotAllowed) as refused:
        VERBS["start"](a_ticket_that_is("closed"))
    assert str(refused.value) == "工单现在是“已办结”，不能开始处理。"
    assert refused.value.code == "transition_not_allowed"
    assert isinstance(refused.value, Refusal)


def test_a_new_ticket_is_acknowledged_and_its_owner_handles_it():
    """R2.1."""
    ticket = a_ticket(accepted_at=at("2026-11-21 10:00"), owner="1024")
    assert ticket.status is TicketStatus.ACKNOWLEDGED
    assert (ticket.owner, ticket.handler) == ("1024", "1024")
    assert ticket.status_changed_at == ticket.accepted_at


def test_a_ticket_can_be_handled_by_another_than_its_owner_from_the_start():
    assert a_ticket(owner="1031", handler="1024").handler == "1024"


def test_a_ticket_without_an_owner_cannot_be():
    with pytest.raises(ValueError, match="owner"):
        a_ticket(owner="")


def test_times_without_a_time_zone_are_a_mistake():
    naive = datetime(2026, 11, 21, 10)  # noqa: DTZ001 - the mistake
    with pytest.raises(ValueError, match="naive"):
        a_ticket(accepted_at=naive)
    with pytest.raises(ValueError, match="naive"):
        a_ticket().start(by="1024", at=naive)


def test_a_verb_records_who_when_and_why_and_leaves_the_old_ticket_as_it_was():
    ticket = a_ticket()
    held = ticket.hold(by="1024", at=now, reason=" 等备件 ")
    assert (held.status_changed_by, held.status_changed_at, held.status_reason) == ("1024", now, "等备件")
    assert ticket.status is TicketStatus.ACKNOWLEDGED


@pytest.mark.parametrize(
    "without_reason",
    [
        lambda: a_ticket().ask_for_materials(by="1024", at=now, reason=""),
        lambda: a_ticket().hold(by="1024", at=now, reason=" "),
        lambda: a_ticket().cancel(by="1024", at=now, reason=""),
        lambda: a_ticket().reject(by="1024", at=now, reason=""),
        lambda: a_ticket().transfer(to="1025", by="1024", at=now, reason=""),
        lambda: a_ticket().change_owner(to="1025", leader="1001", at=now, reason=""),
        lambda: a_ticket().regrade(grade=Grade.MAJOR, leader="1001", at=now, reason="", promises=()),
        lambda: a_ticket().report_to_leader(leader="1001", by="webchat", at=now, reason=""),
        lambda: a_ticket_that_is("inProgress").resolve(by="1024", at=now, outcome=""),
        lambda: a_resolved_ticket().reopen(by="1024", at=now, reason="", promises=(a_promise(),)),
    ],
)
def test_what_needs_explaining_is_refused_without_a_reason(without_reason):
    """R2.3: explain why."""
    with pytest.raises(ReasonMissing, match="要写明原因"):
        without_reason()


def test_handing_on_changes_the_handler_never_the_owner():
    """R2.10: 转派不转责."""
    ticket = a_ticket(owner="1024").transfer(to="1025", by="1024", at=now, reason="1025 离得近")
    assert (ticket.owner, ticket.handler) == ("1024", "1025")


def test_handing_on_to_the_same_handler_is_refused():
    with pytest.raises(SameHandler, match="工单已经在工号 1024 手里"):
        a_ticket(owner="1024").transfer(to="1024", by="1001", at=now, reason="催办")


def test_a_change_of_owner_takes_a_leader_and_leaves_the_handler():
    """R2.10."""
    with pytest.raises(LeaderNeeded, match="变更首问责任人要由负责人决定"):
        a_ticket().change_owner(to="1025", leader=None, at=now, reason="1024 调离")
    ticket = a_ticket(owner="1024").change_owner(to="1025", leader="1001", at=now, reason="1024 调离")
    assert (ticket.owner, ticket.handler) == ("1025", "1024")
    assert ticket.last_act == Act(by="1001", at=now, reason="1024 调离")


def test_what_leaves_the_state_as_it_is_leaves_the_time_of_its_change_too():
    ticket = a_ticket()
    for verb in ("respond", "transfer", "change_owner", "regrade", "report_to_leader", "join"):
        moved = VERBS[verb](ticket)
        assert (moved.status_changed_at, moved.status_reason) == (ticket.status_changed_at, None)
        assert moved.last_act.at == now


def test_no_state_stops_a_clock():
    """R1.21."""
    ticket = a_ticket(promises=(a_promise(due_tomorrow),))
    for waiting in (VERBS["hold"](ticket), VERBS["ask_for_materials"](ticket)):
        assert waiting.promises == ticket.promises
        assert waiting.is_overdue(now=due_tomorrow + timedelta(minutes=1))


def test_regrading_takes_a_leader_and_never_lengthens_a_promise():
    """R1.20: 72 hours for a major fault come too late for who was told 24."""
    told = a_promise(due_tomorrow)
    with pytest.raises(LeaderNeeded):
        a_ticket().regrade(grade=Grade.MAJOR, leader=None, at=now, reason="整片断", promises=())
    longer = a_promise(at("2026-11-24 10:00"))
    ticket = a_ticket(promises=(told,)).regrade(
        grade=Grade.MAJOR, leader="1001", at=now, reason="整片断", promises=(longer,)
    )
    assert ticket.grade is Grade.MAJOR
    assert ticket.promises == (told,)


def test_a_stated_rule_takes_the_place_of_the_leader():
    """R1.16, R1.20: a complaint that a rule of the charter makes major."""
    sooner = a_promise(at("2026-11-21 18:00"))
    ticket = a_ticket().regrade(
        grade=Grade.MAJOR, leader=None, rule="R1.16", at=now, reason="重大投诉：媒体或监管", promises=(sooner,)
    )
    assert (ticket.grade, ticket.promises) == (Grade.MAJOR, (sooner,))
    assert ticket.last_act == Act(by="R1.16", at=now, reason="重大投诉：媒体或监管")


@pytest.mark.parametrize(
    ("reported_again", "stands"),
    [("2026-11-22 15:00", "2026-11-22 10:00"), ("2026-11-22 08:00", "2026-11-22 08:00")],
)
def test_a_report_joined_to_a_ticket_never_lengthens_what_either_was_told(reported_again, stands):
    """R1.20: a report that was kept while the backend was away may have been told an earlier time."""
    ticket = a_ticket(promises=(a_promise(due_tomorrow),))
    joined = ticket.join(by="webchat", at=now, promises=(a_promise(at(reported_again)),))
    assert [promise.due for promise in joined.promises] == [at(stands)]


@pytest.mark.parametrize(
    ("wished", "said_at", "stands"),
    [
        ("周二", "2026-11-21 11:00", "周二"),
        (None, "2026-11-21 11:00", "周一"),
        ("周日", "2026-11-21 09:00", "周一"),  # said before the ticket's own, and filed late
    ],
)
def test_the_wish_said_last_stands(wished, said_at, stands):
    ticket = a_ticket(accepted_at=at("2026-11-21 10:00"), requested_text="周一")
    assert ticket.wish(at=None, text=wished, said_at=at(said_at)).requested_text == stands


def test_a_wish_said_earlier_stands_where_the_ticket_has_none():
    ticket = a_ticket(accepted_at=at("2026-11-21 10:00"))
    wish, said_at = at("2026-11-23 19:00"), at("2026-11-21 09:00")
    assert ticket.wish(at=wish, text="周一晚上", said_at=said_at).requested_at == wish


def test_regrading_can_shorten_a_promise_and_add_one_of_another_kind():
    told = a_promise(at("2026-11-24 10:00"))
    contact = a_promise(at("2026-11-21 13:00"), kind=PromiseKind.CONTACT)
    sooner, answer = a_promise(due_tomorrow), a_promise(at("2026-11-21 16:00"), kind=PromiseKind.RESPOND)
    ticket = a_ticket(promises=(told, contact)).regrade(
        grade=Grade.GENERAL, leader="1001", at=now, reason="复核为一般", promises=(sooner, answer)
    )
    assert ticket.promises == (sooner, contact, answer)


@pytest.mark.parametrize(
    ("minutes_late", "overdue"),
    [(-1, False), (0, False), (1, True)],
)
def test_an_open_ticket_is_overdue_once_its_due_time_has_passed(minutes_late, overdue):
    ticket = a_ticket(promises=(a_promise(due_tomorrow), a_promise(None)))
    assert ticket.is_overdue(now=due_tomorrow + timedelta(minutes=minutes_late)) is overdue


def test_what_is_settled_is_no_longer_overdue():
    late = due_tomorrow + timedelta(hours=3)
    ticket = a_resolved_ticket(promises=(a_promise(due_tomorrow),), resolved_at=late)
    assert not ticket.is_overdue(now=late)
    assert ticket.late_promises(now=late) == ticket.promises


def test_an_answer_owed_is_kept_by_answering_and_the_first_answer_counts():
    """R1.6: the complaint may still be open."""
    answer = a_promise(at("2026-11-21 14:00"), kind=PromiseKind.RESPOND)
    ticket = a_ticket(promises=(answer, a_promise(at("2026-11-25 17:30"))))
    answered = ticket.respond(by="1024", at=at("2026-11-21 13:00")).respond(by="1024", at=at("2026-11-21 15:00"))
    assert ticket.is_overdue(now=at("2026-11-21 15:00"))
    assert not answered.is_overdue(now=at("2026-11-21 15:00"))
    assert answered.late_promises(now=at("2026-11-21 15:00")) == ()


def test_reopening_takes_a_new_promise():
    """R5.6."""
    with pytest.raises(NewPromiseMissing):
        a_resolved_ticket().reopen(by="1024", at=now, reason="又花了", promises=())
