-- One row per outlet that was crawled or imported: how many came through each stage, over all its runs.
SELECT
    crawl.outlet,
    outlet.name AS outlet_name,
    outlet.role,
    count(*) AS run_count,
    count(*) FILTER (crawl.status <> 'ok') AS bad_run_count,
    coalesce(sum(crawl.outside_count), 0)::BIGINT AS outside_count,
    sum(crawl.discovered_count)::BIGINT AS discovered_count,
    sum(crawl.fetched_count)::BIGINT AS fetched_count,
    coalesce(sum(crawl.parsed_count), 0)::BIGINT AS parsed_count,
    sum(crawl.stored_count)::BIGINT AS stored_count,
    sum(crawl.refused_count)::BIGINT AS refused_count,
    coalesce(sum(crawl.revisited_count), 0)::BIGINT AS revisited_count
FROM crawl
LEFT JOIN outlet USING (outlet)
GROUP BY crawl.outlet, outlet.name, outlet.role
ORDER BY lower(coalesce(outlet.name, crawl.outlet)), crawl.outlet
