"""TMF621 v5 over HTTP, one ticket: what it shows of a report, and how a partner files one or is refused."""

import json
from datetime import datetime, timedelta

import pytest

from backend.domain.vocabulary import TicketType
from tests.integration.backend.support import FRIDAY_EVENING, TICKET, TICKETS, customers, parties


def characteristics(ticket: dict) -> dict:
    return {item["name"]: item["value"] for item in ticket["troubleTicketCharacteristic"]}


def a_body(**said: object) -> dict:
    customer = next(customers)
    body = {
        "@type": "TroubleTicket",
        "description": "宽带连不上",
        "severity": "Minor",
        "ticketType": "fault",
        "troubleTicketCharacteristic": [
            {"@type": "StringCharacteristic", "name": "subject", "value": "broadband_down"},
            {"@type": "StringCharacteristic", "name": "contactPhone", "value": f"+86139{customer}"},
            {"@type": "StringCharacteristic", "name": "address", "value": "南昌市东湖区八一大道1号"},
        ],
    }
    return body | said


async def test_a_report_from_the_chat_stands_there_with_promise_owner_and_phone(api, spec, filed):
    number = await filed(matter_id="matter-in-the-chat", contact_phone="+8613807911234")

    ticket = spec.check(api.get(f"/troubleTicket/{number}"), path=TICKET)

    assert (ticket["ticketType"], ticket["status"]) == ("fault", "acknowledged")
    accepted = datetime.fromisoformat(ticket["creationDate"])
    assert accepted == FRIDAY_EVENING
    assert datetime.fromisoformat(ticket["expectedResolutionDate"]) == accepted + timedelta(hours=24)
    assert parties(ticket)["firstInquiryOwner"]
    assert parties(ticket)["areaManager"]
    assert characteristics(ticket)["contactPhone"] == "+8613807911234"
    assert characteristics(ticket)["rule"] == "R1.1"
    assert characteristics(ticket)["charterOperator"] == "jiangxi"
    assert ticket["externalIdentifier"][0]["id"] == "matter-in-the-chat"
    assert ticket["channel"]["id"] == "webchat"


async def test_the_wish_of_the_customer_is_no_promise(api, spec, filed):
    wish = FRIDAY_EVENING + timedelta(days=3)
    number = await filed(requested_at=wish, requested_text="周一晚上")

    ticket = spec.check(api.get(f"/troubleTicket/{number}"), path=TICKET)

    assert datetime.fromisoformat(ticket["requestedResolutionDate"]) == wish
    assert datetime.fromisoformat(ticket["expectedResolutionDate"]) == FRIDAY_EVENING + timedelta(hours=24)


async def test_the_photos_of_a_customer_are_named(api, spec, filed):
    number = await filed(attachments=("photo-1",))

    ticket = spec.check(api.get(f"/troubleTicket/{number}"), path=TICKET)

    assert [each["id"] for each in ticket["attachment"]] == ["photo-1"]


async def test_a_question_is_expected_to_be_settled_by_its_answer(api, spec, filed):
    number = await filed(ticket_type=TicketType.QUESTION, subject="callback", service=None, address=None)

    ticket = spec.check(api.get(f"/troubleTicket/{number}"), path=TICKET)

    (promise,) = [told for told in characteristics(ticket)["promises"] if told["kind"] == "respond"]
    assert ticket.get("expectedResolutionDate") == promise["due"]


def test_a_partner_files_a_ticket_and_gets_a_matter_id_made(api, spec):
    answer = api.post("/troubleTicket", json=a_body())

    ticket = spec.check(answer, path=TICKETS)
    assert answer.status_code == 201
    assert answer.headers["Location"] == ticket["href"]
    assert ticket["externalIdentifier"][0]["id"].startswith("partner-")
    assert ticket["channel"]["id"] == "partner"
    assert ticket["severity"] == "general"  # R1.20: grading is ours
    assert characteristics(ticket)["reportedSeverity"] == "Minor"
    assert parties(ticket)["firstInquiryOwner"]


def test_a_partner_who_sends_the_same_identifier_again_gets_the_same_ticket(api, spec):
    body = a_body(externalIdentifier=[{"@type": "ExternalIdentifier", "id": "partner-case-1", "owner": "partner"}])

    first, again = (spec.check(api.post("/troubleTicket", json=body), path=TICKETS) for _ in range(2))

    assert again["id"] == first["id"]
    assert again["externalIdentifier"][0]["id"] == "partner-case-1"


def test_everything_missing_is_told_at_one_time(api, spec):
    error = spec.check(api.post("/troubleTicket", json={"ticketType": "fault"}), path=TICKETS)

    assert error["@type"] == "Error"
    for name in ("@type", "description", "severity", "subject", "contactPhone"):
        assert name in error["message"]
    assert "ticketType" not in error["message"]


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"ticketType": "party"}, "ticketType"),
        ({"expectedResolutionDate": "2030-01-01T00:00:00Z"}, "expectedResolutionDate"),
        ({"status": "closed"}, "status"),
        ({"requestedResolutionDate": "tomorrow"}, "requestedResolutionDate"),
        ({"requestedResolutionDate": "2026-12-01T10:00:00"}, "requestedResolutionDate"),
        ({"requestedResolutionDate": "0001-01-01T00:00:00+14:00"}, "requestedResolutionDate"),
        ({"channel": {"@type": "ChannelRef", "id": "fax"}}, "channel"),
        ({"troubleTicketCharacteristic": "13807911234"}, "troubleTicketCharacteristic"),
        ({"description": {"text": "no"}}, "description"),
        ({"description": "a\x00b"}, "description"),
        ({"severity": "\ud800"}, "severity"),
        ({"severity": 1}, "severity"),
        ({"priority": "High"}, "priority"),
        ({"attachment": []}, "attachment"),
    ],
)
def test_a_wrong_ticket_is_refused_with_what_is_wrong(api, spec, wrong, named):
    answer = api.post("/troubleTicket", content=json.dumps(a_body(**wrong)))

    assert answer.status_code == 400
    assert named in spec.check(answer, path=TICKETS)["message"]


def test_a_subject_of_another_kind_is_refused(api, spec):
    body = a_body()
    body["troubleTicketCharacteristic"][0]["value"] = "install"

    assert "broadband_down" in spec.check(api.post("/troubleTicket", json=body), path=TICKETS)["message"]


def test_a_fault_of_a_service_that_the_operator_has_not_is_refused(api, spec):
    body = a_body()
    service = {"@type": "StringCharacteristic", "name": "service", "value": "telephone"}
    body["troubleTicketCharacteristic"] += [service]
    answer = api.post("/troubleTicket", json=body)

    assert answer.status_code == 400
    assert "固定电话" in spec.check(answer, path=TICKETS)["message"]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b'"ticket"', b"\xff\xfe", b"[" * 50_000])
def test_what_is_no_json_object_is_refused(api, spec, content):
    answer = api.post("/troubleTicket", content=content, headers={"Content-Type": "application/json"})

    assert answer.status_code == 400
    spec.check(answer, path=TICKETS)
