/* The words of some paragraphs, as tokens.c cuts them and lift/tagger/tokens.py knows them. */
#ifndef CHRESTOMATHY_TAGGER_H
#define CHRESTOMATHY_TAGGER_H

#include "native.h"

/* What is known of a word wherever it stands: `KIND` in tokens.py. */
typedef struct {
    uint32_t word, kind, coarse, shape, three, two; /* hashes */
    uint32_t saying; /* rank as a verb of saying */
    uint32_t flags;
    uint64_t low, power; /* hash of the word in lower case, and CHR_BASE to its length */
    uint32_t head[4]; /* its first letters in lower case, UINT32_MAX behind the last */
} chr_kind;

enum {
    IS_MARK = 1, /* no letter and no digit */
    IS_CAPITAL = 2,
    IS_PRONOUN = 4,
    IS_HEAD = 8, /* what indirect content begins with */
    IS_THAT = 16,
    IS_TO = 32,
    IS_COMMA = 64,
    IS_OPENING = 128, /* marks that only open or only close, and the one that does both */
    IS_CLOSING = 256,
    IS_STRAIGHT = 512,
    MAY_OPEN = 1024, /* single ones too */
    MAY_CLOSE = 2048,
};

/* `n` words; `bounds` has the first of each paragraph, and the end. */
typedef struct {
    const chr_kind *kinds; /* of each word type */
    const uint32_t *types; /* which each word is */
    const uint32_t *paragraph; /* number of each word's paragraph */
    const uint32_t *sentence; /* first word of its sentence */
    const uint32_t *bounds;
    uint64_t n, n_paragraphs;
} chr_words;

static inline const chr_kind *kind_at(const chr_words *w, size_t i)
{
    return w->kinds + w->types[i];
}

/* Hashes of strings that can be put together: that of "ab" is a's times CHR_BASE to b's length,
 * and b's. */
#define CHR_BASE 0x9E3779B97F4A7C15u

#endif
