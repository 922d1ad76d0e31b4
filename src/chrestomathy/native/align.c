/* Align two runs of words (Gotoh, An improved algorithm for matching biological sequences, 1982).
 *
 * Three scores a cell: the best alignment that ends in a pair (`match`), in a word of the passage
 * alone (`above`), in a word of the source alone (`along`). Only one row of scores is kept; a
 * cell leaves one byte, which says everything that the way back will ask of it.
 *
 * Sums are formed in the order in which the tests' slow twin forms them, so that both break ties
 * alike to the last bit; hence no -ffast-math and no contraction.
 */
#include <math.h>

#include "native.h"

typedef struct {
    double substitute;     /* a changed word */
    double open;           /* the first word of a gap */
    double kindred;        /* gain of a kindred word, as a share of a match */
    double extend_passage; /* each further word of the passage alone */
    double extend_source;  /* each further word of the source alone */
} chr_costs;

typedef struct {
    int32_t op, a0, a1, b0, b1;
} chr_op;

enum { NO_MEMORY = -1 };
enum { EQUAL, REPLACE, DELETE, INSERT };
enum { MATCH, ABOVE, ALONG };

/* What a cell's byte tells. */
enum {
    MATCH_NOT_UNDER_ABOVE = 1,
    MATCH_NOT_UNDER_ALONG = 2,
    ABOVE_NOT_UNDER_ALONG = 4,
    GOES_ON_ABOVE = 8,  /* a gap that comes down through this cell began earlier */
    GOES_ON_ALONG = 16, /* a gap that comes along through this cell began earlier */
};

typedef struct {
    double *match, *above, *along; /* of the row; `above` is carried down */
    double *best, *began;          /* of the row before: best score, and a gap begun there */
} Rows;

static inline double max(double x, double y)
{
    return x > y ? x : y;
}

/* Fill `match` and `above` of a row below the first from the row before. */
static void fill_down(const Rows *r, size_t n, uint32_t word, const uint32_t *b, double weight,
                      const uint32_t *stem, const uint32_t *b_stems, const chr_costs *costs)
{
    double *restrict match = r->match, *restrict above = r->above;
    const double *restrict best = r->best, *restrict began = r->began;
    double extend = costs->extend_passage, other = costs->substitute;

    for (size_t j = 0; j <= n; j++)
        above[j] = max(began[j], above[j] + extend);
    match[0] = -INFINITY;
    if (!stem) {
        for (size_t j = 0; j < n; j++)
            match[j + 1] = best[j] + (word == b[j] ? weight : other);
        return;
    }
    double near = costs->kindred * weight;
    for (size_t j = 0; j < n; j++) {
        double gain = *stem == b_stems[j] ? near : other;
        match[j + 1] = best[j] + (word == b[j] ? weight : gain);
    }
}

/* Fill `along` of a row: a running maximum of where a gap may have begun. */
static void fill_along(const Rows *r, size_t n, double opening, double extend)
{
    const double *restrict match = r->match, *restrict above = r->above;
    double *restrict along = r->along;
    double running = -INFINITY;
    along[0] = -INFINITY;
    for (size_t j = 0; j < n; j++) {
        running = max(running, max(match[j], above[j]) - extend * (double)j);
        along[j + 1] = running + opening + extend * (double)j;
    }
}

/* Write a row's bytes, and what the next row asks for. */
static void leave(const Rows *r, size_t n, double opening, double extend, const chr_costs *costs,
                  uint8_t *restrict cells)
{
    const double *restrict match = r->match, *restrict above = r->above, *restrict along = r->along;
    double *restrict best = r->best, *restrict began = r->began;
    double open = costs->open, extend_passage = costs->extend_passage;

    for (size_t j = 0; j <= n; j++) {
        began[j] = max(match[j], along[j]) + open;
        best[j] = max(max(match[j], above[j]), along[j]);
    }
    for (size_t j = 0; j <= n; j++) {
        double by_word = max(match[j], above[j]) + opening;
        /* Sums and not choices: a branch would be guessed wrong at every other cell. */
        int64_t cell = (match[j] >= above[j] ? MATCH_NOT_UNDER_ABOVE : 0)
                       + (match[j] >= along[j] ? MATCH_NOT_UNDER_ALONG : 0)
                       + (above[j] >= along[j] ? ABOVE_NOT_UNDER_ALONG : 0)
                       + (above[j] + extend_passage > began[j] ? GOES_ON_ABOVE : 0)
                       + (along[j] + extend > by_word ? GOES_ON_ALONG : 0);
        cells[j] = (uint8_t)cell;
    }
}

/* Return which of a cell's three scores is the best, the first of equals. */
static int best_state(unsigned cell)
{
    if ((cell & MATCH_NOT_UNDER_ABOVE) && (cell & MATCH_NOT_UNDER_ALONG))
        return MATCH;
    return cell & ABOVE_NOT_UNDER_ALONG ? ABOVE : ALONG;
}

/* Put one step before the operations found so far, which stand at the end of the buffer. */
static chr_op *prepend(chr_op *first, const chr_op *end, int32_t op, size_t i, size_t j)
{
    if (first == end || first->op != op) {
        first--;
        first->op = op;
        first->a1 = (int32_t)i + (op != DELETE);
        first->b1 = (int32_t)j + (op != INSERT);
    }
    first->a0 = (int32_t)i;
    first->b0 = (int32_t)j;
    return first;
}

/* Walk back from cell (m, j). Returns the number of operations, now at the buffer's beginning. */
static int64_t walk_back(const uint8_t *cells, const uint32_t *a, size_t m, const uint32_t *b,
                         size_t n, size_t j, bool open_start, chr_op *ops)
{
    chr_op *end = ops + m + n, *first = end;
    size_t i = m, width = n + 1;
    int state = best_state(cells[i * width + j]);

    while (i > 0 || (j > 0 && !open_start)) {
        if (state == MATCH && i && j) {
            i--, j--;
            first = prepend(first, end, a[i] == b[j] ? EQUAL : REPLACE, i, j);
            state = best_state(cells[i * width + j]);
        } else if ((state == ABOVE && i) || !j) {
            i--;
            first = prepend(first, end, INSERT, i, j);
            unsigned cell = cells[i * width + j];
            state = cell & GOES_ON_ABOVE           ? ABOVE
                    : cell & MATCH_NOT_UNDER_ALONG ? MATCH
                                                   : ALONG;
        } else {
            j--;
            first = prepend(first, end, DELETE, i, j);
            unsigned cell = cells[i * width + j];
            state = cell & GOES_ON_ALONG           ? ALONG
                    : cell & MATCH_NOT_UNDER_ABOVE ? MATCH
                                                   : ABOVE;
        }
    }
    memmove(ops, first, (size_t)(end - first) * sizeof *ops);
    return end - first;
}

/* Align the passage's words `a` (m of them) with the source's words `b` (n).
 *
 * `weights` says what a match of each word of `a` is worth. `a_stems` and `b_stems` are both
 * NULL, or make kindred words of those that differ and share a stem. `free_before` has m + 1
 * bytes: where one is not 0, a gap in the source before that word is free. `ops` has room for
 * m + n operations. Returns how many there are, or NO_MEMORY.
 */
CHR_API int64_t chr_align(const uint32_t *a, size_t m, const uint32_t *b, size_t n,
                          const double *weights, const uint32_t *a_stems, const uint32_t *b_stems,
                          const uint8_t *free_before, bool open_start, bool open_end,
                          const chr_costs *costs, chr_op *ops)
{
    enum { N_ROWS = 5 };
    size_t width = n + 1;
    if (width > SIZE_MAX / sizeof(double) / N_ROWS || m + 1 > SIZE_MAX / width)
        return NO_MEMORY;
    double *scores = malloc(N_ROWS * width * sizeof *scores);
    uint8_t *cells = malloc((m + 1) * width);
    if (!scores || !cells) {
        free(scores);
        free(cells);
        return NO_MEMORY;
    }
    Rows r = {scores, scores + width, scores + 2 * width, scores + 3 * width, scores + 4 * width};
    for (size_t j = 0; j <= n; j++) {
        r.match[j] = j == 0 || open_start ? 0.0 : -INFINITY;
        r.above[j] = -INFINITY;
    }
    for (size_t i = 0; i <= m; i++) {
        double opening = free_before[i] ? 0.0 : costs->open;
        double extend = free_before[i] ? 0.0 : costs->extend_source;
        if (i)
            fill_down(&r, n, a[i - 1], b, weights[i - 1], a_stems ? &a_stems[i - 1] : NULL,
                      b_stems, costs);
        fill_along(&r, n, opening, extend);
        leave(&r, n, opening, extend, costs, cells + i * width);
    }
    size_t j = n;
    if (open_end) {
        j = 0;
        for (size_t k = 1; k <= n; k++)
            if (r.best[k] > r.best[j])
                j = k;
    }
    int64_t n_ops = walk_back(cells, a, m, b, n, j, open_start, ops);
    free(scores);
    free(cells);
    return n_ops;
}
