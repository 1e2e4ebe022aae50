"""One running system for all dialogues; every dialogue is a customer of its own."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.dialogues.runner import Customer, Stored
from tests.system import System


@pytest.fixture(scope="session")
def whole_system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    with System(var=tmp_path_factory.mktemp("dialogues")) as running:
        yield running


@pytest.fixture
def customer(whole_system: System) -> Iterator[Customer]:
    with httpx.Client(base_url=whole_system.environ["SHOUWEN_BOT_URL"], timeout=10, trust_env=False) as http:
        yield Customer.arrives(http)


@pytest.fixture
def stored(whole_system: System) -> Iterator[Stored]:
    environ = whole_system.environ
    with httpx.Client(
        base_url=environ["SHOUWEN_BACKEND_URL"],
        headers={"Authorization": f"Bearer {environ['SHOUWEN_BACKEND_TOKEN']}"},
        timeout=10,
        trust_env=False,
    ) as http:
        yield Stored(http=http)


HERE = Path(__file__).parent
DIALOGUES = sorted(HERE.glob("*/test_*.yml"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "dialogue" in metafunc.fixturenames:
        names = [path.relative_to(HERE).with_suffix("").as_posix() for path in DIALOGUES]
        metafunc.parametrize("dialogue", DIALOGUES, ids=names)
