"""`make bench-backend`: what a filing costs beside bare inserts, and a scan for due work among a million promises."""

import argparse
import sys

from scripts.bench.backend import filing, scan
from scripts.bench.backend.databases import KINDS, fresh
from scripts.bench.measures import Figure
from scripts.postgresql import NotInstalled

HALF = 0.5  # of the bare inserts' rate
GROWS = 1.5  # times what the scan may cost with many closed ones: the noise of so short a thing


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--filings", type=int, default=1000)
    options.add_argument("--repeat", type=int, default=3, help="the best of so many repetitions counts")
    options.add_argument("--open", type=int, default=1_000_000, help="promises that are watched")
    options.add_argument("--due", type=int, default=100, help="of them are due now")
    chosen = options.parse_args()
    figures: list[Figure] = []
    try:
        for kind in KINDS:
            with fresh(kind) as engine:
                figures += _filings(kind, filing.measure(engine, filings=chosen.filings, repeat=chosen.repeat))
                closed = (chosen.open // 1000, chosen.open)
                figures += _scans(
                    kind, scan.measure(engine, open_ones=chosen.open, due=chosen.due, closed=closed), chosen.open
                )
    except NotInstalled as missing:
        print(missing, file=sys.stderr)
        return 1
    print("\nWhat was asked:")
    for figure in figures:
        print(figure)
    return 0 if all(figure.kept for figure in figures) else 1


def _filings(kind: str, measured: filing.Measured) -> list[Figure]:
    print(f"\n{kind}, one after the other, each its own transaction:")
    for name, load in (("filings", measured.filing), ("bare inserts", measured.bare)):
        print(f"  {name:13s} {load.rate:7.0f} a second   p50 {load.p50:6.2f} ms   p95 {load.p95:6.2f} ms")
    print(f"  {measured.rows:.1f} rows each; filing reaches {measured.ratio:.2f} of the bare inserts' rate")
    return [
        Figure(what=f"{kind}: filings beside bare inserts", value=measured.ratio, limit=HALF, unit="×", at_least=True)
    ]


def _scans(kind: str, scans: "list[scan.Scan]", open_ones: int) -> list[Figure]:
    print(f"\n{kind}, the scan for due work, {open_ones:,} promises open:")
    for each in scans:
        print(f"  {each.closed:9,} closed  {each.milliseconds:6.2f} ms")
    print("  " + "\n  ".join(scans[-1].plan))
    few, many = scans[0].milliseconds, scans[-1].milliseconds
    what = f"{kind}: the scan with {scans[-1].closed:,} closed beside {scans[0].closed:,}"
    return [Figure(what=what, value=many / few, limit=GROWS, unit="×")]


if __name__ == "__main__":
    sys.exit(main())
