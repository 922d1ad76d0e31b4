"""The hot loops of TRACE and of the tagger in C, and how they are called.

One library without Python.h, made when the package is installed (`hatch_build.py`) and called
through ctypes, so that nothing is compiled at run time, other threads run meanwhile, and one
library serves every Python. What a function takes stands in its C file; here stand only the
types.
"""

from __future__ import annotations

import ctypes
import os
from ctypes import (
    c_bool,
    c_char_p,
    c_double,
    c_int,
    c_int64,
    c_size_t,
    c_uint8,
    c_uint32,
    c_uint64,
    c_void_p,
)
from functools import cache
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from chrestomathy.errors import DependencyMissing, InternalError

ABI = 4
"""Of the functions below; `CHR_ABI` in native.h says which the library has."""

LIBRARY = Path(__file__).with_name("_chrestomathy.so")
NAMED = "CHRESTOMATHY_NATIVE"
"""Environment variable that names another library, such as one with sanitizers."""


class Costs(ctypes.Structure):
    """`chr_costs` of align.c."""

    _fields_ = [
        (name, c_double)
        for name in ("substitute", "open", "kindred", "extend_passage", "extend_source")
    ]


class Prices(ctypes.Structure):
    """`chr_prices` of chain.c."""

    _fields_ = [
        *((name, c_double) for name in ("jump", "mark", "gap", "step")),
        ("forward_words", c_int64),
    ]


class Segment(ctypes.Structure):
    """`chr_segment` of index.h: arrays and their lengths."""

    _fields_ = [
        *((name, ctypes.POINTER(c_uint32)) for name in ("words",)),
        ("steps", ctypes.POINTER(c_uint8)),
        *((name, ctypes.POINTER(c_uint32)) for name in ("anchors", "odd_at", "odd_start", "odd_end")),
        ("bounds", ctypes.POINTER(c_uint32)),
        ("hashes", ctypes.POINTER(c_uint64)),
        *(
            (name, ctypes.POINTER(c_uint32))
            for name in (
                "stems", "counts", "slots", "posting_ends", "postings", "bucket_ends", "shingles",
            )
        ),
        *(
            (name, c_uint64)
            for name in (
                "n_positions", "n_anchors", "n_odd", "n_texts", "n_types", "n_slots",
                "n_postings", "n_buckets", "n_shingles",
            )
        ),
    ]  # fmt: skip


class Index(ctypes.Structure):
    """`chr_index` of search.c: segments, and the texts that must not be matched."""

    _fields_ = [
        ("n", c_uint64),
        ("segments", c_void_p),
        ("bases", c_void_p),
        ("text_bases", c_void_p),
        ("barred", c_void_p),
    ]


class FoldTables(ctypes.Structure):
    """`chr_tables` of fold.c: what is known of each code point, and hashes of a few words."""

    _fields_ = [
        ("kinds", c_void_p),
        ("plain", c_void_p),
        ("spelt_at", c_void_p),
        ("spelt", c_void_p),
        ("dollar", c_uint64),
        ("dollars", c_uint64),
        ("one", c_uint64),
        ("scales", c_uint64 * 5),
        ("dollar_stem", c_uint32),
    ]


class Tagger(ctypes.Structure):
    """`chr_tagger` of tag.c: the weights of a model."""

    _fields_ = [
        *((name, c_void_p) for name in ("keys", "buckets", "filter", "weights", "transitions")),
        ("scale", ctypes.c_float),
    ]


class Plan(ctypes.Structure):
    """`chr_plan` of tag.c: templates and their number."""

    _fields_ = [("templates", c_void_p), ("n", c_uint64)]


class Text(ctypes.Structure):
    """`chr_text` of characters.h, and packed abbreviations, as sentences.c and tokens.c take it."""

    _fields_ = [
        *((name, c_void_p) for name in ("codes", "classes", "abbreviations")),
        ("n_abbreviations", c_uint64),
    ]


class Cut(ctypes.Structure):
    """`chr_cut` of tokens.c: the words of a text."""

    _fields_ = [
        *(
            (name, c_void_p)
            for name in ("starts", "ends", "types", "paragraph", "sentence", "firsts", "bounds")
        ),
        *((name, c_uint64) for name in ("n", "n_types", "n_paragraphs")),
    ]


class Words(ctypes.Structure):
    """`chr_words` of tagger.h: words, and what is known of them."""

    _fields_ = [
        *((name, c_void_p) for name in ("kinds", "types", "paragraph", "sentence", "bounds")),
        *((name, c_uint64) for name in ("n", "n_paragraphs")),
    ]


class Links(ctypes.Structure):
    """`chr_links` of link.c: a hash table of weights, and templates."""

    _fields_ = [
        ("keys", c_void_p),
        ("weights", c_void_p),
        ("mask", c_uint64),
        ("alone", c_char_p * 2),
        ("pair", c_char_p * 2),
    ]


class Folder(ctypes.Structure):
    """The head of `chr_folder` of fold.h: the words of the last text."""

    _fields_ = [
        ("hash", c_void_p),
        ("stem", c_void_p),
        ("start", c_void_p),
        ("end", c_void_p),
        ("n_words", c_size_t),
        ("words_capacity", c_size_t),
        ("asked", c_void_p),
        ("n_asked", c_size_t),
    ]


_P, _N, _I, _B = c_void_p, c_size_t, c_int64, c_bool
_FUNCTIONS: dict[str, tuple[Any, list[Any]]] = {
    "chr_folder_new": (ctypes.POINTER(Folder), []),
    "chr_folder_free": (None, [_P]),
    "chr_hash": (c_uint64, [_P, _N]),
    "chr_fold": (_I, [_P, _P, c_char_p, _N, c_bool, _P, _P, _N, c_bool]),
    "chr_builder_new": (_P, [_N]),
    "chr_builder_free": (None, [_P]),
    "chr_builder_add": (c_int, [_P, _P, _P, _P, _P, _N]),
    "chr_builder_add_folded": (c_int, [_P, _P]),
    "chr_builder_finish": (c_int, [_P]),
    "chr_builder_segment": (ctypes.POINTER(Segment), [_P]),
    "chr_ids": (None, [_P, _P, _N, _P, _P]),
    "chr_find": (_I, [_P, _P, _N, _N, _P, _N]),
    "chr_seeded_runs": (_I, [_P, _P, _N, _P, _N, _N, _N, _P, _N]),
    "chr_text_runs": (_I, [_P, c_uint64, c_uint64, _P, _N, _P, _P, _N, _N, _N, _N, _P, _N]),
    "chr_votes": (_I, [_P, _P, _P, _P, _P, _P, _N, _I, _P, _P, _N]),
    "chr_standing": (c_int, [_P, _P, _P, _P, _N, c_double, _P, _P, _P, _N, _P]),
    "chr_locate": (None, [_P, c_uint64, c_uint32, c_uint32, _P, _P]),
    "chr_align": (_I, [_P, _N, _P, _N, _P, _P, _P, _P, _B, _B, ctypes.POINTER(Costs), _P]),
    "chr_sentences": (c_size_t, [ctypes.POINTER(Text), _P, _N, _P]),
    "chr_tokens": (c_int, [ctypes.POINTER(Text), _P, _N, _P, ctypes.POINTER(Cut)]),
    "chr_columns": (None, [ctypes.POINTER(Words), _P]),
    "chr_features": (None, [ctypes.POINTER(Words), _P, ctypes.POINTER(Plan), _P]),
    "chr_tag": (
        c_int,
        [ctypes.POINTER(Tagger), ctypes.POINTER(Words), ctypes.POINTER(Plan), _P],
    ),
    "chr_learn_links": (None, [_P, _N, _P, ctypes.POINTER(Links)]),
    "chr_link": (c_int, [ctypes.POINTER(Words), ctypes.POINTER(Links), _P, _N, _P, _P]),
    "chr_chain": (_I, [_N, *[_P] * 6, ctypes.POINTER(Prices), _P, _P, _P]),
}


@cache
def load() -> ctypes.CDLL:
    """Load the library, once.

    Raises:
        DependencyMissing: It is not there, or cannot be loaded on this machine.
        InternalError: It was made from sources of another version.
    """
    path = Path(os.environ.get(NAMED) or LIBRARY)
    again = "Install the package again, which compiles it: pip install -e . in a checkout."
    try:
        library = ctypes.CDLL(str(path))
    except OSError as error:
        what = (
            f"the compiled library cannot be loaded: {error}"
            if path.exists()
            else ("the compiled library is missing")
        )
        raise DependencyMissing(what, at=str(path), fix=again) from error
    try:
        library.chr_abi.restype = c_uint32
        found = library.chr_abi()
    except AttributeError:
        found = "unknown"
    if found != ABI:
        what = f"the compiled library has version {found} of its functions, not {ABI}"
        raise InternalError(what, at=str(path), fix=again)
    for name, (result, takes) in _FUNCTIONS.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, takes
    return library


def at(array: NDArray[Any]) -> int:
    """Return the address of an array, which must be contiguous and outlive the call.

    By way of the buffer, which takes a quarter of the time of numpy's own attributes; that way
    is closed to empty arrays and to those that must not be written.
    """
    try:
        return ctypes.addressof(ctypes.c_char.from_buffer(array))  # type: ignore[arg-type]
    except (TypeError, ValueError):
        if not array.flags.c_contiguous:
            what = "an array with gaps was handed to the compiled library"
            raise InternalError(what, fix="Please report this.") from None
        address: int = array.__array_interface__["data"][0]
        return address
