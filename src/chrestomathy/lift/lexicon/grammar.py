"""Words of grammar that LIFT knows beside quotations: articles, particles, adverbs, auxiliaries.

What ends a subject, what begins none, what may stand between a verb and its subject; of all
languages together, since a look at a few words around a quotation needs no more.
"""

from __future__ import annotations

from chrestomathy.lift.lexicon import speech, words_of

REPORTING = words_of(
    """
    said says told tells added adds argued argues claimed claims noted notes insisted insists
    warned warns announced announces explained explains suggested suggests declared declares
    believes believe believed thinks think thought acknowledged admitted admits confirmed
    contended contends stated states stressed emphasized predicted predicts estimated estimates
    reported reports revealed showed shows found concluded concludes denied denies agreed hoped
    saying adding arguing claiming noting insisting warning suggesting
    sagte sagt erklärte erklärt betonte meinte behauptete berichtete
    """
)
"""Verbs that report words or thoughts without marks, with their "that" or without it."""

DETERMINERS = words_of(
    """
    ο η το οι τα του της των τον την τους τις ένας μια
    the a an his her their my our your its this that one another some two three many several der die das
    ein eine az le la les un une una uno unos unas l el los las il lo gli o os as um uma de het een
    """
)

ADVERBS = words_of(
    """
    also then later soon once again still only just even simply now finally first always often never
    has had have would will could might was is did cho auch dann später noch ha hat habe avait a
    """
)

PERFECT = words_of("a ont avait ha han hanno heeft hebben har hade tem")
"""Auxiliaries that a past participle of saying follows: "a déclaré", "ha detto"."""

APART = words_of("habe hat haben hatte hatten heeft hebben had hadden")
"""Auxiliaries with words between them and their participle."""

ENDS_NOUN = words_of(
    """
    in on at with to as who when while after before and but that for from by if because about
    during into upon over through without under near this who's whose which where so or not
    avec sans dans en sur sous chez vers pour d'un d'une d’un d’une qui con sin hacia desde com sem em
    senza verso mit ohne aus bei nach über auf zu im vom zum utan zonder met naar uit
    """
)

NEVER_NAMES = words_of(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april june july may
    august september october november december after before meanwhile however when while but and
    so then yet if as in on at for with by from according also because although though since during
    upon thus during earlier subsequent subsequently here there today tonight yesterday tomorrow now
    listen listen look laughter applause whereas we'll i'll you'll they'll until unless instead
    about over under asked gefragt interrogé interrogée preguntado preguntada perguntado perguntada
    interpellato interpellata gevraagd
    montag dienstag mittwoch donnerstag freitag samstag sonntag
    dann da danach darauf daraufhin nun jetzt dort hier später schließlich zuletzt plötzlich endlich
    auch doch aber und oder denn leise laut heute gestern einmal immer manchmal wieder trotzdem
    para pour por für voor dla для pro как як jak jako hur som så ancora ecco certo encore zase znovu ještě опять снова ещё znowu jeszcze igen iar atunci
    toen daarna nu daar later eindelijk sedan där här siden alors puis ensuite enfin soudain ainsi
    entonces luego después ahora así allora poi infine então depois agora тогда потом затем наконец
    """
)
"""Capitalised words that are no one's name, at the beginning of a sentence or anywhere."""

DEGREES = words_of("very quite rather again still too also")
"""Adverbs without "-ly" that end a subject: "said the judge very softly"."""

LINKS = words_of("of for from at with in")
"""Prepositions between two nouns of one subject: "an official at the ministry"."""

PREPOSITIONS = words_of("in on at with to by about into upon over through under near without")

HABITS = words_of("used liked loved likes loves")
"""Verbs before "to say"."""

HAVING = words_of("has had have")

EPITHETS = words_of("old young poor little dear good great honest former late")
"""Adjectives that stand before a name without an article: "said old Father Benedek"."""

AUXILIARIES = words_of(
    """
    be is are was were been being has have had will would shall should can could may might must
    do does did used not am
    ist sind waren wird werden wurde wurden haben hatte hatten soll sollen kann können
    """
)

BEING = words_of("be is are was were been am")
"""What such a verb follows is spoken of, and does not speak."""

BARE_ADDRESSED = words_of("je su el meg hozzá fel ki le")

NAMING = words_of(
    """
    so heißt heißen hieß ist war sind lautet lautete est était sont sera è era sono sarà es fue será
    são é foi heet heette is was kallas hette er var kaldes называется jest był są je byl były
    """
)
"""No verbs of speech, though they stand behind words in marks and before a noun."""

LEADING = words_of(
    """
    à au aux dans en sur sous de du des d' d’ lors devant pour par chez depuis avec après vers
    a al ante del durante con desde hacia tras ai agli alla alle allo nel nella nei di della dei da
    dal dalla dopo davanti ao aos às em no na nos nas nesta neste nessa nesse do dos das com após
    perante pela pelo tegen in op aan bij van voor met naar na tijdens am im vor gegenüber beim zum
    zur nach auf an zu mit vom für über aus unter в во на с со к ко из от для перед после о об при
    по у з до від під після w we z ze dla po przed podczas do od o v ve s se k ke pro při na i på
    till för av vid under efter til for ved în pe cu din după σε στη στην στον στο στις στους με
    για από την τη τον τις τους του της των kepada di pada saat dalam
    """
)
"""Prepositions, and the articles that run together with them: what follows is no subject."""

GERMAN = words_of("der die das ein eine")

GENITIVE = words_of("des der dem den eines einer für von vom im am in aus bei")
"""What goes on with a German noun: "der Sprecher des Ministeriums"."""

OWNED = words_of("his her their my our your its")

AND = words_of("und y e et och og en i и і")
"""What goes on with another subject, or with what the one did: "der Vater und ging"."""

ROMANCE = words_of("el la los las il lo gli i o os as a um uma un una uno le les une")
"""Their nouns may end like a German past tense: "el presidente", "la préfète"."""

REFLEXIVE = words_of("se si s' s’ sich się sa s-a")
"""What may stand between a quotation and a verb of stories, or behind the verb."""

NO_BARE = words_of(
    """
    был была было были есть будет также ранее позже сегодня вчера именно однако даже просто в на с со к ко у о об от до из за по под над при без для про через между и а но да или что как
    не ни же ли бы то тут там тогда потом затем снова опять ещё еще уже вдруг наконец тихо громко
    строго ему ей им мне нам вам тебе его её их меня нас вас себе мой моя мою свой свою весь все
    сквозь после перед вслед вполголоса шёпотом шепотом так вот это
    з до від із у під над при для про через між і й та але чи що як не ж тут там тоді потім знову
    ще вже раптом нарешті тихо голосно йому їй їм мені нам вам тобі його її їх мене себе свій після
    jest są był była było także też również wczoraj dziś jutro ma miał miała by być w we na z ze do od o u po pod nad przy bez dla przez między i a ale lub że jak nie się to tu tam
    wtedy potem znów znowu jeszcze już nagle wreszcie cicho głośno mu jej im mi nam wam ci jego ich
    mnie siebie swój swoją po przed za półgłosem szeptem gdy kiedy jakby tylko
    je jsou také též včera dnes zítra rovněž byl byla bylo jsem má měl měla by v ve s se k ke u o od ode do z ze za po pod nad při bez pro přes mezi i a ale nebo že jak ne si
    tu tam tehdy pak potom zase opět ještě už náhle konečně tiše hlasitě mu jí jim mi nám vám ti ho
    pred pri cez medzi
    i på till från med av för om vid efter under utan över och men att som inte sig så då sedan nu
    har hade ville skulle kan kunde är var blev hava haft här där igen äntligen tyst lågt högt henne honom dem dig mig oss er sin sitt sina när medan
    til fra med af ved efter uden over og men at som ikke seg så da siden nå nu her der igjen igen
    endelig stille lavt høyt højt henne ham hende dem deg dig meg mig oss os sin sitt sit sine når
    mens mot imod hos havde ville kan kunne er ble blev hatt
    au am ar era este fost va vor la în pe cu de din spre către despre pentru fără după peste și dar că să nu atunci apoi iar iarăși
    încet tare lui ei lor mie ție nouă vouă când
    hän minä me he sitten taas hiljaa kovaa kuin että mutta ja
    adalah yang di ke dari untuk kepada saat dalam pada dengan itu ini sambil
    bir a az hogy és de nem neki nekem halkan hangosan majd aztán végül csak még már
    """
)
"""Words behind a verb of saying that begin no subject, in the languages without articles."""

ADDRESSED = words_of("to him me us them sich się se si saber wissen")
"""What stands between such a verb and its subject."""

ITALIAN = words_of(speech.SAYING["it"] + speech.BESIDE["it"])

NO_HEAD = (
    AUXILIARIES
    | PREPOSITIONS
    | DETERMINERS
    | words_of("of again also already such quale quali cual cuales lequel laquelle lesquels")
)
"""Words that no subject ends with."""

ANSWERS = words_of(
    """
    answer reply response exclamation remark comment question observation consolation conclusion
    verdict injunction assurance greeting suggestion objection thought words advice
    """
)
"""What words in marks are called whose owner said them."""

TELLING = words_of("told tells telling warned assured")
"""Verbs before whose report the one stands whom it is told."""

DOING = words_of(
    """
    remembers recalls reads notes states shows writes describes returns reports repeats
    adds puts calls concludes suggests confirms warns tells
    """
)
"""Verbs that a name in marks may be the subject of: “Save as” remembers the last folder."""

CROWD = words_of(
    """
    sources officials critics experts analysts researchers scientists police prosecutors witnesses
    supporters opponents people others everyone somebody someone authorities doctors lawyers
    """
)
