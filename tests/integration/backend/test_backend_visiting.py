"""回访: drawn when settled, asked within the limit, and what is found (R5.1, R5.6, R5.7)."""

from datetime import date, timedelta
from itertools import count

import pytest

from backend.domain.errors import NobodyAnswered, ReturnVisitOutstanding, TransitionNotAllowed
from backend.domain.ticket import TicketNumber
from backend.domain.visit import Conduct, VisitOutcome
from backend.domain.vocabulary import PromiseKind, TicketStatus
from backend.domain.written import ticket_number
from backend.messages.acts import VisitMade
from backend.messages.reports import VisitAnswer
from backend.ports import Medium
from backend.usecases import tickets as usecases
from backend.usecases import visiting, wishes
from tests.integration.backend.support import FRIDAY_EVENING, a_report, stored
from tests.integration.backend.working import sent, work_off

SETTLED = FRIDAY_EVENING + timedelta(hours=10)
NOVEMBER = date(2026, 11, 1)


@pytest.fixture
def settled(file, store, terms):
    receipt = file(a_report())
    work_off(store, terms, now=FRIDAY_EVENING)
    number = TicketNumber.parse(receipt.ticket_number)
    for to, at in ((TicketStatus.IN_PROGRESS, FRIDAY_EVENING), (TicketStatus.RESOLVED, SETTLED)):
        usecases.change_status(number=number, to=to, reason="换了接头", by="1041", terms=terms, store=store, now=at)
    return receipt


@pytest.fixture
def visit(store, terms, settled):
    def visit(outcome, *, at=SETTLED + timedelta(hours=1), request="r1", **said):
        act = VisitMade(
            request_id=request,
            ticket_number=settled.ticket_number,
            by="1031",
            outcome=outcome,
            reason="晚上又花了",
            **said,
        )
        visiting.visit(act=act, terms=terms, store=store, now=at)
        return stored(store, settled).ticket

    return visit


@pytest.fixture
def answer(store, terms, settled):
    """By the customer, in the conversation that reported it; each time in another message."""
    requests = count()

    def answer(*, solved=True, at=SETTLED + timedelta(hours=1), text="好了", **said):
        told = VisitAnswer(
            ticket_number=settled.ticket_number,
            conversation="conversation-of-zhang",
            request_id=f"message-{next(requests)}",
            said_at=at,
            text=text,
            solved=solved,
            **said,
        )
        wishes.answer_visit(answer=told, terms=terms, store=store, now=at)
        return stored(store, settled).ticket

    return answer


@pytest.fixture
def visits(store, settled):
    def visits(*, of_round=0):
        with store.reading() as tickets:
            return tickets.visits.of_round(number=TicketNumber.parse(settled.ticket_number), round=of_round)

    return visits


def questions(engine):
    return [text for _, text in sent(engine, Medium.CONVERSATION) if "现在正常了吗" in text]


def test_what_is_settled_is_drawn_and_its_visit_is_a_promise_within_the_charters_limit(settled, store):
    """R5.1: 100 % of the faults, within 72 hours after the repair."""
    ticket = stored(store, settled).ticket
    (follow_up,) = [told for told in ticket.promises if told.kind is PromiseKind.FOLLOW_UP]

    assert ticket.needs_return_visit
    assert (follow_up.rule, follow_up.due) == ("R5.1", SETTLED + timedelta(hours=72))
    assert ticket.outstanding == (follow_up,)
    with store.reading() as tickets:
        (draw,) = tickets.visits.draws_of(month=NOVEMBER)
    assert (draw.position, draw.percent, draw.drawn) == (1, 100, True)


def test_the_customer_is_asked_up_to_three_times_within_the_limit_then_it_is_closed(settled, store, terms, engine):
    asked = []
    for hour in range(73):
        work_off(store, terms, now=SETTLED + timedelta(hours=hour))
        asked.append(len(questions(engine)))

    # The first try would be at 22:30: it waits for 8:00.
    assert (asked[27], asked[28], asked[36], asked[54], asked[72]) == (0, 1, 2, 3, 3)
    ticket = stored(store, settled).ticket
    assert ticket.status is TicketStatus.CLOSED
    assert "没有联系上" in ticket.status_reason
    assert ticket.late_promises(now=SETTLED + timedelta(days=9)) == ()


def test_solved_closes_and_nobody_is_asked_again(visit, store, terms, engine):
    assert visit("solved", satisfaction=5).status is TicketStatus.CLOSED

    work_off(store, terms, now=SETTLED + timedelta(days=4))
    assert questions(engine) == []


def test_unsolved_reopens_the_same_ticket_with_its_owner_and_a_new_promise(visit, settled):
    """R5.6; whoever was asked first stays on it until the customer is content (R2.7)."""
    ticket = visit("unsolved")

    assert (ticket.status, ticket.times_reopened) == (TicketStatus.IN_PROGRESS, 1)
    assert ticket.owner == settled.owner.job_number
    assert ticket.main_promise.started_at == SETTLED + timedelta(hours=1)


def test_a_ticket_settled_again_is_drawn_and_visited_anew(visit, store, terms, settled):
    visit("unsolved")
    usecases.change_status(
        number=TicketNumber.parse(settled.ticket_number),
        to=TicketStatus.RESOLVED,
        reason="换了分配器",
        by="1041",
        terms=terms,
        store=store,
        now=SETTLED + timedelta(hours=5),
    )
    with pytest.raises(ReturnVisitOutstanding):
        stored(store, settled).ticket.close(by="1041", at=SETTLED + timedelta(hours=6))
    with store.reading() as tickets:
        assert [(draw.round, draw.position) for draw in tickets.visits.draws_of(month=NOVEMBER)] == [(0, 1), (1, 2)]


def test_who_is_not_satisfied_is_heard_by_the_owner_before_it_is_closed(visit, engine):
    assert visit("solved", satisfaction=2).status is TicketStatus.RESOLVED
    assert any("满意度 2 分" in text for _, text in sent(engine, Medium.SMS))


def test_what_the_customer_answers_is_one_visit_however_many_messages_it_takes(answer, visits):
    """R5.7."""
    assert answer(goes_on=True).status is TicketStatus.RESOLVED
    ticket = answer(satisfaction=5, conduct={Conduct.SHOWED_ID: False}, remark="没出示工作证")

    (made,) = visits()
    assert (made.outcome, made.by, made.satisfaction) == (VisitOutcome.SOLVED, "conversation-of-zhang", 5)
    assert (made.conduct, made.remark, made.at) == ({Conduct.SHOWED_ID: False}, "没出示工作证", ticket.visited_at)
    assert ticket.status is TicketStatus.CLOSED


def test_who_says_that_it_works_and_hangs_up_is_asked_no_more_and_the_ticket_is_closed_in_the_end(
    answer, settled, store, terms, engine
):
    assert answer(goes_on=True).visited_at == SETTLED + timedelta(hours=1)
    end = stored(store, settled).ticket.promises[-1].due

    work_off(store, terms, now=end - timedelta(minutes=1))
    assert stored(store, settled).ticket.status is TicketStatus.RESOLVED
    work_off(store, terms, now=end + timedelta(minutes=1))

    ticket = stored(store, settled).ticket
    assert (ticket.status, questions(engine)) == (TicketStatus.CLOSED, [])
    assert "没有联系上" not in (ticket.status_reason or "")
    assert ticket.late_promises(now=end + timedelta(days=1)) == ()


def test_a_customer_who_is_not_satisfied_is_heard_by_the_owner_once_and_the_ticket_stays(
    answer, settled, store, terms, engine
):
    """R5.6."""
    answer(goes_on=True)
    answer(satisfaction=2, remark="等太久")
    assert answer(satisfaction=1).status is TicketStatus.RESOLVED

    told = [text for _, text in sent(engine, Medium.SMS) if "满意度" in text]
    assert told == [
        f"工单 {ticket_number(TicketNumber.parse(settled.ticket_number))} 回访满意度 2 分：等太久。请联系客户当面处理。"
    ]
    work_off(store, terms, now=SETTLED + timedelta(days=9))
    assert stored(store, settled).ticket.status is TicketStatus.RESOLVED


def test_unsolved_is_a_visit_too_and_the_next_one_is_of_a_new_round(answer, visits):
    assert answer(solved=False, text="晚上又花了").status is TicketStatus.IN_PROGRESS

    [made] = visits()
    assert (made.outcome, made.round, made.remark) == (VisitOutcome.UNSOLVED, 0, "晚上又花了")
    assert visits(of_round=1) == ()


def test_how_who_came_behaved_is_kept(visit, store, settled):
    """R5.7."""
    visit("solved", satisfaction=4, conduct={Conduct.ON_TIME: True, Conduct.SHOWED_ID: False})
    with store.reading() as tickets:
        (made,) = tickets.visits.of_round(number=TicketNumber.parse(settled.ticket_number), round=0)

    assert made.conduct == {Conduct.ON_TIME: True, Conduct.SHOWED_ID: False}
    assert (made.satisfaction, made.remark, made.by) == (4, "晚上又花了", "1031")


def test_a_call_in_vain_counts_as_a_try(visit, store, terms, engine):
    visit("not_reached")
    visit("not_reached", request="r2")
    work_off(store, terms, now=SETTLED + timedelta(hours=72))

    assert len(questions(engine)) == 3
    with pytest.raises(TransitionNotAllowed):
        visit("solved", request="r3")


@pytest.mark.parametrize("said", [{"conduct": {Conduct.ON_TIME: False}}, {"satisfaction": 5}])
def test_who_was_not_reached_has_answered_nothing(visit, visits, said):
    with pytest.raises(NobodyAnswered):
        visit("not_reached", **said)
    assert visits() == ()


def test_the_seed_of_a_month_is_published_before_it_begins_and_stays(store):
    visiting.publish_seeds(store=store, now=FRIDAY_EVENING)
    with store.reading() as tickets:
        seed = tickets.visits.seed_of(month=date(2026, 12, 1))
    visiting.publish_seeds(store=store, now=FRIDAY_EVENING + timedelta(days=20))

    assert seed.published_at == FRIDAY_EVENING
    with store.reading() as tickets:
        assert tickets.visits.seed_of(month=date(2026, 12, 1)) == seed
