"""What brings together the words that a retelling exchanges: derivations of one root, and synonyms.

`root` strips a term to a key that its derivations share (*izvoz, izvozni, izvoznik*; *bezbedan, bezbednost*): too rough
to be the term itself, good enough to call a term half explained. `concept` names the group of `lexicon/synonyms.tsv`
a term belongs to (*udes, nesreća, sudar*). `similarity` decides what either is worth.
"""

from functools import cache

from analysis.fold import stem_word
from analysis.wordlists import rows

_ROOT_LETTERS = 5
"""Longest key. On pairs of news sentences 4 confuses prefixes with roots (*pred-*), 6 loses *izgradnja, izgrađen*."""
_LEAST = 4

_INFLECTIONS = (
    "ovima evima ijama icama anima ostima ostiju ajuci ujuci ivanje avanje ovanje ajmo ijeg ijem ijim ijih ijoj "
    "ijom ije ija iju iji ijo oga ome ega emu omu ima ama om em im ih og eg oj ov ev ova eva ovi evi ove eve ovu "
    "ala alo ali ale ila ilo ili ile ela elo eli ele ula ulo uli ule ao io uo la lo li le ati iti eti uti nuti "
    "ovati avati ivati ti ci am as a amo ate aju is imo ite e emo ete u jem jes jemo jete ju nem nes nemo nu an "
    "ana ano ani ane anu anog anim anih anoj en ena eno eni ene enu enog enom enim enih enoj t ta to tog tih uje "
    "ujem ujes ujemo ujete uju ovao ovala ovali ovalo avao avala avali ivao ivala ivali avaju ivaju o i "
)
_DERIVATIONS = (
    "anstvo enstvo stvo stven nost nosn ost ansk ensk insk ovsk evsk sk ck ack nick nic nik ic ac telj ar ist "
    "izam izm acij cij ij anj enj nj ovn evn ivn avn iv av ov ev an en in n k c "
)


_VOWELS = frozenset("aeiou")
_INFLECTION = frozenset(_INFLECTIONS.split())
_DERIVATION = frozenset(_DERIVATIONS.split())
_LONGEST = max(map(len, _INFLECTION | _DERIVATION))


@cache
def root(term: str) -> str:
    """Key shared by the derivations of a term; a number is its own."""
    return _base(term)[:_ROOT_LETTERS] if term.isalpha() else term


@cache
def concept(term: str) -> int | None:
    """Number of the synonym group that a term belongs to, as it stands or without its derivation."""
    groups = _concepts()
    return groups.get(term, groups.get(_base(term)))


@cache
def _concepts() -> dict[str, int]:
    groups: dict[str, int] = {}
    bases: dict[str, int] = {}
    for number, (line,) in enumerate(rows("synonyms.tsv")):
        for word in line.split():
            term = stem_word(word)
            groups.setdefault(term, number)
            bases.setdefault(_base(term), number)
    return bases | groups


def _base(term: str) -> str:
    left = _strip(term, _INFLECTION, 3)
    for _ in range(2):
        left = _strip(left, _DERIVATION, _LEAST)
    return left


def _strip(word: str, endings: frozenset[str], least: int) -> str:
    """The word without its longest ending."""
    for at in range(max(least, len(word) - _LONGEST), len(word)):
        if word[at:] in endings and not _VOWELS.isdisjoint(word[:at]):
            return word[:at]
    return word
