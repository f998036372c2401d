"""What one check found of one outlet in one night, the checks there are, and how improbable makes which level. Pure."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["ok", "warning", "alarm", "unknown"]

CHECKS = {
    "answer": "whether the outlet answered at all",
    "blocked": "whether blocks, checks for machines, consent pages or paywalls stand where articles should",
    "agency": "whether the items of a news agency were found: without them a shared origin looks like a copy",
    "silent": "for how many days nothing new has come",
    "dropped": "whether far fewer articles came than usual, in a day or in a week",
    "refused": "whether pages are refused for a reason that was rare before",
    "source": "whether a feed, a sitemap or a listing broke, or one way of finding articles gives none any more",
    "length": "how long the texts are: shorter or longer ones mean that the pages look otherwise",
    "time": "whether articles still tell the minute of their publication",
    "dated": "whether articles are dated on the moment they were fetched",
    "byline": "whether articles still have a byline",
    "language": "whether articles are in the outlet's usual language",
    "script": "whether articles are in the outlet's usual script",
    "flood": "whether far more articles came than usual",
    "expected": "whether the outlet gives about as many articles a day as its file expects",
    "days": "how many days of the last week, but for yesterday, are still not fully covered",
    "recovered": "whether what was an alarm in the crawl before is over",
}
"""Every check with its plain meaning; the first that is wrong is named first."""

ALARM, WARNING = 0.001, 0.01
"""How improbable a healthy night must be. Forty outlets for a month are 1,200 nights: one false alarm, a dozen
warnings."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of the table `health`, but for the run."""

    outlet: str
    check_name: str
    level: Level
    detail: str = ""
    measured: float | None = None
    expected: float | None = None
    probability: float | None = None
    night_count: int = 1

    @property
    def is_wrong(self) -> bool:
        """Whether somebody should look at it."""
        return self.level in ("warning", "alarm")


def level_of(chance: float) -> Level:
    """The level of a night that is as improbable."""
    return "alarm" if chance < ALARM else "warning" if chance < WARNING else "ok"
