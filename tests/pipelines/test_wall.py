import pytest

from pipelines.wall import SHORT, wall_of

LEAD = "Radovi na mostu trajaće do proleća, rekao je načelnik, jer je reka i dalje visoka i opasna za brodove."


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Just a moment...", "", "bot_check"),
        ("glas.example", "Potvrdite da niste robot da biste nastavili.", "bot_check"),
        ("Приватност", "Пре него што наставите, користимо колачиће.", "consent_page"),
        ("Portal", "Koristimo kolačiće. Prihvatam kolačiće.", "consent_page"),
        ("Prijava", "Zaboravili ste lozinku?", "consent_page"),
        ("Privacy", "We and our 800 partners store and access personal data on your device.", "consent_page"),
        ("Zašto kasni most", f"{LEAD} Nastavak teksta dostupan je samo pretplatnicima.", "paywall"),
        ("Зашто касни мост", "Претплатите се да бисте наставили са читањем.", "paywall"),
        ("Why the bridge is late", "Subscribe to continue reading.", "paywall"),
        ("404", LEAD, "soft_404"),
        ("Greška 404 - Novine", LEAD, "soft_404"),
        ("Страница није пронађена", LEAD, "soft_404"),
        ("Stranica koju tražite ne postoji", "", "soft_404"),
        ("Page not found", "", "soft_404"),
        ("Peugeot 404 ponovo na putu", LEAD, ""),
        ("Nestali čamac još nije pronađen", LEAD, ""),
        ("Just a moment of your time, minister", LEAD, ""),
        ("Most je otvoren", "Gradonačelnik je otvorio most.", ""),
        ("Nova pravila o kolačićima", "Koristimo kolačiće svi. " * SHORT, ""),
    ],
)
def test_walls(title, text, expected):
    assert wall_of(title, text, len(text.split())) == expected


def test_a_short_text_that_calls_itself_paid_is_a_stub():
    body = b'<script type="application/ld+json">{"isAccessibleForFree": "False"}</script>'
    assert wall_of("Šta piše u ugovoru", LEAD, 18, body) == "paywall"
    assert wall_of("Šta piše u ugovoru", LEAD, SHORT + 1, body) == ""
