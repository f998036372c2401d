"""The converters of the newsroom's own pages."""

import pytest

from demo.script import bare, to_latin


@pytest.mark.parametrize(
    ("given", "latin"),
    [
        ("Љубав у Његошевој улици", "Ljubav u Njegoševoj ulici"),
        ("ЉУБИШКА ЊИВА, ЏЕП", "LJUBIŠKA NJIVA, DŽEP"),
        ("Џеп, ђак и ћилим", "Džep, đak i ćilim"),
        ("Снег до 118 цм – „Вега“", "Sneg do 118 cm – „Vega“"),
        ("već latinica", "već latinica"),
        ("", ""),
    ],
)
def test_to_latin(given: str, latin: str) -> None:
    assert to_latin(given) == latin


def test_bare() -> None:
    assert bare("Đorđe čeka šićardžiju, Žika ćuti") == "Djordje ceka sicardziju, Zika cuti"
