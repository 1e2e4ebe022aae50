"""A folder, the actions on it, and stand-ins for the backend and the bot."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from tests.integration.actions.support import ActionsProcess


@pytest.fixture
def actions(tmp_path: Path) -> Iterator[ActionsProcess]:
    """Not started yet; neither the backend nor the bot listens."""
    process = ActionsProcess(var=tmp_path / "var")
    yield process
    if process.process is not None and process.process.poll() is None:
        process.kill()


@pytest.fixture
def listening() -> Iterator[Callable[[int], HTTPServer]]:
    """listening(port): a stand-in that answers there from now on."""
    with ExitStack() as open_servers:
        yield lambda port: open_servers.enter_context(HTTPServer(host="127.0.0.1", port=port))
