"""A report to file, what is stored and shown of it, and a backend that runs as a process of its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TypeVar

import httpx

from backend import queries
from backend.client import BackendClient, Receipt, Report
from backend.domain.ticket import TicketNumber
from backend.domain.vocabulary import Channel, Service, TicketType
from backend.ports import BoundPhone, Filed
from backend.store.engine import open_engine
from backend.store.migrate import migrate
from backend.store.repository import SqlStore
from backend.store.tables import metadata
from tests.busy import AskedAgain, AsyncAskedAgain

ROOT = Path(__file__).resolve().parents[3]
TOKEN = "a-token-for-the-tests-only"
PARTNER_TOKEN = "a-token-for-partners-only"
BOT_TOKEN = "a-token-for-the-bot-only"
NOBODY = "http://127.0.0.1:1"  # where no bot listens
FRIDAY_EVENING = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)  # 18:30 in Shanghai
TICKETS, TICKET = "/troubleTicket", "/troubleTicket/{id}"  # as TMF621 writes its paths
PATIENCE = 90.0  # seconds until a process is up, on a machine that has much else to do
SHARED = "shared"  # PostgreSQL's migrated database
customers = count(10_000_000)
T = TypeVar("T")


def eventually(look: Callable[[], T]) -> T:
    """What `look` gives, as soon as it is something."""
    until = time.monotonic() + PATIENCE
    while not (found := look()):
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.1)
    return found


def a_report(**said: object) -> Report:
    """张先生 reports a dead television; `said` is what the test is about."""
    usual: dict[str, object] = {
        "matter_id": "matter-of-zhang",
        "ticket_type": TicketType.FAULT,
        "subject": "no_signal",
        "service": Service.TV,
        "description": "电视没信号",
        "address": "南昌市红谷滩区世贸路1号",
        "contact_phone": "+8613807911234",
        "accepted_at": FRIDAY_EVENING,
        "channel": Channel.WEBCHAT,
        "conversation": "conversation-of-zhang",
    }
    return Report(**(usual | said))  # type: ignore[arg-type]


def left_alone() -> dict[str, object]:
    """Of a question accepted now: nobody is sent out and nothing is overdue, so the ticket stays as it is for a while.
    That of Friday evening is overdue by the real clock, and changes as soon as the jobs see it."""
    fields = {"ticket_type": TicketType.QUESTION, "subject": "callback", "service": None, "address": None}
    return {**fields, "accepted_at": datetime.now(UTC)}


def bind(store: SqlStore, *, conversation: str, phone: str = "+8613807911234") -> None:
    """As a code does it."""
    with store.writing() as tickets:
        bound = BoundPhone(phone=phone, bound_at=FRIDAY_EVENING, until=FRIDAY_EVENING + timedelta(days=365))
        tickets.bound_phones.put(conversation=conversation, bound=bound)


def stored(store: SqlStore, receipt: Receipt) -> Filed:
    return queries.read(number=TicketNumber.parse(receipt.ticket_number), store=store)[0]


def parties(ticket: dict) -> dict:
    """Who has which role, in a ticket as TMF621 shows it."""
    return {item["role"]: item["partyOrPartyRole"]["id"] for item in ticket["relatedParty"]}


def migrated(url: str) -> None:
    engine = open_engine(url)
    migrate(engine)
    engine.dispose()


def emptied(url: str) -> None:
    """PostgreSQL's tables, their numbers beginning anew."""
    engine = open_engine(url)
    with engine.begin() as connection:
        names = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
        connection.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY")
    engine.dispose()


class Clock:
    """Stands still until a test sets it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@dataclass
class BackendProcess:
    """`python -m backend` on a folder of its own; started again on the same folder and port after a kill."""

    var: Path
    port: int
    process: subprocess.Popen[bytes] | None = None
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environ(self) -> dict[str, str]:
        ours = {"SHOUWEN_VAR": str(self.var), "SHOUWEN_BACKEND_URL": self.url, "SHOUWEN_BACKEND_TOKEN": TOKEN}
        ours |= {"SHOUWEN_PARTNER_TOKEN": PARTNER_TOKEN, "SHOUWEN_BOT_TOKEN": BOT_TOKEN, "SHOUWEN_BOT_URL": NOBODY}
        return {key: value for key, value in os.environ.items() if key != "DATABASE_URL"} | ours | self.settings

    @property
    def log(self) -> str:
        return (self.var / "backend.log").read_text(encoding="utf-8")

    def start(self) -> None:
        with (self.var / "backend.log").open("ab") as log:
            command = [sys.executable, "-W", "error", "-m", "backend"]
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environ, stderr=log)
        why, until = "it was not asked", time.monotonic() + PATIENCE
        with httpx.Client(base_url=self.url, trust_env=False) as http:
            while time.monotonic() < until:
                if (ended_with := self.process.poll()) is not None:
                    why = f"it ended with {ended_with}"
                    break
                try:
                    answer = http.get("/readyz")
                except httpx.HTTPError as not_yet:  # it is still starting, and does not listen before it has migrated
                    why = repr(not_yet)
                else:
                    if answer.status_code == 200:
                        return
                    why = f"/readyz answered {answer.status_code}"
                time.sleep(0.1)
        raise AssertionError(f"the backend did not come up, {why}:\n{self.log}")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        assert self.process is not None
        self.process.send_signal(how)
        return self.process.wait(timeout=PATIENCE)

    def client(self) -> BackendClient:
        return BackendClient(base_url=self.url, token=TOKEN, transport=AsyncAskedAgain(), time_limit=PATIENCE)

    def partner(self) -> httpx.Client:
        """Speaks TMF621, with the partners' token."""
        return httpx.Client(
            base_url=f"{self.url}/tmf-api/troubleTicket/v5",
            headers={"Authorization": f"Bearer {PARTNER_TOKEN}"},
            transport=AskedAgain(),
            timeout=PATIENCE,
        )
