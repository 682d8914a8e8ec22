package org.allocman.sim.boot;

import org.allocman.qual.Bytes;
import org.allocman.qual.SizeBits;
import org.allocman.sim.kernel.paging.Behaviours;
import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;

/**
 * How large the objects are that boot makes for the root task.
 *
 * @param cnodeBits the root CNode in size bits: its radix plus the slot bits
 * @param vspaceBits the address space's root
 * @param asidPoolBits the first ASID pool; {@link #NONE} where there are no ASIDs
 * @param ipcBufferBits the frame with the IPC buffer
 * @param bootInfoBits the frame with the boot info
 * @param extraBits the frames with the extra boot info, together; {@link #NONE} if there is none
 * @param tableBits a paging structure below the root
 * @param tables how many paging structures below the root
 * @param tcbBits the root task's TCB
 * @param contextBits with MCS its scheduling context, {@link #NONE} without
 */
record RootObjectSizes(
        @SizeBits int cnodeBits,
        @SizeBits int vspaceBits,
        @SizeBits int asidPoolBits,
        @SizeBits int ipcBufferBits,
        @SizeBits int bootInfoBits,
        @SizeBits int extraBits,
        @SizeBits int tableBits,
        int tables,
        @SizeBits int tcbBits,
        @SizeBits int contextBits) {
    /** In place of size bits: there is no such object. */
    static final @SizeBits int NONE = -1;

    /** With MCS, the size bits of the root task's scheduling context. */
    static @SizeBits int contextBits(Architecture architecture) {
        return architecture.hasMcs() ? architecture.leastSize(ObjectType.SCHED_CONTEXT) : NONE;
    }

    /**
     * The size bits that hold some bytes of extra boot info: whole pages, rounded up to a power of two.
     *
     * @param bytes how many bytes, not negative
     * @param pageBits size bits of the smallest page
     * @return size bits, {@link #NONE} for no bytes
     */
    static @SizeBits int extraBits(@Bytes long bytes, @SizeBits int pageBits) {
        return bytes == 0 ? NONE : Math.max(pageBits, Long.SIZE - Long.numberOfLeadingZeros(bytes - 1));
    }

    /**
     * How many paging structures below the root map a range of virtual addresses.
     *
     * @param start first virtual address
     * @param end one past the last
     * @param levelBits size bits of what one structure of each level covers
     * @return the number over all the levels
     */
    static int tables(long start, long end, int... levelBits) {
        int tables = 0;
        for (int bits : levelBits) {
            tables += (int) ((end - 1 >>> bits) - (start >>> bits) + 1);
        }
        return tables;
    }

    /**
     * How many frames the extra boot info gets. seL4 on x86 makes them for all its memory, elsewhere for its bytes only.
     *
     * @param architecture the kernel's
     * @param bytes how many bytes the extra boot info has, not negative
     * @return the number of frames of the smallest size
     */
    long extraFrames(Architecture architecture, @Bytes long bytes) {
        boolean onlyForBytes = !Behaviours.of(architecture).givesWholeExtraBlock();
        long memory = onlyForBytes ? bytes : bytes(extraBits);
        return memory + (1L << ipcBufferBits) - 1 >>> ipcBufferBits;
    }

    /** What the first byte of all these objects has to be aligned to: the size of the largest. */
    @SizeBits
    int alignBits() {
        return Math.max(Math.max(cnodeBits, vspaceBits), Math.max(extraBits, bootInfoBits));
    }

    /** What all these objects take together; they lie side by side without gaps. */
    @Bytes
    long total() {
        return bytes(cnodeBits)
                + bytes(vspaceBits)
                + bytes(asidPoolBits)
                + bytes(ipcBufferBits)
                + bytes(bootInfoBits)
                + bytes(extraBits)
                + tables * bytes(tableBits)
                + bytes(tcbBits)
                + bytes(contextBits);
    }

    static @Bytes long bytes(@SizeBits int bits) {
        return bits == NONE ? 0 : 1L << bits;
    }
}
