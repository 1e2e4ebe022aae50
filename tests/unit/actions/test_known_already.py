"""What is known before a fault is filed is told in time, to the right person, and never stands in the way."""

import json

import httpx
import pytest

from actions.known_already import LOOK_FIRST
from tests.contract.answered import ACCOUNT_NUMBER, DIGITS, STRUCK
from tests.contract.backend import Backend
from tests.contract.sayings import SAID
from tests.contract.talk import Said, Talk, parts

PROOF = Said(
    text=f"客户编号{ACCOUNT_NUMBER}，后四位{DIGITS}",
    intent="ask_arrears_or_balance",
    entities=(("account_number", ACCOUNT_NUMBER), ("last_four", DIGITS)),
)
TRIED, NO_SIGNAL = SAID["skip_self_check"], SAID["report_fault_no_signal"]
STRUCK_PLACE = Said(
    text="湾里区幸福路8号1栋101", intent="inform_address", entities=(("address", "湾里区幸福路8号1栋101"),)
)
ELSEWHERE = SAID["inform_address"]
PHONE = SAID["inform_phone"]


class Away(Backend):
    """Answers reports, and nothing about customers and outages."""

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path in {"/internal/outages", "/internal/account"}:
            raise httpx.ConnectError("refused")
        return await super().__call__(request)


class Watched(Backend):
    asked: list[tuple[str, object]]

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content) if request.content else dict(request.url.params)
        self.asked.append((request.url.path, body))
        return await super().__call__(request)


async def talked(tmp_path, *said: Said, backend: Backend | None = None) -> Talk:
    backend = backend or Backend()
    talk = Talk.begin(parts(tmp_path, backend), backend)
    heard: list[str] = []
    for each in said:
        await talk.say(each)
        heard += talk.replies
    talk.replies = heard
    return talk


async def test_with_the_backend_away_the_fault_is_filed_as_ever(tmp_path):
    talk = await talked(tmp_path, NO_SIGNAL, TRIED, STRUCK_PLACE, PHONE, SAID["affirm"], backend=Away())

    assert len(talk.backend.filed) == 1
    assert "utter_file_all_the_same" not in talk.replies


async def test_a_proof_given_while_the_customer_system_is_away_is_answered_honestly(tmp_path):
    talk = await talked(tmp_path, NO_SIGNAL, PROOF, backend=Away())

    assert "utter_account_unavailable" in talk.replies
    assert talk.asked == "fault_self_check"


async def test_everybody_unproven_may_look_at_the_account_first_and_none_is_looked_up_unasked(tmp_path):
    backend = Watched()
    backend.asked = []

    talk = await talked(tmp_path, NO_SIGNAL, TRIED, ELSEWHERE, PHONE, backend=backend)

    assert (talk.replies[-1], talk.buttons[-1]) == ("utter_fault_read_back", LOOK_FIRST)
    assert "/internal/account" not in [path for path, _ in backend.asked]


async def test_a_remote_and_a_danger_are_explained_by_no_outage_and_no_debt(tmp_path):
    for reported in ([SAID["report_fault_remote"], TRIED], [SAID["report_danger"]]):
        talk = await talked(tmp_path, STRUCK_PLACE, *reported, PHONE)

        assert "utter_known_outage" not in talk.replies
        assert talk.replies[-1] == "utter_fault_read_back"
        assert LOOK_FIRST not in talk.buttons


async def test_outage_and_debt_are_told_together_and_asked_about_once(tmp_path):
    talk = await talked(tmp_path, PROOF, STRUCK_PLACE, NO_SIGNAL)

    assert talk.replies[-3:] == ["utter_known_outage", "utter_account_in_arrears", "utter_file_all_the_same"]
    await talk.say(TRIED)
    assert talk.asked == "contact_phone"


async def test_the_ticket_says_what_the_customer_was_told(tmp_path):
    talk = await talked(tmp_path, PROOF, STRUCK_PLACE, NO_SIGNAL, TRIED, PHONE, SAID["affirm"])

    (report,) = talk.backend.filed
    assert "已知故障公告 7 号（光缆被挖断）；账户欠费" in report["description"]
    assert "72" not in report["description"]


async def test_another_address_is_looked_up_anew_and_the_same_news_is_not_told_twice(tmp_path):
    door = Said(text="湾里区幸福路9号", intent="inform_address", entities=(("address", "湾里区幸福路9号"),))
    talk = await talked(tmp_path, NO_SIGNAL, TRIED, STRUCK_PLACE, TRIED, PHONE, door)
    assert talk.replies.count("utter_known_outage") == 1

    moved = await talked(tmp_path, NO_SIGNAL, TRIED, ELSEWHERE, PHONE, STRUCK_PLACE)
    assert moved.replies[-2:] == ["utter_known_outage", "utter_file_all_the_same"]


async def test_what_was_known_of_one_fault_is_not_written_on_the_next(tmp_path):
    talk = await talked(tmp_path, NO_SIGNAL, TRIED, STRUCK_PLACE, TRIED, PHONE, SAID["affirm"])
    talk.slots["contact_address"], talk.slots["contact_area"] = "西湖区抚生路240号5栋602", "xihu"

    for said in (NO_SIGNAL, TRIED, SAID["affirm"]):
        await talk.say(said)

    first, second = talk.backend.filed
    assert ["公告" in report["description"] for report in (first, second)] == [True, False]


@pytest.mark.parametrize("said", ["ask_commitment", "ask_outage", "ask_fee"])
async def test_a_question_at_the_choice_is_answered_and_the_choice_stays(tmp_path, said):
    talk = await talked(tmp_path, NO_SIGNAL, TRIED, STRUCK_PLACE, SAID[said])

    assert (talk.asked, talk.replies[-1]) == ("fault_known", "utter_file_all_the_same")


async def test_who_leaves_a_phone_at_the_choice_wants_it_filed(tmp_path):
    talk = await talked(tmp_path, NO_SIGNAL, TRIED, STRUCK_PLACE, PHONE)

    assert talk.asked == "fault_confirmed"


async def test_an_outage_is_asked_for_in_the_area_of_the_address(tmp_path):
    backend = Watched()
    backend.asked = []

    await talked(tmp_path, NO_SIGNAL, TRIED, STRUCK_PLACE, backend=backend)

    assert ("/internal/outages", {"area": STRUCK, "service": "tv"}) in backend.asked


@pytest.mark.parametrize(
    ("said", "intent", "files"),
    [
        ("照样给我报修", "skip_self_check", True),
        ("不行，我要报修", "deny", True),
        ("不用等了，照样登记", "affirm", True),
        ("我等不了", "nlu_fallback", True),
        ("特别急，快派人来", "ticket_urge", True),
        ("我等着看球，来修一下", "report_fault_no_signal", True),
        ("好", "affirm", True),
        ("不用了，我等等", "deny", False),
        ("那就等吧", "nlu_fallback", False),
        ("那我先去交费", "ask_process_pay", False),
        ("不用登记吧", "deny", False),
        ("那先不报修了", "cancel", False),
        ("不是", "deny", False),
    ],
)
async def test_what_is_wished_is_heard_in_many_words(tmp_path, said, intent, files):
    talk = await talked(tmp_path, NO_SIGNAL, TRIED, STRUCK_PLACE, Said(text=said, intent=intent))

    assert (talk.asked == "contact_phone") is files
    assert ("utter_fault_not_filed_for_now" in talk.replies) is not files
