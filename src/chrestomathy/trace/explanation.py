"""Say in words why a passage was judged as it was, from the verdict's reasons alone."""

from __future__ import annotations

from chrestomathy.records import Verdict

MEANINGS = {
    "exact": "the same words in the same order, after folding",
    "altered": "words were changed, added, moved, or dropped without a mark",
    "truncated": "verbatim, but it claims to be whole sentences and is not",
    "ellipsis": "verbatim stretches, and the omissions are marked",
    "spliced": "verbatim stretches from two places, joined without a mark",
    "not_found": "not in this collection, which is not to say that it is false",
    "undecided": "too short or too common to tell",
}


def explain(verdict: Verdict) -> str:
    """Return a paragraph: the wording, what it means, and every reason in order."""
    lines = [
        f"{verdict.passage}: {verdict.wording.replace('_', ' ')} — {MEANINGS[verdict.wording]}."
    ]
    lines += [f"  {one.rule.replace('-', ' ')}: {one.detail}." for one in verdict.reasons]
    for claim in ("speaker", "date"):
        standing = getattr(verdict.attribution, claim)
        shown = getattr(verdict.attribution, f"source_{claim}")
        if standing != "unknown":
            lines.append(f"  the claimed {claim} {standing}: the source has {shown}.")
    if verdict.meaning_changed:
        lines.append("  A change may turn the meaning.")
    lines.append(f"  Rules of version {verdict.rules}.")
    return "\n".join(lines)
