/*
 * A client of allocman's wire (docs/wire.md) in C: no allocation, no library. Give it two functions that write and read bytes, for
 * instance of a serial line, and call the kernel on the other end in the shape of seL4's own invocations.
 *
 * Every call returns 0, or why it was refused: 1 to 10 seL4's errors, 100 and more an allocator's, 200 and more the wire's own, and a
 * negative number if the connection broke. After a call, `values` has what the answer brought: a result, or an error's details.
 */
#ifndef ALLOCMAN_H
#define ALLOCMAN_H

#include <stddef.h>
#include <stdint.h>

#define ALLOCMAN_LINE 512    /* longest line that is sent, and of which a part is kept that is received */
#define ALLOCMAN_BATCH 2048  /* bytes of requests that go out together */
#define ALLOCMAN_VALUES 32   /* most values of an answer that are kept */

enum {
    ALLOCMAN_OK = 0,
    ALLOCMAN_FAILED_LOOKUP = 6,
    ALLOCMAN_DELETE_FIRST = 8,
    ALLOCMAN_REVOKE_FIRST = 9,
    ALLOCMAN_NOT_ENOUGH_MEMORY = 10,
    ALLOCMAN_MISTAKE = 200,
    ALLOCMAN_MEMORY_FAULT = 201,
    ALLOCMAN_BROKEN = -1,  /* the connection is gone */
    ALLOCMAN_NONSENSE = -2 /* the other end does not keep to the protocol */
};

enum { ALLOCMAN_WRITE = 1, ALLOCMAN_READ = 2, ALLOCMAN_GRANT = 4, ALLOCMAN_GRANT_REPLY = 8, ALLOCMAN_ALL_RIGHTS = 15 };

typedef struct allocman {
    int (*write)(void *context, const char *bytes, size_t count); /* 0 if all bytes were written */
    long (*read)(void *context, char *bytes, size_t room);        /* how many were read, 1 or more; else it is the end */
    void *context;

    int error;                         /* what the last call returned */
    unsigned count;                    /* how many values its answer had, at most ALLOCMAN_VALUES */
    uint64_t values[ALLOCMAN_VALUES];  /* those that are numbers; words are 0 */
    char line[ALLOCMAN_LINE];          /* the answer itself, cut off if it is longer */

    uint64_t id;
    int held;
    unsigned waiting, refused;
    int first_refusal;
    size_t filled, from, to;
    char out[ALLOCMAN_BATCH], in[ALLOCMAN_LINE];
} allocman_t;

typedef struct {
    uint64_t first_empty, end_empty;      /* empty slots of the root CNode */
    uint64_t first_untyped, end_untyped;  /* slots with untypeds */
    uint64_t pool, pool_bytes;            /* memory that is mapped and zero; 0 if there is none */
    uint64_t free_from;                   /* virtual address from which on nothing is mapped */
} allocman_boot_info_t;

typedef struct {
    uint64_t slot, paddr;
    unsigned size_bits;
    int device;
} allocman_untyped_t;

typedef struct {
    uint64_t root, index;
    unsigned depth;
} allocman_path_t;

typedef struct {
    uint64_t size_bits, cptr, handle;
} allocman_object_t;

void allocman_init(allocman_t *a, int (*write)(void *, const char *, size_t), long (*read)(void *, char *, size_t),
                   void *context);

/* Any command of docs/wire.md, without an id. */
int allocman_ask(allocman_t *a, const char *command);

/* From here on calls are gathered and return 0; release sends what is left, and tells the first refusal of all of them. */
void allocman_hold(allocman_t *a);
int allocman_release(allocman_t *a, unsigned *refused);

int allocman_boot(allocman_t *a, const char *which);
int allocman_boot_info(allocman_t *a, allocman_boot_info_t *info);
int allocman_boot_untyped(allocman_t *a, unsigned number, allocman_untyped_t *untyped);

int allocman_untyped_retype(allocman_t *a, uint64_t untyped, unsigned type, unsigned size_bits, uint64_t root,
                            uint64_t node_index, unsigned node_depth, uint64_t node_offset, unsigned count);
int allocman_cnode_copy(allocman_t *a, allocman_path_t to, allocman_path_t from, unsigned rights);
int allocman_cnode_mint(allocman_t *a, allocman_path_t to, allocman_path_t from, unsigned rights, uint64_t badge);
int allocman_cnode_move(allocman_t *a, allocman_path_t to, allocman_path_t from);
int allocman_cnode_mutate(allocman_t *a, allocman_path_t to, allocman_path_t from, uint64_t badge);
int allocman_cnode_rotate(allocman_t *a, allocman_path_t to, uint64_t to_badge, allocman_path_t pivot,
                          uint64_t pivot_badge, allocman_path_t from);
int allocman_cnode_delete(allocman_t *a, allocman_path_t at);
int allocman_cnode_revoke(allocman_t *a, allocman_path_t at);
int allocman_cnode_cancel_badged_sends(allocman_t *a, allocman_path_t at);
int allocman_cnode_save_caller(allocman_t *a, allocman_path_t at);

int allocman_page_map(allocman_t *a, uint64_t frame, uint64_t vspace, uint64_t vaddr, unsigned rights,
                      uint64_t attributes);
int allocman_page_unmap(allocman_t *a, uint64_t frame);
int allocman_page_get_address(allocman_t *a, uint64_t frame, uint64_t *paddr);
int allocman_table_map(allocman_t *a, uint64_t table, uint64_t vspace, uint64_t vaddr, uint64_t attributes);
int allocman_table_unmap(allocman_t *a, uint64_t table);
int allocman_asid_pool_assign(allocman_t *a, uint64_t pool, uint64_t vspace);
int allocman_asid_control_make_pool(allocman_t *a, uint64_t control, uint64_t untyped, allocman_path_t to);

int allocman_tcb_set_space(allocman_t *a, uint64_t tcb, uint64_t fault_endpoint, uint64_t cspace, uint64_t cspace_data,
                           uint64_t vspace, uint64_t vspace_data);
int allocman_tcb_configure(allocman_t *a, uint64_t tcb, uint64_t fault_endpoint, uint64_t cspace, uint64_t cspace_data,
                           uint64_t vspace, uint64_t vspace_data, uint64_t buffer, uint64_t buffer_frame);
int allocman_tcb_set_priority(allocman_t *a, uint64_t tcb, uint64_t authority, unsigned priority);
int allocman_tcb_bind_notification(allocman_t *a, uint64_t tcb, uint64_t notification);
int allocman_tcb_unbind_notification(allocman_t *a, uint64_t tcb);
int allocman_irq_control_get(allocman_t *a, uint64_t control, unsigned irq, allocman_path_t to);
int allocman_irq_handler_ack(allocman_t *a, uint64_t handler);
int allocman_irq_handler_set_notification(allocman_t *a, uint64_t handler, uint64_t notification);
int allocman_irq_handler_clear(allocman_t *a, uint64_t handler);

int allocman_load64(allocman_t *a, uint64_t vaddr, uint64_t *value);
int allocman_store64(allocman_t *a, uint64_t vaddr, uint64_t value);
int allocman_load32(allocman_t *a, uint64_t vaddr, uint32_t *value);
int allocman_store32(allocman_t *a, uint64_t vaddr, uint32_t value);

/* With a manager on the other end. A type is a word, for instance "tcb"; its size is that of a script. */
int allocman_vka_alloc(allocman_t *a, const char *type, unsigned size, allocman_object_t *object);
int allocman_vka_alloc_at(allocman_t *a, const char *type, unsigned size, uint64_t paddr, allocman_object_t *object);
int allocman_vka_free(allocman_t *a, const char *type, const allocman_object_t *object);
int allocman_vka_address(allocman_t *a, const char *type, const allocman_object_t *object, uint64_t *paddr);
int allocman_vka_slot(allocman_t *a, allocman_path_t *slot);
int allocman_vka_free_slot(allocman_t *a, allocman_path_t slot);

#endif
