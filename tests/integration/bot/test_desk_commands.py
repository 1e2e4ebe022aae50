"""python -m bot.desk, as whoever runs the system uses it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.conversations.database import open_database
from bot.desk.accounts import Accounts

ROOT = Path(__file__).parents[3]


@pytest.fixture
def desk(tmp_path):
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        environ = os.environ | {"SHOUWEN_VAR": str(tmp_path), "OPERATOR": "langzhong"}
        command = [sys.executable, "-m", "bot.desk", *words]
        return subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60, check=False)

    return run


def test_the_first_password_is_told_once(desk, tmp_path):
    told = desk("first")
    assert told.returncode == 0, told.stderr
    [password] = re.findall(r"job number 3005 \(公司领导\), one-time password (\S+)", told.stdout)
    again = desk("first")
    assert (again.returncode, again.stdout) == (0, "")

    database = open_database(f"sqlite:///{tmp_path / 'bot.sqlite'}")
    assert Accounts(database).of("3005").one_time
    database.dispose()
    assert password.encode() not in (tmp_path / "bot.sqlite").read_bytes()


def test_another_member_gets_a_password_and_a_stranger_none(desk):
    assert "one-time password" in desk("password", "3031").stdout
    refused = desk("password", "1031")
    assert refused.returncode == 2
    assert "no job number" in refused.stderr
