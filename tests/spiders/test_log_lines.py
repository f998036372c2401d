"""Lines of the log: what stands in them, and what must not."""

import json
import logging
import sys
from typing import Any

import pytest
from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.utils.log import logformatter_adapter

from spiders.crawl_log import CrawlLog
from spiders.log_lines import JsonLines, TextLines, without_secrets
from spiders.refusal import Refusal


def record(message: str, *arguments: Any, **extra: Any) -> logging.LogRecord:
    made = logging.getLogger("odjek.test").makeRecord("odjek.test", logging.WARNING, "f", 1, message, arguments, None)
    made.created = 1772586000.25
    vars(made).update(extra)
    return made


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("proxy http://ana:tajna@proxy.example:3128 refused", "proxy http://***@proxy.example:3128 refused"),
        ("socks5://token@proxy.example", "socks5://***@proxy.example"),
        ("http://ana:ta@jna@proxy.example/x", "http://***@jna@proxy.example/x"),
        ("{'Proxy-Authorization': [b'Basic YW5hOnRham5h']}", "{'Proxy-Authorization': [b'Basic ***']}"),
        ("Authorization: Bearer abc.def-1", "Authorization: Bearer ***"),
        ("https://t.me/s/@kanal and https://a.example/?mail=a@b.example", None),
        ("pišite na redakcija@vesti.example", None),
    ],
)
def test_no_password_is_written(text: str, written: str | None) -> None:
    expected = text if written is None else written
    assert without_secrets(text) == expected
    assert TextLines().format(record("%s", text)).endswith(expected)
    assert json.loads(JsonLines().format(record("%s", text, url=text)))["url"] == expected


def test_text_is_in_utc() -> None:
    assert TextLines().format(record("Most %d", 3)) == "2026-03-04T01:00:00Z WARNING [odjek.test] Most 3"


REFUSAL = Refusal("skela", "http://skela.example/1", "blocked", "status 403")


@pytest.mark.parametrize(
    ("made", "fields"),
    [
        (record("Šta\nje"), {"message": "Šta\nje"}),
        (record("stored", outlet="skela", url="http://a.example"), {"outlet": "skela", "url": "http://a.example"}),
        (
            record("Retrying %(request)s: %(reason)s", {"request": Request("http://a.example", meta={"outlet": "skela"}), "reason": "timeout"}),
            {"outlet": "skela", "url": "http://a.example", "reason": "timeout"},
        ),
        (record("a %s", "b"), {"message": "a b"}),
    ],
)  # fmt: skip
def test_json_is_one_object_a_line(made: logging.LogRecord, fields: dict[str, str]) -> None:
    line = JsonLines().format(made)
    assert "\n" not in line
    found = json.loads(line)
    assert found["time"] == "2026-03-04T01:00:00.250+00:00"
    assert (found["level"], found["logger"]) == ("WARNING", "odjek.test")
    assert fields.items() <= found.items()
    assert None not in found.values()
    assert "None" not in found.values()


def test_what_follows_the_beginning_of_a_run_is_of_that_run() -> None:
    formatter = JsonLines()
    lines = [record("before"), record("run begins", run_id="r1"), record("after"), record("next", run_id="r2")]
    assert [json.loads(formatter.format(line)).get("run_id") for line in lines] == [None, "r1", "r1", "r2"]


def test_a_traceback_stays_on_its_line() -> None:
    made = record("crashed")
    try:
        raise KeyError("http://ana:tajna@proxy.example")
    except KeyError:
        made.exc_info = sys.exc_info()
    found = json.loads(JsonLines().format(made))
    assert "Traceback" in found["exception"]
    assert "tajna" not in found["exception"]


def test_a_refusal_is_logged_with_outlet_address_and_reason() -> None:
    shown = CrawlLog().scraped(REFUSAL, Response("http://skela.example/1"), Spider("outlet"))
    level, message, arguments = logformatter_adapter(shown)
    assert level == logging.INFO
    found = json.loads(JsonLines().format(record(message, arguments)))
    about = {"outlet": "skela", "url": "http://skela.example/1", "reason": "blocked"}
    assert about.items() <= found.items()
    assert found["message"] == "skela: blocked: status 403 (http://skela.example/1)"


def test_what_is_stored_is_no_line_of_the_night() -> None:
    assert CrawlLog().scraped({"a": 1}, None, Spider("outlet"))["level"] == logging.DEBUG
