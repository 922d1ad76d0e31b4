"""Words of reporting by language: verbs of saying, pronouns, titles, name particles."""

from __future__ import annotations

from chrestomathy.lift.lexicon import words_of

SAYING: dict[str, str] = {
    "en": """
    said says say saying told tells added adds wrote writes asked asks replied replies answered
    declared declares explained explains argued argues noted notes stated states announced
    insisted insists continued continues concluded concludes observed observes remarked remarks
    warned warns claimed claims admitted admits acknowledged suggested suggests cried exclaimed
    whispered murmured muttered shouted called recalled recalls responded responds tweeted posted
    complained testified commented joked quipped urged confirmed vowed predicted promised
    repeated agreed protested began went thought returned resumed rejoined retorted interrupted
    ejaculated demanded inquired enquired sighed laughed screamed yelled growled gasped stammered
    pleaded begged boasted lamented proclaimed quoted reads read reported reports estimated
    charged contended countered emphasized stressed maintained mused opined pointed reasoned
    saying asking arguing claiming calling called telling writing adding describing described
    sings sang chanted chanting denounced dismissed accused praised vows warns predicts jokes
    explaining noting stating suggesting insisting warning declaring announcing recalls quipped
    reiterated remembers remembered reflected put puts persisted ventured faltered grumbled snapped
    """,
    "fr": """
    dit disait répondit demanda ajouta expliqua déclara affirma écrit écrivait écrivit raconta
    s'écria murmura reprit répliqua explique affirme déclare ajoute précise souligne estime
    assure conclut observe note indique confie insiste rappelle raconte poursuit lance
    déclaré expliqué ajouté affirmé répondu indiqué précisé souligné estimé assuré lancé rappelé
    raconté conclu insisté dénoncé regretté reconnu promis averti confié déclarait expliquait
    affirmait ajoutait estimait dénonce regrette reconnaît promet avertit martèle disent affirment
    """,
    "de": """
    sagte sagt sagten fragte fragt antwortete erklärte erklärt meinte meint rief schrie schrieb
    schreibt flüsterte erwiderte versetzte entgegnete bemerkte betonte betont fügte ergänzte
    kündigte berichtete berichtet teilte kommentierte forderte warnte behauptete äußerte begann
    sprach dachte murmelte brummte seufzte lachte bat wiederholte stellte gab lautete kritisierte
    bekräftigte bestätigte kichert teilten nannte nennt bezeichnete bezeichnet beschreibt beschrieb
    charakterisierte fuhr fügt fügten zitiert zitierte riet rät fordert meinten erklärten sprachen
    sprechen berichteten entgegneten spricht schildert schilderte wundert verkündete brüllte
    urteilte urteilten konstatierte konstatierten skandierte skandierten versicherte versicherten
    lobte bedauerte gestand räumte begründete mahnte mahnten befürchtet äußerten
    betonten kritisierten forderten warnten antworteten riefen schrieben behaupteten bestritt
    monierte resümierte prophezeite prognostizierte verlangte konterte erinnerte scherzte witzelte
    bekundete beteuerte beklagte beklagten appellierte hofft hoffte befand argumentierte
    argumentiert kritisiert warnt gesagt gefordert angekündigt mitgeteilt versichert gewarnt
    geschrieben geantwortet erwidert widersprach widerspricht widersprachen
    """,
    "es": """
    dijo dice decía preguntó respondió contestó añadió agregó explicó declaró afirmó aseguró
    señaló escribió escribe exclamó comentó indicó sostuvo insistió advirtió murmuró manifestó
    dijeron dicho explicó explica afirma asegura señala sostiene advierte declararon afirmaron
    reconoció admitió recordó subrayó concluyó denunció lamentó prometió declarado afirmado
    asegurado explicado manifiesta indica comenta cuenta pregunta responde contesta añade agrega
    recuerda reconoce admite resume concluye lamenta opina exclama sentencia apunta apostilla
    relata confiesa defiende defendió precisó zanja
    """,
    "it": """
    disse dice diceva chiese rispose aggiunse spiegò dichiarò affermò scrisse scrive esclamò
    commentò osservò ha-detto dissero detto spiega spiegato aggiunto dichiarato dichiara affermato
    afferma scritto risposto commentato commenta osservato sottolineato sottolinea ammesso ammise
    ricorda ricordò ricordato chiede risponde aggiunge precisa assicura conclude ribadisce
    raccontò racconta raccontato concluso replicato replicò avvertito
    """,
    "pt": """
    disse diz dizia perguntou respondeu acrescentou explicou declarou afirmou escreveu escreve
    exclamou comentou observou disseram dizem afirma declara explica garantiu garante destacou
    conta pergunta responde acrescenta comenta lembra recorda diz conclui lamenta ironizou ironiza
    ressaltou reconheceu admitiu lembrou concluiu alertou defendeu contou lamentou prometeu
    """,
    "nl": """
    zei zegt vroeg antwoordde schreef schrijft verklaarde voegde riep aldus stelde zeiden zeggen
    gezegd vertelde vertelt verklaart benadrukte benadrukt waarschuwde waarschuwt fluisterde
    mompelde reageerde reageert concludeerde meldde beweerde beweert erkende twitterde
    """,
    "ru": """
    сказал сказала сказали говорит говорил говорила спросил спросила ответил ответила добавил
    добавила заявил заявила пишет писал писала воскликнул заметил отметил подчеркнул объяснил
    сообщил подумал сообщила подумала подчеркнула отметила объяснила объяснил воскликнула написал
    написала рассказал рассказала считает утверждает утверждал утверждала признал признала пояснил
    пояснила спросили ответили добавили заявили отметили прошептал прошептала крикнул крикнула
    произнес произнёс произнесла
    заявлял заявляла отмечал отмечала объявил объявила пообещал пообещала призвал призвала
    сказало рассказали пояснили подчеркнули считают утверждают уверен уверена вспоминает вспоминал
    вспоминала предупредил предупредила заключил заключила констатировал констатировала
    прокомментировал прокомментировала уточнил уточнила обратил обратила рассказывает говорят
    """,
    "pl": """
    powiedział powiedziała powiedzieli mówi mówił mówiła mówią dodał dodała zapytał zapytała spytał
    spytała odpowiedział odpowiedziała odparł odparła stwierdził stwierdziła oświadczył oświadczyła
    napisał napisała zaznaczył zaznaczyła podkreślił podkreśliła podkreśla wyjaśnił wyjaśniła
    wyjaśnia przyznał przyznała krzyknął krzyknęła szepnął szepnęła zawołał zawołała zauważył
    zauważyła twierdzi twierdził twierdziła ocenił oceniła poinformował poinformowała ostrzegł
    ostrzegła przekonuje
    powiedzieli dodali wspomina wspominał wspominała opowiada opowiadał opowiadała rzekł rzekła
    zapewnia zapewnił zapewniła tłumaczy tłumaczył tłumaczyła podsumował podsumowała komentuje
    skomentował skomentowała informuje ocenia uważa
    """,
    "sv": """
    sade säger säga sagt svarade svarar frågade frågar skrev skriver berättade berättar förklarade
    förklarar menade menar hävdade hävdar ropade ropar viskade tillade tillägger uppgav uppger
    konstaterade konstaterar påpekade påpekar betonade betonar varnade varnar
    """,
    "cs": """
    řekl řekla řekli řekly říká říkal říkala dodal dodala dodává uvedl uvedla uvádí prohlásil
    prohlásila vysvětlil vysvětlila vysvětluje odpověděl odpověděla zeptal zeptala ptal ptala tvrdí
    napsal napsala poznamenal poznamenala upozornil upozornila upozorňuje zdůraznil zdůraznila
    připustil připustila konstatoval konstatovala sdělil sdělila potvrdil potvrdila vzpomíná
    povedal povedala hovorí dodáva uviedol uviedla vysvetlil vysvetlila odpovedal odpovedala
    """,
    "uk": """
    сказав сказала сказали каже кажуть говорив говорила говорить додав додала зазначив зазначила
    заявив заявила пояснив пояснила відповів відповіла запитав запитала спитав спитала написав
    написала пише наголосив наголосила підкреслив підкреслила розповів розповіла вважає
    стверджує повідомив повідомила зауважив зауважила згадує пригадує вигукнув вигукнула додає
    """,
    "ro": """
    spus spune zis zice declarat declară adăugat adaugă explicat explică afirmat afirmă întrebat
    întreabă răspuns răspunde precizat precizează subliniat subliniază scris avertizat susține
    susținut menționat recunoscut povestit
    """,
    "da": """
    sagde siger fortalte fortæller forklarede forklarer tilføjede tilføjer svarede svarer spurgte
    spørger skrev skriver udtalte udtaler understregede understreger erklærede påpegede
    """,
    "no": """
    sier sagt fortalte forteller forklarte forklarer tilføyde tilføyer svarte spurte spør skriver
    opplyser opplyste uttalte uttaler understreket understreker mener påpeker påpekte
    """,
    "fi": """
    sanoi sanoo sanoivat kertoi kertoo kysyi kysyy vastasi vastaa lisäsi totesi toteaa
    kirjoitti kirjoittaa huomautti muistutti muistuttaa korosti korostaa arvioi selitti
    """,
    "hu": """
    tette mondta mondja mondták mondotta kérdezte válaszolta felelte tette-hozzá hozzátette írta
    jelentette-ki kijelentette közölte hangsúlyozta magyarázta állította kiáltotta suttogta
    """,
    "el": """
    είπε είπαν λέει λένε έλεγε δήλωσε δήλωσαν δηλώνει πρόσθεσε προσθέτει εξήγησε εξηγεί τόνισε
    τονίζει ανέφερε αναφέρει απάντησε απαντά ρώτησε ρωτά έγραψε γράφει υποστήριξε υποστηρίζει
    σημείωσε σημειώνει υπογράμμισε υπογραμμίζει παραδέχτηκε θυμάται φώναξε ψιθύρισε
    """,
    "bg": """
    каза казва казаха заяви заявява добави добавя отбеляза отбелязва обясни обяснява попита отговори
    подчерта подчертава написа сподели споделя
    """,
    "hr": """
    rekao rekla rekli kaže kazao kazala dodao dodala dodaje izjavio izjavila istaknuo istaknula
    odgovorio odgovorila upitao upitala napisao napisala objasnio objasnila poručio poručila
    dejal dejala rekel povedala odgovoril odgovorila vprašal vprašala pojasnil pojasnila
    """,
    "lt": """
    sakė sako teigė teigia pridūrė paklausė atsakė rašė sacīja saka teica piebilda jautāja ütles
    ütleb lisas küsis vastas selgitas
    """,
    "id": """
    kata ujar tutur ucap jelas tegas ungkap tambah imbuh mengatakan menjelaskan menegaskan
    menambahkan menyatakan menyebut bertanya menjawab
    """,
    "vi": "nói biết",
    "sw": "alisema anasema aliongeza alieleza aliuliza alijibu",
}
"""Verbs that report words, in the forms that stand beside a quotation."""

BESIDE: dict[str, str] = {
    "fr": """
    fit hurla soupira cria balbutia bégaya interrompit continua poursuivit protesta grogna souffla
    lâcha objecta commença conclut insista intervint gronda marmonna plaisanta remarqua rétorqua
    rugit supplia ordonna appela lança admit
    approuva avoua chuchota constata coupa déclama fredonna gémit glissa grommela jeta précisa
    promit proposa renchérit risqua sanglota siffla suggéra trancha s'étonna s'exclama s'indigna
    s'inquiéta s'excusa s'empressa s'enquit s'esclaffa
    """,
    "de": """
    hauchte stammelte stotterte zischte knurrte unterbrach widersetzte entschuldigte wunderte
    keuchte krächzte schnaubte grummelte spottete scherzte kicherte jammerte klagte schluchzte
    befahl gebot mahnte drängte wandte erkundigte ächzte stöhnte raunte grinste lächelte donnerte wollte
    """,
    "es": """
    musitó susurró gritó repuso replicó inquirió balbuceó gruñó suspiró rió interrumpió continuó
    prosiguió protestó ordenó suplicó disculpó quejó quiso intervino observó repitió pidió rugió
    bromeó confesó farfulló masculló objetó sonrió terció zanjó siguió interrogó extrañó asombró
    sorprendió
    """,
    "it": """
    gridò mormorò sussurrò ribatté ripeté domandò continuò insistette fece borbottò sospirò urlò
    balbettò brontolò interruppe protestò ordinò scusò intervenne obiettò scherzò confessò ammonì
    sbottò sibilò proseguì riprese meravigliò stupì lamentò incalzò concluse
    """,
    "pt": """
    murmurou sussurrou gritou retrucou indagou continuou insistiu suspirou resmungou replicou
    retorquiu interrompeu protestou ordenou desculpou balbuciou gaguejou objetou brincou confessou
    prosseguiu repetiu pediu admirou espantou sorriu atalhou volveu tornou bradou berrou quis
    """,
    "nl": """
    bromde siste zuchtte schreeuwde stamelde lachte grijnsde snauwde gromde vervolgde onderbrak
    protesteerde fluisterde beval smeekte hijgde knikte herhaalde
    """,
    "ru": """
    проговорил проговорила пробормотал пробормотала буркнул буркнула возразил возразила закричал
    закричала продолжал продолжала продолжил продолжила повторил повторила поинтересовался
    поинтересовалась удивился удивилась усмехнулся усмехнулась вздохнул вздохнула засмеялся
    засмеялась рассмеялся рассмеялась улыбнулся улыбнулась кивнул кивнула вмешался вмешалась
    согласился согласилась объявил объявила приказал приказала велел велела попросил попросила
    отозвался отозвалась откликнулся откликнулась проворчал проворчала протянул протянула
    """,
    "uk": """
    промовив промовила пробурмотів пробурмотіла буркнув буркнула заперечив заперечила закричав
    закричала продовжив продовжила повторив повторила здивувався здивувалася усміхнувся
    усміхнулася зітхнув зітхнула засміявся засміялася кивнув кивнула втрутився втрутилася
    погодився погодилася прошепотів прошепотіла крикнув крикнула озвався озвалася відказав
    відказала мовив мовила
    """,
    "pl": """
    mruknął mruknęła rzucił rzuciła odezwał odezwała wtrącił wtrąciła westchnął westchnęła zdziwił
    zdziwiła zaśmiał zaśmiała roześmiał roześmiała uśmiechnął uśmiechnęła wymamrotał wymamrotała
    powtórzył powtórzyła ciągnął ciągnęła przerwał przerwała zaprotestował zaprotestowała burknął
    burknęła warknął warknęła jęknął jęknęła skłamał skłamała rozkazał rozkazała poprosił poprosiła
    zaproponował zaproponowała
    """,
    "cs": """
    zabručel zabručela zavrčel zašeptal zašeptala šeptl šeptla křikl křikla vykřikl vykřikla vzdychl
    vzdychla zasmál zasmála usmál usmála pokračoval pokračovala opakoval opakovala namítl namítla
    divil divila přikývl přikývla zamumlal zamumlala pravil pravila
    """,
    "sv": """
    muttrade mumlade väste suckade skrek skrattade fortsatte upprepade undrade invände avbröt
    nickade fnös stammade bad befallde
    """,
    "da": """
    mumlede hviskede råbte sukkede fortsatte gentog indvendte afbrød nikkede brummede hvæsede
    """,
    "no": """
    mumlet hvisket ropte sukket fortsatte gjentok innvendte avbrøt nikket brummet freste
    """,
    "ro": """
    mormăi murmură șopti strigă zise răspunse întrebă adăugă oftă râse bombăni bâigui continuă
    exclamă mârâi făcu rosti vorbi
    """,
    "hu": """
    morogta dünnyögte sóhajtotta nevetett folytatta ismételte szólt szólalt vágta bólintott
    """,
}
"""Verbs of stories that report words only where they stand right beside them: "fit le passeur"."""

BARE = (
    *("ru", "uk", "bg", "pl", "cs", "hr", "lt"),
    *("sv", "da", "no", "ro", "fi", "hu", "id", "sw"),
)
"""Languages that print a subject without an article before it: "sade färjkarlen", "сказал старик"."""

IN_SOURCES = words_of(
    "quoted reported reads read recalled writing adding describing put called stated noted began "
    "proclaimed quoted written posted tweeted testified lance note suis reprit"
)
"""Verbs that also stand in source lines: "as quoted in"."""

PRONOUNS: dict[str, str] = {
    "en": "he she they i we you it who",
    "fr": "il elle ils elles je nous on vous tu",
    "de": "er sie ich wir man es",
    "es": "él ella ellos ellas yo nosotros",
    "it": "egli lui lei essi loro io noi",
    "pt": "ele ela eles elas eu nós",
    "nl": "hij zij ze ik wij we men",
    "ru": "он она они я мы",
    "pl": "ona oni",
    "sv": "hon jag",
    "uk": "він вона вони ми",
    "el": "αυτός αυτή",
    "fi": "hän",
}
"""Pronouns that can say something."""
BARE_PRONOUNS = words_of("han hun jeg vi el ea eu ei on ona oni ő ja já")
"""Pronouns that are other words in other languages: they count behind a verb of `BARE` alone."""

MALE = words_of("he il er él egli lui ele hij он він han")
FEMALE = words_of("she elle ella lei ela она вона ona hon hun")
FIRST_SECOND = words_of("i we you je nous vous tu ich wir yo io noi eu nós ik wij я мы jag")
"""Pronouns that no name in the text stands for."""

ACCORDING: dict[str, str] = {
    "en": r"[Aa]ccording\ to|[Ii]n\ the\ words\ of|[Aa]s\ put\ by",
    "fr": r"[Ss]elon|[Dd]['’]après|Pour(?=\ (?:(?:l['’]|l[ea]\ )[a-zà-ÿ-]+\ (?:d[eu]s?\ |d['’])?)?[A-ZÀ-Þ])",
    "de": r"[Ll]aut|[Nn]ach\ (?:Angaben|Aussagen?|Auskunft|Ansicht|Meinung|Auffassung|Worten|"
    r"Einschätzung|Darstellung)(?:\ von)?",
    "es": r"[Ss]egún",
    "it": r"[Ss]econdo",
    "pt": r"[Ss]egundo",
    "nl": r"[Vv]olgens",
    "ru": r"[Пп]о\ (?:словам|мнению|данным)",
    "pl": r"[Ww]edług|[Zz]daniem",
    "sv": r"[Ee]nligt",
    "da": r"[Ii]følge",
    "uk": r"[Зз]а\ словами|[Нн]а\ думку",
    "cs": r"[Pp]odle",
    "ro": r"[Pp]otrivit",
    "id": r"[Mm]enurut",
    "vi": r"[Tt]heo",
    "el": r"[Σσ]ύμφωνα\ με\ (?:τ[ονη]+ν?|τις|τους)",
}
"""Words before a source that is no subject."""
ACCORDING_BARE = words_of(
    "по за на podle według zdaniem enligt ifølge potrivit σύμφωνα menurut theo"
)
"""First words of those that a noun without an article may follow."""
ACCORDING_SIGNS = (
    *("ccording to", "words of", "put by", "elon", "après", "Pour", "aut", "ach ", "egún"),
    *("econdo", "egundo", "olgens", "о ", "edług", "daniem", "nligt", "følge", "словами", "думку"),
    *("odle", "otrivit", "ύμφωνα", "enurut", "heo "),
)
"""Letters of which each of these has some: where none stands, none of them does."""

MALE_TITLES = words_of("mr mister sir lord monsieur m herr señor don signor king prince")
FEMALE_TITLES = words_of(
    "mrs ms miss lady madam madame mme mlle frau fräulein señora signora queen princess"
)

PARTICLES = words_of(
    """
    de du des la le les d' di da del della dei der den von van vom zu zur ten ter bin ibn ben al el
    of the y e i af av do dos das san st st. saint à à-la und and & et
    """
)
"""Lower-case words inside names: "Simone de Beauvoir", "Alexander the Great"."""

SUFFIXES = words_of("jr jr. sr sr. esq esq. ii iii iv phd ph.d. m.d. md")
"""Words after a comma that still belong to the name."""

TITLES = words_of(
    """
    president senator sen. sen governor gov. secretary minister chancellor professor prof. dr. dr
    mr. mr mrs. mrs ms. ms miss sir lord lady king queen prince princess pope saint st. father
    bishop rabbi reverend rev. general gen. colonel col. captain capt. major admiral lieutenant
    judge justice chief mayor congressman congresswoman representative rep. ambassador director
    chairman chairwoman emperor empress monsieur madame mme m. herr frau señor señora signor don
    doña commander sheriff officer detective ceo coach altkanzler bundeskanzler präsident président
    sr sr. sr.ª sra. sra srs srs. d. dª señores excmo ilmo
    councillor cllr. cllr councilman councilwoman alderman ald. card. cardinal mons. msgr.
    ing. avv. dott. dr.ssa prof.ssa sra. excmo. lic. dña. amb. lt. maj. sgt. pvt. pres.
    sec. min. supt. commissioner delegate lord-justice doktor profesor dyrektor minister prezydent
    """
)
"""Offices and forms of address that stand before a name, or in its place."""

ABBREVIATED = words_of("Mr Mrs Ms Dr Sen Rep Gov Gen Prof St Jr Sr Lt Col Sgt")
"""English abbreviations at names, whose full stop belongs to the word wherever words are cut."""

ROLE_NOUNS = words_of(
    """
    president leader secretary minister general chancellor emperor pope king queen chairman
    chairwoman premier director governor senator speaker spokesman spokeswoman spokesperson mayor
    ambassador judge justice bishop archbishop commander chief representative official
    orador oradora vizepräsident vizepräsidentin landtagspräsident voorzitter
    chair clerk witness counsel moderator interviewer host reporter superintendent principal professor editor author writer poet painter philosopher economist
    physicist teacher founder manager head officer treasurer ceo coach actor actress singer
    président ministre chancelier roi porte-parole präsident kanzler bundeskanzler
    presidente ministro primer líder führer премьер президент министр
    novelist laureate engineer scientist historian composer dramatist playwright essayist critic
    activist astronaut inventor explorer surgeon nurse lawyer farmer soldier sailor pilot
    priest monk nun rabbi imam preacher vicar pastor pope chairperson councillor delegate deputy
    commissioner steward regent keeper curator librarian editor-in-chief publisher co-founder
    entrepreneur designer architect mathematician biologist chemist sculptor musician comedian
    director-general secretary-general attorney prosecutor defendant plaintiff juror
    prefeita prefeito governador governadora alcalde alcaldesa sindaco sindaca bürgermeister
    bürgermeisterin maire burgemeester minister-president ministra ministre-président directrice
    directeur direktor direktorin директор директора министра президента председателя председатель
    知事 市長 町長 首相 大臣 社長 会長 教授 作家 詩人 監督 俳優 総裁 大統領 学長 校長
    市长 省长 总统 总理 主席 部长 局长 教授 作家 诗人 校长 总工程师
    시장 대통령 총리 장관 교수 작가 시인 회장
    губернатора губернатор секретаря секретарь генерала генерал ректора ректор начальника
    """
)
"""Nouns of offices: a speaker made of nothing else is a title, not a name."""

ROLE_ADJECTIVES = words_of(
    """
    the a an supreme prime former general vice deputy first chief foreign great our his her its
    new acting late honorable honourable de la le der die das el o a il white house state
    """
)
"""Words beside such a noun that make no name of it."""

NO_NAMES = words_of(
    """
    Source Sources Note Notes Quelle Fuente Fonte Bron Источник 出处 来源 Date Title Subject Price
    Author Present Absent Apologies Attending Attendees Guests Members Staff Minutes Agenda Motion
    Moved Seconded Vote Ayes Nays Resolved Decision Action Location Place Venue Time Tel Fax Email
    From To Cc Re Anwesend Entschuldigt Beschluss Ort Présents Absents Excusés Presentes Ausentes
    Тема Кружки Кружок Время Место Дата Адрес Вход Начало Режиссёр Автор Повестка
    Beginn Schluss Ende Dauer Início Inicio Fim Fin Début Start End Opening Closing
    Credits Credit Correction Corrections Sponsor Advertisement
    Address Name Phone Hours Tags Category Categories Published Updated Posted Music Song Photo
    Picture Image Topic Theme Motto Musik Lied Foto Bild Thema Titel Musique Titre Música Título Tema
    時間 地點 出席 缺席 列席 紀錄 記錄 时间 地点 列席 记录 记录人 日時 場所 出席者 議題 일시 장소 참석
    Musica Titolo Muziek Музыка Фото Muzyka Temat Interview Entrevista Entretien Intervista Интервью
    """
)
"""Words before a colon that name nobody."""
