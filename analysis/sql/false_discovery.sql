-- One row: how many of the reported amplifications are false, estimated with decoys: state stories moved far from their day.
-- run_id: run that estimated.
-- method: method that judged, as in match.method.
-- judged_pairs: pairs of an article and an earlier state article inside the window, each an opportunity to be called amplification.
-- decoy_pairs: the same with the state stories moved; 0 when the corpus is too short.
-- decoy_hits: articles that would have been reported for a moved story.
-- amplifications: articles that are reported, the rows of amplification.
-- rate: estimated share of these that is false; null when it cannot be estimated.
-- rate_low: lower end of its 95 % interval; 0 when it cannot be estimated.
-- rate_high: upper end of its 95 % interval; 1 when it cannot be estimated.
-- probability_rate: the same by the matches' own probabilities: mean of 1 - probability; null when nothing is reported.
-- note: why it cannot be estimated; else null.
SELECT
    current.run_id,
    current.method,
    arriving.judged_pairs,
    arriving.decoy_pairs,
    arriving.decoy_hits,
    arriving.amplifications,
    arriving.rate,
    arriving.rate_low,
    arriving.rate_high,
    (SELECT round(avg(1 - probability), 9) FROM amplification) AS probability_rate,
    arriving.note
FROM arriving
CROSS JOIN current
