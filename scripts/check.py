"""`make check`: every check runs, also after one that failed; quiet where all is well."""

import subprocess
import sys
import time
from typing import Final

from scripts.services import ROOT

PYTHON: Final = (sys.executable, "-m")
CHECKS: Final = (
    ("format", (*PYTHON, "ruff", "format", "--check", "--quiet", "--output-format=concise", ".")),
    ("lint", (*PYTHON, "ruff", "check", "--quiet", "--output-format=concise", ".")),
    ("types", (*PYTHON, "mypy", "--no-error-summary")),
    ("arrows", (str(ROOT / ".venv/bin/lint-imports"), "--no-logo")),
    ("pages", (*PYTHON, "scripts.web", "check")),
)


def main() -> int:
    failed = []
    for name, command in CHECKS:
        began = time.monotonic()
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        well = result.returncode == 0
        print(f"{name:7} {'ok' if well else 'FAILED'} ({time.monotonic() - began:.1f} s)", flush=True)
        if not well:
            failed.append(name)
            print((result.stdout + result.stderr).strip(), flush=True)
    if failed:
        print(f"Not in order: {', '.join(failed)} (`.venv/bin/ruff format .` and `ruff check --fix .` mend much).")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
