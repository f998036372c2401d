"""Fixtures of whole crawls."""

from pathlib import Path

import pytest

from tests.pipelines.house import House


@pytest.fixture
def house(tmp_path: Path) -> House:
    (tmp_path / "outlets").mkdir()
    return House(tmp_path / "outlets", tmp_path / "data")
