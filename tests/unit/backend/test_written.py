"""Facts as they are written to people."""

from datetime import date

from backend.domain import written
from backend.domain.ticket_number import TicketNumber
from tests.factories import at


def test_a_phone_is_written_as_it_is_dialled():
    assert written.phone("+8613807911234") == "13807911234"
    assert written.phone("+8679186123456") == "079186123456"
    assert written.phone("+85223456789") == "+85223456789"


def test_times_days_and_numbers():
    assert written.moment(at("2026-11-22 20:31")) == "11月22日（周日）20:31"
    assert written.day(date(2027, 3, 31)) == "2027年3月31日"
    assert written.ticket_number(TicketNumber("26112100427")) == "261121 0042 7"
