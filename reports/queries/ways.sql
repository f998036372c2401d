-- One row per outlet and way in which its article addresses were found, over all its runs.
SELECT outlet, way, sum(json_extract(discovered_by::JSON, '$."' || way || '"')::BIGINT)::BIGINT AS found_count
FROM (
    SELECT outlet, discovered_by, unnest(json_keys(discovered_by::JSON)) AS way
    FROM crawl
    WHERE discovered_by IS NOT NULL
)
GROUP BY outlet, way
ORDER BY outlet, found_count DESC, way
