"""What an editor decided on findings, and whether it still holds.

A decision is about a passage and about the evidence that was shown for it. Both are kept as
digests: of the passage's folded words (a comma or a new line changes nothing), and of what the
sources show of them. While both are the same the decision holds, wherever the passage has moved
to; when either changed, the decision is kept as stale and the finding is open again.

Decisions stand in a TOML file that people may write as well: `parse` and `edited` know its
form, nothing here opens it.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple, get_args

from chrestomathy.errors import InputError
from chrestomathy.records import Choice, Decision, Edition, Entry, Passage, Throughout, Verdict
from chrestomathy.textkit.fold import fold

State = Literal["clear", "open", "accepted", "rejected"]
"""``clear``: there is nothing to decide. What is only commented on stays ``open``."""

DIGITS = 16
"""Hexadecimal digits of a digest in the file: 64 bits, for a draft's few thousand findings."""
SHOWN_WORDS = 10
"""Words of the passage that stand in the file for people. Chosen by hand."""
TO_DECIDE = ("altered", "truncated", "spliced", "not_found")
"""Wordings that ask for a decision."""


class Key(NamedTuple):
    """What a decision holds on to."""

    passage: str
    near: str | None
    evidence: str


class Ruling(NamedTuple):
    """Where a finding stands."""

    key: Key
    state: State
    decision: Decision | None = None
    """The one that holds."""
    stale: Decision | None = None
    """An earlier one whose passage is the same and whose evidence has changed."""
    through: str | None = None
    """The accepted finding on the whole draft that covers this passage."""
    new: bool = True
    """It is not in the baseline."""


@dataclass(frozen=True, slots=True)
class Review:
    """What is known of a run's findings beside the run itself."""

    read: str | None = None
    """The day on which sources were read, as an ISO date."""
    decisions: Mapping[str | None, Sequence[Decision]] = field(default_factory=dict)
    """By the draft that they belong to; under ``None``, those for every draft."""
    baseline: Counter[Key] | None = None
    """Findings that were there before; ``None`` where no baseline was given."""


# ── what a decision holds on to ──────────────────────────────────────────────────────────────


def passage_keys(entries: Sequence[Entry]) -> list[Key]:
    """Return for each entry, in the order of the draft, what a decision on it holds on to."""
    words = [_digest(fold(one.passage.text).words()) for one in entries]
    drafts = [one.passage.origin for one in entries]
    often = Counter(zip(drafts, words, strict=True))
    keys, seen = [], Counter[tuple[str | None, str, str]]()
    for i, entry in enumerate(entries):
        near = None
        if often[drafts[i], words[i]] > 1:
            around = [words[k] for k in (i - 1, i + 1) if 0 <= k < len(words)]
            near = _digest([*around, entry.passage.attribution.raw or ""])
            seen[drafts[i], words[i], near] += 1
            if (n := seen[drafts[i], words[i], near]) > 1:
                near = f"{near}-{n}"
        keys.append(Key(words[i], near, evidence_key(entry.passage, entry.verdict)))
    return keys


def evidence_key(passage: Passage, verdict: Verdict | None) -> str:
    """Return a digest of what the sources show of a passage: their words, never their order."""
    if verdict is None:
        return _digest(["unchecked"])
    attested, claim = verdict.attribution, passage.attribution
    return _digest(
        [
            verdict.wording,
            *(_folded(part.text) for part in verdict.parts),
            *(
                f"{one.op}|{one.kind}|{_folded(one.source_text)}|{_folded(one.passage_text)}"
                for one in verdict.changes
            ),
            *(f"{one.marked}|{_folded(one.text)}" for one in verdict.omissions),
            f"{attested.speaker}|{attested.date}",
            *(
                f"{claimed}|{shown}"
                for standing, claimed, shown in (
                    (attested.speaker, claim.speaker, attested.source_speaker),
                    (attested.date, claim.date, attested.source_date),
                )
                if standing == "differs"
            ),
        ]
    )


def throughout_key(one: Throughout) -> Key:
    """Return what a decision on the whole draft holds on to: what is changed, not where."""
    pairs = (
        [one.rule]
        if one.subject == "spelling"
        else [f"{_folded(pair.source_text)}|{_folded(pair.passage_text)}" for pair in one.pairs]
    )
    return Key(one.id.removeprefix("t-"), None, _digest([one.subject, *sorted(pairs)]))


def _folded(text: str) -> str:
    return " ".join(fold(text).words())


def _digest(parts: Iterable[str]) -> str:
    whole = "\n".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(whole).hexdigest()[:DIGITS]


# ── what holds ───────────────────────────────────────────────────────────────────────────────


def rule(edition: Edition, entries: Sequence[Entry], review: Review) -> list[Ruling]:
    """Say of each entry, in the order given, where its finding stands.

    Args:
        edition: What the entries belong to; its findings on the whole draft may cover them.
        entries: In the order of the draft.
        review: Decisions and baseline.
    """
    accepted = [
        (one, ruling.decision)
        for one, ruling in zip(edition.throughout, rule_throughout(edition, review), strict=True)
        if ruling.state == "accepted"
    ]
    left = Counter(review.baseline or ())
    rulings = []
    for entry, key in zip(entries, passage_keys(entries), strict=True):
        decision, stale = _decided(key, entry.passage.origin, review)
        state, through = _state(entry, decision), None
        if state == "open" and decision is None and (through := _covering(entry, accepted)):
            state = "accepted"
        rulings.append(Ruling(key, state, decision, stale, through, _is_new(key, left, review)))
    return rulings


def rule_throughout(edition: Edition, review: Review) -> list[Ruling]:
    """Say of each finding on the whole run where it stands."""
    left = Counter(review.baseline or ())
    rulings = []
    for one in edition.throughout:
        key = throughout_key(one)
        decision, stale = None, None
        for origin in [each.origin for each in one.documents]:
            found, earlier = _decided(key, origin, review)
            decision, stale = decision or found, stale or earlier
        state: State = _AS_DECIDED[decision.decision] if decision else "open"
        rulings.append(Ruling(key, state, decision, stale, None, _is_new(key, left, review)))
    return rulings


_AS_DECIDED: Mapping[Choice, State] = {
    "accept": "accepted",
    "reject": "rejected",
    "comment": "open",
}


def _decided(
    key: Key, origin: str | None, review: Review
) -> tuple[Decision | None, Decision | None]:
    """Return the decision that holds, and else the latest one on other evidence."""
    here = [*review.decisions.get(origin, ()), *review.decisions.get(None, ())]
    same = [one for one in here if one.passage == key.passage and key.near in (None, one.near)]
    holding = [one for one in same if one.evidence == key.evidence]
    if holding:
        return holding[-1], None
    return None, max(same, key=lambda one: one.decided or "", default=None)


def _state(entry: Entry, decision: Decision | None) -> State:
    if decision:
        return _AS_DECIDED[decision.decision]
    return "open" if asks(entry) else "clear"


def asks(entry: Entry) -> bool:
    """Tell whether a finding asks for a decision."""
    verdict = entry.verdict
    if verdict is None:
        return False
    differs = "differs" in (verdict.attribution.speaker, verdict.attribution.date)
    return verdict.wording in TO_DECIDE or verdict.meaning_changed or differs


def _covering(entry: Entry, accepted: Sequence[tuple[Throughout, Decision | None]]) -> str | None:
    """Return the accepted findings on the whole draft that explain all that differs here."""
    verdict = entry.verdict
    if verdict is None or verdict.wording not in ("altered", "exact", "ellipsis"):
        return None
    if any(not one.marked for one in verdict.omissions):
        return None
    covering: dict[str, None] = {}
    places = [
        (one, place)
        for one, _ in accepted
        for place in one.places
        if place.passage == entry.passage.id
    ]
    for change in verdict.changes:
        if change.marked:
            continue
        fitting = [
            one.id
            for one, place in places
            if place.span
            and place.source_span
            and place.span.start <= change.passage.start
            and change.passage.end <= place.span.end
            and place.source_span.start <= change.source.start
            and change.source.end <= place.source_span.end
        ]
        if not fitting:
            return None
        covering[fitting[0]] = None
    for claim in ("speaker", "date"):
        if getattr(verdict.attribution, claim) == "differs":
            fitting = [one.id for one, _ in places if one.subject == claim]
            if not fitting:
                return None
            covering[fitting[0]] = None
    return " ".join(covering) or None


def _is_new(key: Key, left: Counter[Key], review: Review) -> bool:
    """Tell whether a finding is not in the baseline; each of the baseline answers for one."""
    if review.baseline is None:
        return True
    for known in (key, key._replace(near=None)):
        if left[known] > 0:
            left[known] -= 1
            return False
    return True


# ── the file ─────────────────────────────────────────────────────────────────────────────────

HEADER = """\
# What was decided on the findings of {draft}.
# `chrestomathy decide` writes this file; it may be edited by hand.
# accept: the words may stand. reject: they must be mended. comment: neither.
# A decision holds while `passage` and `evidence` are the same.
"""
FIELDS = (
    "finding", "decision", "comment", "decided", "words", "passage", "near", "evidence", "stale",
)  # fmt: skip
_BLOCK = re.compile(r"^[ \t]*\[\[[ \t]*decision[ \t]*\]\][ \t]*(?:#.*)?$", re.MULTILINE)
HAND_FIX = (
    "Each decision is a table [[decision]] with finding, decision (accept, reject or comment), "
    "passage and evidence, each in double quotation marks."
)


def parse(text: str, *, at: str) -> list[Decision]:
    """Read the decisions of a file; fields that are not known are passed over.

    Raises:
        InputError: It is no TOML, or a decision lacks what it needs.
    """
    return [_decision(one, n, at) for n, one in enumerate(_tables(text, at), 1)]


def edited(
    text: str,
    decisions: Sequence[Decision],
    *,
    stale: Mapping[Key, str | None],
    draft: str,
    at: str,
) -> str:
    """Put decisions into a file's text, each in its place in the order, and mark stale ones.

    A block that does not change stays as it was written, with its comments and further fields.

    Args:
        text: What the file holds; empty for a new one, which gets a heading.
        decisions: New ones; one with the same passage and evidence is replaced.
        stale: For decisions that the file may hold, what has changed, or ``None`` for nothing.
        draft: The draft's name, for the heading.
        at: The file's name, for messages.

    Raises:
        InputError: The text is no file of decisions.
    """
    head, blocks = _blocks(text or HEADER.format(draft=" ".join(draft.split())), at)
    held = [(_decision(table, n, at), table, raw) for n, (table, raw) in enumerate(blocks, 1)]
    new = {_key(one): one for one in decisions}
    rows = []
    for decision, table, raw in held:
        key = _key(decision)
        mark = stale.get(key, decision.stale)
        becomes = new.pop(key, None) or replace(decision, stale=mark)  # type: ignore[arg-type]
        if becomes.comment is None and decision.comment:
            becomes = replace(becomes, comment=decision.comment)
        rows.append((becomes, raw if becomes == decision else _block(becomes, table, raw)))
    rows += [(one, _block(one, {}, "")) for one in new.values()]
    rows.sort(key=lambda row: (row[0].words.casefold(), *map(str, _key(row[0]))))
    return "\n".join([head.rstrip() + "\n", *(f"{raw.strip()}\n" for _, raw in rows)])


def _key(decision: Decision) -> Key:
    return Key(decision.passage, decision.near, decision.evidence)


def _tables(text: str, at: str) -> list[dict[str, Any]]:
    try:
        whole = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{at} is no valid TOML: {error}", fix=HAND_FIX) from error
    tables = whole.get("decision", [])
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        raise InputError(f"{at} has a decision that is no table", fix=HAND_FIX)
    return tables


def _blocks(text: str, at: str) -> tuple[str, list[tuple[dict[str, Any], str]]]:
    """Part a file into what stands before the decisions and the text of each."""
    tables = _tables(text, at)
    starts = [m.start() for m in _BLOCK.finditer(text)]
    if len(starts) != len(tables):
        raise InputError(
            f"{at} has {len(tables)} decisions, but {len(starts)} lines that begin one",
            fix="Begin each decision with a line [[decision]] of its own.",
        )
    ends = [*starts[1:], len(text)]
    pieces = [text[start:end] for start, end in zip(starts, ends, strict=False)]
    return text[: starts[0]] if starts else text, list(zip(tables, pieces, strict=True))


def _decision(table: Mapping[str, Any], n: int, at: str) -> Decision:
    where = f"{at}, decision {n}"
    known = {name: str(table[name]) for name in FIELDS if table.get(name) is not None}
    for name in ("decision", "passage", "evidence"):
        if not known.get(name):
            raise InputError(f"a decision has no {name}", at=where, fix=HAND_FIX)
    if known["decision"] not in get_args(Choice):
        raise InputError(
            f"{known['decision']!r} is no decision", at=where, fix="Known: accept, reject, comment."
        )
    if known.get("stale") not in (None, "passage", "evidence"):
        known.pop("stale")
    return Decision(**{"finding": "", **known})  # type: ignore[arg-type]


def _block(decision: Decision, table: Mapping[str, Any], raw: str) -> str:
    """Write one decision; comment lines and further fields of the old block are kept."""
    notes = [line for line in raw.splitlines()[1:] if line.lstrip().startswith("#")]
    lines = ["[[decision]]", *notes]
    for name in FIELDS:
        value = getattr(decision, name)
        if value not in (None, ""):
            lines.append(f"{name} = {_string(value)}")
    for name, value in table.items():
        if name not in FIELDS:
            lines.append(f"{_string(name)} = {_value(value)}")
    return "\n".join(lines) + "\n"


def _string(text: str) -> str:
    r"""Write a TOML string; its escapes are JSON's, but for one character.

    Example:
        >>> print(_string('say "no"\n'))
        "say \"no\"\n"
    """
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_string(k)} = {_value(v)}' for k, v in value.items())}}}"
    return _string(value) if isinstance(value, str) else str(value)


def beginning(text: str) -> str:
    """Return the first words of a passage, for whoever reads the file."""
    words = text.split()
    return " ".join(words[:SHOWN_WORDS]) + (" …" if len(words) > SHOWN_WORDS else "")


def whats_stale(decisions: Iterable[Decision], keys: Iterable[Key]) -> dict[Key, str | None]:
    """Say of each decision what has changed since: ``passage``, ``evidence`` or nothing.

    Args:
        decisions: What the file holds.
        keys: Of all findings of the last check.
    """
    evidence: dict[str, set[str]] = defaultdict(set)
    for key in keys:
        evidence[key.passage].add(key.evidence)
    found: dict[Key, str | None] = {}
    for one in decisions:
        here = evidence.get(one.passage)
        found[_key(one)] = (
            "passage" if here is None else None if one.evidence in here else "evidence"
        )
    return found
