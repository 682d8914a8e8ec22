package org.allocman.xous.process;

import static org.allocman.vka.PageSize.PAGE_BITS;

import io.vavr.control.Either;
import io.vavr.control.Option;
import org.allocman.qual.CPtr;
import org.allocman.qual.VirtAddr;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;
import org.allocman.vka.VkaError;
import org.allocman.vka.vspace.MissingTable;
import org.allocman.vka.vspace.PageMapper;
import org.allocman.xous.FrameTable;
import org.allocman.xous.PageUse;
import org.allocman.xous.SparseMap;
import org.allocman.xous.XousError;

/**
 * The address spaces of processes: one page at a time comes and goes. What can be refused says how to undo it, so that a
 * call which does several things does all or none. Answers are 0 or an {@link XousError#code()}.
 */
final class Spaces {
    private final SystemContext context;
    private final Memory memory;
    private final Architecture architecture;
    private final PageMapper mapper;

    Spaces(SystemContext context) {
        this.context = context;
        this.memory = context.memory();
        this.architecture = context.vka().architecture();
        this.mapper = new PageMapper(context.kernel());
    }

    /** One past the last address that a process may use. */
    @VirtAddr
    long end() {
        return AddressLayout.userEnd(architecture);
    }

    @CPtr
    long root(Process process) {
        return context.frames().cptr(process.get(ProcessRecord.ROOT));
    }

    /** Sets a page of addresses aside, or changes what may be done with one that is. */
    long reserve(Process process, long virtualPage, int flags, Undo undo) {
        SparseMap map = process.mappings();
        long entry = map.find(virtualPage);
        if (entry == 0) {
            entry = map.make(virtualPage);
            if (entry == 0) {
                return XousError.OUT_OF_MEMORY.code();
            }
            undo.push(() -> map.remove(virtualPage));
            Mapping.STATE.set(memory, entry, Mapping.RESERVED);
            Mapping.FLAGS.set(memory, entry, flags & Flags.ACCESS);
        } else if (Mapping.STATE.get(memory, entry) == Mapping.RESERVED) {
            long place = entry;
            long old = Mapping.FLAGS.get(memory, place);
            undo.push(() -> Mapping.FLAGS.set(memory, place, old));
            Mapping.FLAGS.set(memory, place, flags & Flags.ACCESS);
        }
        return 0;
    }

    /** Backs a page that is set aside. */
    long back(Process process, long virtualPage, Undo undo) {
        long page = context.allocations().allocate(process.pid());
        if (page < 0) {
            return page;
        }
        undo.push(() -> context.allocations().drop(page));
        long flags = Mapping.FLAGS.get(memory, process.entry(virtualPage));
        return map(process, virtualPage, page, (int) flags, Mapping.MAPPED, undo);
    }

    /**
     * Maps a page where nothing is mapped; an address that was set aside is so again if it is undone. The first mapping of an
     * owner is through the page's own capability, all others through copies.
     */
    long map(Process process, long virtualPage, long page, int flags, int state, Undo undo) {
        boolean itself = state == Mapping.MAPPED && !context.frames().isMappedItself(page);
        return map(process, virtualPage, page, flags, state, itself, undo);
    }

    /** The same through a copy, whatever there is. */
    long mapCopy(Process process, long virtualPage, long page, int flags, int state, Undo undo) {
        return map(process, virtualPage, page, flags, state, false, undo);
    }

    private long map(Process process, long virtualPage, long page, int flags, int state, boolean itself, Undo undo) {
        if (context.frames().mappings(page) == FrameTable.MOST_MAPPINGS) {
            return XousError.OUT_OF_MEMORY.code();
        }
        SparseMap map = process.mappings();
        long found = map.find(virtualPage);
        long entry = found == 0 ? map.make(virtualPage) : found;
        if (entry == 0) {
            return XousError.OUT_OF_MEMORY.code();
        }
        long before = memory.load64(entry, 0);
        undo.push(() -> takeBack(process, virtualPage, before));
        long error = itself ? 0 : copy(page, entry);
        if (error != 0) {
            return error;
        }
        long cptr = itself ? context.frames().cptr(page) : Mapping.COPY.get(memory, entry);
        error = state == Mapping.KERNEL
                ? map(process, cptr, virtualPage, CapRights.NONE, architecture.kernelOnlyAttributes(), undo)
                : map(process, cptr, virtualPage, Attributes.rights(flags), Attributes.of(architecture, flags), undo);
        if (error != 0) {
            return error;
        }
        note(page, 1, itself);
        Mapping.PAGE.set(memory, entry, page);
        Mapping.FLAGS.set(memory, entry, flags & Flags.ACCESS);
        Mapping.STATE.set(memory, entry, state);
        return 0;
    }

    private void note(long page, int delta, boolean itself) {
        context.frames().addMapping(page, delta);
        if (itself) {
            context.frames().setMappedItself(page, delta > 0);
        }
    }

    /**
     * Undoes what {@link #map} did, however far it came. What the kernel beneath refuses is noted in the entry, which is there
     * already; so nothing is needed that may not be had.
     */
    private void takeBack(Process process, long virtualPage, long before) {
        long entry = process.entry(virtualPage);
        long page = Mapping.PAGE.get(memory, entry);
        long copy = Mapping.COPY.get(memory, entry);
        boolean isMapped = Mapping.STATE.get(memory, entry) != Mapping.STATE.of(before);
        memory.store64(entry, 0, before);
        if (isMapped) {
            note(page, -1, copy == 0);
            Mapping.PAGE.set(memory, entry, page);
        }
        if (isMapped || copy != 0) {
            Mapping.BEFORE.set(memory, entry, Mapping.STATE.of(before));
            Mapping.STATE.set(memory, entry, Mapping.GOING);
            finishOrNote(process, virtualPage);
        } else if (before == 0) {
            process.mappings().remove(virtualPage);
        }
    }

    /** Ends what is unfinished at a page of a process; answers whether that is done. */
    boolean finish(Process process, long virtualPage) {
        return switch (process.state(virtualPage)) {
            case Mapping.GOING -> finishGoing(process, virtualPage);
            case Mapping.COMING -> finishComing(process, virtualPage) == 0;
            default -> true;
        };
    }

    private boolean finishGoing(Process process, long virtualPage) {
        SparseMap map = process.mappings();
        long entry = map.find(virtualPage);
        long page = Mapping.PAGE.get(memory, entry);
        if (!releaseObject(Mapping.COPY.get(memory, entry), page)) {
            return false;
        }
        int before = (int) Mapping.BEFORE.get(memory, entry);
        if (before == 0) {
            map.remove(virtualPage);
            return true;
        }
        Mapping.COPY.set(memory, entry, 0);
        Mapping.BEFORE.set(memory, entry, 0);
        Mapping.STATE.set(memory, entry, before);
        Mapping.PAGE.set(memory, entry, before == Mapping.LENT ? page : 0);
        return true;
    }

    /** Takes a mapping away that goes through a copy, or through the object's own capability if the object is still there. */
    private boolean releaseObject(long copy, long page) {
        if (copy != 0) {
            return context.vka().freeSlot(context.vka().path(copy)).isEmpty();
        }
        return !context.frames().isHeld(page)
                || !context.kernel().pageUnmap(context.frames().cptr(page)).failed();
    }

    private long finishComing(Process process, long virtualPage) {
        long entry = process.entry(virtualPage);
        boolean isSeen = Mapping.BEFORE.get(memory, entry) == Mapping.MAPPED;
        int flags = (int) Mapping.FLAGS.get(memory, entry);
        if (isSeen) {
            long error = remap(process, virtualPage, flags);
            if (error == 0) {
                Mapping.STATE.set(memory, entry, Mapping.MAPPED);
                Mapping.BEFORE.set(memory, entry, 0);
            }
            return error;
        }
        Undo undo = new Undo();
        Mapping.STATE.set(memory, entry, Mapping.LENT);
        // through the page's own capability: that needs no slot, so it can only be refused
        long error = map(process, virtualPage, Mapping.PAGE.get(memory, entry), flags, Mapping.MAPPED, true, undo);
        if (error != 0) {
            undo.rollback(error);
            Mapping.STATE.set(memory, entry, Mapping.COMING);
        }
        return error;
    }

    /** Lets a process see its page again; if the kernel beneath refuses, later. */
    void showAgain(Process process, long virtualPage) {
        long entry = process.entry(virtualPage);
        Mapping.STATE.set(memory, entry, Mapping.COMING);
        finishOrNote(process, virtualPage);
    }

    /** Gives a process the rights back that it had; if the kernel beneath refuses, later. */
    void remapAgain(Process process, long virtualPage, int flags) {
        long entry = process.entry(virtualPage);
        Mapping.FLAGS.set(memory, entry, flags);
        Mapping.BEFORE.set(memory, entry, Mapping.MAPPED);
        Mapping.STATE.set(memory, entry, Mapping.COMING);
        finishOrNote(process, virtualPage);
    }

    private void finishOrNote(Process process, long virtualPage) {
        if (!finish(process, virtualPage)) {
            context.setUnfinished();
        }
    }

    /** Makes a copy of a page's capability, and writes its place into an entry before anything is in it. */
    private long copy(long page, long entry) {
        Either<VkaError, CapPath> slot = context.vka().allocateSlot();
        if (slot.isLeft()) {
            return XousError.OUT_OF_MEMORY.code();
        }
        Mapping.COPY.set(memory, entry, slot.get().index());
        return context.copyFrame(page, slot.get());
    }

    /** Maps, with a page table for each level that is missing; they are charged to the process. */
    private long map(Process process, long cptr, long virtualPage, CapRights rights, long attributes, Undo undo) {
        return mapper.map(
                        cptr,
                        root(process),
                        virtualPage << PAGE_BITS,
                        rights,
                        attributes,
                        missing -> addTable(process, missing, undo),
                        error -> XousError.INTERNAL_ERROR.code())
                .getOrElse(0L);
    }

    private static PageUse use(ObjectType table) {
        if (table == ObjectType.PAGE_DIRECTORY) {
            return PageUse.DIRECTORY;
        }
        return table == ObjectType.PDPT ? PageUse.UPPER : PageUse.TABLE;
    }

    /** Gives a process a page table, charged to it. */
    private Option<Long> addTable(Process process, MissingTable missing, Undo undo) {
        SparseMap map = process.mappings();
        long number = Mapping.FIRST_TABLE + (missing.vaddr() >>> Mapping.TABLE_BITS);
        if (map.find(number) == 0) {
            if (map.make(number) == 0) {
                return Option.some(XousError.OUT_OF_MEMORY.code());
            }
            undo.push(() -> map.remove(number));
        }
        long page = context.allocations().allocate(process.pid(), use(missing.type()));
        if (page < 0) {
            return Option.some(page);
        }
        undo.push(() -> context.allocations().drop(page));
        KernelError error = mapper.mapTable(context.frames().cptr(page), missing);
        return Option.when(error.failed(), XousError.INTERNAL_ERROR.code());
    }

    /** Takes a mapping away, and with the last one the page. */
    long unmap(Process process, long virtualPage) {
        SparseMap map = process.mappings();
        long entry = map.find(virtualPage);
        long page = Mapping.PAGE.get(memory, entry);
        if (context.frames().mappings(page) > 1) {
            long error = hide(process, virtualPage);
            if (error == 0) {
                map.remove(virtualPage);
            }
            return error;
        }
        // the object takes its mapping with it, also one through a copy; then the copy's slot is empty
        if (!context.allocations().giveBack(page)) {
            return XousError.INTERNAL_ERROR.code();
        }
        if (Mapping.COPY.get(memory, entry) == 0) {
            map.remove(virtualPage);
            return 0;
        }
        Mapping.STATE.set(memory, entry, Mapping.GOING);
        finishOrNote(process, virtualPage);
        return 0;
    }

    /** The process does not see the page any more; the entry stays, and the page is mapped once less. */
    long hide(Process process, long virtualPage) {
        long entry = process.entry(virtualPage);
        long page = Mapping.PAGE.get(memory, entry);
        long copy = Mapping.COPY.get(memory, entry);
        if (!releaseObject(copy, page)) {
            return XousError.INTERNAL_ERROR.code();
        }
        Mapping.COPY.set(memory, entry, 0);
        note(page, -1, copy == 0);
        return 0;
    }

    /** The process ends: whatever it has at a page of its addresses goes, but for the page itself. */
    long endMapping(Process process, long virtualPage) {
        SparseMap map = process.mappings();
        long entry = map.find(virtualPage);
        long copy = Mapping.COPY.get(memory, entry);
        switch (process.state(virtualPage)) {
            case Mapping.MAPPED, Mapping.KERNEL -> {
                long error = hide(process, virtualPage);
                if (error != 0) {
                    return error;
                }
            }
            default -> {
                // of a call that failed while the process was made
                if (copy != 0 && !releaseObject(copy, 0)) {
                    return XousError.INTERNAL_ERROR.code();
                }
            }
        }
        map.remove(virtualPage);
        return 0;
    }

    /** Maps a page again with other flags where it is mapped already. */
    long remap(Process process, long virtualPage, int flags) {
        long entry = process.entry(virtualPage);
        long copy = Mapping.COPY.get(memory, entry);
        long cptr = copy != 0 ? copy : context.frames().cptr(Mapping.PAGE.get(memory, entry));
        KernelError error = context.kernel()
                .pageMap(
                        cptr,
                        root(process),
                        virtualPage << PAGE_BITS,
                        Attributes.rights(flags),
                        Attributes.of(architecture, flags));
        if (error.failed()) {
            return XousError.INTERNAL_ERROR.code();
        }
        Mapping.FLAGS.set(memory, entry, flags);
        return 0;
    }
}
