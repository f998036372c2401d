"""How many articles an outlet usually gives, by its own past days, and how improbable a count is beside that. Pure.

Surveillance of counts in the manner of Farrington et al. (1996, doi:10.2307/2983331), with the weights of Noufaily et
al. (2013, doi:10.1002/sim.5595): an expectation from past days, overdispersion from their residuals with outliers
weighted down, and a negative binomial whose variance also holds what the expectation itself does not know, so that
small and young outlets do not cry wolf. Two things differ: the level is a median of weeks instead of a regression, as a
year of nights is not at hand; and what the registry's file expects stands in for the days that are missing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, lgamma, log, log1p
from statistics import median

WEEK = 7
LONGEST = 56
"""Days of history that count: eight weeks."""
FEWEST = 3
"""Days without which nothing is said, unless the outlet's file says what to expect."""
FIRST_GUESS = 2.0
"""What the file expects weighs like so many articles: a guess that may well be wrong by half."""
UNKNOWN_WEEKDAY = 0.35
"""Spread of the days of a week, as a share of the mean, where the outlet has shown too few weeks: on Sundays a newsroom
gives between half of a weekday's articles and as many."""
OUTLIER = 2.58
"""Standardised residual from which a past day weighs less, as in Noufaily et al."""
YOUNG_DISPERSION = 2.0
"""Variance over mean before seven days have shown the outlet's own."""


@dataclass(frozen=True, slots=True)
class Day:
    """Articles of one outlet on one calendar day that was asked for without a gap."""

    on: date
    count: int


@dataclass(frozen=True, slots=True)
class Usual:
    """What an outlet's history lets expect."""

    per_day: float
    weekdays: tuple[float, ...]  # factor of each day of the week, Monday first
    dispersion: float  # variance of a day's count over its mean
    weight: float  # how much is known of per_day: as if so many articles had been counted
    day_count: int  # past days it rests on

    @property
    def is_weekday_known(self) -> bool:
        """Whether two of each day of the week have been seen."""
        return self.day_count >= 2 * WEEK

    def expected(self, days: Iterable[tuple[date, float]]) -> float:
        """Articles in the given parts of days."""
        return sum(self.per_day * self.weekdays[day.weekday()] * part for day, part in days)

    def variance(self, mean: float) -> float:
        """Variance of a count with this mean, what is not known of the mean included."""
        doubt = 1 / self.weight + (0.0 if self.is_weekday_known else UNKNOWN_WEEKDAY**2)
        return self.dispersion * mean + doubt * mean**2

    def at_most(self, count: int, mean: float) -> float:
        """Probability of so few or fewer."""
        return at_most(count, mean, self.variance(mean))

    def at_least(self, count: int, mean: float) -> float:
        """Probability of so many or more."""
        return 1.0 if count <= 0 else max(0.0, 1.0 - at_most(count - 1, mean, self.variance(mean)))


def usual(days: Sequence[Day], expected_per_day: float | None = None) -> Usual | None:
    """What to expect by past days, the newest last; None where there are too few and the file says nothing."""
    days = days[-LONGEST:]
    if len(days) < FEWEST and not expected_per_day:
        return None
    level = _level([day.count for day in days]) if days else 0.0
    weekdays = _weekdays(days, level)
    dispersion = _dispersion(days, level, weekdays)
    weight = level * len(days) / dispersion
    if expected_per_day and len(days) < 2 * WEEK:
        level = (FIRST_GUESS + weight) / (FIRST_GUESS / expected_per_day + len(days) / dispersion)
        weight += FIRST_GUESS
    return Usual(level, weekdays, dispersion, max(weight, 0.5), len(days))


def at_most(count: int, mean: float, variance: float) -> float:
    """Probability that a negative binomial (Poisson, where the variance is not larger) is at most `count`."""
    if mean <= 0:
        return 1.0
    if variance <= mean * (1 + 1e-9):
        terms = (exp(k * log(mean) - mean - lgamma(k + 1)) for k in range(count + 1))
        return min(1.0, sum(terms))
    size = mean**2 / (variance - mean)
    success = log(size) - log(size + mean)
    failure = -log1p(size / mean)
    terms = (
        exp(lgamma(k + size) - lgamma(size) - lgamma(k + 1) + size * success + k * failure) for k in range(count + 1)
    )
    return min(1.0, sum(terms))


def _level(counts: Sequence[int]) -> float:
    """Articles a day: the median of all weeks that follow each other, which neither a dead day nor a flood moves."""
    if len(counts) < WEEK:
        return float(median(counts)) if median(counts) >= WEEK else sum(counts) / len(counts)
    return median(sum(counts[at : at + WEEK]) / WEEK for at in range(len(counts) - WEEK + 1))


def _weekdays(days: Sequence[Day], level: float) -> tuple[float, ...]:
    """Factor of each weekday: the middle of its days over the level, drawn to 1 as if two weeks had been ordinary."""
    if len(days) < 2 * WEEK or not level:
        return (1.0,) * WEEK
    factors = []
    for weekday in range(WEEK):
        counts = [day.count for day in days if day.on.weekday() == weekday]
        typical = _middle(counts) if counts else level
        factors.append((typical / level * len(counts) + 2) / (len(counts) + 2))
    scale = sum(factors) / WEEK
    return tuple(factor / scale for factor in factors)


def _middle(counts: Sequence[int]) -> float:
    """Mean without the smallest and the largest: of few small counts the median is too coarse."""
    kept = sorted(counts)[1:-1] if len(counts) >= 4 else counts
    return sum(kept) / len(kept)


def _dispersion(days: Sequence[Day], level: float, weekdays: Sequence[float]) -> float:
    """Variance over mean, by squared Pearson residuals of the past days; those of outliers weigh less."""
    if len(days) < WEEK or not level:
        return YOUNG_DISPERSION
    squares = [(day.count - mean) ** 2 / mean for day in days if (mean := level * weekdays[day.on.weekday()]) > 0]
    first = max(1.0, median(squares) / 0.455)  # the median of a squared normal
    weights = [1.0 if square <= OUTLIER**2 * first else OUTLIER**2 * first / square for square in squares]
    degrees = max(1.0, len(squares) - (WEEK if len(days) >= 2 * WEEK else 1))
    weighted = sum(weight * square for weight, square in zip(weights, squares, strict=True))
    return max(1.0, weighted / sum(weights) * len(squares) / degrees)
