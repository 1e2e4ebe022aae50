"""An area's capacity is looked at before an install is accepted, and where it is open is published (R2.11)."""

from dataclasses import replace
from threading import Event

import pytest

from backend import plugins
from backend.capacity_source import capacity_of
from backend.client import Refused
from backend.domain.vocabulary import QuestionKind, TicketType
from backend.messages.capacity import Noting
from backend.ports import CapacityUnavailable
from backend.refusals import AreaUnknown, StaffUnknown
from backend.settings import SettingsInvalid
from backend.usecases import capacity
from backend.usecases import tickets as usecases
from tests.integration.backend.support import FRIDAY_EVENING, a_report, stored

NOT_OPEN = "九江市八里湖新区体育中心旁1栋"


def an_install(**said):
    return a_report(**{"ticket_type": TicketType.ORDER, "subject": "install", "address": NOT_OPEN, **said})


@pytest.fixture
def file(store, terms, accounts):
    asked = replace(terms, capacity=capacity_of(adapter=None, store=store))

    def file(report, *, under=asked):
        return usecases.accept(report=report, terms=under, store=store, accounts=accounts, now=FRIDAY_EVENING)

    return file


@pytest.fixture
def note(store, terms):
    def note(*, area="balihu", is_open=True, by="1041"):
        noting = Noting(is_open=is_open, noted_by=by)
        capacity.note(area=area, noting=noting, charter=terms.charter, store=store, now=FRIDAY_EVENING)

    return note


def test_an_install_where_it_is_not_open_is_no_order_and_promises_nothing(file, store):
    receipt = file(an_install())

    assert (receipt.ticket_type, receipt.subject) == (TicketType.QUESTION, QuestionKind.INTEREST)
    assert all(made.due is None and made.limit is None for made in receipt.promises)
    assert stored(store, receipt).ticket.owner
    assert file(an_install()).already_filed


def test_the_same_elsewhere_or_in_no_listed_area_is_an_order(file):
    for phone, address in (
        ("+8613800000001", "南昌市红谷滩区世贸路1号"),
        ("+8613800000002", "某地1号"),
        ("+8613800000003", None),
    ):
        receipt = file(an_install(matter_id=phone, contact_phone=phone, address=address))
        assert receipt.ticket_type is TicketType.ORDER


def test_what_the_staff_notes_holds_from_then_on(file, note):
    note(is_open=True)
    assert file(an_install()).ticket_type is TicketType.ORDER
    note(is_open=False)
    assert file(an_install(matter_id="m2", contact_phone="+8613800000002")).ticket_type is TicketType.QUESTION


def test_only_the_staff_notes_it_of_an_area_that_is_there(note):
    with pytest.raises(AreaUnknown):
        note(area="nowhere")
    with pytest.raises(StaffUnknown):
        note(by="9999")


def full_up(_environ):
    class FullUp:
        def is_open(self, *, areas):
            return dict.fromkeys(areas, False)

    return FullUp()


def away(_environ):
    class Away:
        def is_open(self, *, areas):
            raise CapacityUnavailable(len(areas))

    return Away()


def test_an_operators_own_system_is_asked_instead(file, store, terms):
    def by(name):
        return replace(terms, capacity=capacity_of(adapter=f"{__name__}:{name}", store=store))

    in_the_city = an_install(address="南昌市红谷滩区世贸路1号")
    assert file(in_the_city, under=by("full_up")).ticket_type is TicketType.QUESTION
    with pytest.raises(CapacityUnavailable):
        file(an_install(matter_id="m2"), under=by("away"))
    with pytest.raises(SettingsInvalid, match="SHOUWEN_CAPACITY"):
        by("nobody")


def hanging(_environ):
    class Hanging:
        def is_open(self, *, areas):  # noqa: ARG002
            Event().wait()

    return Hanging()


def test_an_operators_own_system_that_hangs_is_unavailable_in_time(file, store, terms, monkeypatch):
    monkeypatch.setattr(plugins, "ANSWERS_WITHIN", 0.1)
    own = capacity_of(adapter=f"{__name__}:hanging", store=store)

    with pytest.raises(CapacityUnavailable):
        file(an_install(), under=replace(terms, capacity=own))


async def test_where_it_is_open_and_where_not_yet_can_be_read_and_noted_through_the_interface(backend):
    client = backend.client()
    before = {view.area: view.is_open for view in await client.areas(correlation_id="c")}
    noted = await client.note_capacity(area="balihu", is_open=True, noted_by="1041", correlation_id="c")

    assert (before["honggutan"], before["balihu"]) == (True, False)
    assert {view.area: view.is_open for view in noted} == before | {"balihu": True}
    with pytest.raises(Refused, match="片区"):
        await client.note_capacity(area="nowhere", is_open=True, noted_by="1041", correlation_id="c")
    await client.aclose()
