/*
 * A toy kernel: untypeds, endpoints, TCBs, notifications and CNodes, of riscv64's sizes. It answers allocman's wire (docs/wire.md) on
 * its standard output, and keeps the parts of the contract that it has:
 *
 *     allocman contract --kernel ./toykernel --without badges,rotate,paging,asids,memory,threads,interrupts,manager,devices
 *
 * With -DSHALLOW_REVOKE it has a mistake that is easily made: docs/own-kernel.md finds it.
 */
#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* 64 KiB of memory. A slot takes 32 bytes of it, so that a CNode's slots are found by where the CNode lies. */
enum { MEMORY = 1 << 16, SLOTS = MEMORY / 32, ROOT = 2, ROOT_BITS = 8, FIRST_EMPTY = 20, WORD = 64, FAN_OUT = 256 };
enum { NONE = -1, UNTYPED = 0, TCB, ENDPOINT, NOTIFICATION, CNODE, TYPES };
enum { INVALID_ARGUMENT = 1, INVALID_CAPABILITY, ILLEGAL, RANGE, ALIGNMENT, LOOKUP, TRUNCATED, DELETE_FIRST, REVOKE_FIRST,
       NO_MEMORY };
static const char *const NAMES[] = {"",          "InvalidArgument", "InvalidCapability", "IllegalOperation", "RangeError",
                                    "AlignmentError", "FailedLookup",   "TruncatedMessage",  "DeleteFirst",      "RevokeFirst",
                                    "NotEnoughMemory"};
static const int FIXED_BITS[TYPES] = {0, 11, 4, 5, 0};

typedef struct {
    int type;          /* NONE if the slot is empty */
    int parent;        /* the slot of what it is derived from, or NONE */
    int bits;          /* size of the object */
    int is_original;   /* others can be derived from it */
    unsigned rights;
    uint64_t paddr, badge, used;
    uint64_t guard;    /* of a CNode: what a look-up has to begin with, */
    unsigned guard_bits; /* and how many bits that are */
} slot_t;

typedef struct {
    int error;
    uint64_t details[5];
    int count;
} reply_t;

static slot_t slots[SLOTS];

static reply_t ok(void) {
    return (reply_t){0, {0}, 0};
}

static reply_t error(int code, int count, uint64_t a, uint64_t b, uint64_t c) {
    return (reply_t){code, {a, b, c, 0, 0}, count};
}

static reply_t missing(int source, int left) {
    return error(LOOKUP, 3, (uint64_t)source, 2, (uint64_t)left);
}

/* --- the boot --- */

static void boot(void) {
    for (int i = 0; i < SLOTS; i++) {
        slots[i] = (slot_t){.type = NONE, .parent = NONE};
    }
    slots[ROOT] = (slot_t){.type = CNODE, .parent = NONE, .bits = ROOT_BITS + 5, .is_original = 1, .rights = 15,
                           .guard_bits = WORD - ROOT_BITS};
    /* the upper half of the memory */
    slots[FIRST_EMPTY - 1] =
        (slot_t){.type = UNTYPED, .parent = NONE, .bits = 15, .is_original = 1, .rights = 15, .paddr = MEMORY / 2};
}

/* --- looking up --- */

/* The slot at a place, or NONE with the reason. */
static int find(uint64_t root, uint64_t index, uint64_t depth, int source, reply_t *why) {
    if (root >= 1u << ROOT_BITS || slots[root].type != CNODE) {
        *why = error(LOOKUP, 2, (uint64_t)source, 1, 0);
        return NONE;
    }
    if (depth < 1 || depth > WORD) {
        *why = error(RANGE, 2, 1, WORD, 0);
        return NONE;
    }
    int node = (int)root;
    uint64_t left = depth;
    for (;;) {
        uint64_t radix = (uint64_t)slots[node].bits - 5, guard_bits = slots[node].guard_bits;
        if (guard_bits > left
            || (guard_bits && (index >> (left - guard_bits) & (~0ull >> (WORD - guard_bits))) != slots[node].guard)) {
            *why = error(LOOKUP, 5, (uint64_t)source, 4, left);
            why->details[3] = slots[node].guard;
            why->details[4] = guard_bits;
            return NONE;
        }
        if (guard_bits + radix > left) {
            *why = error(LOOKUP, 4, (uint64_t)source, 3, left);
            why->details[3] = guard_bits + radix;
            return NONE;
        }
        left -= guard_bits + radix;
        int slot = (int)(slots[node].paddr / 32 + (index >> left & ((1u << radix) - 1)));
        if (left == 0) {
            return slot;
        }
        if (slots[slot].type != CNODE) {
            *why = missing(source, (int)left);
            return NONE;
        }
        node = slot;
    }
}

/* --- who is derived from whom --- */

static int has_children(int slot) {
    for (int i = 0; i < SLOTS; i++) {
        if (slots[i].type != NONE && slots[i].parent == slot) {
            return 1;
        }
    }
    return 0;
}

static int is_last(int slot) {
    for (int i = 0; i < SLOTS; i++) {
        if (i != slot && slots[i].type == slots[slot].type && slots[i].paddr == slots[slot].paddr
            && slots[i].bits == slots[slot].bits) {
            return 0;
        }
    }
    return 1;
}

static void delete(int slot) {
    slot_t gone = slots[slot];
    if (gone.type == NONE) {
        return;
    }
    int last = is_last(slot);
    slots[slot] = (slot_t){.type = NONE, .parent = NONE};
    for (int i = 0; i < SLOTS; i++) {
        if (slots[i].type != NONE && slots[i].parent == slot) {
            slots[i].parent = gone.parent;
        }
    }
    if (gone.type == CNODE && last) {
        for (int i = 0; i < 1 << (gone.bits - 5); i++) {
            delete((int)(gone.paddr / 32) + i);
        }
    }
}

static void revoke(int slot) {
    for (int i = 0; i < SLOTS; i++) {
        if (slots[i].type != NONE && slots[i].parent == slot) {
#ifdef SHALLOW_REVOKE
            delete(i);
            slots[slot].used = 0;
#else
            revoke(i);
            delete(i);
            i = NONE; /* a CNode may have gone with it, and anything else */
#endif
        }
    }
}

/* --- invocations --- */

static reply_t retype(const uint64_t *n) {
    uint64_t type = n[1], size = n[2], root = n[3], depth = n[5], offset = n[6], count = n[7];
    if (n[0] >= 1u << ROOT_BITS || slots[n[0]].type != UNTYPED) {
        return error(slots[n[0] % SLOTS].type == NONE ? INVALID_CAPABILITY : ILLEGAL, 0, 0, 0, 0);
    }
    slot_t *untyped = &slots[n[0]];
    if (type >= TYPES) {
        return error(INVALID_ARGUMENT, 1, 0, 0, 0);
    }
    uint64_t bits = type == UNTYPED ? size : type == CNODE ? size + 5 : (uint64_t)FIXED_BITS[type];
    if (size >= WORD || bits > 38) {
        return error(RANGE, 2, 0, 38, 0);
    }
    if ((type == CNODE && size == 0) || (type == UNTYPED && size < 4)) {
        return error(INVALID_ARGUMENT, 1, 1, 0, 0);
    }
    int node = (int)root;
    if (depth != 0) {
        reply_t why = ok();
        node = find(root, n[4], depth, 0, &why);
        if (node == NONE) {
            return why;
        }
    } else if (root >= 1u << ROOT_BITS) {
        return missing(0, 0);
    }
    if (slots[node].type != CNODE) {
        return missing(0, (int)depth);
    }
    uint64_t room = 1ull << (slots[node].bits - 5);
    if (offset >= room) {
        return error(RANGE, 2, 0, room - 1, 0);
    }
    if (count < 1 || count > FAN_OUT) {
        return error(RANGE, 2, 1, FAN_OUT, 0);
    }
    if (count > room - offset) {
        return error(RANGE, 2, 1, room - offset, 0);
    }
    int first = (int)(slots[node].paddr / 32 + offset);
    for (uint64_t i = 0; i < count; i++) {
        if (slots[first + i].type != NONE) {
            return error(DELETE_FIRST, 0, 0, 0, 0);
        }
    }
    uint64_t used = has_children((int)n[0]) ? untyped->used : 0, size_bytes = 1ull << bits;
    uint64_t start = (used + size_bytes - 1) & ~(size_bytes - 1), end = 1ull << untyped->bits;
    if (start + count * size_bytes > end) {
        return error(NO_MEMORY, 1, end - used, 0, 0);
    }
    for (uint64_t i = 0; i < count; i++) {
        slots[first + i] = (slot_t){.type = (int)type, .parent = (int)n[0], .bits = (int)bits, .is_original = 1,
                                    .rights = 15, .paddr = untyped->paddr + start + i * size_bytes};
    }
    untyped->used = start + count * size_bytes;
    return ok();
}

/* copy, mint and move, which look at the destination first */
static reply_t transfer(const char *verb, const uint64_t *n, unsigned rights) {
    reply_t why = ok();
    int to = find(n[3], n[4], n[5], 0, &why);
    if (to == NONE) {
        return why;
    }
    if (slots[to].type != NONE) {
        return error(DELETE_FIRST, 0, 0, 0, 0);
    }
    int from = find(n[0], n[1], n[2], 1, &why);
    if (from == NONE) {
        return why;
    }
    if (slots[from].type == NONE) {
        return missing(1, (int)n[2]);
    }
    if (!strcmp(verb, "move")) {
        slots[to] = slots[from];
        slots[from] = (slot_t){.type = NONE, .parent = NONE};
        for (int i = 0; i < SLOTS; i++) {
            if (slots[i].type != NONE && slots[i].parent == from) {
                slots[i].parent = to;
            }
        }
        return ok();
    }
    int data = !strcmp(verb, "mint") && n[6] != 0, guard = data && slots[from].type == CNODE, badge = data && !guard;
    if (guard && (n[6] & 63) + (uint64_t)slots[from].bits - 5 > WORD) {
        return error(ILLEGAL, 0, 0, 0, 0);
    }
    if (badge && ((slots[from].type != ENDPOINT && slots[from].type != NOTIFICATION) || slots[from].badge)) {
        return error(ILLEGAL, 0, 0, 0, 0);
    }
    if (slots[from].type == UNTYPED) {
        if (has_children(from)) {
            return error(REVOKE_FIRST, 0, 0, 0, 0);
        }
        slots[from].used = 1ull << slots[from].bits; /* it counts as full while there is a copy, its child */
    }
    slots[to] = slots[from];
    slots[to].parent = slots[from].is_original ? from : slots[from].parent;
    slots[to].is_original = badge || slots[from].type == UNTYPED;
    slots[to].rights &= rights;
    slots[to].badge = badge ? n[6] : slots[from].badge;
    if (guard) {
        slots[to].guard_bits = n[6] & 63;
        slots[to].guard = n[6] >> 6;
    }
    return ok();
}

static reply_t cancel(int slot) {
    int all = slots[slot].type == ENDPOINT && slots[slot].rights == 15;
    return all ? ok() : error(ILLEGAL, 0, 0, 0, 0);
}

/* --- lines --- */

static unsigned rights_of(const char *line) {
    const char *at = strstr(line, " rights ");
    unsigned rights = 0;
    if (!at || !strncmp(at + 8, "all", 3)) {
        return 15;
    }
    for (at += 8; *at && *at != ' '; at++) {
        const char *bit = strchr("wrgp", *at);
        rights |= bit ? 1u << (bit - "wrgp") : 0;
    }
    return rights;
}

/* All numbers of a line behind its command, in their order. */
static int numbers(const char *s, uint64_t *n, int most) {
    int count = 0;
    while (*s && *s != '#' && count < most) {
        if (isdigit((unsigned char)*s)) {
            n[count++] = strtoull(s, (char **)&s, 0);
        } else if (isalpha((unsigned char)*s)) {
            while (isalnum((unsigned char)*s) || *s == '-') {
                s++;
            }
        } else {
            s++;
        }
    }
    return count;
}

static void answer(const char *id, reply_t reply) {
    printf("%s %s", id, reply.error ? "error" : "ok");
    if (reply.error) {
        printf(" %d %s", reply.error, NAMES[reply.error]);
    }
    for (int i = 0; i < reply.count; i++) {
        printf(" %llu", (unsigned long long)reply.details[i]);
    }
    puts("");
}

static reply_t on_slot(const char *verb, const uint64_t *n) {
    reply_t why = ok();
    int slot = find(n[0], n[1], n[2], 0, &why);
    if (slot == NONE) {
        return why;
    }
    if (!strcmp(verb, "cancel-badged-sends")) {
        return cancel(slot);
    }
    if (!strcmp(verb, "revoke")) {
        revoke(slot);
    } else {
        delete(slot);
    }
    return ok();
}

static void take(const char *id, const char *verb, const char *line) {
    uint64_t n[10] = {0};
    int count = numbers(line, n, 10);
    if (!strcmp(verb, "hello")) {
        printf("%s ok 1 # a toy\n", id);
    } else if (!strcmp(verb, "boot")) {
        boot();
        answer(id, ok());
    } else if (!strcmp(verb, "boot-info")) {
        printf("%s ok architecture riscv64 cnode-bits %d empty %d %d untypeds %d %d\n", id, ROOT_BITS, FIRST_EMPTY,
               1 << ROOT_BITS, FIRST_EMPTY - 1, FIRST_EMPTY);
    } else if (!strcmp(verb, "boot-untyped")) {
        printf("%s ok %d %d 15 normal\n", id, FIRST_EMPTY - 1, MEMORY / 2);
    } else if (!strcmp(verb, "retype") && count >= 8) {
        answer(id, retype(n));
    } else if ((!strcmp(verb, "copy") || !strcmp(verb, "mint") || !strcmp(verb, "move")) && count >= 6) {
        answer(id, transfer(verb, n, rights_of(line)));
    } else if ((!strcmp(verb, "delete") || !strcmp(verb, "revoke") || !strcmp(verb, "cancel-badged-sends")) && count >= 3) {
        answer(id, on_slot(verb, n));
    } else {
        answer(id, error(ILLEGAL, 0, 0, 0, 0));
    }
}

int main(void) {
    char line[4200], id[24], verb[32];
    boot();
    while (fgets(line, sizeof line, stdin)) {
        int behind = 0;
        if (sscanf(line, "%23s %31s%n", id, verb, &behind) == 2) {
            take(id, verb, line + behind);
            fflush(stdout);
        }
    }
    return 0;
}
