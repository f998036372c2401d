"""The report of the hand-written newsroom, built once for all tests of this folder."""

from pathlib import Path

import pytest

from reports.site import build
from tests.reports import sample


@pytest.fixture(scope="session")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample.full(tmp_path_factory.mktemp("snapshot") / "odjek.duckdb")


@pytest.fixture(scope="session")
def report(snapshot: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built report."""
    return build(snapshot, tmp_path_factory.mktemp("data") / "report").parent
