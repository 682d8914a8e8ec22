package org.allocman.untyped;

import java.util.List;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.vka.Untyped;

/** The untypeds that were handed over to a manager, by physical address. */
public interface UntypedRoots {
    /**
     * An untyped and what memory it is.
     *
     * @param untyped the untyped; nothing has been made of it
     * @param kind its kind
     */
    record Root(Untyped untyped, MemoryKind kind) {}

    /**
     * The memory the table takes.
     *
     * @param count how many untypeds
     * @return bytes, a multiple of 8
     */
    static @Bytes long tableBytes(long count) {
        return (count * Integer.BYTES + 7) / Long.BYTES * Long.BYTES;
    }

    /**
     * Takes untypeds over. Once only, before anything else.
     *
     * @param table address of {@link #tableBytes} bytes, all zero
     * @param roots the untypeds, none overlapping another, in the order in which the manager is to meet them
     * @return true; false, with nothing changed, if there are too few records
     */
    boolean adopt(long table, List<Root> roots);

    /**
     * How many untypeds there are.
     *
     * @return the number of roots
     */
    int count();

    /**
     * Where an untyped is.
     *
     * @param index which, by address
     * @return its physical address
     */
    @PhysAddr
    long physicalAddress(int index);

    /**
     * How large an untyped is.
     *
     * @param index which, by address
     * @return its size in bits
     */
    int sizeBits(int index);

    /**
     * Whether an untyped is free as one block.
     *
     * @param index which, by address
     * @return true if nothing is made of it
     */
    boolean isWhole(int index);
}
