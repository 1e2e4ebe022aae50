"""One running system for all dialogues; every dialogue is a customer of its own."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from scripts.services import ROOT
from tests.dialogues.runner import Customer, Phones, Stored, play_and_check
from tests.system import System

HERE = Path(__file__).parent
DIALOGUES = sorted(HERE.glob("*/test_*.yml"))
AT_A_TIME = 4
# 湾里 and 安义 are struck; hours from now.
OUTAGES = (
    {
        "kind": "known_outage",
        "area": "wanli",
        "services": ["tv", "broadband"],
        "cause": "光缆被挖断",
        "starts_at": -1,
        "expected_until": 5,
        "announced_by": "1041",
    },
    {
        "kind": "maintenance",
        "area": "anyi_town",
        "services": ["broadband"],
        "cause": "机房割接",
        "starts_at": 40,
        "expected_until": 43,
        "announced_by": "1041",
    },
)


@pytest.fixture(scope="package")
def whole_system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    system = System(var=tmp_path_factory.mktemp("dialogues"))
    for file in (ROOT / "samples/jiangxi/customers.yml", HERE / "customers.yml"):
        command = [sys.executable, "-m", "backend.cli", "customers", "load", str(file)]
        subprocess.run(command, env=system.environ, cwd=ROOT, check=True)
    with system as running:
        yield running


Replies = list[list[dict[str, Any]]]


@pytest.fixture(scope="package")
def replies() -> Replies:
    """All that was said in the dialogues, turn by turn."""
    return []


@pytest.fixture(scope="package")
def performances(
    whole_system: System, replies: Replies, request: pytest.FixtureRequest
) -> Iterator[dict[Path, Future[None]]]:
    """The chosen dialogues, several at a time as customers come; each test waits for its own."""
    chosen = [item.callspec.params["dialogue"] for item in request.session.items if _is_dialogue(item)]
    environ = whole_system.environ
    authorization = {"Authorization": f"Bearer {environ['SHOUWEN_BACKEND_TOKEN']}"}
    with (
        httpx.Client(base_url=environ["SHOUWEN_BOT_URL"], timeout=60, trust_env=False) as bot,
        httpx.Client(
            base_url=environ["SHOUWEN_BACKEND_URL"], headers=authorization, timeout=60, trust_env=False
        ) as backend,
        ThreadPoolExecutor(AT_A_TIME) as stage,
    ):
        for announced in OUTAGES:
            backend.post("/internal/outages", json=_as_of_now(announced)).raise_for_status()
        stored = Stored(http=backend)
        phones = Phones(sms=whole_system.var / "outgoing" / "sms.jsonl")
        yield {path: stage.submit(_perform, path, bot, stored, phones, replies) for path in chosen}
        stage.shutdown(cancel_futures=True)


def _as_of_now(announced: dict[str, object]) -> dict[str, object]:
    at = {name: datetime.now(UTC) + timedelta(hours=announced[name]) for name in ("starts_at", "expected_until")}
    return {**announced, **{name: moment.isoformat() for name, moment in at.items()}}


def _is_dialogue(item: pytest.Item) -> bool:
    return "dialogue" in getattr(getattr(item, "callspec", None), "params", {})


def _perform(path: Path, bot: httpx.Client, stored: Stored, phones: Phones, replies: Replies) -> None:
    play_and_check(path, customer=Customer.arrives(bot, replies=replies), stored=stored, phones=phones)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "dialogue" in metafunc.fixturenames:
        names = [path.relative_to(HERE).with_suffix("").as_posix() for path in DIALOGUES]
        metafunc.parametrize("dialogue", DIALOGUES, ids=names)
