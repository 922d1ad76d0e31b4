/* A text in code points, and what each code point is (`textkit/characters.py`). */
#ifndef CHRESTOMATHY_CHARACTERS_H
#define CHRESTOMATHY_CHARACTERS_H

#include "native.h"

enum {
    IS_SPACE = 1,
    IN_WORD = 2, /* letters, digits and the underscore */
    IS_OTHER = 4,
    IS_LOWER = 8,
    IS_UPPER = 16, /* letters only */
    OPENS = 32, /* may stand before the first word of a sentence, behind the last, and beside words */
    CLOSES = 64,
    PARTS = 128,
};

/* Abbreviations are up to eight letters, a byte each. */
typedef struct {
    const uint32_t *codes;
    const uint8_t *classes; /* of each code point there is */
    const uint64_t *abbreviations;
    uint64_t n_abbreviations;
} chr_text;

enum { LONGEST_ABBREVIATION = 8 };

static inline bool abbreviates(const chr_text *t, uint64_t word)
{
    for (size_t k = 0; k < t->n_abbreviations; k++)
        if (t->abbreviations[k] == word)
            return true;
    return false;
}

static inline bool is(const chr_text *t, size_t i, uint8_t class)
{
    return t->classes[t->codes[i]] & class;
}

#endif
