"""`make test`: the tests of both environments; both run whatever happens to one, and both counts are told.

It is also the plugin (`-p scripts.tests`) that tells the engine's count before the closing line of pytest.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from scripts import web
from scripts.services import ROOT

if TYPE_CHECKING:
    from _pytest.terminal import TerminalReporter

ENGINE_PYTHON: Final = str(ROOT / ".venv-rasa/bin/python")
ENGINE_PART: Final = (ENGINE_PYTHON, "-m", "pytest", "-c", "tests/engine/pytest.ini", "tests/engine", "tests/nlu")
DOMAIN_COVERED: Final = ("--cov=backend.domain", "--cov-branch", "--cov-fail-under=100", "--cov-report=")
SHARED_OUT: Final = ("-n", "auto", "--dist", "loadfile")  # a process a core; what a module starts, it starts once
MAIN_PART: Final = (sys.executable, "-m", "pytest", "-p", "scripts.tests", *SHARED_OUT, *DOMAIN_COVERED)
TOLD: Final = "SHOUWEN_ENGINE_PART"


def pytest_terminal_summary(terminalreporter: "TerminalReporter") -> None:
    if told := os.environ.get(TOLD):
        terminalreporter.write_sep("=", f"engine part (.venv-rasa): {told}")


def _echoed(command: Sequence[str]) -> tuple[int, str]:
    """Runs it in sight; returns its code and its last line."""
    last = "it said nothing"
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as running:
        for line in running.stdout or ():
            print(line, end="", flush=True)
            last = line.strip(" =\n") or last
        return running.wait(), last


def main() -> int:
    web.build()
    training = subprocess.run((ENGINE_PYTHON, "scripts/train.py"), cwd=ROOT, check=False)
    print("The engine's part (.venv-rasa):", flush=True)
    engine_failed, told = _echoed(ENGINE_PART)
    print("\nThe main part (.venv):", flush=True)
    main_part = subprocess.run(MAIN_PART, cwd=ROOT, env=os.environ | {TOLD: told}, check=False)
    return 1 if training.returncode or engine_failed or main_part.returncode else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
