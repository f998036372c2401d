"""Fixtures that more than one test folder needs."""

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of labelled stories and real pages that lies beside the project, or a skip."""
    folder = Path(os.environ.get("ODJEK_SHARED", REPOSITORY.parent / "shared"))
    if not (folder / "gold").is_dir():
        pytest.skip(f"no labelled stories in {folder}; set ODJEK_SHARED to their folder")
    return folder
