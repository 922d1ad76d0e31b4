"""Interviews, debates, minutes: turns that begin with "NAME:".

A turn is a passage; paragraphs without a name go on with it. Short lines without a final stop
between turns are page furniture and leave with a reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from chrestomathy.lift.cues import cue_after
from chrestomathy.lift.draft import BETWEEN, TITLE_REASON, Draft, Drafts, Dropped
from chrestomathy.lift.layout import Line, Paragraph, lines
from chrestomathy.lift.lexicon import CAPITALS
from chrestomathy.lift.lexicon.speech import NO_NAMES, TITLES
from chrestomathy.lift.speakers import is_name, is_role
from chrestomathy.records import Attribution, Kind, Span, SpeakerSpan
from chrestomathy.textkit.marks import ALL_MARKS, in_marks

TURN = re.compile(
    r"""
    (?:\*\*|__)?                                    # Markdown's bold
    (?:[\[(]?\d{1,2}:\d\d(?::\d\d)?[\])]?\s+(?=[^\W\d_]))?    # "[00:07:32] "
    (?:\d{1,3}\.\s+(?=[^\W\d_]))?                   # "1. Mr. Trewin"
    (?P<name>[^:：\n“”\"«»?!.;]{1,60}?|[^:：\n“”\"«»?!;]{1,45}?)
    (?P<aside>(?:\s?\([^()]{1,60}\)){0,2})          # "(laughing)", "(Ness and Garrow) (Lab)"
    (?:\s?:(?:\*\*|__)?(?=\s)|\s?：(?:\*\*|__)?)
    \s*(?:[—–]\s)?(?P<words>\S)                    # "Holt: Why …", not "12:30"; "O Sr. Lobo: — Não"
    """,
    re.VERBOSE,
)
_FIRST_MARKS = re.compile(r"[\"“«„][^\"“”«»„]{1,400}?(?P<last>[^\"“”«»„])[\"”»“]")
"""Words in marks at the beginning of a paragraph."""
_LETTER = re.compile(
    r"(?:\*\*|__)?(?P<name>[QAPRFD]|Pregunta|Respuesta|Pergunta|Resposta|Domanda|Risposta|Frage|Antwort"
    r"|Question|Answer|Réponse|Вопрос|Ответ)\.(?:\*\*|__)?\s+(?P<words>\S)"
)
"""The beginning of a question or answer: "Q. Where were you?", "Pregunta. ¿Y…?", "P. ¿Y…?"."""
_INITIALS = re.compile(r"(?P<name>[A-Z]{2,3})(?:\t|[ \u00a0\u2003]{2,6})(?P<words>\S)")
"""Initials and a wide gap: "MK  Let's start at A."."""
_ASKED = (("Q", "A"), ("P", "R"), ("F", "A"), ("D", "R"), ("Q", "R"))
"""The letters of question and answer, in the order of asking."""
_FORMAL = re.compile(r"[^:：\n]{2,60}(?:\([^()]{1,30}\)\s?:|:\s[—–])\s")
"""How a parliament prints a turn: "Jens Holm (FWN): ", "O Sr. Lobo: — "."""
_INITIAL = re.compile(r"[A-Z]{1,3}\d?|Q|A")
_STOP = re.compile(r"[.!?…。！？—–][\"”»’)]*$")
_PROCEEDINGS = re.compile(
    r"""
    [(（\[][^()（）\[\]]{1,80}[)）\]]\.?$                     # "(Applause.)"
    | \d{1,2}[.)]\s+\S.{0,80}$                        # "3. Old mill road"
    | (?:The\ )?(?:motion|meeting|session|sitting|vote|hearing|committee|council|house|chair
      |court|recess)\b(?:\ [\w.,:()-]+){0,8}?\ (?:carried|adjourned|closed|resumed|opened|passed
      |failed|recessed|rose|approved|began|ended|suspended|seconded|reconvened)\b
                                                    # "Motion carried, 3 to 0."
    | (?:La\ séance|Die\ Sitzung|La\ sesión|A\ sessão|De\ vergadering|Schluss\ der)\b.{0,80}$
    | (?:Question|Amendment|Bill|Motion|Clause)s?\b(?:\ [\w.,:()-]+){0,6}?\ (?:put|made|read|agreed
      |negatived|withdrawn|proposed|ordered|committed)\b             # "Question put and agreed to."
    | (?:The\ )?(?:House|Committee|Council|Assembly)\ (?:divided|met|adjourned|proceeded)\b
    | (?:Aplausos|Risos|Protestos|Vozes|Beifall|Heiterkeit|Zuruf|Rires|Applaudissements|Rumores|Risas
      |Applausi|Applause|Laughter|Interruption|Oklaski|Аплодисменты|Смех|Eram)\b.{0,80}$
    | (?:Several\ )?(?:hon\.\ )?Members\ rose\b
    | (?:Moved|Seconded|Resolved|Carried|Adjourned|Unanimous(?:ly)?)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""What a clerk writes between the turns."""
FIELD = "a field of the record's head"
_NOTED = re.compile(r"[(（\[][^()（）]{1,120}[)）\]]")
"""What a clerk notes below somebody's words."""
MAX_CAPITALS = 40
"""Longest name in capitals on a line of its own, in characters; chosen by hand."""
_CAPITAL_LINE = re.compile(
    rf"^[^\S\n]{{0,8}}(?P<name>[{CAPITALS}](?:[{CAPITALS}.’'-]|[ ](?=[{CAPITALS}])){{1,{MAX_CAPITALS}}})(?=,\s|\s\(|[ \t]*$)",
    re.MULTILINE,
)
"""A name in capitals at the head of a line, before a role, a bracket or nothing."""
_ROLE = re.compile(r",\s|\s\(")
"""What parts a name from the role behind it."""
_CLOCK = re.compile(r"\A\s*\d{1,2}:\d\d(?::\d\d)?\s*\n")
"""A time of day on a line above a turn."""
_SITE = re.compile(
    r"(?:subscribe|suscríbete|abonnez|abonnieren|iscriviti|assine|newsletter|archivado en|tags?\s?:|filed under"
    r"|editor['’]s note|interview (?:by|conducted)|as told to|photographs? by|transcribed by|this interview"
    r"|schlagworte|this (?:episode|interview|programme|program) (?:is|was) (?:brought|sponsored|supported)"
    r"|sponsored|advertisement|werbung|publicidad|publicidade|read (?:more|also)|lee también|lire aussi"
    r"|lesen sie auch|leia também|leggi anche|читайте|czytaj też)\b",
    re.IGNORECASE,
)
"""What a site prints between the turns of an interview."""
_INTERVIEW = re.compile(
    r"interview|entretien|entrevista|intervista|gespräch|интервью", re.IGNORECASE
)
MIN_TURNS = 4
MAX_LABEL, MAX_NOTE = 100, 124
"""Longest label of a turn, and longest note of a clerk, in characters."""
MAX_ASIDE_WORDS = 6
"""Longest line between turns that is taken for furniture when it has no final stop."""


def turn(text: str) -> re.Match[str] | None:
    """Match the beginning of a turn.

    Example:
        >>> turn("Holt: No.")["name"], turn("One thing is sure: we go.")
        ('Holt', None)
    """
    m = TURN.match(text) if ":" in text or "：" in text else None
    if m is None:
        return _LETTER.match(text) or _INITIALS.match(text)
    name = m["name"].strip()
    if name in NO_NAMES:
        return None
    bare, _, role = name.partition(",")  # "Ann Lee, Minister of Works"
    if ". " in role:
        return _LETTER.match(text)
    known = _INITIAL.fullmatch(name) or is_name(bare) or is_role(bare)
    return m if known or is_name(m["aside"].strip(" ()")) else None  # "The Minister (Mrs. Holt)"


def is_transcript(text: str, blocks: Sequence[Paragraph]) -> bool:
    """Tell whether most paragraphs of a page, or lines of one, are turns of few speakers."""
    names = Counter[str]()
    capitals = _capitals(text)
    spoken, units, formal = 0, 0, 0
    for block in blocks:
        named = text.find(":", block.start, block.start + MAX_LABEL) >= 0
        formal += named and _FORMAL.match(text, block.start, block.end) is not None
        units += block.end - block.start > MAX_NOTE or not _is_note(text[block.start : block.end])
        head = text[block.start : min(block.end, block.start + MAX_LABEL + 20)]
        if m := turn(_with_colon(head, capitals)):
            names[m["name"].strip()] += 1
            spoken += block.end - block.start
            below = [m for line in lines(text, block)[1:] if (m := turn(line.text))]
            names.update(m["name"].strip() for m in below)
            units += len(below)
    turns = names.total()
    if turns < MIN_TURNS or len({name.casefold() for name in names}) < 2:
        return False
    titled = all(name.split()[0].casefold() in TITLES for name in names)
    asked = Counter(
        name[0] for name in names.elements() if len(name) == 1 or _LETTER.fullmatch(f"{name}. x")
    )
    again = any(asked[q] and asked[a] and asked[q] + asked[a] >= MIN_TURNS for q, a in _ASKED)
    persons = {name.casefold().split()[-1] for name in names}  # "Ann Holt" is "HOLT" later
    again |= 2 * len(persons) <= turns + 1 or (titled and len(names) < turns)
    again |= formal >= MIN_TURNS - 1
    length = sum(block.end - block.start for block in blocks)
    return again and (10 * turns >= 4 * units or (titled and 2 * spoken >= length))


def _with_colon(head: str, capitals: frozenset[str]) -> str:
    """Put a colon behind a first line that is a name in capitals, a time of day before it aside."""
    first, _, rest = _CLOCK.sub("", head).partition("\n")
    return (
        f"{_named(first.strip())}\n{rest}" if rest and _capital(first.strip()) in capitals else head
    )


def _named(line: str) -> str:
    """Write a line as the label of a turn, as long as it is: "ЧУЙКО В.О.:", spaces for his role."""
    name = _capital(line)
    return f"{name}:{' ' * (len(line) - len(name))}"


def _is_note(words: str) -> bool:
    """Tell whether a paragraph is what a clerk notes, or a short line that ends no sentence."""
    bare = words.strip()
    short = len(bare.split()) <= MAX_ASIDE_WORDS and _STOP.search(bare) is None
    return short or _NOTED.fullmatch(bare) is not None


def lift_transcript(text: str, blocks: Sequence[Paragraph], *, title: str | None) -> Drafts:
    """Lift the turns of a transcript."""
    passages: list[Draft] = []
    dropped: list[Dropped] = []
    capitals = _capitals(text)
    head = f"{title or ''} {text[: blocks[0].end] if blocks else ''}"
    kind: Kind | None = "interview" if _INTERVIEW.search(head[:500]) else None
    for block in blocks:
        for held in _turns(lines(text, block), capitals):
            begun = _head(held, capitals)
            m = turn(begun)
            if m is not None and not _is_listed(m, held, first=not passages):
                passages.append(_draft(text, held, m, kind))
            elif m is not None or (passages and _is_field(begun)):
                dropped.append(Dropped(Span(held[0].start, held[-1].end), FIELD))
            elif passages and _SITE.match(held[0].text):
                dropped.append(Dropped(Span(held[0].start, held[-1].end), "the site's own words"))
            elif passages and _narrates(text, held):
                dropped.append(Dropped(Span(held[0].start, held[-1].end), BETWEEN))
            elif passages and not _aside(held) and not _is_noted(text, held, passages[-1]):
                passages[-1] = _longer(passages[-1], held)
            else:
                reason = "introduction: before the first turn"
                if not passages and not dropped and _is_title(held):
                    reason = TITLE_REASON
                elif passages:
                    reason = "a line between two turns"
                dropped.append(Dropped(Span(held[0].start, held[-1].end), reason))
    return Drafts(tuple(passages), tuple(dropped))


def lift_spans(text: str, spans: Sequence[SpeakerSpan]) -> list[Draft]:
    """Lift the speeches of a text whose file says who speaks where.

    Stretches of one speaker with no more than white space between them are one speech.
    """
    passages: list[Draft] = []
    last: SpeakerSpan | None = None
    for name, start, end in spans:
        goes_on = last is not None and last.name == name and not text[last.end : start].strip()
        last = SpeakerSpan(name, start, end)
        if goes_on:
            one = passages[-1]
            passages[-1] = replace(one, spans=(*one.spans, Span(start, end)))
            continue
        at = text.rfind(name, max(0, start - len(name) - 4), start)
        printed = Span(at, at + len(name)) if at >= 0 else None
        passages.append(
            Draft(
                spans=(Span(start, end),),
                rule="marked-speech",
                confidence=0.98,
                attribution=Attribution(
                    speaker=name,
                    speaker_span=printed,
                    raw=text[printed.start : start].strip() if printed else None,
                    span=Span(printed.start, start) if printed else None,
                ),
                flags=("role-only",) if is_role(name) else (),
            )
        )
    return passages


def _words(held: list[Line]) -> str:
    return " ".join(line.text for line in held[:2])


def _turns(held: list[Line], capitals: frozenset[str]) -> list[list[Line]]:
    groups: list[list[Line]] = []
    for i, line in enumerate(held):
        if not groups or turn(_head(held[i : i + 2], capitals)):
            groups.append([])
        groups[-1].append(line)
    return groups


def _head(held: list[Line], capitals: frozenset[str]) -> str:
    """Return how a turn begins: its first line, the next with it where that is a name alone."""
    if len(held) < 2:
        return held[0].text
    if capitals and _capital(held[0].text) in capitals:
        return f"{_named(held[0].text)}\n{held[1].text}"
    alone = held[0].text.rstrip("*_").endswith((":", "："))
    return f"{held[0].text}\n{held[1].text}" if alone else held[0].text


def _capital(line: str) -> str:
    """Return the name in capitals at a line's head, before a role or a bracket; "" for none."""
    name = _ROLE.split(line, maxsplit=1)[0].strip() if line[:1].isupper() else ""
    return name if name.isupper() and len(name) <= MAX_CAPITALS and name[-1] not in ":!?" else ""


def _capitals(text: str) -> frozenset[str]:
    """List the names in capitals that come back on lines of their own: "ГАЙДАБУРА Л.М."."""
    held = Counter(m["name"].rstrip() for m in _CAPITAL_LINE.finditer(text))
    again = {line for line, count in held.items() if count > 1 and is_name(line)}
    enough = len(again) > 1 and sum(held[line] for line in again) >= MIN_TURNS
    return frozenset(line for line in held if is_name(line)) if enough else frozenset()


def _is_field(begun: str) -> bool:
    """Tell whether a line begins with a word that is no name: "Location: the town hall"."""
    m = TURN.match(begun)
    return m is not None and m["name"].strip() in NO_NAMES


def _is_listed(m: re.Match[str], held: list[Line], *, first: bool) -> bool:
    """Tell whether a line says who was there or held an office: "Chair: Ann Holt"."""
    words = held[0].text[m.start("words") :].strip()
    head = "：" in m[0] or first
    bare = re.sub(r"\s?\([^()]*\)$", "", words)
    return head and bool(bare) and _STOP.search(bare) is None and is_name(bare)


def _aside(held: list[Line]) -> bool:
    last = held[-1].text
    words = sum(len(line.text.split()) for line in held)
    return words <= MAX_ASIDE_WORDS and not _STOP.search(last)


def _is_noted(text: str, held: list[Line], last: Draft) -> bool:
    """Tell whether lines are a clerk's, or stand behind words that ended with their mark."""
    words = _words(held)
    if (
        last.attribution.speaker in ("Q", "A")
        and "\n\n" in text[last.spans[-1].end : held[0].start]
    ):
        return True  # a record of a court prints an answer in one paragraph
    closed = text[last.spans[-1].end : last.spans[-1].end + 1] in ALL_MARKS
    return closed or _PROCEEDINGS.match(words) is not None or _NOTED.fullmatch(words) is not None


def _narrates(text: str, held: list[Line]) -> bool:
    """Tell whether a narrator quotes somebody between the turns: “…,” his daughter says."""
    start, end = held[0].start, held[-1].end
    mark = _FIRST_MARKS.match(text, start, end)
    return mark is not None and cue_after(text, mark.end(), end, ends=mark["last"]) is not None


def _is_title(held: list[Line]) -> bool:
    return len(held) == 1 and len(held[0].text) <= 150 and not _STOP.search(held[0].text)


def _draft(text: str, held: list[Line], m: re.Match[str], kind: Kind | None) -> Draft:
    while len(held) > 1 and _NOTED.fullmatch(held[-1].text):
        held = held[:-1]  # "(Laughter)"
    alone = len(held) > 1 and m.start("words") > len(held[0].text)
    start = held[1].start if alone else held[0].start + m.start("words")
    end = held[-1].end
    if in_marks(text[start:end]):
        start, end = start + 1, end - 1
    at = held[0].start + m.start("name")
    name, _, role = (part.strip() for part in m["name"].partition(","))
    return Draft(
        spans=(Span(start, end),),
        rule="transcript-turn",
        confidence=0.95,
        attribution=Attribution(
            speaker=name,
            speaker_span=Span(at, at + len(name)),
            role=role or None,
            kind=kind,
            raw=text[held[0].start : start].strip(),
            span=Span(held[0].start, start),
        ),
        flags=("role-only",) if is_role(name) else (),
    )


def _longer(draft: Draft, held: list[Line]) -> Draft:
    return replace(draft, spans=(*draft.spans, Span(held[0].start, held[-1].end)))
