package org.allocman.xous.process;

import static org.allocman.vka.PageSize.PAGE;

import io.vavr.control.Either;
import io.vavr.control.Option;
import org.allocman.qual.Bytes;
import org.allocman.qual.VirtAddr;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapRights;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;
import org.allocman.vka.layout.Bits;
import org.allocman.vka.layout.Word;
import org.allocman.vka.vspace.MissingTable;
import org.allocman.vka.vspace.PageMapper;
import org.allocman.xous.SparseMap;

/**
 * Memory of one piece for tables: frames from an allocator, mapped one behind the other into the root task's address
 * space. The first pages list the other frames. What must outlive them, the first frame and the paging structures, is listed
 * in a node elsewhere, so that a window whose end the kernel refused half-way can still be closed by whoever finds it.
 */
final class MetadataWindow {

    /*
     * The node begins with how much there is. Then entries: the first frame, and the paging structures. The other frames'
     * entries are in the window.
     */
    private static final Bits FRAMES = new Bits("frames", 0, 0, 32);
    private static final Bits TABLES = new Bits("paging structures", 0, 32, 16);
    private static final Bits CLOSING = new Bits("closing", 0, 48, 1);
    private static final int HEAD = Long.BYTES;

    /*
     * An entry is the object's handle, then its cptr and type.
     */
    private static final Word HANDLE = new Word("handle", 0);
    private static final Bits CPTR = new Bits("cptr", Long.BYTES, 0, 48);
    private static final Bits TYPE = new Bits("type", Long.BYTES, 48, 8);
    private static final int ENTRY = 2 * Long.BYTES;
    private static final int MOST_TABLES = (SparseMap.NODE_BYTES - HEAD) / ENTRY - 1;

    private final PageMapper mapper;
    private final Memory memory;
    private final Vka vka;
    private final long base;
    private final long node;

    /** A window at an address, with a node of {@link SparseMap#NODE_BYTES} bytes, all zero at first, for what outlives it. */
    MetadataWindow(Kernel kernel, Memory memory, Vka vka, @VirtAddr long base, @VirtAddr long node) {
        this.mapper = new PageMapper(kernel);
        this.memory = memory;
        this.vka = vka;
        this.base = base;
        this.node = node;
    }

    /** Bytes in front of what the window is for: a list of all frames, with those of the list itself. */
    static @Bytes long headBytes(@Bytes long bytes) {
        long frames = pages(bytes) + 1;
        return pages((frames + pages(frames * ENTRY) + 1) * ENTRY) * PAGE;
    }

    private static long pages(long bytes) {
        return (bytes + PAGE - 1) / PAGE;
    }

    /**
     * Maps what is needed for so many bytes, all zero, and page tables for one page more. After an error {@link #close} is to
     * be called.
     */
    Option<VkaError> open(@Bytes long bytes) {
        long count = pages(headBytes(bytes)) + pages(bytes);
        for (long i = 0; i <= count; i++) {
            Option<VkaError> error = addFrame(i);
            if (error.isDefined()) {
                return error;
            }
        }
        return freeLastFrame();
    }

    private Option<VkaError> addFrame(long index) {
        Either<VkaError, VkaObject> frame = vka.frame(Integer.numberOfTrailingZeros(PAGE));
        if (frame.isLeft()) {
            return Option.some(frame.getLeft());
        }
        note(placeOfFrame(index), frame.get());
        FRAMES.set(memory, node, index + 1);
        long address = base + index * PAGE;
        return mapper.map(
                frame.get().cptr(),
                BootSlots.VSPACE,
                address,
                CapRights.READ_WRITE,
                vka.architecture().defaultAttributes(),
                this::addTable,
                error -> refused(InvocationKind.PAGE_MAP, address, error));
    }

    private long placeOfFrame(long index) {
        return index == 0 ? node + HEAD : base + (index - 1) * ENTRY;
    }

    private long placeOfTable(long index) {
        return node + HEAD + (index + 1) * ENTRY;
    }

    private void note(long entry, VkaObject object) {
        HANDLE.set(memory, entry, object.handle());
        CPTR.set(memory, entry, object.cptr());
        TYPE.set(memory, entry, object.type().index());
    }

    /** Gives the object of an entry back, and clears the entry. */
    private Option<VkaError> free(long entry) {
        ObjectType type = vka.architecture().typeWithIndex((int) TYPE.get(memory, entry));
        if (type == null) {
            throw new IllegalStateException("an entry of a type that the kernel does not have");
        }
        Option<VkaError> error = vka.free(new VkaObject(
                type, vka.architecture().sizeBits(type, 0), CPTR.get(memory, entry), HANDLE.get(memory, entry)));
        if (error.isEmpty()) {
            memory.clear(entry, ENTRY);
        }
        return error;
    }

    private Option<VkaError> freeLastFrame() {
        long last = FRAMES.get(memory, node) - 1;
        Option<VkaError> error = free(placeOfFrame(last));
        if (error.isEmpty()) {
            FRAMES.set(memory, node, last);
        }
        return error;
    }

    private Option<VkaError> freeLastTable() {
        long last = TABLES.get(memory, node) - 1;
        Option<VkaError> error = free(placeOfTable(last));
        if (error.isEmpty()) {
            TABLES.set(memory, node, last);
        }
        return error;
    }

    private Option<VkaError> addTable(MissingTable missing) {
        long index = TABLES.get(memory, node);
        if (index == MOST_TABLES) {
            return Option.some(new VkaError(
                    VkaError.Reason.OUT_OF_BOOK_KEEPING,
                    "the tables would need more than " + MOST_TABLES + " paging structures"));
        }
        Either<VkaError, VkaObject> table = vka.allocate(missing.type(), 0);
        if (table.isLeft()) {
            return Option.some(table.getLeft());
        }
        note(placeOfTable(index), table.get());
        TABLES.set(memory, node, index + 1);
        KernelError error = mapper.mapTable(table.get().cptr(), missing);
        return Option.when(error.failed(), () -> refused(InvocationKind.TABLE_MAP, missing.vaddr(), error));
    }

    private static VkaError refused(InvocationKind invocation, long vaddr, KernelError error) {
        return VkaError.ofKernel("cannot map the tables at 0x" + Long.toHexString(vaddr), invocation, error);
    }

    /** Whether {@link #close} has begun: what lies in the window is not to be read any more. */
    boolean isClosing() {
        return CLOSING.get(memory, node) != 0;
    }

    /**
     * Gives everything back, newest first, the paging structures last; the memory is gone then, and the node all zero. What the
     * kernel refuses stays listed, and is given back when this is called again.
     */
    Option<VkaError> close() {
        CLOSING.set(memory, node, 1);
        Option<VkaError> error = Option.none();
        for (long left = FRAMES.get(memory, node); left > 0 && error.isEmpty(); left--) {
            error = freeLastFrame();
        }
        for (long left = TABLES.get(memory, node); left > 0 && error.isEmpty(); left--) {
            error = freeLastTable();
        }
        if (error.isEmpty()) {
            CLOSING.set(memory, node, 0);
        }
        return error;
    }
}
