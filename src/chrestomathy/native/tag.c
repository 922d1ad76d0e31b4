/* Tag words by a linear-chain conditional random field: the best path of Viterbi (1967).
 *
 * Features are hashes of a template and the values that it names (lift/tagger/features.py). The
 * weights that the model has are rows of a few small integers, one a tag, found by their sorted
 * keys; most features have none. */
#include "native.h"

enum { TAGS = 5, BUCKET_BITS = 16, MOST_VALUES = 4 };
#define OUTSIDE 7u /* stands for a word beyond the paragraph's edge */

/* A template's values: columns and how far the neighbour stands whose value is meant; a column
 * under zero ends them. */
typedef struct {
    int32_t column, step;
} chr_value;

/* Make the features of `n` words, a row a word. `columns` has n values each; `templates` has
 * MOST_VALUES each. */
CHR_API void chr_features(const uint32_t *columns, size_t n, const uint32_t *paragraph,
                          const chr_value *templates, size_t n_templates, uint32_t *out)
{
    for (size_t k = 0; k < n_templates; k++) {
        const chr_value *values = templates + k * MOST_VALUES;
        for (size_t i = 0; i < n; i++) {
            uint64_t hash = (k + 1) * 0x9E3779B97F4A7C15u;
            for (int v = 0; v < MOST_VALUES && values[v].column >= 0; v++) {
                size_t there = i + (size_t)(int64_t)values[v].step;
                bool inside = there < n && paragraph[there] == paragraph[i];
                hash += inside ? columns[(size_t)values[v].column * n + there] : OUTSIDE;
                hash = chr_mix(hash);
            }
            out[i * n_templates + k] = (uint32_t)(hash >> 32);
        }
    }
}

typedef struct {
    const uint32_t *keys; /* sorted */
    const uint32_t *buckets; /* first key of each value of the upper 16 bits, and the end */
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

/* Tag the words of one paragraph; `back` has room for n * TAGS. */
static void tag_paragraph(const chr_tagger *t, const uint32_t *features, size_t n,
                          size_t n_templates, uint8_t *back, uint8_t *tags)
{
    float best[TAGS] = {0}, next[TAGS];
    for (size_t i = 0; i < n; i++) {
        int32_t sums[TAGS] = {0};
        for (size_t k = 0; k < n_templates; k++)
            add_weights(t, features[i * n_templates + k], sums);
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

/* Tag paragraphs: `bounds` has the first word of each, and the end. Returns 0, or -1 where
 * memory is lacking. */
CHR_API int chr_tag(const chr_tagger *t, const uint32_t *features, size_t n_templates,
                    const uint32_t *bounds, size_t n_paragraphs, uint8_t *tags)
{
    size_t longest = 0;
    for (size_t p = 0; p < n_paragraphs; p++)
        if (bounds[p + 1] - bounds[p] > longest)
            longest = bounds[p + 1] - bounds[p];
    uint8_t *back = malloc(longest * TAGS + 1);
    if (!back)
        return -1;
    for (size_t p = 0; p < n_paragraphs; p++)
        tag_paragraph(t, features + bounds[p] * n_templates, bounds[p + 1] - bounds[p], n_templates,
                      back, tags + bounds[p]);
    free(back);
    return 0;
}
