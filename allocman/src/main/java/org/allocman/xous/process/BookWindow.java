package org.allocman.xous.process;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.List;
import org.allocman.qual.Bytes;
import org.allocman.qual.VirtAddr;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapRights;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.LookupFault;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;
import org.allocman.vka.layout.Word;

/**
 * Memory of one piece for tables: frames from an allocator, mapped one behind the other into the root task's address
 * space. The first pages list the frames and page tables, so that the window can be closed by whoever finds it.
 */
final class BookWindow {
    static final int PAGE = 4096;

    private static final Word FRAMES = new Word("frames", 0);
    private static final Word TABLES = new Word("tables", Long.BYTES);
    private static final int LIST = 2 * Long.BYTES;
    private static final Word CPTR = new Word("cptr", 0);
    private static final Word HANDLE = new Word("handle", Long.BYTES);
    private static final int ENTRY = 2 * Long.BYTES;
    private static final int PAGES_IN_TABLE = 512;
    private static final int MOST_TABLES_ABOVE = 4;

    private final Kernel kernel;
    private final Memory memory;
    private final Vka vka;
    private final long base;

    BookWindow(Kernel kernel, Memory memory, Vka vka, @VirtAddr long base) {
        this.kernel = kernel;
        this.memory = memory;
        this.vka = vka;
        this.base = base;
    }

    /** Bytes in front of what the window is for. */
    static @Bytes long headBytes(@Bytes long bytes) {
        long pages = pages(bytes) + 1;
        long objects = pages + pages / PAGES_IN_TABLE + 1 + MOST_TABLES_ABOVE;
        // the list lists its own pages too
        long list = LIST + (objects + pages(objects * ENTRY) + 1) * ENTRY;
        return pages(list) * PAGE;
    }

    private static long pages(long bytes) {
        return (bytes + PAGE - 1) / PAGE;
    }

    /**
     * Maps what is needed for so many bytes, all zero, and page tables for one page more; changes nothing if there is an error.
     */
    Option<VkaError> open(@Bytes long bytes) {
        long count = pages(headBytes(bytes)) + pages(bytes);
        List<VkaObject> frames = new ArrayList<>();
        List<VkaObject> tables = new ArrayList<>();
        for (long i = 0; i <= count; i++) {
            Option<VkaError> error = add(base + i * PAGE, frames, tables);
            if (error.isDefined()) {
                free(frames);
                free(tables);
                return error;
            }
        }
        vka.free(frames.remove(frames.size() - 1));
        FRAMES.set(memory, base, frames.size());
        TABLES.set(memory, base, tables.size());
        long entry = base + LIST;
        for (List<VkaObject> list : List.of(frames, tables)) {
            for (VkaObject object : list) {
                CPTR.set(memory, entry, object.cptr());
                HANDLE.set(memory, entry, object.handle());
                entry += ENTRY;
            }
        }
        return Option.none();
    }

    private Option<VkaError> add(long address, List<VkaObject> frames, List<VkaObject> tables) {
        Either<VkaError, VkaObject> frame = vka.frame(Integer.numberOfTrailingZeros(PAGE));
        if (frame.isLeft()) {
            return Option.some(frame.getLeft());
        }
        frames.add(frame.get());
        Architecture architecture = vka.architecture();
        while (true) {
            KernelError error = kernel.pageMap(
                    frame.get().cptr(), BootSlots.VSPACE, address, CapRights.READ_WRITE, Attributes.of(architecture));
            if (!error.failed()) {
                return Option.none();
            }
            LookupFault fault = error.lookupFault();
            ObjectType missing = fault == null ? null : architecture.tableFor(fault.bitsLeft());
            if (missing == null) {
                return Option.some(refused(address, error));
            }
            Either<VkaError, VkaObject> table = vka.allocate(missing, 0);
            if (table.isLeft()) {
                return Option.some(table.getLeft());
            }
            tables.add(table.get());
            error = kernel.tableMap(table.get().cptr(), BootSlots.VSPACE, address, 0);
            if (error.failed()) {
                return Option.some(refused(address, error));
            }
        }
    }

    private static VkaError refused(long address, KernelError error) {
        return new VkaError(
                VkaError.Reason.KERNEL_REFUSED,
                "the kernel does not map the tables at 0x" + Long.toHexString(address),
                error);
    }

    private void free(List<VkaObject> objects) {
        objects.forEach(vka::free);
    }

    /** Gives everything back; the memory is gone then. What the kernel refuses to give back stays. */
    void close() {
        List<VkaObject> objects = new ArrayList<>();
        long frames = FRAMES.get(memory, base);
        long all = frames + TABLES.get(memory, base);
        Architecture architecture = vka.architecture();
        ObjectType frame = architecture.frames().get(0);
        for (long i = 0; i < all; i++) {
            long entry = base + LIST + i * ENTRY;
            ObjectType type = i < frames ? frame : ObjectType.PAGE_TABLE;
            objects.add(new VkaObject(
                    type, architecture.sizeBits(type, 0), CPTR.get(memory, entry), HANDLE.get(memory, entry)));
        }
        free(objects);
    }
}
