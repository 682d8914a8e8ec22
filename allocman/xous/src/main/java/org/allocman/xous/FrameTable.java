package org.allocman.xous;

import static org.allocman.vka.PageSize.PAGE_BITS;

import org.allocman.qual.CPtr;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.vka.Architecture;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;
import org.allocman.vka.layout.Bits;
import org.allocman.vka.layout.Word;

/** The objects in the owned pages: made at the page's address when it gets an owner, given back when it has none. */
public final class FrameTable implements PageFrames {
    /*
     *   word 0   the allocator's handle
     *   word 1   [63..61] use  [60] lent  [59] mapped itself  [58..48] how often mapped  [47] left  [46..0] cptr
     *
     * "Mapped itself" means through the object's own capability; further mappings go through copies. "Left" is what the
     * kernel beneath refused to take back; how many there are is counted, so that nobody searches in vain.
     */
    private static final Word HANDLE = new Word("handle", 0);
    private static final Bits CPTR = new Bits("cptr", Long.BYTES, 0, 47);
    private static final Bits LEFT = new Bits("left", Long.BYTES, 47, 1);
    private static final Bits MAPPED = new Bits("mapped", Long.BYTES, 48, 11);
    private static final Bits ITSELF = new Bits("mapped itself", Long.BYTES, 59, 1);
    private static final Bits LENT = new Bits("lent", Long.BYTES, 60, 1);
    private static final Bits USE = new Bits("use", Long.BYTES, 61, 3);
    private static final PageUse[] USES = PageUse.values();
    private static final long CPTR_LIMIT = 1L << 47;

    private static final Word COUNT = new Word("pages left", 0);

    /** How often a page can be mapped. */
    public static final int MOST_MAPPINGS = (1 << 11) - 1;

    private final Memory memory;
    private final long left;
    private final SparseMap entries;
    private final Vka vka;
    private final ObjectType frame;
    private final ObjectType space;

    /** A view of the book of some entries, with a word that counts what is left. */
    FrameTable(SparseMap entries, @VirtAddr long left, Vka vka) {
        this.left = left;
        this.memory = entries.memory();
        this.entries = entries;
        this.vka = vka;
        this.frame = frameType(vka.architecture());
        this.space = vka.architecture().vspaceType();
    }

    private static ObjectType frameType(Architecture architecture) {
        ObjectType type = architecture.frame(PAGE_BITS);
        if (type == null) {
            throw new IllegalArgumentException(architecture.text() + " has no frame of 4 KiB");
        }
        return type;
    }

    /**
     * Whether frames, page tables and roots are all a page large, as the pages of Xous have to be.
     *
     * @param architecture the kernel's
     * @return true if they are
     */
    public static boolean canServe(Architecture architecture) {
        return architecture.hasPaging()
                && architecture.frame(PAGE_BITS) != null
                && architecture.sizeBits(architecture.vspaceType(), 0) == PAGE_BITS
                && architecture.sizeBits(ObjectType.PAGE_TABLE, 0) == PAGE_BITS;
    }

    @Override
    public long obtain(long page, @PhysAddr long address, PageUse use) {
        long entry = entries.make(page);
        if (entry == 0) {
            return XousError.OUT_OF_MEMORY.code();
        }
        var answer = vka.allocateAt(type(use), 0, address);
        if (answer.isLeft()) {
            entries.remove(page);
            return code(answer.getLeft().reason());
        }
        VkaObject object = answer.get();
        if (object.cptr() < 0 || object.cptr() >= CPTR_LIMIT) {
            throw new IllegalStateException("a slot beyond 2^47 cannot be written down: " + object);
        }
        HANDLE.set(memory, entry, object.handle());
        CPTR.set(memory, entry, object.cptr());
        USE.set(memory, entry, use.ordinal());
        return 0;
    }

    private ObjectType type(PageUse use) {
        return switch (use) {
            case FRAME -> frame;
            case TABLE -> ObjectType.PAGE_TABLE;
            case DIRECTORY -> ObjectType.PAGE_DIRECTORY;
            case UPPER -> ObjectType.PDPT;
            case SPACE -> space;
        };
    }

    private static long code(VkaError.Reason reason) {
        return switch (reason) {
            case IN_USE, NOT_MANAGED, WRONG_KIND -> XousError.MEMORY_IN_USE.code();
            case OUT_OF_UNTYPED, OUT_OF_SLOTS, OUT_OF_BOOK_KEEPING -> XousError.OUT_OF_MEMORY.code();
            default -> XousError.INTERNAL_ERROR.code();
        };
    }

    @Override
    public boolean giveBack(long page) {
        long entry = entries.find(page);
        if (entry == 0) {
            return true;
        }
        if (vka.free(object(entry)).isDefined()) {
            return false;
        }
        if (LEFT.get(memory, entry) != 0) {
            COUNT.add(memory, left, -1);
        }
        entries.remove(page);
        return true;
    }

    @Override
    public void leave(long page) {
        LEFT.set(memory, entries.find(page), 1);
        COUNT.add(memory, left, 1);
    }

    @Override
    public long nextLeft(long from) {
        if (leftPages() == 0) {
            return -1;
        }
        long page = entries.next(from);
        while (page >= 0 && LEFT.get(memory, entries.find(page)) == 0) {
            page = entries.next(page + 1);
        }
        return page;
    }

    /**
     * How many objects are still there because the kernel beneath refused to take them back.
     *
     * @return 0 if all is well
     */
    public long leftPages() {
        return COUNT.get(memory, left);
    }

    private VkaObject object(long entry) {
        return new VkaObject(
                type(USES[(int) USE.get(memory, entry)]),
                PAGE_BITS,
                CPTR.get(memory, entry),
                HANDLE.get(memory, entry));
    }

    @Override
    public boolean isMapped(long page) {
        return isHeld(page) && (mappings(page) != 0 || use(page) != PageUse.FRAME);
    }

    /**
     * Whether there is an object in a page.
     *
     * @param page the page
     * @return true if there is
     */
    public boolean isHeld(long page) {
        return entries.find(page) != 0;
    }

    /**
     * What a page was made into.
     *
     * @param page one with an object in it
     * @return its use
     */
    public PageUse use(long page) {
        return USES[(int) USE.get(memory, entries.find(page))];
    }

    /**
     * How often a page is mapped.
     *
     * @param page the page
     * @return how many places of how many processes it is seen at
     */
    public long mappings(long page) {
        long entry = entries.find(page);
        return entry == 0 ? 0 : MAPPED.get(memory, entry);
    }

    /**
     * Notes that a page is mapped once more, or once less.
     *
     * @param page one with an object in it
     * @param delta 1 or -1
     */
    public void addMapping(long page, int delta) {
        long entry = entries.find(page);
        MAPPED.set(memory, entry, MAPPED.get(memory, entry) + delta);
    }

    /**
     * Whether a page is lent.
     *
     * @param page the page
     * @return true from when it is lent until it is returned
     */
    public boolean isLent(long page) {
        long entry = entries.find(page);
        return entry != 0 && LENT.get(memory, entry) != 0;
    }

    /**
     * Notes that a page is lent, or is not any more.
     *
     * @param page one with an object in it
     * @param lent whether it is
     */
    public void setLent(long page, boolean lent) {
        LENT.set(memory, entries.find(page), lent ? 1 : 0);
    }

    /**
     * Whether a page is mapped through its object's own capability.
     *
     * @param page one with an object in it
     * @return true if it is
     */
    public boolean isMappedItself(long page) {
        return ITSELF.get(memory, entries.find(page)) != 0;
    }

    /**
     * Notes that a page is mapped through its object's own capability, or is not any more.
     *
     * @param page one with an object in it
     * @param itself whether it is
     */
    public void setMappedItself(long page, boolean itself) {
        ITSELF.set(memory, entries.find(page), itself ? 1 : 0);
    }

    /**
     * Where the capability to a page's object is.
     *
     * @param page one with an object in it
     * @return its cptr
     */
    public @CPtr long cptr(long page) {
        return CPTR.get(memory, entries.find(page));
    }

    /**
     * What the book takes now.
     *
     * @return nodes of {@link SparseMap#NODE_BYTES} bytes
     */
    public long nodes() {
        return entries.nodes();
    }
}
