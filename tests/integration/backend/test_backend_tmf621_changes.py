"""TMF621 v5 over HTTP, what becomes of a ticket: its status moves by the rules, an urge is noted, the rest stays."""

from dataclasses import replace
from datetime import timedelta

import pytest

from backend.client import Proof, Report
from backend.domain.complaint import Finding
from backend.domain.vocabulary import ComplaintKind, TicketType
from backend.messages.complaints import Conclude
from tests.integration.backend.support import FRIDAY_EVENING, TICKET, TICKETS, a_report, left_alone, parties


async def test_the_state_machine_moves_a_ticket_and_every_change_stands_in_its_history(api, spec, filed):
    number = await filed()

    def patch(status: str, reason: str | None = None) -> dict:
        body = {"@type": "TroubleTicket", "status": status} | ({"statusChangeReason": reason} if reason else {})
        headers = {"Content-Type": "application/merge-patch+json"}
        answer = api.patch(f"/troubleTicket/{number}", json=body, headers=headers)
        assert answer.is_success, answer.text
        return spec.check(answer, path=TICKET)

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
    number = await filed(**left_alone())
    before = api.get(f"/troubleTicket/{number}").json()

    answer = api.patch(f"/troubleTicket/{number}", json={"status": status, "statusChangeReason": reason})

    assert answer.status_code == refused_with
    assert spec.check(answer, path=TICKET)["message"]
    assert api.get(f"/troubleTicket/{number}").json() == before


async def test_r2_12_a_complaint_is_settled_by_its_conclusion_only(api, spec, filed, backend):
    number = await filed(ticket_type=TicketType.COMPLAINT, subject=ComplaintKind.OVERDUE, service=None)
    api.patch(f"/troubleTicket/{number}", json={"status": "inProgress"}).raise_for_status()

    answer = api.patch(f"/troubleTicket/{number}", json={"status": "resolved", "statusChangeReason": "办好了"})
    assert answer.status_code == 409
    assert spec.check(answer, path=TICKET)["code"] == "complaint_not_concluded"

    said = {"finding": Finding.UPHELD, "answer": "师傅没有按约定时间到", "remedy": "今晚上门"}
    client = backend.client()
    act = Conclude(request_id="concluded", ticket_number=number, by="1005", **said)
    await client.act("conclude", act, correlation_id="turn-2")
    await client.aclose()
    settled = spec.check(api.get(f"/troubleTicket/{number}"), path=TICKET)
    assert settled["status"] == "resolved"
    assert "师傅没有按约定时间到；补救：今晚上门" in [note["text"] for note in settled["note"]]


async def test_a_ticket_is_not_closed_before_its_return_visit(api, spec, filed):
    number = await filed()
    for change in ({"status": "inProgress"}, {"status": "resolved", "statusChangeReason": "换了接头"}):
        api.patch(f"/troubleTicket/{number}", json=change).raise_for_status()

    answer = api.patch(f"/troubleTicket/{number}", json={"status": "closed"})

    assert answer.status_code == 409
    assert spec.check(answer, path=TICKET)["code"] == "return_visit_outstanding"


@pytest.mark.parametrize(
    "change", [{"description": "else"}, {"relatedParty": []}, {"severity": "major"}, {"status": None}]
)
async def test_nothing_but_the_status_and_notes_can_be_patched(api, spec, filed, change):
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
    proof = Proof(ticket_number=number, phone_last_four="0002", conversation="conversation-to-urge")
    await client.urge(proof, correlation_id="turn-1")
    await client.aclose()

    assert [note["text"] for note in api.get(f"/troubleTicket/{number}").json()["note"]] == ["催办"]
