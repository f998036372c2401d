"""Does something else stand where the article should: a check for machines, consent, a paywall, a page of an error?

By the words of a short text, folded, so that both scripts are one; where there is no text, spiders/barrier.py asks its
markup. `pipelines.extract` asks both. What the reasons mean to a reader is in `spiders.refusal`.
"""

import re

from pipelines.normalise import fold

SHORT = 150
"""Words up to which a text may be a wall, or the lines before one; longer ones are articles, also about walls."""

TEASER = 60
"""Words from which the text of a page that says it must be paid for is stored: the opening of the article itself."""

_WALLS = {
    "bot_check": re.compile(
        r"just a moment\W*$|just a moment\W.*(?:browser|human|security)|attention required|are you a robot|captcha"
        r"|enable javascript and cookies|checking your browser|access (?:to this page has been )?denied"
        r"|verify (?:that )?you are (?:a )?human|(?:potvrdite|dokazite) da niste robot"
    ),
    "consent_page": re.compile(
        r"before you continue|store (?:and |or |and/or )?access .{0,40}(?:data|device)|accept all .{0,40}reject all"
        r"|pri?je? nego sto nastavite|koristimo kolacice|koristi kolacice|prihvatam kolacice|ukljucite javascript"
        r"|(?:prijavite|ulogujte) se da biste|zaboravili ste (?:lozinku|sifru)"
        r"|(?:sign|log) in to continue|forgot (?:your )?password"
    ),
    "paywall": re.compile(
        r"(?:nastavak|ostatak|ceo|citav|cijeli|kompletan) (?:tekst|clan|vest)\w* .{0,60}(?:pretplat|premium|prijav)"
        r"|(?:samo|iskljucivo|dostup\w+) (?:za )?(?:nase? )?pretplatni|pretplatite se .{0,30}(?:nastav|procita|citanj)"
        r"|za nastavak citanja|(?:subscribe|register) to (?:continue|read)|(?:only|available) (?:to|for) subscribers\b"
    ),
}
_MISSING = re.compile(
    r"(?:(?:error|greska|http|kod)\W*)?404(?:\W*$|\s+[-–—|:]|\W+(?:error|greska|not found|stran))"
    r"|(?:(?:trazen[ai] )?stranic?[ae](?: koju trazite)?|sadrzaj|vest|vijest|clanak) "
    r"(?:nije (?:pronadjen|nadjen)|ne postoji)"
    r"|(?:page|file|article|content) (?:was )?not found|(?:this|the) page (?:does ?n[o']t exist|could ?n[o']t be found)"
    r"|nothing (?:was )?found\W*$|nema rezultata"
)
_PAID = re.compile(rb'"isAccessibleForFree"\s*:\s*"?(?:false|no)\b', re.IGNORECASE)


def wall_of(title: str, text: str, words: int, body: bytes = b"") -> str:
    """What stands there, as the reason of its refusal; empty where nothing does. `body` is the page's bytes."""
    if words > SHORT:
        return ""
    if _MISSING.match(fold(title)):
        return "soft_404"
    folded = fold(f"{title} {text}")
    found = (reason for reason, spelled in _WALLS.items() if spelled.search(folded))
    return next(found, "paywall" if words < TEASER and _PAID.search(body) else "")
