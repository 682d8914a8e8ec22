package org.allocman.manager;

import static org.allocman.manager.ClientReserveRecord.SIZE;
import static org.allocman.manager.ClientReserveRecord.TYPE;
import static org.allocman.manager.ClientReserveRecord.WANTED;
import static org.allocman.manager.ClientReserveRecord.WHAT;

import java.util.ArrayList;
import java.util.List;
import org.allocman.mspace.Mspace;
import org.allocman.qual.Bytes;
import org.allocman.qual.CPtr;
import org.allocman.qual.VirtAddr;
import org.allocman.untyped.Refusal;
import org.allocman.vka.Architecture;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;

/**
 * Reserves that clients configure: slots, objects and memory that are preallocated, so that no other client can take them,
 * and that are there when they are wanted. They are beside the {@link GrowthReserve} that the manager keeps for itself.
 * Obtained from {@link Allocman#reserves}.
 *
 * <p>A reserve is filled when it is configured and when {@link #fill} is called, and at no other time: what a client frees is
 * for clients, however low a reserve is. Taking from a reserve allocates nothing. What was taken is like anything that was
 * allocated, and is freed in the same way. What is still in a reserve is no client's: {@link ManagedSlots#free} and
 * {@link ManagedMemory#free} refuse it, and nobody has a handle of it.
 *
 * <p>The object is a view: the reserves lie in the pools.
 */
public final class ClientReserves {
    private static final int MOST = 1 << 24;

    private final Memory memory;
    private final ManagedMemory records;
    private final ManagedObjects objects;
    private final ReserveList list;
    private final ReserveStack stack;
    private final SlotReserve ofSlots;
    private final ObjectReserve ofObjects;
    private final MemoryReserve ofMemory;

    ClientReserves(
            Architecture architecture,
            Memory memory,
            ReserveList list,
            ManagedObjects objects,
            ManagedSlots slots,
            ManagedMemory pieces) {
        this.memory = memory;
        this.records = pieces;
        this.objects = objects;
        this.list = list;
        this.stack = new ReserveStack(memory, pieces);
        this.ofSlots = new SlotReserve(stack, slots);
        this.ofObjects = new ObjectReserve(architecture, memory, list, stack, objects);
        this.ofMemory = new MemoryReserve(memory, stack, pieces);
    }

    /**
     * Reserves empty slots.
     *
     * @param count how many, 0 to 2^24; what is too much is released
     * @return 0 if so many are ready; otherwise a {@link Refusal}, and as many are ready as before
     */
    public long keepSlots(int count) {
        return keep(ClientReserveRecord.SLOTS, 0, 0, count);
    }

    /**
     * Reserves objects.
     *
     * @param type their kind
     * @param size size bits of an untyped, radix of a CNode, otherwise ignored
     * @param count how many, 0 to 2^24; what is too much is released
     * @return 0 if so many are ready; otherwise a {@link Refusal}, and as many are ready as before
     */
    public long keepObjects(ObjectType type, int size, int count) {
        long refusal = objects.checkSize(type, size);
        return refusal != 0 ? refusal : keep(ClientReserveRecord.OBJECTS, number(type), sizeOf(type, size), count);
    }

    /**
     * Reserves pieces of memory, as {@link ManagedMemory#allocate} returns them.
     *
     * @param bytes how large each is, 1 to {@link Mspace#MOST}
     * @param count how many, 0 to 2^24; what is too much is released
     * @return 0 if so many are ready; otherwise a {@link Refusal}, and as many are ready as before
     */
    public long keepMemory(@Bytes int bytes, int count) {
        return bytes < 1 || bytes > Mspace.MOST
                ? Refusal.ILLEGAL_SIZE
                : keep(ClientReserveRecord.MEMORY, 0, bytes, count);
    }

    private static int number(ObjectType type) {
        return type.index() + 1;
    }

    private static int sizeOf(ObjectType type, int size) {
        return type.isSizedByCaller() ? size : 0;
    }

    private long keep(int what, int type, int size, int count) {
        if (count < 0 || count > MOST) {
            return Refusal.ILLEGAL_SIZE;
        }
        long reserve = list.find(what, type, size);
        if (reserve == 0 && count == 0) {
            return 0;
        }
        if (reserve == 0) {
            reserve = records.allocate(ClientReserveRecord.BYTES);
            if (reserve < 0) {
                return reserve;
            }
            WHAT.set(memory, reserve, what);
            TYPE.set(memory, reserve, type);
            SIZE.set(memory, reserve, size);
            list.append(reserve);
        }
        while (stack.size(reserve) > count) {
            long refusal = content(reserve).releaseTop(reserve);
            if (refusal != 0) {
                return refusal;
            }
        }
        long wanted = WANTED.get(memory, reserve);
        long ready = stack.size(reserve);
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

    /** Back to fewer; what the kernel refuses to free stays ready. A reserve that is new and empty goes. */
    private void shrink(long reserve, long ready) {
        boolean isGoing = true;
        while (isGoing && stack.size(reserve) > ready) {
            isGoing = content(reserve).releaseTop(reserve) == 0;
        }
        if (WANTED.get(memory, reserve) == 0 && stack.size(reserve) == 0) {
            remove(reserve);
        }
    }

    private void remove(long reserve) {
        list.remove(reserve);
        records.free(reserve, ClientReserveRecord.BYTES);
    }

    private ReserveContent content(long reserve) {
        return content((int) WHAT.get(memory, reserve));
    }

    private ReserveContent content(int what) {
        return switch (what) {
            case ClientReserveRecord.SLOTS -> ofSlots;
            case ClientReserveRecord.OBJECTS -> ofObjects;
            default -> ofMemory;
        };
    }

    /**
     * Fills all reserves, in the order in which they were configured, as far as can be.
     *
     * @return true if all are full
     */
    public boolean fill() {
        boolean full = true;
        for (long reserve = list.first(); reserve != 0; reserve = list.next(reserve)) {
            full &= fill(reserve) == 0;
        }
        return full;
    }

    private long fill(long reserve) {
        ReserveContent content = content(reserve);
        while (stack.size(reserve) < WANTED.get(memory, reserve)) {
            long chunk = stack.prepare(reserve);
            if (chunk < 0) {
                return chunk;
            }
            long value = content.allocate(reserve);
            if (value < 0) {
                stack.cancel(reserve, chunk);
                return value;
            }
            stack.push(reserve, chunk, value);
            content.pushed();
        }
        return 0;
    }

    /**
     * Takes a slot out of its reserve.
     *
     * @return its cptr; {@link Refusal#RESERVE_EMPTY} if none is ready
     */
    public @CPtr long takeSlot() {
        return take(ClientReserveRecord.SLOTS, 0, 0);
    }

    /**
     * Takes an object out of its reserve.
     *
     * @param type its kind
     * @param size size bits of an untyped, radix of a CNode, otherwise ignored
     * @return its handle; {@link Refusal#RESERVE_EMPTY} if none is ready
     */
    public long takeObject(ObjectType type, int size) {
        return take(ClientReserveRecord.OBJECTS, number(type), sizeOf(type, size));
    }

    /**
     * Takes a piece of memory out of its reserve. It is all zero.
     *
     * @param bytes its size, as it was configured
     * @return its address; {@link Refusal#RESERVE_EMPTY} if none is ready
     */
    public @VirtAddr long takeMemory(@Bytes int bytes) {
        return take(ClientReserveRecord.MEMORY, 0, bytes);
    }

    private long take(int what, int type, int size) {
        long reserve = list.find(what, type, size);
        if (reserve == 0 || stack.size(reserve) == 0) {
            return Refusal.RESERVE_EMPTY;
        }
        return content(what).take(reserve);
    }

    /**
     * How full each reserve is, in the order in which they were configured.
     *
     * @return a snapshot
     */
    public List<Health.Level> levels() {
        List<Health.Level> levels = new ArrayList<>();
        for (long reserve = list.first(); reserve != 0; reserve = list.next(reserve)) {
            levels.add(
                    new Health.Level(content(reserve).text(reserve), WANTED.get(memory, reserve), stack.size(reserve)));
        }
        return levels;
    }
}
