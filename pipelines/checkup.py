"""What a probe of an outlet means: whether a crawl can use it, what is wrong, and what to do about it.

Takes the answers (`spiders.probe_outlet`), extracts the articles among them as a crawl would, and judges. Nothing is
stored; `reports.checkup` shows it. The words for what is wrong stand in `pipelines.complaints`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from pipelines.article import Article
from pipelines.complaints import Problem, problems_of
from pipelines.pool import ExtractionPool
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
Asked = tuple[Entry, Way, Answer]


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


def examine(probes: Iterable[Probed], pool: ExtractionPool) -> Iterator[Checkup]:
    """Judge the answers of several outlets, in their order."""
    for probed in probes:
        samples = samples_of(probed.outlet, probed.articles, pool)
        yield Checkup(probed, samples, tuple(problems_of(probed, samples)))


def samples_of(outlet: Outlet, asked: Iterable[Asked], pool: ExtractionPool) -> tuple[Sample, ...]:
    """What a crawl would make of the answers: articles, or refusals."""
    waiting = [
        pool.submit(_page(outlet, entry, way, answer), outlet.timezone, Window())
        if answer.is_good
        else Refusal(outlet.outlet, answer.url, answer.reason, answer.detail)
        for entry, way, answer in asked
    ]
    return tuple(it if isinstance(it, Refusal) else it.result() for it in waiting)


def _page(outlet: Outlet, entry: Entry, way: Way, answer: Answer) -> Page:
    url = canonical(answer.final, outlet)
    return Page(url, outlet.outlet, answer.body, answer.content_type, clock.now(), way, entry.hint)
