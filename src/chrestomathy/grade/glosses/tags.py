"""The part of speech of each word in its place, without a tagger to train or download.

Every word has the parts of speech that the tables allow, each with a prior; a table of
neighbours says which may stand side by side; the best path through a sentence wins (Viterbi
1967). The numbers are natural logarithms, set by hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

STOP = "STOP"
"""The edge of a sentence, or a mark within it."""
UNLIKELY, NEVER = -1.5, -4.0

_RULES = """
DET NOUN 2; DET ADJ 1.8; DET NUM 1; DET NAME 0.5; DET ADV -1; DET VERB -3; DET PREP -3; DET AUX -4
DET CONJ -3; DET PRON -2.5; DET DET -1; DET STOP -2; DET TO -3
ADJ NOUN 1.8; ADJ ADJ 0.2; ADJ STOP 0.3; ADJ VERB -1.5; ADJ DET -1.5; ADJ PRON -1.5; ADJ CONJ 0.4
ADJ PREP 0.4; ADJ TO 0.5; ADJ AUX -1; ADJ ADV -0.8
NOUN VERB 0.2; NOUN AUX 1; NOUN PREP 1; NOUN STOP 0.8; NOUN CONJ 0.8; NOUN NOUN -0.6; NOUN ADJ -1
NOUN DET -1; NOUN PRON -0.4; NOUN ADV 0.1; NOUN TO 0.4; NOUN NUM -1.5
NAME VERB 0.8; NAME AUX 1; NAME PREP 0.5; NAME NOUN -0.5; NAME NAME 0.5; NAME STOP 0.5
PRON VERB 1.8; PRON AUX 1.5; PRON ADV 0.3; PRON NOUN -2; PRON ADJ -1; PRON PREP 0; PRON STOP 0.2
PRON TO 0.2; PRON DET -0.6; PRON PRON -0.6
VERB DET 1; VERB PRON 0.8; VERB PREP 0.8; VERB NOUN 0.3; VERB ADJ 0.3; VERB ADV 0.6; VERB VERB -1
VERB TO 0.8; VERB STOP 0.1; VERB CONJ 0.2; VERB AUX -1.5; VERB NAME 0.3; VERB NUM 0.3
AUX VERB 1.8; AUX ADV 0.8; AUX ADJ 0.8; AUX DET 0.6; AUX PRON 0.2; AUX NOUN -0.6; AUX AUX 0.8
AUX PREP 0.4; AUX TO 0.4
TO VERB 2.5; TO AUX 2.5; TO NOUN -3; TO ADJ -3; TO DET -4; TO PRON -4; TO NAME -4; TO ADV -0.8
TO PREP -4; TO STOP -2; TO NUM -4; TO CONJ -4
PREP DET 1.2; PREP NOUN 1; PREP PRON 0.8; PREP NAME 1; PREP ADJ 0.6; PREP VERB -2; PREP NUM 1
PREP AUX -3; PREP STOP -1; PREP PREP -1; PREP CONJ -1; PREP TO -3; PREP ADV -0.8
ADV VERB 0.6; ADV ADJ 0.8; ADV ADV 0.4; ADV STOP 0.4; ADV PREP 0.4; ADV NOUN -0.8; ADV CONJ 0.2
ADV AUX 0.2; ADV DET 0.2
CONJ DET 0.5; CONJ NOUN 0.5; CONJ PRON 0.6; CONJ VERB 0.2; CONJ ADJ 0.4; CONJ AUX -0.3
CONJ TO 0.3; CONJ ADV 0.3; CONJ PREP 0.2; CONJ NAME 0.4; CONJ CONJ -0.3; CONJ STOP -1
STOP DET 0.6; STOP PRON 0.6; STOP CONJ 0.5; STOP PREP 0.4; STOP NOUN 0.2; STOP VERB -0.1
STOP ADJ 0; STOP ADV 0.4; STOP AUX 0; STOP INT 0.8; STOP TO 0.2
NUM NOUN 1.5; NUM ADJ 0.6; NUM PREP 0.4; NUM STOP 0.3
INT STOP 1; INT PRON 0.5
"""
PAIRS = {
    (left, right): float(score)
    for rule in _RULES.replace("\n", ";").split(";")
    if rule.strip()
    for left, right, score in [rule.split()]
}
"""How well two parts of speech stand side by side; 0 where the table is silent."""


PARTICIPLE, BE, HAVE, DO = "PARTICIPLE", "BE", "HAVE", "DO"
DEGREE, POINTER = "DEGREE", "POINTER"
"""Finer than what is told: after "are" comes no "widows" that were a verb, after "very" an
adjective, and "those bounds" are more often limits than leaping."""
KINDS = {PARTICIPLE: "VERB", BE: "AUX", HAVE: "AUX", DO: "AUX", DEGREE: "ADV", POINTER: "PRON"}


def _finer() -> None:
    """Give each the neighbours of its kind, then its own."""
    for fine, kind in KINDS.items():
        for (left, right), score in list(PAIRS.items()):
            if left == kind:
                PAIRS[fine, right] = score
        for (left, right), score in list(PAIRS.items()):
            if right == kind:
                PAIRS[left, fine] = score
    PAIRS.update({
        (BE, PARTICIPLE): 1.8, (BE, "VERB"): NEVER, (HAVE, PARTICIPLE): 1.8, (HAVE, "VERB"): NEVER,
        (BE, "NOUN"): 0.0, (HAVE, "NOUN"): 0.2, (HAVE, "DET"): 0.9, (BE, BE): 0.5, (HAVE, BE): 1.0,
        ("AUX", PARTICIPLE): UNLIKELY, ("TO", PARTICIPLE): NEVER, ("DET", PARTICIPLE): -0.5,
        (PARTICIPLE, "NOUN"): 0.5, ("PREP", PARTICIPLE): 0.0, ("STOP", PARTICIPLE): 0.2,
        ("PRON", PARTICIPLE): 0.2, ("NOUN", PARTICIPLE): 0.4, ("CONJ", PARTICIPLE): 0.3,
        (PARTICIPLE, "PREP"): 1.0, (DEGREE, "ADJ"): 1.8, (DEGREE, "ADV"): 1.2,
        (DEGREE, "VERB"): UNLIKELY, (DEGREE, PARTICIPLE): UNLIKELY, (DEGREE, "NOUN"): UNLIKELY,
        (POINTER, "VERB"): 0.5, ("AUX", "AUX"): NEVER, (BE, "AUX"): NEVER, (HAVE, "AUX"): NEVER,
        ("TO", "AUX"): NEVER, (DO, "AUX"): NEVER,
    })  # fmt: skip


_finer()


def best_path(words: Sequence[Mapping[str, float]]) -> list[str]:
    """Choose a part of speech for each word of a sentence.

    Args:
        words: For each word or mark, its possible parts of speech with their priors.

    Example:
        >>> best_path([{"TO": 0, "PREP": 0}, {"NOUN": 0, "VERB": 0}])
        ['TO', 'VERB']
        >>> best_path([{"DET": 0}, {"NOUN": 0, "VERB": 1}])
        ['DET', 'NOUN']
    """
    scores = {STOP: 0.0}
    steps: list[dict[str, str]] = []
    for possible in words:
        fresh, back = {}, {}
        for tag, prior in possible.items():
            best = max(scores, key=lambda before: scores[before] + PAIRS.get((before, tag), 0.0))
            fresh[tag] = scores[best] + PAIRS.get((best, tag), 0.0) + prior
            back[tag] = best
        scores = fresh
        steps.append(back)
    if not steps:
        return []
    tag = max(scores, key=lambda one: scores[one] + PAIRS.get((one, STOP), 0.0))
    path = [tag]
    for back in reversed(steps[1:]):
        tag = back[tag]
        path.append(tag)
    return [KINDS.get(tag, tag) for tag in reversed(path)]
