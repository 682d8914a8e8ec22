package org.allocman.check.museum;

import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Refusal;
import org.allocman.untyped.Requester;

/** Puts what is freed into a queue, and frees it when somebody allocates. */
class DeferringUntypeds extends SmallUntypeds {
    private static final int ROOM = 2;

    private final long queue;

    DeferringUntypeds(Home home) {
        super(home);
        this.queue = home.small();
    }

    private long queued(int index) {
        return memory.load64(queue + (long) index * Long.BYTES, 0);
    }

    /** Frees what is in the queue, unless the kernel will not. */
    final void flush() {
        for (int i = 0; i < ROOM; i++) {
            long handle = queued(i);
            memory.store64(queue + (long) i * Long.BYTES, 0, 0);
            if (handle != 0 && super.free(handle) != 0) {
                memory.store64(queue + (long) i * Long.BYTES, 0, handle);
            }
        }
    }

    /** What to do when the queue has no room. */
    protected long freeWithoutRoom(long handle) {
        return super.free(handle);
    }

    @Override
    public long free(long handle) {
        long refusal = check(handle);
        if (refusal != 0) {
            return refusal;
        }
        for (int i = 0; i < ROOM; i++) {
            if (queued(i) == 0) {
                memory.store64(queue + (long) i * Long.BYTES, 0, handle);
                return 0;
            }
        }
        return freeWithoutRoom(handle);
    }

    @Override
    public long check(long handle) {
        for (int i = 0; i < ROOM; i++) {
            if (handle != 0 && queued(i) == handle) {
                return Refusal.STALE_HANDLE;
            }
        }
        return super.check(handle);
    }

    @Override
    public long allocate(MemoryKind kind, int type, int size, int bits, long slot, Requester requester) {
        flush();
        return super.allocate(kind, type, size, bits, slot, requester);
    }

    @Override
    public long allocateAt(int type, int size, int bits, long paddr, long slot, Requester requester) {
        flush();
        return super.allocateAt(type, size, bits, paddr, slot, requester);
    }

    @Override
    public void trim() {
        flush();
        super.trim();
    }
}
