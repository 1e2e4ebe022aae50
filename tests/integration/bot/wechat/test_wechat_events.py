"""What happens on the account beside messages: it is followed, its menu pressed, a card of an area scanned."""

import asyncio

import pytest


@pytest.mark.channel("wechat", feature="欢迎语")
@pytest.mark.channel("wechat", feature="个人信息告知")
@pytest.mark.channel("wechat", feature="标明机器人或坐席")
async def test_who_follows_is_welcomed_told_what_is_kept_and_offered_what_there_is(follower, engine, platform):
    told = await follower.happens("subscribe", EventKey="")

    assert told.startswith("您好")
    assert "只用来办您的事" in told
    assert "先由机器人回答" in told
    assert "1. 电视报修" in told
    await follower.says("1")
    assert engine.ran == ["电视没信号了"]
    assert platform.texts == []


async def test_the_same_event_three_times_is_one_welcome(follower, platform):
    event = follower.fields("event", Event="subscribe", EventKey="")
    replies = await follower.tries_three_times(event)
    await asyncio.sleep(2.5)

    welcomes = [reply for reply in replies if reply]
    assert len(set(welcomes)) == 1
    assert platform.texts == []


@pytest.mark.channel("wechat", feature="自定义菜单")
async def test_an_entry_of_the_menu_says_what_a_customer_could_have_typed(follower, engine):
    assert await follower.presses("progress") == "收到：查进度"
    assert await follower.presses("of another time") is None
    assert engine.ran == ["查进度"]


@pytest.mark.channel("wechat", feature="扫片区联系卡")
async def test_an_area_s_card_tells_manager_and_team(follower, engine):
    told = await follower.happens("SCAN", EventKey="honggutan", Ticket="t")

    assert "红谷滩区" in told
    assert "片区客户经理：工号 1015" in told
    assert "维护人员：工号 1024" in told
    assert "服务热线：96130" in told
    assert engine.ran == []
    assert await follower.happens("SCAN", EventKey="of-something-else", Ticket="t") is None


async def test_who_follows_by_an_area_s_card_is_welcomed_and_told_both(follower):
    told = await follower.happens("subscribe", EventKey="qrscene_honggutan", Ticket="t")

    assert "您好" in told
    assert "片区客户经理：工号 1015" in told


@pytest.mark.parametrize("event", ["VIEW", "LOCATION", "TEMPLATESENDJOBFINISH", "unheard_of"])
async def test_what_only_happens_is_taken_note_of(follower, engine, event):
    more = {"EventKey": "http://x", "Latitude": "28.6", "Longitude": "115.8", "Precision": "30", "Status": "success"}

    assert await follower.happens(event, **more) is None
    assert engine.ran == []
