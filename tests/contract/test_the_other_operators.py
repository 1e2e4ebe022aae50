"""With another operator no reply names a third, its districts or its figures; what is not offered is declined."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import pytest

from actions.parts import Parts
from backend.charters import load_charter
from backend.domain.charter import Charter
from backend.domain.vocabulary import Service
from tests.contract.backend import Backend
from tests.contract.promising import PromisingBackend
from tests.contract.sayings import SAID
from tests.contract.talk import Said, Talk, parts
from tests.contract.taught import ROOT

OPERATORS = ("langzhong", "zhangjiagang", "zhumadian")
NAMES = {
    "jiangxi": ("江西", "南昌", "九江", "红谷滩", "青云谱", "96130", "96123"),
    "langzhong": ("阆中", "南充", "老城区", "七里"),
    "zhangjiagang": ("张家港", "杨舍"),
    "zhumadian": ("驻马店", "遂平", "驿城"),
}
TOWN_AND_COUNTRY = re.compile(r"(?<![老驿])城区|农村")  # the districts of jiangxi's limits alone
FIGURE = re.compile(r"\d+(?:\.\d+)?\s*(?:元|小时|分钟|个?工作日|天|%)")
OF_TELEVISION = re.compile(r"电视|宽带|机顶盒|点播|有线|频道|网速|遥控")


def said(text: str, intent: str, **found: str) -> Said:
    return Said(text=text, intent=intent, entities=tuple(found.items()))


def charter_of(operator: str) -> Charter:
    return load_charter(operator=operator, root=ROOT / "charters")


@pytest.fixture(scope="module")
def talk_with(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Talk]:
    @cache
    def built(operator: str) -> tuple[Parts, Backend]:
        backend = PromisingBackend(charter=charter_of(operator))
        return parts(tmp_path_factory.mktemp(operator), backend, operator=operator), backend

    def talk_with(operator: str) -> Talk:
        its_parts, backend = built(operator)
        backend.filed.clear()
        return Talk.begin(its_parts, backend)

    return talk_with


def own_words(operator: str) -> str:
    """What the operator's charter says, figures as customers read them."""
    charter = charter_of(operator)
    limits = (clause.limit.text for clause in charter.commitments)
    told = (each.text for each in (*charter.pledges, *charter.typical, *charter.fees))
    return "".join((*limits, *told))


@pytest.mark.parametrize("operator", OPERATORS)
async def test_whatever_is_said_first_no_third_operator_is_named_and_no_figure_is_another_ones(operator, talk_with):
    others = [name for other, names in NAMES.items() if other != operator for name in names]
    own = own_words(operator)
    for first in SAID.values():
        talk = talk_with(operator)
        await talk.say(first)
        for told in (*talk.shown, *talk.buttons):
            ours = told.replace(first.text, "")
            assert not [name for name in others if name in ours and name not in first.text], (first.intent, told)
            assert not TOWN_AND_COUNTRY.search(ours), (first.intent, told)
            assert all(figure in own for figure in FIGURE.findall(ours)), (first.intent, told)


async def test_a_telephone_operator_speaks_of_no_television(talk_with):
    for first in SAID.values():
        talk = talk_with("zhumadian")
        await talk.say(first)
        for told in (*talk.shown, *talk.buttons):
            assert not OF_TELEVISION.search(told.replace(first.text, "")), (first.intent, told)


NOT_OFFERED = (
    ("zhumadian", said("电视没信号", "report_fault_no_signal")),
    ("zhumadian", said("宽带上不了网", "report_fault_broadband_down")),
    ("zhumadian", said("怎么办宽带", "ask_process_broadband")),
    ("zhumadian", said("付费频道怎么订", "ask_process_paid_channel")),
    ("zhumadian", said("我想装有线电视", "ask_process_install", service="tv")),
    ("zhumadian", said("看电视一个月多少钱", "ask_fee", service="tv")),
    ("zhumadian", said("要高清盒子", "ask_recommend_stb_or_package")),
    ("langzhong", said("座机没声音", "report_fault_telephone")),
    ("langzhong", said("点播打不开", "report_fault_vod")),
    ("zhangjiagang", said("装座机怎么办", "ask_process_install", service="telephone")),
)


@pytest.mark.parametrize(("operator", "first"), NOT_OFFERED, ids=lambda value: getattr(value, "text", value))
async def test_what_is_not_offered_is_declined_at_once(operator, first, talk_with):
    talk = talk_with(operator)
    await talk.say(first)
    assert "utter_service_not_offered" in talk.replies
    assert talk.form is None


ON_DEMAND = said("点播打不开", "report_fault_vod")


async def test_what_is_not_offered_is_declined_at_once_within_a_complaint(talk_with):
    talk = talk_with("langzhong")
    for each in (SAID["complain_attitude"], ON_DEMAND):
        await talk.say(each)
    assert talk.replies[0] == "utter_service_not_offered"
    assert talk.asked == "contact_phone"
    for each in (SAID["inform_phone"], said("对", "affirm")):
        await talk.say(each)
    assert talk.ran[-1] == "action_file_complaint"
    assert "utter_service_not_offered" not in talk.replies


async def test_what_is_not_offered_is_declined_at_once_in_the_middle_of_another_matter(talk_with):
    talk = talk_with("langzhong")
    for each in (SAID["report_fault_no_signal"], SAID["skip_self_check"], ON_DEMAND):
        await talk.say(each)
    assert talk.replies == ["utter_service_not_offered", "utter_address_wanted_again"]
    assert not talk.slots["next_matters"]


async def test_a_repair_of_what_is_not_offered_is_not_offered_after_the_complaint(talk_with):
    talk = talk_with("langzhong")
    story = said("点播修了三次还是打不开", "complain_repeat_fault")
    for each in (story, said("没有", "deny"), SAID["inform_phone"], said("对", "affirm")):
        await talk.say(each)
    assert "utter_complaint_accepted" in talk.replies
    assert "utter_complaint_repair_offered" not in talk.replies


@pytest.mark.parametrize("operator", OPERATORS)
@pytest.mark.parametrize("first", [said("有根线掉下来拖在地上", "report_danger"), SAID["report_fault_area"]])
async def test_a_danger_and_a_whole_building_are_taken_by_every_operator(operator, first, talk_with):
    talk = talk_with(operator)
    await talk.say(first)
    assert "utter_service_not_offered" not in talk.replies
    assert talk.form == "fault_form"


async def reported(talk: Talk, first: Said, address: str) -> str:
    """A fault is reported to its end; what is said then."""
    await talk.say(first)
    if talk.asked == "fault_self_check":
        await talk.say(SAID["skip_self_check"])
    await talk.say(said(address, "inform_address", address=address))
    await talk.say(SAID["inform_phone"])
    await talk.say(said("对", "affirm"))
    (filed,) = talk.backend.filed
    assert filed["contact_phone"] == "+8613507914421"
    return "".join(talk.shown)


async def test_zhumadian_serves_a_telephone_and_promises_no_time(talk_with):
    """R1.1."""
    talk = talk_with("zhumadian")
    told = await reported(talk, said("电话打不了", "report_fault_telephone"), "驿城区文明大道66号3栋502")
    assert "公司没有公布故障修复的办结时限。以往统计，非电缆原因的故障平均 24 小时内修复，" in told
    assert "这是平均数，不是承诺。" in told
    assert "最迟" not in told
    assert "工作证" not in told
    assert talk.backend.filed[0]["service"] == Service.TELEPHONE


async def test_zhumadian_is_not_asked_which_service_where_it_has_one(talk_with):
    talk = talk_with("zhumadian")
    await talk.say(SAID["report_fault_area"])
    assert talk.asked == "contact_address"
    assert talk.slots["fault_service"] == Service.TELEPHONE


async def test_zhumadian_tells_its_averages_as_averages(talk_with):
    """conversations.md 5; R1.1, R1.2."""
    talk = talk_with("zhumadian")
    await talk.say(said("电话修好要多久", "ask_commitment"))
    assert talk.shown == [
        "这件事驻马店电信没有公布办理时限，我不能给您一个保证的时间。以往统计，非电缆原因的故障平均 24 小时内修复，"
        "电缆原因的故障平均不超过 72 小时。登记后有人专门负责，进展会告诉您。"
    ]


async def test_langzhong_tells_materials_and_both_limits_at_once(talk_with):
    """conversations.md 6; R2.4, R1.3."""
    talk = talk_with("langzhong")
    await talk.say(said("我想装个有线电视要带啥子", "ask_process_install", service="tv"))
    told = talk.shown[0]
    assert "材料一次说全：身份证原件和复印件、详细安装地址、联系电话" in told
    assert "材料齐了就开始计时：安装开通（老城区） 3 个工作日内，安装开通（七里新区） 5 个工作日内。" in told
    assert "（示例）" in told


async def test_langzhong_has_its_own_limits_in_a_report(talk_with):
    """R1.1."""
    told = await reported(talk_with("langzhong"), SAID["report_fault_no_signal"], "阆中市老城区商城路66号3栋502")
    assert "我们承诺 24 小时内修好，最迟 11月22日（周日）20:31 前。" in told


@pytest.mark.parametrize("operator", OPERATORS)
async def test_no_price_is_told_where_none_is_on_file(operator, talk_with):
    """R3.2: it never invents one."""
    talk = talk_with(operator)
    await talk.say(said("移机费是多少", "ask_fee"))
    assert talk.replies in (["utter_not_on_file"], ["utter_policy_without_amount"])
    assert not FIGURE.search("".join(talk.shown))


async def test_the_price_of_a_repair_that_is_not_on_file_is_said_to_be_so_and_not_asked_back(talk_with):
    """R3.2: 修这个收好多钱."""
    talk = talk_with("langzhong")
    await talk.say(said("老师你们修这个要收好多钱嘛", "ask_fee"))
    assert talk.replies == ["utter_not_on_file"]


async def test_langzhong_gives_its_halls_with_phones(talk_with):
    """R3.3."""
    talk = talk_with("langzhong")
    await talk.say(said("七里新区哪里有营业厅", "ask_outlet", address="七里新区"))
    assert "0817-6302618" in talk.shown[0]
    assert "示例" not in talk.shown[0]


async def test_zhangjiagang_promises_to_send_and_says_that_no_repair_time_is_published(talk_with):
    """R1.7, R1.1."""
    told = await reported(talk_with("zhangjiagang"), SAID["report_fault_no_signal"], "张家港市杨舍镇人民中路66号3栋502")
    assert "我们承诺 3 分钟内派单给片区当班维修人员，最迟 11月21日（周六）20:34 前。" in told
    assert "公司没有公布故障修复的办结时限。" in told


async def test_zhangjiagang_tells_how_soon_somebody_calls_and_that_no_repair_time_is_published(talk_with):
    """R1.7, R1.8."""
    talk = talk_with("zhangjiagang")
    await talk.say(SAID["ask_commitment"])
    assert talk.replies == ["utter_commitment", "utter_no_commitment"]
    assert "派单：3 分钟内" in talk.shown[0]
    assert "维修人员联系：接单后 20 分钟内" in talk.shown[0]


async def test_a_limit_that_is_the_operators_own_is_marked_where_it_is_told(talk_with):
    """[C]: jiangxi's call-back."""
    talk = talk_with("jiangxi")
    await talk.say(SAID["request_human"])
    assert "4 小时内（公司自定时限）打给您" in talk.shown[0]
    await talk.say(SAID["inform_phone"])
    await talk.say(said("对", "affirm"))
    assert "我们承诺 4 小时内回复您（公司自定时限），最迟 11月22日（周日）00:31 前。" in talk.shown[0]


@pytest.mark.parametrize("operator", OPERATORS)
async def test_a_call_without_a_published_limit_is_offered_without_one(operator, talk_with):
    """R1.6."""
    talk = talk_with(operator)
    await talk.say(SAID["request_human"])
    assert talk.shown[0] == "好的，我给您登记人工回电，公司没有公布时限，会尽快打给您。"
