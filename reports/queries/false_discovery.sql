-- One row: how many of the reported articles may be false, as the analysis estimated it with decoys.
SELECT
    judged_pairs,
    decoy_pairs,
    decoy_hits,
    amplifications,
    rate,
    rate_low,
    rate_high,
    probability_rate,
    note
FROM false_discovery
