"""What a follower sends beside text: a voice, photos, a place."""

import asyncio

import pytest
from sanic.response import json as json_response

from tests.integration.bot.photo import a_photo
from tests.integration.bot.wechat.platform import MEDIA


@pytest.mark.channel("wechat", feature="语音输入")
async def test_a_voice_that_wechat_has_recognised_is_what_was_said(follower, engine):
    voice = {"MediaId": "m1", "Format": "amr"}
    assert await follower.posts(follower.message("voice", **voice, Recognition="电视没信号了")) == "收到：电视没信号了"

    told = await follower.posts(follower.message("voice", **voice, Recognition=""))
    assert "打字" in told
    assert engine.ran == ["电视没信号了"]


@pytest.mark.channel("wechat", feature="名称按拼音纠正")
async def test_a_name_of_the_charter_is_put_right_in_a_voice_and_left_as_it_was_typed(follower, engine):
    await follower.posts(follower.message("voice", MediaId="m1", Format="amr", Recognition="我住红古滩区"))
    await follower.says("我住红古滩区")

    assert engine.ran == ["我住红谷滩区", "我住红古滩区"]


async def test_what_can_not_be_read_is_told_so(follower, engine):
    told = await follower.posts(follower.message("video", MediaId="m1", ThumbMediaId="m2"))

    assert "这类消息我看不了" in told
    assert "还没有输入内容" in await follower.says("　")
    assert engine.ran == []


@pytest.mark.channel("wechat", feature="图片上传")
async def test_a_photo_is_fetched_kept_and_goes_to_the_engine_with_its_id(follower, engine, platform, official):
    platform.files["m1"] = (a_photo(), "image/jpeg")
    assert await follower.posts(follower.message("image", MediaId="m1", PicUrl="http://x")) == "收到：[照片]"

    [asked] = engine.asked
    assert asked["metadata"]["attachment"]


@pytest.mark.channel("wechat", feature="图片上传")
@pytest.mark.parametrize(
    ("content", "told"),
    [("电视坏了".encode(), "不是照片"), (bytes(6 * 1024 * 1024), "一张最多 5 MB"), (None, "再发一次")],
    ids=["no photo", "too large", "not there"],
)
async def test_what_is_no_photo_is_told_so(follower, engine, platform, content, told):
    if content is not None:
        platform.files["m1"] = (content, "image/jpeg")

    assert told in await follower.posts(follower.message("image", MediaId="m1"))
    assert engine.ran == []


async def test_a_photo_that_wechat_does_not_give_at_once_is_fetched_later(hurried, engine, platform):
    platform.files["m1"] = (a_photo(), "image/jpeg")
    platform.fails[MEDIA].extend([-1, json_response({}, status=502)])
    assert await hurried.posts(hurried.message("image", MediaId="m1")) is None

    assert await platform.sent(1, within=30) == ["收到：[照片]"]
    assert len(engine.ran) == 1


async def test_the_same_photo_tried_three_times_is_one(follower, engine, platform):
    platform.files["m1"] = (a_photo(), "image/jpeg")
    await follower.tries_three_times(follower.message("image", MediaId="m1"))
    await asyncio.sleep(2.5)

    assert len(engine.ran) == 1


@pytest.mark.channel("wechat", feature="发送位置")
async def test_a_place_is_its_address_in_words(follower, engine):
    place = {"Location_X": "28.69", "Location_Y": "115.85", "Scale": "16"}
    label = "江西省南昌市红谷滩区丰和中大道888号"
    await follower.posts(follower.message("location", **place, Label=label))
    told = await follower.posts(follower.message("location", **place, Label=""))

    assert engine.ran == [label]
    assert "请您把地址打给我" in told
