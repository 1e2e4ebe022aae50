"""营业厅 (R2.7): duty log, opinion book, pre-acceptance at the counter and the plan of key visits."""

from datetime import date, timedelta

import pytest

from backend.charters import load_charter
from backend.client import Refused
from backend.domain.complaint import Finding
from backend.domain.errors import NoEventToEnd
from backend.domain.hall import OpinionKind
from backend.domain.ticket import TicketNumber
from backend.domain.vocabulary import Channel, PromiseKind, TicketStatus, TicketType
from backend.messages.acts import StaffAct
from backend.messages.complaints import Conclude
from backend.messages.hall import DutyEnded, DutyNoted, OpinionNoted
from backend.refusals import DutyNoteNotFound, PhoneNeeded, StaffUnknown
from backend.usecases import acts, complaints, duty_log, erasure, key_customers, opinions
from backend.usecases.tickets import change_status
from tests.integration.backend.support import FRIDAY_EVENING, ROOT, a_report, stored

A_DAY = timedelta(days=1)
FRIDAY = FRIDAY_EVENING.date()


@pytest.fixture
def note(store, terms):
    def note(text, *, key=None, by="1031", now=FRIDAY_EVENING, **said):
        noted = DutyNoted(key=key or text, by=by, text=text, **said)
        return duty_log.note(noted=noted, terms=terms, store=store, now=now)

    return note


@pytest.fixture
def log(store, terms):
    return lambda on: duty_log.of_day(on=on, charter=terms.charter, store=store)


def test_r2_7_the_log_of_a_day_has_its_notes_and_who_was_on_duty(note, log):
    note("开门检查，一切正常")
    friday = log(FRIDAY)

    assert [(entry.text, entry.by, entry.event) for entry in friday.notes] == [("开门检查，一切正常", "1031", False)]
    assert {"1001", "1002", "1003"} <= {shift.job_number for shift in friday.shifts}
    assert "1003" not in {shift.job_number for shift in log(FRIDAY + A_DAY).shifts}
    assert log(FRIDAY + A_DAY).notes == ()


def test_r2_9_what_is_unfinished_is_carried_on_until_it_is_ended(note, log, store, terms):
    event = note("取号机坏了，已报修", event=True)
    note("一位客户等了很久，已安抚")
    ended = DutyEnded(number=event.number, by="1001", outcome="换了新的")
    duty_log.end(ended=ended, terms=terms, store=store, now=FRIDAY_EVENING + 2 * A_DAY)

    assert [[entry.text for entry in log(FRIDAY + days * A_DAY).carried] for days in range(4)] == [
        [],
        ["取号机坏了，已报修"],
        ["取号机坏了，已报修"],
        [],
    ]
    assert log(FRIDAY).notes[0].outcome == "换了新的"


def test_a_note_sent_twice_stands_once(note, log):
    assert note("开门", key="k").number == note("开门", key="k").number
    assert len(log(FRIDAY).notes) == 1


def test_what_is_no_event_is_not_ended_and_who_is_not_on_the_staff_writes_nothing(note, store, terms):
    ended = {"by": "1031", "outcome": "好了"}
    remark = note("开门")
    with pytest.raises(NoEventToEnd):
        duty_log.end(ended=DutyEnded(number=remark.number, **ended), terms=terms, store=store, now=FRIDAY_EVENING)
    with pytest.raises(DutyNoteNotFound):
        duty_log.end(ended=DutyEnded(number=99, **ended), terms=terms, store=store, now=FRIDAY_EVENING)
    with pytest.raises(StaffUnknown):
        note("开门", key="other", by="9999")


@pytest.fixture
def write(store, terms, accounts):
    """A customer writes in the opinion book, and a member of staff notes it."""

    def write(kind, words, *, key="o1", **said):
        noted = OpinionNoted(**({"contact_phone": "+8613807911234"} | said), key=key, kind=kind, words=words, by="1031")
        return opinions.note(noted=noted, terms=terms, store=store, accounts=accounts, now=FRIDAY_EVENING)

    return write


@pytest.fixture
def book(store):
    return lambda: opinions.page(offset=0, limit=50, store=store)


def test_r2_7_a_complaint_in_the_book_is_a_ticket_of_who_noted_it_with_its_promise(write, store):
    entry = write(OpinionKind.COMPLAINT, "柜台排队一小时", subject="attitude")
    filed = stored_by_number(store, entry.ticket)

    assert (entry.words, entry.owner, entry.answer) == ("柜台排队一小时", "1031", None)
    assert filed.ticket.description == "意见簿：柜台排队一小时"
    assert (entry.promise.label, entry.promise.kind) == ("投诉答复与处理", PromiseKind.SETTLE)
    assert (filed.ticket.ticket_type, filed.ticket.channel) == (TicketType.COMPLAINT, Channel.COUNTER)


def test_a_complaint_in_the_book_shows_its_conclusion_as_the_answer(write, book, store, terms):
    entry = write(OpinionKind.COMPLAINT, "柜台排队一小时")
    act = Conclude(
        request_id="c",
        ticket_number=entry.ticket,
        by="1001",
        reason="",
        finding=Finding.UPHELD,
        answer="当天只开了一个窗口",
        remedy="已加开窗口",
    )
    complaints.conclude(act=act, terms=terms, store=store, now=FRIDAY_EVENING + A_DAY)
    shown = book().opinions[0]

    assert "当天只开了一个窗口" in shown.answer
    assert shown.answered_at == FRIDAY_EVENING + A_DAY


def test_r7_6_a_suggestion_is_owed_an_answer_which_the_book_shows(write, book, store, terms):
    entry = write(OpinionKind.SUGGESTION, "希望周日也能办过户")
    assert (entry.promise.kind, entry.answer) == (PromiseKind.RESPOND, None)
    act = StaffAct(request_id="a", ticket_number=entry.ticket, by="1031", reason="下月起周日可以办")
    acts.respond(act=act, terms=terms, store=store, now=FRIDAY_EVENING + A_DAY)
    shown = book().opinions[0]

    assert (shown.answer, shown.answered_at) == ("下月起周日可以办", FRIDAY_EVENING + A_DAY)


def test_praise_is_kept_without_a_ticket_or_a_phone(write, book):
    write(OpinionKind.PRAISE, "1031 号态度好", contact_phone=None)
    (entry,) = book().opinions

    assert (entry.words, entry.ticket, entry.promise) == ("1031 号态度好", None, None)


def test_without_a_phone_an_answer_could_not_be_sent(write, book):
    with pytest.raises(PhoneNeeded):
        write(OpinionKind.SUGGESTION, "多开窗口", contact_phone=None)
    assert book().total == 0


def test_an_entry_sent_twice_stands_once_and_pages_go_back(write, book, store):
    write(OpinionKind.COMPLAINT, "柜台排队一小时")
    write(OpinionKind.COMPLAINT, "柜台排队一小时")
    write(OpinionKind.PRAISE, "好", key="o2")

    assert (book().total, [entry.kind for entry in book().opinions]) == (2, [OpinionKind.COMPLAINT, OpinionKind.PRAISE])
    assert [entry.words for entry in opinions.page(offset=1, limit=1, store=store).opinions] == ["好"]


def test_r2_7_what_is_owed_an_answer_stands_first_the_oldest_of_it_on_top(write, store, terms):
    first = write(OpinionKind.SUGGESTION, "多开窗口", key="first")
    write(OpinionKind.PRAISE, "好", key="praise", contact_phone=None)
    write(OpinionKind.COMPLAINT, "排队一小时", key="second", contact_phone="+8613807915678")
    third = write(OpinionKind.SUGGESTION, "多放椅子", key="third", contact_phone="+8613807915679")
    act = StaffAct(request_id="a", ticket_number=third.ticket, by="1031", reason="已经添了")
    acts.respond(act=act, terms=terms, store=store, now=FRIDAY_EVENING + A_DAY)
    pages = [opinions.page(offset=offset, limit=2, store=store) for offset in (0, 2)]

    assert [[entry.words for entry in page.opinions] for page in pages] == [
        ["多开窗口", "排队一小时"],
        ["多放椅子", "好"],
    ]
    assert (pages[0].total, pages[0].unanswered) == (4, 2)
    assert pages[0].opinions[0].number == first.number


def test_words_in_the_book_are_erased_with_their_ticket(write, book, store, terms):
    entry = write(OpinionKind.SUGGESTION, "我家 302 室的邻居……")
    where = {"terms": terms, "store": store}
    number = TicketNumber.parse(entry.ticket)
    change_status(number=number, to=TicketStatus.CANCELLED, reason="不用了", by="1031", now=FRIDAY_EVENING, **where)
    act = StaffAct(request_id="e", ticket_number=entry.ticket, by="1003", reason="客户要求")
    erasure.erase(act=act, terms=terms, store=store, now=FRIDAY_EVENING + A_DAY)

    assert "302" not in str(book())


def test_a_matter_brought_to_the_counter_has_the_same_promises_and_the_member_as_its_owner(file, store):
    chat = stored(store, file(a_report(matter_id="chat", contact_phone="+8613807910001"))).ticket
    counter = stored(store, file(a_report(matter_id="counter", channel=Channel.COUNTER, agent="1031"))).ticket

    assert [(told.clause, told.due) for told in counter.promises] == [(told.clause, told.due) for told in chat.promises]
    assert counter.owner == "1031"


@pytest.mark.parametrize(("operator", "every"), [("jiangxi", 90), ("zhangjiagang", None), ("zhumadian", None)])
def test_r5_5_the_plan_of_key_visits_says_how_often_or_that_it_is_not_published(store, accounts, operator, every):
    charter = load_charter(operator=operator, root=ROOT / "charters")

    assert key_customers.planned(charter=charter, store=store, accounts=accounts).every_days == every


async def test_the_desk_reaches_the_hall_over_http(backend):
    client = backend.client()
    noted = await client.note_duty(DutyNoted(key="k", by="1031", text="取号机坏了", event=True), correlation_id="t")
    ended = await client.end_duty_note(DutyEnded(number=noted.number, by="1031", outcome="好了"), correlation_id="t")
    day = await client.duty_log(on=date.fromisoformat(f"{noted.at.astimezone().date()}"), correlation_id="t")
    opinion = await client.note_opinion(
        OpinionNoted(key="o", kind=OpinionKind.PRAISE, words="好", by="1031"), correlation_id="t"
    )
    listed = await client.opinions(offset=0, limit=10, correlation_id="t")
    plan = await client.key_visit_plan(correlation_id="t")
    with pytest.raises(Refused):
        await client.note_opinion(
            OpinionNoted(key="x", kind=OpinionKind.COMPLAINT, words="好", by="1031"), correlation_id="t"
        )
    await client.aclose()

    assert (ended.outcome, len(day.shifts) > 0) == ("好了", True)
    assert listed.opinions == (opinion,)
    assert plan.every_days == 90


def stored_by_number(store, number):
    with store.reading() as tickets:
        return tickets.get(number=TicketNumber.parse(number))
