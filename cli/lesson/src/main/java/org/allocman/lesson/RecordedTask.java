package org.allocman.lesson;

import org.allocman.qual.CPtr;
import org.allocman.qual.VirtAddr;
import org.allocman.vka.CapRights;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.Memory;
import org.allocman.vka.MemoryFault;
import org.allocman.vka.ObjectType;

/**
 * A root task that may make nothing without a record of it: whoever makes an object says first which record is to hold its
 * slot, and that record must lie in memory that is mapped, and be free.
 */
public final class RecordedTask {
    /** The size of a record in bytes; its first word is the slot of the object, 0 if it is free. */
    public static final int RECORD_BYTES = 64;

    private final RootTask task;
    private final @VirtAddr long firstPage;

    /**
     * Makes the desk.
     *
     * @param task the root task
     * @param firstPage the page of records that is there at the start
     */
    public RecordedTask(RootTask task, @VirtAddr long firstPage) {
        this.task = task;
        this.firstPage = firstPage;
    }

    /**
     * The page of records that is there at the start, of 4 KiB.
     *
     * @return its address
     */
    public @VirtAddr long firstPage() {
        return firstPage;
    }

    /**
     * Where further pages of records go, one behind the other.
     *
     * @return the address of the first of them; nothing is mapped from there on, and a page table is missing
     */
    public @VirtAddr long window() {
        return task.freeVirtual();
    }

    /**
     * The first free slot; all behind it are free too.
     *
     * @return its number
     */
    public @CPtr long firstSlot() {
        return task.bootInfo().empty().start();
    }

    /**
     * Makes an object and writes its slot into a record.
     *
     * @param record address of a free record, a multiple of 64
     * @param untyped slot of the untyped
     * @param type what to make
     * @param slot an empty slot
     * @return {@link KernelError#NO_ERROR}, or what was wrong; then the record is free as before
     * @throws IllegalStateException if there is no memory for the record, or it is not free
     */
    public KernelError make(@VirtAddr long record, @CPtr long untyped, ObjectType type, @CPtr long slot) {
        if (record % RECORD_BYTES != 0) {
            throw new IllegalStateException("a record is at a multiple of 64, not at 0x" + Long.toHexString(record));
        }
        Memory memory = task.memory();
        try {
            if (memory.load64(record, 0) != 0) {
                throw new IllegalStateException("the record at 0x" + Long.toHexString(record) + " is in use, for slot "
                        + memory.load64(record, 0));
            }
            memory.store64(record, 0, slot);
        } catch (MemoryFault fault) {
            throw new IllegalStateException(
                    "there is no memory for a record at 0x" + Long.toHexString(record) + ": nothing is mapped there");
        }
        KernelError error = task.retype(untyped, type, 0, slot);
        if (error.failed()) {
            memory.store64(record, 0, 0);
        }
        return error;
    }

    /**
     * Maps a page table into the task's own VSpace.
     *
     * @param slot where its capability is
     * @param address what it is to cover
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    public KernelError mapTable(@CPtr long slot, @VirtAddr long address) {
        return kernel().tableMap(slot, RootTask.VSPACE, address, 0);
    }

    /**
     * Maps a page into the task's own VSpace, to be read and written.
     *
     * @param slot where its capability is
     * @param address where to
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    public KernelError mapPage(@CPtr long slot, @VirtAddr long address) {
        return kernel().pageMap(slot, RootTask.VSPACE, address, CapRights.READ_WRITE, 0);
    }

    private Kernel kernel() {
        return task.kernel();
    }
}
