/* Cut paragraphs into words and marks, and number the different ones.
 *
 * A word is letters and digits, with hyphens and apostrophes between them; initials and a few
 * abbreviations have their full stops. Everything else but white space is a mark by itself, three
 * full stops are one, and hyphens in a row. */
#include "characters.h"
#include "tagger.h"

static inline bool in_word(const chr_text *t, size_t i, size_t end)
{
    return i < end && is(t, i, IN_WORD);
}

static inline bool is_initial(const chr_text *t, size_t i, size_t end)
{
    return i + 1 < end && t->codes[i] >= 'A' && t->codes[i] <= 'Z' && t->codes[i + 1] == '.';
}

/* Return where "U.S.", "J." or "U.S.A" ends, which begins with an initial. */
static size_t initials_end(const chr_text *t, size_t i, size_t end)
{
    while (is_initial(t, i, end))
        i += 2;
    bool letter = i < end && t->codes[i] >= 'A' && t->codes[i] <= 'Z';
    return letter && !in_word(t, i + 1, end) ? i + 1 : i;
}

/* Return where an abbreviation with its full stop ends, or 0. */
static size_t abbreviation_end(const chr_text *t, size_t i, size_t end)
{
    uint64_t letters = 0;
    for (size_t j = i; j < end && j <= i + LONGEST_ABBREVIATION && t->codes[j] < 0x80; j++) {
        if (t->codes[j] == '.')
            return abbreviates(t, letters) ? j + 1 : 0;
        letters = letters << 8 | t->codes[j];
    }
    return 0;
}

static inline bool joins(uint32_t code)
{
    return code == '\'' || code == '-' || code == '`' || code == 0x2019 || code == 0x2013;
}

static size_t word_end(const chr_text *t, size_t i, size_t end)
{
    for (;;) {
        while (in_word(t, i, end))
            i++;
        if (i >= end || !joins(t->codes[i]) || !in_word(t, i + 1, end))
            return i;
        i++;
    }
}

static size_t mark_end(const chr_text *t, size_t i, size_t end)
{
    const uint32_t *c = t->codes;
    if (c[i] == '.')
        return i + 2 < end && c[i + 1] == '.' && c[i + 2] == '.' ? i + 3 : i + 1;
    size_t j = i;
    while (j < end && c[j] == '-')
        j++;
    return j > i ? j : i + 1;
}

static size_t token_end(const chr_text *t, size_t i, size_t end)
{
    if (!in_word(t, i, end))
        return mark_end(t, i, end);
    if (is_initial(t, i, end))
        return initials_end(t, i, end);
    size_t short_end = abbreviation_end(t, i, end);
    return short_end ? short_end : word_end(t, i, end);
}

/* What is made of a text. Places are code points; all arrays have room for as many words as the
 * paragraphs have characters. */
typedef struct {
    uint32_t *starts, *ends, *types, *paragraph, *sentence;
    uint32_t *firsts; /* where each type stands first, as a number of a word */
    uint32_t *bounds; /* of the paragraphs that have words */
    uint64_t n, n_types, n_paragraphs;
} chr_cut;

/* Number a word's type; `slots` has numbers of types and one added, 2^k of them. */
static uint32_t type_of(const chr_text *t, chr_cut *cut, uint32_t *slots, size_t mask)
{
    const uint32_t *word = t->codes + cut->starts[cut->n];
    size_t length = cut->ends[cut->n] - cut->starts[cut->n];
    uint64_t hash = 0;
    for (size_t i = 0; i < length; i++)
        hash = hash * CHR_BASE + word[i];
    for (size_t slot = chr_mix(hash) & mask;; slot = (slot + 1) & mask) {
        if (!slots[slot]) {
            cut->firsts[cut->n_types] = (uint32_t)cut->n;
            slots[slot] = (uint32_t)++cut->n_types;
            return slots[slot] - 1;
        }
        uint32_t first = cut->firsts[slots[slot] - 1];
        if (cut->ends[first] - cut->starts[first] == length
            && !memcmp(t->codes + cut->starts[first], word, length * sizeof *word))
            return slots[slot] - 1;
    }
}

/* Cut paragraphs, whose starts and ends are in `spans`; `begins` are starts of sentences in order,
 * and UINT32_MAX. Returns 0, or -1 where memory is lacking. */
CHR_API int chr_tokens(const chr_text *t, const uint32_t *spans, size_t n_spans,
                       const uint32_t *begins, chr_cut *cut)
{
    size_t size = 256, characters = 0;
    for (size_t p = 0; p < n_spans; p++)
        characters += spans[2 * p + 1] - spans[2 * p];
    while (size < 2 * characters)
        size *= 2;
    uint32_t *slots = calloc(size, sizeof *slots);
    if (!slots)
        return -1;
    uint32_t sentence = 0;
    for (size_t p = 0; p < n_spans; p++) {
        size_t end = spans[2 * p + 1], first = cut->n;
        for (size_t i = spans[2 * p]; i < end;) {
            if (is(t, i, IS_SPACE)) {
                i++;
                continue;
            }
            size_t n = cut->n;
            cut->starts[n] = (uint32_t)i;
            cut->ends[n] = (uint32_t)(i = token_end(t, i, end));
            cut->types[n] = type_of(t, cut, slots, size - 1);
            cut->paragraph[n] = (uint32_t)cut->n_paragraphs;
            if (n == first)
                sentence = (uint32_t)n;
            for (; *begins <= cut->starts[n]; begins++)
                sentence = (uint32_t)n;
            cut->sentence[n] = sentence;
            cut->n++;
        }
        if (cut->n > first)
            cut->bounds[++cut->n_paragraphs] = (uint32_t)cut->n;
    }
    free(slots);
    return 0;
}
