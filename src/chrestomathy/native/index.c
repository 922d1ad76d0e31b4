/* Build a segment: intern words as they come, then file shingles and rare words.
 *
 * A segment is built in memory from folded texts and never changes afterwards. Its size is a
 * little over seven bytes a word: four for the word's id, one for where it stands, 1.6 for its
 * share in the shingles (one position in 2.5, by winnowing: Schleimer, Wilkerson, Aiken 2003),
 * and the places of words that are rare. Nothing is sorted as a whole: shingles and places are
 * counted, and dealt out to where they belong in a second pass (a counting sort).
 */
#include "index.h"
#include "fold.h"

typedef struct {
    chr_segment s; /* all but its slots, which `finish` takes from `table` */
    uint64_t *table; /* for each slot the upper half of a hash, and the id of its type or 0 */
    size_t words_capacity, steps_capacity, anchors_capacity, odd_capacity[3], bounds_capacity,
        types_capacity[3];
} chr_builder;

CHR_API void chr_builder_free(chr_builder *b);

enum { CHARACTERS_A_WORD = 4 }; /* a little under what Latin scripts have, with the space */

/* Begin a segment of some so many characters: arrays that grow are copied, and every page of
 * them is a fault again. */
CHR_API chr_builder *chr_builder_new(size_t n_characters)
{
    size_t n_words = n_characters / CHARACTERS_A_WORD;
    chr_builder *b = calloc(1, sizeof *b);
    if (!b)
        return NULL;
    b->s.n_slots = 1 << 12;
    b->table = calloc(b->s.n_slots, sizeof *b->table);
    b->s.bounds = calloc(16, sizeof *b->s.bounds);
    b->bounds_capacity = 16;
    /* Type 0 is no word. */
    bool made = b->table && b->s.bounds
                && chr_reserve((void **)&b->s.words, &b->words_capacity, n_words, 4)
                && chr_reserve((void **)&b->s.steps, &b->steps_capacity, n_words, 1)
                && chr_reserve((void **)&b->s.hashes, &b->types_capacity[0], 1, 8)
                && chr_reserve((void **)&b->s.stems, &b->types_capacity[1], 1, 4)
                && chr_reserve((void **)&b->s.counts, &b->types_capacity[2], 1, 4);
    if (!made) {
        chr_builder_free(b);
        return NULL;
    }
    b->s.hashes[0] = b->s.stems[0] = b->s.counts[0] = 0;
    b->s.n_types = 1;
    return b;
}

CHR_API const chr_segment *chr_builder_segment(const chr_builder *b)
{
    return &b->s;
}

CHR_API void chr_builder_free(chr_builder *b)
{
    if (!b)
        return;
    chr_segment *s = &b->s;
    void *owned[] = {s->words, s->steps, s->anchors, s->odd_at, s->odd_start, s->odd_end,
                     s->bounds, s->hashes, s->stems, s->counts, s->slots, s->posting_ends,
                     s->postings, s->bucket_ends, s->shingles};
    for (size_t k = 0; k < sizeof owned / sizeof *owned; k++)
        free(owned[k]);
    free(b->table);
    free(b);
}

/* ---- words -------------------------------------------------------------------------------- */

static inline uint64_t entry_of(uint64_t hash, uint32_t id)
{
    return (hash & ~(uint64_t)UINT32_MAX) | id;
}

/* Double the table of slots. */
static bool grow_table(chr_builder *b)
{
    chr_segment *s = &b->s;
    uint64_t n = s->n_slots * 2, *table = calloc(n, sizeof *table);
    if (!table)
        return false;
    for (uint32_t id = 1; id < s->n_types; id++) {
        uint64_t at = s->hashes[id] & (n - 1);
        while (table[at])
            at = (at + 1) & (n - 1);
        table[at] = entry_of(s->hashes[id], id);
    }
    free(b->table);
    b->table = table;
    s->n_slots = n;
    return true;
}

/* Return the id of a word, new or known; 0 where memory is lacking. What half a hash tells
 * apart needs no look at the whole, which is seldom near. */
static inline uint32_t intern(chr_builder *b, uint64_t hash, uint32_t stem)
{
    chr_segment *s = &b->s;
    uint64_t at = hash & (s->n_slots - 1);
    for (uint64_t entry; (entry = b->table[at]); at = (at + 1) & (s->n_slots - 1))
        if (entry >> 32 == hash >> 32 && s->hashes[(uint32_t)entry] == hash)
            return (uint32_t)entry;
    size_t n = s->n_types;
    if (n >= UNKNOWN - 1 || !chr_reserve((void **)&s->hashes, &b->types_capacity[0], n + 1, 8)
        || !chr_reserve((void **)&s->stems, &b->types_capacity[1], n + 1, 4)
        || !chr_reserve((void **)&s->counts, &b->types_capacity[2], n + 1, 4))
        return 0;
    s->hashes[n] = hash;
    s->stems[n] = stem;
    s->counts[n] = 0;
    b->table[at] = entry_of(hash, (uint32_t)n);
    s->n_types++;
    if (s->n_types * 2 > s->n_slots && !grow_table(b))
        return 0;
    return (uint32_t)n;
}

/* Remember a word's place apart, because it does not fit a step. */
static bool add_odd(chr_builder *b, uint32_t position, uint32_t start, uint32_t end)
{
    chr_segment *s = &b->s;
    uint32_t **arrays[] = {&s->odd_at, &s->odd_start, &s->odd_end};
    uint32_t values[] = {position, start, end};
    for (int k = 0; k < 3; k++) {
        if (!chr_reserve((void **)arrays[k], &b->odd_capacity[k], s->n_odd + 1, 4))
            return false;
        (*arrays[k])[s->n_odd] = values[k];
    }
    s->n_odd++;
    return true;
}

enum { AHEAD = 12 }; /* words between asking for a slot and looking into it */

/* Add the words of one text. Returns 0, -1 where memory is lacking, -2 where the segment is
 * full (2^32 positions). */
CHR_API int chr_builder_add(chr_builder *b, const uint64_t *hash, const uint32_t *stem,
                            const uint32_t *start, const uint32_t *end, size_t n)
{
    chr_segment *s = &b->s;
    size_t at = s->n_positions, total = at + n + 1, n_anchors = total / ANCHOR_WORDS + 1;
    if (total >= UNKNOWN)
        return -2;
    if (!chr_reserve((void **)&s->words, &b->words_capacity, total, 4)
        || !chr_reserve((void **)&s->steps, &b->steps_capacity, total, 1)
        || !chr_reserve((void **)&s->anchors, &b->anchors_capacity, n_anchors, 4)
        || !chr_reserve((void **)&s->bounds, &b->bounds_capacity, s->n_texts + 2, 4))
        return -1;
    uint32_t last_end = 0;
    for (size_t i = 0; i < n; i++, at++) {
        if (i + AHEAD < n)
            __builtin_prefetch(&b->table[hash[i + AHEAD] & (s->n_slots - 1)]);
        uint32_t id = intern(b, hash[i], stem[i]);
        if (!id)
            return -1;
        s->counts[id]++;
        s->words[at] = id;
        uint32_t gap = start[i] - last_end, length = end[i] - start[i];
        if (at % ANCHOR_WORDS == 0)
            s->anchors[at / ANCHOR_WORDS] = last_end;
        if (start[i] >= last_end && gap < 7 && length < 32) {
            s->steps[at] = (uint8_t)(gap << 5 | length);
        } else {
            s->steps[at] = 7 << 5;
            if (!add_odd(b, (uint32_t)at, start[i], end[i]))
                return -1;
        }
        last_end = end[i];
    }
    if (at % ANCHOR_WORDS == 0)
        s->anchors[at / ANCHOR_WORDS] = last_end;
    s->words[at] = NO_WORD;
    s->steps[at] = 0;
    s->n_positions = total;
    s->n_anchors = (total - 1) / ANCHOR_WORDS + 1;
    s->bounds[++s->n_texts] = (uint32_t)total;
    return 0;
}

CHR_API int chr_builder_add_folded(chr_builder *b, const chr_folder *f)
{
    return chr_builder_add(b, f->hash, f->stem, f->start, f->end, f->n_words);
}

/* Give back what an array has no use for. */
static void fit(void **array, size_t bytes)
{
    void *moved = realloc(*array, bytes ? bytes : 1);
    if (moved)
        *array = moved;
}

/* ---- rare words --------------------------------------------------------------------------- */

/* Deal the places of rare words out to their lists, in room for one place more than there are
 * positions; the room is the segment's from then on, also where this fails. Common words have no
 * list: their places are written over each other behind all lists, sooner than told apart by a
 * branch. */
static bool post_words(chr_segment *s, uint32_t *room)
{
    typedef struct {
        uint32_t next, step;
    } List;
    List *lists = malloc(s->n_types * sizeof *lists);
    s->posting_ends = malloc(s->n_types * sizeof *s->posting_ends);
    uint32_t n = 0;
    for (uint64_t id = 0; lists && s->posting_ends && id < s->n_types; id++) {
        bool rare = id != NO_WORD && s->counts[id] <= MOST_POSTED;
        lists[id] = (List){n, rare};
        n += rare ? s->counts[id] : 0;
        s->posting_ends[id] = n;
    }
    s->n_postings = n;
    s->postings = room;
    if (!lists || !s->posting_ends) {
        free(lists);
        return false;
    }
    for (uint64_t id = 0; id < s->n_types; id++)
        if (!lists[id].step)
            lists[id].next = n;
    for (uint64_t at = 0; at < s->n_positions; at++) {
        if (at + 2 * AHEAD < s->n_positions) {
            __builtin_prefetch(&lists[s->words[at + 2 * AHEAD]]);
            __builtin_prefetch(&s->postings[lists[s->words[at + AHEAD]].next]);
        }
        List *list = &lists[s->words[at]];
        s->postings[list->next] = (uint32_t)at;
        list->next += list->step;
    }
    free(lists);
    fit((void **)&s->postings, (n + 1ull) * 4);
    return true;
}

/* ---- shingles ----------------------------------------------------------------------------- */

typedef struct {
    uint32_t *at; /* positions of the shingles that winnowing keeps */
    uint32_t *high; /* the upper halves of their hashes */
    size_t n;
} Kept;

static inline void keep(Kept *kept, uint32_t at, uint64_t hash)
{
    kept->at[kept->n] = at;
    kept->high[kept->n++] = (uint32_t)(hash >> 32);
}

/* A shingle of the text: its index and hash. */
typedef struct {
    uint64_t hash;
    uint32_t at;
} Shingle;

/* Return the shingle with the lesser hash; the later one of equals. */
static inline Shingle lesser(Shingle earlier, Shingle later)
{
    bool keeps = earlier.hash < later.hash;
    return (Shingle){keeps ? earlier.hash : later.hash, keeps ? earlier.at : later.at};
}

/* Keep the least hash of every window of shingles; of equal ones the one that was kept before,
 * else the last, in the first window the first. A text with less than a window of shingles
 * keeps all. Written without branches on the hashes: one in 2.5 is kept, and none foreseen. */
_Static_assert(WINNOW_SHINGLES == 4, "winnow takes the lesser of two pairs");
static void winnow(const uint32_t *words, uint32_t first, uint32_t end, Kept *kept)
{
    uint32_t size = end - first < SHINGLE_WORDS ? 0 : end - first - SHINGLE_WORDS + 1;
    if (size < WINNOW_SHINGLES) {
        for (uint32_t k = 0; k < size; k++)
            keep(kept, first + k, shingle_hash(words + first + k));
        return;
    }
    Shingle last = {shingle_hash(words + first), first}, before = last, pair = last, pair_before;
    for (uint32_t at = first + 1; at < first + WINNOW_SHINGLES; at++) {
        Shingle one = {shingle_hash(words + at), at};
        if (one.hash < last.hash)
            last = one;
        pair_before = pair;
        pair = lesser(before, one);
        before = one;
    }
    keep(kept, last.at, last.hash);
    size_t n = kept->n;
    for (uint32_t at = first + WINNOW_SHINGLES; at < first + size; at++) {
        Shingle one = {shingle_hash(words + at), at}, pair_now = lesser(before, one);
        Shingle least = lesser(pair_before, pair_now); /* of the four up to here */
        before = one;
        pair_before = pair;
        pair = pair_now;
        uint32_t moves = (least.hash != last.hash) | (at - last.at >= WINNOW_SHINGLES);
        kept->at[n] = least.at;
        kept->high[n] = (uint32_t)(least.hash >> 32);
        n += moves;
        last.at += (least.at - last.at) & (0 - moves);
        last.hash = least.hash;
    }
    kept->n = n;
}

static int by_hash_then_place(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    if (x[0] != y[0])
        return x[0] < y[0] ? -1 : 1;
    return (x[1] > y[1]) - (x[1] < y[1]);
}

/* Sort a crowded bucket by hash, so that one shingle's places can be found by bisection. */
static bool sort_bucket(chr_segment *s, uint32_t from, uint32_t to)
{
    size_t n = to - from;
    uint64_t (*rows)[2] = malloc(n * sizeof *rows);
    if (!rows)
        return false;
    for (size_t k = 0; k < n; k++) {
        rows[k][1] = s->shingles[from + k];
        rows[k][0] = shingle_hash(s->words + place_of(s, s->shingles[from + k]));
    }
    qsort(rows, n, sizeof *rows, by_hash_then_place);
    for (size_t k = 0; k < n; k++)
        s->shingles[from + k] = (uint32_t)rows[k][1];
    free(rows);
    return true;
}

static bool deal_shingles(chr_segment *s, const Kept *kept)
{
    s->n_buckets = kept->n / BUCKET_ENTRIES + 1;
    s->n_shingles = kept->n;
    s->bucket_ends = calloc(s->n_buckets + 1, sizeof *s->bucket_ends);
    s->shingles = chr_large(malloc((kept->n + 1) * 4), (kept->n + 1) * 4);
    if (!s->bucket_ends || !s->shingles)
        return false;
    /* Counts stand one place behind their bucket, so that their sums are where it begins; as
     * its entries are dealt out, that becomes where it ends. */
    uint32_t *begins = s->bucket_ends;
    for (size_t k = 0; k < kept->n; k++)
        begins[bucket_of(s, (uint64_t)kept->high[k] << 32) + 1]++;
    for (uint64_t bucket = 1; bucket < s->n_buckets; bucket++)
        begins[bucket] += begins[bucket - 1];
    for (size_t k = 0; k < kept->n; k++)
        s->shingles[begins[bucket_of(s, (uint64_t)kept->high[k] << 32)]++]
            = kept->at[k] | tag_of(s, kept->high[k]);
    for (uint64_t bucket = 0, from = 0; bucket < s->n_buckets; from = begins[bucket++])
        if (begins[bucket] - from > CROWDED && !sort_bucket(s, (uint32_t)from, begins[bucket]))
            return false;
    return true;
}

/* Finish a segment: nothing can be added afterwards. Returns 0, or -1 where memory is lacking. */
CHR_API int chr_builder_finish(chr_builder *b)
{
    chr_segment *s = &b->s;
    s->slots = malloc(s->n_slots * sizeof *s->slots);
    if (!s->slots)
        return -1;
    for (uint64_t at = 0; at < s->n_slots; at++)
        s->slots[at] = (uint32_t)b->table[at];
    free(b->table);
    b->table = NULL;
    fit((void **)&s->words, s->n_positions * 4);
    fit((void **)&s->steps, s->n_positions);
    fit((void **)&s->anchors, s->n_anchors * 4);
    fit((void **)&s->hashes, s->n_types * 8);
    fit((void **)&s->stems, s->n_types * 4);
    fit((void **)&s->counts, s->n_types * 4);
    size_t most = (s->n_positions + 1) * 4;
    Kept kept = {chr_large(malloc(most), most), chr_large(malloc(most), most), 0};
    bool filed = kept.at && kept.high;
    for (uint64_t text = 0; filed && text < s->n_texts; text++)
        winnow(s->words, s->bounds[text], s->bounds[text + 1] - 1, &kept);
    filed = filed && deal_shingles(s, &kept);
    free(kept.high);
    /* What is read no more is written over: fresh pages cost as much as all this sorting. */
    if (filed)
        filed = post_words(s, kept.at);
    else
        free(kept.at);
    return filed ? 0 : -1;
}
