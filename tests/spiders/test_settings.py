"""The settings a crawl stands on: polite, without side doors, documented."""

import importlib

import pytest
from scrapy.settings import Settings
from scrapy.utils.misc import load_object

from tests.spiders.conftest import REPOSITORY


@pytest.fixture
def settings() -> Settings:
    found = Settings()
    found.setmodule("spiders.settings", priority="project")
    return found


def test_every_setting_of_odjek_is_documented() -> None:
    page = (REPOSITORY / "docs" / "crawling.md").read_text(encoding="utf-8")
    names = [name for name in vars(importlib.import_module("spiders.settings")) if name.startswith("ODJEK_")]
    assert names
    assert [name for name in names if f"| `{name}` |" not in page] == []


def test_no_setting_is_unknown_to_scrapy(settings: Settings) -> None:
    known = vars(importlib.import_module("scrapy.settings.default_settings"))
    ours = [name for name in vars(importlib.import_module("spiders.settings")) if name.isupper()]
    assert [name for name in ours if name not in known and not name.startswith("ODJEK_")] == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ROBOTSTXT_OBEY", True),
        ("AUTOTHROTTLE_ENABLED", True),
        ("CONCURRENT_REQUESTS_PER_DOMAIN", 1),
        ("COOKIES_ENABLED", False),
        ("TELNETCONSOLE_ENABLED", False),
        ("REMOTE_CONTROL_ENABLED", False),
    ],
)
def test_politeness_is_the_default(settings: Settings, name: str, value: object) -> None:
    assert settings[name] == value


@pytest.mark.parametrize("kind", ["DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES", "ITEM_PIPELINES"])
def test_every_component_exists(settings: Settings, kind: str) -> None:
    assert all(load_object(path) for path in settings.getdict(kind))


def test_the_contact_is_part_of_the_user_agent() -> None:
    from spiders.outlet import OutletSpider

    found = Settings({"ODJEK_CONTACT": "redakcija@merenje.example", "USER_AGENT": "odjek/1"})
    OutletSpider.update_settings(found)
    assert found["USER_AGENT"] == "odjek/1 (news research; redakcija@merenje.example)"
