"""Due work, done at a moment of the test's choosing; and what went into the outbox."""

from datetime import datetime, timedelta

from sqlalchemy import Engine, select

from backend.ports import Medium
from backend.store.accounts import TableAccounts
from backend.store.repository import SqlStore
from backend.store.tables import outbox
from backend.usecases.filing import Terms
from backend.work.due import Means, do
from backend.work.handlers import HANDLERS


def work_off(store: SqlStore, terms: Terms, *, now: datetime, public_url: str | None = None) -> list[str]:
    """Everything that is due, what comes of it included; the tasks done, in their order."""
    done: list[str] = []
    means = Means(terms_at=lambda _at: terms, accounts=TableAccounts(store), public_url=public_url)
    while True:
        with store.writing() as tickets:
            until = now + timedelta(minutes=1)
            claims = tickets.agenda.claim(now=now, until=until, by="test", limit=100, lanes=False)
        if not claims:
            return done
        for claim in claims:
            assert do(claim, handlers=HANDLERS, store=store, means=means, now=now)
            done.append(claim.task.value)


def sent(engine: Engine, medium: Medium) -> list[tuple[str, str]]:
    """Recipient and text of each message, in no order."""
    with engine.connect() as connection:
        rows = connection.execute(select(outbox).where(outbox.c.medium == medium))
        return [(row.recipient, row.body["text"]) for row in rows]
