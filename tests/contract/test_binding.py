"""绑定手机号 and 验证码: asked for where the backend wants it, once, and whatever comes of it has a way on."""

from __future__ import annotations

import pytest

from actions import codes
from actions.turn import Turn
from tests.contract.answered import BOUND, GUARDED, NUMBER, RIGHT_CODE
from tests.contract.backend import Backend
from tests.contract.sayings import QUESTIONS, SAID
from tests.contract.talk import Said, Talk, parts

TO_CODE = QUESTIONS["binding_form binding_code withdrawal"]
PHONE = "+8613807911234"


def typed(text: str, intent: str = "nlu_fallback", **entities: str) -> Said:
    return Said(text=text, intent=intent, entities=tuple(entities.items()))


CODE = typed(RIGHT_CODE)


@pytest.fixture
def talk(tmp_path):
    backend = Backend()
    return Talk.begin(parts(tmp_path, backend), backend)


async def said(talk: Talk, *words: str | Said) -> None:
    for word in words:
        await talk.say(SAID[word] if isinstance(word, str) else word)


def turn(text: str) -> Turn:
    message = {"text": text, "intent": {"name": "nlu_fallback"}, "entities": []}
    message["metadata"] = {"channel": "hotline", "accepted_at": "2026-11-29T00:00:00+00:00", "correlation_id": "t"}

    class Tracker:
        latest_message, sender_id, events, active_loop = message, "c", (), None

        def current_slot_values(self):
            return {}

    return Turn.of(Tracker())


@pytest.mark.parametrize(
    "text",
    [
        "123456",
        "验证码是123456",
        "123 456",
        "1 2 3 4 5 6",
        "一二三四五六",
        "幺二三，四五六",
        "１２３４５６。",
        "不是654321是123456",
    ],
)
def test_a_code_is_read_however_it_is_typed_or_spoken(text):
    assert codes.code_in(turn(text)) == "123456"


@pytest.mark.parametrize("text", ["12345", "1234567", "13807911234", "没收到", "红谷滩区丰和北大道66号3栋502"])
def test_other_numbers_are_no_code(text):
    assert codes.code_in(turn(text)) is None


@pytest.mark.channel("web", feature="绑定手机号")
async def test_what_is_refused_without_a_bound_phone_has_a_code_sent_and_is_done_then(talk):
    await said(talk, *TO_CODE)
    assert talk.replies == ["utter_code_sent"]
    assert "尾号1234" in talk.shown[0]
    assert [wish["ticket_number"] for wish in talk.backend.sent] == [GUARDED]

    await said(talk, CODE)

    assert talk.replies == ["utter_code_right", "utter_ticket_withdrawn", "utter_anything_else"]
    (wish,) = talk.backend.wished
    assert (wish["ticket_number"], wish["text"]) == (GUARDED, SAID["cancel_ticket"].text)
    assert talk.told == [{"phone": PHONE, "until": BOUND["until"].replace("Z", "+00:00")}]


async def test_who_is_bound_is_asked_for_no_code_again(talk):
    await said(talk, *TO_CODE, CODE)
    await said(talk, *TO_CODE)

    assert talk.replies[0] == "utter_ticket_withdrawn"
    assert len(talk.backend.sent) == 1


async def test_what_is_not_guarded_asks_for_nothing(talk):
    talk.backend.known = [NUMBER]
    await said(talk, "cancel_ticket", "affirm")

    assert talk.replies[0] == "utter_ticket_withdrawn"
    assert talk.backend.sent == []


async def test_a_wrong_code_is_told_and_the_right_one_still_counts(talk):
    await said(talk, *TO_CODE, typed("999999"))
    assert (talk.replies, talk.asked) == (["utter_code_refused"], "binding_code")
    assert "还可以再试4次" in talk.shown[0]
    assert talk.buttons == ["重发验证码", "转人工", "先不办了"]

    await said(talk, CODE)
    assert talk.replies[:2] == ["utter_code_right", "utter_ticket_withdrawn"]


@pytest.mark.parametrize("text", ["没收到", "重发", "收不到短信啊", "再发一条", "验证码过期了"])
async def test_another_code_is_sent_when_none_came(talk, text):
    await said(talk, *TO_CODE, typed(text))

    assert (talk.replies, talk.asked) == (["utter_code_resent"], "binding_code")
    assert len(talk.backend.sent) == 2


@pytest.mark.parametrize(
    ("code", "asked"),
    [("code_expired", "binding_code"), ("code_used_up", "binding_code"), ("no_code_sent", "binding_code")],
)
async def test_what_another_code_can_mend_is_told_and_stays_open(talk, code, asked):
    await said(talk, *TO_CODE)
    talk.backend.refuses = {"/internal/binding/check": (code, "这个验证码已经失效；请说“重发”，我再发一个。")}
    await said(talk, CODE)

    assert (talk.replies, talk.asked) == (["utter_code_refused"], asked)


@pytest.mark.parametrize("code", ["too_many_codes", "codes_stopped", "no_sms_there"])
async def test_where_no_code_can_be_sent_a_person_takes_it_on_with_the_ticket(talk, code):
    talk.backend.refuses = {"/internal/binding/code": (code, "今天发的验证码太多了。")}
    await said(talk, *TO_CODE)

    assert talk.replies[0] == "utter_code_refused_for_good"
    assert talk.form == "question_form"
    await said(talk, typed("13807911234", "inform_phone", phone=PHONE), "affirm")
    (call,) = talk.backend.filed
    assert (call["ticket_type"], SAID["cancel_ticket"].text in call["description"]) == ("question", True)


async def test_a_code_sent_a_minute_ago_may_still_be_typed(talk):
    talk.backend.refuses = {"/internal/binding/code": ("code_too_soon", "验证码刚刚发过。")}
    await said(talk, *TO_CODE)
    assert (talk.replies, talk.asked) == (["utter_code_refused", "utter_code_wanted_again"], "binding_code")
    talk.backend.refuses = {}

    await said(talk, CODE)
    assert talk.replies[:2] == ["utter_code_right", "utter_ticket_withdrawn"]


async def test_who_has_the_phone_not_at_hand_is_served_by_a_person(talk):
    await said(talk, *TO_CODE, typed("手机不在身边"))

    assert (talk.replies[0], talk.form) == ("utter_code_by_a_person", "question_form")


async def test_with_the_backend_away_nothing_is_lost(talk):
    await said(talk, *TO_CODE)
    talk.backend.away = True
    await said(talk, CODE)
    assert (talk.replies[0], talk.form) == ("utter_code_system_away", "question_form")

    await said(talk, typed("13807911234", "inform_phone", phone=PHONE), "affirm")
    assert talk.replies[0] == "utter_report_kept"


async def test_why_a_code_is_wanted_is_told_and_digits_too_few_are_noticed(talk):
    await said(talk, *TO_CODE, typed("为什么要验证码"))
    assert talk.replies == ["utter_code_reason", "utter_code_wanted_again"]

    await said(talk, typed("12345"))
    assert talk.replies == ["utter_code_not_whole"]


async def test_a_danger_comes_first_and_the_wish_afterwards(talk):
    await said(talk, *TO_CODE, "report_danger")

    assert talk.replies[0] == "utter_danger"
    assert talk.slots["next_matters"][0]["form"] == "cancellation_form"


@pytest.mark.channel("wechat", feature="绑定手机号")
async def test_a_follower_binds_a_phone_for_its_own_sake(talk):
    talk.channel = "wechat"
    await said(talk, "bind_phone")
    assert talk.replies == ["utter_phone_to_bind_wanted"]
    await said(talk, typed("13807911234", "inform_phone", phone=PHONE))
    assert talk.replies == ["utter_code_sent"]
    assert talk.backend.sent[0]["phone"] == PHONE
    await said(talk, CODE)

    assert talk.replies == ["utter_phone_bound", "utter_anything_else"]
    assert talk.told[0]["phone"] == PHONE
    await said(talk, "bind_phone")
    assert (talk.replies, talk.form) == (["utter_phone_is_bound"], None)


async def test_who_has_another_phone_binds_that_one(talk):
    talk.backend.bound = [BOUND]
    await said(talk, typed("换绑手机号", "bind_phone"))

    assert talk.replies == ["utter_phone_to_bind_wanted"]


async def test_unbinding_is_done_at_once_and_told_to_the_bot(talk):
    talk.backend.bound = [BOUND]
    await said(talk, "unbind_phone")
    assert (talk.replies, talk.told, talk.form) == (["utter_phone_unbound"], [{"phone": None}], None)

    await said(talk, "unbind_phone")
    assert talk.replies == ["utter_nothing_bound"]


@pytest.mark.channel("hotline", feature="绑定手机号")
async def test_a_caller_is_known_by_the_number_they_call_from(talk):
    talk.channel, talk.phone = "hotline", PHONE
    await said(talk, "bind_phone")
    assert talk.replies == ["utter_caller_is_bound"]

    talk.backend.known = [NUMBER]
    await said(talk, "ticket_progress")
    assert talk.replies[0] == "utter_ticket_status"


async def test_on_the_web_a_phone_that_is_only_known_is_no_proof(talk):
    talk.phone = PHONE
    talk.backend.known = [NUMBER]
    await said(talk, "ticket_progress")

    assert talk.replies == ["utter_ticket_number_wanted"]


async def test_who_is_bound_is_told_the_account_without_any_number(talk):
    talk.phone, talk.phone_bound, talk.backend.bound = PHONE, True, [BOUND]
    await said(talk, "ask_arrears_or_balance")

    assert talk.replies[0] == "utter_account_in_arrears"


async def test_the_account_is_told_once_the_code_was_right(talk):
    await said(talk, *QUESTIONS["binding_form binding_code account"])
    assert talk.replies == ["utter_code_sent"]
    await said(talk, CODE)

    assert talk.replies[:2] == ["utter_code_right", "utter_account_in_arrears"]


async def test_beside_a_report_the_code_opens_the_account_and_the_report_goes_on(talk):
    await said(talk, *QUESTIONS["fault_form binding_code"])
    await said(talk, typed("999999"))
    assert (talk.replies, talk.form) == (["utter_code_refused"], "fault_form")
    await said(talk, CODE)

    assert talk.replies[:2] == ["utter_code_right", "utter_account_in_arrears"]
    assert talk.form == "fault_form"


async def test_beside_a_report_who_gets_no_code_goes_on_with_the_report(talk):
    talk.backend.refuses = {"/internal/binding/code": ("no_sms_there", "这个号码收不到短信。")}
    await said(talk, *QUESTIONS["fault_form binding_code"])

    assert talk.replies[0] == "utter_account_refused"
    assert talk.form == "fault_form"
    assert talk.asked not in {"account_number", "binding_code"}


async def test_an_order_that_changes_a_service_waits_for_the_code_and_keeps_its_matter(talk):
    talk.backend.refuses = {"/internal/tickets": ("phone_not_bound", "要先核实。")}
    await said(talk, "ask_process_resume", "affirm", typed("13807911234", "inform_phone", phone=PHONE))
    matter_id = talk.slots["matter_id"]
    await said(talk, "affirm")
    assert (talk.replies, talk.form) == (["utter_code_sent"], "binding_form")
    assert talk.backend.sent[0]["phone"] == PHONE
    talk.backend.refuses = {}
    await said(talk, CODE)

    (order,) = talk.backend.filed
    assert (order["subject"], order["matter_id"]) == ("resume", matter_id)
    assert talk.replies[:2] == ["utter_code_right", "utter_order_accepted"]


async def test_what_a_customer_owes_is_known_to_the_report_that_follows(talk):
    await said(talk, *QUESTIONS["binding_form binding_code account"], CODE, "report_fault_no_signal")

    assert "utter_account_in_arrears" in talk.replies
