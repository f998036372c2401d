"""A hostile web on loopback: one invented outlet for each way in which sites misbehave, crawled in one real crawl."""
