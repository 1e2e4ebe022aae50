"""The client has two ways to fail: the backend can't be reached, or it refuses with words for the customer."""

import asyncio

import httpx
import pytest

from backend.client import BackendClient, BackendUnavailable, Proof, Refused, Report
from tests.integration.backend.support import a_report

PROOF = Proof(ticket_number="26112000011", phone_last_four="1234", conversation="c")
ASKED = {"proof": PROOF, "correlation_id": "turn-1"}


def client(answer, **settings) -> BackendClient:
    return BackendClient(base_url="http://backend", token="a-token", transport=httpx.MockTransport(answer), **settings)


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(500),
        httpx.Response(503, json={"code": "store_unavailable", "message": "系统忙"}),
        httpx.Response(401, json={"code": "not_authorised", "message": "没有访问权限。"}),
        httpx.Response(404, json={"code": "http_404", "message": "Not Found"}),
        httpx.Response(404, text="nothing here"),
        httpx.Response(200, json={"number": 1}),
        httpx.Response(200, text="a page of some proxy"),
    ],
)
async def test_what_is_no_refusal_to_the_customer_is_a_backend_that_cannot_be_reached(answer):
    async def give(_request: httpx.Request) -> httpx.Response:
        return answer

    with pytest.raises(BackendUnavailable):
        await client(give).progress(**ASKED)


async def test_no_connection_is_a_backend_that_cannot_be_reached():
    def refuse(_request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    with pytest.raises(BackendUnavailable):
        await client(refuse).file(a_report(), correlation_id="turn-1")
    assert not await client(refuse).ready()


async def test_a_backend_that_is_too_slow_as_a_whole_cannot_be_reached():
    async def never(_request: httpx.Request) -> httpx.Response:
        await asyncio.Event().wait()
        raise AssertionError

    with pytest.raises(BackendUnavailable):
        await client(never, time_limit=0.05).progress(**ASKED)


async def test_a_refusal_carries_its_code_and_the_words_for_the_customer():
    def refuse(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(429, json={"code": "too_many_attempts", "message": "请15分钟后再查"})

    with pytest.raises(Refused) as refused:
        await client(refuse).progress(**ASKED)
    assert (refused.value.code, refused.value.message) == ("too_many_attempts", "请15分钟后再查")


async def test_token_and_correlation_id_go_along():
    seen: list[httpx.Request] = []

    def keep(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(500)

    with pytest.raises(BackendUnavailable):
        await client(keep).progress(**ASKED)
    assert seen[0].headers["Authorization"] == "Bearer a-token"
    assert seen[0].headers["X-Correlation-Id"] == "turn-1"


def test_a_report_survives_being_kept_on_disk():
    assert Report.from_json(a_report().to_json()) == a_report()


def test_a_report_with_a_time_without_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        a_report(accepted_at=a_report().accepted_at.replace(tzinfo=None))


def test_what_is_wrong_with_a_report_is_said_without_repeating_the_phone():
    kept = a_report().to_json().replace("+8613807911234", "13807911234")

    with pytest.raises(ValueError, match="contact_phone") as wrong:
        Report.from_json(kept)
    assert "13807911234" not in str(wrong.value)
