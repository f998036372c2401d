-- One row per narrative and article that has phrases of it: a topic, not an opinion.
-- narrative: name in narratives.toml.
-- title: what the narrative says.
-- article_id: article.
-- phrase_count: phrases of the narrative in headline and text.
SELECT narrative, title, article_id, phrase_count
FROM arriving
