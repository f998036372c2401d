"""Small invented corpora, one case each: who is called what, in which form, with which direction and credit."""

import pytest

from tests.analysis.conftest import Analysed, Record

LEAD = "U luci Skelište na Dunavu juče su počeli radovi na proširenju terminala za žitarice, vredni 41,6 miliona evra."
BODY = """Novi pristan biće dugačak 340 metara i moći će istovremeno da primi četiri barže, a kapacitet silosa porašće na 145.000 tona.

Izvođač radova je domaća firma Hidrogradnja, a rok za završetak je kraj novembra naredne godine, kažu u upravi luke.

Kroz luku je prošle godine prošlo više kukuruza nego ikada, pa su brodovi u sezoni žetve na utovar čekali i po šest dana."""
EXTRA = """Prema nezvaničnim najavama, država će platiti i pristupni put od dva kilometra kroz staru četvrt Ribarsku.

Slične radove dobile su u poslednje dve godine još dve rečne luke, ali nijedna još nije otvorila novi vez."""
OWN = """Ribolovci se vraćaju na kej, a vodostaj polako opada posle duge i neobično kišne jeseni u celom kraju.

Čamdžija Pera Tornjanski kaže da ovako mutnu vodu nije video od poplave i da će smuđ morati da sačeka proleće."""
ADDRESS = """Dragi sugrađani, pred nama je dan kada slavimo obnovu mosta, škole i pruge, a iza nas godina u kojoj smo sve to gradili zajedno.

Ponosan sam na svakog od vas koji je vikend proveo na nasipu. Želim vam zdravlje, mir u kući i dobru berbu, a vrata opštine ostaju vam otvorena."""
STORY = f"{LEAD}\n\n{BODY}"


def article(outlet: str, role: str, at: str, text: str, **fields: object) -> Record:
    return {
        "url": f"https://{outlet}.example/{at.replace(':', '')}",
        "outlet": outlet,
        "outlet_name": outlet.capitalize(),
        "role": role,
        "title": f"Vest portala {outlet}",
        "text": text,
        "published_at": at,
        **fields,
    }


def state(at: str = "2026-03-04T10:00+01:00", text: str = STORY, outlet: str = "meridijan") -> Record:
    return article(outlet, "state_media", at, text)


def local(at: str = "2026-03-04T12:30+01:00", text: str = STORY, outlet: str = "kej", **fields: object) -> Record:
    return article(outlet, "local", at, text, **fields)


def agency(at: str = "2026-03-04T09:00+01:00", text: str = STORY) -> Record:
    return article("vestal", "agency", at, text)


@pytest.mark.parametrize(
    ("name", "records", "expected"),
    [
        ("a copy", [state(), local()], ("amplification", "verbatim", "state_first", 150, False)),
        (
            "a copy with a credit",
            [state(), local(text=f"{STORY}\n\nIzvor: Meridijan")],
            ("amplification", "verbatim", "state_first", 150, True),
        ),
        (
            "copied passages inside own matter",
            [state(), local(text=f"{OWN}\n\n{BODY}\n\n{OWN.replace('kej', 'dok')}")],
            ("amplification", "partial", "state_first", 150, False),
        ),
        ("an earlier agency item explains both", [agency(), state(), local()], ("shared_origin", "verbatim", "state_first", 150, False)),
        (
            "an agency item some minutes later explains both",
            [agency("2026-03-04T10:20+01:00"), state(), local()],
            ("shared_origin", "verbatim", "state_first", 150, False),
        ),
        (
            "the agency was never collected, its copies credit it",
            [state(), local("2026-03-04T10:10+01:00", f"{STORY} Javlja Vestal.", "posta"), local()],
            ("shared_origin", "verbatim", "state_first", 150, False),
        ),
        (
            "what only the state version has tells",
            [agency(), state(text=f"{STORY}\n\n{EXTRA}"), local(text=f"{STORY}\n\n{EXTRA}")],
            ("amplification", "verbatim", "state_first", 150, False),
        ),
        (
            "two others print the same within minutes: a text that was never collected",
            [state(), local("2026-03-04T10:06+01:00", outlet="posta"), local("2026-03-04T10:09+01:00", outlet="dok"), local("2026-03-04T10:20+01:00")],
            ("shared_origin", "verbatim", "state_first", 20, False),
        ),
        (
            "but this one has what only the state version has",
            [
                state(text=f"{STORY}\n\n{EXTRA}"),
                local("2026-03-04T10:06+01:00", outlet="posta"),
                local("2026-03-04T10:09+01:00", outlet="dok"),
                local(text=f"{STORY}\n\n{EXTRA}"),
            ],
            ("amplification", "verbatim", "state_first", 150, False),
        ),
        (
            "an address to the citizens, with an introduction of each outlet's own",
            [state(text=f"{OWN}\n\n{ADDRESS}"), local(text=f"Prenosimo čestitku predsednika opštine.\n\n{ADDRESS}")],
            ("shared_origin", "verbatim", "state_first", 150, False),
        ),
        (
            "the local outlet was first",
            [local("2026-03-04T08:00+01:00"), state()],
            ("local_first", "verbatim", "local_first", -120, False),
        ),
        (
            "only the day is known, and it is the same day",
            [state(), local("2026-03-04")],
            ("amplification", "verbatim", "unknown", None, False),
        ),
        ("only the day is known, and it is the next day", [state(), local("2026-03-05")], ("amplification", "verbatim", "state_first", None, False)),
    ],
)  # fmt: skip
def test_verdicts(analysed: Analysed, name: str, records: list[Record], expected: tuple[object, ...]) -> None:
    rows = (
        analysed(records)
        .execute(
            "SELECT m.verdict, m.form, m.direction, m.lag_minutes, m.is_credited FROM match m "
            "JOIN article a ON a.article_id = m.article_id WHERE a.outlet = 'kej'"
        )
        .fetchall()
    )
    assert rows == [expected], name


def test_nothing_in_common_is_no_match(analysed: Analysed) -> None:
    assert analysed([state(), local(text=OWN * 2)]).execute("SELECT * FROM match").fetchall() == []


def test_outside_the_window_is_no_match(analysed: Analysed) -> None:
    records = [state(), local("2026-03-19T10:00+01:00")]
    assert analysed(records).execute("SELECT * FROM match").fetchall() == []


def test_an_agencys_dateline_is_its_credit(analysed: Analysed) -> None:
    database = analysed(
        [state(), local(text=f"BEOGRAD, 4. marta (Vestal) – {STORY}"), agency("2026-03-01T09:00+01:00", OWN * 2)]
    )
    assert database.execute("SELECT verdict FROM match").fetchall() == [("shared_origin",)]


def test_a_source_that_shows_only_the_day_makes_it_less_sure(analysed: Analysed) -> None:
    database = analysed([state(), local("2026-03-04", outlet="uprava"), local()])
    rows = database.execute(
        "SELECT m.probability, m.origin FROM match m JOIN article a USING (article_id) WHERE a.outlet = 'kej'"
    ).fetchall()
    assert rows[0][0] < 0.9
    assert rows[0][1] == "unknown"


def test_a_text_of_few_words_proves_nothing(analysed: Analysed) -> None:
    assert (
        analysed([state(text="voda " * 500), local(text="voda " * 500)]).execute("SELECT * FROM match").fetchall() == []
    )


def test_order_unknown_and_no_credit_is_kept_out_of_the_view(analysed: Analysed) -> None:
    database = analysed([state(), local("2026-03-04"), local("2026-03-04", f"{STORY} Prenosi Meridijan.", "posta")])
    assert database.execute("SELECT outlet, direction FROM amplification").fetchall() == [("posta", "unknown")]


def test_a_chain_names_the_parent_and_the_depth(analysed: Analysed) -> None:
    changed = STORY.replace("domaća firma Hidrogradnja", "beogradska firma Hidrogradnja sa sedam novih bagera").replace(
        "kažu u upravi luke", "kako su nam rekli radnici na samom gradilištu kraj nasipa"
    )
    database = analysed(
        [
            state(),
            local("2026-03-04T12:00+01:00", changed, "posta"),
            local("2026-03-04T18:00+01:00", f"{changed} Prenosi Posta.", "kej"),
        ]
    )
    rows = database.execute("SELECT outlet, depth FROM cascade ORDER BY depth").fetchall()
    assert rows == [("posta", 1), ("kej", 2)]
    assert database.execute("SELECT via_url FROM amplification WHERE outlet = 'kej'").fetchall() == [
        ("https://posta.example/2026-03-04T1200+0100",)
    ]


def test_boilerplate_of_two_outlets_is_not_shared_text(analysed: Analysed) -> None:
    footer = "Pratite nas na društvenim mrežama i prijavite se na naš dnevni bilten da ne propustite nijednu važnu vest dana."
    days = [f"2026-03-{day:02}" for day in range(1, 7)]
    bodies = [f"Posebna vest broj {word} o sasvim drugoj stvari koju danas niko drugi nije objavio nigde u ovom gradu."
              for word in ("jedan kiša", "dva sneg", "tri vetar", "četiri mraz", "pet sunce", "šest grad")]  # fmt: skip
    records = [state(f"{day}T10:00+01:00", f"{body}\n\n{footer}") for day, body in zip(days, bodies, strict=True)]
    records += [
        local(f"{day}T12:00+01:00", f"{OWN} {word}.\n\n{footer}")
        for day, word in zip(days, ("Ana", "Boba", "Ceca", "Dana", "Eva", "Fema"), strict=True)
    ]
    assert analysed(records).execute("SELECT count(*) FROM match WHERE verdict = 'amplification'").fetchall() == [(0,)]


def test_a_story_under_an_agency_is_of_agency_origin(analysed: Analysed) -> None:
    database = analysed([agency(), state(text=f"{STORY}\n\n{EXTRA}"), local(text=f"{STORY}\n\n{EXTRA}")])
    assert database.execute("SELECT origin FROM amplification").fetchall() == [("agency",)]


def test_a_fact_checker_is_never_a_carrier(analysed: Analysed) -> None:
    checker = article(
        "provera", "factchecker", "2026-03-05T09:00+01:00", f"Meridijan je objavio: „{LEAD}“ To nije tačno. {OWN}"
    )
    database = analysed([state(), checker])
    assert database.execute("SELECT count(*) FROM amplification").fetchall() == [(0,)]
    assert {row[0] for row in database.execute("SELECT verdict FROM match").fetchall()} <= {
        "critical",
        "quote",
        "independent",
    }


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ([("juče", "jutros"), ("340 metara", "320 metara"), ("kraj novembra", "polovina oktobra")], "2026-03-04"),
        ([("340 metara", "320 metara")], "2026-03-04"),
        ([], "2026-03-02"),
    ],
)
def test_a_copy_is_shown_with_the_form_that_has_its_very_words(
    analysed: Analysed, changed: list[tuple[str, str]], expected: str
) -> None:
    older = STORY
    for new, old in changed:
        older = older.replace(new, old)
    records = [state("2026-03-02T10:00+01:00", older), state("2026-03-04T10:00+01:00"), local()]
    rows = analysed(records).execute("SELECT state_published_at::DATE::VARCHAR FROM amplification").fetchall()
    assert rows == [(expected,)]
