"""One article text against its candidates: compares, lets explanations compete, judges.

A state story that explains nearly nothing is judged by itself; where one would explain the article, every rival is
compared too. What is a passage, a rival, a verdict is decided in the modules called from here; `matching` calls this,
in worker processes, for all texts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta

import numpy as np

from analysis.comparison import Comparison, compare
from analysis.corpus import Corpus
from analysis.evidence import Row
from analysis.evidence import passages as passages_of
from analysis.explanation import Source, When, best_rival, direction_of, rivals_of
from analysis.features import RIVALRY, UNSEEN, exact, explained, margin, public_quotes, shared_text
from analysis.headline import title_similarity
from analysis.lineage import Intermediary, Link
from analysis.model import Model
from analysis.passages import Mask, align
from analysis.public import Witness, known, public_speech, witness
from analysis.sentence_model import SentenceModel
from analysis.tokens import Hashes
from analysis.traces import HEADLINE, LEAST_COPIED, LEAST_TRANSLATED, same_headline, traces
from analysis.unseen import unseen
from analysis.verdict import Case, Judged, judge, rivalry_features

LEAST_RETOLD = 0.2
"""Share of a later story that an article must tell for it to be asked whether the story was made from the article."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found for one text and one state text: rows of evidence and evidence_passage, and what lineage needs."""

    row: Row
    passages: list[Row]
    link: Link
    has_agency_credit: bool  # the state text credits an agency


def judge_text(
    corpus: Corpus, model: Model, text_no: int, state_nos: Sequence[int], rival_nos: Sequence[int] | None
) -> list[Finding] | None:
    """A finding for each state candidate of a text; None when rivals must be looked at and `rival_nos` is None.

    Rivals matter where a state story alone would explain the article; what shares nearly nothing needs no other source.
    """
    if len(np.unique(corpus.reading(text_no).words.ids)) < corpus.parameters["least_distinct"]:
        return []
    stories = _stories(corpus, text_no, state_nos)
    least = corpus.parameters["rival_probability"]
    likely = {story.text_no for story in stories if model.shared_text.probability(story.shared_text) >= least}
    if likely and rival_nos is None:
        return None
    nos = (rival_nos or []) if likely else []
    others = _others(corpus, text_no, nos, None)
    # Beside a translation that the sentence model was asked about, it is asked about every rival, too.
    is_asked = any(_sentences(corpus, text_no, no) for no in likely)
    others_asked = _others(corpus, text_no, nos, corpus.sentences) if is_asked else others
    public = public_quotes(corpus.reading(text_no), (other.comparison for other in others))

    def found(story: Source) -> Finding:
        if story.text_no not in likely:
            return _finding(corpus, model, text_no, story, None)
        rivals = others_asked if _sentences(corpus, text_no, story.text_no) else others
        return _finding(corpus, model, text_no, _without(corpus, text_no, story, public, rivals), rivals)

    findings = {story.text_no: found(story) for story in stories}
    taken = [story for story in stories if findings[story.text_no].link.verdict == "amplification"]
    for story in _newer_forms(corpus, text_no, stories, taken):
        likely.add(story.text_no)
        findings[story.text_no] = found(story)
    return list(findings.values())


def _others(corpus: Corpus, text_no: int, rival_nos: Sequence[int], sentences: SentenceModel | None) -> list[Source]:
    """The rivals, compared."""
    own = corpus.stale.get(text_no)
    return [_source(corpus, text_no, no, own, is_rival=True, sentences=sentences) for no in rival_nos]


def _sentences(corpus: Corpus, text_no: int, source_no: int) -> SentenceModel | None:
    """The sentence model, where there is one and the two texts are in different languages."""
    sentences = corpus.sentences
    return sentences if sentences and sentences.is_for(corpus.reading(text_no), corpus.reading(source_no)) else None


def _newer_forms(corpus: Corpus, text_no: int, stories: Sequence[Source], taken: Sequence[Source]) -> Iterator[Source]:
    """Stories that are a newer form of one that the article was made from, and have more of its very words.

    What an outlet printed before proves nothing, so the newer form has few words left to be judged by; but it is the
    same story, and where the two differ the article tells which of them it has.
    """
    for story in stories:
        older = [
            other
            for other in taken
            if other.outlet == story.outlet
            and corpus.reading(other.text_no).language == corpus.reading(story.text_no).language
            and other.when.certainly_before(story.when)
        ]
        if not older or not story.when.possibly_before(corpus.facts[text_no].when):
            continue
        words = _equal_words(corpus, text_no, story.text_no)
        if all(words > _equal_words(corpus, text_no, other.text_no) for other in older):
            sentences = _sentences(corpus, text_no, story.text_no)
            yield _source(corpus, text_no, story.text_no, corpus.stale.get(text_no), sentences=sentences)


def _equal_words(corpus: Corpus, text_no: int, source_no: int) -> int:
    """Words that a text and a source have in common in passages, what proves nothing included."""
    limits = corpus.limits
    passages = align(
        corpus.reading(text_no).words.ids,
        corpus.reading(source_no).words.ids,
        gram_words=limits.gram_words,
        gap_words=limits.gap_words,
        passage_words=limits.passage_words,
    )
    return sum(passage.words for passage in passages)


def _stories(corpus: Corpus, text_no: int, state_nos: Sequence[int]) -> list[Source]:
    """The state candidates, compared."""
    facts = corpus.facts[text_no]
    own = corpus.stale.get(text_no)
    ignored = {no: _join(own, corpus.stale.get(no)) for no in state_nos}
    asked = {no: _sentences(corpus, text_no, no) for no in state_nos}
    stories = [_source(corpus, text_no, no, ignored[no], sentences=asked[no]) for no in state_nos]
    # A form filled in with other numbers on another day; on the same day they may be a corrected version.
    forms = [
        story.comparison.stale
        for story in stories
        if story.comparison.is_template and corpus.facts[story.text_no].published_on != facts.published_on
    ]
    if forms:
        template = np.logical_or.reduce(forms)
        stories = [_source(corpus, text_no, no, ignored[no], template, sentences=asked[no]) for no in state_nos]
    return [_retold_by(corpus, text_no, story) for story in stories]


def _retold_by(corpus: Corpus, text_no: int, story: Source) -> Source:
    """Where the article was certainly first: the story's features as those of a text made from the article."""
    if not corpus.facts[text_no].when.certainly_before(story.when) or story.comparison.reverse < LEAST_RETOLD:
        return story
    comparison = compare(
        corpus.reading(story.text_no),
        corpus.reading(text_no),
        corpus.limits,
        ignored=_join(corpus.stale.get(text_no), corpus.stale.get(story.text_no)),
    )
    is_credited = corpus.credit(story.text_no, corpus.facts[text_no].outlet) is not None
    features = _shared_text(corpus, story.text_no, text_no, comparison, is_credited=is_credited)
    return replace(story, shared_text=features)


def _finding(corpus: Corpus, model: Model, text_no: int, story: Source, others: Sequence[Source] | None) -> Finding:
    """Judge one story beside its rivals; `others` is None where the story explains too little to ask whose it was."""
    is_likely = others is not None
    others = others or []
    facts, story_facts = corpus.facts[text_no], corpus.facts[story.text_no]
    slack = timedelta(minutes=corpus.parameters["agency_minutes"])
    has_agency_credit = is_likely and corpus.has_agency_credit(text_no)
    others_credit = [_with_credits(corpus, other, story.outlet) for other in others]
    case = Case(
        reading=corpus.reading(text_no),
        story=story,
        story_reading=corpus.reading(story.text_no),
        rivalry=best_rival(story, rivals_of(facts.when, story, others_credit, slack), is_wire=has_agency_credit),
        unseen=unseen(corpus.reading(text_no), story, corpus.reading(story.text_no), others_credit, facts.when),
        direction=direction_of(facts.when, story_facts.when),
        lag_days=(facts.published_on - story_facts.published_on).days,
        has_agency_credit=has_agency_credit,
        is_named=is_likely and corpus.is_named(text_no, story.outlet),
        role=facts.role,
    )
    passages = list(passages_of(corpus, case, text_no))
    judged = judge(case, model, corpus.parameters, has_evidence=bool(passages))
    return Finding(
        _row(corpus, case, judged, text_no),
        passages,
        _link(corpus, case, judged, text_no, others),
        is_likely and corpus.has_agency_credit(story.text_no),
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
    story, apart = case.story_reading, corpus.exclusive(case.story.text_no)
    for other in others:
        if other.role not in {"local", "aggregator"} or not other.when.possibly_before(when):
            continue
        if when.certainly_before(other.when) or float(other.comparison.copied.mean()) < least_copied:
            continue
        copied = float((other.comparison.copied & case.story.comparison.copied).mean())
        found = 0.0
        if copied >= LEAST_COPIED and not case.story.is_credited:
            found = traces(case.reading, story, corpus.reading(other.text_no), apart=apart)
        if same_headline(case.reading, story, corpus.reading(other.text_no)):
            found += HEADLINE
        nearer = margin(case.story.explained, other.explained)
        yield Intermediary(corpus.facts[other.text_no].article_id, nearer, other.is_credited, found)


def _source(
    corpus: Corpus,
    text_no: int,
    source_no: int,
    ignored: Hashes | None,
    template: Mask | None = None,
    *,
    is_rival: bool = False,
    sentences: SentenceModel | None = None,
) -> Source:
    facts = corpus.facts[source_no]
    reading = corpus.reading(text_no)
    comparison = compare(
        reading,
        corpus.reading(source_no),
        corpus.limits,
        ignored=ignored,
        template=template,
        is_rival=is_rival,
        sentences=sentences,
    )
    is_credited = corpus.credit(text_no, facts.outlet) is not None
    return Source(
        text_no=source_no,
        outlet=facts.outlet,
        role=facts.role,
        when=facts.when,
        comparison=comparison,
        explained=explained(reading, comparison),
        shared_text=_shared_text(corpus, text_no, source_no, comparison, is_credited=is_credited),
        is_credited=is_credited,
        has_agency_credit=facts.role == "agency",
        credits=frozenset(),
    )


def _without(corpus: Corpus, text_no: int, story: Source, public: Mask, others: Sequence[Source]) -> Source:
    """The story, with what others prove that the article need not have from it; as it is where that was first."""
    if corpus.facts[text_no].when.certainly_before(story.when):
        return story
    witnesses = filter(None, (_witness(corpus, story, other) for other in others))
    features = _shared_text(
        corpus,
        text_no,
        story.text_no,
        story.comparison,
        is_credited=story.is_credited,
        public=public,
        known=known(corpus.reading(story.text_no), story.comparison, witnesses),
    )
    return replace(story, shared_text=features)


def _witness(corpus: Corpus, story: Source, other: Source) -> Witness | None:
    """Another article as a witness of what the story tells; compared once for all articles."""
    voice = corpus.voice(other.text_no)
    if not voice or other.role == "factchecker" or corpus.credit(other.text_no, story.outlet):
        return None
    key = (other.text_no, story.text_no)
    if key not in corpus.witnesses:
        reading, source = corpus.reading(other.text_no), corpus.reading(story.text_no)
        comparison = compare(reading, source, corpus.limits, ignored=None)
        corpus.witnesses[key] = witness(reading, source, comparison, voice)
    return corpus.witnesses[key]


def _shared_text(
    corpus: Corpus,
    text_no: int,
    source_no: int,
    comparison: Comparison,
    *,
    is_credited: bool,
    public: Mask | None = None,
    known: float = 0.0,
) -> dict[str, float]:
    reading, source = corpus.reading(text_no), corpus.reading(source_no)
    is_public = corpus.names_occasion(text_no) or corpus.names_occasion(source_no)
    said = public_speech(source, comparison, corpus.exclusive(source_no)) if is_public else 0.0
    return shared_text(
        reading,
        source,
        comparison,
        is_credited=is_credited,
        voice=corpus.voice(text_no),
        said=said,
        public=public,
        known=known,
    )


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
        **{f"unseen_{name}": value for name, value in (case.unseen or dict.fromkeys(UNSEEN)).items()},
    }


def _join(one: Hashes | None, other: Hashes | None) -> Hashes | None:
    if one is None or other is None:
        return other if one is None else one
    return np.union1d(one, other)
