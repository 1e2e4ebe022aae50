"""An operator of your own is a copied folder; a charter changed tomorrow does not move yesterday's promises."""

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml

from backend.calendars import state_council_calendar
from backend.charter_book import CharterBook
from backend.charters import FILES
from backend.client import Receipt
from backend.domain.vocabulary import Mark, PromiseKind, TicketType
from backend.usecases import tickets as usecases
from backend.usecases.filing import Terms
from tests.factories import at
from tests.integration.backend.support import ROOT, a_report, stored

FRIDAY, SUNDAY = at("2026-11-20 16:00"), at("2026-11-22 16:00")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "charters" / "zhangjiagang", tmp_path / "mycity")
    _edit(tmp_path / "mycity/operator.yml", id="mycity", name="我市广电", version=date(2026, 11, 1))
    return tmp_path


def _edit(path: Path, **changes: object) -> None:
    content = yaml.safe_load(path.read_text("utf-8")) | changes
    path.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")


def _repair_within(folder: Path, limit: str) -> None:
    path = folder / "commitments.yml"
    commitments = yaml.safe_load(path.read_text("utf-8"))["commitments"]
    commitments["repair"]["within"] = limit
    _edit(path, commitments=commitments)


def _publish(folder: Path, *, version: date) -> None:
    """As docs/operations.md says: what is in force moves to versions/, the folder becomes the new version."""
    former = folder / "versions" / yaml.safe_load((folder / "operator.yml").read_text("utf-8"))["version"].isoformat()
    former.mkdir(parents=True)
    for name in FILES:
        shutil.copy(folder / name, former / name)
    _edit(folder / "operator.yml", version=version)


@pytest.fixture
def filed_under(root: Path, store, accounts) -> Callable[..., Receipt]:  # type: ignore[no-untyped-def]
    def file(accepted_at: datetime, *, matter: str) -> Receipt:
        book = CharterBook(operator="mycity", root=root)
        report = a_report(
            matter_id=matter,
            contact_phone=f"+861380791000{matter[-1]}",
            address="张家港市杨舍镇人民中路66号",
            accepted_at=accepted_at,
        )
        terms = Terms(charter=book.on(accepted_at.date()), calendar=state_council_calendar())
        return usecases.accept(report=report, terms=terms, store=store, accounts=accounts, now=accepted_at)

    return file


def test_a_matter_is_filed_under_an_operator_that_is_a_copied_folder_with_a_limit_of_its_own(root, filed_under):
    """R1.1 [C]: the limit that zhangjiagang leaves empty, this operator has set, and it is marked as its own."""
    _repair_within(root / "mycity", "12 hours")
    receipt = filed_under(FRIDAY, matter="matter-1")
    told = {promise.kind: promise for promise in receipt.promises}
    assert told[PromiseKind.DISPATCH].due == datetime(2026, 11, 20, 8, 3, tzinfo=UTC)
    assert told[PromiseKind.SETTLE].due == datetime(2026, 11, 20, 20, 0, tzinfo=UTC)
    assert told[PromiseKind.SETTLE].mark is Mark.CONFIGURED
    assert receipt.owner.job_number == "4011"


def test_the_copied_folder_alone_promises_what_its_files_say(root, filed_under):
    receipt = filed_under(FRIDAY, matter="matter-1")
    told = {promise.kind: promise for promise in receipt.promises}
    assert (told[PromiseKind.SETTLE].due, told[PromiseKind.SETTLE].reason) == (None, "公司没有公布故障修复的办结时限")


def test_a_charter_changed_tomorrow_does_not_move_yesterdays_promises(root, filed_under, store):
    """R1.20: what was told stands, and a report kept from before the change is promised as it was told."""
    _repair_within(root / "mycity", "12 hours")
    yesterday = filed_under(FRIDAY, matter="matter-1")
    _publish(root / "mycity", version=date(2026, 11, 21))
    _repair_within(root / "mycity", "48 hours")
    kept, today = filed_under(FRIDAY, matter="matter-2"), filed_under(SUNDAY, matter="matter-3")

    filed = {receipt: stored(store, receipt) for receipt in (yesterday, kept, today)}
    assert [each.charter_version for each in filed.values()] == ["2026-11-01", "2026-11-01", "2026-11-21"]
    settle = [
        next(told.limit.text for told in each.ticket.promises if told.kind is PromiseKind.SETTLE)
        for each in filed.values()
    ]
    assert settle == ["12 小时", "12 小时", "48 小时"]
    assert filed[yesterday].ticket.ticket_type is TicketType.FAULT
    assert filed[yesterday].ticket.promises == filed[kept].ticket.promises
