/* Tie content to cues and cues to sources: what speaks for each candidate.
 *
 * The features of the linker are strings such as "content after far 3"; a model has weights for
 * thousands of them. A template (lift/tagger/scene.py) is a string with columns in it; here it is
 * hashed without being spelt out, from hashes of its parts. */
#include "tagger.h"

enum { CANDIDATES = 2, OPTIONS = CANDIDATES + 1, AROUND = 2 * CANDIDATES, MOST_MARKS = 4 };
enum { SOURCE = 1, CUE = 2, CONTENT = 3, KINDS = 4 }; /* of runs; tags of words */

/* Neighbouring words of one kind, from `first` up to `end`. Runs stand in order and apart. */
typedef struct {
    uint32_t kind, first, end;
} chr_run;

/* A hash table of features, 2^k slots of which one in two is free; key 0 is none. */
typedef struct {
    uint64_t *keys;
    double *weights;
    uint64_t mask;
    const char *alone[2], *pair[2]; /* templates of content and of cues, a line each */
} chr_links;

/* The hash of a string, and CHR_BASE to its length. */
typedef struct {
    uint64_t hash, power;
} piece;

/* Columns of templates: 0x80 + one of these stands for its value. */
enum {
    NAME, FAR, APART, INSIDE, GAP, MARKS, MANNER, MANNER_SHORT, SAYING, LAST_OF_CUE, FIRST_OF_CUE,
    FORM, BEGINS, COLUMNS
};

/* -- strings by their hashes ------------------------------------------------------------------ */

static inline piece letter(uint32_t code)
{
    return (piece){code, CHR_BASE};
}

static inline piece join(piece a, piece b)
{
    return (piece){a.hash * b.power + b.hash, a.power * b.power};
}

static piece spelt(const char *text)
{
    piece made = {0, 1};
    for (; *text; text++)
        made = join(made, letter((unsigned char)*text));
    return made;
}

static inline piece digit(size_t value)
{
    return letter('0' + (uint32_t)value);
}

static inline piece word(const chr_words *w, size_t i)
{
    const chr_kind *kind = kind_at(w, i);
    return (piece){kind->low, kind->power};
}

/* -- weights ---------------------------------------------------------------------------------- */

static inline uint64_t key_of(uint64_t hash)
{
    uint64_t key = chr_mix(hash);
    return key ? key : 1;
}

static double *slot_of(const chr_links *links, uint64_t key)
{
    uint64_t slot = key & links->mask;
    while (links->keys[slot] && links->keys[slot] != key)
        slot = (slot + 1) & links->mask;
    links->keys[slot] = key;
    return links->weights + slot;
}

static double weight_of(const chr_links *links, uint64_t key)
{
    for (uint64_t slot = key & links->mask; links->keys[slot]; slot = (slot + 1) & links->mask)
        if (links->keys[slot] == key)
            return links->weights[slot];
    return 0;
}

/* Put the weights of features into the table, which is empty: `codes` has a feature a line. */
CHR_API void chr_learn_links(const uint32_t *codes, size_t n, const double *weights,
                             const chr_links *links)
{
    uint64_t hash = 0;
    for (size_t i = 0; i < n; i++) {
        if (codes[i] != '\n') {
            hash = hash * CHR_BASE + codes[i];
            continue;
        }
        *slot_of(links, key_of(hash)) = *weights++;
        hash = 0;
    }
}

/* Sum the weights of the features that templates make of columns. */
static double score(const chr_links *links, const char *templates, const piece *columns)
{
    double sum = 0;
    uint64_t hash = 0;
    for (const char *c = templates; *c; c++) {
        unsigned char code = (unsigned char)*c;
        if (code == '\n') {
            sum += weight_of(links, key_of(hash));
            hash = 0;
        } else if (code & 0x80) {
            const piece *value = columns + (code & 0x7F);
            hash = hash * value->power + value->hash;
        } else {
            hash = hash * CHR_BASE + code;
        }
    }
    return sum;
}

/* -- a document's runs ------------------------------------------------------------------------ */

typedef struct {
    const chr_words *words;
    const chr_run *runs;
    size_t n;
    uint32_t *before[KINDS]; /* how many runs of a kind stand before each run, and in all */
    uint32_t *pool[KINDS];   /* the runs of a kind */
    uint32_t *next_mark;     /* the first mark at or behind each word */
    piece after[KINDS], ahead[KINDS], none[KINDS]; /* "content after" and the like */
    piece bare, name, noun, opens, closes, both;
} scene;

static bool open_scene(scene *s, const chr_words *w, const chr_run *runs, size_t n)
{
    static const char *const kinds[KINDS] = {"", "source", "cue", "content"};
    uint32_t *memory = malloc((2 * KINDS * (n + 1) + w->n + 1) * sizeof *memory);
    if (!memory)
        return false;
    *s = (scene){.words = w, .runs = runs, .n = n, .next_mark = memory + 2 * KINDS * (n + 1)};
    for (int kind = 0; kind < KINDS; kind++) {
        s->before[kind] = memory + kind * (n + 1);
        s->pool[kind] = memory + (KINDS + kind) * (n + 1);
        uint32_t found = 0;
        for (size_t i = 0; i < n; i++) {
            s->before[kind][i] = found;
            if (runs[i].kind == (uint32_t)kind)
                s->pool[kind][found++] = (uint32_t)i;
        }
        s->before[kind][n] = found;
        s->after[kind] = join(spelt(kinds[kind]), spelt(" after"));
        s->ahead[kind] = join(spelt(kinds[kind]), spelt(" before"));
        s->none[kind] = join(spelt(kinds[kind]), spelt(" none"));
    }
    s->next_mark[w->n] = (uint32_t)w->n;
    for (size_t i = w->n; i-- > 0;)
        s->next_mark[i] = kind_at(w, i)->flags & IS_MARK ? (uint32_t)i : s->next_mark[i + 1];
    s->bare = spelt("bare");
    s->name = spelt("Name");
    s->noun = spelt("noun");
    s->opens = spelt("o");
    s->closes = spelt("c");
    s->both = spelt("oc");
    return true;
}

static void close_scene(scene *s)
{
    free(s->before[0]);
}

static size_t gap_of(const chr_run *run, const chr_run *other)
{
    if (other->first >= run->end)
        return other->first - run->end;
    return run->first >= other->end ? run->first - other->end : 0;
}

/* Find the nearest runs of a kind, of this paragraph and the one before; how many. */
static size_t find_candidates(const scene *s, size_t i, uint32_t kind, uint32_t *found)
{
    const chr_run *run = s->runs + i;
    uint32_t own = s->words->paragraph[run->first];
    size_t low = s->before[kind][i], n = s->before[kind][s->n], count = 0;
    size_t end = low + AROUND < n ? low + AROUND : n;
    for (size_t k = low > AROUND ? low - AROUND : 0; k < end; k++) {
        const chr_run *other = s->runs + s->pool[kind][k];
        uint32_t paragraph = s->words->paragraph[other->first];
        if (paragraph > own || own - paragraph > 1)
            continue;
        size_t place = count;
        while (place && gap_of(run, s->runs + found[place - 1]) > gap_of(run, other))
            place--;
        if (place >= CANDIDATES)
            continue;
        count += count < CANDIDATES;
        for (size_t k2 = count - 1; k2 > place; k2--)
            found[k2] = found[k2 - 1];
        found[place] = s->pool[kind][k];
    }
    return count;
}

/* -- columns ---------------------------------------------------------------------------------- */

/* Tell how content begins and ends: in marks, with "that", or bare. */
static void set_manner(const scene *s, const chr_run *run, piece *columns)
{
    const chr_kind *first = kind_at(s->words, run->first);
    bool opens = first->flags & MAY_OPEN;
    bool closes = kind_at(s->words, run->end - 1)->flags & MAY_CLOSE;
    if (opens || closes) {
        columns[MANNER] = opens && closes ? s->both : opens ? s->opens : s->closes;
        columns[MANNER_SHORT] = columns[MANNER];
    } else if (first->flags & IS_HEAD) {
        columns[MANNER] = word(s->words, run->first);
        columns[MANNER_SHORT] = join(letter(first->head[0]), letter(first->head[1]));
    } else {
        columns[MANNER] = s->bare;
        columns[MANNER_SHORT] = join(letter('b'), letter('a'));
    }
    columns[BEGINS] = word(s->words, run->first);
}

static void set_cue(const scene *s, const chr_run *run, piece *columns)
{
    columns[LAST_OF_CUE] = word(s->words, run->end - 1);
    columns[FIRST_OF_CUE] = word(s->words, run->first);
}

/* The words between two runs: all of a few, else the first and the last. */
static piece gap_words(const scene *s, size_t low, size_t high)
{
    piece gap = {0, 1};
    if (high <= low)
        return gap;
    if (high - low > 3)
        return join(join(word(s->words, low), spelt("..")), word(s->words, high - 1));
    gap = word(s->words, low);
    for (size_t i = low + 1; i < high; i++)
        gap = join(join(gap, letter(' ')), word(s->words, i));
    return gap;
}

/* The first letters of the marks between two runs. */
static piece gap_marks(const scene *s, size_t low, size_t high)
{
    piece marks = {0, 1};
    size_t letters = 0;
    for (size_t i = s->next_mark[low]; i < high && letters < MOST_MARKS;
         i = s->next_mark[i + 1]) {
        const uint32_t *head = kind_at(s->words, i)->head;
        for (size_t k = 0; k < MOST_MARKS && head[k] != UINT32_MAX && letters < MOST_MARKS; k++, letters++)
            marks = join(marks, letter(head[k]));
    }
    return marks;
}

/* Count the runs of each kind between two others, two for more. */
static piece runs_between(const scene *s, size_t one, size_t other)
{
    static const int kinds[] = {CONTENT, CUE, SOURCE};
    piece counts = {0, 1};
    for (int k = 0; k < 3; k++) {
        const uint32_t *before = s->before[kinds[k]];
        uint32_t n = before[other] - before[one + 1];
        counts = join(counts, digit(n < 2 ? n : 2));
    }
    return counts;
}

static size_t class_of(size_t distance)
{
    static const uint8_t steps[] = {0, 1, 2, 3, 5, 8, 13, 21, 34};
    size_t class = 0;
    while (class < sizeof steps && steps[class] < distance)
        class++;
    return class;
}

static void set_pair(const scene *s, size_t i, size_t j, piece *columns)
{
    const chr_run *run = s->runs + i, *other = s->runs + j;
    const chr_words *w = s->words;
    bool after = j > i;
    size_t low = after ? run->end : other->end, high = after ? other->first : run->first;
    size_t edge = after ? run->end - 1 : run->first;
    columns[NAME] = after ? s->after[run->kind] : s->ahead[run->kind];
    columns[FAR] = digit(class_of(high - low));
    columns[APART] = digit(w->sentence[other->first] != w->sentence[edge]);
    columns[INSIDE] = after ? runs_between(s, i, j) : runs_between(s, j, i);
    columns[GAP] = gap_words(s, low, high);
    columns[MARKS] = gap_marks(s, low, high);
    if (run->kind == CONTENT) {
        uint32_t saying = 0;
        for (size_t k = other->first; k < other->end; k++)
            saying = kind_at(w, k)->saying > saying ? kind_at(w, k)->saying : saying;
        columns[SAYING] = digit(saying);
        set_cue(s, other, columns);
    } else {
        const chr_kind *first = kind_at(w, other->first);
        columns[FORM] = first->flags & IS_PRONOUN   ? word(w, other->first)
                        : first->flags & IS_CAPITAL ? s->name
                                                    : s->noun;
    }
}

/* For each piece of content and each cue choose the likeliest of its candidates, or none: the
 * number of its run or -1, and the scores of none and the candidates, CANDIDATES + 1 a run, those
 * that are not there minus infinity. Other runs are left as they are. Returns 0, or -1 where
 * memory is lacking. */
CHR_API int chr_link(const chr_words *w, const chr_links *links, const chr_run *runs, size_t n,
                     int32_t *chosen, double *scores)
{
    scene s;
    if (!open_scene(&s, w, runs, n))
        return -1;
    for (size_t i = 0; i < n; i++) {
        const chr_run *run = runs + i;
        if (run->kind == SOURCE)
            continue;
        bool is_cue = run->kind == CUE;
        piece columns[COLUMNS] = {{0, 1}};
        uint32_t found[CANDIDATES];
        double *own = scores + i * OPTIONS, best;
        if (is_cue)
            set_cue(&s, run, columns);
        else
            set_manner(&s, run, columns);
        columns[NAME] = s.none[run->kind];
        own[0] = best = score(links, links->alone[is_cue], columns);
        chosen[i] = -1;
        size_t count = find_candidates(&s, i, is_cue ? SOURCE : CUE, found);
        for (size_t k = 0; k < count; k++) {
            set_pair(&s, i, found[k], columns);
            own[k + 1] = score(links, links->pair[is_cue], columns);
            if (own[k + 1] > best) {
                best = own[k + 1];
                chosen[i] = (int32_t)found[k];
            }
        }
        for (size_t k = count; k < CANDIDATES; k++)
            own[k + 1] = -1e300;
    }
    close_scene(&s);
    return 0;
}
