"""Customers' matters, what becomes of them, and the figures of it."""

import pytest

from backend.client import BehindAsked, SpanAsked
from backend.messages.acts import Resolved, VisitMade
from backend.usecases import dispatching, visiting
from backend.usecases import supervision as use_cases
from tests.integration.backend.supervision.support import A_WEEK_ON, SPAN
from tests.integration.backend.support import a_report, stored


@pytest.fixture
def bring(file, store):
    """A customer of their own brings a matter; the ticket as it is stored."""

    def bring(which, **said):
        own = {"matter_id": which, "conversation": which, "contact_phone": f"+861380791{1000 + len(seen)}"}
        seen.append(which)
        return stored(store, file(a_report(**(own | said)))).ticket

    seen = []
    return bring


@pytest.fixture
def settle(store, terms):
    def settle(ticket, *, after):
        act = Resolved(
            request_id=f"done:{ticket.number}:{after}",
            ticket_number=str(ticket.number),
            by=ticket.handler,
            reason="好",
        )
        dispatching.resolve(act=act, terms=terms, store=store, now=ticket.accepted_at + after)

    return settle


@pytest.fixture
def visit(store, terms):
    def visit(ticket, *, outcome="solved", mark=None, after):
        act = VisitMade(
            request_id=f"visit:{ticket.number}:{after}",
            ticket_number=str(ticket.number),
            by=ticket.handler,
            outcome=outcome,
            satisfaction=mark,
            reason="客户的话",
        )
        visiting.visit(act=act, terms=terms, store=store, now=ticket.accepted_at + after)

    return visit


@pytest.fixture
def figures(store, terms):
    def figures(*, now=A_WEEK_ON, charter=terms.charter, **span):
        asked = SpanAsked(**(SPAN | span))
        return use_cases.supervise(asked=asked, charter=charter, store=store, now=now)

    return figures


@pytest.fixture
def behind(store, terms):
    """The numbers of the tickets behind a figure, and how many there are."""

    def behind(which, *, now=A_WEEK_ON, **narrowed):
        asked = BehindAsked(behind=which, **(SPAN | narrowed))
        found = use_cases.behind(asked=asked, charter=terms.charter, store=store, now=now)
        return [row.number for row in found.rows], found.total

    return behind
