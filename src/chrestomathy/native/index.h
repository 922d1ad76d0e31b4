/* A segment of the index: words, where they stand, and two ways in. */
#ifndef CHRESTOMATHY_INDEX_H
#define CHRESTOMATHY_INDEX_H

#include "native.h"

enum {
    SHINGLE_WORDS = 4,
    WINNOW_SHINGLES = 4, /* any SHINGLE_WORDS + WINNOW_SHINGLES - 1 words share a shingle */
    ANCHOR_WORDS = 64,   /* words from one known offset to the next */
    MOST_POSTED = 4096,  /* a word that stands more often than this has no list of places */
    BUCKET_ENTRIES = 12, /* on average */
    CROWDED = 64,        /* a bucket with more entries is sorted by hash */
};

/* Id 0 stands after the last word of each text, so no run of equal words leaves its text.
 * UNKNOWN is the id of a word that the segment does not hold; it equals nothing. */
#define NO_WORD 0u
#define UNKNOWN UINT32_MAX

/* All arrays of a finished segment, in this order and of these types also on disk. */
typedef struct {
    uint32_t *words;         /* id of each position, n_positions */
    uint8_t *steps;          /* gap (3 bits) and length (5 bits) of each word, n_positions */
    uint32_t *anchors;       /* offset of every ANCHOR_WORDS-th position in its text */
    uint32_t *odd_at;        /* positions whose step does not fit, sorted, n_odd */
    uint32_t *odd_start, *odd_end; /* where those words stand */
    uint32_t *bounds;        /* first position of each text, and the end, n_texts + 1 */
    uint64_t *hashes;        /* of each word type, n_types; type 0 is no word */
    uint32_t *stems;         /* of each type */
    uint32_t *counts;        /* positions of each type */
    uint32_t *slots;         /* hash table of types, open addressing, n_slots = 2^k */
    uint32_t *posting_ends;  /* end of each type's places in `postings`, n_types */
    uint32_t *postings;      /* places of rarer words, in order, n_postings */
    uint32_t *bucket_ends;   /* end of each bucket of shingles, n_buckets */
    uint32_t *shingles;      /* entries of shingles by bucket, n_shingles */
    uint64_t n_positions, n_anchors, n_odd, n_texts, n_types, n_slots, n_postings, n_buckets,
        n_shingles;
} chr_segment;

/* The hash of four words in a row; its highest bits name the bucket. */
static inline uint64_t shingle_hash(const uint32_t *words)
{
    uint64_t h = words[0];
    for (int k = 1; k < SHINGLE_WORDS; k++)
        h = h * 0xD6E8FEB86659FD93u + words[k];
    h ^= h >> 32;
    h *= 0x9E3779B97F4A7C15u;
    return h ^ (h >> 29);
}

/* Return the bucket of a shingle: the highest bits of its hash. */
static inline uint64_t bucket_of(const chr_segment *s, uint64_t hash)
{
    return (hash >> 32) * s->n_buckets >> 32;
}

/* An entry of a shingle is its position, and above that as much of its hash as there is room
 * for: where that differs, the words need not be looked at. */
static inline unsigned place_bits(const chr_segment *s)
{
    return 64 - (unsigned)__builtin_clzll(s->n_positions | 1);
}

static inline uint32_t tag_of(const chr_segment *s, uint32_t high)
{
    unsigned bits = place_bits(s);
    return bits < 32 ? high << bits : 0;
}

static inline uint32_t place_of(const chr_segment *s, uint32_t entry)
{
    return entry & (uint32_t)((1ull << place_bits(s)) - 1);
}

#endif
