package org.allocman.manager;

import static org.allocman.manager.ClientReserveRecord.BELOW;
import static org.allocman.manager.ClientReserveRecord.CHUNK_BYTES;
import static org.allocman.manager.ClientReserveRecord.IN_CHUNK;
import static org.allocman.manager.ClientReserveRecord.READY;
import static org.allocman.manager.ClientReserveRecord.TOP;

import org.allocman.vka.Memory;

/** The content of a client's reserve: a stack of handles, slots or addresses, in chunks of the pools' memory. */
final class ReserveStack {
    private final Memory memory;
    private final ManagedMemory chunks;

    ReserveStack(Memory memory, ManagedMemory chunks) {
        this.memory = memory;
        this.chunks = chunks;
    }

    long size(long reserve) {
        return READY.get(memory, reserve);
    }

    long top(long reserve) {
        return memory.load64(TOP.get(memory, reserve), ClientReserveRecord.value(size(reserve) - 1));
    }

    /** The chunk for the next value, which {@link #push} or {@link #cancel} must follow; or a refusal. */
    long prepare(long reserve) {
        return needsChunk(reserve) ? chunks.allocate(CHUNK_BYTES) : TOP.get(memory, reserve);
    }

    private boolean needsChunk(long reserve) {
        return size(reserve) % IN_CHUNK == 0;
    }

    void cancel(long reserve, long chunk) {
        if (needsChunk(reserve)) {
            chunks.free(chunk, CHUNK_BYTES);
        }
    }

    void push(long reserve, long chunk, long value) {
        long size = size(reserve);
        if (needsChunk(reserve)) {
            BELOW.set(memory, chunk, TOP.get(memory, reserve));
            TOP.set(memory, reserve, chunk);
        }
        memory.store64(chunk, ClientReserveRecord.value(size), value);
        READY.set(memory, reserve, size + 1);
    }

    /** Removes the topmost value and returns it. */
    long pop(long reserve) {
        long value = top(reserve);
        long size = size(reserve) - 1;
        long chunk = TOP.get(memory, reserve);
        memory.store64(chunk, ClientReserveRecord.value(size), 0);
        READY.set(memory, reserve, size);
        if (size % IN_CHUNK == 0) {
            TOP.set(memory, reserve, BELOW.get(memory, chunk));
            chunks.free(chunk, CHUNK_BYTES);
        }
        return value;
    }
}
