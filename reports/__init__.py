"""Tables become the report: static pages built from the published snapshot."""
