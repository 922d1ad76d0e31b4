"""Words around a few words in marks: what makes them somebody's, and what makes a name of them.

English has no table of calling: an English “so-called” word in marks is far more often the
writer's own distance than a quotation.
"""

from __future__ import annotations

CALLING: dict[str, str] = {
    "de": """
    nannte nannten nennt nennen bezeichnete bezeichneten bezeichnet bezeichnen kritisierte
    kritisierten kritisiert wertete werteten wertet bewertete bewerteten bewertet charakterisierte
    charakterisierten beschrieb beschrieben beschreibt verurteilte verurteilten verurteilt sprach
    sprachen spricht sprechen gesprochen warf warfen lobte lobten lobt tadelte rügte rügten wies
    wiesen zurückgewiesen eingestuft stufte stuften titulierte titulierten attestierte attestierten
    attestiert würdigte würdigten verteidigte verteidigten konstatierte konstatierten zitiert
    """,
    "fr": """
    qualifie qualifient qualifié qualifiait qualifia dénonce dénoncent dénoncé dénonçait évoque
    évoquent évoqué évoquait juge jugent jugeait jugé fustige fustigé fustigeait parlé parlait
    """,
    "es": """
    calificó calificaron califica calificado tachó tacharon tacha tildó tildaron tilda denunció
    denunciaron describió describieron llamó llamaron consideró habló hablaron
    """,
    "it": """
    definì definito definita definisce definiscono bollò bollato bollata denunciò denunciato chiamò
    giudicò giudicato parlò parlato
    """,
    "pt": """
    classificou classificaram classifica chamou chamaram qualificou qualificaram descreveu
    descreveram considerou denunciou falou falaram
    """,
    "nl": """
    noemde noemden noemt noemen bestempelde bestempelden bestempelt omschreef omschreven beschreef
    bekritiseerde sprak spraken spreekt hekelde hekelden
    """,
    "ru": """
    назвал назвала назвали называет назвало охарактеризовал охарактеризовала расценил расценила
    расценили описал описала
    """,
    "pl": """
    nazwał nazwała nazwali nazywa określił określiła określili określa opisał opisała ocenił oceniła
    skrytykował skrytykowała
    """,
    "sv": """
    kallade kallar kallat beskrev beskriver betecknade betecknar kritiserade talade
    """,
}
"""Verbs of calling somebody or something by words that a reporter puts in marks."""

CALLED: dict[str, str] = {
    "de": """
    nannte nannten bezeichnete bezeichneten kritisierte kritisierten wertete werteten bewertete
    charakterisierte charakterisierten beschrieb verurteilte verurteilten sprach sprachen
    spricht warf warfen wies wiesen titulierte titulierten
    """,
}
"""Those that tell of one occasion. “Das nennt man einen ‚Split‘” tells what a term means."""

CALLED_AS: dict[str, str] = {
    "de": r"(?:\b(?:als|von|vor|vom)|\bein(?:e|en|em|er|es)?|\bals\ ein(?:e|en|em|er)?)\s+$",
}
"""What stands between such a verb and a noun, where nouns have capitals of their own."""

MOOD: dict[str, str] = {
    "de": """
    sei seien habe hätte hätten wäre wären werde würde würden könne könnte könnten müsse müsste
    müssten solle wolle dürfe dürften gebe gäbe stehe komme gehe handele handle bestehe liege
    brauche bleibe wisse lasse nehme mache
    """,
}
"""Forms of verbs that tell what somebody else said: the mood of report."""

JOINING: dict[str, str] = {
    "de": "und oder sowie auch als noch",
    "fr": "et ou",
    "es": "y e o u",
    "it": "e ed o",
    "pt": "e ou",
    "nl": "en of",
    "ru": "и или",
    "pl": "i oraz lub",
    "sv": "och eller",
}
"""Words that put two quoted fragments side by side."""

NAMING: dict[str, str] = {
    "en": """
    book novel film movie song hymn album magazine newspaper entitled titled nicknamed dubbed
    musical painting sitcom means meaning literally marked labelled labeled
    """,
    "de": """
    buch roman film lied album magazin zeitung zeitschrift blatt titel motto name namen namens
    begriff begriffs bezeichnung wort überschrift organisation gruppe band firma partei bündnis
    verein preis auszeichnung sender senders agentur stiftung initiative sendung serie musical oper
    theaterstück stück gemälde projekt programm kampagne schiff stern prädikat operation spitznamen
    genannt genannte genannten genannter genanntes genanntem sogenannt sogenannte sogenannten
    sogenannter sogenanntes sogenanntem modell marke video magazins magazines blattes films buches
    truppe bereich bedeutet laut
    """,
    "fr": """
    livre roman film chanson album magazine journal intitulé intitulée titre surnommé surnommée
    baptisé baptisée dit dite dits dites nommé nommée
    """,
    "es": """
    libro novela película canción álbum revista diario periódico titulado titulada título llamado
    llamada apodado apodada denominado denominada lema
    """,
    "it": """
    libro romanzo film canzone album rivista giornale quotidiano intitolato intitolata titolo
    cosiddetto cosiddetta cosiddetti cosiddette soprannominato motto
    """,
    "pt": """
    livro romance filme canção álbum revista jornal intitulado intitulada título chamado chamada
    apelidado lema
    """,
    "nl": """
    boek roman film lied album tijdschrift blad krant titel motto naam genaamd zogenaamd zogenaamde
    zogeheten zender partij
    """,
    "ru": """
    книга книги книге книгу роман романа романе фильм фильма фильме песня песни песню журнал журнала
    журнале газета газеты газете названием партия партии компания компании
    """,
    "pl": """
    książka książki książce powieść film filmu filmie piosenka piosenki magazyn gazeta gazety tytułem
    zwany zwana zwane tzw
    """,
    "sv": """
    bok boken roman film filmen låten sången tidningen tidskriften titeln mottot namnet kallad
    kallade
    """,
}
"""Words before marks that hold a title, a name or a term. Also the ends of German, Dutch and
Swedish compounds: "Fachmagazin"."""

PERFORMING: dict[str, str] = {
    "en": "lecture talk reading concert film play book workshop seminar exhibition panel",
    "de": "vortrag lesung konzert film theater buch seminar ausstellung workshop podium",
    "fr": "conférence lecture concert film pièce livre atelier exposition colloque",
    "es": "conferencia charla lectura concierto película obra libro taller exposición",
    "it": "conferenza lezione lettura concerto film spettacolo libro laboratorio mostra",
    "pt": "conferência palestra leitura concerto filme peça livro oficina exposição",
    "nl": "lezing voordracht concert film toneelstuk boek workshop tentoonstelling",
    "ru": "лекция доклад чтение концерт фильм спектакль книга выставка семинар",
    "pl": "wykład odczyt koncert film spektakl książka wystawa warsztaty",
    "sv": "föredrag föreläsning uppläsning konsert film pjäs bok utställning",
}
"""What is given on an evening and has a title behind a colon."""

INSTRUCTING: dict[str, str] = {
    "en": "click press type enter set select choose tick tap open save replace insert change",
    "de": "klicken klicke tippen drücken wählen geben öffnen setzen ersetzen",
    "fr": "cliquez tapez appuyez choisissez sélectionnez saisissez ouvrez cochez",
    "es": "pulse haga seleccione escriba elija marque abra introduzca",
    "it": "premere selezionare scegliere digitare aprire fare inserire",
    "pt": "clique pressione selecione digite escolha marque abra",
    "nl": "klik druk kies typ selecteer open vink",
    "ru": "нажмите выберите введите откройте",
    "pl": "kliknij naciśnij wybierz wpisz zaznacz otwórz",
    "sv": "klicka tryck välj skriv öppna",
}
"""How a sentence of a manual begins that says what to press or to type."""

COMPOUNDING = ("de", "nl", "sv")
"""Languages that write "trade magazine" as one word."""
