/* Look a passage up in the segments of an index: its words, its places, its runs.
 *
 * A position counts words across all segments; `bases` says where each segment begins. The
 * passage has one row of ids for each segment, since every segment numbers its own words.
 */
#include "index.h"

typedef struct {
    uint64_t n; /* segments */
    const chr_segment *const *segments;
    const int64_t *bases; /* first position of each, n + 1 */
    const int64_t *text_bases; /* first text of each, n + 1 */
    const uint8_t *barred; /* texts that must not be matched, or NULL */
} chr_index;

enum { NO_MEMORY = -1, FEW_ENTRIES = 2 * WINNOW_SHINGLES * BUCKET_ENTRIES };

/* Sort; an array of nothing may lie nowhere, which qsort must not be given. */
static void sort(void *array, size_t n, size_t size, int (*order)(const void *, const void *))
{
    if (n > 1)
        qsort(array, n, size, order);
}

/* ---- words -------------------------------------------------------------------------------- */

static uint32_t find_type(const chr_segment *s, uint64_t hash)
{
    for (uint64_t at = hash & (s->n_slots - 1);; at = (at + 1) & (s->n_slots - 1)) {
        uint32_t id = s->slots[at];
        if (!id)
            return UNKNOWN;
        if (s->hashes[id] == hash)
            return id;
    }
}

/* Look words up: ids of shape (segments, n), and in how many positions each stands in all. */
CHR_API void chr_ids(const chr_index *x, const uint64_t *hashes, size_t n, uint32_t *ids,
                     int64_t *counts)
{
    memset(counts, 0, n * sizeof *counts);
    for (uint64_t g = 0; g < x->n; g++)
        for (size_t i = 0; i < n; i++) {
            uint32_t id = ids[g * n + i] = find_type(x->segments[g], hashes[i]);
            if (id != UNKNOWN)
                counts[i] += x->segments[g]->counts[id];
        }
}

/* Return the index of the last of `n` sorted values that is not above `value`. */
static size_t last_not_above(const uint32_t *values, size_t n, uint32_t value)
{
    size_t low = 0, high = n;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (values[middle] <= value)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static bool is_barred(const chr_index *x, uint64_t g, uint32_t position)
{
    if (!x->barred)
        return false;
    const chr_segment *s = x->segments[g];
    return x->barred[x->text_bases[g] + (int64_t)last_not_above(s->bounds, s->n_texts, position)];
}

static bool same_words(const chr_segment *s, const uint32_t *ids, size_t n, uint32_t at)
{
    return at + n <= s->n_positions && !memcmp(s->words + at, ids, n * sizeof *ids);
}

/* ---- where a shingle stands --------------------------------------------------------------- */

typedef struct {
    uint32_t from, to; /* the entries that may be it */
    bool sorted; /* and are, up to the first that is not */
    uint32_t tag;
} Entries;

/* Tell whether an entry may be the shingle, and where that stands. */
static inline bool may_be(const chr_segment *s, const Entries *e, uint32_t entry, uint32_t *at)
{
    *at = s->shingles[entry] ^ e->tag;
    return !((uint64_t)*at >> place_bits(s));
}

static Entries entries_of(const chr_segment *s, const uint32_t *ids)
{
    for (int k = 0; k < SHINGLE_WORDS; k++)
        if (ids[k] == UNKNOWN)
            return (Entries){0, 0, false, 0};
    uint64_t hash = shingle_hash(ids), bucket = bucket_of(s, hash);
    uint32_t from = bucket ? s->bucket_ends[bucket - 1] : 0, to = s->bucket_ends[bucket];
    uint32_t tag = tag_of(s, (uint32_t)(hash >> 32));
    if (to - from <= CROWDED)
        return (Entries){from, to, false, tag};
    uint32_t edges[2]; /* first entry not below the hash, first above it */
    for (int edge = 0; edge < 2; edge++) {
        uint32_t low = edge ? edges[0] : from, high = to;
        while (low < high) {
            uint32_t middle = low + (high - low) / 2;
            uint64_t held = shingle_hash(s->words + place_of(s, s->shingles[middle]));
            if (held < hash || (edge && held == hash))
                low = middle + 1;
            else
                high = middle;
        }
        edges[edge] = low;
    }
    return (Entries){edges[0], edges[1], true, tag};
}

/* ---- verbatim ----------------------------------------------------------------------------- */

typedef struct {
    int64_t *at;
    size_t n, most;
} Places;

static void offer(const chr_index *x, uint64_t g, const uint32_t *ids, size_t n, uint32_t at,
                  Places *places)
{
    if (places->n < places->most && same_words(x->segments[g], ids, n, at) && !is_barred(x, g, at))
        places->at[places->n++] = x->bases[g] + at;
}

/* Find words in a row by the shingles of one window, of which one is filed wherever they stand. */
static void find_by_shingle(const chr_index *x, uint64_t g, const uint32_t *ids, size_t n,
                            Places *places)
{
    const chr_segment *s = x->segments[g];
    size_t n_windows = n - SHINGLE_WORDS - WINNOW_SHINGLES + 2, best = 0;
    uint64_t least = UINT64_MAX;
    for (size_t w = 0; w < n_windows && w < 64; w++) { /* 64: rare enough, by hand */
        uint64_t size = 0;
        for (int k = 0; k < WINNOW_SHINGLES; k++) {
            Entries e = entries_of(s, ids + w + k);
            size += e.to - e.from;
        }
        if (size < least)
            least = size, best = w;
        if (least <= FEW_ENTRIES)
            break;
    }
    for (int k = 0; k < WINNOW_SHINGLES; k++) {
        Entries e = entries_of(s, ids + best + k);
        for (uint32_t entry = e.from; entry < e.to; entry++) {
            uint32_t at;
            if (may_be(s, &e, entry, &at) && at >= best + k)
                offer(x, g, ids, n, at - (uint32_t)best - k, places);
        }
    }
}

/* Find a few words in a row by the rarest of them, or by reading all words. */
static void find_by_word(const chr_index *x, uint64_t g, const uint32_t *ids, size_t n,
                         Places *places)
{
    const chr_segment *s = x->segments[g];
    size_t rarest = 0;
    for (size_t i = 1; i < n; i++)
        if (s->counts[ids[i]] < s->counts[ids[rarest]])
            rarest = i;
    uint32_t id = ids[rarest];
    if (s->counts[id] <= MOST_POSTED) {
        for (uint32_t k = s->posting_ends[id] - s->counts[id]; k < s->posting_ends[id]; k++)
            if (s->postings[k] >= rarest)
                offer(x, g, ids, n, s->postings[k] - (uint32_t)rarest, places);
        return;
    }
    for (uint64_t at = rarest; at < s->n_positions && places->n < places->most; at++)
        if (s->words[at] == id)
            offer(x, g, ids, n, (uint32_t)(at - rarest), places);
}

static int ascending(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Find where `n` words stand in a row: positions in order, the first `most` that were met.
 * `ids` has a row of `stride` ids for each segment. Returns how many. */
CHR_API int64_t chr_find(const chr_index *x, const uint32_t *ids, size_t stride, size_t n,
                         int64_t *out, size_t most)
{
    Places places = {out, 0, most};
    for (uint64_t g = 0; n && g < x->n; g++) {
        const uint32_t *row = ids + g * stride;
        bool known = true;
        for (size_t i = 0; i < n; i++)
            known &= row[i] != UNKNOWN;
        if (!known)
            continue;
        size_t before = places.n;
        if (n >= SHINGLE_WORDS + WINNOW_SHINGLES - 1)
            find_by_shingle(x, g, row, n, &places);
        else
            find_by_word(x, g, row, n, &places);
        /* Two shingles of a window may lead to one place. */
        sort(out + before, places.n - before, sizeof *out, ascending);
        size_t kept = before;
        for (size_t k = before; k < places.n; k++)
            if (k == before || out[k] != out[kept - 1])
                out[kept++] = out[k];
        places.n = kept;
    }
    return (int64_t)places.n;
}

/* ---- runs --------------------------------------------------------------------------------- */

/* Equal words: passage[i, i + length), and from position j on. */
typedef struct {
    int64_t i, j, length;
    double bits;
} chr_run;

typedef struct {
    int64_t diagonal; /* position minus index in the passage */
    uint64_t segment;
    double votes;
} Lane;

typedef struct {
    Lane *lanes;
    size_t n, capacity;
} Lanes;

static bool add_hit(Lanes *l, int64_t diagonal, uint64_t segment, double vote)
{
    if (!chr_reserve((void **)&l->lanes, &l->capacity, l->n + 1, sizeof *l->lanes))
        return false;
    l->lanes[l->n++] = (Lane){diagonal, segment, vote};
    return true;
}

static int by_diagonal(const void *a, const void *b)
{
    const Lane *x = a, *y = b;
    if (x->diagonal != y->diagonal)
        return x->diagonal < y->diagonal ? -1 : 1;
    return (x->segment > y->segment) - (x->segment < y->segment);
}

static int by_votes(const void *a, const void *b)
{
    const Lane *x = a, *y = b;
    if (x->votes != y->votes)
        return x->votes > y->votes ? -1 : 1;
    return by_diagonal(a, b);
}

/* Put hits on one diagonal together, and the diagonals with most votes first. */
static void gather(Lanes *l)
{
    size_t kept = 0;
    sort(l->lanes, l->n, sizeof *l->lanes, by_diagonal);
    for (size_t k = 0; k < l->n; k++) {
        Lane *last = kept ? l->lanes + kept - 1 : NULL;
        if (last && last->diagonal == l->lanes[k].diagonal && last->segment == l->lanes[k].segment)
            last->votes += l->lanes[k].votes;
        else
            l->lanes[kept++] = l->lanes[k];
    }
    l->n = kept;
    sort(l->lanes, l->n, sizeof *l->lanes, by_votes);
}

static int by_bits(const void *a, const void *b)
{
    const chr_run *x = a, *y = b;
    if (x->bits != y->bits)
        return x->bits > y->bits ? -1 : 1;
    if (x->i != y->i)
        return x->i < y->i ? -1 : 1;
    return (x->j > y->j) - (x->j < y->j);
}

typedef struct {
    chr_run *runs;
    size_t n, capacity;
} Runs;

/* Read the runs of equal words off one diagonal. */
static bool read_lane(const chr_index *x, const Lane *lane, const uint32_t *ids, size_t n,
                      size_t least, const double *totals, Runs *runs)
{
    const chr_segment *s = x->segments[lane->segment];
    int64_t shift = lane->diagonal - x->bases[lane->segment]; /* within the segment */
    size_t from = shift < 0 ? (size_t)-shift : 0, begun = 0, length = 0;
    size_t to = (int64_t)n + shift > (int64_t)s->n_positions
                    ? (size_t)((int64_t)s->n_positions - shift) : n;
    for (size_t i = from; i <= to; i++) {
        if (i < to && s->words[(int64_t)i + shift] == ids[i]) {
            if (!length++)
                begun = i;
            continue;
        }
        if (length >= least && length && !is_barred(x, lane->segment, (uint32_t)(begun + shift))) {
            if (!chr_reserve((void **)&runs->runs, &runs->capacity, runs->n + 1, sizeof(chr_run)))
                return false;
            runs->runs[runs->n++] = (chr_run){(int64_t)begun, lane->diagonal + (int64_t)begun,
                                              (int64_t)length, totals[begun + length] - totals[begun]};
        }
        length = 0;
    }
    return true;
}

/* Copy the runs that tell most. Returns how many. */
static int64_t best_runs(Runs *runs, chr_run *out, size_t most)
{
    sort(runs->runs, runs->n, sizeof *runs->runs, by_bits);
    size_t n = runs->n < most ? runs->n : most;
    if (n)
        memcpy(out, runs->runs, n * sizeof *out);
    return (int64_t)n;
}

/* Find runs of equal words by the passage's shingles.
 *
 * ids: shape (segments, n). totals: what the words before each index tell, shape (n + 1,).
 * Every shingle leads to at most `most_places` places in a segment, which share one vote; the
 * `most_lanes` diagonals with most votes are read. Returns the number of runs in `out`. */
CHR_API int64_t chr_seeded_runs(const chr_index *x, const uint32_t *ids, size_t n,
                                const double *totals, size_t most_places, size_t most_lanes,
                                size_t least, chr_run *out, size_t most_runs)
{
    Lanes lanes = {0};
    Runs runs = {0};
    bool enough = true;
    for (uint64_t g = 0; g < x->n; g++) {
        const chr_segment *s = x->segments[g];
        const uint32_t *row = ids + g * n;
        for (size_t i = 0; enough && i + SHINGLE_WORDS <= n; i++) {
            Entries e = entries_of(s, row + i);
            size_t first = lanes.n;
            for (uint32_t k = e.from; enough && k < e.to && lanes.n - first < most_places; k++) {
                uint32_t at;
                if (may_be(s, &e, k, &at) && same_words(s, row + i, SHINGLE_WORDS, at)
                    && !is_barred(x, g, at))
                    enough = add_hit(&lanes, x->bases[g] + at - (int64_t)i, g, 0);
            }
            for (size_t k = first; k < lanes.n; k++)
                lanes.lanes[k].votes = 1.0 / (double)(lanes.n - first);
        }
    }
    gather(&lanes);
    for (size_t k = 0; enough && k < lanes.n && k < most_lanes; k++)
        enough = read_lane(x, lanes.lanes + k, ids + lanes.lanes[k].segment * n, n, least, totals,
                           &runs);
    int64_t found = enough ? best_runs(&runs, out, most_runs) : NO_MEMORY;
    free(lanes.lanes);
    free(runs.runs);
    return found;
}

/* Find runs of equal words in one text, by some words of a passage.
 *
 * ids: the passage's row for the segment, shape (n,). seeds: indices of the words to look for.
 * At most `most_places` places of each are followed. Returns the number of runs in `out`. */
CHR_API int64_t chr_text_runs(const chr_index *x, uint64_t g, uint64_t text, const uint32_t *ids,
                              size_t n, const double *totals, const uint32_t *seeds,
                              size_t n_seeds, size_t most_places, size_t most_lanes, size_t least,
                              chr_run *out, size_t most_runs)
{
    const chr_segment *s = x->segments[g];
    uint32_t low = s->bounds[text], high = s->bounds[text + 1];
    Lanes lanes = {0};
    Runs runs = {0};
    bool enough = true;
    for (size_t k = 0; enough && k < n_seeds; k++) {
        uint32_t id = ids[seeds[k]];
        if (id == UNKNOWN)
            continue;
        size_t met = 0;
        if (s->counts[id] <= MOST_POSTED) {
            const uint32_t *places = s->postings + s->posting_ends[id] - s->counts[id];
            size_t p = last_not_above(places, s->counts[id], low);
            for (; enough && p < s->counts[id] && places[p] < high && met < most_places; p++)
                if (places[p] >= low) {
                    met++;
                    enough = add_hit(&lanes, x->bases[g] + places[p] - (int64_t)seeds[k], g, 1);
                }
        } else {
            for (uint32_t at = low; enough && at < high && met < most_places; at++)
                if (s->words[at] == id) {
                    met++;
                    enough = add_hit(&lanes, x->bases[g] + at - (int64_t)seeds[k], g, 1);
                }
        }
    }
    gather(&lanes);
    for (size_t k = 0; enough && k < lanes.n && k < most_lanes; k++)
        enough = read_lane(x, lanes.lanes + k, ids, n, least, totals, &runs);
    size_t kept = 0; /* a diagonal may run into the next text */
    for (size_t k = 0; k < runs.n; k++)
        if (runs.runs[k].j >= x->bases[g] + low && runs.runs[k].j < x->bases[g] + high)
            runs.runs[kept++] = runs.runs[k];
    runs.n = kept;
    int64_t found = enough ? best_runs(&runs, out, most_runs) : NO_MEMORY;
    free(lanes.lanes);
    free(runs.runs);
    return found;
}

/* ---- votes of rare words ------------------------------------------------------------------ */

typedef struct {
    int32_t bucket;
    uint32_t last; /* one more than the stem that voted last; 0: an empty slot */
    float votes;
} Ballot;

static Ballot *slot_of(Ballot *table, uint64_t size, int32_t bucket)
{
    uint32_t all = (uint32_t)bucket; /* neighbours lie together */
    uint64_t at = (chr_mix(all / 8) * 8 + all % 8) & (size - 1);
    while (table[at].last && table[at].bucket != bucket)
        at = (at + 1) & (size - 1);
    return table + at;
}

/* Let stems vote for places, and name the places with most votes.
 *
 * Each of `n` lists is the places of one word type: `segment`, `type`, the index of its stem in
 * the passage (`first`), which stem it is (`stem`, in a row), and what that tells (`bits`). A
 * place is a step of the diagonal, `step` words wide, and has the votes of the next step as
 * well; a stem votes for a step once. Returns how many are in `buckets` and `votes`, best first. */
CHR_API int64_t chr_votes(const chr_index *x, const uint32_t *segment, const uint32_t *type,
                          const int64_t *first, const uint32_t *stem, const double *bits, size_t n,
                          int64_t step, int64_t *buckets, double *votes, size_t most)
{
    double steps = 1.0 / (double)step;
    uint64_t total = 0, size = 64;
    for (size_t k = 0; k < n; k++)
        total += x->segments[segment[k]]->counts[type[k]];
    while (size < total + total / 2 + 2)
        size *= 2;
    Ballot *table = calloc(size, sizeof *table);
    if (!table)
        return NO_MEMORY;
    for (size_t k = 0; k < n; k++) {
        const chr_segment *s = x->segments[segment[k]];
        uint32_t to = s->posting_ends[type[k]], from = to - s->counts[type[k]];
        double base = (double)(x->bases[segment[k]] - first[k] + step);
        int32_t before = INT32_MIN;
        for (uint32_t p = from; p < to; p++) {
            int32_t bucket = (int32_t)((base + s->postings[p]) * steps) - 1;
            if (bucket == before || is_barred(x, segment[k], s->postings[p]))
                continue;
            before = bucket;
            Ballot *ballot = slot_of(table, size, bucket);
            if (ballot->last == stem[k] + 1)
                continue;
            ballot->bucket = bucket;
            ballot->last = stem[k] + 1;
            ballot->votes += (float)bits[k];
        }
    }
    size_t found = 0;
    for (uint64_t at = 0; at < size; at++) {
        if (!table[at].last)
            continue;
        const Ballot *next = slot_of(table, size, table[at].bucket + 1);
        double sum = table[at].votes + (next->last ? next->votes : 0);
        int64_t bucket = table[at].bucket;
        if (found == most && sum < votes[found - 1])
            continue;
        size_t k = found < most ? found++ : found - 1; /* insert; `most` is small */
        for (; k > 0 && (votes[k - 1] < sum || (votes[k - 1] == sum && buckets[k - 1] > bucket)); k--) {
            votes[k] = votes[k - 1];
            buckets[k] = buckets[k - 1];
        }
        votes[k] = sum;
        buckets[k] = bucket;
    }
    free(table);
    return (int64_t)found;
}

/* Say what stands of a passage in each of `n` stretches, in its order: the weight of the heaviest
 * common subsequence of its `m` words, of which `bits` says what each tells; a word of the same
 * stem weighs `kindred` times as much. A stretch is `start` up to `end` in its `segment`.
 *
 * Few words of a stretch match any of the passage, so only matches are gone through (in the way
 * of Hunt and Szymanski 1977): `best[i]` is the most that the passage's first i words weigh. */
CHR_API int chr_standing(const chr_index *x, const uint32_t *ids, const uint32_t *stems,
                         const double *bits, size_t m, double kindred, const uint32_t *segment,
                         const uint32_t *start, const uint32_t *end, size_t n, double *standing)
{
    size_t size = 16;
    while (size < 2 * m)
        size *= 2;
    double *best = malloc((m + 1) * sizeof *best);
    uint32_t *last = calloc(size, sizeof *last); /* by stem: one more than the last such word */
    uint32_t *next = malloc((m + 1) * sizeof *next); /* one more than the one before it */
    bool enough = best && last && next;
    for (size_t i = 0; enough && i < m; i++) {
        uint32_t *slot = last + (chr_mix(stems[i]) & (size - 1));
        next[i] = *slot;
        *slot = (uint32_t)i + 1;
    }
    for (size_t k = 0; enough && k < n; k++) {
        const chr_segment *s = x->segments[segment[k]];
        const uint32_t *row = ids + segment[k] * m;
        memset(best, 0, (m + 1) * sizeof *best);
        for (uint32_t at = start[k]; at < end[k]; at++) {
            uint32_t word = s->words[at], stem = s->stems[word];
            for (uint32_t i = last[chr_mix(stem) & (size - 1)]; i; i = next[i - 1]) {
                if (stems[i - 1] != stem)
                    continue;
                double most = best[i - 1] + (row[i - 1] == word ? 1 : kindred) * bits[i - 1];
                for (size_t t = i; t <= m && best[t] < most; t++)
                    best[t] = most;
            }
        }
        standing[k] = best[m];
    }
    free(best);
    free(last);
    free(next);
    return enough ? 0 : NO_MEMORY;
}

/* ---- offsets ------------------------------------------------------------------------------ */

/* Say where the words from position `from` up to `to` of one text of a segment stand. */
CHR_API void chr_locate(const chr_segment *s, uint64_t text, uint32_t from, uint32_t to,
                        uint32_t *starts, uint32_t *ends)
{
    uint32_t first = s->bounds[text], at = from / ANCHOR_WORDS * ANCHOR_WORDS, last_end = 0;
    if (at > first)
        last_end = s->anchors[at / ANCHOR_WORDS];
    else
        at = first;
    for (; at < to; at++) {
        uint32_t start = last_end + (s->steps[at] >> 5), end = start + (s->steps[at] & 31);
        if (s->steps[at] >> 5 == 7) {
            size_t odd = last_not_above(s->odd_at, s->n_odd, at);
            start = s->odd_start[odd];
            end = s->odd_end[odd];
        }
        if (at >= from) {
            starts[at - from] = start;
            ends[at - from] = end;
        }
        last_end = end;
    }
}
