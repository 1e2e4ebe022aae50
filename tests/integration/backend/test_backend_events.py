"""What listeners are told of a change, written in its transaction."""

from datetime import timedelta

import pytest

from backend.api.hub_request import registration
from backend.domain.ticket import TicketNumber
from backend.domain.vocabulary import Service, TicketStatus, TicketType
from backend.ports import Medium
from backend.usecases import hub
from backend.usecases import tickets as usecases
from tests.integration.backend.support import FRIDAY_EVENING, a_report

CREATE, ATTRIBUTE, STATUS, INFORMATION, RESOLVED = (
    f"TroubleTicket{name}Event"
    for name in ("Create", "AttributeValueChange", "StatusChange", "InformationRequired", "Resolved")
)


@pytest.fixture
def listen(store):
    def listen(query=None, host="1.1.1.1"):
        wish = {"@type": "Hub", "callback": f"https://{host}/", "query": query}
        return hub.register(registration(wish), by="partner", store=store, now=FRIDAY_EVENING)

    return listen


@pytest.fixture
def told(store):
    """What has been written for a listener since it was last asked."""

    def told(listener):
        with store.writing() as tickets:
            later = FRIDAY_EVENING + timedelta(days=9)
            messages = []
            while claims := tickets.agenda.claim(now=later, until=later, by="test", limit=100, lanes=True):
                for claim in claims:
                    messages.append(tickets.outbox.get(key=claim.due.key))
                    tickets.agenda.finish(claim, at=later)
        return [message.body for message in messages if message.recipient == listener.id]

    return told


@pytest.fixture
def move(store, terms):
    def move(receipt, to, reason=""):
        number = TicketNumber.parse(receipt.ticket_number)
        now = FRIDAY_EVENING + timedelta(hours=1)
        usecases.change_status(number=number, to=to, reason=reason, by="1001", terms=terms, store=store, now=now)

    return move


def kinds(events):
    return [event["eventType"] for event in events]


def shown(event):
    return event["event"]["troubleTicket"]


def test_a_ticket_from_filing_to_its_end_as_a_listener_hears_it(listen, told, file, move, spec):
    listener = listen()
    receipt = file(a_report())
    move(receipt, TicketStatus.IN_PROGRESS)
    move(receipt, TicketStatus.RESOLVED, "换了接头")

    events = told(listener)

    assert kinds(events) == [CREATE, STATUS, ATTRIBUTE, STATUS, RESOLVED]
    assert len({event["eventId"] for event in events}) == len(events)
    assert [shown(event)["status"] for event in events] == ["acknowledged", "inProgress", *["resolved"] * 3]
    for event in events:
        spec.validate(event, {"$ref": f"#/components/schemas/{event['@type']}"})
        assert shown(event)["id"] == receipt.ticket_number


def test_who_must_hand_in_something_is_told_with_the_reason(listen, told, file, move, spec):
    listener = listen()
    receipt = file(a_report())
    told(listener)
    move(receipt, TicketStatus.PENDING, "请补交身份证")

    status, information = told(listener)

    assert (status["eventType"], information["eventType"]) == (STATUS, INFORMATION)
    assert information["event"]["informationRequired"] == {"op": "add", "path": "/note/-"}
    assert shown(information)["statusChangeReason"] == "请补交身份证"
    spec.validate(information, {"$ref": f"#/components/schemas/{INFORMATION}"})


def test_an_order_that_waits_for_its_papers_is_told_as_such_when_it_is_filed(listen, told, file):
    listener = listen()
    file(a_report(ticket_type=TicketType.ORDER, subject="install", service=Service.BROADBAND))

    assert kinds(told(listener)) == [CREATE, INFORMATION]


def test_an_urge_changes_an_attribute_and_no_status(listen, told, file):
    listener = listen()
    file(a_report())
    told(listener)
    file(a_report(matter_id="the-same-again", description="怎么还没来修"))

    (event,) = told(listener)

    assert event["eventType"] == ATTRIBUTE
    assert "怎么还没来修" in shown(event)["note"][0]["text"]
    assert [each["id"] for each in shown(event)["externalIdentifier"]] == ["matter-of-zhang", "the-same-again"]


def test_a_listener_hears_the_events_and_fields_it_asked_for(listen, told, file, move):
    listener = listen(f"eventType={STATUS},{RESOLVED}&fields=status")
    receipt = file(a_report())
    move(receipt, TicketStatus.IN_PROGRESS)

    (event,) = told(listener)

    assert event["eventType"] == STATUS
    assert set(shown(event)) == {"@type", "href", "id", "status"}


def test_each_listener_gets_a_message_of_its_own_with_the_event_s_one_id(listen, told, file, store):
    one, other = listen(), listen(host="1.0.0.1")
    file(a_report())

    with store.reading() as tickets:
        owed = [tickets.outbox.undelivered(medium=Medium.LISTENER, recipient=each.id) for each in (one, other)]
    assert owed == [1, 1]
    (event,) = told(one)
    assert event["eventType"] == CREATE


def test_what_was_before_a_listener_registered_it_is_not_told(listen, told, file):
    file(a_report())
    listener = listen()

    assert told(listener) == []


def test_filing_the_same_matter_again_is_no_event(listen, told, file):
    listener = listen()
    file(a_report())
    told(listener)
    file(a_report())

    assert told(listener) == []
