"""Where an article speaks of its own reporting: *rekla nam je*, *kaže za naš portal*, *naš dopisnik*, *pitali smo*.

Whoever was there says so, and names his own outlet as others would: *saznaje Gradska hronika* in Gradska hronika. What
is said inside quotation marks is another's voice. That a copied "rekli su nam" is the story's own is seen in
`features`, where only sentences count that the story does not tell.
"""

import re

from analysis.credit import spoken_to
from analysis.fold import fold_characters
from analysis.sentences import Span, quotations

_SPEECH = (
    r"(?:rek(?:ao|l)|kaz(?:e|u|ao|al)|receno|potvrd|potvrdj|odgov[ao]r|objas|pojas|prica|ispric|pokaz|dostavi|najav|otkri|"
    r"poruc|tvrd|pren(?:eo|el|io|ijel|os)|jav(?:i|lj)|saopst|priop|naved|navod|naveo|navel|dod[ao]|doda[jl]|istak|istic|"
    r"precizir|napis|uverav|uvjerav|prizna|pozal|predoc|ustup)[a-z]*"
)
_US = re.compile(
    rf"\b{_SPEECH}(?: [a-z]+)? nam\b|\bnam(?: je| su| i)?(?: [a-z]+){{0,2}} {_SPEECH}"
    r"|\bza nas(?:eg|u|e)? (?:list|portal|medij|sajt|redakcij|televizij|radi|novin|agencij|magazin)"
    r"|\bnas(?:a|e|eg|em|oj|u|i|ih|im|om)? (?:novinar|ekip|reporter|dopisni|redakcij|izvj?estac|sagovorni|saradni)"
    r"|\bnas(?:em|eg|oj)? (?:list|portal|redakcij)(?:u|a)\b"
    r"|\b(?:nezvanicno |ekskluzivno )?(?:saznaje|doznaje)mo\b"
)
# "Smo" with a verb, wherever the writer speaks; "kako smo pisali" is said of what was printed before.
_NOT_HERE = r"(?!pisa|objav|prene|najav|izv[j]?est|navel|pomen|spomen|ima|bi)"
_WE = re.compile(rf"\b{_NOT_HERE}[a-z]{{2,}}li(?: [a-z]+)? smo\b|\bsmo(?: [a-z]+){{0,2}} {_NOT_HERE}[a-z]{{2,}}li\b")


def own_reporting(text: str, names: tuple[str, ...]) -> list[Span]:
    """Where a text of the outlet called `names` says that it asked, saw or heard for itself; offsets in the text."""
    folded, offsets = fold_characters(text)
    found = [match.span() for expression in (_US, _WE) for match in expression.finditer(folded)]
    spans = [(offsets[start], offsets[end - 1] + 1) for start, end in found] + spoken_to(names, text)
    quoted = quotations(text) if spans else []
    return sorted(span for span in spans if not any(start <= span[0] < end for start, end in quoted))
