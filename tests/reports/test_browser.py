"""The report in a real browser: what a reader with eyes, a keyboard, a screen reader or no JavaScript gets."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from reports.site import build
from tests.reports import sample

PAGES = (
    "index.html",
    "stories.html",
    "outlets.html",
    "explanations.html",
    "method.html",
    "coverage.html",
    "changes.html",
    "links.html",
    "health.html",
    "story/st-most.html",
    "outlet/portal-kej.html",
    "outlet/pali-server.html",
    "match/l1-s1.html",
    "match/l3-s1.html",
    "match/l2-s1.html",
    "match/l4-s1.html",
    "match/l5-s1.html",
    "match/l6-s2.html",
)
CHECKS = (Path(__file__).parent / "page_checks.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        started = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield started
        started.close()


class Visit:
    """A page with everything it asked for and everything it complained of."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("requestfailed", lambda request: self.complaints.append(f"failed: {request.url}"))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, path: Path, fragment: str = "") -> Page:
        self.page.goto(path.as_uri() + fragment)
        return self.page


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield Visit(context.new_page())
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_quiet_accessible_and_asks_for_nothing_from_elsewhere(visit: Visit, report: Path, name: str) -> None:
    page = visit.open(report / name)
    assert page.evaluate(CHECKS) == []
    assert visit.complaints == []
    assert {url for url in visit.requests if not url.startswith(report.as_uri())} == set()
    assert page.evaluate("window.hacked") is None


def test_the_checks_find_what_they_look_for(visit: Visit, tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text(
        "<title>x</title><main><h1>One</h1><h3>Three</h3><p style='color:#999'>grey</p><a href='https://a.example'></a>"
        "<table><tr><th>a</th></tr><tr><td>b</td><td>c</td></tr></table><p>Ћирилица</p><img src=''>"
        "<div style='overflow:auto'>scrolls</div><svg></svg><input><b aria-labelledby=none>n</b></main>"
    )
    found = " | ".join(visit.open(bad).evaluate(CHECKS))
    for fault in (
        "no lang",
        "no title",
        "exactly one footer",
        "level left out",
        "contrast 2.85",
        "control without a name",
        "link without rel",
        "without a caption",
        "th without scope",
        "rows of 1,2 columns",
        "Cyrillic text without lang",
        "without alt",
        "no keyboard reaches it",
        "drawing without a title",
        "field without a label",
        "label none is missing",
    ):
        assert fault in found


@pytest.mark.parametrize("name", ["index.html", "story/st-most.html", "match/l1-s1.html", "match/l4-s1.html"])
def test_dark_mode_is_as_readable(browser: Browser, report: Path, name: str) -> None:
    context = browser.new_context(color_scheme="dark")
    page = Visit(context.new_page()).open(report / name)
    assert page.evaluate(CHECKS) == []
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 27)"
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_telephone_never_scrolls_sideways(browser: Browser, report: Path, name: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = Visit(context.new_page()).open(report / name)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    context.close()


def test_without_javascript_everything_is_there_and_numbers_lead_to_the_other_side(
    browser: Browser, report: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((report / "match/l1-s1.html").as_uri())
    assert page.locator(".text mark").count() == 7
    page.locator("#l3").click()
    assert page.url.endswith("#s3")
    assert page.locator("#s3:target").count() == 1
    context.close()


def test_pointing_at_a_passage_marks_it_on_both_sides(visit: Visit, report: Path) -> None:
    page = visit.open(report / "match/l1-s1.html")
    page.locator('.text mark[data-passages="2"]').first.hover()
    linked = page.locator("mark.linked")
    assert linked.count() == 2
    assert linked.nth(0).inner_text().startswith("2Dugačak je 412 metara")
    assert linked.nth(1).inner_text().startswith("2Дугачак је 412 метара")
    page.locator("h1").hover()
    assert linked.count() == 0


def test_a_keyboard_reaches_passages_and_jumps_between_the_sides(visit: Visit, report: Path) -> None:
    page = visit.open(report / "match/l1-s1.html")
    page.locator("#l2").focus()
    assert page.locator("mark.linked").count() == 2
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "s2"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "l2"


def test_the_first_tab_skips_to_the_content(visit: Visit, report: Path) -> None:
    page = visit.open(report / "index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_tables_sort_by_any_column(visit: Visit, report: Path) -> None:
    page = visit.open(report / "index.html")
    table = page.locator("table", has_text="What was found in the articles of each local outlet")
    names = table.locator("tbody th")
    table.get_by_role("button", name="Median delay").click()
    assert names.nth(2).inner_text() == "Prizma danas"  # after two without a delay
    table.get_by_role("button", name="Median delay").click()
    assert names.nth(0).inner_text() == "Vrbaski glasnik"
    assert table.locator("th[aria-sort=descending]").inner_text().startswith("Median delay")


def test_long_tables_can_be_filtered(visit: Visit, tmp_path: Path) -> None:
    room = sample.many(tmp_path / "odjek.duckdb", 30)
    page = visit.open(build(room, tmp_path / "report").parent / "outlets.html")
    page.get_by_label("Show rows with").fill("glasnik 7")
    assert page.locator("tbody tr:visible").count() == 3
    assert page.get_by_role("status").inner_text() == "3 of 32 rows"


@pytest.mark.parametrize("name", ["changes~2.html", "changes~gone.html", "outlet/podunavski-list~other.html"])
def test_the_pages_of_a_list_are_as_accessible(
    visit: Visit, snapshot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr("reports.site.SHOWN", 1)
    monkeypatch.setattr("reports.site.CHANGES", 1)
    page = visit.open(build(snapshot, tmp_path / "report").parent / name)
    assert page.evaluate(CHECKS) == []
    assert visit.complaints == []


def test_paper_shows_what_is_folded_away(visit: Visit, report: Path) -> None:
    page = visit.open(report / "match/l4-s1.html")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("nav[aria-label=Report]").is_hidden()
    assert page.get_by_text("The two are one text, whoever had it first").is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.text')).overflowY") == "visible"
