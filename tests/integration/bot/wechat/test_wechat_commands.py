"""python -m bot.channels.wechat menu and code AREA, as whoever sets up the official account uses them."""

import asyncio
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from backend.charters import load_charter
from bot.channels.wechat import menu
from tests.integration.bot.wechat.follower import TOKEN
from tests.integration.bot.wechat.platform import APP_ID, APP_SECRET, BUSY, CODE, MENU

ROOT = Path(__file__).parents[4]
LONGEST = {"group": 4, "entry": 8}  # Chinese characters that WeChat shows, and 3 groups of 5 entries
PATIENCE = 60


@dataclass(frozen=True)
class Ran:
    code: int | None
    out: str
    err: str


@pytest.fixture
def wechat(tmp_path, platform):
    async def run(*words: str, operator: str = "jiangxi", **changed: str) -> Ran:
        environ = {name: value for name, value in os.environ.items() if not name.startswith("SHOUWEN_")}
        account = {
            "OPERATOR": operator,
            "SHOUWEN_VAR": str(tmp_path),
            "SHOUWEN_WECHAT_APP_ID": APP_ID,
            "SHOUWEN_WECHAT_APP_SECRET": APP_SECRET,
            "SHOUWEN_WECHAT_TOKEN": TOKEN,
            "SHOUWEN_WECHAT_API": platform.url,
        }
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot.channels.wechat", *words),
            cwd=ROOT,
            env=environ | account | changed,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
        return Ran(process.returncode, out.decode(), err.decode())

    return run


@pytest.mark.channel("wechat", feature="自定义菜单")
@pytest.mark.parametrize("operator", ["jiangxi", "langzhong", "zhangjiagang"])
async def test_the_menu_is_what_the_operator_offers(wechat, platform, operator):
    ran = await wechat("menu", operator=operator)

    assert (ran.code, "within 24 hours" in ran.out) == (0, True), ran.err
    [body] = platform.of(MENU)
    assert body == menu.body(load_charter(operator=operator))
    assert 0 < len(body["button"]) <= 3
    for group in body["button"]:
        assert len(group["name"]) <= LONGEST["group"]
        assert 0 < len(group["sub_button"]) <= 5
        assert all(len(entry["name"]) <= LONGEST["entry"] for entry in group["sub_button"])


@pytest.mark.channel("wechat", feature="扫片区联系卡")
async def test_the_code_of_an_area_stands_for_it_for_ever(wechat, platform):
    ran = await wechat("code", "donghu")

    assert (ran.code, ran.out) == (0, "donghu: make a QR code 二维码 of http://weixin.qq.com/q/a-code\n"), ran.err
    [body] = platform.of(CODE)
    assert body == {"action_name": "QR_LIMIT_STR_SCENE", "action_info": {"scene": {"scene_str": "donghu"}}}


async def test_a_place_that_is_no_area_has_no_code_and_wechat_is_not_asked(wechat, platform):
    ran = await wechat("code", "nowhere")

    assert (ran.code, ran.err) == (1, "wechat: nowhere is no area of jiangxi\n")
    assert platform.asked == []


@pytest.mark.parametrize(
    ("missing", "named"),
    [("SHOUWEN_WECHAT_APP_ID", "SHOUWEN_WECHAT_APP_ID"), ("SHOUWEN_WECHAT_APP_SECRET", "the account's AppSecret")],
)
async def test_without_an_account_it_is_said_what_is_missing(wechat, platform, missing, named):
    ran = await wechat("menu", **{missing: ""})

    assert ran.code == 1
    assert named in ran.err
    assert platform.asked == []


async def test_what_wechat_refuses_is_told_in_a_line(wechat, platform):
    platform.fails[MENU].extend([BUSY] * 9)
    ran = await wechat("menu")

    assert ran.code == 1
    assert ran.err.splitlines()[-1] == "wechat: errcode -1"
    assert "Traceback" not in ran.err
