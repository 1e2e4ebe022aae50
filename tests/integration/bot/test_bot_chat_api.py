"""The public chat API, as a page uses it."""

import asyncio
from uuid import uuid4

import httpx
import pytest


async def test_a_message_is_logged_answered_and_readable(visitor, engine):
    seq = await visitor.says("你好")

    assert seq == 1
    assert await visitor.sees(2) == [("customer", "你好"), ("bot", "收到：你好")]
    [question, answer] = await visitor.log()
    assert (question["seq"], answer["seq"]) == (1, 2)
    assert set(answer) == {"seq", "from", "text", "at"}
    [asked] = engine.asked
    assert asked["metadata"]["accepted_at"][:23] == question["at"][:23]


async def test_buttons_reach_the_customer(visitor, engine):
    async def confirm(_body):
        return {"messages": [{"text": "对吗？", "buttons": [{"title": "对", "payload": "对的"}]}]}

    engine.behaviour = confirm

    await visitor.says("报障")

    await visitor.sees(2)
    [answer] = await visitor.log(after=1)
    assert answer["buttons"] == [{"title": "对", "payload": "对的"}]


async def test_reading_goes_on_after_a_seq(visitor):
    await visitor.says("一")
    await visitor.sees(2)

    assert [message["seq"] for message in await visitor.log(after=1)] == [2]
    assert await visitor.log(after=99) == []
    assert await visitor.log(after=10**30) == []


@pytest.mark.channel("web", feature="重复消息只办一次")
async def test_the_same_client_id_is_not_a_second_message(visitor, engine):
    first = await visitor.says("你好", message_id="m1")
    await visitor.sees(2)
    again = await visitor.says("你好", message_id="m1")

    assert first == again == 1
    assert len(await visitor.log()) == 2
    assert engine.ran == ["你好"]


@pytest.mark.channel("web", feature="重复消息只办一次")
async def test_the_same_client_id_at_the_same_time_is_one_message(visitor, engine):
    seqs = await asyncio.gather(*(visitor.says("你好", message_id="m1") for _ in range(10)))

    assert set(seqs) == {1}
    await visitor.sees(2)
    assert engine.ran == ["你好"]


async def test_two_visitors_may_use_the_same_client_id(bot):
    one, other = await bot.visitor(), await bot.visitor()

    assert await one.says("一", message_id="m1") == await other.says("二", message_id="m1") == 1

    assert await one.sees(2) == [("customer", "一"), ("bot", "收到：一")]
    assert await other.sees(2) == [("customer", "二"), ("bot", "收到：二")]


async def test_seqs_have_no_gaps_under_concurrency(start_bot):
    async with start_bot(message_rate="1000/second") as bot:
        visitor = await bot.visitor()
        seqs = await asyncio.gather(*(visitor.says(f"第{n}句") for n in range(20)))
        await visitor.sees(40)

        assert len(set(seqs)) == 20
        assert [message["seq"] for message in await visitor.log()] == list(range(1, 41))


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [
        (b"", 400, "not_json"),
        (b"hello", 400, "not_json"),
        (b"[" * 60_000, 400, "not_json"),
        (b"[]", 422, "wrong_fields"),
        (b'{"id": "m1"}', 422, "wrong_fields"),
        (b'{"id": 1, "text": "x"}', 422, "wrong_fields"),
        (b'{"id": "m1", "text": 1}', 422, "wrong_fields"),
        (b'{"id": "m1", "text": "  "}', 422, "text_missing"),
        ('{"id": "m1", "text": "　"}'.encode(), 422, "text_missing"),
        (('{"id": "m1", "text": "%s"}' % ("字" * 1001)).encode(), 422, "text_too_long"),
        (b'{"id": "m1", "text": "' + b"x" * 70_000 + b'"}', 413, "body_too_large"),
    ],
)
async def test_bad_input_gets_a_clear_error_and_loses_nothing(bot, visitor, body, status, error):
    refused = await bot.http.post("/chat/messages", content=body, headers=visitor.headers)

    assert (refused.status_code, refused.json()["error"]) == (status, error)
    assert any("一" <= sign <= "鿿" for sign in refused.json()["message"])
    assert refused.headers["content-type"] == "application/json; charset=utf-8"
    assert await visitor.says("你好") == 1


@pytest.mark.parametrize(
    "text", ["字" * 1000, "📺" * 1000, "半个\ud83d表情", "'; DROP TABLE chat_message; --", "{0} %s"]
)
async def test_any_text_up_to_the_limit_is_kept(visitor, text):
    await visitor.says(text)

    [(_, logged), _] = await visitor.sees(2)
    assert logged == text.replace("\ud83d", "")


@pytest.mark.channel("web", feature="身份与签名校验")
@pytest.mark.parametrize("path", ["/chat/messages", "/chat/events"])
@pytest.mark.parametrize(
    ("header", "error"),
    [
        ({}, "token_missing"),
        ({"Authorization": "Basic eDp5"}, "token_missing"),
        ({"Authorization": "Bearer rubbish"}, "token_invalid"),
    ],
)
async def test_without_the_token_nobody_reads(bot, visitor, path, header, error):
    refused = await bot.http.get(path, headers=header, params={"token": visitor.token})

    assert (refused.status_code, refused.json()["error"]) == (401, error)
    assert refused.headers["www-authenticate"] == "Bearer"


@pytest.mark.channel("web", feature="身份与签名校验")
async def test_without_the_token_nobody_writes(bot):
    body = {"id": "m1", "text": "你好"}

    assert (await bot.http.post("/chat/messages", json=body)).json()["error"] == "token_missing"
    forged = {"Authorization": "Bearer ImMxIg.ZzZzZz.forged"}
    assert (await bot.http.post("/chat/messages", json=body, headers=forged)).json()["error"] == "token_invalid"


async def test_a_conversation_that_is_not_in_the_log_is_refused(start_bot, tmp_path):
    async with start_bot() as bot:
        visitor = await bot.visitor()
    for file in tmp_path.glob("bot.sqlite*"):
        file.unlink()

    async with start_bot() as bot:
        stranger = bot.same_visitor(visitor)
        assert (await stranger.post("你好")).json()["error"] == "token_invalid"
        read = await bot.http.get("/chat/messages", headers=stranger.headers)
        assert read.json()["error"] == "token_invalid"


@pytest.mark.channel("web", feature="身份与签名校验")
async def test_two_visitors_cannot_read_each_other(bot):
    one, other = await bot.visitor(), await bot.visitor()
    await one.says("我的电话13807911234")
    await one.sees(2)

    assert one.conversation != other.conversation
    assert await other.log() == []
    response = await bot.http.get("/chat/messages", headers=other.headers, params={"conversation": one.conversation})
    assert response.json() == []


@pytest.mark.channel("web", feature="限流")
async def test_a_visitor_who_floods_is_slowed_and_told(start_bot):
    async with start_bot(message_rate="3/minute") as bot:
        flooder, neighbour = await bot.visitor(), await bot.visitor()
        for text in ("一", "二", "三"):
            await flooder.says(text)
        refused = await flooder.post("四")

        assert (refused.status_code, refused.json()["error"]) == (429, "too_many_messages")
        assert 0 < int(refused.headers["retry-after"]) <= 60
        assert await neighbour.says("你好") == 1


async def test_one_address_cannot_open_conversations_without_end(start_bot):
    async with start_bot(session_rate="2/minute") as bot:
        await bot.visitor()
        await bot.visitor()
        refused = await bot.http.post("/chat/sessions", headers={"X-Forwarded-For": "192.0.2.9"})

        assert (refused.status_code, refused.json()["error"]) == (429, "too_many_sessions")


async def test_behind_our_own_proxy_the_customers_address_counts(start_bot):
    async with start_bot(session_rate="1/minute", proxies=1) as bot:
        statuses = [
            (await bot.http.post("/chat/sessions", headers={"X-Forwarded-For": address})).status_code
            for address in ("192.0.2.7", "192.0.2.7", "192.0.2.8")
        ]

        assert statuses == [200, 429, 200]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/", 200), ("GET", "/healthz", 200), ("GET", "/nowhere", 404), ("DELETE", "/chat/messages", 405)],
)
async def test_every_response_has_the_security_headers(bot, method, path, status):
    response = await bot.http.request(method, path)

    assert response.status_code == status
    assert response.headers["content-security-policy"].startswith("default-src 'none'")
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["x-frame-options"] == "DENY"
    assert response.headers["referrer-policy"] == "no-referrer"
    assert response.headers["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in response.headers


async def test_the_bot_is_ready_without_the_engine_and_says_so(bot, visitor, engine):
    ready = (await bot.http.get("/readyz")).json()
    await engine.down()
    await visitor.says("你好")
    without_engine = await bot.http.get("/readyz")

    assert ready == {"ready": True, "reasons": [], "engine": "reachable", "unanswered": 0}
    assert without_engine.status_code == 200
    assert without_engine.json()["engine"] == "unreachable"
    assert without_engine.json()["unanswered"] == 1


async def test_the_correlation_id_goes_from_the_page_to_the_engine(visitor, engine):
    response = await visitor.post("你好", **{"X-Correlation-Id": "trace-7"})
    await visitor.sees(2)
    made = await visitor.post("再见", **{"X-Correlation-Id": "forged\tline"})
    await visitor.sees(4)

    assert response.headers["x-correlation-id"] == "trace-7"
    ids = [body["metadata"]["correlation_id"] for body in engine.asked]
    assert ids == ["trace-7", made.headers["x-correlation-id"]]
    assert len(ids[1]) == 32


async def test_a_customer_who_hangs_up_while_sending_is_answered_all_the_same(bot, visitor):
    body = {"id": uuid4().hex, "text": "你好"}
    request = asyncio.create_task(bot.http.post("/chat/messages", json=body, headers=visitor.headers))
    while not (await visitor.log()):
        await asyncio.sleep(0)
    request.cancel()

    assert await visitor.sees(2) == [("customer", "你好"), ("bot", "收到：你好")]


async def test_rubbish_instead_of_http_is_refused(bot):
    reader, writer = await asyncio.open_connection("127.0.0.1", httpx.URL(bot.url).port)
    writer.write(b"\x16\x03\x01 nonsense\r\n\r\n")
    await writer.drain()

    assert (await reader.readline()).startswith(b"HTTP/1.1 400")
    writer.close()
