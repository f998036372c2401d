"""Own reporting is seen where an article speaks of it, in either script and both pronunciations, and nowhere else."""

import pytest

from analysis.voice import own_reporting


@pytest.mark.parametrize(
    "text",
    [
        "Rok je kratak, rekla nam je direktorka.",
        "Рок је кратак, рекла нам је директорка.",
        "Rok je kratak, rečeno nam je u opštini.",
        "Iz policije su nam potvrdili da istraga traje.",
        "Vlasnik kaže za naš list da posla ima.",
        "Vlasnik kaze za nas list da posla ima.",
        "Naš dopisnik javlja da je most zatvoren.",
        "Na pitanje našeg novinara nije odgovorio.",
        "Kako nezvanično saznajemo, rok je pomeren.",
        "Kako neslužbeno doznajemo, rok je pomaknut.",
        "Pitali smo opštinu kada počinju radovi.",
        "Na lice mesta smo stigli u podne.",
        "Posjetili smo selo i zatekli prazne kuće.",
        "Most će biti gotov, saznaje Lipov list.",
        "Posla ima, rekao je vlasnik za Lipov list.",
        "Мост ће бити готов, сазнаје Липов лист.",
    ],
)
def test_own_reporting_is_seen(text: str) -> None:
    assert own_reporting(text, ("Lipov list",))


@pytest.mark.parametrize(
    "text",
    [
        "Rok je kratak, rekla je direktorka.",
        "„Iz policije su nam potvrdili da istraga traje“, rekla je direktorka.",
        "„Pitali smo opštinu, a odgovora nema“, kaže vlasnik.",
        "Kako smo već pisali, most je zatvoren.",
        "Posla ima, rekao je vlasnik za Drugi list.",
        "Izvor: Lipov list",
        "Pratite nas na Fejsbuku.",
        "Za nas je to važna odluka.",
    ],
)
def test_what_is_no_own_reporting(text: str) -> None:
    assert own_reporting(text, ("Lipov list",)) == []
