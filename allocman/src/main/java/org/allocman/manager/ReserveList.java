package org.allocman.manager;

import static org.allocman.manager.ClientReserveRecord.FIRST;
import static org.allocman.manager.ClientReserveRecord.HELD;
import static org.allocman.manager.ClientReserveRecord.NEXT;
import static org.allocman.manager.ClientReserveRecord.READY;
import static org.allocman.manager.ClientReserveRecord.SIZE;
import static org.allocman.manager.ClientReserveRecord.TOP;
import static org.allocman.manager.ClientReserveRecord.TYPE;
import static org.allocman.manager.ClientReserveRecord.WHAT;

import org.allocman.vka.Memory;

/** The list of the reserves that clients configured, in the order of their configuration. It allocates nothing. */
final class ReserveList {
    private final Memory memory;
    private final long state;

    ReserveList(Memory memory, PoolLayout layout) {
        this.memory = memory;
        this.state = layout.reserveState();
    }

    /** The first reserve; 0 if there is none. */
    long first() {
        return FIRST.get(memory, state);
    }

    /** The reserve that was configured next; 0 if there is none. */
    long next(long reserve) {
        return NEXT.get(memory, reserve);
    }

    /** The reserve of a content, a type and a size; 0 if there is none. */
    long find(int what, int type, int size) {
        long reserve = first();
        while (reserve != 0
                && (WHAT.get(memory, reserve) != what
                        || TYPE.get(memory, reserve) != type
                        || SIZE.get(memory, reserve) != size)) {
            reserve = next(reserve);
        }
        return reserve;
    }

    void append(long reserve) {
        long last = first();
        if (last == 0) {
            FIRST.set(memory, state, reserve);
            return;
        }
        while (next(last) != 0) {
            last = next(last);
        }
        NEXT.set(memory, last, reserve);
    }

    void remove(long reserve) {
        long next = next(reserve);
        if (first() == reserve) {
            FIRST.set(memory, state, next);
            return;
        }
        long before = first();
        while (next(before) != reserve) {
            before = next(before);
        }
        NEXT.set(memory, before, next);
    }

    /** Objects that lie in reserves, and so are no client's. */
    long heldObjects() {
        return HELD.get(memory, state);
    }

    void addHeldObjects(long more) {
        HELD.add(memory, state, more);
    }

    /** Whether a piece of memory lies in a reserve, or is a reserve's own record or chunk, and so is no client's. */
    boolean holds(long address) {
        for (long reserve = first(); reserve != 0; reserve = next(reserve)) {
            if (reserve == address || holds(reserve, address)) {
                return true;
            }
        }
        return false;
    }

    private boolean holds(long reserve, long address) {
        boolean isOfMemory = WHAT.get(memory, reserve) == ClientReserveRecord.MEMORY;
        long chunk = TOP.get(memory, reserve);
        for (long i = READY.get(memory, reserve) - 1; i >= 0; i--) {
            if (chunk == address || isOfMemory && memory.load64(chunk, ClientReserveRecord.value(i)) == address) {
                return true;
            }
            if (i % ClientReserveRecord.IN_CHUNK == 0) {
                chunk = ClientReserveRecord.BELOW.get(memory, chunk);
            }
        }
        return false;
    }
}
