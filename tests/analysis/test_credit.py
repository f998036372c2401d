"""Credits of an outlet: formulae in both scripts and all cases are found, mentions are not."""

import pytest

from analysis.credit import credits_wire, find_credit, mentions, named_sources, short_name

SPUTNIK = ("Sputnjik", "Sputnik", "sputnikportal.rs", "rs.sputniknews.com")
RT = ("RT Balkan", "RT")
MERIDIJAN = ("Meridijan",)


@pytest.mark.parametrize(
    ("names", "text", "byline", "kind"),
    [
        (SPUTNIK, "Tako je, prenosi Sputnjik.", None, "verb"),
        (SPUTNIK, "Тако је, преноси Спутњик.", None, "verb"),
        (SPUTNIK, "Tako je, prenio je „Sputnjik“.", None, "verb"),
        (SPUTNIK, "Poslanici su se potukli, prenosi\n\nSputnjik.\n\nOna je pozvala na mir.", None, "verb"),
        (SPUTNIK, "Neće biti lako, rekao je za Sputnjik.", None, "statement"),
        (SPUTNIK, "Неће бити лако, каже за Спутњик професор.", None, "statement"),
        (SPUTNIK, "To je rekao u intervjuu Sputnjiku.", None, "statement"),
        (SPUTNIK, "U razgovoru sa urednicom Sputnjika rekao je to.", None, "statement"),
        (SPUTNIK, "Dug tekst o žetvi u ravnici.\n\nIzvor: Sputnjik", None, "source_line"),
        (SPUTNIK, "Дуг текст о жетви.\n\nИзвор: Спутник Србија", None, "source_line"),
        (SPUTNIK, "Dug tekst o žetvi u ravnici koja traje. (Sputnjik)", None, "signature"),
        (SPUTNIK, "Dug tekst o žetvi u ravnici koja traje. (RIA Novosti/Sputnjik)", None, "signature"),
        (SPUTNIK, "Tekst bez ičega.", "Sputnjik (A. S.)", "byline"),
        (SPUTNIK, "Tekst bez ičega.", "Vestionline, Sputnjik", "byline"),
        (SPUTNIK, "Tekst bez ičega.", "rs.sputniknews.com/Tanjug", "byline"),
        (RT, "Tako je, преноси РТ Балкан.", None, "verb"),
        (RT, "Rekla je za RT Balkan da dolazi.", None, "statement"),
        (("Beta",), "BETA – Žetva u ravnici je počela.", None, "dateline"),
        (("Beta",), "BEOGRAD, 3. marta (Beta) – Žetva u ravnici je počela.", None, "dateline"),
        (("Srna",), "BEOGRAD /SRNA/ – Žetva u ravnici je počela.", None, "dateline"),
        (("Tanjug",), "ТАНЈУГ: Жетва у равници је почела.", None, "dateline"),
        (MERIDIJAN, "Kako je za Meridijan ispričao kapetan, luka se širi.", None, "statement"),
        (MERIDIJAN, "Sagovornik „Meridijana“ iz vrha uprave otkriva da radovi kasne.", None, "statement"),
        (MERIDIJAN, "У управи луке је за дневник „Меридијан“ потврђено да радови касне.", None, "statement"),
        (MERIDIJAN, "Radovi kasne, saopštila je za Meridijan uprava luke.", None, "statement"),
        (MERIDIJAN, "Prema uporednom pregledu Meridijana, luka je treća po prometu.", None, "statement"),
        (MERIDIJAN, "Luka se širi, saznaje Meridijan iz uprave.", None, "verb"),
        (MERIDIJAN, "Prema pisanju Meridijana, luka se širi.", None, "verb"),
    ],
)
def test_credits_are_found(names: tuple[str, ...], text: str, byline: str | None, kind: str) -> None:
    found = find_credit(names, text, byline)
    assert found is not None
    assert found.kind == kind
    if found.start is not None:
        assert text[found.start].isupper() or "." in text[found.start : found.start + 20]


@pytest.mark.parametrize(
    ("names", "text", "byline"),
    [
        (SPUTNIK, "Vakcina Sputnik V stiže u Niš.", None),
        (SPUTNIK, "Primio je dve doze vakcine Sputnjik.", None),
        (SPUTNIK, "Prvi satelit Sputnjik lansiran je 1957.", None),
        (SPUTNIK, "Foto: Sputnik / Ana Ilić", None),
        (RT, "Tako je, prenosi RTS.", None),
        (RT, "Prenosi RTRS, a potvrđuje RTCG.", None),
        (RT, "Televizija Raša Tudej (RT), stiže u Srbiju.", None),
        (MERIDIJAN, "Nulti meridijan prolazi kroz grad, piše u knjizi.", None),
        (MERIDIJAN, "Tekst bez ičega.", "Foto: Meridijan"),
        (MERIDIJAN, "Portal ima milion čitalaca. Prvi put je Meridijan bio drugi.", None),
    ],
)
def test_mentions_are_no_credits(names: tuple[str, ...], text: str, byline: str | None) -> None:
    assert find_credit(names, text, byline) is None


def test_mentions_are_counted_in_both_scripts() -> None:
    assert mentions(MERIDIJAN, "Meridijan i Меридијана, ali ne meridijan na karti.") == 2


@pytest.mark.parametrize(
    ("text", "byline", "expected"),
    [
        ("Žetva je počela.\n\nIzvor: agencije", None, True),
        ("Жетва је почела. (агенције)", None, True),
        ("Žetva je počela.\n\nAgencije/K. P.", None, True),
        ("Žetva je počela, prema pisanju agencija.", None, True),
        ("Žetva je počela. (Saopštenje)", None, True),
        ("Žetva je počela.", "Agencije", True),
        ("Agencija za vode najavila je žetvu trske.", None, False),
        ("Žetva je počela.", "K. P.", False),
    ],
)
def test_wire_without_a_name(text: str, byline: str | None, expected: bool) -> None:
    assert credits_wire(text, byline) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Žetva je počela.\n\nIzvor: Ministarstvo za vode", ["ministarstvo za vode"]),
        ("Dozvola je izdata, javlja Vestal.", ["vestal"]),
        ("Дозвола је издата, јавља Вестал.", ["vestal"]),
        ("Objavila je agencija Orion.", ["orion"]),
        ("Poslednje istraživanje agencije „Presek“ kaže drugo.", []),
        ("Po anketi javnog mnjenja agencije Presek pristalica je više.", []),
        ("Sneg pada, javljaju putnici.", []),
    ],
)
def test_named_sources(text: str, expected: list[str]) -> None:
    assert named_sources(text) == expected


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Svetionik media", "Svetionik"),
        ("Portal Skela", "Skela"),
        ("Radio Una", None),  # too short to be sure of
        ("Portal Meridijan", "Meridijan"),
        ("Meridijan", None),
        ("Sever Post", None),
    ],
)
def test_short_names(name: str, short: str | None) -> None:
    assert short_name(name) == short
