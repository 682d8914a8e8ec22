/*
 * Boots a board, retypes, maps, handles refusals, and lets a manager allocate. Reads and writes descriptors 3 and 4, which the script
 * that starts it has connected to allocman serve.
 */
#include "allocman.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { ROOT = 2, VSPACE = 3, DEPTH = 64, ENDPOINT = 2, PAGE = 6, TABLE = 8 };

static int write_all(void *context, const char *bytes, size_t count) {
    (void)context;
    while (count) {
        ssize_t n = write(4, bytes, count);
        if (n <= 0) {
            return -1;
        }
        bytes += n;
        count -= (size_t)n;
    }
    return 0;
}

static long read_some(void *context, char *bytes, size_t room) {
    (void)context;
    return read(3, bytes, room);
}

static void check(int error, int wanted, const allocman_t *a, const char *what) {
    if (error != wanted) {
        fprintf(stderr, "%s: %d where %d is wanted: %s\n", what, error, wanted, a->line);
        exit(1);
    }
    printf("%-34s %s\n", what, a->line);
}

static allocman_path_t at(uint64_t slot) {
    return (allocman_path_t){ROOT, slot, DEPTH};
}

int main(void) {
    static allocman_t a;
    allocman_init(&a, write_all, read_some, 0);
    check(allocman_boot(&a, "tiny as riscv64 bare"), 0, &a, "boot");
    allocman_boot_info_t info;
    check(allocman_boot_info(&a, &info), 0, &a, "boot info");
    allocman_untyped_t untyped = {0, 0, 0, 1};
    for (unsigned i = 0; untyped.device || untyped.size_bits < 16; i++) {
        check(allocman_boot_untyped(&a, i, &untyped), 0, &a, "an untyped");
    }
    uint64_t empty = info.first_empty;

    /* an endpoint, a copy that may only be read, and a refusal */
    check(allocman_untyped_retype(&a, untyped.slot, ENDPOINT, 0, ROOT, 0, 0, empty, 1), 0, &a, "an endpoint");
    check(allocman_cnode_copy(&a, at(empty + 1), at(empty), ALLOCMAN_READ), 0, &a, "a copy of it");
    check(allocman_cnode_copy(&a, at(empty + 1), at(empty), ALLOCMAN_READ), ALLOCMAN_DELETE_FIRST, &a, "the slot is in use");

    /* a page, which is mapped as soon as all structures are there that the kernel says are missing */
    uint64_t vaddr = info.free_from, next = empty + 3, paddr, word;
    check(allocman_untyped_retype(&a, untyped.slot, PAGE, 0, ROOT, 0, 0, empty + 2, 1), 0, &a, "a frame");
    check(allocman_page_get_address(&a, empty + 2, &paddr), 0, &a, "where it is");
    int error;
    while ((error = allocman_page_map(&a, empty + 2, VSPACE, vaddr, ALLOCMAN_READ | ALLOCMAN_WRITE, 0))
           == ALLOCMAN_FAILED_LOOKUP) {
        printf("a table is missing, %u bits left\n", (unsigned)a.values[2]);
        check(allocman_untyped_retype(&a, untyped.slot, TABLE, 0, ROOT, 0, 0, next, 1), 0, &a, "a page table");
        check(allocman_table_map(&a, next, VSPACE, vaddr, 0), 0, &a, "it is mapped");
        next++;
    }
    check(error, 0, &a, "the frame is mapped");
    check(allocman_store64(&a, vaddr + 8, 0x1122334455667788u), 0, &a, "a store");
    check(allocman_load64(&a, vaddr + 8, &word), 0, &a, "a load");
    check(word == 0x1122334455667788u ? 0 : -1, 0, &a, "it is what was stored");

    /* many at once, with one refusal among them */
    unsigned refused;
    allocman_hold(&a);
    for (unsigned i = 0; i < 100; i++) {
        allocman_untyped_retype(&a, untyped.slot, ENDPOINT, 0, ROOT, 0, 0, next + (i == 50 ? 0 : i), 1);
    }
    check(allocman_release(&a, &refused), ALLOCMAN_DELETE_FIRST, &a, "99 endpoints in a batch");
    check((int)refused, 1, &a, "one was refused");

    check(allocman_cnode_revoke(&a, at(untyped.slot)), 0, &a, "all is taken back");
    check(allocman_load64(&a, vaddr + 8, &word), ALLOCMAN_MEMORY_FAULT, &a, "the page is gone");
    check(allocman_untyped_retype(&a, untyped.slot, 0, untyped.size_bits, ROOT, 0, 0, empty, 1), 0, &a, "it is whole");

    /* the same board with a manager on it */
    allocman_object_t tcb;
    check(allocman_boot(&a, "tiny as riscv64 managed"), 0, &a, "boot with a manager");
    check(allocman_vka_alloc(&a, "tcb", 0, &tcb), 0, &a, "a TCB");
    check(allocman_vka_address(&a, "tcb", &tcb, &paddr), 0, &a, "where it is");
    check(allocman_vka_free(&a, "tcb", &tcb), 0, &a, "given back");
    check(allocman_vka_free(&a, "tcb", &tcb), 110, &a, "a second time: STALE_HANDLE");
    check(allocman_ask(&a, "check"), 0, &a, "every invariant");
    check((int)a.values[0], 0, &a, "holds");
    puts("all is well");
    return 0;
}
