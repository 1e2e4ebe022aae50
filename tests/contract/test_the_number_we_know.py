"""Who is known by a number – the caller's – is asked whether that one is right, and only otherwise for another."""

import pytest

from tests.contract.backend import Backend
from tests.contract.sayings import SAID
from tests.contract.talk import Said, Talk, parts

CALLER = "+8613807911234"
ADDRESS = Said(
    text="红谷滩区丰和北大道66号3栋502",
    intent="inform_address",
    entities=(("address", "红谷滩区丰和北大道66号3栋502"),),
)
OFFERED, WANTED = "utter_own_phone_offered", "utter_phone_wanted"


@pytest.fixture
def call(tmp_path):
    backend = Backend()

    def called(phone: str | None = CALLER) -> Talk:
        talk = Talk.begin(parts(tmp_path, backend), backend)
        talk.channel, talk.phone = "hotline", phone
        return talk

    return called


async def reported(talk: Talk) -> Talk:
    for said in (SAID["report_fault_no_signal"], SAID["skip_self_check"], ADDRESS):
        await talk.say(said)
    return talk


def saying(text: str, intent: str, **entities: str) -> Said:
    return Said(text=text, intent=intent, entities=tuple(entities.items()))


async def test_the_caller_is_asked_whether_this_number_is_right(call):
    talk = await reported(call())

    assert talk.replies == [OFFERED]
    assert "138 0791 1234" in talk.shown[0]
    await talk.say(SAID["affirm"])
    assert talk.slots["contact_phone"] == CALLER
    assert talk.asked == "fault_confirmed"


async def test_the_read_back_ends_in_its_question_also_where_the_account_can_be_looked_at(call):
    talk = await reported(call())
    await talk.say(SAID["affirm"])

    assert talk.asked == "fault_confirmed"
    assert "先查欠费" in talk.shown[-1]
    assert talk.shown[-1].endswith("对吗？还是先查欠费？")


@pytest.mark.parametrize(
    "said", [saying("就打这个", "nlu_fallback"), saying("来电号码就行", "inform_phone"), saying("可以", "affirm")]
)
async def test_it_is_taken_in_other_words_too(call, said):
    talk = await reported(call())
    await talk.say(said)

    assert talk.slots["contact_phone"] == CALLER


@pytest.mark.parametrize(
    "said", [saying("不是", "deny"), saying("不要打这个", "nlu_fallback"), saying("换个号码", "correction")]
)
async def test_who_says_no_is_asked_for_another_and_not_offered_it_again(call, said):
    talk = await reported(call())
    await talk.say(said)

    assert talk.replies[-1].startswith(WANTED)
    await talk.say(saying("13507914421", "inform_phone", phone="+8613507914421"))
    assert talk.slots["contact_phone"] == "+8613507914421"
    assert talk.asked == "fault_confirmed"


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("电视没信号，电话就是我这个号码", CALLER),
        ("电视没信号，打这个电话就行", CALLER),
        ("电视没信号，别打这个电话", None),
        ("电视没信号，就这个台看不了", None),
    ],
)
async def test_who_says_so_along_with_the_matter_is_not_asked(call, text, taken):
    talk = call()
    await talk.say(saying(text, "report_fault_no_signal"))

    assert talk.slots["contact_phone"] == taken


async def test_who_says_another_at_once_is_not_asked_again(call):
    talk = await reported(call())
    await talk.say(saying("不要打这个，打我老伴的13507914421", "inform_phone", phone="+8613507914421"))

    assert talk.slots["contact_phone"] == "+8613507914421"
    assert talk.asked == "fault_confirmed"


async def test_a_number_called_wrong_at_the_read_back_is_not_offered_again(call):
    talk = await reported(call())
    await talk.say(SAID["affirm"])
    await talk.say(saying("电话要改", "correction"))

    assert talk.asked == "contact_phone"
    assert talk.replies[-1].startswith(WANTED)


async def test_a_question_in_between_does_not_answer_it(call):
    talk = await reported(call())
    await talk.say(SAID["ask_fee"])

    assert talk.slots["contact_phone"] is None
    assert talk.replies[-1] == f"{OFFERED}_again"


async def test_who_wants_a_person_only_says_yes_to_the_number(call):
    talk = call()
    await talk.say(SAID["request_human"])
    assert talk.replies[-1] == OFFERED
    await talk.say(SAID["affirm"])

    (filed,) = talk.backend.filed
    assert filed["contact_phone"] == CALLER
    assert filed["channel"] == "hotline"


async def test_who_is_not_known_by_a_number_is_asked_for_one(call):
    talk = await reported(call(phone=None))

    assert talk.replies == [WANTED]
