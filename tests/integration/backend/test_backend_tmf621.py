"""TMF621 v5 over HTTP: every answer is checked against the published interface file."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

import httpx
import pytest

from backend.client import Report
from backend.domain.vocabulary import TicketType
from tests.integration.backend.support import FRIDAY_EVENING, TOKEN, BackendProcess, a_report
from tests.integration.backend.tmf621_spec import FILE, Spec

TICKETS, TICKET = "/troubleTicket", "/troubleTicket/{id}"
customers = count(10_000_000)


@pytest.fixture(scope="module")
def spec() -> Spec:
    if not FILE.exists():
        pytest.skip(f"the interface file is not here: {FILE}")
    return Spec(FILE)


@pytest.fixture(scope="module")
def api(backend: BackendProcess) -> Iterator[httpx.Client]:
    with backend.partner() as client:
        yield client


@pytest.fixture
def filed(backend: BackendProcess):
    async def filed(**said: object) -> str:
        """The number of a new ticket of a customer of its own."""
        customer = next(customers)
        unique = {"matter_id": f"matter-{customer}", "contact_phone": f"+86138{customer}"}
        client = backend.client()
        receipt = await client.file(a_report(**(unique | said)), correlation_id="turn-1")
        await client.aclose()
        return receipt.ticket_number

    return filed


def characteristics(ticket: dict) -> dict:
    return {item["name"]: item["value"] for item in ticket["troubleTicketCharacteristic"]}


def parties(ticket: dict) -> dict:
    return {item["role"]: item["partyOrPartyRole"]["id"] for item in ticket["relatedParty"]}


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
        ({"ticketType": "party"}, "ticket_type"),
        ({"expectedResolutionDate": "2030-01-01T00:00:00Z"}, "expectedResolutionDate"),
        ({"status": "closed"}, "status"),
        ({"requestedResolutionDate": "tomorrow"}, "requested_at"),
        ({"requestedResolutionDate": "2026-12-01T10:00:00"}, "requested_at"),
        ({"requestedResolutionDate": "0001-01-01T00:00:00+14:00"}, "requested_at"),
        ({"channel": {"@type": "ChannelRef", "id": "fax"}}, "channel"),
        ({"troubleTicketCharacteristic": "13807911234"}, "troubleTicketCharacteristic"),
        ({"description": {"text": "no"}}, "description"),
        ({"description": "a\x00b"}, "description"),
        ({"severity": "\ud800"}, "severity"),
        ({"severity": 1}, "severity"),
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


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b'"ticket"', b"\xff\xfe", b"[" * 50_000])
def test_what_is_no_json_object_is_refused(api, spec, content):
    answer = api.post("/troubleTicket", content=content, headers={"Content-Type": "application/json"})

    assert answer.status_code == 400
    spec.check(answer, path=TICKETS)


async def test_a_list_is_filtered_counted_and_cut_to_the_fields_asked_for(api, spec, filed):
    conversation = "conversation-with-three-matters"
    numbers = [
        await filed(conversation=conversation, accepted_at=FRIDAY_EVENING + timedelta(minutes=minute))
        for minute in range(3)
    ]

    query = {"troubleTicketCharacteristic.conversation": conversation, "fields": "status", "offset": 1, "limit": 1}
    answer = api.get("/troubleTicket", params=query)

    (ticket,) = spec.check(answer, path=TICKETS)
    assert (answer.headers["X-Total-Count"], answer.headers["X-Result-Count"]) == ("3", "1")
    assert set(ticket) == {"@type", "id", "href", "status"}
    assert ticket["id"] == numbers[1]
    newest = api.get("/troubleTicket", params=query | {"sort": "-creationDate", "offset": 0}).json()
    assert newest[0]["id"] == numbers[2]


async def test_a_list_is_filtered_by_each_attribute(api, spec, filed):
    conversation = "conversation-to-filter"
    number = await filed(conversation=conversation, matter_id="matter-to-filter")
    ticket = api.get(f"/troubleTicket/{number}").json()

    def found(**filters: str) -> list[str]:
        query = {"troubleTicketCharacteristic.conversation": conversation, "fields": "id"} | filters
        return [hit["id"] for hit in spec.check(api.get("/troubleTicket", params=query), path=TICKETS)]

    due, later = ticket["expectedResolutionDate"], "2099-01-01T00:00:00+08:00"
    for name, hit, miss in (
        ("id", number, "26112000011"),
        ("status", "acknowledged,inProgress", "closed"),
        ("ticketType", "fault", "complaint"),
        ("name", "no_signal", "picture"),
        ("severity", "general", "major"),
        ("externalIdentifier.id", "matter-to-filter", "matter-of-nobody"),
        ("relatedParty.partyOrPartyRole.id", parties(ticket)["firstInquiryOwner"], "0000"),
        ("channel.name", "webchat", "hotline"),
        ("troubleTicketCharacteristic.area", "honggutan", "donghu"),
        ("creationDate", ticket["creationDate"], later),
        ("creationDate.gte", ticket["creationDate"], later),
        ("creationDate.lt", later, ticket["creationDate"]),
        ("expectedResolutionDate.lte", due, ticket["creationDate"]),
        ("expectedResolutionDate.gt", ticket["creationDate"], due),
    ):
        assert found(**{name: hit}) == [number], name
        assert found(**{name: miss}) == [], name


@pytest.mark.parametrize(
    "query",
    [
        "color=red",
        "fields=color",
        "limit=-1",
        "limit=many",
        "offset=1.5",
        "sort=status",
        "creationDate.gt=yesterday",
        "creationDate.gt=2026-11-20T10:00:00",
        "creationDate.gt=9999-12-31T23:59:59-12:00",
        "creationDate.near=2026-11-20T10:00:00Z",
        "status=closed&status=held",
    ],
)
def test_a_search_that_is_not_understood_is_refused_and_not_ignored(api, spec, query):
    answer = api.get(f"/troubleTicket?{query}")

    assert answer.status_code == 400
    spec.check(answer, path=TICKETS)


@pytest.mark.parametrize("query", ["filter=$.status", "after=cursor"])
def test_what_is_not_offered_says_so(api, spec, query):
    answer = api.get(f"/troubleTicket?{query}")

    assert answer.status_code == 501
    spec.check(answer, path=TICKETS)


async def test_the_state_machine_moves_a_ticket_and_every_change_stands_in_its_history(api, spec, filed):
    number = await filed()

    def patch(status: str, reason: str | None = None) -> dict:
        body = {"@type": "TroubleTicket", "status": status} | ({"statusChangeReason": reason} if reason else {})
        headers = {"Content-Type": "application/merge-patch+json"}
        return spec.check(api.patch(f"/troubleTicket/{number}", json=body, headers=headers), path=TICKET)

    patch("inProgress")
    patch("held", "等待备件")
    patch("inProgress")
    ticket = patch("resolved", "换了接头")

    assert ticket["status"] == "resolved"
    assert ticket["resolutionDate"]
    assert [change["status"] for change in ticket["statusChangeHistory"]] == [
        "acknowledged",
        "inProgress",
        "held",
        "inProgress",
        "resolved",
    ]
    assert ticket["statusChangeHistory"][2]["statusChangeReason"] == "等待备件"
    reopened = patch("inProgress", "客户反映仍未修好")
    assert reopened["expectedResolutionDate"] > ticket["expectedResolutionDate"]
    assert parties(reopened) == parties(ticket)


@pytest.mark.parametrize(
    ("status", "reason", "refused_with"),
    [
        ("closed", None, 409),
        ("resolved", "修好了", 409),
        ("held", None, 400),
        ("cancelled", None, 400),
        ("broken", None, 400),
    ],
)
async def test_a_transition_that_is_not_allowed_is_refused_and_changes_nothing(
    api, spec, filed, status, reason, refused_with
):
    number = await filed()
    before = api.get(f"/troubleTicket/{number}").json()

    answer = api.patch(f"/troubleTicket/{number}", json={"status": status, "statusChangeReason": reason})

    assert answer.status_code == refused_with
    assert spec.check(answer, path=TICKET)["message"]
    assert api.get(f"/troubleTicket/{number}").json() == before


async def test_a_ticket_is_not_closed_before_its_return_visit(api, spec, filed):
    number = await filed()
    for change in ({"status": "inProgress"}, {"status": "resolved", "statusChangeReason": "换了接头"}):
        api.patch(f"/troubleTicket/{number}", json=change).raise_for_status()

    answer = api.patch(f"/troubleTicket/{number}", json={"status": "closed"})

    assert answer.status_code == 409
    assert spec.check(answer, path=TICKET)["code"] == "return_visit_outstanding"


@pytest.mark.parametrize("change", [{"description": "else"}, {"relatedParty": []}, {}, {"status": None}])
async def test_nothing_but_the_status_can_be_patched(api, spec, filed, change):
    number = await filed()

    answer = api.patch(f"/troubleTicket/{number}", json=change)

    assert answer.status_code == 400
    spec.check(answer, path=TICKET)


def test_an_unknown_ticket_is_not_found(api, spec):
    for answer in (api.get("/troubleTicket/26112000011"), api.patch("/troubleTicket/nothing", json={"status": "held"})):
        assert answer.status_code == 404
        spec.check(answer, path=TICKET)


def test_a_ticket_cannot_be_deleted(api, spec):
    answer = api.delete("/troubleTicket/26112000011")

    assert answer.status_code == 405
    spec.check(answer, path=TICKET)


@pytest.mark.parametrize("token", [None, "Bearer wrong", "Bearer", "Basic YTpi"])
def test_without_the_token_nothing_is_shown(backend, spec, token):
    headers = {"Authorization": token} if token else {}
    answer = httpx.get(f"{backend.url}/tmf-api/troubleTicket/v5/troubleTicket", headers=headers, trust_env=False)

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    spec.check(answer, path=TICKETS)


async def test_the_token_between_the_processes_serves_too_and_the_partners_reach_nothing_else(api, backend):
    ours = {"Authorization": f"Bearer {TOKEN}"}
    assert api.get("/troubleTicket", headers=ours).status_code == 200

    for path in ("/internal/tickets", "/internal/progress", "/internal/urge", "/nothing", "/tmf-api/../internal/urge"):
        answer = httpx.post(f"{backend.url}{path}", headers=api.headers, content="{}", trust_env=False)
        assert answer.status_code == 401, path


async def test_the_same_matter_again_through_the_chat_is_urged_and_noted(api, spec, backend):
    client = backend.client()
    report: Report = a_report(contact_phone="+8613700000001", matter_id="first-time")
    first = await client.file(report, correlation_id="turn-1")
    again = a_report(contact_phone="+8613700000001", matter_id="second-time", description="怎么还没来修")
    again = replace(again, requested_at=FRIDAY_EVENING + timedelta(days=3), requested_text="周一晚上")
    second = await client.file(again, correlation_id="turn-2")
    await client.aclose()

    assert (second.ticket_number, second.already_open) == (first.ticket_number, True)
    ticket = spec.check(api.get(f"/troubleTicket/{first.ticket_number}"), path=TICKET)
    address = "地址 南昌市红谷滩区世贸路1号"
    assert [note["text"] for note in ticket["note"]] == [f"催办：怎么还没来修；{address}；希望时间 周一晚上"]
    assert ticket["requestedResolutionDate"]
    assert [identifier["id"] for identifier in ticket["externalIdentifier"]] == ["first-time", "second-time"]
    for matter_id in ("first-time", "second-time"):
        found = spec.check(api.get("/troubleTicket", params={"externalIdentifier.id": matter_id}), path=TICKETS)
        assert [hit["id"] for hit in found] == [first.ticket_number]
        assert len(found[0]["externalIdentifier"]) == 2


async def test_an_urge_without_words_is_noted_as_such(api, backend, filed):
    number = await filed(contact_phone="+8613700000002", conversation="conversation-to-urge")
    client = backend.client()
    proof = {"ticket_number": number, "phone_last_four": "0002", "conversation": "conversation-to-urge"}
    await client.urge(**proof, correlation_id="turn-1")
    await client.aclose()

    assert [note["text"] for note in api.get(f"/troubleTicket/{number}").json()["note"]] == ["催办"]
