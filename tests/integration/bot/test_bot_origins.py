"""Sites of others: only those that are named may call the chat and frame it."""

import pytest

SITE = "https://www.operator.example"
STRANGER = "https://stranger.example"


@pytest.fixture
async def open_bot(start_bot):
    async with start_bot(origins=(SITE,)) as running:
        yield running


@pytest.mark.parametrize(
    "path", ["/chat/messages", "/chat/photos", "/chat/photos/p1", "/chat/events", "/chat/sessions"]
)
async def test_a_site_that_is_named_may_call_the_chat(open_bot, path):
    asked = await open_bot.http.options(
        path, headers={"Origin": SITE, "Access-Control-Request-Headers": "authorization"}
    )

    assert asked.status_code == 204
    assert asked.headers["access-control-allow-origin"] == SITE
    assert "Authorization" in asked.headers["access-control-allow-headers"]


@pytest.mark.parametrize("path", ["/chat/messages", "/chat/photos/p1"])
async def test_it_may_read_an_answer_and_a_refusal(open_bot, path):
    visitor = await open_bot.visitor()
    read = await open_bot.http.get("/chat/messages", headers=visitor.headers | {"Origin": SITE})
    refused = await open_bot.http.get(path, headers={"Origin": SITE})

    assert (read.status_code, refused.status_code) == (200, 401)
    for answer in (read, refused):
        assert answer.headers["access-control-allow-origin"] == SITE
        assert answer.headers["vary"] == "Origin"


@pytest.mark.parametrize("headers", [{"Origin": STRANGER}, {"Origin": "null"}, {}])
async def test_nobody_else_may(open_bot, headers):
    asked = await open_bot.http.options("/chat/messages", headers=headers)
    opened = await open_bot.http.post("/chat/sessions", headers=headers)

    assert "access-control-allow-origin" not in asked.headers
    assert "access-control-allow-origin" not in opened.headers


async def test_unless_a_site_is_named_nobody_may(bot):
    opened = await bot.http.post("/chat/sessions", headers={"Origin": SITE})

    assert "access-control-allow-origin" not in opened.headers


async def test_no_other_address_is_opened_with_the_chat(open_bot):
    asked = await open_bot.http.options("/internal/notices", headers={"Origin": SITE})

    assert "access-control-allow-origin" not in asked.headers


async def test_who_may_frame_the_chat_stands_in_its_policy(open_bot, bot):
    opened = await open_bot.http.get("/chat.html")
    closed = await bot.http.get("/chat.html")
    publicity = await open_bot.http.get("/")

    assert opened.headers["content-security-policy"].endswith(f"frame-ancestors 'self' {SITE}")
    assert closed.headers["content-security-policy"].endswith("frame-ancestors 'self'")
    assert publicity.headers["content-security-policy"].endswith("frame-ancestors 'none'")


async def test_the_line_of_script_may_be_fetched_from_anywhere(bot):
    script = await bot.http.get("/embed.js")

    assert script.headers["content-type"].partition(";")[0] == "text/javascript"
    assert script.headers["cross-origin-resource-policy"] == "cross-origin"
    assert len(script.content) < 4096
