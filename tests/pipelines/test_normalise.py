import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.normalise import clean_line, clean_text, fold, language_of, script_of, to_latin


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("Људи, Њива, Џез", "Ljudi, Njiva, Džez"),
        ("ЉУДИ, ЊИВА, ЏЕЗ", "LJUDI, NJIVA, DŽEZ"),
        ("КОЊ И ПАЊ", "KONJ I PANJ"),
        ("Љ. Њ. Петровић", "Lj. Nj. Petrović"),
        ("чешће, ђак, жаба, шума, одјек", "češće, đak, žaba, šuma, odjek"),
        ("Инјекција и коњ", "Injekcija i konj"),
        ("с\u0301утра и из\u0301ести", "śutra i iźesti"),  # Montenegrin
        ("Ќе ѓубре ѕвезда", "Kje gjubre dzvezda"),  # Macedonian
        ("Россия объявила: щит, юг, яма, мышь", "Rossija objavila: ščit, jug, jama, myš"),
        ("ЩИТ и Щит", "ŠČIT i Ščit"),
        ("Київ", "Kyjiv".replace("y", "i")),
        ("већ латинично: Đorđe čeka", "već latinično: Đorđe čeka"),
        ("ǅungla i ǌiva", "Džungla i njiva"),
        ("", ""),
    ],
)
def test_cyrillic_becomes_latin(given_text, expected):
    assert to_latin(given_text) == expected


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("Cрбија", "Srbija"),  # Latin C before Cyrillic
        ("Sрutnik".replace("р", "\u0440"), "Sputnik"),  # Cyrillic er that looks like p
        ("\u041dovosti", "Hovosti"),  # look-alike of H, as it is read
        ("на Facebookу", "na Facebooku"),  # case ending
        ("ТВ-у и TV-у", "TV-u i TV-u"),
        ("Вучиh", "Vučih"),
    ],
)
def test_words_in_two_scripts_become_one(given_text, expected):
    assert to_latin(given_text) == expected


@pytest.mark.parametrize(
    "forms",
    [
        ("Ђаци чекају превоз", "Đaci čekaju prevoz", "Djaci cekaju prevoz", "ĐACI ČEKAJU PREVOZ", "Ðaci čekaju prevoz"),
        ("Џунгла и жбуње", "Džungla i žbunje", "Dzungla i zbunje", "ǅungla  i\u00a0žbu\u00adnje"),
        ("одјек „вести” – 5", 'odjek "vesti" - 5', "Odjek “vesti” — 5"),
        ("ц\u0301ирилица", "ćirilica", "cirilica"),  # transliterated on the fly, back and forth
    ],
)
def test_every_spelling_folds_to_one(forms):
    assert len({fold(form) for form in forms}) == 1
    assert fold(forms[0]).isascii()


_SERBIAN_CYRILLIC = "абвгдђежзијклљмнњопрстћуфхцчџш"


@given(st.text(alphabet=_SERBIAN_CYRILLIC + _SERBIAN_CYRILLIC.upper() + " ,.-–„”0123456789"))
def test_folding_forgets_script_case_and_diacritics(text):
    folded = fold(text)
    assert fold(to_latin(text)) == folded
    assert fold(text.upper()) == fold(text.lower()) == folded
    assert fold(folded) == folded
    assert folded.isascii()


@given(st.text())
def test_any_text_can_be_cleaned_and_folded(text):
    for change in (clean_line, clean_text):
        assert change(change(text)) == change(text)
        assert unicodedata.is_normalized("NFC", change(text))
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("a\u00a0b\u2009c", "a b c"),
        ("ka\u00adla\u200bmegdan\ufeff", "kalamegdan"),
        ("s\u030cum", "šum"),
        ("prvi\r\ndrugi\n\n \n treći", "prvi\n\ndrugi\n\ntreći"),
        (
            "Vratite se svojim korenima i istini, poručio je danas kaže\nza Sputnjik pesnik.\nNovi pasus.",
            "Vratite se svojim korenima i istini, poručio je danas kaže za Sputnjik pesnik.\n\nNovi pasus.",
        ),
        (
            "Vratite se svojim korenima i istini, poručio je danas kaže\n\nza one koji dolaze",
            "Vratite se svojim korenima i istini, poručio je danas kaže\n\nza one koji dolaze",
        ),
        ("  \n ", ""),
    ],
)
def test_clean_text(given_text, expected):
    assert clean_text(given_text) == expected


def test_a_headline_is_one_line():
    assert clean_line(" Prvi\n\tred \u200b") == "Prvi red"
    assert clean_line("&quot;Most&quot; &ndash; R&D; &amp; luka") == '"Most" – R&D; & luka'  # encoded twice


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("Влада је усвојила закон, рекао је портпарол", "cyrl"),
        ("Америчка агенција NASA послала је сонду са базе у Хјустону, јавља РТС", "cyrl"),
        ("Vlada je usvojila zakon", "latn"),
        ("Vlada je usvojila zakon a Влада није", "mixed"),
        ("2026.", "latn"),
        ("", "latn"),
    ],
)
def test_script(given_text, expected):
    assert script_of(given_text) == expected


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("Министар је рекао да је све у реду", "sr"),
        ("Запад се игра ватром", "sr"),
        ("Ministar je rekao da je sve u redu", "sr"),
        ("Šef diplomatije putuje u Moskvu", "sr"),
        ("Predsjednik Vlade rekao je danas u Podgorici da su pregovori završeni", "sr"),
        ("Tisuće ljudi prosvjedovale su u Zagrebu protiv poskupljenja kruha", "sr"),
        ("Slovenci traze radnike iz Srbije", "sr"),  # no diacritics
        ("Претседателот изјави дека преговорите се завршени", "mk"),
        ("Путин заявил, что война закончится", "ru"),
        ("Президентът заяви, че преговорите са приключили", "bg"),
        ("Kryeministri tha se bisedimet kanë përfunduar në Prishtinë", "sq"),
        ("The minister said that the talks had ended", "en"),
        ("Der Minister sagte, die Gespräche seien beendet worden", "de"),
        ("Predsednik vlade je povedal, da so se pogajanja končala in da bodo nadaljevali jutri", "sl"),
        ("", "und"),
        ("2026. 15:30 – 17", "und"),
    ],
)
def test_language(given_text, expected):
    assert language_of(given_text) == expected
