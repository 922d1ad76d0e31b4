"""One key for one claimed source, in whatever words a page cites it.

A day, a speaker and a kind are enough: the Symposium of that day and "a speech at the
symposium" are one. Without a day the work, the occasion or the topic must say it. A name
alone claims no source, and gets no key.
"""

from __future__ import annotations

import hashlib
import re

from chrestomathy.lift.lexicon import words_of
from chrestomathy.lift.speakers import fold_name
from chrestomathy.records import Attribution

_STOPWORDS = words_of("the a an of in on at to for and his her le la les der die das el los")


def source_key(claim: Attribution) -> str | None:
    """Make the key of a claimed source; None where nothing but a name is claimed.

    Example:
        >>> one = Attribution(speaker="A. Lin", date="2016-04-19", kind="speech", occasion="Forum")
        >>> two = Attribution(speaker="A. Lin", date="2016-04-19", kind="speech")
        >>> source_key(one) == source_key(two)
        True
    """
    what = claim.work or claim.occasion or claim.topic
    if not (claim.date or what):
        return None
    parts = [fold_name(claim.speaker or ""), claim.date or "", claim.kind or ""]
    if not (claim.date and re.fullmatch(r"-?\d{4}-\d\d-\d\d", claim.date) and claim.speaker):
        words = [word for word in fold_name(what or "").split() if word not in _STOPWORDS]
        parts.append(" ".join(words))
    return "s-" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]
