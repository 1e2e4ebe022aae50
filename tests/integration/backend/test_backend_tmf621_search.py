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
        ("troubleTicketCharacteristic.service", "tv", "broadband"),
        ("troubleTicketCharacteristic.district.ne", "rural", "urban"),
        ("status.ne", "closed,held", "acknowledged"),
        ("resolutionDate.ne", later, None),
        ("creationDate", ticket["creationDate"], later),
        ("creationDate.gte", ticket["creationDate"], later),
        ("creationDate.lt", later, ticket["creationDate"]),
        ("expectedResolutionDate.lte", due, ticket["creationDate"]),
        ("expectedResolutionDate.gt", ticket["creationDate"], due),
    ):
        assert found(**{name: hit}) == [number], name
        assert miss is None or found(**{name: miss}) == [], name


async def test_a_party_is_found_in_its_role_and_a_characteristic_by_name_and_value(api, spec, filed):
    number = await filed(contact_phone="+8613700000077")
    owner = parties(api.get(f"/troubleTicket/{number}").json())["firstInquiryOwner"]

    def found(**filters: str) -> bool:
        query = {f"{name.replace('_', '.')}": value for name, value in filters.items()}
        return number in [hit["id"] for hit in spec.check(api.get("/troubleTicket", params=query), path=TICKETS)]

    party = "relatedParty_partyOrPartyRole_id"
    assert found(relatedParty_role="firstInquiryOwner", **{party: owner})
    assert found(relatedParty_role="customer", **{party: "+8613700000077"})
    assert not found(relatedParty_role="customer", **{party: owner})
    assert found(**{party: owner})
    characteristic = {"troubleTicketCharacteristic_name": "contactPhone"}
    assert found(**characteristic, troubleTicketCharacteristic_value="+8613700000077")
    assert not found(**characteristic, troubleTicketCharacteristic_value="+8613700000078")


async def test_a_list_is_in_the_order_asked_for_and_what_has_no_value_comes_last(api, filed):
    conversation = "conversation-to-sort"
    wishes = {
        await filed(conversation=conversation, requested_at=wish, accepted_at=FRIDAY_EVENING): wish
        for wish in (FRIDAY_EVENING + timedelta(days=2), None, FRIDAY_EVENING + timedelta(days=1))
    }
    later, none, earlier = wishes

    def listed(sort):
        query = {"troubleTicketCharacteristic.conversation": conversation, "sort": sort, "fields": "id"}
        return [hit["id"] for hit in api.get("/troubleTicket", params=query).json()]

    assert listed("requestedResolutionDate") == [earlier, later, none]
    assert listed("-requestedResolutionDate") == [later, earlier, none]
    assert listed("status,-id") == sorted(wishes, reverse=True)


async def test_a_page_links_to_those_beside_it(api, filed):
    conversation = "conversation-of-pages"
    for _ in range(5):
        await filed(conversation=conversation)

    def page(**where):
        query = {"troubleTicketCharacteristic.conversation": conversation, "limit": 2} | where
        answer = api.get("/troubleTicket", params=query)
        return {rel: httpx.URL(link["url"]) for rel, link in answer.links.items()}, answer.json()

    links, first = page()
    assert {rel: url.params["offset"] for rel, url in links.items()} == {"first": "0", "last": "4", "next": "2"}
    links, _ = page(offset=2)
    assert {rel: url.params["offset"] for rel, url in links.items()} == {
        "first": "0",
        "last": "4",
        "prev": "0",
        "next": "4",
    }
    assert api.get(str(links["prev"])).json() == first
    links, last = page(offset=4)
    assert (set(links), len(last)) == ({"first", "last", "prev"}, 1)


@pytest.mark.parametrize(
    "query",
    [
        "color=red",
        "status=closed&color=",
        "id=%00",
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


def test_everything_wrong_with_a_search_is_told_at_one_time(api):
    message = api.get("/troubleTicket?color=red&limit=x&sort=size&creationDate=soon&fields=status").json()["message"]

    assert all(named in message for named in ("color", "limit", "size", "creationDate"))


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
