"""A charter as it is read: which version, which digest, which prices and placeholders."""

import shutil
from datetime import date

from backend.charters import FILES, load_charter, samples
from backend.domain.charter import Fee
from tests.unit.backend.charter_files.support import CHARTERS


def test_a_promise_finds_the_version_that_was_in_force(root, change):
    former = root / "jiangxi" / "versions" / "2025-01-01"
    former.mkdir(parents=True)
    for name in FILES:
        shutil.copy(root / "jiangxi" / name, former / name)
    path = former / "operator.yml"
    path.write_text(path.read_text("utf-8").replace("version: 2026-11-01", "version: 2025-01-01"), "utf-8")
    on = {day: load_charter(operator="jiangxi", root=root, on=date.fromisoformat(day)).version for day in (
        "2024-12-31", "2025-01-01", "2026-10-31", "2026-11-01", "2027-05-01"
    )}  # fmt: skip
    assert list(on.values()) == ["2025-01-01", "2025-01-01", "2025-01-01", "2026-11-01", "2026-11-01"]
    assert load_charter(operator="jiangxi", root=root).version == "2026-11-01"


def test_the_digest_changes_with_any_file(root, change):
    before = load_charter(operator="jiangxi", root=root).digest
    change("wording.yml", ("greeting",), "您好")
    assert load_charter(operator="jiangxi", root=root).digest != before


def test_every_price_says_where_and_when_it_was_published():
    charter = load_charter(operator="jiangxi", root=CHARTERS)
    priced = [fee for fee in charter.fees if fee.price is not None and not fee.sample]
    assert {fee.source for fee in priced} == {"南昌有线网站"}
    assert {fee.as_of for fee in priced} == {"2016-10"}
    assert text_of(charter.fees, "viewing") == "主终端 24 元/月"
    assert "没有公示" in text_of(charter.fees, "concession")


def text_of(fees: tuple[Fee, ...], key: str) -> str:
    return next(fee.text for fee in fees if fee.key == key)


def test_placeholders_are_listed_by_file():
    listed = samples(load_charter(operator="jiangxi", root=CHARTERS))
    assert "staff.yml: 1024" in listed
    assert "operator.yml: supervision_phone" in listed
    assert not any("viewing" in entry for entry in listed)
