"""Knowledge gaps at the desk: listed by what the log holds, marked, reviewed by another, taken as a patch."""

import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from backend.charters import load_charter
from bot.conversations.messages import TurnState
from bot.conversations.peers import Peers
from bot.conversations.store import Store
from bot.conversations.tables import turns
from bot.desk.gap_store import Gaps
from bot.desk.knowledge import KnowledgeTests
from bot.errors import CharterChangedMeanwhile, KnowledgeTestOver
from tests.integration.bot.stand_in_engine import Body, saying

AT = datetime(2026, 11, 29, 2, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[3]
SAID = ["能看央视八套吗", "能不能看央视八套", "我电话13807911234能看央视八套吗", "今天天气好"]
PHRASE = "我想问问央视八套还在不在节目表里面呀"


def not_understood(*texts: str) -> Body:
    answer = saying(*texts)
    return answer | {"understood": {"intent": "nlu_fallback", "confidence": 0.21, "ranking": [], "entities": []}}


@pytest.fixture
async def asked(bot: Any, engine: Any) -> Any:
    """A customer says four things that are not understood, and one that is."""

    async def behave(body: Body) -> Body:
        return saying("您好") if body["text"] == "你好" else not_understood("抱歉，我没听懂")

    engine.behaviour = behave
    visitor = await bot.visitor()
    for text in [*SAID, "你好"]:
        await visitor.says(text)
    await visitor.sees(10)
    return visitor


@pytest.fixture
async def leader(bot: Any) -> Any:
    async with bot.member("1003") as member:
        yield member


@pytest.fixture
async def supervisor(bot: Any) -> Any:
    async with bot.member("1009") as member:
        yield member


async def listed(member: Any) -> list[Body]:
    answer: httpx.Response = await member.get("/gaps")
    assert answer.status_code == 200, answer.text
    return list(answer.json())


async def test_what_was_understood_stands_with_each_message(bot, asked):
    with bot.database.begin() as connection:
        found = connection.scalars(select(turns.c.understood).order_by(turns.c.number)).all()

    assert [each["intent"] for each in found] == ["nlu_fallback"] * 4 + ["chitchat_greet"]


async def test_what_was_not_understood_is_listed_by_likeness_and_masked(asked, leader):
    groups = await listed(leader)

    assert [group["count"] for group in groups] == [3, 1]
    assert any("我电话***" in example for example in groups[0]["examples"])
    assert "13807911234" not in str(groups)


async def test_a_group_is_marked_reviewed_by_another_and_taken_as_a_patch_once(asked, leader, supervisor):
    largest = (await listed(leader))[0]
    marked = await leader.post("/gaps", {"digests": largest["digests"], "intent": "ask_fee", "phrases": [PHRASE]})
    assert marked.status_code == 201, marked.text
    assert [group["count"] for group in await listed(leader)] == [1]
    (phrase,) = (await leader.get("/gaps/phrases")).json()
    assert (await leader.get("/gaps/patch")).text == ""

    own = await leader.post(f"/gaps/phrases/{phrase['id']}", {"approved": True})
    approved = await supervisor.post(f"/gaps/phrases/{phrase['id']}", {"approved": True})
    again = await supervisor.post(f"/gaps/phrases/{phrase['id']}", {"approved": False})
    assert [answer.status_code for answer in (own, approved, again)] == [409, 200, 409]

    looked = (await leader.get("/gaps/patch")).text
    taken = (await leader.post("/gaps/patch")).text
    assert looked == taken
    assert f"+      - {PHRASE}\n" in taken
    checked = subprocess.run(["git", "apply", "--check", "-"], cwd=ROOT, input=taken.encode(), check=False)
    assert checked.returncode == 0
    assert (await leader.post("/gaps/patch")).text == ""


async def test_a_phrase_that_was_not_approved_is_marked_anew_and_one_that_was_stays(leader, supervisor):
    async def mark(intent: str) -> Body:
        await leader.post("/gaps", {"digests": ["0" * 64], "intent": intent, "phrases": [PHRASE]})
        return dict((await leader.get("/gaps/phrases")).json()[0])

    number = (await mark("ask_fee"))["id"]
    await supervisor.post(f"/gaps/phrases/{number}", {"approved": False})
    anew = await mark("ask_outlet")
    assert (anew["id"], anew["intent"], anew["approved"]) == (number, "ask_outlet", None)
    await supervisor.post(f"/gaps/phrases/{number}", {"approved": True})
    kept = await mark("ask_fee")

    assert (kept["intent"], kept["approved"]) == ("ask_outlet", True)


async def test_what_is_nothing_to_learn_is_put_away(asked, leader):
    smallest = (await listed(leader))[-1]
    await leader.post("/gaps", {"digests": smallest["digests"], "intent": None})

    assert [group["count"] for group in await listed(leader)] == [3]
    assert (await leader.get("/gaps/phrases")).json() == []


@pytest.fixture
async def some_intent(leader: Any) -> str:
    answer = await leader.get("/gaps/intents")
    return str(answer.json()[0]["intent"])


@pytest.mark.parametrize(
    ("phrase", "code"),
    [("我电话13807911234", "personal_phrase"), ("世贸路1号3栋能看吗", "personal_phrase"), ("两\n行", "wrong_fields")],
)
async def test_a_phrase_with_something_of_a_customers_is_not_taken(leader, some_intent, phrase, code):
    marked = {"digests": ["0" * 64], "intent": some_intent, "phrases": [phrase]}
    answer = await leader.post("/gaps", marked)

    assert (answer.status_code, answer.json()["error"]) == (422, code)


async def test_an_intent_that_is_none_is_refused(leader):
    answer = await leader.post("/gaps", {"digests": ["0" * 64], "intent": "no_such_intent", "phrases": []})

    assert (answer.status_code, answer.json()["error"]) == (422, "intent_unknown")


async def test_a_checkout_that_a_setting_names_is_written_to_and_nothing_else(start_bot, tmp_path):
    checkout = tmp_path / "checkout"
    shutil.copytree(ROOT / "data" / "nlu", checkout / "data" / "nlu", ignore=shutil.ignore_patterns("lookups"))
    before = {path.name: path.read_bytes() for path in (ROOT / "data" / "nlu").glob("*.yml")}
    async with start_bot(nlu_checkout=checkout) as bot, bot.member("1003") as leader, bot.member("1009") as other:
        intent = (await leader.get("/gaps/intents")).json()[0]
        await leader.post("/gaps", {"digests": ["0" * 64], "intent": intent["intent"], "phrases": [PHRASE]})
        await other.post("/gaps/phrases/1", {"approved": True})
        taken = await other.post("/gaps/patch")

    assert PHRASE in taken.text
    assert PHRASE in (checkout / "data" / "nlu" / intent["topic"]).read_text(encoding="utf-8")
    assert before == {path.name: path.read_bytes() for path in (ROOT / "data" / "nlu").glob("*.yml")}


def test_gaps_are_found_and_dealt_with_on_either_database(bot_database):
    Peers(bot_database).open(conversation="c1", channel="webchat", at=AT)
    store, gaps = Store(bot_database), Gaps(bot_database)
    for number, (text, intent) in enumerate([("能看央视八套吗", "nlu_fallback"), ("你好", "chitchat_greet")]):
        said = {"conversation": "c1", "client_id": f"m{number}", "text": text, "correlation_id": "t"}
        store.accept(at=AT + timedelta(minutes=number), **said)
        (turn,) = store.open_turns(conversation="c1")
        understood = {"intent": intent, "confidence": 0.3}
        store.close_turn(turn=turn, state=TurnState.ANSWERED, replies=[], at=AT, understood=understood)

    (heard,) = gaps.heard(since=AT - timedelta(days=1))
    marked = {"digests": [heard.digest], "intent": "ask_fee", "texts": [PHRASE], "by": "1003", "at": AT}
    gaps.deal_with(**marked)
    gaps.deal_with(**marked)
    phrase = gaps.review(id=1, approved=True, by="1009", at=AT)
    approved = gaps.approved()
    gaps.take(approved, at=AT)

    assert (heard.text, gaps.heard(since=AT - timedelta(days=1))) == ("能看央视八套吗", [])
    assert (approved, gaps.approved(), len(gaps.phrases(most=9))) == ([phrase], [], 1)
    assert gaps.heard(since=AT + timedelta(days=1)) == []


def test_a_test_of_knowledge_is_handed_in_once_on_either_database(bot_database):
    tests = KnowledgeTests(bot_database, charter=load_charter(operator="jiangxi"))
    number, questions = tests.begin(job_number="1031", at=AT)
    right = {question.key: question.right for question in questions}
    score = tests.hand_in(id=number, job_number="1031", chosen=right, at=AT)
    with pytest.raises(KnowledgeTestOver):
        tests.hand_in(id=number, job_number="1031", chosen={}, at=AT)
    later = KnowledgeTests(bot_database, charter=load_charter(operator="langzhong"))
    with pytest.raises(CharterChangedMeanwhile):
        later.hand_in(id=number, job_number="1031", chosen={}, at=AT)
    (taken,) = tests.handed_in(job_number=None, most=9)

    assert (score.right, taken.score, taken.questions) == (10, 10, 10)
