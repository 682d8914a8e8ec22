package org.allocman.untyped;

import static org.allocman.untyped.ArenaRecord.BASE;
import static org.allocman.untyped.ArenaRecord.CHILD_BITS;
import static org.allocman.untyped.ArenaRecord.FREE;
import static org.allocman.untyped.ArenaRecord.KIND;
import static org.allocman.untyped.ArenaRecord.SUB_ARENAS;

import org.allocman.vka.Memory;

/**
 * Blocks that are kept from everybody who does not ask for an address in them. Each is an arena of its own, in free lists that
 * only an address leads past. It is book-keeping alone: the kernel hears of it when something is made there.
 */
final class ArenaReservations {
    // no refusal of that number leaves the manager: the block that is wanted is made of arenas, which may all be empty
    static final long HAS_ARENAS = Long.MIN_VALUE;
    private static final int MOST_TURNS = 128;

    private final Memory memory;
    private final FreeLists lists;
    private final ArenaTree tree;
    private final UntypedTable table;

    ArenaReservations(Memory memory, FreeLists lists, ArenaTree tree, UntypedTable table) {
        this.memory = memory;
        this.lists = lists;
        this.tree = tree;
        this.table = table;
    }

    /** Where a free block begins, the smallest that is large enough; or a refusal. */
    long findFree(int kind, int bits) {
        int from = lists.least(kind, bits);
        if (from < 0 && tree.giveBackAllEmpty()) {
            from = lists.least(kind, bits);
        }
        if (from < 0) {
            return Refusal.OUT_OF_UNTYPED;
        }
        long arena = lists.first(kind, from);
        return BASE.get(memory, arena) + ((long) Long.numberOfTrailingZeros(FREE.get(memory, arena)) << from);
    }

    /** Reserves a free block; 0, or a refusal with nothing changed. */
    long reserve(long paddr, int bits, Requester requester) {
        long root = table.holding(paddr, bits);
        if (root == 0) {
            return Refusal.NOT_MANAGED;
        }
        long answer = reserveIn(root, paddr, bits, requester);
        if (answer != 0 && answer != Refusal.IN_USE && tree.giveBackAllEmpty()) {
            answer = reserveIn(root, paddr, bits, requester);
        }
        return answer == HAS_ARENAS ? Refusal.IN_USE : answer;
    }

    private long reserveIn(long root, long paddr, int bits, Requester requester) {
        long arena = root;
        int from = bits;
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            int outer = (int) CHILD_BITS.get(memory, arena);
            if (tree.isReservation(arena)) {
                return Refusal.IN_USE;
            }
            int child = (int) (paddr - BASE.get(memory, arena) >>> outer);
            boolean free = outer >= bits && (FREE.get(memory, arena) >>> child & 1) != 0;
            if (outer < bits) {
                // the block is several children: they are one again if nobody uses them
                long parent = tree.parent(arena);
                if (!tree.isEmpty(arena)) {
                    return SUB_ARENAS.get(memory, arena) != 0 ? HAS_ARENAS : Refusal.IN_USE;
                }
                if (tree.giveBack(arena) != 0) {
                    return Refusal.IN_USE;
                }
                arena = parent;
            } else if (free && outer == bits) {
                return reserveChild(arena, child, from, requester);
            } else if (free) {
                from = Math.max(from, outer);
                long sub = tree.splitForAddress(arena, child, bits, requester);
                if (sub < 0) {
                    tree.uncarve(arena, from);
                    return sub;
                }
                arena = sub;
            } else if ((SUB_ARENAS.get(memory, arena) >>> child & 1) != 0) {
                arena = tree.subArena(arena, child);
            } else {
                return Refusal.IN_USE;
            }
        }
        throw new IllegalStateException("arenas lie within themselves");
    }

    /** An arena with one child of the same size, in lists of its own. */
    private long reserveChild(long arena, int child, int from, Requester requester) {
        long block = tree.split(arena, child, (int) CHILD_BITS.get(memory, arena), 0, requester);
        if (block < 0) {
            tree.uncarve(arena, from);
            return block;
        }
        lists.remove(block);
        KIND.set(memory, block, ManagerState.RESERVED);
        lists.push(block);
        return 0;
    }

    /** The reserved block that an address is in, as an arena; 0 if it is in none. */
    long holding(long paddr) {
        long arena = table.holding(paddr, 0);
        while (arena != 0 && !tree.isReservation(arena)) {
            int child = (int) (paddr - BASE.get(memory, arena) >>> CHILD_BITS.get(memory, arena));
            arena = (SUB_ARENAS.get(memory, arena) >>> child & 1) != 0 ? tree.subArena(arena, child) : 0;
        }
        return arena;
    }

    /** Gives a reserved block back; 0, or a refusal with nothing changed. */
    long unreserve(long paddr, int bits) {
        long arena = holding(paddr);
        if (arena == 0 || BASE.get(memory, arena) != paddr || CHILD_BITS.get(memory, arena) != bits) {
            return Refusal.NOT_RESERVED;
        }
        if (!tree.isEmpty(arena)) {
            tree.giveBackAllEmpty();
        }
        return tree.isEmpty(arena) ? tree.giveBack(arena) : Refusal.IN_USE;
    }
}
