"""TMF621 v5 over HTTP, lists: what a search finds, what it refuses, and who may look at all."""

from datetime import timedelta

import httpx
import pytest

from tests.integration.backend.support import FRIDAY_EVENING, TICKETS, TOKEN, parties


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
        "sort=color",
        "status.gt=closed",
        "area=donghu",
        "relatedParty.role=handler",
        "relatedParty.role=boss&relatedParty.partyOrPartyRole.id=1001",
        "troubleTicketCharacteristic.name=area",
        "troubleTicketCharacteristic.name=color&troubleTicketCharacteristic.value=red",
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
