"""The whole system as a customer meets it: one for each module that asks for it."""

from collections.abc import Iterator

import httpx
import pytest

from tests.acceptance.stage import PATIENCE, Stage
from tests.system import System


@pytest.fixture(scope="module")
def shared_stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with (
        System(var=tmp_path_factory.mktemp("acceptance")) as system,
        httpx.Client(base_url=system.url("bot"), timeout=PATIENCE, trust_env=False) as bot,
        httpx.Client(
            base_url=system.url("backend"), headers=system.bearer("backend"), timeout=PATIENCE, trust_env=False
        ) as backend,
    ):
        yield Stage(system=system, bot=bot, backend=backend)


@pytest.fixture
def stage(shared_stage: Stage) -> Iterator[Stage]:
    """Whatever a test does to the four, the next one finds them running."""
    yield shared_stage
    shared_stage.clear()
