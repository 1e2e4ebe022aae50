"""A customer and agents, each through their own interface of a running bot: asked for, claimed, talked, given back."""

import asyncio

import pytest

from tests.integration.bot.desk import API
from tests.integration.bot.photo import a_photo
from tests.integration.bot.takeover.acts import card, does, there, waits


@pytest.mark.channel("web", feature="转人工")
async def test_a_customer_asks_waits_is_served_and_given_back_without_being_asked_again(visitor, agent, engine):
    await visitor.says("我家电视没信号了")
    await visitor.sees(2)
    await waits(visitor)
    waiting = (await agent.get("/conversations/")).json()["conversations"]
    assert [(each["conversation"], each["state"], each["ahead"]) for each in waiting] == [
        (visitor.conversation, "queued", 0)
    ]
    assert (await does(agent, visitor, "claim"))["owner"] == "1031"
    await does(agent, visitor, "messages", {"id": "a1", "text": "您好，请问是几楼？"}, status=201)
    await visitor.says("五楼")
    given = await does(agent, visitor, "hand-back", {"summary": "住五楼，电视没信号", "settled": False})
    assert (given["state"], given["agent"]) == ("bot", None)
    await visitor.says("那什么时候来修")

    log = await visitor.sees(10)
    assert [speaker for speaker, _ in log] == [
        "customer",
        "bot",
        "customer",
        "system",
        "system",
        "agent",
        "customer",
        "system",
        "customer",
        "bot",
    ]
    assert (await visitor.log())[5]["author"] == "1031"
    meanwhile = engine.asked[-1]["metadata"]["meanwhile"]
    assert meanwhile["summary"] == "住五楼，电视没信号"
    assert [line["text"] for line in meanwhile["lines"]] == ["转人工", "您好，请问是几楼？", "五楼"]
    assert len(engine.asked) == 2


async def test_the_second_claim_is_told_who_was_quicker(visitor, agent, colleague):
    await waits(visitor)
    await does(agent, visitor, "claim")
    refused = await does(colleague, visitor, "claim", status=409)

    assert refused == {"error": "served_by_another", "message": "1031 号坐席已经接了这个对话。", "agent": "1031"}


async def test_twenty_claims_at_once_have_one_winner(visitor, agent, colleague):
    await waits(visitor)
    path = f"/conversations/{visitor.conversation}/claim"
    answers = await asyncio.gather(*((agent if turn % 2 else colleague).post(path) for turn in range(20)))

    winner = (await card(agent, visitor))["agent"]
    for turn, answer in enumerate(answers):
        asked = "1031" if turn % 2 else "1032"
        assert (answer.status_code, answer.json()["agent"]) == (200 if asked == winner else 409, winner)
    assert len([text for _, text in await visitor.sees(3) if "坐席为您服务" in text]) == 1


async def test_a_turn_in_flight_stays_silent_from_the_claim_on(visitor, agent, engine):
    at_engine, released = asyncio.Event(), asyncio.Event()

    async def held(body):
        at_engine.set()
        await released.wait()
        return {"messages": [{"text": "请问您的电话？"}]}

    engine.behaviour = held
    await visitor.says("宽带断了")
    await at_engine.wait()
    await does(agent, visitor, "step-in")
    released.set()
    await does(agent, visitor, "messages", {"id": "a1", "text": "我来处理。"}, status=201)
    await asyncio.sleep(0.3)

    assert [speaker for speaker, _ in await visitor.sees(3)] == ["customer", "system", "agent"]


async def test_a_forbidden_phrase_is_caught_with_the_rule_and_a_better_one(customer, agent):
    said = {"id": "a1", "text": "这个不归我管呀！急 什么？"}
    refused = await does(agent, customer, "messages", said, status=422)

    assert (refused["error"], refused["phrase"], refused["rule"]) == ("forbidden_phrase", "急什么", "R8.2")
    assert refused["better"] in refused["message"]
    assert len(await customer.sees(3)) == 3


async def test_a_transfer_names_a_colleague_or_a_department_that_there_is(customer, agent, colleague):
    for nobody in ({}, {"to": "9999"}, {"team": "nowhere"}, {"to": "1032", "team": "maintenance"}, {"to": "1031"}):
        await does(agent, customer, "transfer", {"note": "请看线路", **nobody}, status=422)
    moved = await does(agent, customer, "transfer", {"note": "请看线路", "to": "1032"})
    assert (moved["state"], moved["wanted"], moved["owner"]) == ("queued", "1032", "1031")
    await does(agent, customer, "claim", status=409)
    await does(colleague, customer, "claim")

    shown = await card(colleague, customer)
    assert (shown["agent"], shown["owner"]) == ("1032", "1031")
    acts = [(each["act"], each["who"], each["why"]) for each in shown["events"]]
    assert acts == [
        ("queue", "customer", "客户要求人工"),
        ("claim", "1031", None),
        ("transfer", "1031", "请看线路"),
        ("claim", "1032", None),
    ]


async def test_an_agent_whose_hands_are_full_takes_no_more(bot, customer, agent):
    await there(agent, capacity=1)
    other = await bot.visitor()
    await waits(other)

    assert "1 个" in (await does(agent, other, "claim", status=409))["message"]


async def test_who_left_the_desk_gets_no_customers(bot, visitor, agent):
    await agent.post("/presence", method="DELETE")
    await visitor.says("人工")

    assert (await visitor.sees(2))[1] == ("bot", "收到：人工")


async def test_notes_are_for_colleagues_only(customer, agent):
    await does(agent, customer, "notes", {"text": "客户听力不好"}, status=201)

    assert (await card(agent, customer))["events"][-1]["why"] == "客户听力不好"
    assert all("听力" not in text for _, text in await customer.sees(3))


async def test_the_end_asks_for_a_rating_and_the_rating_stands_in_the_record(customer, agent):
    await does(agent, customer, "close")
    assert (await customer.log())[-1]["buttons"][0] == {"title": "满意", "payload": "满意"}
    await customer.says("满意")

    last = (await card(agent, customer))["events"][-1]
    assert (last["act"], last["why"], last["agent"]) == ("rate", "满意", "1031")


@pytest.mark.channel("web", feature="图片上传")
async def test_photos_go_both_ways(customer, agent):
    path = f"/conversations/{customer.conversation}/photos/"
    sent = await agent.http.post(
        f"{API}{path}?id=p1", content=a_photo(), headers={"Shouwen-Csrf": agent.csrf, "Content-Type": "image/jpeg"}
    )
    assert sent.status_code == 201, sent.text
    name = sent.json()["attachment"]

    assert (await agent.get(f"{path}{name}")).headers["content-type"].startswith("image/")
    assert (await customer.log())[-1]["attachment"] == name


async def test_the_phone_is_masked_and_shown_on_demand_with_a_row_in_the_audit(bot, customer, agent):
    from bot.conversations.peers import Peers
    from bot.desk.audit import Audit

    Peers(bot.database).know_phone(conversation=customer.conversation, phone="+8613807911234")
    assert (await card(agent, customer))["phone"] == "138****1234"
    assert await does(agent, customer, "phone") == {"phone": "+8613807911234"}

    [row] = Audit(bot.database).rows(about=customer.conversation, before=None, most=5)
    assert (row.who, row.act) == ("1031", "phone_shown")


async def test_who_does_not_serve_the_customer_reads_no_phone_and_no_house_but_on_demand(
    bot, visitor, agent, colleague
):
    from bot.desk.audit import Audit

    said = "我住阳明路18号3单元，电话13807911234，宽带断了"
    await visitor.says(said)
    await waits(visitor)
    await does(agent, visitor, "claim")
    path = f"/conversations/{visitor.conversation}/messages"

    serving = (await agent.get(path)).json()
    assert (serving["messages"][0]["text"], serving["masked"]) == (said, False)
    hidden = (await colleague.get(path)).json()
    assert hidden["masked"]
    assert not any(part in str(hidden) for part in ("13807911234", "18号", "3单元"))
    assert "宽带断了" in hidden["messages"][0]["text"]
    [listed] = (await colleague.get("/conversations/?all=1")).json()["conversations"]
    assert "13807911234" not in str(listed)

    assert (await does(colleague, visitor, "words", {"seq": 0}))["messages"][0]["text"] == said
    [row] = Audit(bot.database).rows(about=visitor.conversation, act="words_shown", before=None, most=5)
    assert row.who == "1032"


async def test_what_the_assistant_understood_stands_beside_the_words(visitor, agent):
    await visitor.says("你好")
    await visitor.sees(2)
    told = (await agent.get(f"/conversations/{visitor.conversation}/messages")).json()

    assert told["messages"][0]["understood"]["intent"] == "chitchat_greet"
    assert told["messages"][0]["understood"]["confidence"] == 0.9
    assert "understood" not in told["messages"][1]


async def test_an_unknown_conversation_is_said_to_be_unknown(agent):
    for path in ("/conversations/nobody", "/conversations/nobody/claim"):
        method = agent.post if path.endswith("claim") else agent.get
        assert (await method(path)).status_code == 404
