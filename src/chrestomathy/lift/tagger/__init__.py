"""Who says what in English prose, with or without marks: a tagger, a linker, no parser.

::

    paragraphs ─▶ tokens ─▶ features ─▶ tags (source, cue, content) ─▶ linker ─▶ attributions

The tagger is a linear-chain conditional random field over the words of a paragraph (Lafferty,
McCallum, Pereira 2001); what it knows of words beyond the ones it was trained on are WordNet's
lexicographer fields (a verb of communication, a noun that is a person). The linker ties each
piece of content to a cue and each cue to a source, by a small conditional logit over a handful
of candidates. Both are trained by `make train-lift`, or on texts of one's own by `chrestomathy
train-lift`; `docs/model-card-lift.md` says on what.
"""

from __future__ import annotations

from chrestomathy.lift.tagger.model import Attributed, Model, load_model

__all__ = ["Attributed", "Model", "load_model"]
