"""When a model is trained, and when not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.engine.conftest import ROOT


@pytest.fixture
def project(tiny_project: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    shutil.copytree(tiny_project, folder, ignore=shutil.ignore_patterns("var", "engine.log"), symlinks=True)
    return folder


def train(folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "train.py"), "--root", str(folder)],
        capture_output=True,
        text=True,
        env={**os.environ, "SHOUWEN_VAR": str(folder / "var")},
    )
    return f"{done.returncode} {done.stderr.strip()}"


def test_nothing_changed_trains_nothing(project: Path) -> None:
    assert train(project).startswith("0 The model is up to date")


def test_changed_rules_train_anew_and_only_the_newest_model_stays(project: Path) -> None:
    before = {path.name for path in (project / "models").glob("*.tar.gz")}
    rules = project / "data" / "rules" / "all.yml"
    rules.write_text(rules.read_text(encoding="utf-8").replace("问价", "问资费"), encoding="utf-8")
    assert "Trained shouwen-" in train(project)
    after = {path.name for path in (project / "models").glob("*.tar.gz")}
    assert len(after) == 1
    assert not after & before


def test_a_broken_domain_is_one_clear_line(project: Path) -> None:
    (project / "domain.yml").write_text("intents: [greet\n", encoding="utf-8")
    said = train(project)
    assert said.startswith("1 ")
    assert "cannot be trained" in said
    assert "Traceback" not in said


def test_the_model_is_packed_quickly(tiny_project: Path) -> None:
    [model] = (tiny_project / "models").glob("*.tar.gz")
    assert model.read_bytes()[8] == 4  # RFC 1952: XFL, the fastest compression
