"""The step between candidates and matches: hands the texts that have candidates to the workers, and collects.

A task is some texts with their candidates and all that is needed to judge them; the rows of `evidence` and
`evidence_passage` that come back do not depend on how the texts were divided. Where a state story would explain a text,
its rivals are looked for, and it is judged again beside them. What is judged of one text is in `judging`.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa

from analysis import tables
from analysis.corpus import Corpus, Grounds, TextRow
from analysis.evidence import EVIDENCE, PASSAGE
from analysis.judging import Finding, judge_text
from analysis.lineage import origin_of, origins, parents
from analysis.model import Model
from analysis.nearness import Reach, make_near
from analysis.tokens import Hashes
from analysis.workers import Shared, Workers

Pairs = dict[int, list[int]]
Progress = Callable[[str, int, int], None]
"""Called with a step's name, how much of it is done, and of how much."""
_TASK_PAIRS = 1_000


@dataclass(frozen=True, slots=True)
class Task:
    """Some texts to judge: their candidates, the rivals of those for which they were looked for, every text named."""

    grounds: Shared[tuple[Grounds, Model]]
    candidates: Pairs
    rivals: Pairs  # of some texts
    texts: list[TextRow]
    stale: dict[int, Hashes]


def make_candidates(connection: duckdb.DuckDBPyConnection, parameters: Mapping[str, float]) -> None:
    """Make the table candidate."""
    _make_pairs(connection, parameters, "candidate")


def _make_pairs(connection: duckdb.DuckDBPyConnection, parameters: Mapping[str, float], name: str) -> None:
    """Make the table candidate or rival: pairs that share n-grams or rare terms."""
    tables.create(connection, f"{name}_text", parameters, kind="TEMP TABLE")
    reach = Reach(
        int(parameters["window_days"]),
        int(parameters["same_event_days"]),
        parameters["shared_weight"],
        parameters["shared_weight_later"],
    )
    make_near(connection, name, reach)
    tables.create(connection, name, parameters)


def make_matches(
    connection: duckdb.DuckDBPyConnection,
    parameters: Mapping[str, float],
    model: Model,
    progress: Progress,
    workers: Workers,
) -> None:
    """Make the tables rival, evidence and evidence_passage from candidate."""
    grounds = workers.share((Grounds.read(connection, parameters), model))
    candidates = _pairs(connection, "candidate")
    rivals = _rivals(connection, parameters, _promising(connection))
    found: dict[int, list[Finding]] = {}
    undecided: Pairs = {}
    for text_no, findings in _judged(connection, grounds, candidates, rivals, progress, workers):
        if findings is None:
            undecided[text_no] = candidates[text_no]
        else:
            found[text_no] = findings
    if undecided:
        rivals = _rivals(connection, parameters, rivals.keys() | undecided.keys())
        for text_no, findings in _judged(connection, grounds, undecided, rivals, progress, workers):
            found[text_no] = findings or []
    ordered = [finding for _, findings in sorted(found.items()) for finding in findings]
    _add_lineage(ordered, better=parameters["nearer_margin"])
    rows = [finding.row for finding in ordered]
    passages = [row for finding in ordered for row in finding.passages]
    tables.create_from(connection, "evidence", pa.Table.from_pylist(rows, schema=EVIDENCE))
    tables.create_from(connection, "evidence_passage", pa.Table.from_pylist(passages, schema=PASSAGE))


def _promising(connection: duckdb.DuckDBPyConnection) -> set[int]:
    """Texts that share so much with a candidate that their rivals will be asked for, nearly always."""
    rows = connection.execute(
        "SELECT text_no FROM candidate WHERE shared_grams >= 10 OR shared_weight >= 0.15"
    ).fetchall()
    return {text_no for (text_no,) in rows}


def _rivals(connection: duckdb.DuckDBPyConnection, parameters: Mapping[str, float], text_nos: Collection[int]) -> Pairs:
    """The rivals of each of these texts; makes the table rival."""
    tables.create_from(connection, "undecided", {"text_no": pa.array(sorted(text_nos), pa.int64())})
    _make_pairs(connection, parameters, "rival")
    found = _pairs(connection, "rival")
    return {text_no: found.get(text_no, []) for text_no in text_nos}


def _judged(
    connection: duckdb.DuckDBPyConnection,
    grounds: Shared[tuple[Grounds, Model]],
    candidates: Pairs,
    rivals: Pairs,
    progress: Progress,
    workers: Workers,
) -> Iterator[tuple[int, list[Finding] | None]]:
    """The findings of each text that has candidates."""
    done = 0
    for judged in workers.map(_judge, _tasks(connection, grounds, candidates, rivals)):
        done += len(judged)
        progress("comparing", done, len(candidates))
        yield from judged


def _judge(task: Task) -> list[tuple[int, list[Finding] | None]]:
    grounds, model = task.grounds.get()
    corpus = Corpus(grounds, task.texts, task.stale, model.sentences)
    return [
        (text_no, judge_text(corpus, model, text_no, states, task.rivals.get(text_no)))
        for text_no, states in task.candidates.items()
    ]


def _tasks(
    connection: duckdb.DuckDBPyConnection,
    grounds: Shared[tuple[Grounds, Model]],
    candidates: Pairs,
    rivals: Pairs,
) -> Iterator[Task]:
    """Texts of neighbouring days together: they have the same state stories."""
    days = connection.execute(
        "SELECT text_no FROM text SEMI JOIN candidate USING (text_no) ORDER BY published_on, version_id"
    ).fetchall()
    part: Pairs = {}
    size = 0
    for (text_no,) in days:
        if text_no not in candidates:
            continue
        part[text_no] = candidates[text_no]
        size += len(candidates[text_no]) + len(rivals.get(text_no, []))
        if size >= _TASK_PAIRS:
            yield _task(connection, grounds, part, rivals)
            part, size = {}, 0
    if part:
        yield _task(connection, grounds, part, rivals)


def _task(
    connection: duckdb.DuckDBPyConnection,
    grounds: Shared[tuple[Grounds, Model]],
    candidates: Pairs,
    rivals: Pairs,
) -> Task:
    chosen = {text_no: rivals[text_no] for text_no in candidates if text_no in rivals}
    sources = [*candidates.values(), *chosen.values()]
    texts = TextRow.read(connection, sorted({*candidates, *(no for found in sources for no in found)}))
    stale = _stale(connection, sorted({*candidates, *(no for found in candidates.values() for no in found)}))
    return Task(grounds, candidates, chosen, texts, stale)


def _add_lineage(findings: Sequence[Finding], *, better: float) -> None:
    """Add origin and parent to every row, once all rows are known."""
    links = [finding.link for finding in findings]
    parent_of = parents(links, better=better)
    states = {finding.link.state_article_id: False for finding in findings}
    states |= {finding.link.state_article_id: True for finding in findings if finding.has_agency_credit}
    first = origins(links, states)
    for finding, link in zip(findings, links, strict=True):
        finding.row["origin"] = origin_of(link, first[link.state_article_id])
        finding.row["via_article_id"] = parent_of.get((link.article_id, link.state_article_id))


def _pairs(connection: duckdb.DuckDBPyConnection, table: str) -> Pairs:
    found: Pairs = defaultdict(list)
    for text_no, source_no in (
        connection.table(table).project("text_no, source_no").order("text_no, source_no").fetchall()
    ):
        found[text_no].append(source_no)
    return dict(found)


def _stale(connection: duckdb.DuckDBPyConnection, numbers: Sequence[int]) -> dict[int, Hashes]:
    """Sorted hashes of each text's n-grams that prove nothing."""
    rows = connection.execute(
        "SELECT text_no, gram FROM stale_gram WHERE text_no IN (SELECT unnest($numbers)) ORDER BY text_no, gram",
        {"numbers": list(numbers)},
    ).fetchnumpy()
    texts, hashes = np.asarray(rows["text_no"]), np.asarray(rows["gram"], np.uint64)
    cuts = np.flatnonzero(np.diff(texts)) + 1
    return {
        int(part[0]): grams
        for part, grams in zip(np.split(texts, cuts), np.split(hashes, cuts), strict=True)
        if len(part)
    }
