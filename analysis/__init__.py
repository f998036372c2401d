"""Articles become candidates, scored matches, verdicts, cascades and figures."""
