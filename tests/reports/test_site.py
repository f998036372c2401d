import hashlib
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import duckdb
import pytest

from reports.publish import GENERATOR
from reports.render import page_name, web_address
from reports.site import build
from reports.snapshot import QUERIES
from spiders.errors import StoreError
from tests.reports import html_check, sample

SITE = Path(build.__code__.co_filename).parent


def text(report: Path, page: str) -> str:
    return html_check.read(report / page).text


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def check_pages(report: Path) -> None:
    """Well-formed, no id twice, no dead link, nothing from elsewhere, every page reached from the index."""
    pages = {path: html_check.read(path) for path in sorted(report.rglob("*.html"))}
    linked: dict[Path, set[Path]] = {path: set() for path in pages}
    for path, page in pages.items():
        assert page.faults == [], path
        assert GENERATOR in path.read_text(encoding="utf-8")
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme:
                assert parts.scheme in ("http", "https"), (path, link)
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.is_file(), (path, link)
            if parts.fragment:
                assert parts.fragment in pages[target].ids, (path, link)
            linked[path].add(target)
    reached, waiting = set(), [report / "index.html"]
    while waiting:
        page_path = waiting.pop()
        if page_path in pages and page_path not in reached:
            reached.add(page_path)
            waiting += linked[page_path]
    assert set(pages) - reached == set()


def test_every_page_is_well_formed_and_every_link_leads_somewhere(report: Path) -> None:
    check_pages(report.resolve())


def test_there_is_a_page_for_each_outlet_story_and_match(report: Path, snapshot: Path) -> None:
    with duckdb.connect(str(snapshot), read_only=True) as tables:
        for folder in ("outlet", "story", "match"):
            column = folder if folder == "outlet" else f"{folder}_id"
            keys = [key for (key,) in tables.execute(f"SELECT {column} FROM {folder}").fetchall()]
            assert sorted(path.name for path in (report / folder).iterdir()) == sorted(map(page_name, keys))


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("index.html", "5 articles of 5 local outlets took 2 stories of Russian state media. 2 of them name"),
        ("index.html", "half appeared within 4 h 58 min"),
        ("index.html", "Counted apart: 1 further article of 1 outlet shares text with a state story"),
        ("index.html", "Second hand: 1 article came by way of another local outlet"),
        ("index.html", "Matches are labelled, never outlets."),
        ("index.html", "False by chance about 17%, between 0% and 67% Tried on state stories of other weeks"),
        ("index.html", "False by the probabilities 8% The mean doubt of the 6 reported matches: less than one article."),
        ("index.html", "Method version 1.2 with these thresholds; as it comes, not calibrated on pairs of this store"),
        ("index.html", "Pali server: no usable answer (connection refused at https://pali-server.example)"),
        ("index.html", "Tihi kanal: reached, but no article address was found"),
        ("stories.html", "Нова линија трајекта"),
        ("story/st-most.html", "4 articles of 4 outlets took it, 1 with credit. 1 article shares its text"),
        ("outlet/portal-kej.html", "Of 2 articles compared, 1 took a state-media story, 1 with credit."),
        ("outlet/portal-kej.html", "1 resembles one because both had it from a third."),
        ("outlet/tihi-kanal.html", "No article of this outlet is stored, so nothing can be said about it."),
        ("match/l1-s1.html", "Portal Kej published this article 42 min later than Меридијан."),
        ("match/l1-s1.html", "2 March 2026, 09:42 (to the minute)"),
        ("match/l1-s1.html", "Made from the state story? Almost certain: over 0.99"),
        ("match/l1-s1.html", "named: prenosi Meridijan in the text"),
        ("match/l2-s1.html", "By way of Portal Kej https://portal-kej.example/l1"),
        ("match/l2-s6.html", "The article is counted once, with its likeliest match."),
        ("match/l4-s1.html", "3 March 2026 (day only)"),
        ("match/l4-s1.html", "1 day later in days, because the times do not allow more"),
        ("match/l4-s1.html", "Agencija Vestnik: 34% that much of the local text stands in this news agency's article"),
        ("match/l5-s1.html", "the text shows the taking, the times do not show which came first"),
        ("match/l5-s1.html", "Which text came first is not known."),
        ("match/l6-s2.html", "This is not counted as taken from state media."),
        ("match/l8-s4.html", "4 h earlier"),
        ("match/l10-s4.html", "No shared passages are recorded for this pair"),
        ("explanations.html", "Shared origin 1 pair"),
        ("explanations.html", "Critical quotation 1 pair"),
        ("explanations.html", "Cannot tell: order unknown 1 pair"),
        ("method.html", "Can the probabilities be believed If they can, then of all pairs that are given 0.85"),
        ("method.html", "shortest_passage_words"),
        ("method.html", "Articles that would have been reported for a moved story 1"),
        ("method.html", "What decoys cannot see: whatever makes texts alike only on the same day."),
        ("method.html", "Of 103 real copies the latest followed after 9 days."),
        ("coverage.html", "list page 2, too short 1"),
        ("changes.html", "Headlines changed 1 Texts changed 2 Credit of the state outlet added 1 Credit of the state outlet"),
        ("changes.html", "The page answered 404 (not found) on 4 March 2026, 03:00; it was last read on 3 March 2026, 15:00."),
        ("changes.html", "It was not there on 5 March 2026, 03:00 either."),
        ("changes.html", "The page led to the front page of the site on 4 March 2026, 03:00; it was last read on 3 March 2026, 14:00."),
        ("changes.html", "It was there again on 5 March 2026, 03:00."),
        ("changes.html", "Articles that changed 2 changes, newest first"),
        ("changes.html", "changed between 3 March 2026, 13:00, when the old text still stood there, and 3 March 2026, 23:00"),
        ("changes.html", "Headline before KRAJ ČEKANJA: Otvoren most na Vrtači, evo koliko je koštao Headline after Otvoren"),
        ("changes.html", "The new version names Меридијан: Izvor: Меридијан. No credit was found in the old one."),
        ("match/l1-s1.html", "At least one of the two pages was changed or taken away after the version that is shown here"),
        ("match/l1-s1.html", "Portal Kej links to this state story with the words “Meridijan”: https://meridijan.example/s1"),
        ("match/l2-s1.html", "the way back: Portal Kej ← Меридијан"),
        ("match/l3-s1.html", "Vrbaski glasnik: The page answered 404 (not found)"),
        ("match/l4-s1.html", "For each word that only this one accounts for, 3.0 are accounted for only by the state story."),
        ("links.html", "Stepa Info (Telegram) channel Russian state media Portal Kej (Telegram) channel local outlet 1 0 1 0 0 –"),
        ("links.html", "To and from Russian state media 3 links"),
        ("coverage.html", "Pali serverlocal outlet33002 Mar, 3 Mar, 4 Mar"),
        ("index.html", "The figures have holes: 3 days of local outlets could not be searched whole (Pali server)."),
        ("index.html", "incomplete: 3 of 3 outlet days could not be searched whole (which)"),
        ("health.html", "2 raised an alarm, 1 a warning; 1 is too young to judge."),
        ("health.html", "Pali server alarm answer no usable answer: connection refused at https://pali-server.example 3"),
        ("health.html", "Меридијан after 2 crawls: no usable answer: timed out"),
        ("health.html", "Pali server 2 March 2026 to 4 March 2026 nothing answered, or no crawl ran about 175"),
        ("health.html", "1 of 2 reported articles stands on a day on which an agency was not fully covered; "),
        ("health.html", "Agencija Vestnik 2 March 2026 to 3 March 2026 3 March 2026 asked for without a gap, but improbably"),
        ("index.html", "Days without an agency: 1 of these articles stands on days on which a news agency was silent"),
        ("match/l3-s1.html", "Agencies not all covered on these days vestnik-agencija: 2026-03-03"),
    ],
)  # fmt: skip
def test_what_a_reader_is_told(report: Path, page: str, words: str) -> None:
    assert words in text(report, page)


def test_other_explanations_are_in_no_list_of_taken_stories(report: Path) -> None:
    took = html_check.read(report / "story" / "st-most.html")
    assert not any("l6-s2" in link or "l8-s4" in link for link in took.links)
    assert "Elektronski kartoni" not in text(report, "stories.html")
    assert "l1-s1" not in (report / "explanations.html").read_text(encoding="utf-8")


def test_an_unknown_order_is_in_no_headline_figure(report: Path) -> None:
    page = (report / "index.html").read_text(encoding="utf-8")
    row = page[page.index("&lt;script&gt;window.hacked = 1&lt;/script&gt; Час") :]
    assert re.findall(r'<td class="figure[^>]*>([^<]*)</td>', row)[:10] == [
        "1",
        "0",
        "0",
        "–",
        "0",
        "0",
        "0",
        "0",
        "1",
        "0",
    ]


def test_hostile_text_stays_text(report: Path) -> None:
    for path in report.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert "<script>" not in page
        assert "<img src=x" not in page
        assert 'href="javascript:' not in page
        assert "onmouseover=alert(1)>" not in page


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://portal.example/vest", "https://portal.example/vest"),
        ("http://портал.example/вест", "http://портал.example/вест"),
        ("HTTPS://portal.example", "HTTPS://portal.example"),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("//portal.example", None),
        ("https://[", None),
        ("https:", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_addresses_are_linked(url: str | None, expected: str | None) -> None:
    assert web_address(url) == expected


@pytest.mark.parametrize("key", ["portal-kej", "n1", "lat.portal.example"])
def test_a_safe_name_is_the_name_of_its_page(key: str) -> None:
    assert page_name(key) == f"{key}.html"


@pytest.mark.parametrize("key", ["", "..", "../x", "a/b", "Час", "A", "a b", ".hidden", "x" * 200, "a..b", "a?b"])
def test_any_other_name_becomes_a_digest(key: str) -> None:
    assert re.fullmatch(r"x-[0-9a-f]{20}\.html", page_name(key))


def test_the_same_snapshot_gives_the_same_bytes(report: Path, snapshot: Path, tmp_path: Path) -> None:
    index = build(snapshot, tmp_path / "report")
    assert index == tmp_path / "report" / "index.html"
    assert digests(index.parent) == digests(report)


def test_the_snapshot_is_only_read(snapshot: Path, tmp_path: Path) -> None:
    before = snapshot.read_bytes()
    with duckdb.connect(str(snapshot), read_only=True):  # an analyst has it open
        build(snapshot, tmp_path / "report")
    assert snapshot.read_bytes() == before


def test_an_empty_database_gives_a_report_that_says_so(tmp_path: Path) -> None:
    report = build(sample.empty(tmp_path / "empty.duckdb"), tmp_path / "report").parent
    check_pages(report.resolve())
    assert "No article of a local outlet is stored, so nothing could be compared." in text(report, "index.html")
    assert "No crawl or import has been recorded." in text(report, "coverage.html")
    assert "No analysis has been recorded in this database." in text(report, "method.html")
    assert "No estimate is recorded." in text(report, "method.html")
    assert not (report / "narratives.html").exists()


def test_no_match_gives_a_report_that_says_so(tmp_path: Path) -> None:
    path = sample.full(tmp_path / "odjek.duckdb")
    with duckdb.connect(str(path)) as tables:
        for table in ("match", "passage", "story", "cascade"):
            tables.execute(f"DELETE FROM {table}")
    report = build(path, tmp_path / "report").parent
    check_pages(report.resolve())
    assert "none was found that took a state-media story and is known to be later" in text(report, "index.html")
    assert "No such pair was found." in text(report, "explanations.html")


def test_an_error_that_cannot_be_estimated_is_said_so(tmp_path: Path) -> None:
    path = sample.full(tmp_path / "odjek.duckdb")
    with duckdb.connect(str(path)) as tables:
        tables.execute(
            "UPDATE false_discovery SET decoy_pairs = 0, decoy_hits = 0, rate = NULL, rate_low = 0, rate_high = 1, "
            "note = 'cannot be estimated: that needs state articles 21 days apart'"
        )
    report = build(path, tmp_path / "report").parent
    check_pages(report.resolve())
    said = "False by chance not known This cannot be estimated: that needs state articles 21 days apart."
    assert said in text(report, "index.html")
    assert "With decoys it cannot be estimated" in text(report, "method.html")
    assert "with its 95% interval not known" in text(report, "method.html")


def test_a_text_that_came_with_a_change_is_shown_as_that(tmp_path: Path) -> None:
    path = sample.full(tmp_path / "odjek.duckdb")
    after, before = "changed or taken away after the version", "carried another text before the one that is shown here"
    with duckdb.connect(str(path)) as tables:
        tables.execute("UPDATE match SET version_id = 'v-l2-41' WHERE article_id = 'l2' AND state_article_id = 's6'")
    report = build(path, tmp_path / "report").parent
    assert [words in text(report, "match/l2-s6.html") for words in (after, before)] == [False, True]
    assert [words in text(report, "match/l1-s1.html") for words in (after, before)] == [True, False]


def test_narratives_have_a_page_where_there_are_any(tmp_path: Path) -> None:
    path = sample.full(tmp_path / "odjek.duckdb")
    with duckdb.connect(str(path)) as tables:
        tables.execute("INSERT INTO narrative VALUES ('mostovi', 'Mostovi spajaju', 'l1', 3)")
    report = build(path, tmp_path / "report").parent
    check_pages(report.resolve())
    assert "Mostovi spajaju 1 article" in text(report, "narratives.html")


def test_long_lists_have_pages_of_their_own(snapshot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.site.SHOWN", 1)
    monkeypatch.setattr("reports.site.CHANGES", 1)
    report = build(snapshot, tmp_path / "report").parent
    check_pages(report.resolve())
    assert "The newest 1 of 2: all of them." in text(report, "changes.html")
    assert "2 addresses of articles in a match, the newest first." in text(report, "changes~gone.html")
    assert "The newest 1 of 2: all of them." in text(report, "outlet/podunavski-list.html")
    assert "2 pairs, newest first." in text(report, "outlet/podunavski-list~other.html")
    assert "Page 1 Page 2" in text(report, "changes~2.html")


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda path: path.unlink(), "no published snapshot; run `odjek analyze` first"),
        (lambda path: path.write_bytes(b"not a database" * 1000), "not a database that can be read"),
    ],
)
def test_a_snapshot_that_cannot_be_read_is_one_clear_line(spoil, message: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]  # a lambda of the table above
    path = sample.empty(tmp_path / "odjek.duckdb")
    spoil(path)
    with pytest.raises(StoreError, match=message) as error:
        build(path, tmp_path / "report")
    assert "\n" not in str(error.value)
    assert not (tmp_path / "report").exists()


def test_a_snapshot_without_analysis_is_one_clear_line_and_keeps_the_old_report(tmp_path: Path) -> None:
    path = sample.full(tmp_path / "odjek.duckdb")
    before = digests(build(path, tmp_path / "report").parent)
    with duckdb.connect(str(path)) as tables:
        tables.execute("DROP TABLE cascade")
    with pytest.raises(StoreError, match=r"the snapshot is incomplete .*cascade.*run `odjek analyze` again"):
        build(path, tmp_path / "report")
    assert digests(tmp_path / "report") == before


def test_each_query_is_one_commented_select() -> None:
    for path in sorted(QUERIES.glob("*.sql")):
        lines = path.read_text(encoding="utf-8").splitlines()
        statement = "\n".join(line for line in lines if not line.strip().startswith("--"))
        assert lines[0].startswith("-- One row"), path
        assert re.match(r"(SELECT|WITH)\b", statement), path
        assert ";" not in re.sub(r"'[^']*'", "", statement), path


def test_each_query_template_and_asset_is_used() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in [*SITE.glob("*.py"), *SITE.glob("templates/*.html")])
    for path in [*QUERIES.glob("*.sql")]:
        assert f'"{path.stem}"' in code, path
    for path in [*SITE.glob("templates/*.html"), *SITE.glob("assets/*")]:
        assert f'{path.name}"' in code, path


def test_the_languages_counted_as_compared_are_those_that_are_compared() -> None:
    pattern = r"language IN \(([^)]+)\)"
    compared = re.findall(pattern, (SITE.parent / "analysis" / "sql" / "text.sql").read_text(encoding="utf-8"))
    for query in ("figures", "outlets"):
        assert re.findall(pattern, (QUERIES / f"{query}.sql").read_text(encoding="utf-8")) == compared


def test_the_tables_of_the_sample_are_those_of_the_analysis(snapshot: Path) -> None:
    with duckdb.connect(str(snapshot), read_only=True) as tables:
        for table in (
            "text",
            "evidence",
            "match",
            "passage",
            "story",
            "cascade",
            "method",
            "amplification",
            "false_discovery",
        ):
            query = (SITE.parent / "analysis" / "sql" / f"{table}.sql").read_text(encoding="utf-8")
            columns = {column for column, *_ in tables.execute(f"DESCRIBE {table}").fetchall()}
            assert columns <= set(re.findall(r"^-- ([a-z_]+): ", query, flags=re.MULTILINE)), table
