"""What a probe of an outlet means: whether a crawl can use it, what is wrong, and what to do about it.

Takes the answers (`spiders.probe_outlet`), extracts the articles among them as a crawl would, and judges. Nothing is
stored; `reports.checkup` shows it. The words for what is wrong stand in `pipelines.complaints`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pipelines.article import Article
from pipelines.complaints import Problem, problems_of
from pipelines.pool import ExtractionPool, Job
from spiders import clock
from spiders.address import canonical
from spiders.answer import Answer
from spiders.found import Entry, Way
from spiders.page import Page, Window
from spiders.probe_outlet import Probed
from spiders.refusal import Refusal
from spiders.registry import Outlet

Verdict = Literal["ok", "weak", "broken", "blocked"]
Sample = Article | Refusal


@dataclass(frozen=True, slots=True)
class Checkup:
    """One outlet, as a probe found it."""

    probed: Probed
    samples: tuple[Sample, ...]
    problems: tuple[Problem, ...]  # the worst first

    @property
    def outlet(self) -> Outlet:
        """The outlet as its file describes it."""
        return self.probed.outlet

    @property
    def verdict(self) -> Verdict:
        """The worst problem's weight."""
        return self.problems[0].weight if self.problems else "ok"

    @property
    def is_usable(self) -> bool:
        """Whether a crawl would store articles of it."""
        return self.verdict in ("ok", "weak")

    @property
    def is_shut_by_robots(self) -> bool:
        """Whether robots.txt closes a source or an article to odjek."""
        reasons = {found.answer.reason for found in self.probed.sources}
        return "robots" in reasons | {sample.reason for sample in self.samples if isinstance(sample, Refusal)}

    @property
    def articles(self) -> list[Article]:
        """The samples that a crawl would store."""
        return [sample for sample in self.samples if isinstance(sample, Article)]


def examine(probes: Sequence[Probed]) -> Iterator[Checkup]:
    """Judge the answers of several outlets, in their order."""
    jobs = [job for probed in probes for job in _jobs(probed)]
    with ExtractionPool() as pool:
        results = pool.map(jobs)
        for probed in probes:
            samples = tuple(_sample(probed.outlet, answer, results) for _, _, answer in probed.articles)
            yield Checkup(probed, samples, tuple(problems_of(probed, samples)))


def page_of(outlet: Outlet, entry: Entry, way: Way, answer: Answer) -> Page:
    """The page of an answer, as a crawl would hand it to the extraction."""
    url = canonical(answer.final, outlet)
    return Page(url, outlet.outlet, answer.body, answer.content_type, clock.now(), way, entry.hint)


def _jobs(probed: Probed) -> Iterator[Job]:
    for entry, way, answer in probed.articles:
        if answer.is_good:
            yield page_of(probed.outlet, entry, way, answer), probed.outlet.timezone, Window()


def _sample(outlet: Outlet, answer: Answer, results: Iterator[Sample]) -> Sample:
    if answer.is_good:
        return next(results)
    return Refusal(outlet.outlet, answer.url, answer.reason, answer.detail)
