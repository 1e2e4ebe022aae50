"""make call: a caller in the terminal, over the same signed webhooks as the platform's."""

import asyncio
import os
import random
import stat
import sys
from pathlib import Path

import pytest

from bot.call_noise import heard
from bot.channels.hotline import prompts
from tests.integration.bot.caller import SECRET

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def phone_in_the_terminal(start_bot, tmp_path):
    async def call(spoken: str, *options: str, agents: tuple[str, ...] = (), **environ: str) -> tuple[int, str, str]:
        async with start_bot(jambonz_secret=SECRET, hotline_agents=agents) as bot:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot.call", "--url", bot.url, *options),
                cwd=ROOT,
                env={**os.environ, "SHOUWEN_VAR": str(tmp_path), "SHOUWEN_JAMBONZ_SECRET": SECRET, **environ},
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
            )
            async with asyncio.timeout(60):
                out, err = await process.communicate(spoken.encode())
            return process.returncode or 0, out.decode(), err.decode()

    return call


async def test_a_call_from_the_welcome_to_the_end(phone_in_the_terminal, engine):
    code, told, _ = await phone_in_the_terminal("查进度\n13807911234\n\n再见\n\n")

    assert code == 0
    assert "助理：您好，江西广电客服。" in told
    assert "助理：收到：查进度。" in told
    assert "您好，请问还在吗？" in told
    assert "请您先挂机。再见。" in told
    assert told.rstrip().endswith("（通话结束）")
    assert engine.ran == ["查进度", "13807911234", "再见"]


async def test_to_a_person_who_does_not_answer(phone_in_the_terminal, engine):
    _, told, _ = await phone_in_the_terminal("0\n", agents=("sip:desk@pbx.example.com",))

    assert "前面还有一位" in told
    assert "（没有坐席接听）" in told
    assert engine.ran == ["人工"]


async def test_with_noise_the_engine_gets_alternatives(phone_in_the_terminal, engine):
    await phone_in_the_terminal("我家电视没信号，电话13807911234。\n", NOISE="1")

    (turn,) = engine.asked
    said = [each["text"] for each in turn["metadata"]["alternatives"]]
    assert "我家电视没信号电话幺三八零七九幺幺二三四" in said
    assert len(said) == 2


async def test_without_the_programs_nothing_can_be_spoken(phone_in_the_terminal):
    code, _, told = await phone_in_the_terminal("", "--speak", "out.wav", PATH="/nowhere")

    assert (code, told.strip()) == (1, "call: to speak into a file, install espeak-ng and sox")


async def test_all_that_is_said_goes_into_one_file(phone_in_the_terminal, tmp_path):
    programs = tmp_path / "programs"
    programs.mkdir()
    for name, script in {
        "espeak-ng": 'printf "%s\\n" "$5" > "$4"',
        "sox": 'for last; do :; done; cat "$1" "$2" > "$last"',
    }.items():
        (programs / name).write_text(f"#!/bin/sh\n{script}\n")
        (programs / name).chmod(stat.S_IRWXU)
    recorded = tmp_path / "out.wav"
    code, _, told = await phone_in_the_terminal(
        "查进度\n", SPEAK=str(recorded), PATH=f"{programs}:{os.environ['PATH']}"
    )

    assert code == 0, told
    assert recorded.read_text().splitlines() == [
        "".join(prompts.welcome("您好，江西广电客服。请直接说您要办的事。", is_known=False)),
        "收到：查进度。",
    ]


async def test_a_wrong_secret_is_told_in_one_line(phone_in_the_terminal):
    code, _, told = await phone_in_the_terminal("", SHOUWEN_JAMBONZ_SECRET="another-secret-altogether")

    assert code == 1
    assert told.startswith("call: /hotline/start answered 401")


def test_noise_is_what_a_recogniser_makes_of_a_sentence():
    listed = heard("住红谷滩区3栋502，对吗？", dice=random.Random(1))  # noqa: S311  noise, not a secret

    assert listed[-1][0] == "住红谷滩区三栋五零二对吗"
    assert listed[0] != listed[-1]
    assert listed[0][1] > listed[-1][1]
