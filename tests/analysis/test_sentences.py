"""Sentences of Serbian news text, and what is quoted in it."""

import pytest

from analysis.sentences import quotations, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Prva rečenica. Druga rečenica.", ["Prva rečenica.", "Druga rečenica."]),
        ("Zasedanje je 5. oktobra u Nišu.", ["Zasedanje je 5. oktobra u Nišu."]),
        ("Rekao je A. Petrović juče.", ["Rekao je A. Petrović juče."]),
        ("Prof. dr Ana Ilić i mr. Vuk dolaze.", ["Prof. dr Ana Ilić i mr. Vuk dolaze."]),
        ("Проф. др Ана Илић је ту. Дошла је.", ["Проф. др Ана Илић је ту.", "Дошла је."]),
        ("Cena je 1.200 evra. Pada.", ["Cena je 1.200 evra.", "Pada."]),
        ("Pogon radi od 1911. Na pet linija voze.", ["Pogon radi od 1911.", "Na pet linija voze."]),
        ("„Idemo dalje.“ Zatim je otišao.", ["„Idemo dalje.“", "Zatim je otišao."]),
        ("Da li? Ne! Možda…", ["Da li?", "Ne!", "Možda…"]),
        ("Naslov bez tačke\n\nTekst.", ["Naslov bez tačke", "Tekst."]),
        ("tzv. mirna noć", ["tzv. mirna noć"]),
        ("Prema čl. 5 i cl. 6 važi.", ["Prema čl. 5 i cl. 6 važi."]),
        ("Rekli su Љ. Илић, Lj. Ilić i Dj. Ilić.", ["Rekli su Љ. Илић, Lj. Ilić i Dj. Ilić."]),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kaže: „Neće biti lako“, dodaje.", ["Neće biti lako"]),
        ('Kaže: "Neće biti lako", dodaje.', ["Neće biti lako"]),
        ("Каже: „Неће бити лако”, додаје.", ["Неће бити лако"]),
        ("Kaže: »Neće biti lako«.", ["Neće biti lako"]),
        ("- Neće biti lako ove zime - rekao je on.", ["Neće biti lako ove zime - rekao je on."]),
        ("Bez navoda.", []),
    ],
)
def test_quotations(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in quotations(text)] == expected
