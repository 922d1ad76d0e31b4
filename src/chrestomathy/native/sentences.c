/* Where sentences begin and end: the rules of `textkit/sentences.py`. */
#include "characters.h"

enum { LONGEST_WORD = 40, WIDE = 0x2FFF };

static inline bool is_stop(uint32_t code)
{
    return code == '.' || code == '!' || code == '?' || code == 0x2026;
}

static inline bool is_wide_stop(uint32_t code)
{
    return code == 0x3002 || code == 0xFF01 || code == 0xFF1F;
}

/* Return where a stop with its closing marks ends, or 0 where it is none: behind it stands a
 * space, nothing, or a script without spaces. */
static size_t stop_end(const chr_text *t, size_t run_end, size_t end)
{
    size_t i = run_end;
    while (i < end && is(t, i, CLOSES))
        i++;
    for (;; i--) {
        if (i == end || is(t, i, IS_SPACE) || t->codes[i] > WIDE)
            return i;
        if (i == run_end)
            return 0;
    }
}

/* Append what a letter folds to, if that is ASCII; false, where it is not. */
static bool fold_letter(uint32_t code, uint64_t *word, size_t *length)
{
    static const struct {
        uint32_t code;
        const char *folded;
    } odd[] = {
        {0xDF, "ss"}, {0x1E9E, "ss"}, {0x17F, "s"}, {0x212A, "k"}, {0xFB00, "ff"}, {0xFB01, "fi"},
        {0xFB02, "fl"}, {0xFB03, "ffi"}, {0xFB04, "ffl"}, {0xFB05, "st"}, {0xFB06, "st"},
    };
    char plain[2] = {(char)(code >= 'A' && code <= 'Z' ? code + 32 : code), 0};
    const char *folded = code < 0x80 ? plain : NULL;
    for (size_t k = 0; k < sizeof odd / sizeof *odd && !folded; k++)
        if (odd[k].code == code)
            folded = odd[k].folded;
    for (const char *c = folded; c && *c; c++, ++*length)
        *word = *word << 8 | (unsigned char)*c;
    return folded;
}

static bool is_abbreviation(const chr_text *t, size_t start, size_t end)
{
    uint64_t word = 0;
    size_t length = 0;
    for (size_t i = start; i < end; i++)
        if (!fold_letter(t->codes[i], &word, &length) || length > LONGEST_ABBREVIATION)
            return false;
    return abbreviates(t, word);
}

/* Tell whether two newlines follow each other, no matter what returns stand between. */
static bool has_blank(const chr_text *t, size_t i, size_t end)
{
    bool newline = false;
    for (; i < end; i++) {
        if (t->codes[i] == '\r')
            continue;
        if (newline && t->codes[i] == '\n')
            return true;
        newline = t->codes[i] == '\n';
    }
    return false;
}

/* Tell whether a stop from `stop` to `run_end`, with its marks up to `behind`, ends a sentence of
 * the paragraph from `start` to `end`. */
static bool ends(const chr_text *t, size_t start, size_t stop, size_t run_end, size_t behind,
                 size_t end)
{
    size_t first = behind;
    while (first < end && is(t, first, IS_SPACE | OPENS))
        first++;
    if (first == end) { /* what begins is the last mark itself */
        while (first > behind && is(t, first - 1, IS_SPACE))
            first--;
        if (first == behind)
            return true;
        first--;
    }
    if (has_blank(t, behind, first))
        return true;
    if (is(t, first, IS_LOWER))
        return false;
    if (run_end - stop != 1 || t->codes[stop] != '.')
        return true;
    size_t word_end = stop > start && t->codes[stop - 1] == '\n' ? stop - 1 : stop;
    size_t word = word_end;
    while (word > start && stop - word < LONGEST_WORD && !is(t, word - 1, PARTS))
        word--;
    if (word_end - word == 1 && is(t, word, IS_UPPER) && t->codes[word] != 'I')
        return false;
    return !is_abbreviation(t, word, word_end);
}

/* Add a stretch without the white space around it, if there is more. */
static void add(const chr_text *t, size_t start, size_t end, uint32_t *spans, size_t *n)
{
    while (start < end && is(t, start, IS_SPACE))
        start++;
    while (start < end && is(t, end - 1, IS_SPACE))
        end--;
    if (start == end)
        return;
    spans[2 * *n] = (uint32_t)start;
    spans[2 * *n + 1] = (uint32_t)end;
    ++*n;
}

static bool is_blank(uint32_t code)
{
    return code == ' ' || (code >= '\t' && code <= '\r' && code != '\n');
}

/* Split a paragraph. */
static void split(const chr_text *t, size_t start, size_t end, uint32_t *spans, size_t *n)
{
    const uint32_t *codes = t->codes;
    size_t begun = start;
    for (size_t i = start; i < end;) {
        size_t behind = i + 1;
        if (codes[i] == '\n') {
            while (behind < end && is_blank(codes[behind]))
                behind++;
            if (behind < end && codes[behind] == '\n') {
                add(t, begun, behind, spans, n);
                begun = behind;
            }
        } else if (is_stop(codes[i]) || is_wide_stop(codes[i])) {
            if (is_stop(codes[i]))
                while (behind < end && is_stop(codes[behind]))
                    behind++;
            size_t run_end = behind, found = stop_end(t, run_end, end);
            behind = found ? found : run_end;
            if (found && ends(t, start, i, run_end, behind, end)) {
                add(t, begun, behind, spans, n);
                begun = behind;
            }
        }
        i = behind;
    }
    add(t, begun, end, spans, n);
}

/* Split paragraphs, whose starts and ends are in `given`, into sentences: starts and ends in
 * `spans`, which has room for as many as the paragraphs have characters. Returns how many. */
CHR_API size_t chr_sentences(const chr_text *t, const uint32_t *given, size_t n_given,
                             uint32_t *spans)
{
    size_t n = 0;
    for (size_t p = 0; p < n_given; p++)
        split(t, given[2 * p], given[2 * p + 1], spans, &n);
    return n;
}
