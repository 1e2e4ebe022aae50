"""/chat/photos: kept once, shown to its conversation, and refused with a reason."""

from io import BytesIO

import pytest
from PIL import Image

from tests.integration.bot.photo import a_photo


@pytest.fixture
def send(bot, visitor):
    async def sent(content, *, photo_id="p1", **headers):
        return await bot.http.post(
            "/chat/photos", params={"id": photo_id}, content=content, headers=visitor.headers | headers
        )

    return sent


async def test_a_photo_is_a_message_that_goes_to_the_engine_with_its_id(send, visitor, engine):
    sent = await send(a_photo())
    assert sent.status_code == 202
    [(who, text), _] = await visitor.sees(2)
    [message, _] = await visitor.log()

    assert (who, text) == ("customer", "[照片]")
    assert message["attachment"] == sent.json()["attachment"]
    assert message["id"] == "p1"
    [asked] = engine.asked
    assert (asked["text"], asked["metadata"]["attachment"]) == ("[照片]", message["attachment"])


async def test_the_same_photo_again_is_one(send, visitor):
    first, again = await send(a_photo()), await send(a_photo())

    assert first.json() == again.json()
    assert len(await visitor.sees(2)) == 2


async def test_a_photo_is_shown_as_what_it_is(bot, visitor, send):
    attachment = (await send(a_photo())).json()["attachment"]
    shown = await bot.http.get(f"/chat/photos/{attachment}", headers=visitor.headers)

    assert shown.headers["content-type"] == "image/png"
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert Image.open(BytesIO(shown.content)).size == (40, 30)


async def test_a_photo_is_shown_to_nobody_else(bot, send):
    attachment = (await send(a_photo())).json()["attachment"]
    stranger = await bot.visitor()
    shown = await bot.http.get(f"/chat/photos/{attachment}", headers=stranger.headers)
    without_token = await bot.http.get(f"/chat/photos/{attachment}")

    assert (shown.status_code, shown.json()["error"]) == (404, "attachment_unknown")
    assert without_token.status_code == 401


@pytest.mark.parametrize(
    ("content", "status", "error", "said"),
    [
        ("电视坏了".encode(), 415, "photo_of_another_kind", "JPG、PNG 或 WebP"),
        (b"", 415, "photo_of_another_kind", "不是照片"),
        (bytes(5 * 1024 * 1024 + 1), 413, "photo_too_large", "一张最多 5 MB"),
        (bytes(12 * 1024 * 1024), 413, "photo_too_large", "一张最多 5 MB"),
    ],
    ids=["text", "empty", "too large", "much too large"],
)
async def test_what_is_no_photo_is_refused(send, visitor, content, status, error, said):
    refused = await send(content, **{"Content-Type": "image/jpeg"})

    assert (refused.status_code, refused.json()["error"]) == (status, error)
    assert said in refused.json()["message"]
    assert await visitor.log() == []


async def test_a_photo_without_an_id_of_its_own_is_refused(bot, visitor):
    refused = await bot.http.post("/chat/photos", content=a_photo(), headers=visitor.headers)

    assert (refused.status_code, refused.json()["error"]) == (422, "wrong_fields")


async def test_photos_come_at_a_measured_pace(send):
    answers = [await send(b"", photo_id=f"p{n}") for n in range(11)]

    assert [answer.status_code for answer in answers] == [*[415] * 10, 429]
    assert int(answers[-1].headers["retry-after"]) > 0


async def test_a_long_text_is_still_refused_where_no_photo_is_expected(bot, visitor):
    refused = await visitor.post("字" * 100_000)

    assert (refused.status_code, refused.json()["error"]) == (413, "body_too_large")
