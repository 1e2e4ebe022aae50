"""Trains the model when its inputs changed: `.venv-rasa/bin/python scripts/train.py [--force]`.

Keeps only the newest model. Nothing changed: leaves at once, without importing Rasa.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import json
import logging
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STAMP = "inputs.json"


def inputs(root: Path) -> Iterator[Path]:
    """What a model depends on: what it is told, and the code that reads it."""
    for name in ("config.yml", "domain.yml", "engine/training.py", "requirements/engine.txt"):
        if (root / name).exists():
            yield root / name
    for folder, pattern in (("data", "*.yml"), ("engine/nlu", "*.py")):
        yield from sorted((root / folder).rglob(pattern))


def fingerprint(root: Path) -> str:
    told = hashlib.sha256()
    for path in inputs(root):
        told.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return told.hexdigest()


def current_model(root: Path) -> Path | None:
    """The model that belongs to today's inputs, if there is one."""
    stamp = root / "models" / STAMP
    if not stamp.exists():
        return None
    known = json.loads(stamp.read_text(encoding="utf-8"))
    model: Path = root / "models" / known["model"]
    return model if known["inputs"] == fingerprint(root) and model.exists() else None


def train(root: Path) -> Path:
    """Trains and files the model; raises SystemExit with one line when Rasa refuses the inputs."""
    _quiet(root)
    print("Training the model: loading Rasa …", file=sys.stderr, flush=True)
    began, made_from = time.monotonic(), fingerprint(root)
    os.chdir(root)
    from rasa.shared.exceptions import RasaException

    from engine.training import train as trained

    model = root / "models" / f"shouwen-{made_from[:12]}.tar.gz"
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said):
            trained(model)
    except RasaException as refused:
        raise SystemExit(f"The model cannot be trained: {refused} {said.getvalue()}".strip()) from refused
    for older in (root / "models").glob("*.tar.gz"):
        if older.name != model.name:
            older.unlink()
    seconds = round(time.monotonic() - began)
    stamp = json.dumps({"model": model.name, "inputs": made_from, "seconds": seconds}, indent=1)
    (root / "models" / STAMP).write_text(stamp + "\n", encoding="utf-8")
    print(f"Trained {model.name} in {seconds} s.", file=sys.stderr)
    return model


def _quiet(root: Path) -> None:
    sys.path.insert(0, str(root))
    from engine.light import leave_out
    from engine.quiet import quieten

    quieten()
    leave_out()
    # Rasa's cache does not see the modules behind a component: a changed rule would be left out of the model.
    # LOG_LEVEL also hides the progress bars of single policies; the steps that take time are shown by the classifier.
    os.environ.update(RASA_MAX_CACHE_SIZE="0", LOG_LEVEL="WARNING")
    import structlog

    logging.basicConfig(level=logging.WARNING)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--force", action="store_true", help="train although nothing changed")
    options.add_argument("--root", type=Path, default=ROOT, help="another project folder (tests)")
    chosen = options.parse_args()
    root = chosen.root.resolve()
    (root / "models").mkdir(exist_ok=True)
    model = None if chosen.force else current_model(root)
    if model:
        print(f"The model is up to date: {model.name}.", file=sys.stderr)
        return 0
    train(root)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
