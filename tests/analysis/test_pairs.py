"""The file of labelled pairs: what is read, what is refused and how that is said."""

from pathlib import Path

import pytest

from analysis.pairs import read_pairs
from spiders.errors import InputError

HEAD = "story,local_url,state_url,also_state_urls,verdict,accept,form,credited,via_url,kind\n"
SHORT = "local_url,state_url,verdict\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("story,local_url\n", "the column state_url is missing"),
        (HEAD + "s,,https://b.example/1,,quote,,,,,\n", "line 2: local_url is empty"),
        (HEAD + "s,https://a.example/1,https://b.example/1,,,,,,,\n", "line 2: verdict is empty"),
        (HEAD + "s,https://a.example/1,https://b.example/1,,da,,,,,\n", "line 2: 'da' is no verdict; there are amplif"),
        (HEAD + "s,https://a.example/1,https://b.example/1,,quote,qoute,,,,\n", "line 2: 'qoute' is no verdict"),
        (HEAD + "s,https://a.example/1,https://b.example/1,,quote,,,da,,\n", "line 2: credited is 'da'; write yes, no"),
        (
            HEAD + "s,https://a.example/1,https://b.example/1,,quote,,copy,,,\n",
            "line 2: 'copy' is no form; there are verb",
        ),
        ("", "the column local_url is missing"),
        (HEAD, "holds no pair"),
        ("sep=;\n" + HEAD.replace(",", ";") + ";;;;;;;;;\n", "holds no pair"),
        ("sep=;\n\n;;\nlocal_url;state_url;verdict\n\n;;\na;b;da\n", "line 7: 'da' is no verdict"),
        (
            SHORT
            + "https://a.example/1,https://b.example/1,quote\nhttps://a.example/2,https://b.example/1,quote\n"
            + "http://A.example/1/,https://b.example/1,critical\n",
            r"lines 2 and 4: .* \(quote; critical\)",
        ),
        (
            HEAD + "s,a,b,,quote,,,,,\ns,a,b,,quote,unrelated,,,,\n",
            r"lines 2 and 3: .* \(quote; quote, accept unrelated\)",
        ),
    ],
)
def test_bad_pairs_name_file_line_and_column(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message) as error:
        read_pairs(path)
    assert str(path) in str(error.value)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_pairs_of_a_spreadsheet_are_read(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "pairs.csv"
    lines = ["local_url,state_url,verdict,credited", "https://a.example/1,https://b.example/1,quote,TRUE"]
    path.write_text("\r\n".join(lines).replace(",", separator), encoding="utf-8-sig")
    (pair,) = read_pairs(path)
    assert (pair.local_url, pair.verdict, pair.is_credited) == ("https://a.example/1", "quote", True)


@pytest.mark.parametrize(
    "text",
    [
        "Local_URL,STATE_URL, Verdict\na,b,quote\n",
        "sep=;\r\nlocal_url;state_url;verdict\r\na;b;quote\r\n;;\r\n",
        '"sep=,"\nlocal_url,state_url,verdict\na,b,quote\n',
        "sep=|\nlocal_url|state_url|verdict\na|b|quote\n",
        ",,,\nlocal_url,state_url,verdict,\n,,,\n\na,b,quote,\n , ,,\n",
        "local_url,state_url,verdict,story\na,b,quote,first\na,b,quote,again\n",  # the same line twice
    ],
)
def test_what_a_spreadsheet_leaves_in_a_file_does_no_harm(tmp_path: Path, text: str) -> None:
    path = tmp_path / "pairs.csv"
    path.write_bytes(text.encode())
    assert [(pair.local_url, pair.state_urls, pair.verdict) for pair in read_pairs(path)] == [("a", ("b",), "quote")]


def test_pairs_in_another_encoding_say_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_bytes("local_url,state_url,verdict,kind\na,b,quote,čitano\n".encode("cp1250"))
    with pytest.raises(InputError, match="not UTF-8; save it as"):
        read_pairs(path)


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.csv cannot be read"):
        read_pairs(tmp_path / "none.csv")
