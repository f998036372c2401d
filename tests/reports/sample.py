"""A small snapshot of invented outlets, written by hand: every verdict, form, precision and gap stands in it once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.reports.aftermath import aftermath
from tests.reports.newsroom import START, Newsroom


def empty(path: Path) -> Path:
    """A snapshot with all tables and no row."""
    return Newsroom(path).close()


def full(path: Path) -> Path:
    """The newsroom with its two state outlets, an agency and six local outlets, over three days."""
    room = Newsroom(path)
    _outlets(room)
    _runs(room)
    _bridge(room)
    _others(room)
    _health(room)
    aftermath(room)
    room.insert("method", method="alignment", version="1.2", described_at=START + timedelta(days=14))
    for name, value, reason in (
        ("shortest_passage_words", 8, "Shorter runs are set phrases: of 200 read by hand, 3 were copies."),
        ("window_days", 14, "Of 103 real copies the latest followed after 9 days."),
    ):
        room.insert("threshold", method="alignment", name=name, value=value, reason=reason)
    room.insert(
        "false_discovery",
        run_id="20260316T021000Z-analyze",
        method="alignment",
        judged_pairs=1412,
        decoy_pairs=1400,
        decoy_hits=1,
        amplifications=6,
        rate=0.168,
        rate_low=0.0,
        rate_high=0.667,
        probability_rate=0.082,
    )
    return room.close()


def _outlets(room: Newsroom) -> None:
    room.outlet("meridijan", "Меридијан", "state_media", script="cyrl", is_eu_sanctioned=True, country="RU")
    room.outlet("stepa", "Stepa Info", "state_media", country="RU")
    room.outlet("vestnik-agencija", "Agencija Vestnik", "agency")
    room.outlet("portal-kej", "Portal Kej", owner="Kej d.o.o.", verified_on=datetime(2026, 2, 1, tzinfo=UTC).date())
    room.outlet("podunavski-list", "Podunavski list")
    room.outlet("vrbaski-glasnik", "Vrbaski glasnik", country="BA", dialect="ijekavian")
    room.outlet("lovcenske-novine", "Lovćenske novine", country="ME")
    room.outlet("prizma-danas", "Prizma danas", country="XK", expected_per_day=40.0)
    room.outlet("Час & Co", "<script>window.hacked = 1</script> Час", is_registered=False)
    room.outlet("tihi-kanal", "Tihi kanal")
    room.outlet("pali-server", "Pali server")


def _runs(room: Newsroom) -> None:
    room.run("20260316T020000Z-crawl", "crawl", 68, "partial")
    room.run("20260316T021000Z-analyze", "analyze", 68.2)
    for outlet, stored, refused in (
        ("meridijan", 3, 1),
        ("stepa", 2, 0),
        ("vestnik-agencija", 1, 0),
        ("portal-kej", 3, 3),
        ("podunavski-list", 2, 0),
        ("vrbaski-glasnik", 2, 0),
        ("lovcenske-novine", 2, 2),
        ("prizma-danas", 2, 0),
    ):
        room.crawl("20260316T020000Z-crawl", outlet, stored, refused)
    room.crawl(
        "20260316T020000Z-crawl", "pali-server", 0, 0, "failed", "connection refused at https://pali-server.example"
    )
    room.crawl("20260316T020000Z-crawl", "tihi-kanal", 0, 0, "empty")
    for outlet, reasons in (("portal-kej", ["list_page", "list_page", "too_short"]), ("meridijan", ["robots"])):
        for position, reason in enumerate(reasons):
            room.insert(
                "refusal",
                run_id="20260316T020000Z-crawl",
                outlet=outlet,
                url=f"https://{outlet}.example/refused/{position}",
                reason=reason,
                detail="",
                refused_at=START,
            )


def _health(room: Newsroom) -> None:
    """Two outlets that need attention, days with holes, and an agency that was missing on the day of one finding."""
    run = "20260316T020000Z-crawl"
    lines = (
        ("pali-server", "answer", "alarm", 3, "no usable answer: connection refused at https://pali-server.example"),
        ("vestnik-agencija", "agency", "alarm", 1, "nothing new for 30 hours, in which 58 articles are usual"),
        ("portal-kej", "byline", "warning", 1, "0 of 8 new articles have a byline, before it was 97%"),
        ("meridijan", "recovered", "ok", 1, "after 2 crawls: no usable answer: timed out"),
        ("tihi-kanal", "silent", "unknown", 1, "too young to judge: fewer than 3 whole days are known"),
    )
    for outlet, check, level, nights, detail in lines:
        row = {"outlet": outlet, "check_name": check, "level": level, "night_count": nights, "detail": detail}
        room.insert("health", run_id=run, **row)
    days = [("pali-server", day, "none", 0, False) for day in (1, 2, 3)]
    days += [("vestnik-agencija", 1, "whole", 60, False), ("vestnik-agencija", 2, "thin", 4, False)]
    days += [("meridijan", 1, "whole", 20, True)]
    for outlet, day, state, count, is_late in days:
        closed = START + timedelta(days=4) if state in ("whole", "thin") else None
        row = {"outlet": outlet, "day_on": START.date() + timedelta(days=day - 1), "state": state, "closed_at": closed}
        room.insert("outlet_day", **row, article_count=count, expected_count=58.4, is_late=is_late)
    gaps = "vestnik-agencija: 2026-03-03"
    for match, cover in (("l1-s1", "whole"), ("l3-s1", "gap")):
        row = {"match_id": match, "article_id": match[:2], "from_on": START.date(), "to_on": START.date()}
        found = {"gap_count": 1, "gaps": gaps} if cover == "gap" else {"gap_count": 0, "gaps": None}
        room.insert("agency_cover", **row, agency_count=1, cover=cover, **found)


def _bridge(room: Newsroom) -> None:
    """One story taken five times: in both scripts, with and without credit, second hand, with only a day."""
    room.article(
        "s1",
        "meridijan",
        "Завршен мост преко Вртаче: „Крај чекања на обали“",
        "⟦1 Мост преко реке Вртаче код Подгаја отворен је јуче за саобраћај, после"
        " шест година радова,⟧ саопштила је"
        " градска управа.\n\n"
        "⟦2 Дугачак је 412 метара, има четири траке и две стазе за пешаке, а коштао"
        " је 38,4 милиона евра. Стари мост, изграђен"
        " 1961. године, биће срушен до краја лета.⟧\n\n"
        "⟦3 „Људи овде три деценије планирају дан према реду вожње скеле. Од сутра"
        " планирају га према себи“, рекао је"
        " надзорни инжењер Милутин Обрадовић.⟧\n\n"
        "Претходни рок, јесен 2024. године, померен је због поплава.",
        2.0,
        byline="Меридијан",
    )
    room.article(
        "l1",
        "portal-kej",
        "KRAJ ČEKANJA: Otvoren most na Vrtači, evo koliko je koštao",
        "⟦1 Most preko reke Vrtače kod Podgaja otvoren je juče za saobraćaj, posle"
        " šest godina radova,⟧ prenosi Meridijan.\n\n"
        "⟦2 Dugačak je 412 metara, ima četiri trake i dve staze za pešake, a koštao"
        " je 38,4 miliona evra. Stari most, izgrađen"
        " 1961. godine, biće srušen do kraja leta.⟧\n\n"
        "⟦3 „Ljudi ovde tri decenije planiraju dan prema redu vožnje skele. Od"
        " sutra planiraju ga prema sebi“, rekao je"
        " nadzorni inženjer Milutin Obradović.⟧",
        2.7,
        byline="Redakcija",
    )
    room.article(
        "l2",
        "podunavski-list",
        "Novi most kod Podgaja",
        "Stanovnici Podgaja dočekali su otvaranje mosta.\n\n"
        "⟦2 Dugačak je 412 metara, ima četiri trake i dve staze za pešake, a koštao"
        " je 38,4 miliona evra. Stari most, izgrađen"
        " 1961. godine, biće srušen do kraja leta.⟧\n\nNaša ekipa je na mostu zatekla desetine biciklista.",
        11.25,
    )
    room.article(
        "l3",
        "vrbaski-glasnik",
        "Most preko Vrtače promijenio navike putnika",
        "⟦1 Poslije šest godina gradnje vozila od juče prelaze Vrtaču novim mostom kod Podgaja.⟧\n\n"
        "⟦3 Nadzorni inženjer Milutin Obradović kaže da su mještani trideset godina"
        " živjeli po redu vožnje skele i da je"
        " s tim sada gotovo.⟧",
        27.0,
    )
    room.article(
        "l4",
        "lovcenske-novine",
        "Otvoren most u Podgaju",
        "⟦2 Dugačak je 412 metara, ima četiri trake i dvije staze za pješake, a koštao je 38,4 miliona evra.⟧",
        26.0,
        "day",
    )
    room.article(
        "l5",
        "Час & Co",
        '<img src=x onerror="window.hacked = 1"> <script>window.hacked = 1</script> Мост',
        "<script>window.hacked = 1</script> ⟦2 Дугачак је 412 метара, има четири"
        " траке и две стазе за пешаке, а коштао је 38,4"
        " милиона евра.⟧ <b onmouseover=alert(1)>крај</b>",
        None,
        url="javascript:window.hacked=1",
    )
    room.match("l1", "s1", lag_minutes=42, is_credited=True, credit="prenosi Meridijan", probability=0.994)
    room.match(
        "l2",
        "s1",
        form="partial",
        lag_minutes=555,
        probability=0.93,
        via_article_id="l1",
        via_url="https://portal-kej.example/l1",
    )
    room.match(
        "l3", "s1", form="paraphrase", lag_minutes=1500, lag_days=1, probability=0.81, kinds={1: "retold", 3: "retold"}
    )
    room.match(
        "l4", "s1", form="partial", lag_days=1, probability=0.9, rival_article_id="a1", rival_share=0.34, explained=(2,)
    )
    room.article("s6", "stepa", "Nakon šest godina otvoren most", room.plain("l2"), 3.0)
    room.match("l2", "s6", form="partial", lag_minutes=495, probability=0.88)
    room.match("l5", "s1", form="partial", direction="unknown", lag_days=None, probability=0.77)
    room.story("st-most", "s1", [("l1", None), ("l2", "l1"), ("l3", None), ("l4", None), ("l5", None)])


def _others(room: Newsroom) -> None:
    """What resembles a state story for another reason, and a second story of the other state outlet."""
    room.article(
        "a1",
        "vestnik-agencija",
        "Zdravstveni zavod uvodi elektronske kartone",
        "⟦1 Zdravstveni zavod saopštio je da od 1. aprila uvodi elektronske kartone u svih 47 domova zdravlja.⟧",
        20.0,
    )
    room.article(
        "s2",
        "stepa",
        "Zavod uvodi elektronske kartone",
        "⟦1 Zdravstveni zavod saopštio je da od 1. aprila uvodi elektronske kartone u svih 47 domova zdravlja.⟧",
        21.0,
    )
    room.article(
        "l6",
        "portal-kej",
        "Elektronski kartoni od aprila",
        "⟦1 Zdravstveni zavod saopštio je da od 1. aprila uvodi elektronske kartone"
        " u svih 47 domova zdravlja.⟧ (Vestnik)",
        22.0,
    )
    room.match(
        "l6",
        "s2",
        "shared_origin",
        origin="agency",
        lag_minutes=60,
        rival_article_id="a1",
        rival_share=1.0,
        explained=(1,),
        probability=0.98,
    )
    room.article(
        "s3",
        "meridijan",
        "Министар: „Нема разлога за бригу“",
        "Министар је обишао луку. ⟦1 „Нема разлога за бригу, пшенице има за две године“, рекао је министар.⟧",
        30.0,
    )
    room.article(
        "l7",
        "podunavski-list",
        "Ministar o zalihama pšenice",
        "U Skupštini je bilo burno. ⟦1 „Nema razloga za brigu, pšenice ima za dve godine“, rekao je ministar.⟧",
        33.5,
    )
    room.match("l7", "s3", "quote", lag_minutes=210, probability=0.88)
    room.article(
        "l8", "vrbaski-glasnik", "Požar na deponiji ugašen", "⟦1 Požar na deponiji u Brezju ugašen je jutros.⟧", 40.0
    )
    room.article("s4", "stepa", "Ugašen požar u Brezju", "⟦1 Požar na deponiji u Brezju ugašen je jutros.⟧", 44.0)
    room.match("l8", "s4", "local_first", direction="local_first", lag_minutes=-240, origin="local")
    room.article(
        "l9", "lovcenske-novine", "Šta Stepa Info prećutkuje o požaru", "Stepa Info piše da je požar ugašen.", 47.0
    )
    room.match("l9", "s4", "critical", lag_minutes=180, is_credited=True, credit="Stepa Info piše", probability=0.7)
    room.article(
        "l10", "prizma-danas", "Vatrogasci o Brezju", "Vatrogasci su za naš portal opisali noć na deponiji.", 46.0
    )
    room.match("l10", "s4", "independent", lag_minutes=120, probability=0.95)
    room.article(
        "s5",
        "meridijan",
        "Нова линија трајекта",
        "⟦1 Нова линија трајекта креће у мају, карта ће коштати шест евра.⟧",
        50.0,
    )
    room.article(
        "l11",
        "prizma-danas",
        "Trajekt kreće u maju",
        "⟦1 Nova linija trajekta kreće u maju, karta će koštati šest evra.⟧",
        50.6,
    )
    room.match("l11", "s5", lag_minutes=36, is_credited=True, credit="Меридијан", origin="agency", probability=0.96)
    room.story("st-trajekt", "s5", [("l11", None)])


def many(path: Path, count: int) -> Path:
    """One state outlet and `count` numbered local outlets that all took one story, with an agency in between."""
    room = Newsroom(path)
    room.run("20260316T021000Z-analyze", "analyze", 68.2)
    room.outlet("stepa", "Stepa Info", "state_media")
    room.outlet("vestnik-agencija", "Agencija Vestnik", "agency")
    sentence = "Stara pruga kroz klisuru biće obnovljena do jeseni, a vozovi će stajati na devet stanica."
    room.article("s1", "stepa", "Obnova pruge", f"⟦1 {sentence}⟧", 1.0)
    for number in range(count):
        room.outlet(f"glasnik-{number}", f"Glasnik {number}")
        room.article(f"l{number}", f"glasnik-{number}", f"Pruga {number}", f"⟦1 {sentence}⟧", 2.0 + number / 10)
        room.match(f"l{number}", "s1", lag_minutes=60 + 6 * number)
    room.story("st-pruga", "s1", [(f"l{number}", None) for number in range(count)])
    room.insert("method", method="alignment", version="1.2", described_at=START)
    return room.close()
