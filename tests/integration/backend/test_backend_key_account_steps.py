"""R7.4: who takes a key-account order over, in which step, and for how long; from the ticket's audit."""

from datetime import timedelta

import pytest
from typer.testing import CliRunner

from backend.charters import load_charter
from backend.cli import app
from backend.domain.ticket import TicketNumber
from backend.domain.vocabulary import TicketType
from backend.messages.acts import StaffAct
from backend.refusals import NoKeyAccountSteps
from backend.usecases import key_account_steps
from backend.usecases.filing import Terms
from tests.integration.backend.support import FRIDAY_EVENING, ROOT, a_report

LATER = FRIDAY_EVENING + timedelta(hours=3)


@pytest.fixture(scope="module")
def zhumadian(terms):
    return Terms(charter=load_charter(operator="zhumadian", root=ROOT / "charters"), calendar=terms.calendar)


@pytest.fixture
def order(file):
    return file(a_report(ticket_type=TicketType.ORDER, subject="relocate"))


@pytest.fixture
def advance(store, zhumadian):
    def advance(receipt, *, request, now=FRIDAY_EVENING, terms=zhumadian):
        by = terms.charter.staff[0].job_number
        act = StaffAct(request_id=request, ticket_number=receipt.ticket_number, by=by)
        return key_account_steps.advance(act=act, terms=terms, store=store, now=now)

    return advance


def test_each_step_is_entered_once_and_the_stay_ends_with_the_next(order, advance, store, zhumadian):
    advance(order, request="first")
    advance(order, request="first")
    advance(order, request="second", now=LATER)
    number = TicketNumber.parse(order.ticket_number)
    first, second = key_account_steps.stays_of(number, terms=zhumadian, store=store)

    assert (first.step.key, first.lasted(now=LATER), second.step.key) == ("planning", timedelta(hours=3), "design")


def test_a_fault_has_no_steps_nor_has_an_operator_without_them(file, order, advance, terms):
    with pytest.raises(NoKeyAccountSteps):
        advance(file(a_report(matter_id="fault", conversation="another")), request="fault")
    with pytest.raises(NoKeyAccountSteps):
        advance(order, request="jiangxi", terms=terms)


def test_they_are_shown_from_the_command_line(order, advance, database_url, monkeypatch):
    monkeypatch.chdir(ROOT)

    def run(operator):
        arguments = ["ticket", "steps", order.ticket_number, "--operator", operator]
        return CliRunner().invoke(app, arguments, env={"DATABASE_URL": database_url})

    assert run("zhumadian").output == "还没有进入工序\n"
    advance(order, request="first")
    assert "通信规划  工号" in run("zhumadian").output
    assert run("jiangxi").exit_code == 1
