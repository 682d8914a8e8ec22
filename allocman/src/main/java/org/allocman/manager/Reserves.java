package org.allocman.manager;

import static org.allocman.manager.ReserveRecord.NEXT;
import static org.allocman.manager.ReserveRecord.READY;
import static org.allocman.manager.ReserveRecord.SIZE;
import static org.allocman.manager.ReserveRecord.TOP;
import static org.allocman.manager.ReserveRecord.TYPE;
import static org.allocman.manager.ReserveRecord.WANTED;
import static org.allocman.manager.ReserveRecord.WHAT;

import java.util.ArrayList;
import java.util.List;
import org.allocman.mspace.Mspace;
import org.allocman.qual.Bytes;
import org.allocman.qual.CPtr;
import org.allocman.qual.VirtAddr;
import org.allocman.untyped.Refusal;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;

/**
 * Reserves of a user's own: slots, objects and memory that are allocated beforehand, so that nobody else can have them, and
 * that are there when they are asked for. They are beside the {@link Reserve} that the manager keeps for itself.
 *
 * <p>A reserve is filled when it is configured and when {@link #fill} is called, and at no other time: what a user frees is
 * for the user, however low a reserve is. Taking from a reserve allocates nothing. What was taken is like anything that was
 * allocated, and is given back in the same way, to whoever comes next. What is still in a reserve is in nobody's hands:
 * {@link Allocman#freeSlot} and {@link Allocman#freeMemory} refuse it, and a handle that nobody was told nobody has.
 *
 * <p>The object is a view: the reserves lie in the pools.
 */
public final class Reserves {
    private static final int SLOT = 0;
    private static final int OBJECT = 1;
    private static final int MEMORY = 2;
    private static final int MOST = 1 << 24;

    private final Allocman allocman;
    private final Memory memory;
    private final long state;

    /**
     * The reserves of a manager.
     *
     * @param allocman the manager
     */
    public Reserves(Allocman allocman) {
        this.allocman = allocman;
        this.memory = allocman.memory();
        this.state = allocman.layout().reserveState();
    }

    /**
     * Keeps empty slots.
     *
     * @param count how many, 0 to 2^24; what is too much is given back
     * @return 0 if so many are ready; otherwise a {@link Refusal}, and as many are ready as before
     */
    public long keepSlots(int count) {
        return keep(SLOT, 0, 0, count);
    }

    /**
     * Keeps objects.
     *
     * @param type their kind
     * @param size size bits of an untyped, radix of a CNode, otherwise ignored
     * @param count how many, 0 to 2^24; what is too much is given back
     * @return 0 if so many are ready; otherwise a {@link Refusal}, and as many are ready as before
     */
    public long keepObjects(ObjectType type, int size, int count) {
        long refusal = allocman.checkSize(type, size);
        return refusal != 0 ? refusal : keep(OBJECT, type.index() + 1, type.isSizedByCaller() ? size : 0, count);
    }

    /**
     * Keeps pieces of memory, as {@link Allocman#allocateMemory} gives them.
     *
     * @param bytes how large each is, 1 to {@link Mspace#MOST}
     * @param count how many, 0 to 2^24; what is too much is given back
     * @return 0 if so many are ready; otherwise a {@link Refusal}, and as many are ready as before
     */
    public long keepMemory(@Bytes int bytes, int count) {
        return bytes < 1 || bytes > Mspace.MOST ? Refusal.ILLEGAL_SIZE : keep(MEMORY, 0, bytes, count);
    }

    private long keep(int what, int type, int size, int count) {
        if (count < 0 || count > MOST) {
            return Refusal.ILLEGAL_SIZE;
        }
        long reserve = find(what, type, size);
        if (reserve == 0 && count == 0) {
            return 0;
        }
        if (reserve == 0) {
            reserve = allocman.allocateMemory(ReserveRecord.BYTES);
            if (reserve < 0) {
                return reserve;
            }
            WHAT.set(memory, reserve, what);
            TYPE.set(memory, reserve, type);
            SIZE.set(memory, reserve, size);
            append(reserve);
        }
        while (READY.get(memory, reserve) > count) {
            long refusal = giveBackTop(reserve);
            if (refusal != 0) {
                return refusal;
            }
        }
        long wanted = WANTED.get(memory, reserve);
        long ready = READY.get(memory, reserve);
        WANTED.set(memory, reserve, count);
        if (count == 0) {
            remove(reserve);
            return 0;
        }
        long refusal = fill(reserve);
        if (refusal != 0) {
            WANTED.set(memory, reserve, wanted);
            shrink(reserve, ready);
        }
        return refusal;
    }

    /** Back to fewer; what the kernel refuses to give back stays ready. A reserve that is new and empty goes. */
    private void shrink(long reserve, long ready) {
        boolean isGoing = true;
        while (isGoing && READY.get(memory, reserve) > ready) {
            isGoing = giveBackTop(reserve) == 0;
        }
        if (WANTED.get(memory, reserve) == 0 && READY.get(memory, reserve) == 0) {
            remove(reserve);
        }
    }

    /**
     * Fills all reserves, in the order in which they were configured, as far as can be.
     *
     * @return true if all are full
     */
    public boolean fill() {
        boolean full = true;
        for (long reserve = first(); reserve != 0; reserve = NEXT.get(memory, reserve)) {
            full &= fill(reserve) == 0;
        }
        return full;
    }

    /**
     * Takes a slot out of its reserve.
     *
     * @return its cptr; {@link Refusal#RESERVE_EMPTY} if none is ready
     */
    public @CPtr long takeSlot() {
        return take(SLOT, 0, 0);
    }

    /**
     * Takes an object out of its reserve.
     *
     * @param type its kind
     * @param size size bits of an untyped, radix of a CNode, otherwise ignored
     * @return its handle; {@link Refusal#RESERVE_EMPTY} if none is ready
     */
    public long takeObject(ObjectType type, int size) {
        return take(OBJECT, type.index() + 1, type.isSizedByCaller() ? size : 0);
    }

    /**
     * Takes a piece of memory out of its reserve. It is all zero.
     *
     * @param bytes its size, as it was configured
     * @return its address; {@link Refusal#RESERVE_EMPTY} if none is ready
     */
    public @VirtAddr long takeMemory(@Bytes int bytes) {
        return take(MEMORY, 0, bytes);
    }

    private long take(int what, int type, int size) {
        long reserve = find(what, type, size);
        if (reserve == 0 || READY.get(memory, reserve) == 0) {
            return Refusal.RESERVE_EMPTY;
        }
        long value = top(reserve);
        pop(reserve);
        if (what == SLOT) {
            allocman.cspace().handOut(value);
        }
        return value;
    }

    /**
     * How full each reserve is, in the order in which they were configured.
     *
     * @return a snapshot
     */
    public List<Health.Level> levels() {
        List<Health.Level> levels = new ArrayList<>();
        for (long reserve = first(); reserve != 0; reserve = NEXT.get(memory, reserve)) {
            levels.add(new Health.Level(text(reserve), WANTED.get(memory, reserve), READY.get(memory, reserve)));
        }
        return levels;
    }

    private String text(long reserve) {
        long size = SIZE.get(memory, reserve);
        if (WHAT.get(memory, reserve) == SLOT) {
            return "slots";
        }
        if (WHAT.get(memory, reserve) == MEMORY) {
            return "pieces of " + size + " bytes";
        }
        ObjectType type = type(reserve);
        String objects = "objects of type " + type.text();
        return switch (type.kind()) {
            case CNODE -> "CNodes of 2^" + size + " slots";
            case UNTYPED -> "untypeds of 2^" + size + " bytes";
            default -> type.isSizedByCaller() ? objects + " of 2^" + size + " bytes" : objects;
        };
    }

    private ObjectType type(long reserve) {
        ObjectType type = allocman.architecture().typeWithIndex((int) TYPE.get(memory, reserve) - 1);
        if (type == null) {
            throw new IllegalStateException("a reserve of a type that the kernel does not have");
        }
        return type;
    }

    /** Objects that lie in reserves, and so are not in a user's hands. */
    static long held(Memory memory, PoolLayout layout) {
        return ReserveRecord.HELD.get(memory, layout.reserveState());
    }

    private long fill(long reserve) {
        while (READY.get(memory, reserve) < WANTED.get(memory, reserve)) {
            long ready = READY.get(memory, reserve);
            long chunk = TOP.get(memory, reserve);
            boolean needsChunk = ready % ReserveRecord.IN_CHUNK == 0;
            if (needsChunk) {
                chunk = allocman.allocateMemory(ReserveRecord.CHUNK_BYTES);
                if (chunk < 0) {
                    return chunk;
                }
            }
            long value = allocate(reserve);
            if (value < 0) {
                if (needsChunk) {
                    allocman.freeMemory(chunk, ReserveRecord.CHUNK_BYTES);
                }
                return value;
            }
            if (needsChunk) {
                ReserveRecord.BELOW.set(memory, chunk, TOP.get(memory, reserve));
                TOP.set(memory, reserve, chunk);
            }
            memory.store64(chunk, ReserveRecord.value(ready), value);
            READY.set(memory, reserve, ready + 1);
            addHeld(reserve, 1);
        }
        return 0;
    }

    private long allocate(long reserve) {
        int size = (int) SIZE.get(memory, reserve);
        return switch ((int) WHAT.get(memory, reserve)) {
            case SLOT -> slot();
            case OBJECT -> allocman.allocate(type(reserve), size, 0);
            default -> allocman.allocateMemory(size);
        };
    }

    /** A slot in nobody's hands: nobody can give it back. */
    private long slot() {
        long slot = allocman.takeSlot();
        if (slot > 0) {
            allocman.cspace().setAside(slot);
        }
        return slot;
    }

    /** Gives back what is topmost; 0, or a refusal with nothing changed. */
    private long giveBackTop(long reserve) {
        long value = top(reserve);
        int what = (int) WHAT.get(memory, reserve);
        if (what == MEMORY) {
            pop(reserve);
            return allocman.freeMemory(value, (int) SIZE.get(memory, reserve));
        }
        long refusal = what == SLOT ? giveBackSlot(value) : allocman.free(value);
        if (refusal == 0) {
            pop(reserve);
        }
        return refusal;
    }

    private long giveBackSlot(long slot) {
        allocman.cspace().handOut(slot);
        long refusal = allocman.freeSlot(slot);
        if (refusal != 0) {
            allocman.cspace().setAside(slot);
        }
        return refusal;
    }

    /** Whether a piece of memory lies in a reserve, or is a reserve's own book-keeping, and so is in nobody's hands. */
    static boolean hasMemory(Memory memory, PoolLayout layout, long address) {
        for (long reserve = ReserveRecord.FIRST.get(memory, layout.reserveState());
                reserve != 0;
                reserve = NEXT.get(memory, reserve)) {
            if (reserve == address || contains(memory, reserve, address)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an address is that of a chunk, or of memory that is in one. */
    private static boolean contains(Memory memory, long reserve, long address) {
        boolean holdsMemory = WHAT.get(memory, reserve) == MEMORY;
        long chunk = TOP.get(memory, reserve);
        for (long i = READY.get(memory, reserve) - 1; i >= 0; i--) {
            if (chunk == address || holdsMemory && memory.load64(chunk, ReserveRecord.value(i)) == address) {
                return true;
            }
            if (i % ReserveRecord.IN_CHUNK == 0) {
                chunk = ReserveRecord.BELOW.get(memory, chunk);
            }
        }
        return false;
    }

    private long top(long reserve) {
        return memory.load64(TOP.get(memory, reserve), ReserveRecord.value(READY.get(memory, reserve) - 1));
    }

    private void pop(long reserve) {
        long ready = READY.get(memory, reserve) - 1;
        long chunk = TOP.get(memory, reserve);
        memory.store64(chunk, ReserveRecord.value(ready), 0);
        READY.set(memory, reserve, ready);
        addHeld(reserve, -1);
        if (ready % ReserveRecord.IN_CHUNK == 0) {
            TOP.set(memory, reserve, ReserveRecord.BELOW.get(memory, chunk));
            allocman.freeMemory(chunk, ReserveRecord.CHUNK_BYTES);
        }
    }

    private void addHeld(long reserve, long more) {
        if (WHAT.get(memory, reserve) == OBJECT) {
            ReserveRecord.HELD.add(memory, state, more);
        }
    }

    private long first() {
        return ReserveRecord.FIRST.get(memory, state);
    }

    private long find(int what, int type, int size) {
        long reserve = first();
        while (reserve != 0
                && (WHAT.get(memory, reserve) != what
                        || TYPE.get(memory, reserve) != type
                        || SIZE.get(memory, reserve) != size)) {
            reserve = NEXT.get(memory, reserve);
        }
        return reserve;
    }

    private void append(long reserve) {
        long last = first();
        if (last == 0) {
            ReserveRecord.FIRST.set(memory, state, reserve);
            return;
        }
        while (NEXT.get(memory, last) != 0) {
            last = NEXT.get(memory, last);
        }
        NEXT.set(memory, last, reserve);
    }

    private void remove(long reserve) {
        long next = NEXT.get(memory, reserve);
        if (first() == reserve) {
            ReserveRecord.FIRST.set(memory, state, next);
        } else {
            long before = first();
            while (NEXT.get(memory, before) != reserve) {
                before = NEXT.get(memory, before);
            }
            NEXT.set(memory, before, next);
        }
        allocman.freeMemory(reserve, ReserveRecord.BYTES);
    }
}
