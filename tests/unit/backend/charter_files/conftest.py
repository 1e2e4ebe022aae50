"""A copy of jiangxi's charter, and a field of it changed."""

import shutil

import pytest
import yaml

from tests.unit.backend.charter_files.support import CHARTERS


@pytest.fixture
def root(tmp_path):
    shutil.copytree(CHARTERS / "jiangxi", tmp_path / "jiangxi")
    return tmp_path


@pytest.fixture
def change(root):
    def change(file, at, value=None, *, remove=False):
        path = root / "jiangxi" / file
        content = yaml.safe_load(path.read_text("utf-8"))
        *parents, field = at
        entry = content
        for key in parents:
            entry = entry[key]
        if remove:
            del entry[field]
        else:
            entry[field] = value
        path.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")

    return change
