"""How near two headlines are. Tabloids replace the headline and keep the text, so this is shown, never decisive."""

import jellyfish

from pipelines.normalise import fold


def title_similarity(one: str, other: str) -> float:
    """Jaro-Winkler similarity of the folded headlines, 0 to 1 (Winkler 1990)."""
    return float(jellyfish.jaro_winkler_similarity(fold(one), fold(other)))
