"""How an engine starts, refuses to start, and stops."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.engine.conftest import Actions, Engine, free_port


def test_without_a_token_it_says_so(engine: Engine) -> None:
    code, said = engine.refusal(SHOUWEN_ENGINE_TOKEN="")
    assert code == 1
    assert said.startswith("SHOUWEN_ENGINE_TOKEN is not set")
    assert "\n" not in said


def test_a_port_in_use_is_one_clear_line(engine: Engine) -> None:
    assert engine.refusal() == (1, f"Port {engine.port} is in use: another engine may be running.")


def test_a_second_engine_on_the_same_file_refuses(engine: Engine) -> None:
    code, said = engine.refusal(SHOUWEN_ENGINE_URL=f"http://127.0.0.1:{free_port()}")
    assert (code, said) == (1, f"{engine.tracker} belongs to a running engine.")


def test_without_a_model_it_says_what_to_do(tmp_path: Path, actions: Actions) -> None:
    assert Engine(tmp_path, actions.url).refusal() == (1, "There is no model in models/: run `make train`.")


def test_a_model_that_cannot_be_loaded_ends_it_with_what_to_do(
    tiny_project: Path, actions: Actions, tmp_path: Path
) -> None:
    folder = tmp_path / "project"
    shutil.copytree(tiny_project, folder, ignore=shutil.ignore_patterns("var", "engine.log"), symlinks=True)
    for model in (folder / "models").glob("*.tar.gz"):
        model.unlink()
        model.write_bytes(b"no model")
    code, said = Engine(folder, actions.url).refusal()
    assert code == 1
    assert said.splitlines()[-1].endswith("run `make train`.")


def test_it_stops_cleanly_when_told_to(tiny_project: Path, actions: Actions, tmp_path: Path) -> None:
    folder = tmp_path / "project"
    shutil.copytree(tiny_project, folder, ignore=shutil.ignore_patterns("var", "engine.log"), symlinks=True)
    stopping = Engine(folder, actions.url)
    stopping.start()
    assert stopping.stop() == 0
    assert "Traceback" not in stopping.log
    assert '"level": "error"' not in stopping.log
