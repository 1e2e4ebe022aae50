"""停机检修和已知故障 through the running backend: announced by staff, told by area, ended."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.client import AccountProof, AccountView, Announcement, Refused
from backend.domain.vocabulary import OutageKind, Service


def an_announcement(**said: object) -> Announcement:
    usual: dict[str, object] = {
        "kind": OutageKind.KNOWN_OUTAGE,
        "area": "wanli",
        "services": frozenset({Service.TV, Service.BROADBAND}),
        "cause": "光缆被挖断",
        "starts_at": datetime.now(UTC) - timedelta(hours=1),
        "expected_until": None,
        "announced_by": "1041",
    }
    return Announcement(**(usual | said))  # type: ignore[arg-type]


@pytest.fixture
async def client(backend):
    client = backend.client()
    yield client
    await client.aclose()


async def known(client, area: str, service: Service | None = None) -> list[int]:
    found = await client.outages(area=area, service=service, correlation_id="turn-1")
    return [outage.number for outage in found]


async def test_it_is_told_in_its_area_for_its_services_until_it_is_ended(client):
    number = (await client.announce_outage(an_announcement(), correlation_id="turn-1")).number

    assert number in await known(client, "wanli")
    assert number in await known(client, "wanli", Service.TV)
    assert number not in await known(client, "wanli", Service.VOD)
    assert number not in await known(client, "xihu")

    await client.end_outage(number=number, ended_by="1041", correlation_id="turn-1")
    assert number not in await known(client, "wanli")


async def test_maintenance_ahead_is_known(client):
    begins = datetime.now(UTC) + timedelta(hours=48)
    work = an_announcement(kind=OutageKind.MAINTENANCE, starts_at=begins, expected_until=begins + timedelta(hours=2))
    number = (await client.announce_outage(work, correlation_id="turn-1")).number

    assert number in await known(client, "wanli")


async def test_what_is_posted_is_of_every_area_and_changes_too(client):
    """R1.10."""
    begins = datetime.now(UTC) + timedelta(hours=40)
    change = an_announcement(kind=OutageKind.CHANGE, area="xihu", cause="开通 4K 频道", starts_at=begins)
    numbers = [
        (await client.announce_outage(said, correlation_id="turn-1")).number for said in (an_announcement(), change)
    ]
    posted = [each.number for each in await client.announcements(correlation_id="turn-1")]

    assert [number for number in posted if number in numbers] == numbers
    assert numbers[1] not in await known(client, "xihu")

    await client.end_outage(number=numbers[1], ended_by="1041", correlation_id="turn-1")
    assert numbers[1] not in [each.number for each in await client.announcements(correlation_id="turn-1")]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"area": "mars"}, "area_unknown"),
        ({"announced_by": "9999"}, "staff_unknown"),
        ({"services": frozenset({Service.TELEPHONE})}, "service_not_offered"),
        ({"kind": OutageKind.MAINTENANCE}, "maintenance_needs_end"),
        ({"expected_until": datetime(2026, 1, 1, tzinfo=UTC)}, "ends_before_it_begins"),
        ({"cause": ""}, "report_incomplete"),
        ({"services": frozenset()}, "report_incomplete"),
    ],
)
async def test_what_the_charter_does_not_know_and_what_makes_no_sense_is_refused(client, said, code):
    with pytest.raises(Refused) as refused:
        await client.announce_outage(an_announcement(**said), correlation_id="turn-1")

    assert refused.value.code == code


async def test_what_is_over_or_was_never_announced_can_not_be_ended(client):
    number = (await client.announce_outage(an_announcement(), correlation_id="turn-1")).number
    await client.end_outage(number=number, ended_by="1041", correlation_id="turn-1")

    for which, code in ((number, "outage_over"), (4711, "outage_not_found")):
        with pytest.raises(Refused) as refused:
            await client.end_outage(number=which, ended_by="1041", correlation_id="turn-1")
        assert refused.value.code == code


async def test_the_sample_customers_are_there_when_the_backend_starts_and_prove_themselves(client):
    async def asked(**said: str) -> AccountView:
        return await client.account(AccountProof(conversation="c", **said), correlation_id="turn-1")

    account = await asked(caller="+8613800000002")

    assert (account.sample, account.arrears > 0) == (True, True)
    for digits, code in (("0002", "phone_not_bound"), ("0003", "account_not_proven")):
        with pytest.raises(Refused) as refused:
            await asked(account_number="9900000022", phone_last_four=digits)
        assert refused.value.code == code


async def test_an_unknown_service_is_refused_as_a_mistake_of_the_caller(client):
    with pytest.raises(Refused) as refused:
        await client.outages(area="wanli", service="gas", correlation_id="turn-1")
    assert refused.value.code == "report_incomplete"
