/* Tag words by a linear-chain conditional random field: the best path of Viterbi (1967).
 *
 * A word becomes a row of numbers, the columns (COLUMNS in lift/tagger/features.py). A feature is
 * a hash of a template and the columns that it names. The weights that the model has are rows of
 * a few small integers, one a tag, found by their sorted keys; most features have none. */
#include "tagger.h"

enum {
    TAGS = 5,
    BUCKET_BITS = 16,
    FILTER_BITS = 17,
    MOST_VALUES = 4,
    REACH = 4, /* how far the neighbours stand that templates name */
    OUTSIDE = 7, /* in all columns beyond the paragraph's edge */
    FAR = 8, /* class of the largest distances, and of none */
    EDGE = 6, /* from here on a distance to the sentence's edge is not told apart */
    LAST_WORDS = 7, /* how far from a sentence's end its last comma is looked for */
    DEEPEST = 4,
    MOST_COMMAS = 3,
};

/* -- columns ---------------------------------------------------------------------------------- */

/* One looks for three ranks of verbs of saying: which is nearest on both sides, how far, if any. */
enum { RANKS = 3, SPEAKS = 1 };
static const uint32_t least_rank[RANKS] = {1, 3, 4};
enum { LEFT, RIGHT, FROM, TO, HAS, NEXT, OF_A_RANK };

enum {
    WORD, KIND, COARSE, SHAPE, THREE, TWO, QUOTED, DEPTH, REST, PLACE, LAST, FIRST,
    NEAREST, SINCE = NEAREST + RANKS * OF_A_RANK, UNTIL, THAT, TOBE,
    SAYS, SHARE, COMMA, CLAUSE, FIRSTWORD, FIRSTCOARSE, SECONDWORD, ENDED, ENDQUOTED, EARLIER,
    COLUMNS
};

typedef uint32_t row[COLUMNS];

/* Return the class of a distance in words. */
static uint32_t class_of(size_t distance)
{
    static const uint8_t steps[FAR] = {1, 2, 3, 4, 6, 9, 14, 22};
    uint32_t class = 0;
    while (class < FAR && steps[class] <= distance)
        class++;
    return class;
}

static inline uint32_t at_most(size_t value, uint32_t most)
{
    return value < most ? (uint32_t)value : most;
}

/* Tell what stands in marks, and how many words behind the opening one. */
static void fill_quoted(const chr_words *w, size_t first, size_t end, row *rows)
{
    size_t opened = end; /* none */
    for (size_t i = first; i <= end; i++) {
        uint32_t is = i < end ? kind_at(w, i)->flags : 0;
        if (!(is & (IS_OPENING | IS_CLOSING | IS_STRAIGHT)) && i < end)
            continue;
        bool closes = is & IS_CLOSING || (is & IS_STRAIGHT && opened < end);
        if (opened < end && (closes || i == end)) {
            size_t behind = i + (is & IS_CLOSING ? 1 : 0);
            for (size_t j = opened; j < behind; j++) {
                rows[j][QUOTED] = 1;
                rows[j][DEPTH] = at_most(j - opened, DEEPEST);
            }
            opened = end;
        } else if (opened == end && !closes) {
            opened = i;
        }
    }
}

/* Fill the columns of the nearest verbs of saying before each word of a sentence. */
static void look_left(const chr_words *w, size_t first, size_t end, row *rows)
{
    size_t found[RANKS] = {end, end, end}, that = end, to = end;
    uint32_t commas = 0, commas_then = 0;
    for (size_t i = first; i < end; i++) {
        const chr_kind *kind = kind_at(w, i);
        commas += kind->flags & IS_COMMA ? 1 : 0;
        size_t said = found[SPEAKS];
        bool has = said < end;
        rows[i][SINCE] = has ? at_most(commas - commas_then, MOST_COMMAS) : MOST_COMMAS;
        rows[i][THAT] = that < end && (!has || that > said);
        rows[i][TOBE] = to < end && (!has || to > said);
        for (int rank = 0; rank < RANKS; rank++) {
            uint32_t *held = rows[i] + NEAREST + rank * OF_A_RANK;
            held[HAS] = found[rank] < end;
            held[LEFT] = held[HAS] ? kind_at(w, found[rank])->word : 1;
            held[FROM] = held[HAS] ? class_of(i - found[rank]) : FAR;
            if (kind->saying >= least_rank[rank])
                found[rank] = i;
        }
        if (found[SPEAKS] == i)
            commas_then = commas;
        if (kind->flags & IS_THAT)
            that = i;
        if (kind->flags & IS_TO)
            to = i;
    }
}

/* And behind each word. */
static void look_right(const chr_words *w, size_t first, size_t end, row *rows)
{
    size_t found[RANKS] = {end, end, end};
    uint32_t commas = 0, commas_then = 0;
    for (size_t i = end; i-- > first;) {
        const chr_kind *kind = kind_at(w, i);
        rows[i][UNTIL] = found[SPEAKS] < end ? at_most(commas - commas_then, MOST_COMMAS)
                                             : MOST_COMMAS;
        for (int rank = 0; rank < RANKS; rank++) {
            uint32_t *held = rows[i] + NEAREST + rank * OF_A_RANK;
            held[NEXT] = found[rank] < end;
            held[RIGHT] = held[NEXT] ? kind_at(w, found[rank])->word : 1;
            held[TO] = held[NEXT] ? class_of(found[rank] - i) : FAR;
            if (kind->saying >= least_rank[rank])
                found[rank] = i;
        }
        if (found[SPEAKS] == i)
            commas_then = commas;
        commas += kind->flags & IS_COMMA ? 1 : 0;
    }
}

/* Fill the columns of one sentence; `earlier` is the highest rank of the one before. Returns that
 * of this one. */
static uint32_t fill_sentence(const chr_words *w, size_t first, size_t end, uint32_t earlier,
                              const row *before, row *rows)
{
    size_t last = end - 1, inside = 0;
    uint32_t says = 0, comma = 0;
    for (size_t i = first; i < end; i++) {
        says = kind_at(w, i)->saying > says ? kind_at(w, i)->saying : says;
        inside += rows[i][QUOTED];
    }
    for (uint32_t k = 1; k <= LAST_WORDS; k++) {
        size_t there = last - first > k ? last - k : first;
        if (kind_at(w, there)->flags & IS_COMMA)
            comma = k;
    }
    size_t clause = last + 2 > comma ? last + 2 - comma : 0;
    row whole = {0};
    whole[SAYS] = says;
    whole[SHARE] = !inside ? 0 : inside + 1 >= last - first ? 2 : 1;
    whole[COMMA] = comma;
    whole[CLAUSE] = kind_at(w, clause < w->n ? clause : w->n - 1)->saying;
    whole[FIRSTWORD] = kind_at(w, first)->word;
    whole[FIRSTCOARSE] = kind_at(w, first)->coarse;
    whole[SECONDWORD] = kind_at(w, first + 1 < w->n ? first + 1 : w->n - 1)->word;
    size_t left = first ? first - 1 : 0;
    whole[ENDED] = w->paragraph[left] == w->paragraph[first] ? kind_at(w, left)->saying + 1 : 0;
    whole[ENDQUOTED] = (*before)[QUOTED];
    whole[EARLIER] = earlier;
    for (size_t i = first; i < end; i++) {
        const chr_kind *kind = kind_at(w, i);
        memcpy(rows[i] + SAYS, whole + SAYS, (COLUMNS - SAYS) * sizeof **rows);
        rows[i][WORD] = kind->word;
        rows[i][KIND] = kind->kind;
        rows[i][COARSE] = kind->coarse;
        rows[i][SHAPE] = kind->shape;
        rows[i][THREE] = kind->three;
        rows[i][TWO] = kind->two;
        rows[i][REST] = at_most(last - i, EDGE);
        rows[i][PLACE] = at_most(i - first, EDGE);
        rows[i][LAST] = rows[i][REST] == EDGE;
        rows[i][FIRST] = i == first;
    }
    look_left(w, first, end, rows);
    look_right(w, first, end, rows);
    return says;
}

/* Return where the row of a paragraph's word `i` stands: before the first paragraph and behind
 * each are REACH rows of OUTSIDE. */
static inline size_t row_at(size_t paragraph, size_t i)
{
    return i + REACH * (paragraph + 1);
}

/* Make the rows of `w->n` words and REACH * (w->n_paragraphs + 1) more. */
CHR_API void chr_columns(const chr_words *w, uint32_t *out)
{
    row *rows = (row *)out;
    uint32_t earlier = 0;
    const row *before = NULL;
    for (size_t p = 0; p < w->n_paragraphs; p++) {
        size_t first = w->bounds[p], end = w->bounds[p + 1];
        row *own = rows + row_at(p, 0);
        for (size_t i = first; i < end; i++)
            own[i][QUOTED] = own[i][DEPTH] = 0;
        fill_quoted(w, first, end, own);
        for (size_t i = first; i < end;) {
            size_t behind = i + 1;
            while (behind < end && w->sentence[behind] == w->sentence[i])
                behind++;
            earlier = fill_sentence(w, i, behind, earlier, before ? before : own + i, own);
            before = own + behind - 1;
            i = behind;
        }
    }
    for (size_t p = 0; p <= w->n_paragraphs; p++) {
        row *edge = rows + (p ? row_at(p - 1, w->bounds[p]) : 0);
        for (int i = 0; i < REACH; i++)
            for (int column = 0; column < COLUMNS; column++)
                edge[i][column] = OUTSIDE;
    }
}

/* -- features --------------------------------------------------------------------------------- */

/* A template: its number, and where its values stand from the row of a word on. */
typedef struct {
    int32_t number, n_values;
    int32_t values[MOST_VALUES];
} chr_template;

typedef struct {
    const chr_template *templates;
    uint64_t n;
} chr_plan;

static inline void features_of(const chr_plan *plan, const uint32_t *columns, uint32_t *out)
{
    for (size_t k = 0; k < plan->n; k++) {
        const chr_template *one = plan->templates + k;
        uint64_t hash = ((uint64_t)one->number + 1) * 0x9E3779B97F4A7C15u;
        for (int v = 0; v < one->n_values; v++)
            hash = chr_mix(hash + columns[one->values[v]]);
        out[one->number] = (uint32_t)(hash >> 32);
    }
}

/* Make the features of all words, a row a word, from what `chr_columns` made. */
CHR_API void chr_features(const chr_words *w, const uint32_t *columns, const chr_plan *plan,
                          uint32_t *out)
{
    for (size_t i = 0; i < w->n; i++)
        features_of(plan, columns + COLUMNS * row_at(w->paragraph[i], i), out + i * plan->n);
}

/* -- tags ------------------------------------------------------------------------------------- */

typedef struct {
    const uint32_t *keys; /* sorted */
    const uint32_t *buckets; /* first key of each value of the upper 16 bits, and the end */
    const uint32_t *filter; /* a bit for each value of the upper 17: whether a key has it */
    const int8_t *weights; /* TAGS for each key */
    const float *transitions; /* from each tag to each, TAGS x TAGS */
    float scale; /* of the weights */
} chr_tagger;

static void add_weights(const chr_tagger *t, uint32_t key, int32_t *sums)
{
    uint32_t bucket = key >> (32 - BUCKET_BITS);
    for (uint32_t k = t->buckets[bucket]; k < t->buckets[bucket + 1]; k++)
        if (t->keys[k] == key)
            for (int tag = 0; tag < TAGS; tag++)
                sums[tag] += t->weights[(size_t)k * TAGS + tag];
}

/* Sum the weights of a word's features; `keys` has room for them. */
static void sum_weights(const chr_tagger *t, const chr_plan *plan, const uint32_t *columns,
                        uint32_t *keys, int32_t *sums)
{
    features_of(plan, columns, keys);
    size_t kept = 0;
    for (size_t k = 0; k < plan->n; k++) { /* without a branch that nobody can foresee */
        uint32_t key = keys[k], bit = key >> (32 - FILTER_BITS);
        keys[kept] = key;
        kept += t->filter[bit >> 5] >> (bit & 31) & 1;
    }
    for (size_t k = 0; k < kept; k++)
        add_weights(t, keys[k], sums);
}

/* Tag the words of one paragraph; `back` has room for n * TAGS. */
static void tag_paragraph(const chr_tagger *t, const chr_plan *plan, const uint32_t *columns,
                          size_t n, uint32_t *keys, uint8_t *back, uint8_t *tags)
{
    float best[TAGS] = {0}, next[TAGS];
    for (size_t i = 0; i < n; i++) {
        int32_t sums[TAGS] = {0};
        sum_weights(t, plan, columns + i * COLUMNS, keys, sums);
        for (int tag = 0; tag < TAGS; tag++) {
            int from = 0;
            for (int other = 1; i && other < TAGS; other++)
                if (best[other] + t->transitions[other * TAGS + tag]
                    > best[from] + t->transitions[from * TAGS + tag])
                    from = other;
            back[i * TAGS + tag] = (uint8_t)from;
            next[tag] = (i ? best[from] + t->transitions[from * TAGS + tag] : 0)
                        + t->scale * (float)sums[tag];
        }
        memcpy(best, next, sizeof best);
    }
    int tag = 0;
    for (int other = 1; other < TAGS; other++)
        if (best[other] > best[tag])
            tag = other;
    for (size_t i = n; i-- > 0; tag = back[i * TAGS + tag])
        tags[i] = (uint8_t)tag;
}

/* Tag all words. Returns 0, or -1 where memory is lacking. */
CHR_API int chr_tag(const chr_tagger *t, const chr_words *w, const chr_plan *plan, uint8_t *tags)
{
    size_t n_rows = w->n + REACH * (w->n_paragraphs + 1);
    uint32_t *columns = malloc(n_rows * sizeof(row));
    uint8_t *back = malloc(w->n * TAGS + 1);
    uint32_t *keys = malloc((plan->n + 1) * sizeof *keys);
    bool enough = columns && back && keys;
    if (enough) {
        chr_columns(w, columns);
        for (size_t p = 0; p < w->n_paragraphs; p++) {
            size_t first = w->bounds[p];
            tag_paragraph(t, plan, columns + COLUMNS * row_at(p, first),
                          w->bounds[p + 1] - first, keys, back, tags + first);
        }
    }
    free(columns);
    free(back);
    free(keys);
    return enough ? 0 : -1;
}
