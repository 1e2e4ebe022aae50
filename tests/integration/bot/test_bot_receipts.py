"""接单 by the link in the order (R1.8): looking confirms nothing, one tap confirms it, and a wrong code says so."""

from datetime import UTC, datetime

from backend.client import OwnerView, TicketView
from backend.domain.vocabulary import TicketStatus, TicketType
from backend.messages.reports import ticket_view_to_dict
from tests.integration.bot.conftest import BACKEND_TOKEN

RECEIPT = "/internal/receipt"
VIEW = TicketView(
    number="26112900018",
    status=TicketStatus.ACKNOWLEDGED,
    ticket_type=TicketType.FAULT,
    subject="no_signal",
    accepted_at=datetime(2026, 11, 29, tzinfo=UTC),
    promises=(),
    owner=OwnerView(job_number="1024", phone="96130", role="维修员", sample=True),
    overdue=False,
    urges=0,
    description="电视没信号",
    service=None,
    wished=None,
    awaits_materials=False,
)


async def test_who_opens_the_link_is_asked_and_confirms_nothing_by_looking(bot, httpserver):
    page = await bot.http.get("/r/the-code")

    assert page.status_code == 200
    assert "确认接单" in page.text
    assert "form-action 'self'" in page.headers["Content-Security-Policy"]
    assert httpserver.log == []


async def test_one_tap_confirms_the_receipt(bot, httpserver):
    httpserver.expect_request(
        RECEIPT, json={"receipt_token": "the-code"}, headers={"Authorization": f"Bearer {BACKEND_TOKEN}"}
    ).respond_with_json(ticket_view_to_dict(VIEW))

    page = await bot.http.post("/r/the-code")

    assert page.status_code == 200
    assert "已接单：工单 26112900018" in page.text


async def test_a_wrong_code_is_told_so(bot, httpserver):
    refusal = {"code": "receipt_unknown", "message": "接单码不对，请按派单短信里的再试一次。"}
    httpserver.expect_request(RECEIPT).respond_with_json(refusal, status=404)

    page = await bot.http.post("/r/guessed")

    assert (page.status_code, refusal["message"] in page.text) == (404, True)


async def test_what_stands_in_the_link_is_shown_as_text(bot):
    page = await bot.http.get("/r/<script>alert(1)<!--")

    assert "<script>" not in page.text


async def test_while_the_backend_is_away_it_is_told_so(start_bot):
    async with start_bot(backend_url="http://127.0.0.1:9") as bot:
        answer = await bot.http.post("/r/the-code")

    assert (answer.status_code, answer.json()["error"]) == (503, "backend_away")
