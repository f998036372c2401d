"""The step between candidates and matches: reads the texts, compares, lets explanations compete.

One article text at a time: its state candidates and their rivals are compared with it, and one row for each candidate
goes to the table `evidence`, its passages to `evidence_passage`. What is a passage, a rival, a verdict is decided in
the modules called from here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import timedelta

import duckdb
import numpy as np
import pyarrow as pa

from analysis import tables
from analysis.comparison import compare
from analysis.corpus import Corpus
from analysis.credit import mentions
from analysis.evidence import EVIDENCE, PASSAGE, Row
from analysis.evidence import passages as passages_of
from analysis.explanation import Source, When, best_rival, direction_of, rivals_of
from analysis.features import RIVALRY, exact, explained, margin, public_quotes, shared_text
from analysis.headline import title_similarity
from analysis.lineage import Intermediary, Link, origins, parents
from analysis.model import Model
from analysis.passages import Mask
from analysis.reading import Reading
from analysis.tokens import Hashes
from analysis.traces import LEAST_COPIED, LEAST_TRANSLATED, traces
from analysis.verdict import Case, Judged, judge, rivalry_features


def make_matches(
    connection: duckdb.DuckDBPyConnection,
    parameters: Mapping[str, float],
    model: Model,
    progress: Callable[[str, int, int], None],
) -> None:
    """Make the tables evidence and evidence_passage from candidate and rival."""
    corpus = Corpus(connection, parameters)
    candidates = _pairs(connection, "candidate")
    rivals = _pairs(connection, "rival")
    stale = _stale(connection)
    rows: list[Row] = []
    passages: list[Row] = []
    corpus.load([*candidates, *(no for found in (*candidates.values(), *rivals.values()) for no in found)])
    links: list[Link] = []
    for done, (text_no, state_nos) in enumerate(sorted(candidates.items())):
        progress("comparing", done, len(candidates))
        if len(np.unique(corpus.reading(text_no).words.ids)) < parameters["least_distinct"]:
            continue
        for row, found, link in _judge_text(corpus, model, stale, text_no, state_nos, rivals.get(text_no, [])):
            rows.append(row)
            passages.extend(found)
            links.append(link)
    _add_lineage(corpus, rows, links)
    tables.create_from(connection, "evidence", pa.Table.from_pylist(rows, schema=EVIDENCE))
    tables.create_from(connection, "evidence_passage", pa.Table.from_pylist(passages, schema=PASSAGE))


def _judge_text(
    corpus: Corpus,
    model: Model,
    stale: Mapping[int, Hashes],
    text_no: int,
    state_nos: Sequence[int],
    rival_nos: Sequence[int],
) -> Iterator[tuple[Row, list[Row], Link]]:
    """One row, its passages and its link for each state candidate of a text."""
    facts = corpus.facts[text_no]
    reading = corpus.reading(text_no)
    own = stale.get(text_no)
    ignored = {no: _join(own, stale.get(no)) for no in state_nos}
    stories = [_source(corpus, text_no, no, ignored[no]) for no in state_nos]
    # A form filled in with other numbers on another day; on the same day they may be a corrected version.
    forms = [
        story.comparison.stale
        for story in stories
        if story.comparison.is_template and corpus.facts[story.text_no].published_on != facts.published_on
    ]
    if forms:
        template = np.logical_or.reduce(forms)
        stories = [_source(corpus, text_no, no, ignored[no], template) for no in state_nos]
    others = [_source(corpus, text_no, no, own) for no in rival_nos]
    public = public_quotes(reading, (other.comparison for other in others))
    stories = [_without(reading, story, public) for story in stories]
    slack = timedelta(minutes=corpus.parameters["agency_minutes"])
    for story in stories:
        story_facts = corpus.facts[story.text_no]
        others_credit = [_with_credits(corpus, other, story.outlet) for other in others]
        case = Case(
            reading=reading,
            story=story,
            story_reading=corpus.reading(story.text_no),
            rivalry=best_rival(story, rivals_of(facts.when, story, others_credit, slack)),
            direction=direction_of(facts.when, story_facts.when),
            lag_days=(facts.published_on - story_facts.published_on).days,
            has_agency_credit=corpus.has_agency_credit(text_no),
            is_named=bool(mentions(corpus.names[story.outlet], reading.text)),
            role=facts.role,
        )
        passages = list(passages_of(corpus, case, text_no))
        judged = judge(case, model, corpus.parameters, has_evidence=bool(passages))
        yield (
            _row(corpus, case, judged, text_no),
            passages,
            _link(corpus, case, judged, text_no, others),
        )


def _link(corpus: Corpus, case: Case, judged: Judged, text_no: int, others: Sequence[Source]) -> Link:
    facts = corpus.facts[text_no]
    return Link(
        facts.article_id,
        corpus.facts[case.story.text_no].article_id,
        facts.role,
        judged.verdict,
        judged.direction,
        judged.shared_probability,
        case.has_agency_credit,
        case.story.is_credited,
        tuple(_intermediaries(corpus, case, facts.when, others)) if judged.verdict == "amplification" else (),
    )


def _intermediaries(corpus: Corpus, case: Case, when: When, others: Sequence[Source]) -> Iterator[Intermediary]:
    """The local articles that may stand between the story and the article."""
    # Two translations of one text share its words in Serbian; only one that copied the other has it from there.
    least_copied = LEAST_TRANSLATED if case.story_reading.language != case.reading.language else 0.0
    names = corpus.names[case.story.outlet]
    story = case.story_reading
    apart = [at for at, (start, end) in enumerate(story.spans) if mentions(names, story.text[start:end])]
    for other in others:
        if other.role not in {"local", "aggregator"} or not other.when.possibly_before(when):
            continue
        if when.certainly_before(other.when) or float(other.comparison.copied.mean()) < least_copied:
            continue
        copied = float((other.comparison.copied & case.story.comparison.copied).mean())
        found = 0.0
        if copied >= LEAST_COPIED and not case.story.is_credited:
            found = traces(case.reading, story, corpus.reading(other.text_no), apart=apart)
        nearer = margin(case.story.explained, other.explained)
        yield Intermediary(corpus.facts[other.text_no].article_id, nearer, other.is_credited, found)


def _add_lineage(corpus: Corpus, rows: list[Row], links: Sequence[Link]) -> None:
    """Add origin and parent to every row, once all rows are known."""
    credits = {corpus.facts[row["source_no"]].article_id: corpus.has_agency_credit(row["source_no"]) for row in rows}
    parent_of = parents(links, better=corpus.parameters["nearer_margin"])
    origin_of = origins(links, credits)
    for row, link in zip(rows, links, strict=True):
        row["origin"] = origin_of[link.state_article_id]
        row["via_article_id"] = parent_of.get((link.article_id, link.state_article_id))


def _source(
    corpus: Corpus, text_no: int, source_no: int, ignored: Hashes | None, template: Mask | None = None
) -> Source:
    facts = corpus.facts[source_no]
    reading = corpus.reading(text_no)
    comparison = compare(reading, corpus.reading(source_no), corpus.limits, ignored=ignored, template=template)
    is_credited = corpus.credit(text_no, facts.outlet) is not None
    return Source(
        text_no=source_no,
        outlet=facts.outlet,
        role=facts.role,
        when=facts.when,
        comparison=comparison,
        explained=explained(reading, comparison),
        shared_text=shared_text(reading, comparison, is_credited=is_credited),
        is_credited=is_credited,
        has_agency_credit=facts.role == "agency",
        credits=frozenset(),
    )


def _without(reading: Reading, story: Source, public: Mask) -> Source:
    """The story, with the words left out that were spoken before everybody."""
    features = shared_text(reading, story.comparison, is_credited=story.is_credited, public=public)
    return replace(story, shared_text=features)


def _with_credits(corpus: Corpus, source: Source, outlet: str) -> Source:
    """The source, with whether it credits `outlet`, or an agency, itself."""
    has_agency_credit = source.has_agency_credit or corpus.has_agency_credit(source.text_no)
    credits = frozenset([outlet] if corpus.credit(source.text_no, outlet) else [])
    return replace(source, has_agency_credit=has_agency_credit, credits=credits)


def _row(corpus: Corpus, case: Case, judged: Judged, text_no: int) -> Row:
    credit = corpus.credit(text_no, case.story.outlet)
    rivalry = case.rivalry
    features = rivalry_features(case) or dict.fromkeys(RIVALRY)
    return {
        "text_no": text_no,
        "source_no": case.story.text_no,
        **asdict(judged),
        "credit": credit.words if credit else None,
        "credit_start": credit.start if credit else None,
        "title_similarity": title_similarity(case.reading.title, case.story_reading.title),
        "rival_no": rivalry.rival.text_no if rivalry else None,
        "rival_share": exact(rivalry.rival.explained.total / max(1, len(case.reading.words.ids))) if rivalry else None,
        **{f"shared_{name}": value for name, value in case.story.shared_text.items()},
        **{f"rivalry_{name}": value for name, value in features.items()},
    }


def _pairs(connection: duckdb.DuckDBPyConnection, table: str) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for text_no, source_no in (
        connection.table(table).project("text_no, source_no").order("text_no, source_no").fetchall()
    ):
        found[text_no].append(source_no)
    return dict(found)


def _stale(connection: duckdb.DuckDBPyConnection) -> dict[int, Hashes]:
    """Sorted hashes of each candidate text's n-grams that prove nothing."""
    rows = connection.execute(
        "SELECT text_no, gram FROM stale_gram WHERE text_no IN "
        "(SELECT text_no FROM candidate UNION SELECT source_no FROM candidate) ORDER BY text_no, gram"
    ).fetchnumpy()
    numbers, hashes = np.asarray(rows["text_no"]), np.asarray(rows["gram"], np.uint64)
    cuts = np.flatnonzero(np.diff(numbers)) + 1
    return {
        int(part[0]): grams
        for part, grams in zip(np.split(numbers, cuts), np.split(hashes, cuts), strict=True)
        if len(part)
    }


def _join(one: Hashes | None, other: Hashes | None) -> Hashes | None:
    if one is None or other is None:
        return other if one is None else one
    return np.union1d(one, other)
