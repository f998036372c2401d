-- One row per outlet whose stored articles were visited again: how many addresses, and what became of them.
SELECT
    revisit.outlet,
    outlet.name AS outlet_name,
    outlet.role,
    count(DISTINCT revisit.url) AS address_count,
    count(*) AS visit_count,
    count(DISTINCT revisit.url) FILTER (revisit.outcome = 'changed') AS changed_count,
    count(DISTINCT revisit.url) FILTER (revisit.outcome = 'gone') AS gone_count,
    count(DISTINCT revisit.url) FILTER (revisit.outcome = 'moved') AS moved_count,
    count(*) FILTER (revisit.outcome = 'failed') AS failed_count
FROM revisit
JOIN outlet USING (outlet)
GROUP BY revisit.outlet, outlet.name, outlet.role
ORDER BY lower(outlet.name), revisit.outlet
