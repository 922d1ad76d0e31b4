"""Every error this package raises, in one tree.

::

    ChrestomathyError(what, *, fix, at=None)      str: "what (at where). fix"
    ├── InputError           unreadable input, unknown format, nothing to read
    ├── CollectionError      the sources are missing, empty or unreadable
    ├── SettingsError        unknown key (with the nearest known one), value out of range
    ├── DependencyMissing    which extra to install, and which feature wanted it
    └── InternalError        our own broken promise: "please report this"

Bad *data* is no exception: a stage yields a `LeftOut` record with the reason and goes on.
Exceptions are for broken set-ups and broken promises.
"""

from __future__ import annotations


class ChrestomathyError(Exception):
    """What went wrong, where, and what to do about it; the base of every error here."""

    def __init__(self, what: str, *, fix: str, at: str | None = None) -> None:
        """Keep the three parts apart, so that each can be shown in its own way.

        Args:
            what: What is wrong, without a full stop, with the offending value in it.
            fix: What to do now, as a whole sentence.
            at: The place inside the thing that `what` names (a page, a line, an offset).
        """
        self.what, self.fix, self.at = what, fix, at
        super().__init__(f"{what}{f' (at {at})' if at else ''}. {fix}")

    def __reduce__(self) -> tuple[object, ...]:
        """Survive pickling: a worker process must hand over the real error."""
        return _rebuild, (type(self), self.what, self.fix, self.at)


def _rebuild(
    kind: type[ChrestomathyError], what: str, fix: str, at: str | None
) -> ChrestomathyError:
    return kind(what, fix=fix, at=at)


class InputError(ChrestomathyError):
    """An input cannot be read: missing, empty, binary, too large, too deep, unknown."""


class CollectionError(ChrestomathyError):
    """The sources cannot be searched: missing, empty, unreadable."""


class SettingsError(ChrestomathyError):
    """A settings file names an unknown key or a value out of range."""


class DependencyMissing(ChrestomathyError):  # noqa: N818 - the name says it all
    """A feature needs an extra that is not installed."""


class InternalError(ChrestomathyError):
    """A promise of this package is broken; the message asks for a report."""
