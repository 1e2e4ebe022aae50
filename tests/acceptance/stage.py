"""What an acceptance test may do to the system and see of it."""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from itertools import count
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx

from scripts.services import ROOT
from tests.dialogues.runner import Customer, Stored
from tests.system import System

PATIENCE = 100.0  # seconds; how long we wait where others use the machine too, not how fast it must be
NAMES = ("backend", "actions", "engine", "bot")
GIVEN_UP = "没能处理好"
SHANGHAI = timezone(timedelta(hours=8))
T = TypeVar("T")
_phones = count(10_002_000)


def eventually(look: Callable[[], T], *, what: str) -> T:
    """The first true thing that `look` sees."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if seen := look():
            return seen
        time.sleep(0.1)
    raise AssertionError(f"{what}: not within {PATIENCE:.0f} s")


def a_phone() -> str:
    """One that nobody gave before: a second report of the same customer would join the first."""
    return f"139{next(_phones)}"


@dataclass(frozen=True, kw_only=True)
class Stage:
    system: System
    bot: httpx.Client
    backend: httpx.Client

    def customer(self) -> Customer:
        return Customer.arrives(self.bot)

    def about_to_confirm(self, *, phone: str) -> Customer:
        """A customer whose report was read back: the next word files it."""
        customer = self.customer()
        customer.say(f"我家电视没信号了，住红谷滩区丰和北大道66号3栋502，电话{phone}", within=PATIENCE)
        *_, read_back = customer.say("都试过了，直接报修", within=PATIENCE)
        assert "对吗" in read_back["text"]
        return customer

    def tickets(self, customer: Customer) -> list[dict[str, Any]]:
        return Stored(http=self.backend).of(customer.conversation)

    def hears(self, customer: Customer, words: str, *, after: int = 0) -> dict[str, Any]:
        """The first message with these words, waited for; not any longer once the customer hears of a failure."""

        def heard() -> dict[str, Any] | None:
            said = customer.heard(after=after)
            found = next((message for message in said if words in message["text"]), None)
            failed = next((message["text"] for message in said if GIVEN_UP in message["text"]), None)
            assert found or not failed, f"instead of {words!r}: {failed}"
            return found

        return eventually(heard, what=f"a message with {words!r}")

    def unfiled(self) -> tuple[str, int]:
        """What `python -m backend.cli unfiled` prints, and how many reports it says are waiting."""
        listed = cli("unfiled", environ=self.system.environ)
        return listed, int(listed.split(" ", 1)[0])

    def nothing_waits(self) -> None:
        eventually(lambda: self.unfiled()[1] == 0, what="every kept report filed and told")

    def asked(self, name: str) -> None:
        """Waits until a request lies before a frozen process, unread."""
        port = urlsplit(self.system.url(name)).port
        assert port is not None
        eventually(lambda: unread(port), what=f"a request before {name}")

    def clear(self) -> None:
        """Everybody runs again."""
        for name in NAMES:
            if self.system.is_running(name):
                self.system.thaw(name)
            else:
                self.system.start(name)


def unread(port: int) -> int:
    """Bytes that came to this local port and that its process has not read."""
    connections = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(int(fields[4].split(":")[1], 16) for fields in connections if _is_at(fields, port))


def _is_at(fields: Sequence[str], port: int) -> bool:
    established = fields[3] == "01"
    return established and int(fields[1].split(":")[1], 16) == port


def cli(*words: str, environ: dict[str, str]) -> str:
    command = (str(ROOT / ".venv/bin/python"), "-m", "backend.cli", *words)
    ran = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=PATIENCE, check=True)
    return ran.stdout


def number_told(customer: Customer, number: str) -> int:
    """How often the customer was told this ticket's number; it is written in groups."""
    return sum(re.sub(r"\s", "", said["text"]).count(number) for said in customer.heard(after=0))


def log_time(customer: Customer, text: str) -> datetime:
    """When the log took the customer's last message with this text."""
    listed = customer.http.get("/chat/messages", headers={"Authorization": f"Bearer {customer.token}"})
    times = [said["at"] for said in listed.json() if said["from"] == "customer" and said["text"] == text]
    return datetime.fromisoformat(times[-1])


def accepted(ticket: dict[str, Any]) -> datetime:
    return _as_the_log_tells("creationDate", ticket)


def due(ticket: dict[str, Any]) -> datetime:
    return _as_the_log_tells("expectedResolutionDate", ticket)


def _as_the_log_tells(name: str, ticket: dict[str, Any]) -> datetime:
    """The chat shows milliseconds, the ticket microseconds."""
    return datetime.fromisoformat(datetime.fromisoformat(ticket[name]).isoformat(timespec="milliseconds"))


def spoken(at: datetime) -> str:
    """11月22日（周日）20:31, as customers are told."""
    local = at.astimezone(SHANGHAI)
    return f"{local.month}月{local.day}日（周{'一二三四五六日'[local.weekday()]}）{local:%H:%M}"


def log_lines(system: System, name: str) -> Iterator[dict[str, Any]]:
    for line in system.log(name).splitlines():
        if line.startswith("{"):
            yield json.loads(line)


def logs(system: System) -> dict[str, str]:
    """All that any process wrote, as it stands and as JSON reads it."""
    files = [path for path in (system.var / "log").rglob("*") if path.is_file()]
    assert {path.stem for path in files} >= set(NAMES), f"logs: {sorted(files)}"
    texts = {path.name: path.read_text(encoding="utf-8") for path in files}
    return {name: text + "\n" + _unescaped(text) for name, text in texts.items()}


def _unescaped(text: str) -> str:
    return "\n".join(
        json.dumps(json.loads(line), ensure_ascii=False) for line in text.splitlines() if line.startswith("{")
    )


def traces(system: System, *, phone: str, words: Sequence[str]) -> list[str]:
    """Where a log holds this phone, however it is spaced, or one of these words. Empty is good."""
    spaced = re.compile(r"[\s().+-]*".join(phone))
    found: list[str] = []
    for name, text in logs(system).items():
        found += [f"{name}: the phone"] * bool(spaced.search(text))
        found += [f"{name}: {word}" for word in words if word in text]
    return found
