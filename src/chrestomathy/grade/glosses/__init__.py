"""Every word explained at once, from dictionaries on this machine.

`gloss_passage` gives each running word its lemma, part of speech, level, meaning and sound. The
meanings come from what `chrestomathy dictionary add` has compiled (`store`) and from a list of
our own for the small words (`small`). Nothing is shipped, and nothing is asked over the network.
"""

from __future__ import annotations

from chrestomathy.grade.glosses.passage import gloss_passage, missing_languages

__all__ = ["gloss_passage", "missing_languages"]
