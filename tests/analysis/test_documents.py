"""Which sentences belong to a law, an address, a programme, service information; which only look like it."""

import pytest

from analysis.documents import documents
from analysis.reading import Reading
from analysis.similarity import Weights
from analysis.tokens import Vocabulary


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "a decision inside a report",
            "Opština je uredila parkiranje. Član 3. Vozila se parkiraju uz desnu ivicu. Vlasnik je dužan da istakne kartu. "
            "Kazne još nisu naplaćene.",
            "0110",
        ),
        ("one legal phrase", "Zakon stupa na snagu u maju. Poslanici su se razišli posle ponoći. Rasprava se nastavlja.", "000"),
        (
            "an address, in the other script",
            "Драги суграђани, хвала вам на стрпљењу. Ове године смо обновили мост. Желим вам мир.",
            "111",
        ),
        ("a call", "Zahtev se podnosi u prizemlju. Kartica je lična. Rok za prijavu je 30. april. Grad duguje prevozniku.", "1110"),
        ("to the youngest", "Dragi prvaci, danas ste đaci. Učiteljice vas čekaju. Upisano je 41 dete.", "110"),
        ("the same in quotation marks", "Rekao je: „Dragi sugrađani, hvala vam na strpljenju.“ Most je obnovljen.", "00"),
        ("a reporter who was told something", "Rekli su nam da su gladni. Pitali smo ih zašto. Vidite i sami.", "000"),
        (
            "a programme; what stands between two of its sentences belongs to it",
            "Festival je počeo. U 18 časova svira orkestar. Ulaz je slobodan. U 20.30 nastupa hor, a u podne je parada. "
            "Od 22 sata je vatromet.",
            "01111",
        ),
        ("two times in a report", "Vatra je izbila u 4 časa. Ugašena je u 6.30 i šteta je velika.", "00"),
        ("the roads, ijekavian", "Na putevima je magla. Vozačima se savjetuje oprez. Most je zatvoren.", "110"),
    ],
)  # fmt: skip
def test_documents(name: str, text: str, expected: str) -> None:
    found = documents(Reading.of(text, "", "sr", Vocabulary(), Weights(1, {})))
    assert "".join(str(int(is_document)) for is_document in found) == expected, name
