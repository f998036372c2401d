"""Two months of generated news, and the copies planted in it. Pure and seeded: the same numbers, the same news.

An article is a list of Latin, ekavian sentences until it is written down in its outlet's spelling. A planted copy takes
runs of a state article's sentences, with light edits, and adds sentences of its own; what was planted is kept as truth.
The events are invented, word by word; so are the outlets.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from benchmarks.scale.language import Speaker, Subject
from benchmarks.scale.spelling import cyrillic, ijekavian

SHARES = (0.3, 0.5, 0.7, 1.0)
"""Share of a planted copy's words that come from the state article."""
COPY_DAYS = 3
EDITED = 0.02
"""Share of the taken words that are changed or dropped."""
_MEDIAN_WORDS = 190
_SPREAD = 0.5
_LEAST_WORDS, _MOST_WORDS = 80, 400


@dataclass(frozen=True, slots=True)
class Outlet:
    """An invented outlet."""

    name: str
    role: str
    is_cyrillic: bool
    is_ijekavian: bool

    def written(self, text: str) -> str:
        """A text in the outlet's spelling."""
        spoken = ijekavian(text) if self.is_ijekavian else text
        return cyrillic(spoken) if self.is_cyrillic else spoken


@dataclass(frozen=True, slots=True)
class Draft:
    """An article before it is written down."""

    url: str
    outlet: Outlet
    published_at: datetime
    title: str
    sentences: tuple[str, ...]

    def record(self) -> dict[str, str]:
        """The article as `odjek import` takes it."""
        paragraphs = ["\n\n" if at and at % 3 == 0 else " " for at in range(len(self.sentences))]
        text = "".join(space + sentence for space, sentence in zip(paragraphs, self.sentences, strict=True))
        return {
            "url": self.url,
            "outlet": self.outlet.name,
            "outlet_name": self.outlet.name.replace("-", " ").title(),
            "role": self.outlet.role,
            "title": self.outlet.written(self.title),
            "text": self.outlet.written(text.strip()),
            "published_at": self.published_at.isoformat(),
            "language": "sr",
        }


@dataclass(frozen=True, slots=True)
class Planted:
    """A local article that was made from a state article, and the share of its words that was to come from there."""

    url: str
    state_url: str
    share: float
    is_other_script: bool


@dataclass(frozen=True, slots=True)
class Size:
    """How much news."""

    local: int
    state: int
    days: int
    copied: float = 0.05
    first: datetime = datetime(2026, 1, 1, tzinfo=UTC)


def outlets(local: int = 40, state: int = 2) -> tuple[list[Outlet], list[Outlet]]:
    """Local and state outlets: half of them Cyrillic, a fifth of the local ones ijekavian."""
    return (
        [Outlet(f"mesni-list-{at}", "local", at % 2 == 1, at % 5 == 0) for at in range(local)],
        [Outlet(f"drzavni-glas-{at}", "state_media", at % 2 == 0, False) for at in range(state)],
    )


def news(language: Speaker, size: Size, seed: int) -> Iterator[tuple[Draft, Planted | None]]:
    """State articles, then local ones; with each planted copy its truth."""
    local_outlets, state_outlets = outlets()
    draw = random.Random(f"news {seed}")
    state = sorted(
        (
            drafted(draw, language, draw.choice(state_outlets), _moment(draw, size), number)
            for number in range(size.state)
        ),
        key=lambda draft: draft.published_at,
    )
    for draft in state:
        yield draft, None
    for number in range(size.local):
        if not state or draw.random() >= size.copied:
            yield drafted(draw, language, draw.choice(local_outlets), _moment(draw, size), number), None
            continue
        source = draw.choice(state)
        is_other_script = draw.random() < 0.5
        fitting = [at for at in local_outlets if (at.is_cyrillic != source.outlet.is_cyrillic) == is_other_script]
        own = drafted(draw, language, draw.choice(fitting), source.published_at, number)
        yield copied(draw, own, source, SHARES[number % len(SHARES)])


def _moment(draw: random.Random, size: Size) -> datetime:
    return size.first + timedelta(minutes=draw.randrange(size.days * 24 * 60))


def drafted(draw: random.Random, language: Speaker, outlet: Outlet, published_at: datetime, number: int) -> Draft:
    """An article on a subject of its own; lengths as in news, many short ones and few long ones."""
    subject = language.subject(draw)
    words = draw.lognormvariate(0, _SPREAD) * _MEDIAN_WORDS
    sentences = _sentences(draw, language, subject, min(_MOST_WORDS, max(_LEAST_WORDS, words)))
    title = language.sentence(draw, subject).rstrip(".")
    url = f"https://{outlet.name}.example/{published_at:%Y/%m/%d}/{number}"
    return Draft(url, outlet, published_at, title, tuple(sentences))


def _sentences(draw: random.Random, language: Speaker, subject: Subject, words: float) -> list[str]:
    found: list[str] = []
    while words > 0:
        found.append(language.sentence(draw, subject))
        words -= len(found[-1].split())
    return found


def copied(draw: random.Random, own: Draft, state: Draft, share: float) -> tuple[Draft, Planted]:
    """The article `own` with a part of it replaced by what is taken from a state article; its truth."""
    taken = list(state.sentences)
    if share < 1:
        taken = _runs(draw, taken, share * _length(own.sentences))
    taken = [_edited(draw, sentence) for sentence in taken]
    rest = _fill(own.sentences, _length(taken) * (1 - share) / share)
    lead, end = rest[: len(rest) // 2 + 1], rest[len(rest) // 2 + 1 :]
    copy = Draft(
        url=own.url,
        outlet=own.outlet,
        published_at=state.published_at + timedelta(minutes=draw.randrange(5, COPY_DAYS * 24 * 60)),
        title=own.title if share < 1 else state.title,
        sentences=(*lead, *taken, *end),
    )
    return copy, Planted(copy.url, state.url, share, own.outlet.is_cyrillic != state.outlet.is_cyrillic)


def _runs(draw: random.Random, sentences: Sequence[str], words: float) -> list[str]:
    """One or two runs of sentences with about so many words."""
    runs = draw.choice((1, 2))
    first = draw.randrange(len(sentences))
    found: list[str] = []
    for at in range(len(sentences)):
        if _length(found) >= words:
            break
        if runs == 2 and at and _length(found) >= words / 2:
            first, runs = first + 2, 1
        found.append(sentences[(first + at) % len(sentences)])
    return found


def _fill(sentences: Sequence[str], words: float) -> list[str]:
    found: list[str] = []
    for sentence in sentences:
        if _length(found) + len(sentence.split()) / 2 >= words:
            break
        found.append(sentence)
    return found


def _edited(draw: random.Random, sentence: str) -> str:
    """Some words dropped, some said otherwise."""
    words: list[str] = []
    for word in sentence.split():
        if draw.random() >= EDITED:
            words.append(word)
        elif draw.random() < 0.5:
            words.append("danas")
    return " ".join(words)


def _length(sentences: Sequence[str]) -> int:
    return sum(len(sentence.split()) for sentence in sentences)
