"""`make run OPERATOR=…`: the system comes up for each other operator, and a report is filed under its charter."""

from collections.abc import Iterator

import httpx
import pytest

from tests.acceptance.stage import PATIENCE, Stage
from tests.dialogues.runner import Customer, characteristics
from tests.system import System

pytestmark = pytest.mark.timeout(300)
FIRST_WORDS = {
    "langzhong": "我家电视没信号了，住阆中市老城区商城路66号3栋502，电话13807911234",
    "zhangjiagang": "我家电视没信号了，住张家港市杨舍镇人民中路66号3栋502，电话13807911234",
    "zhumadian": "我家座机打不了，没有拨号音，住驻马店市驿城区文明大道66号3栋502，电话13807911234",
}
PROMISED = {
    "langzhong": "24 小时内修好，最迟",
    "zhangjiagang": "3 分钟内派单给片区当班维修人员，最迟",
    "zhumadian": "公司没有公布故障修复的办结时限",
}


@pytest.fixture(scope="module", params=FIRST_WORDS)
def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with (
        System(var=tmp_path_factory.mktemp(request.param), changes={"OPERATOR": request.param}) as system,
        httpx.Client(base_url=system.url("bot"), timeout=PATIENCE, trust_env=False) as bot,
        httpx.Client(
            base_url=system.url("backend"), headers=system.bearer("backend"), timeout=PATIENCE, trust_env=False
        ) as backend,
    ):
        yield Stage(system=system, bot=bot, backend=backend)


def _until_read_back(customer: Customer, first_words: str) -> str:
    """Past the self-check and the hint, where there is one."""
    heard = customer.say(first_words, within=PATIENCE)
    if "现在能看了吗" in heard[-1]["text"]:
        heard = customer.say("都试过了，直接报修", within=PATIENCE)
    return str(heard[-1]["text"])


def test_a_report_is_promised_and_filed_by_its_own_charter(stage: Stage) -> None:
    """R1.1, R1.7."""
    operator = stage.system.environ["OPERATOR"]
    customer = stage.customer()
    assert "对吗" in _until_read_back(customer, FIRST_WORDS[operator])
    told = "\n".join(message["text"] for message in customer.say("对", within=PATIENCE))
    assert PROMISED[operator] in told

    (ticket,) = stage.tickets(customer)
    assert characteristics(ticket)["charterOperator"] == operator
    assert ("expectedResolutionDate" in ticket) is (operator == "langzhong")
