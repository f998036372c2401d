from pathlib import Path

import pytest

from reports import publish
from spiders.errors import InputError

INDEX = f'<meta name="generator" content="{publish.GENERATOR}">'


def write(target: Path, words: str) -> None:
    with publish.replacing(target) as folder:
        (folder / "index.html").write_text(INDEX + words)


def test_a_new_report_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "data" / "report"
    write(target, "old")
    (target / "gone.html").write_text("")
    write(target, "new")
    assert [path.name for path in target.iterdir()] == ["index.html"]
    assert (target / "index.html").read_text() == INDEX + "new"
    assert [path.name for path in target.parent.iterdir()] == ["report"]


def test_it_does_so_where_folders_cannot_be_exchanged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish, "_exchange", lambda one, other: False)
    test_a_new_report_takes_the_place_of_the_old_one(tmp_path)


def test_a_reader_never_sees_half_a_report(tmp_path: Path) -> None:
    target = tmp_path / "report"
    write(target, "old")
    with publish.replacing(target) as folder:
        (folder / "index.html").write_text("half")
        assert (target / "index.html").read_text() == INDEX + "old"


def test_a_failed_build_leaves_the_old_report_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "report"
    write(target, "old")
    with pytest.raises(RuntimeError, match="broken"), publish.replacing(target):
        raise RuntimeError("broken")
    assert (target / "index.html").read_text() == INDEX + "old"
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_what_a_killed_build_left_is_removed(tmp_path: Path) -> None:
    (tmp_path / ".report.building").mkdir()
    (tmp_path / ".report.building" / "half.html").write_text("")
    write(tmp_path / "report", "new")
    assert [path.name for path in tmp_path.iterdir()] == ["report"]
    assert not (tmp_path / "report" / "half.html").exists()


def test_an_open_file_of_the_old_report_can_still_be_read(tmp_path: Path) -> None:
    target = tmp_path / "report"
    write(target, "old")
    with (target / "index.html").open() as reader:
        write(target, "new")
        assert reader.read() == INDEX + "old"


def test_a_folder_that_is_no_report_is_never_replaced(tmp_path: Path) -> None:
    target = tmp_path / "home"
    target.mkdir()
    (target / "thesis.txt").write_text("years of work")
    with pytest.raises(InputError, match="something else than a report"):
        write(target, "new")
    assert (target / "thesis.txt").read_text() == "years of work"


def test_a_file_in_the_place_of_the_report_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "report"
    target.write_text("mine")
    with pytest.raises(InputError, match="not a folder"):
        write(target, "new")
    assert target.read_text() == "mine"
