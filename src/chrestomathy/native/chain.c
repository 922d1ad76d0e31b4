/* Chain runs of equal words (Abouelhoda and Ohlebusch, Chaining algorithms for multiple genome
 * comparison, 2005): the plain quadratic form, since a passage has some hundred runs at most and
 * what a step costs depends on marks and texts and not on the distance alone.
 */
#include "native.h"

typedef struct {
    double jump;           /* price of a step to anywhere else */
    double mark;           /* of a step where the passage has an ellipsis mark */
    double gap, step;      /* of any shift between passage and source, and of each of its words */
    int64_t forward_words; /* a longer step forward is a jump */
} chr_prices;

static inline int64_t least(int64_t x, int64_t y)
{
    return x < y ? x : y;
}

static inline int64_t most(int64_t x, int64_t y)
{
    return x > y ? x : y;
}

/* Find the best chain of `n` runs, which are sorted by where they begin in the passage.
 *
 * Run k is passage[i, i + length) and the collection's words from `j` on, in text `source`.
 * `totals` sums up what the passage's words tell, from totals[0] = 0 on; `mark_after` has the
 * next ellipsis mark from each place on, or a number above all places. Of each run: `best` is
 * what the best chain that ends in it tells, `back` the run before it in that chain or -1, and
 * `trim` how many words of its head it loses to that run. Returns the last run of the best chain.
 * n is at least 1.
 */
CHR_API int64_t chr_chain(size_t n, const int64_t *i, const int64_t *j, const int64_t *length,
                          const int32_t *source, const double *totals, const int32_t *mark_after,
                          const chr_prices *prices, int32_t *back, int32_t *trim, double *best)
{
    size_t last = 0;
    for (size_t b = 0; b < n; b++) {
        int64_t end = i[b] + length[b];
        best[b] = totals[end] - totals[i[b]];
        back[b] = -1;
        trim[b] = 0;
        for (size_t a = 0; a < b; a++) {
            if (i[a] >= i[b])
                break; /* they are sorted: so do the others up to b */
            int64_t a_end = i[a] + length[a], a_j_end = j[a] + length[a];
            bool same = source[a] == source[b];
            int64_t head = most(0, a_end - i[b]);
            if (same && j[a] < j[b])
                head = most(head, least(a_j_end - j[b], length[b]));
            if (head >= length[b])
                continue; /* nothing would be left of it */
            int64_t begin = i[b] + head;
            int64_t lost = begin - a_end, stepped = j[b] + head - a_j_end, shift = stepped - lost;
            double price = 0.0;
            if (!same || stepped < 0)
                price = prices->jump;
            else if (mark_after[a_end] <= begin)
                price = prices->mark;
            else if (shift > prices->forward_words)
                price = prices->jump;
            else if (shift)
                price = prices->gap + prices->step * (double)(shift < 0 ? -shift : shift);
            double score = best[a] + totals[end] - totals[begin] - price - (double)lost;
            /* The first of equals, but only what is better than beginning here. */
            if (score > best[b]) {
                best[b] = score;
                back[b] = (int32_t)a;
                trim[b] = (int32_t)head;
            }
        }
        if (best[b] > best[last])
            last = b;
    }
    return (int64_t)last;
}
