"""One text in many spellings: letters, words of both pronunciations and sentences that the tests of folding share."""

CYRILLIC = "абвгдђежзијклљмнњопрстћуфхцчџшАБВГДЂЖЉЊЏШ"

DIALECTS = [
    tuple(pair.split())
    for pair in """lijep lep|mjesto mesto|rijeka reka|prije pre|poslije posle|dvije dve|snijeg sneg|bijeg beg|smijem smem
umijem umem|razumije razume|vidio video|htio hteo|dio deo|cijeli celi|cio ceo|volio voleo|čovjek čovek|djeca deca
gdje gde|ovdje ovde|ljeto leto|nedjelja nedelja|ponedjeljak ponedeljak|vijest vest|vijesti vesti|izvještaj izveštaj
predsjednik predsednik|obavještajni obaveštajni|cijena cena|cijenama cenama|povjerenje poverenje|djevojka devojka
grijanje grejanje|nasmijati nasmejati|sjever sever|vjera vera|uspjeh uspeh|primjena primena|primijeniti primeniti
zamjenik zamenik|vrijeme vreme|vremena vremena|svjedok svedok|svijet svet|svjetski svetski|bezbjednost bezbednost
sjednica sednica|rješenje rešenje|saopštenje saopštenje|njemački nemački|donijeti doneti|donio doneo|zabilježen zabeležen
bilješka beleška|srijeda sreda|mjesec mesec|uvijek uvek|lijek lek|vijeće veće|tijelo telo|korijen koren|dijete dete
savjet savet|zahtjev zahtev|posjeta poseta|odnijela odnela|prijedlog predlog|htjeli hteli|živjeti živeti|ljevica levica
riječ reč|riječi reči|sljedeći sledeći|posljednji poslednji|prijetnja pretnja|prijelaz prelaz|prijevoz prevoz
prijenos prenos|stijena stena|povrijeđen povređen|naslijeđe nasleđe|nijedan nijedan|starijeg starijeg|obje obe
svjetlost svetlost|bijel bel|bijela bela|bijeli beli|ocijenio ocenio|ponijeti poneti|zvijezda zvezda|odjeća odeća
nasljednik naslednik|naprijed napred|smjena smena|promijenio promenio|izmjena izmena|podjela podela|objekat objekat
odjek odjek|izvijestio izvestio|razumijevanje razumevanje|htjela htela|nesreća nesreća|rječnik rečnik|pjesma pesma
mjera mera|vjetar vetar|vjetra vetra|zasjedanje zasedanje""".replace("\n", "|").split("|")
]

SENTENCES = [
    (
        "Предсједник општине рекао је у сриједу да ће мјере важити двије недјеље.",
        "Predsednik opštine rekao je u sredu da će mere važiti dve nedelje.",
    ),
    (
        "Cijena goriva porasla je za 3,5 odsto, a litar dizela košta dvjesta četrdeset dinara.",
        "Цена горива порасла је за 3,5 одсто, а литар дизела кошта двеста четрдесет динара.",
    ),
    (
        "„Nijesmo htjeli da čekamo“, izjavila je zamjenica direktora Đurđa Šćepanović.",
        "„Nismo hteli da čekamo“, izjavila je zamenica direktora Đurđa Šćepanović.",
    ),
    (
        "Priopćenje je objavljeno 5. listopada, a vlak iz Europe kasnio je tri sata.",
        "Saopštenje je objavljeno 5. oktobra, a voz iz Evrope kasnio je tri sata.",
    ),
]
"""One sentence in Croatian, Bosnian or Montenegrin usage and in Serbian; scripts mixed on purpose."""


def without_diacritics(latin: str, dj: str = "dj") -> str:
    """Latin text as typed on a keyboard without our letters."""
    plain = str.maketrans("čćšžČĆŠŽ", "ccszCCSZ")
    return latin.translate(plain).replace("đ", dj).replace("Đ", dj.capitalize())
