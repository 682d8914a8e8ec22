#include "allocman.h"

#include <stdarg.h>

void allocman_init(allocman_t *a, int (*write)(void *, const char *, size_t), long (*read)(void *, char *, size_t),
                   void *context) {
    a->write = write;
    a->read = read;
    a->context = context;
    a->error = 0;
    a->count = 0;
    a->id = 0;
    a->held = 0;
    a->waiting = a->refused = 0;
    a->first_refusal = 0;
    a->filled = a->from = a->to = 0;
}

/* --- writing a line --- */

typedef struct {
    char bytes[ALLOCMAN_LINE];
    size_t length;
} text_t;

static void put(text_t *text, char c) {
    /* a line that is too long stays too long, and is not sent */
    if (text->length < ALLOCMAN_LINE) {
        text->bytes[text->length++] = c;
    }
}

static void put_text(text_t *text, const char *s) {
    while (*s) {
        put(text, *s++);
    }
}

static void put_number(text_t *text, uint64_t number) {
    int shift = 60;
    put_text(text, "0x");
    while (shift > 0 && (number >> shift) == 0) {
        shift -= 4;
    }
    for (; shift >= 0; shift -= 4) {
        put(text, "0123456789abcdef"[number >> shift & 15]);
    }
}

static void put_decimal(text_t *text, uint64_t number) {
    char digits[20];
    int n = 0;
    do {
        digits[n++] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    while (n) {
        put(text, digits[--n]);
    }
}

static void put_rights(text_t *text, unsigned rights) {
    for (int bit = 0; bit < 4; bit++) {
        if (rights >> bit & 1) {
            put(text, "wrgp"[bit]);
        }
    }
    if (!(rights & 15)) {
        put_text(text, "none");
    }
}

/* --- reading an answer --- */

static int next_byte(allocman_t *a) {
    if (a->from == a->to) {
        long n = a->read(a->context, a->in, sizeof a->in);
        if (n <= 0) {
            return -1;
        }
        a->from = 0;
        a->to = (size_t)n;
    }
    return (unsigned char)a->in[a->from++];
}

static const char *skip(const char *s) {
    while (*s == ' ') {
        s++;
    }
    return s;
}

static const char *word_end(const char *s) {
    while (*s && *s != ' ') {
        s++;
    }
    return s;
}

/* A whole word that is a number; 0 if it is another word. */
static int number(const char *s, const char *end, uint64_t *value) {
    uint64_t n = 0;
    unsigned base = 10;
    if (end - s > 2 && s[0] == '0' && s[1] == 'x') {
        base = 16;
        s += 2;
    }
    if (s == end) {
        return 0;
    }
    for (; s < end; s++) {
        unsigned digit = *s >= '0' && *s <= '9' ? (unsigned)(*s - '0')
                         : *s >= 'a' && *s <= 'f' ? (unsigned)(*s - 'a' + 10)
                                                  : 16;
        if (digit >= base) {
            return 0;
        }
        n = n * base + digit;
    }
    *value = n;
    return 1;
}

static int starts(const char *s, const char *end, const char *word) {
    while (s < end && *word && *s == *word) {
        s++;
        word++;
    }
    return s == end && !*word;
}

static int answer(allocman_t *a, uint64_t id) {
    size_t length = 0;
    int c;
    while ((c = next_byte(a)) != '\n') {
        if (c < 0) {
            return a->error = ALLOCMAN_BROKEN;
        }
        if (length < ALLOCMAN_LINE - 1 && c != '\r') {
            a->line[length++] = (char)c;
        }
    }
    a->line[length] = 0;
    a->count = 0;
    uint64_t value;
    const char *s = a->line, *end = word_end(s);
    if (!number(s, end, &value) || value != id) {
        return a->error = ALLOCMAN_NONSENSE;
    }
    s = skip(end);
    end = word_end(s);
    uint64_t error = 0;
    if (!starts(s, end, "ok")) {
        const char *first = skip(end), *behind = word_end(first);
        if (!starts(s, end, "error") || !number(first, behind, &error) || error == 0 || error > 100000) {
            return a->error = ALLOCMAN_NONSENSE;
        }
        end = word_end(skip(behind)); /* the name */
    }
    for (s = skip(end); *s && *s != '#'; s = skip(end)) {
        end = word_end(s);
        if (a->count < ALLOCMAN_VALUES) {
            a->values[a->count] = 0;
            number(s, end, &a->values[a->count++]);
        }
    }
    return a->error = (int)error;
}

static int settle(allocman_t *a) {
    if (a->filled && a->write(a->context, a->out, a->filled)) {
        a->filled = 0;
        a->waiting = 0;
        return a->error = ALLOCMAN_BROKEN;
    }
    a->filled = 0;
    int error = 0;
    while (a->waiting) {
        error = answer(a, a->id - --a->waiting);
        if (error < 0) {
            a->waiting = 0;
            return error;
        }
        if (error) {
            a->refused++;
            a->first_refusal = a->first_refusal ? a->first_refusal : error;
        }
    }
    return error;
}

static int send_text(allocman_t *a, const text_t *text) {
    if (text->length == ALLOCMAN_LINE) {
        return a->error = ALLOCMAN_MISTAKE;
    }
    text_t id;
    id.length = 0;
    put_decimal(&id, a->id + 1);
    put(&id, ' ');
    if (a->filled + id.length + text->length + 1 > sizeof a->out) {
        int error = settle(a);
        if (error < 0) {
            return error;
        }
    }
    for (size_t i = 0; i < id.length; i++) {
        a->out[a->filled++] = id.bytes[i];
    }
    for (size_t i = 0; i < text->length; i++) {
        a->out[a->filled++] = text->bytes[i];
    }
    a->out[a->filled++] = '\n';
    a->id++;
    a->waiting++;
    return a->held ? 0 : settle(a);
}

/* In a form, % is a number, @ a path (root, index, depth), ! rights, $ a word. */
static int say(allocman_t *a, const char *form, ...) {
    text_t text;
    text.length = 0;
    va_list rest;
    va_start(rest, form);
    for (; *form; form++) {
        switch (*form) {
        case '%':
            put_number(&text, va_arg(rest, uint64_t));
            break;
        case '!':
            put_rights(&text, va_arg(rest, unsigned));
            break;
        case '$':
            put_text(&text, va_arg(rest, const char *));
            break;
        case '@': {
            allocman_path_t path = va_arg(rest, allocman_path_t);
            put_number(&text, path.root);
            put(&text, '/');
            put_number(&text, path.index);
            put(&text, ':');
            put_number(&text, path.depth);
            break;
        }
        default:
            put(&text, *form);
        }
    }
    va_end(rest);
    return send_text(a, &text);
}

static int one(int error, const allocman_t *a, uint64_t *value) {
    if (!error && !a->held) {
        if (!a->count) {
            return ALLOCMAN_NONSENSE;
        }
        *value = a->values[0];
    }
    return error;
}

int allocman_ask(allocman_t *a, const char *command) {
    return say(a, "$", command);
}

void allocman_hold(allocman_t *a) {
    a->held = 1;
    a->refused = 0;
    a->first_refusal = 0;
}

int allocman_release(allocman_t *a, unsigned *refused) {
    int error = settle(a);
    a->held = 0;
    if (refused) {
        *refused = a->refused;
    }
    return error < 0 ? error : a->first_refusal;
}

/* --- the boot --- */

int allocman_boot(allocman_t *a, const char *which) {
    int error = say(a, "hello 1");
    if (!error && (!a->count || a->values[0] != 1)) {
        return ALLOCMAN_NONSENSE;
    }
    return error ? error : say(a, "boot $", which);
}

/* The values behind a word of the last answer. */
static int behind(const allocman_t *a, const char *word, uint64_t *first, uint64_t *second) {
    for (const char *s = skip(a->line), *end; *s && *s != '#'; s = skip(end)) {
        end = word_end(s);
        if (starts(s, end, word)) {
            const char *next = skip(end), *next_end = word_end(next);
            const char *last = skip(next_end);
            if (first && !number(next, next_end, first)) {
                return 0;
            }
            return !second || number(last, word_end(last), second);
        }
    }
    return 0;
}

int allocman_boot_info(allocman_t *a, allocman_boot_info_t *info) {
    int error = say(a, "boot-info");
    if (error) {
        return error;
    }
    info->pool = info->pool_bytes = info->free_from = 0;
    behind(a, "pool", &info->pool, &info->pool_bytes);
    behind(a, "free-from", &info->free_from, 0);
    return behind(a, "empty", &info->first_empty, &info->end_empty)
                   && behind(a, "untypeds", &info->first_untyped, &info->end_untyped)
               ? 0
               : ALLOCMAN_NONSENSE;
}

int allocman_boot_untyped(allocman_t *a, unsigned n, allocman_untyped_t *untyped) {
    int error = say(a, "boot-untyped %", (uint64_t)n);
    if (error) {
        return error;
    }
    if (a->count < 4) {
        return ALLOCMAN_NONSENSE;
    }
    untyped->slot = a->values[0];
    untyped->paddr = a->values[1];
    untyped->size_bits = (unsigned)a->values[2];
    const char *s = a->line;
    for (int i = 0; i < 5; i++) {
        s = skip(word_end(s));
    }
    untyped->device = *s == 'd';
    return 0;
}

/* --- invocations --- */

int allocman_untyped_retype(allocman_t *a, uint64_t untyped, unsigned type, unsigned size_bits, uint64_t root,
                            uint64_t node_index, unsigned node_depth, uint64_t node_offset, unsigned count) {
    allocman_path_t node = {root, node_index, node_depth};
    return say(a, "retype % % % -> @/% count %", untyped, (uint64_t)type, (uint64_t)size_bits, node, node_offset,
               (uint64_t)count);
}

int allocman_cnode_copy(allocman_t *a, allocman_path_t to, allocman_path_t from, unsigned rights) {
    return say(a, "copy @ -> @ rights !", from, to, rights);
}

int allocman_cnode_mint(allocman_t *a, allocman_path_t to, allocman_path_t from, unsigned rights, uint64_t badge) {
    return say(a, "mint @ -> @ rights ! badge %", from, to, rights, badge);
}

int allocman_cnode_move(allocman_t *a, allocman_path_t to, allocman_path_t from) {
    return say(a, "move @ -> @", from, to);
}

int allocman_cnode_mutate(allocman_t *a, allocman_path_t to, allocman_path_t from, uint64_t badge) {
    return say(a, "mutate @ -> @ badge %", from, to, badge);
}

int allocman_cnode_rotate(allocman_t *a, allocman_path_t to, uint64_t to_badge, allocman_path_t pivot,
                          uint64_t pivot_badge, allocman_path_t from) {
    return say(a, "rotate @ via @ -> @ badge % pivot-badge %", from, pivot, to, to_badge, pivot_badge);
}

int allocman_cnode_delete(allocman_t *a, allocman_path_t at) {
    return say(a, "delete @", at);
}

int allocman_cnode_revoke(allocman_t *a, allocman_path_t at) {
    return say(a, "revoke @", at);
}

int allocman_cnode_cancel_badged_sends(allocman_t *a, allocman_path_t at) {
    return say(a, "cancel-badged-sends @", at);
}

int allocman_cnode_save_caller(allocman_t *a, allocman_path_t at) {
    return say(a, "save-caller @", at);
}

int allocman_page_map(allocman_t *a, uint64_t frame, uint64_t vspace, uint64_t vaddr, unsigned rights,
                      uint64_t attributes) {
    return say(a, "map-page % at % in % rights ! attributes %", frame, vaddr, vspace, rights, attributes);
}

int allocman_page_unmap(allocman_t *a, uint64_t frame) {
    return say(a, "unmap-page %", frame);
}

int allocman_page_get_address(allocman_t *a, uint64_t frame, uint64_t *paddr) {
    return one(say(a, "address %", frame), a, paddr);
}

int allocman_table_map(allocman_t *a, uint64_t table, uint64_t vspace, uint64_t vaddr, uint64_t attributes) {
    return say(a, "map-table % at % in % attributes %", table, vaddr, vspace, attributes);
}

int allocman_table_unmap(allocman_t *a, uint64_t table) {
    return say(a, "unmap-table %", table);
}

int allocman_asid_pool_assign(allocman_t *a, uint64_t pool, uint64_t vspace) {
    return say(a, "assign-asid % from %", vspace, pool);
}

int allocman_asid_control_make_pool(allocman_t *a, uint64_t control, uint64_t untyped, allocman_path_t to) {
    return say(a, "make-asid-pool % -> @ with %", untyped, to, control);
}

int allocman_tcb_set_space(allocman_t *a, uint64_t tcb, uint64_t fault_endpoint, uint64_t cspace, uint64_t cspace_data,
                           uint64_t vspace, uint64_t vspace_data) {
    return say(a, "set-space % cspace % vspace % cspace-data % vspace-data % fault %", tcb, cspace, vspace, cspace_data,
               vspace_data, fault_endpoint);
}

int allocman_tcb_configure(allocman_t *a, uint64_t tcb, uint64_t fault_endpoint, uint64_t cspace, uint64_t cspace_data,
                           uint64_t vspace, uint64_t vspace_data, uint64_t buffer, uint64_t buffer_frame) {
    return say(a, "configure-tcb % cspace % vspace % cspace-data % vspace-data % fault % buffer % buffer-frame %", tcb,
               cspace, vspace, cspace_data, vspace_data, fault_endpoint, buffer, buffer_frame);
}

int allocman_tcb_set_priority(allocman_t *a, uint64_t tcb, uint64_t authority, unsigned priority) {
    return say(a, "set-priority % priority % authority %", tcb, (uint64_t)priority, authority);
}

int allocman_tcb_bind_notification(allocman_t *a, uint64_t tcb, uint64_t notification) {
    return say(a, "bind-notification % to %", tcb, notification);
}

int allocman_tcb_unbind_notification(allocman_t *a, uint64_t tcb) {
    return say(a, "unbind-notification %", tcb);
}

int allocman_irq_control_get(allocman_t *a, uint64_t control, unsigned irq, allocman_path_t to) {
    return say(a, "irq-get % -> @ with %", (uint64_t)irq, to, control);
}

int allocman_irq_handler_ack(allocman_t *a, uint64_t handler) {
    return say(a, "ack %", handler);
}

int allocman_irq_handler_set_notification(allocman_t *a, uint64_t handler, uint64_t notification) {
    return say(a, "set-notification % to %", handler, notification);
}

int allocman_irq_handler_clear(allocman_t *a, uint64_t handler) {
    return say(a, "clear %", handler);
}

/* --- memory --- */

int allocman_load64(allocman_t *a, uint64_t vaddr, uint64_t *value) {
    return one(say(a, "load64 %", vaddr), a, value);
}

int allocman_store64(allocman_t *a, uint64_t vaddr, uint64_t value) {
    return say(a, "store64 % value %", vaddr, value);
}

int allocman_load32(allocman_t *a, uint64_t vaddr, uint32_t *value) {
    uint64_t word = 0;
    int error = one(say(a, "load32 %", vaddr), a, &word);
    if (!error) {
        *value = (uint32_t)word;
    }
    return error;
}

int allocman_store32(allocman_t *a, uint64_t vaddr, uint32_t value) {
    return say(a, "store32 % value %", vaddr, (uint64_t)value);
}

/* --- an allocator --- */

static int object(int error, const allocman_t *a, allocman_object_t *object) {
    if (!error && !a->held) {
        if (a->count < 3) {
            return ALLOCMAN_NONSENSE;
        }
        object->size_bits = a->values[0];
        object->cptr = a->values[1];
        object->handle = a->values[2];
    }
    return error;
}

int allocman_vka_alloc(allocman_t *a, const char *type, unsigned size, allocman_object_t *made) {
    return object(say(a, "vka-alloc $ size %", type, (uint64_t)size), a, made);
}

int allocman_vka_alloc_at(allocman_t *a, const char *type, unsigned size, uint64_t paddr, allocman_object_t *made) {
    return object(say(a, "vka-alloc $ size % at %", type, (uint64_t)size, paddr), a, made);
}

int allocman_vka_free(allocman_t *a, const char *type, const allocman_object_t *o) {
    return say(a, "vka-free $ size % slot % handle %", type, o->size_bits, o->cptr, o->handle);
}

int allocman_vka_address(allocman_t *a, const char *type, const allocman_object_t *o, uint64_t *paddr) {
    return one(say(a, "vka-address $ size % slot % handle %", type, o->size_bits, o->cptr, o->handle), a, paddr);
}

int allocman_vka_slot(allocman_t *a, allocman_path_t *slot) {
    int error = say(a, "vka-slot");
    if (!error && !a->held) {
        if (a->count < 3) {
            return ALLOCMAN_NONSENSE;
        }
        slot->root = a->values[0];
        slot->index = a->values[1];
        slot->depth = (unsigned)a->values[2];
    }
    return error;
}

int allocman_vka_free_slot(allocman_t *a, allocman_path_t slot) {
    return say(a, "vka-free-slot @", slot);
}
