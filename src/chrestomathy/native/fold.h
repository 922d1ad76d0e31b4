/* The words of one text, as fold.c leaves them. */
#ifndef CHRESTOMATHY_FOLD_H
#define CHRESTOMATHY_FOLD_H

#include "native.h"

typedef struct {
    uint64_t *hash; /* of each word */
    uint32_t *stem; /* hash of its head */
    uint32_t *start, *end; /* where it stands, in code points */
    size_t n_words, words_capacity;
    uint32_t *asked; /* what Python must answer before the text can be folded */
    size_t n_asked, asked_capacity;
    uint8_t *kind, *plain, *mark; /* of each character, with room on both sides */
    size_t characters_capacity;
    uint32_t *special; /* characters whose place in a word depends on their neighbours */
    size_t n_special, special_capacity;
    uint32_t *code; /* of each character that folds to no single byte */
    size_t codes_capacity;
    uint8_t *written; /* one odd word, spelt out */
    size_t written_capacity;
} chr_folder;

#endif
