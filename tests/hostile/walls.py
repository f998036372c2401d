"""Sites that show something else where the article should be: told apart by what it is, never stored."""

from tests.hostile.server import Reply
from tests.hostile.site import ORDINARY, Site, article, body, hostile, listing, page, sentences

CHALLENGE = (
    b'<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title><meta http-equiv="refresh" content="390"></head>'
    b'<body><div class="main-wrapper"><noscript>Enable JavaScript and cookies to continue</noscript></div>'
    b"<script>(function(){window._cf_chl_opt = {cType: 'managed'};})();</script></body></html>"
)
CAPTCHA = (
    b"<html><head><title>novine.example</title></head><body><p>Please verify that you are human to proceed.</p>"
    b'<form><div class="g-recaptcha" data-sitekey="x"></div><input type="submit"></form></body></html>'
)
SHELL = (
    b'<!doctype html><html><head><title>Novine</title><script src="/app.js" defer></script></head>'
    b'<body><noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div></body></html>'
)
BARE_SHELL = b'<!doctype html><html><head><title>Novine</title></head><body><div id="__next"></div><script src="/a.js"></script></body></html>'


@hostile("Zabranjeni list")
def forbidden(site: Site) -> None:
    """401, 403, 451: the site turns the crawler away."""
    for number, status in enumerate((401, 403, 451), start=1):
        site.serve(f"/vesti/zabranjeno-{number}", Reply(b"<h1>Zabranjeno</h1>", status=status), refused="blocked")


@hostile("Sve zabranjeno")
def all_forbidden(site: Site) -> None:
    """403 for everything but robots.txt."""
    site.pages = dict.fromkeys(("/rss", "/", ORDINARY), Reply(b"<h1>Forbidden</h1>", status=403))
    site.stored.clear()
    site.refused |= {"/rss": "blocked", "/": "blocked"}
    site.status, site.detail = "failed", "status 403"


@hostile("Dođite sutra")
def told_to_wait_a_day(site: Site) -> None:
    """429 with a Retry-After of a day, of a date far away, of nonsense: not waited for."""
    for number, pause in enumerate(("86400", "Fri, 31 Dec 2099 23:59:59 GMT", "9" * 400), start=1):
        site.serve(
            f"/vesti/sutra-{number}", Reply(b"", status=429, headers=(("Retry-After", pause),)), refused="blocked"
        )
    site.at_most = 6  # each once


@hostile("Polako, polako")
def told_to_wait(site: Site) -> None:
    """429 the first time, then the article; 429 for ever with nonsense in Retry-After."""
    waits = iter([Reply(b"", status=429, headers=(("Retry-After", "1"),))])
    site.serve("/vesti/polako-1", lambda: next(waits, article("Polako se stiže")), stored={"title": "Polako se stiže"})
    site.serve("/vesti/polako-2", Reply(b"", status=429, headers=(("Retry-After", "soon"),)), refused="blocked")


@hostile("Jeste li čovek")
def captcha(site: Site) -> None:
    """Checks for machines under 200, 403 and 503, and with the words only in the markup."""
    site.serve("/vesti/covek-1", Reply(CHALLENGE), refused="bot_check")
    site.serve("/vesti/covek-2", Reply(CHALLENGE, status=403), refused="bot_check")
    site.serve("/vesti/covek-3", Reply(CHALLENGE, status=503), refused="bot_check")
    site.serve("/vesti/covek-4", Reply(CAPTCHA), refused="bot_check")
    site.serve(
        "/vesti/covek-5",
        article("Kako radi captcha", head='<script src="https://challenges.example/g-recaptcha.js"></script>'),
    )


@hostile("Čovek na vratima")
def captcha_for_all(site: Site) -> None:
    """A check for machines for everything, the feed and the front page included."""
    site.pages = dict.fromkeys(("/robots.txt", "/rss", "/", "/sitemap.xml"), Reply(CHALLENGE))
    site.stored.clear()
    site.refused |= {"/rss": "bot_check", "/": "bot_check"}
    site.status, site.detail = "failed", "check for machines"


@hostile("Kolačići pre svega")
def consent(site: Site) -> None:
    """Consent in place of the article, in three languages and both scripts; a log-in; and an article about cookies."""
    texts = (
        ("Pre nego što nastavite", "Koristimo kolačiće i slične tehnologije da bismo poboljšali vaše iskustvo. Izaberite na šta pristajete i nastavite na sajt. Možete promeniti izbor u svakom trenutku."),
        ("Приватност", "Пре него што наставите: користимо колачиће и сличне технологије да бисмо побољшали ваше искуство. Изаберите на шта пристајете и наставите на сајт. Избор можете променити у сваком тренутку."),
        ("Before you continue", "We and our 842 partners store and access personal data, like browsing data or unique identifiers, on your device. Accept all or reject all; you can change your choice at any time in the settings."),
        ("Prijava", "Prijavite se da biste nastavili. Unesite adresu e-pošte i lozinku. Ako nemate nalog, registrujte se. Zaboravili ste lozinku? Registracija je besplatna i traje samo jedan minut, a donosi brojne pogodnosti."),
    )  # fmt: skip
    for number, (title, text) in enumerate(texts, start=1):
        site.serve(
            f"/vesti/saglasnost-{number}",
            Reply(page(title, f"<p>{text}</p>", day=None).encode()),
            refused="consent_page",
        )
    long = body("kolacici") + "<p>Kolačići su bili tema: koristimo kolačiće svi, rekao je.</p>" + body("kolacici 2")
    site.serve("/vesti/o-kolacicima-5", Reply(page("Nova pravila o kolačićima", long).encode()))


@hostile("Samo skripta")
def script_shell(site: Site) -> None:
    """Pages without text until their scripts run; one that carries its text in JSON-LD is read."""
    site.serve("/vesti/skripta-1", Reply(SHELL), refused="script_shell")
    site.serve("/vesti/skripta-2", Reply(BARE_SHELL), refused="script_shell")
    text = " ".join(sentences("ljuska"))
    data = f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"Vest iz ljuske","articleBody":"{text}","datePublished":"2025-10-22T10:00:00+02:00"}}</script>'
    site.serve(
        "/vesti/skripta-3",
        Reply(SHELL.replace(b"</head>", data.encode() + b"</head>")),
        stored={"title": "Vest iz ljuske"},
    )


@hostile("Nije pronađeno")
def soft_404(site: Site) -> None:
    """Pages of errors with status 200; and short news about the number 404."""
    missing = "<p>Žao nam je, stranica koju tražite ne postoji ili je premeštena. Proverite adresu, vratite se na naslovnu stranu ili potražite vest u pretrazi. Hvala na razumevanju, vaša redakcija.</p>"
    for number, title in enumerate(
        ("Stranica nije pronađena", "404", "Greška 404 - Novine", "Страница није пронађена", "Page not found"), start=1
    ):
        site.serve(f"/vesti/nema-{number}", Reply(page(title, missing, day=None).encode()), refused="soft_404")
    site.serve("/vesti/peugeot-404-6", article("Peugeot 404 ponovo na putu"))
    site.serve("/vesti/nije-pronadjen-7", article("Nestali čamac još nije pronađen"))


@hostile("Samo za pretplatnike")
def paywall(site: Site) -> None:
    """The first lines, then a wall: by words, by markup; an article that is open though it calls itself paid."""
    lead = body("uvod", 2)
    site.serve(
        "/vesti/pretplata-1",
        Reply(page("Zašto kasni most", f"{lead}<p>Nastavak teksta dostupan je samo pretplatnicima.</p>").encode()),
        refused="paywall",
    )
    site.serve(
        "/vesti/pretplata-2",
        Reply(
            page(
                "Ко је градио мост",
                f'{lead}<div class="zid"><p>Претплатите се да бисте наставили са читањем.</p></div>',
            ).encode()
        ),
        refused="paywall",
    )
    paid = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False","headline":"Šta piše u ugovoru"}</script>'
    site.serve("/vesti/pretplata-3", Reply(page("Šta piše u ugovoru", lead, head=paid).encode()), refused="paywall")
    site.serve("/vesti/pretplata-4", Reply(page("Šta piše u ugovoru", body("ugovor", 12), head=paid).encode()))


@hostile("Uživo iz luke")
def live_blog(site: Site) -> None:
    """A live blog of forty entries: one article."""
    entries = "".join(
        f"<div class='entry'><time datetime='2025-10-22T{8 + number // 4:02}:{number % 4 * 15:02}:00+02:00'>{8 + number // 4}:00</time>{body(f'uzivo {number}', 2)}</div>"
        for number in range(40)
    )
    data = '<script type="application/ld+json">{"@type":"LiveBlogPosting","headline":"Uživo: otvaranje mosta","datePublished":"2025-10-22T08:00:00+02:00"}</script>'
    site.serve(
        "/vesti/uzivo-otvaranje-1",
        Reply(page("Uživo: otvaranje mosta", entries, head=data, day=None).encode()),
        stored={"title": "Uživo: otvaranje mosta", "published_precision": "minute"},
    )


@hostile("Slike i snimci")
def gallery_and_video(site: Site) -> None:
    """Pictures with captions, a player with a line of text: too little to compare."""
    figures = "".join(
        f"<figure><img src='/{number}.jpg'><figcaption>Foto: Novine</figcaption></figure>" for number in range(20)
    )
    site.serve(
        "/foto/otvaranje-mosta-1", Reply(page("Otvaranje mosta u slikama", figures).encode()), refused="too_short"
    )
    player = '<iframe src="https://video.example/1"></iframe><video src="/a.mp4"></video><p>Pogledajte snimak otvaranja mosta u luci.</p>'
    site.serve("/video/otvaranje-mosta-2", Reply(page("VIDEO Otvaranje mosta", player).encode()), refused="too_short")


@hostile("Bez imena")
def no_headline(site: Site) -> None:
    """A text without any headline; the feed has one for the second."""
    bare = page("", body("bez naslova"), day=None).replace("<title></title>", "").replace("<h1></h1>", "").encode()
    site.serve("/vesti/bez-imena-1", Reply(bare), refused="no_title", title="")
    site.serve("/vesti/bez-imena-2", Reply(bare.replace(b"broj", b"BROJ")), stored={"title": "Naslov iz kanala"})


@hostile("Ništa za čitanje")
def not_an_article(site: Site) -> None:
    """PDF, picture, JSON, a zip that calls itself HTML."""
    site.serve("/vesti/prilog-1", Reply(b"%PDF-1.7\n" + bytes(range(256)) * 99, "application/pdf"), refused="not_html")
    site.serve("/vesti/prilog-2", Reply(b"\x89PNG\r\n" + bytes(range(256)) * 99, "image/png"), refused="not_html")
    site.serve("/vesti/prilog-3", Reply(b'{"a": 1}', "application/json"), refused="not_html")
    site.serve("/vesti/prilog-4", Reply(b"PK\x03\x04" + bytes(range(256)) * 999), refused="not_html")
    site.pages["/"] = listing("/o-nama")
