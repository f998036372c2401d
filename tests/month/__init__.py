"""A simulated month of invented outlets, crawled night by night with the real spiders and pipelines."""
