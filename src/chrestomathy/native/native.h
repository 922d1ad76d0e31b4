/* What TRACE's hot loops share: how functions are exported, and how hashes are spread.
 *
 * Plain C11 without Python.h: one library serves every Python, ctypes calls it, and other
 * threads run meanwhile. Whoever changes a signature raises CHR_ABI here and in __init__.py.
 */
#ifndef CHRESTOMATHY_NATIVE_H
#define CHRESTOMATHY_NATIVE_H

#define _DEFAULT_SOURCE /* madvise */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#ifdef __linux__
#include <sys/mman.h>
#endif

#define CHR_ABI 4
#define CHR_API __attribute__((visibility("default")))

/* Spread a hash over all 64 bits (the finaliser of SplitMix64, Steele et al. 2014). */
static inline uint64_t chr_mix(uint64_t h)
{
    h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9u;
    h = (h ^ (h >> 27)) * 0x94D049BB133111EBu;
    return h ^ (h >> 31);
}

/* Ask for large pages where an array is large: it is read at random, and each page of 4 KiB
 * would be a fault when it is first written and a miss of the address cache later. */
static inline void *chr_large(void *array, size_t bytes)
{
#if defined(__linux__) && defined(MADV_HUGEPAGE)
    if (array && bytes >= 1u << 21) {
        uintptr_t first = ((uintptr_t)array + 4095) & ~(uintptr_t)4095;
        madvise((void *)first, ((uintptr_t)array + bytes - first) & ~(uintptr_t)4095, MADV_HUGEPAGE);
    }
#else
    (void)bytes;
#endif
    return array;
}

/* Make room for `wanted` elements; false, and the array as it was, where memory is lacking. */
static inline bool chr_reserve(void **array, size_t *capacity, size_t wanted, size_t size)
{
    if (wanted <= *capacity)
        return true;
    size_t grown = *capacity + *capacity / 2;
    if (grown < wanted)
        grown = wanted;
    if (grown < 256)
        grown = 256;
    void *moved = realloc(*array, grown * size);
    if (!moved)
        return false;
    *array = chr_large(moved, grown * size);
    *capacity = grown;
    return true;
}

#endif
