"""Outlets' files as text: what a new one looks like, the day of a check, and the test case beside it."""

from datetime import date
from pathlib import Path

import pytest

from spiders.errors import InputError, RegistryError
from spiders.outlet_file import Case, Value, cases_text, faults, read_cases, toml, with_verified_on, write_new
from spiders.registry import load_outlet, load_outlets

NEW = [
    Value("name", 'Novine "Č"', "as the front page calls itself"),
    Value("role", "local", "given"),
    Value("country", "RS", "given"),
    Value("hosts", ["novine.example", "lat.novine.example"], "it answers under this name"),
    Value("id_pattern", r"/(\d{4,})-[^/]+/?$", "another number in each of 16 addresses"),
    Value("note", r"a\d 'and' more", "both quotes and a backslash"),
    Value("expected_per_day", 4.5, "16 articles in 4 days"),
    Value("allow_loopback", True, "x" * 90),
]
FILE = """name = "Novine"
role = "local"
country = "RS"
hosts = ["novine.example"]
id_pattern = '/(\\d{4,})-'
"""


def test_a_new_file_can_be_read_back(tmp_path: Path) -> None:
    path = write_new(tmp_path / "my-outlets", "novine", toml(NEW, ["Found\ntoday.\x7f"], ["not found out: owner"]))
    lines = path.read_text("utf-8").splitlines()
    assert (lines[0], lines[-1]) == ("# Found today. ", "# not found out: owner")
    assert lines[2] == 'role = "local"  # given'
    assert lines[-3:-1] == [f"# {'x' * 90}:", "allow_loopback = true"]
    outlet = load_outlet(path)
    assert {given.field: getattr(outlet, given.field) for given in NEW} == {
        given.field: tuple(given.value) if isinstance(given.value, list) else given.value for given in NEW
    }


def test_no_file_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "novine.toml").write_text("mine", "utf-8")
    (tmp_path / "vesti.cases.csv").write_text("mine", "utf-8")
    for name in ("novine", "vesti"):
        with pytest.raises(InputError, match=rf"{name}\.\S+ is there already; --name"):
            write_new(tmp_path, name, "")
    assert (tmp_path / "novine.toml").read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('name = "K"\nverified_on = "never"\n', 'name = "K"\nverified_on = 2026-03-04\n'),
        ("verified_on=2025-01-31 # read\n# end\n", "verified_on = 2026-03-04 # read\n# end\n"),
        ('# verified_on = "never"\nname = "K"', '# verified_on = "never"\nname = "K"\nverified_on = 2026-03-04\n'),
        ('name = "K"\n\n', 'name = "K"\nverified_on = 2026-03-04\n'),
    ],
)
def test_the_day_of_a_check_is_all_that_changes(before: str, after: str) -> None:
    assert with_verified_on(before, date(2026, 3, 4)) == after
    assert with_verified_on(after, date(2026, 3, 4)) == after


def test_cases_are_read_as_they_were_written(tmp_path: Path) -> None:
    cases = [
        Case("https://novine.example/a,b?c=1", "article", "/a,b?c=1"),
        Case("https://novine.example/", "other", ""),
    ]
    path = tmp_path / "novine.cases.csv"
    path.write_text(cases_text(cases), "utf-8")
    assert read_cases(path) == cases


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "line 1: the columns are url,expected,key"),
        ("url;expected;key\n", "line 1: the columns are"),
        ("url,expected,key\nhttps://a.example/,list,\n", "line 2: expected is article or other"),
        ("url,expected,key\nhttps://a.example/,other,\nhttps://a.example/,other\n", "line 3: "),
        ("url,expected,key\nhttps://a.example/,other,,x\n", "line 2: "),
    ],
)
def test_cases_that_cannot_be_read_are_refused(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "novine.cases.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(RegistryError, match=reason):
        read_cases(path)


def test_a_case_that_is_not_met_says_what_came_out(tmp_path: Path) -> None:
    (tmp_path / "novine.toml").write_text(FILE, "utf-8")
    (tmp_path / "novine.cases.csv").write_text(
        "url,expected,key\n"
        "https://novine.example/svet/12345-most,article,id:12345\n"
        "https://novine.example/svet/12345-most,article,id:54321\n"
        "https://novine.example/svet/12345-most,other,\n"
        "https://novine.example/svet/,article,\n"
        "https://tudje.example/svet/12345-most,other,\n"
        "https://tudje.example/svet/12345-most,article,\n",
        "utf-8",
    )
    (tmp_path / "nicije.cases.csv").write_text("url,expected,key\n", "utf-8")
    where = f"{tmp_path / 'novine.cases.csv'}: https://"
    assert list(faults(tmp_path, load_outlets(tmp_path))) == [
        f"{tmp_path / 'nicije.cases.csv'}: no outlet of this name has a file beside it",
        f'{where}novine.example/svet/12345-most: its key is "id:12345", expected "id:54321"',
        f"{where}novine.example/svet/12345-most: an article by its form, expected other",
        f"{where}novine.example/svet/: no article by its form, expected article",
        f"{where}tudje.example/svet/12345-most: no article by its form, expected article",
    ]
