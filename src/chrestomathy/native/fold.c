/* Fold a text to words: which characters make a word, and the hash of what they fold to.
 *
 * The rules are those of textkit/fold.py, where the tables come from and where the slow,
 * obvious twin of this file (`spell`) stands. A text goes through three passes:
 *
 *   classify   every character's class and the one byte that it folds to, sixteen at a time
 *   resolve    which of the special characters (points, signs, apostrophes …) belong to words;
 *              only they are looked at one by one
 *   emit       cut words, join initials and "per cent", put "dollars" behind amounts, hash
 *
 * A word's hash is taken over the UTF-8 bytes of what it folds to, eight at a time. Nearly all
 * words fold to as many ASCII letters as they have characters, and are hashed where they stand.
 */
#include "fold.h"

enum { SEPARATOR, LETTER, DIGIT, SINGLE, POINT, COMMA, APOSTROPHE, SIGN, SLASH, SUPER, DOLLAR,
       HIDDEN, RELATION, BRACKET };
enum { CLASS = 0x0F, COMBINING = 0x10, HYPHEN = 0x20, WHITE = 0x40, CAPITAL = 0x80, UNSEEN = 0xFF };
/* What a character is to its word. */
enum { OUT, IN, ALONE, SILENT, OPENING };
/* Results under zero; the first must be answered in `asked` before the text is folded again. */
enum { NO_MEMORY = -1, UNKNOWN_CHARACTERS = -2, TO_JUDGE = -3, TO_COMPOSE = -4, TO_UNCOVER = -5 };
enum { STEM_CHARACTERS = 4, ROOM = 64, N_SCALES = 5 };
#define HIGH_BITS 0x8080808080808080u /* of eight bytes */

typedef struct {
    const uint8_t *kinds; /* class and flags of each code point */
    const uint8_t *plain; /* the byte that it folds to, or 0 */
    const uint32_t *spelt_at; /* where its spelling begins in `spelt` */
    const uint8_t *spelt; /* spellings: length, then UTF-8 */
    uint64_t dollar, dollars, one, scales[N_SCALES]; /* hashes of words */
    uint32_t dollar_stem;
} chr_tables;

CHR_API chr_folder *chr_folder_new(void)
{
    return calloc(1, sizeof(chr_folder));
}

CHR_API void chr_folder_free(chr_folder *f)
{
    if (!f)
        return;
    void *owned[] = {f->hash, f->stem, f->start, f->end, f->asked, f->kind, f->plain,
                     f->mark, f->special, f->written, f->code};
    for (size_t k = 0; k < sizeof owned / sizeof *owned; k++)
        free(owned[k]);
    free(f);
}

/* ---- hashing ------------------------------------------------------------------------------ */

/* Read up to eight bytes as one number, little end first, whatever the machine's order. */
static inline uint64_t eight(const uint8_t *at, size_t n)
{
    uint64_t value;
    memcpy(&value, at, 8); /* every buffer has eight more bytes behind it */
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    value = __builtin_bswap64(value);
#endif
    return n >= 8 ? value : value & ((1ull << 8 * n) - 1);
}

static inline uint64_t hash_bytes(const uint8_t *at, size_t n)
{
    uint64_t h = chr_mix(eight(at, n));
    for (size_t done = 8; done < n; done += 8)
        h = chr_mix(h + (eight(at + done, n - done) ^ 0x9E3779B97F4A7C15u));
    return h;
}

/* Hash `n` bytes, behind which eight more can be read. */
CHR_API uint64_t chr_hash(const uint8_t *bytes, size_t n)
{
    return hash_bytes(bytes, n);
}

/* The head of a word as a number: itself where it has four bytes, else their hash. */
static inline uint32_t hash_stem(const uint8_t *at, size_t n)
{
    uint64_t bytes = eight(at, n);
    return n <= 4 ? (uint32_t)bytes : (uint32_t)(chr_mix(bytes) >> 32);
}

/* ---- classify ----------------------------------------------------------------------------- */

/* Decode one code point of valid UTF-8, lone surrogates included. */
static inline uint32_t decode(const uint8_t **at)
{
    const uint8_t *p = *at;
    uint32_t c = *p;
    if (c < 0x80) {
        *at = p + 1;
        return c;
    }
    if (c < 0xE0) {
        *at = p + 2;
        return (c & 0x1F) << 6 | (p[1] & 0x3F);
    }
    if (c < 0xF0) {
        *at = p + 3;
        return (c & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
    }
    *at = p + 4;
    return (c & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 | (uint32_t)(p[2] & 0x3F) << 6
           | (p[3] & 0x3F);
}

static bool push(uint32_t **array, size_t *n, size_t *capacity, uint32_t value)
{
    if (!chr_reserve((void **)array, capacity, *n + 1, sizeof value))
        return false;
    (*array)[(*n)++] = value;
    return true;
}

/* Give the arrays of characters room for `n`, and three of them separators on both sides. */
static bool make_room(chr_folder *f, size_t n)
{
    size_t wanted = n + 3 * ROOM;
    if (wanted > f->characters_capacity) {
        size_t grown = wanted + wanted / 2;
        uint8_t **arrays[] = {&f->kind, &f->plain, &f->mark};
        for (int k = 0; k < 3; k++) {
            uint8_t *moved = realloc(*arrays[k], grown);
            if (!moved)
                return false;
            *arrays[k] = moved;
        }
        f->characters_capacity = grown;
    }
    if (!chr_reserve((void **)&f->code, &f->codes_capacity, n, sizeof *f->code))
        return false;
    memset(f->kind, SEPARATOR, ROOM);
    memset(f->plain, 0, ROOM);
    memset(f->mark, OUT, ROOM);
    return true;
}

/* Sixteen characters at once, in the machine's own vectors. */
typedef uint8_t bytes16 __attribute__((vector_size(16)));

/* What `classify` knows and finds. */
typedef struct {
    chr_folder *f;
    const uint8_t *kinds, *plains; /* of each code point */
    uint8_t *kind, *plain, *mark; /* of each character */
    uint8_t flags; /* of all characters together */
    bool hides, lacks_memory;
} Classifier;

/* Look the character at `n` up. */
static inline void classify_one(Classifier *c, uint32_t code, size_t n)
{
    static const uint8_t marks[16] = {[LETTER] = IN, [DIGIT] = IN, [SINGLE] = ALONE};
    chr_folder *f = c->f;
    uint8_t k = c->kinds[code];
    c->kind[n] = k;
    c->plain[n] = c->plains[code];
    if (!c->plain[n])
        f->code[n] = code;
    c->mark[n] = marks[k & CLASS];
    c->flags |= k;
    if ((k & CLASS) < POINT)
        return;
    if (k == UNSEEN)
        c->lacks_memory |= !push(&f->asked, &f->n_asked, &f->asked_capacity, code);
    else
        c->lacks_memory |= !push(&f->special, &f->n_special, &f->special_capacity, (uint32_t)n);
    c->hides |= (k & CLASS) == HIDDEN;
}

/* Take the sixteen ASCII characters at `n`: letters and spaces are known without a table, and
 * the one or two others are looked up. */
static inline void classify_ascii(Classifier *c, const uint8_t *at, size_t n)
{
    bytes16 codes;
    memcpy(&codes, at, sizeof codes);
    bytes16 lower = codes | 0x20;
    bytes16 letter = (bytes16)((bytes16)(lower - 'a') < 26), space = (bytes16)(codes == ' ');
    bytes16 capital = letter & (bytes16)(codes != lower);
    bytes16 kind = (letter & LETTER) | (capital & CAPITAL) | (space & (SEPARATOR | WHITE));
    bytes16 mark = letter & IN, other = ~(letter | space);
    memcpy(c->kind + n, &kind, sizeof kind);
    memcpy(c->plain + n, &lower, sizeof lower);
    memcpy(c->mark + n, &mark, sizeof mark);
    uint8_t others[16];
    memcpy(others, &other, sizeof others);
    for (size_t half = 0; half < 16; half += 8)
        for (uint64_t left = eight(others + half, 8) & HIGH_BITS; left; left &= left - 1) {
            size_t k = half + (size_t)__builtin_ctzll(left) / 8;
            classify_one(c, at[k], n + k);
        }
}

/* Find every character's class. Returns how many there are, or a result under zero. */
static int64_t classify(chr_folder *f, const chr_tables *t, const uint8_t *text, size_t n_bytes,
                        bool composed)
{
    if (!make_room(f, n_bytes))
        return NO_MEMORY;
    Classifier c = {.f = f, .kinds = t->kinds, .plains = t->plain, .kind = f->kind + ROOM,
                    .plain = f->plain + ROOM, .mark = f->mark + ROOM};
    const uint8_t *at = text, *end = text + n_bytes;
    size_t n = 0;
    f->n_special = f->n_asked = 0;
    while (at < end) {
        const uint8_t *stop = end - at < 16 ? end : at + 16;
        if (stop - at == 16 && !((eight(at, 8) | eight(at + 8, 8)) & HIGH_BITS)) {
            classify_ascii(&c, at, n);
            at = stop;
            n += 16;
        }
        for (; at < stop; n++)
            classify_one(&c, decode(&at), n);
    }
    memset(c.kind + n, SEPARATOR, ROOM);
    memset(c.plain + n, 0, ROOM);
    memset(c.mark + n, OUT, ROOM);
    if (c.lacks_memory)
        return NO_MEMORY;
    if (f->n_asked)
        return UNKNOWN_CHARACTERS;
    return c.flags & COMBINING && !composed ? TO_COMPOSE : c.hides ? TO_UNCOVER : (int64_t)n;
}

/* ---- resolve ------------------------------------------------------------------------------ */

static inline bool wordly(uint8_t class)
{
    return class == LETTER || class == DIGIT;
}

/* Return where the line after a hyphen at a line's end goes on, or 0: "infor-\nmation". */
static size_t after_line_end(const uint8_t *kind, const uint8_t *plain, size_t i)
{
    size_t j = i + 1;
    while (plain[j] == ' ' || plain[j] == '\t' || plain[j] == '\r')
        j++;
    if (plain[j] == '\n')
        j += plain[j + 1] == '\f' ? 2 : 1;
    else if (plain[j] == '\f')
        j += plain[j + 1] == '\n' ? 2 : 1;
    else
        return 0;
    while (plain[j] == ' ' || plain[j] == '\t')
        j++;
    return (kind[j] & CLASS) == LETTER && !(kind[j] & CAPITAL) ? j : 0;
}

/* Tell whether a comma groups thousands: one to three digits, comma, three digits. */
static bool groups(const uint8_t *k)
{
#define IS_DIGIT(o) ((k[o] & CLASS) == DIGIT)
    return IS_DIGIT(-1) && IS_DIGIT(1) && IS_DIGIT(2) && IS_DIGIT(3) && !IS_DIGIT(4)
           && !(IS_DIGIT(-2) && IS_DIGIT(-3) && IS_DIGIT(-4));
#undef IS_DIGIT
}

/* Decide which special characters belong to words. What takes a look at the letters themselves
 * is asked of Python once, and answered by `answer_at` and `answers` in the next call. */
static int64_t resolve(chr_folder *f, const uint32_t *answer_at, const uint8_t *answers,
                       size_t n_answers, bool answered)
{
    uint8_t *kind = f->kind + ROOM, *plain = f->plain + ROOM, *mark = f->mark + ROOM;
    size_t next = 0;
    for (size_t s = 0; s < f->n_special; s++) {
        size_t i = f->special[s];
        uint8_t class = kind[i] & CLASS, before = kind[i - 1] & CLASS, after = kind[i + 1] & CLASS;
        uint8_t second = kind[i + 2] & CLASS;
        bool worded = wordly(before);
        bool free_before = !worded && before != SINGLE && before != SIGN && before != SUPER;
        bool amount = after == DIGIT
                      || ((after == POINT || after == DOLLAR || (after == SIGN && class == DOLLAR))
                          && second == DIGIT);
        bool ask = false;
        uint8_t kept = IN;
        switch (class) {
        case POINT:
            if (after == DIGIT && (before == DIGIT || (free_before && before != POINT)))
                mark[i] = IN;
            continue;
        case COMMA:
            if (groups(kind + i))
                mark[i] = SILENT;
            continue;
        case APOSTROPHE:
            if (worded && wordly(after))
                mark[i] = IN;
            continue;
        case SLASH:
            if (before == DIGIT && after == DIGIT)
                mark[i] = IN;
            continue;
        case DOLLAR:
            if (amount || (after == SEPARATOR && second == DIGIT && (kind[i + 1] & WHITE))) {
                mark[i] = before == SIGN ? SILENT : OPENING;
                if (!amount)
                    mark[i + 1] = SILENT;
            }
            continue;
        case SIGN:
            if (free_before && amount) {
                mark[i] = IN;
                continue;
            }
            if (before == LETTER && (kind[i] & HYPHEN)) {
                size_t on = after_line_end(kind, plain, i);
                for (size_t j = i; j < on; j++)
                    mark[j] = SILENT;
            }
            ask = plain[i] == '+' && before == SEPARATOR && after == SEPARATOR;
            break;
        case SUPER:
            if (before == DIGIT || before == SUPER) {
                mark[i] = IN;
                continue;
            }
            ask = before == LETTER;
            break;
        case RELATION:
            ask = true;
            kept = ALONE;
            break;
        case BRACKET: /* "judg[e]ment", "[T]he": only beside letters */
            ask = before == LETTER && (after == LETTER || (after == DIGIT && plain[i] == ']'));
            kept = SILENT;
            break;
        default:
            continue;
        }
        if (!ask)
            continue;
        if (!answered) {
            if (!push(&f->asked, &f->n_asked, &f->asked_capacity, (uint32_t)i))
                return NO_MEMORY;
            continue;
        }
        while (next < n_answers && answer_at[next] < i)
            next++;
        if (next < n_answers && answer_at[next] == i && answers[next])
            mark[i] = kept;
    }
    return f->n_asked ? TO_JUDGE : 0;
}

/* ---- emit --------------------------------------------------------------------------------- */

/* Make room for `more` words. */
static inline bool reserve_words(chr_folder *f, size_t more)
{
    if (f->n_words + more <= f->words_capacity)
        return true;
    size_t grown = f->words_capacity + f->words_capacity / 2 + 1024;
    void *hashes = realloc(f->hash, grown * sizeof *f->hash);
    if (hashes)
        f->hash = hashes;
    uint32_t **arrays[] = {&f->stem, &f->start, &f->end};
    for (int k = 0; k < 3; k++) {
        void *moved = realloc(*arrays[k], grown * sizeof **arrays[k]);
        if (!moved)
            return false;
        *arrays[k] = moved;
    }
    if (!hashes)
        return false;
    f->words_capacity = grown;
    return true;
}

/* Add a word that there is room for. */
static inline void put_word(chr_folder *f, uint64_t hash, uint32_t stem, uint32_t start, uint32_t end)
{
    size_t n = f->n_words++;
    f->hash[n] = hash;
    f->stem[n] = stem;
    f->start[n] = start;
    f->end[n] = end;
}

static bool add_word(chr_folder *f, uint64_t hash, uint32_t stem, uint32_t start, uint32_t end)
{
    if (!reserve_words(f, 1))
        return false;
    put_word(f, hash, stem, start, end);
    return true;
}

/* A text's words as they are cut, with what joining them needs to know. */
typedef struct {
    chr_folder *f;
    const chr_tables *t;
    uint32_t raw_start, raw_end; /* the last piece that was cut, joined or not */
    int chain; /* gap of the initials that the last piece was joined to: 0 none, 1, 2 spaced */
    bool pending; /* an amount waits for its "dollars" */
    bool one_dollar;
    uint32_t amount; /* its word */
} Cutter;

/* Hash a word that does not fold to one byte a character, by writing it out. */
static bool hash_odd(const Cutter *c, uint32_t start, uint32_t end, uint64_t *hash, uint32_t *stem)
{
    chr_folder *f = c->f;
    const uint8_t *plain = f->plain + ROOM, *mark = f->mark + ROOM;
    size_t n = 0, head = 0;
    for (uint32_t i = start; i < end; i++) {
        if (mark[i] == IN || mark[i] == ALONE) {
            const uint8_t single[2] = {1, plain[i]};
            const uint8_t *spelt = plain[i] ? single : c->t->spelt + c->t->spelt_at[f->code[i]];
            if (!chr_reserve((void **)&f->written, &f->written_capacity, n + *spelt + 8u, 1))
                return false;
            memcpy(f->written + n, spelt + 1, *spelt);
            n += *spelt;
        }
        if (i < start + STEM_CHARACTERS)
            head = n;
    }
    if (!chr_reserve((void **)&f->written, &f->written_capacity, n + 8, 1))
        return false;
    memset(f->written + n, 0, 8);
    *hash = hash_bytes(f->written, n);
    *stem = hash_stem(f->written, head);
    return true;
}

/* Put "dollars" behind an amount. */
static bool add_dollars(Cutter *c)
{
    if (!c->pending)
        return true;
    chr_folder *f = c->f;
    c->pending = false;
    size_t last = f->n_words - 1;
    uint64_t hash = c->one_dollar ? c->t->dollar : c->t->dollars;
    return add_word(f, hash, c->t->dollar_stem, f->start[c->amount], f->end[last]);
}

/* Tell whether two pieces have nothing but white space and hyphens between them. */
static bool only_hyphens_between(const chr_folder *f, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++)
        if (!(f->kind[ROOM + i] & (WHITE | HYPHEN)))
            return false;
    return true;
}

/* Tell whether the piece after an initial is the next one: "U.S.", "U. S." but not "U. Sa".
 * Returns the gap between them, 1 or 2, the same all along a chain; or 0. */
static int initial_gap(const Cutter *c, uint32_t start, uint32_t end)
{
    const uint8_t *kind = c->f->kind + ROOM, *plain = c->f->plain + ROOM;
    uint32_t before = c->raw_start, stop = c->raw_end;
    if (stop - before != 1 || end - start != 1 || plain[stop] != '.')
        return 0;
    if ((kind[before] & CLASS) != LETTER || (kind[start] & CLASS) != LETTER)
        return 0;
    for (uint32_t i = stop + 1; i < start; i++)
        if (!(kind[i] & WHITE))
            return 0;
    int gap = start == stop + 1 ? 1 : 2;
    bool stopped = plain[end] == '.';
    return (stopped || gap == 1) && (!c->chain || c->chain == gap) ? gap : 0;
}

/* Tell whether a piece is the "cent" of "per cent". */
static bool is_cent(const Cutter *c, uint32_t start, uint32_t end)
{
    const uint8_t *kind = c->f->kind + ROOM, *plain = c->f->plain + ROOM;
    if (end - start != 4 || c->raw_end - c->raw_start != 3 || c->raw_end == start)
        return false;
    if (memcmp(plain + start, "cent", 4) || memcmp(plain + c->raw_start, "per", 3))
        return false;
    int hyphens = 0;
    for (uint32_t i = c->raw_end; i < start; i++) {
        if (!(kind[i] & (WHITE | HYPHEN)))
            return false;
        hyphens += !(kind[i] & WHITE);
    }
    return hyphens <= 1;
}

/* Take one piece of text as a word, or as the rest of the word before it. */
static bool take_piece(Cutter *c, uint32_t start, uint32_t end, bool odd, bool amount)
{
    chr_folder *f = c->f;
    uint64_t hash;
    uint32_t stem;
    int gap = f->n_words && !c->pending ? initial_gap(c, start, end) : 0;
    bool joins = gap || (f->n_words && !c->pending && is_cent(c, start, end));
    c->chain = gap;
    uint32_t raw_end = c->raw_end;
    c->raw_start = start;
    c->raw_end = end;
    if (joins) {
        size_t last = f->n_words - 1;
        f->end[last] = end;
        return hash_odd(c, f->start[last], end, f->hash + last, f->stem + last);
    }
    if (odd) {
        if (!hash_odd(c, start, end, &hash, &stem))
            return false;
    } else {
        const uint8_t *at = f->plain + ROOM + start;
        uint32_t n = end - start;
        hash = hash_bytes(at, n);
        stem = hash_stem(at, n < STEM_CHARACTERS ? n : STEM_CHARACTERS);
    }
    if (c->pending) {
        bool scale = false;
        for (int k = 0; k < N_SCALES; k++)
            scale |= hash == c->t->scales[k];
        if (scale && only_hyphens_between(f, raw_end, start)) {
            c->one_dollar = false;
            return add_word(f, hash, stem, start, end) && add_dollars(c);
        }
        if (!add_dollars(c))
            return false;
    }
    if (amount) {
        c->pending = true;
        c->one_dollar = hash == c->t->one;
        c->amount = (uint32_t)f->n_words;
    }
    return add_word(f, hash, stem, start, end);
}

/* Take the run of characters from `start` to `end`, none of them OUT, piece by piece. */
static bool cut_run(Cutter *c, uint32_t start, uint32_t end)
{
    const uint8_t *kind = c->f->kind + ROOM, *plain = c->f->plain + ROOM, *mark = c->f->mark + ROOM;
    for (uint32_t i = start; i < end; start = i) {
        bool odd = false, amount = false;
        do {
            odd |= mark[i] != IN || !plain[i];
            amount |= (kind[i] & CLASS) == DOLLAR;
            i++;
        } while (i < end && mark[i - 1] != ALONE && mark[i] != ALONE && mark[i] != OPENING);
        if (!take_piece(c, start, i, odd, amount))
            return false;
    }
    return true;
}

/* Take a run that folds to one byte a character, as nearly all do; there is room for it. */
static inline bool take_plain(Cutter *c, uint32_t start, uint32_t end)
{
    uint32_t n = end - start, before = c->raw_end - c->raw_start;
    const uint8_t *at = c->f->plain + ROOM + start;
    if (c->pending || (n == 1 && before == 1) || (n == 4 && before == 3 && *at == 'c'))
        return take_piece(c, start, end, false, false); /* may be an initial, or "cent" */
    c->chain = 0;
    c->raw_start = start;
    c->raw_end = end;
    put_word(c->f, hash_bytes(at, n), (uint32_t)eight(at, n), start, end);
    return true;
}

/* Return a bit for each of 64 characters, 1 for those of words; and set in `odd` whether any
 * of these folds to no single byte, or stands in its word for nothing. */
static inline uint64_t bits_of(const uint8_t *mark, const uint8_t *plain, uint64_t *odd)
{
    const uint64_t ones = 0x0101010101010101u, nonzero = ones * 0x7F, gather = 0x0102040810204080u;
    uint64_t words = 0, odds = 0;
    for (int k = 0; k < 64; k += 8) { /* all values are under 0x80: adding 0x7F sets the high bit */
        uint64_t m = eight(mark + k, 8), worded = m + nonzero;
        odds |= worded & (((m ^ ones * IN) + nonzero) | ~(eight(plain + k, 8) + nonzero));
        words |= ((worded & HIGH_BITS) >> 7) * gather >> 56 << k;
    }
    *odd |= odds & HIGH_BITS;
    return words;
}

/* Cut the words of a text of `n` characters, 64 at a time: first all places where a run begins
 * or ends, then the runs, so that no branch depends on how long a word is. */
static int64_t emit(chr_folder *f, const chr_tables *t, size_t n)
{
    const uint8_t *plain = f->plain + ROOM, *mark = f->mark + ROOM;
    Cutter c = {.f = f, .t = t};
    uint32_t edges[1 + 64]; /* begin, end, begin … */
    size_t open = 0; /* 1 where a run goes on from the 64 characters before */
    uint64_t odd = 0; /* not 0 where that run, or another of these characters, may be odd */
    f->n_words = 0;
    for (size_t i = 0; i <= n; i += 64) { /* what stands behind the text ends the last run */
        uint64_t bits = bits_of(mark + i, plain + i, &odd);
        size_t n_edges = open;
        for (uint64_t left = bits ^ (bits << 1 | open); left; left &= left - 1)
            edges[n_edges++] = (uint32_t)i + (uint32_t)__builtin_ctzll(left);
        open = bits >> 63;
        if (!reserve_words(f, n_edges / 2))
            return NO_MEMORY;
        for (size_t k = 0; k + 1 < n_edges; k += 2) {
            bool taken = odd ? cut_run(&c, edges[k], edges[k + 1])
                             : take_plain(&c, edges[k], edges[k + 1]);
            if (!taken)
                return NO_MEMORY;
        }
        if (open)
            edges[0] = edges[n_edges - 1];
        odd = open ? odd : 0;
    }
    return add_dollars(&c) ? (int64_t)f->n_words : NO_MEMORY;
}

/* Fold a text of valid UTF-8. `composed`: its marks are composed as far as they can be.
 * Returns the number of its words, or one of the results under zero. */
CHR_API int64_t chr_fold(chr_folder *f, const chr_tables *t, const uint8_t *text, size_t n_bytes,
                         bool composed, const uint32_t *answer_at, const uint8_t *answers,
                         size_t n_answers, bool answered)
{
    int64_t n = classify(f, t, text, n_bytes, composed);
    if (n < 0)
        return n;
    int64_t result = resolve(f, answer_at, answers, n_answers, answered);
    return result < 0 ? result : emit(f, t, (size_t)n);
}
