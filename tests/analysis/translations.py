"""Invented news in English or Russian: the sentence, its Serbian translation, and another sentence on the same topic."""

TRANSLATIONS = [
    (
        "en",
        "Russian air defence systems shot down 47 Ukrainian drones overnight over the Belgorod and Kursk "
        "regions, the Defence Ministry reported.",
        "Ruski sistemi protivvazdušne odbrane oborili su tokom noći 47 ukrajinskih dronova iznad Belgorodske "
        "i Kurske oblasti, saopštilo je Ministarstvo odbrane.",
        "Ukrajinski dronovi pogodili su skladište goriva u Brjansku, izbio je veliki požar koji gasi više od "
        "sto vatrogasaca.",
    ),
    (
        "en",
        "The European Commission plans to spend 90 billion euros on loans to Kiev, but Hungary and Slovakia "
        "refuse to guarantee the debt.",
        "Evropska komisija planira da potroši 90 milijardi evra za kredite Kijevu, ali Mađarska i Slovačka "
        "odbijaju da garantuju za dug.",
        "Mađarski premijer sastao se u Briselu sa predsednicom Evropske komisije i razgovarao o poljoprivredi.",
    ),
    (
        "en",
        "A school bus carrying 23 children overturned on an icy road near Novi Pazar on Tuesday; the driver "
        "and four pupils were taken to hospital with minor injuries.",
        "Školski autobus u kome je bilo 23 dece prevrnuo se u utorak na zaleđenom putu kod Novog Pazara, a "
        "vozač i četvoro učenika prevezeni su u bolnicu sa lakšim povredama.",
        "Gradska uprava Novog Pazara nabavila je pet novih autobusa za prevoz učenika iz udaljenih sela.",
    ),
    (
        "en",
        "Archaeologists have discovered a Roman villa with well-preserved mosaics under a car park in the city centre.",
        "Arheolozi su ispod parkinga u centru grada otkrili rimsku vilu sa dobro očuvanim mozaicima.",
        "Gradski parking u centru biće zatvoren zbog radova na vodovodnoj mreži.",
    ),
    (
        "ru",
        "Российские ученые создали новый препарат, который вдвое сокращает срок лечения больных туберкулезом, "
        "сообщили в Минздраве.",
        "Ruski naučnici napravili su novi lek koji dvostruko skraćuje vreme lečenja obolelih od tuberkuloze, "
        "saopštilo je Ministarstvo zdravlja.",
        "Ministarstvo zdravlja upozorilo je na nestašicu lekova u apotekama na jugu zemlje.",
    ),
    (
        "ru",
        "Цены на газ в Европе впервые за два года превысили 600 долларов за тысячу кубометров на фоне холодов "
        "и сокращения поставок из Норвегии.",
        "Cene gasa u Evropi prvi put za dve godine premašile su 600 dolara za hiljadu kubnih metara zbog "
        "hladnoće i smanjenja isporuka iz Norveške.",
        "Norveška je lane izvezla rekordne količine lososa, a cene su porasle za petinu.",
    ),
    (
        "ru",
        "Глава МИД России заявил, что Москва готова к переговорам, однако Запад продолжает поставлять оружие "
        "Киеву и не хочет мира.",
        "Šef ruske diplomatije izjavio je da je Moskva spremna na pregovore, ali da Zapad nastavlja da "
        "isporučuje oružje Kijevu i ne želi mir.",
        "Ministar spoljnih poslova Rusije stigao je u Moskvu posle posete Pekingu.",
    ),
    (
        "ru",
        "В результате обрушения моста в Приморье погибли три человека, еще семеро ранены, на месте работают спасатели.",
        "Tri osobe su poginule, a sedam je povređeno u rušenju mosta u Primorju, na terenu su spasioci.",
        "U Primorju je počela izgradnja novog mosta dugog tri kilometra.",
    ),
]
