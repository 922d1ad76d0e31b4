"""TRACE: Passage × Collection → Verdict. Where the words stand, and what was done to them.

The flow of one passage::

    fold ─▶ search (seeds → runs) ─▶ chain ─▶ align ─▶ judge (changes, omissions, wording)
                                                          └─▶ claims (speaker, date)

`Collection` is what is searched. `trace` judges many passages, `trace_one` a single one, and
`find_throughout` looks over all verdicts of a run for what is changed again and again.
The claim that a page makes never narrows the search and never touches the wording.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from chrestomathy.records import Passage, Throughout, Verdict
from chrestomathy.settings import TraceSettings

if TYPE_CHECKING:
    from chrestomathy.trace.collection import Collection
    from chrestomathy.trace.throughout import Around

__all__ = ["Collection", "explain", "find_throughout", "trace", "trace_one"]


def trace(
    passages: Iterable[Passage],
    *,
    collection: Collection,
    settings: TraceSettings | None = None,
) -> Iterator[Verdict]:
    """Judge passages one after the other, each exactly once and in order."""
    for passage in passages:
        yield trace_one(passage, collection=collection, settings=settings)


def trace_one(
    passage: Passage, *, collection: Collection, settings: TraceSettings | None = None
) -> Verdict:
    """Hold one passage word for word against a collection."""
    from chrestomathy.trace.tracer import trace_passage

    return trace_passage(passage, collection, settings or TraceSettings())


def find_throughout(
    judged: Iterable[tuple[Passage, Verdict]], around: Around | None = None
) -> tuple[Throughout, ...]:
    """Find over a whole run what is changed again and again, the weightiest first."""
    from chrestomathy.trace.throughout import find_throughout as found

    return found(judged, around)


def explain(verdict: Verdict) -> str:
    """Say in a paragraph why a passage was judged as it was."""
    from chrestomathy.trace.explanation import explain as explained

    return explained(verdict)


def __getattr__(name: str) -> object:
    """Load `Collection` when it is first asked for: numpy takes a tenth of a second."""
    if name == "Collection":
        from chrestomathy.trace.collection import Collection

        return Collection
    raise AttributeError(name)
