package org.allocman.xous.process;

import io.vavr.control.Either;
import java.util.ArrayDeque;
import java.util.Deque;
import org.allocman.qual.CPtr;
import org.allocman.qual.VirtAddr;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapOperations;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
import org.allocman.vka.LookupFault;
import org.allocman.vka.ObjectType;
import org.allocman.vka.VkaError;
import org.allocman.xous.PageUse;
import org.allocman.xous.SparseMap;
import org.allocman.xous.XousError;

/**
 * The address spaces of processes: one page at a time comes and goes. What can be refused says how to undo it, so that a
 * call which does several things does all or none. Answers are 0 or an {@link XousError#code()}.
 */
final class Spaces {
    private static final int PAGE = BookWindow.PAGE;
    private static final CapRights NOTHING = new CapRights(0);

    private final Parts parts;
    private final CapOperations capabilities;
    private final Architecture architecture;

    Spaces(Parts parts) {
        this.parts = parts;
        this.capabilities = new CapOperations(parts.kernel());
        this.architecture = parts.vka().architecture();
    }

    /** Runs what undoes, newest first, and answers the error. */
    static long undo(Deque<Runnable> undo, long error) {
        while (!undo.isEmpty()) {
            undo.pop().run();
        }
        return error;
    }

    /** What a process has at a page of its addresses; 0 for nothing. */
    int state(int pid, long virtualPage) {
        long entry = parts.map(pid).find(virtualPage);
        return entry == 0 ? 0 : (int) Mapping.STATE.get(parts.memory(), entry);
    }

    /** One past the last address that a process may use. */
    @VirtAddr
    long end() {
        return Places.userEnd(architecture);
    }

    @CPtr
    long root(int pid) {
        return parts.frames().cptr(ProcessRecord.ROOT.get(parts.memory(), parts.process(pid)));
    }

    /** Sets a page of addresses aside, or changes what may be done with one that is. */
    long reserve(int pid, long virtualPage, int flags, Deque<Runnable> undo) {
        SparseMap map = parts.map(pid);
        long entry = map.find(virtualPage);
        if (entry == 0) {
            entry = map.make(virtualPage);
            if (entry == 0) {
                return XousError.OUT_OF_MEMORY.code();
            }
            undo.push(() -> map.remove(virtualPage));
            Mapping.STATE.set(parts.memory(), entry, Mapping.RESERVED);
            Mapping.FLAGS.set(parts.memory(), entry, flags & Flags.ACCESS);
        } else if (Mapping.STATE.get(parts.memory(), entry) == Mapping.RESERVED) {
            long place = entry;
            long old = Mapping.FLAGS.get(parts.memory(), place);
            undo.push(() -> Mapping.FLAGS.set(parts.memory(), place, old));
            Mapping.FLAGS.set(parts.memory(), place, flags & Flags.ACCESS);
        }
        return 0;
    }

    /** Backs a page that is set aside. */
    long back(int pid, long virtualPage, Deque<Runnable> undo) {
        long page = parts.book().allocate(pid);
        if (page < 0) {
            return page;
        }
        undo.push(() -> parts.book().giveBack(page));
        long flags = Mapping.FLAGS.get(parts.memory(), parts.map(pid).find(virtualPage));
        return map(pid, virtualPage, page, (int) flags, Mapping.MAPPED, undo);
    }

    /** Maps a page where nothing is mapped; an address that was set aside is so again if it is undone. */
    long map(int pid, long virtualPage, long page, int flags, int state, Deque<Runnable> undo) {
        SparseMap map = parts.map(pid);
        long entry = map.find(virtualPage);
        long before = entry == 0 ? 0 : parts.memory().load64(entry, 0);
        if (entry == 0) {
            entry = map.make(virtualPage);
            if (entry == 0) {
                return XousError.OUT_OF_MEMORY.code();
            }
            undo.push(() -> map.remove(virtualPage));
        }
        boolean itself = state == Mapping.MAPPED && !parts.frames().isMappedItself(page);
        long copy = itself ? 0 : copy(page, undo);
        if (copy < 0) {
            return copy;
        }
        long cptr = itself ? parts.frames().cptr(page) : copy;
        long error = state == Mapping.KERNEL
                ? map(pid, cptr, virtualPage, NOTHING, architecture.kernelOnlyAttributes(), undo)
                : map(pid, cptr, virtualPage, Attributes.rights(flags), Attributes.of(architecture, flags), undo);
        if (error != 0) {
            return error;
        }
        if (itself) {
            undo.push(() -> parts.kernel().pageUnmap(cptr));
        }
        long place = entry;
        undo.push(() -> {
            note(page, -1, itself);
            parts.memory().store64(place, 0, before);
            Mapping.COPY.set(parts.memory(), place, 0);
        });
        note(page, 1, itself);
        Mapping.PAGE.set(parts.memory(), place, page);
        Mapping.FLAGS.set(parts.memory(), place, flags & Flags.ACCESS);
        Mapping.STATE.set(parts.memory(), place, state);
        Mapping.COPY.set(parts.memory(), place, copy);
        return 0;
    }

    private void note(long page, int delta, boolean itself) {
        parts.frames().addMapping(page, delta);
        if (itself) {
            parts.frames().setMappedItself(page, delta > 0);
        }
    }

    /** A copy of a page's capability: its cptr, or an error. */
    private long copy(long page, Deque<Runnable> undo) {
        Either<VkaError, CapPath> slot = parts.vka().allocateSlot();
        if (slot.isLeft()) {
            return XousError.OUT_OF_MEMORY.code();
        }
        undo.push(() -> parts.vka().freeSlot(slot.get()));
        KernelError error =
                capabilities.copy(slot.get(), parts.vka().path(parts.frames().cptr(page)), CapRights.ALL);
        return error.failed() ? XousError.INTERNAL_ERROR.code() : slot.get().index();
    }

    private long map(int pid, long cptr, long virtualPage, CapRights rights, long attributes, Deque<Runnable> undo) {
        while (true) {
            KernelError error =
                    parts.kernel().pageMap(cptr, root(pid), virtualPage << Mapping.PAGE_BITS, rights, attributes);
            if (!error.failed()) {
                return 0;
            }
            LookupFault fault = error.lookupFault();
            ObjectType missing = fault == null ? null : architecture.tableFor(fault.bitsLeft());
            if (missing == null) {
                return XousError.INTERNAL_ERROR.code();
            }
            long answer = addTable(pid, use(missing), virtualPage << Mapping.PAGE_BITS, undo);
            if (answer != 0) {
                return answer;
            }
        }
    }

    private static PageUse use(ObjectType table) {
        return switch (table) {
            case PAGE_DIRECTORY -> PageUse.DIRECTORY;
            case PDPT -> PageUse.UPPER;
            default -> PageUse.TABLE;
        };
    }

    /** Gives a process a page table, charged to it. */
    private long addTable(int pid, PageUse use, long address, Deque<Runnable> undo) {
        SparseMap map = parts.map(pid);
        long number = Mapping.FIRST_TABLE + (address >>> Mapping.TABLE_BITS);
        if (map.find(number) == 0) {
            if (map.make(number) == 0) {
                return XousError.OUT_OF_MEMORY.code();
            }
            undo.push(() -> map.remove(number));
        }
        long page = parts.book().allocate(pid, use);
        if (page < 0) {
            return page;
        }
        undo.push(() -> parts.book().giveBack(page));
        KernelError error = parts.kernel().tableMap(parts.frames().cptr(page), root(pid), address, 0);
        return error.failed() ? XousError.INTERNAL_ERROR.code() : 0;
    }

    /** Takes a mapping away, and with the last one the page. */
    long unmap(int pid, long virtualPage) {
        long entry = parts.map(pid).find(virtualPage);
        long page = Mapping.PAGE.get(parts.memory(), entry);
        boolean last = parts.frames().mappings(page) == 1;
        boolean itself = Mapping.COPY.get(parts.memory(), entry) == 0;
        if (last && itself) {
            if (!parts.book().giveBack(page)) {
                return XousError.INTERNAL_ERROR.code();
            }
            parts.map(pid).remove(virtualPage);
            return 0;
        }
        long error = hide(pid, virtualPage);
        if (error == 0) {
            parts.map(pid).remove(virtualPage);
            error = last && !parts.book().giveBack(page) ? XousError.INTERNAL_ERROR.code() : 0;
        }
        return error;
    }

    /** The process does not see the page any more; the entry stays, and the page is mapped once less. */
    long hide(int pid, long virtualPage) {
        long entry = parts.map(pid).find(virtualPage);
        long page = Mapping.PAGE.get(parts.memory(), entry);
        long copy = Mapping.COPY.get(parts.memory(), entry);
        if (copy != 0) {
            if (parts.vka().freeSlot(parts.vka().path(copy)).isDefined()) {
                return XousError.INTERNAL_ERROR.code();
            }
            Mapping.COPY.set(parts.memory(), entry, 0);
        } else if (parts.frames().isMappedItself(page)
                && parts.kernel().pageUnmap(parts.frames().cptr(page)).failed()) {
            return XousError.INTERNAL_ERROR.code();
        }
        note(page, -1, copy == 0);
        return 0;
    }

    /** Maps a page again with other flags where it is mapped already. */
    long remap(int pid, long virtualPage, int flags) {
        long entry = parts.map(pid).find(virtualPage);
        long copy = Mapping.COPY.get(parts.memory(), entry);
        long cptr = copy != 0 ? copy : parts.frames().cptr(Mapping.PAGE.get(parts.memory(), entry));
        KernelError error = parts.kernel()
                .pageMap(
                        cptr,
                        root(pid),
                        virtualPage << Mapping.PAGE_BITS,
                        Attributes.rights(flags),
                        Attributes.of(architecture, flags));
        if (error.failed()) {
            return XousError.INTERNAL_ERROR.code();
        }
        Mapping.FLAGS.set(parts.memory(), entry, flags);
        return 0;
    }

    /** Sets every byte of a page to zero, through a place of the root task's. */
    long clear(long page) {
        Deque<Runnable> undo = new ArrayDeque<>();
        long copy = copy(page, undo);
        if (copy >= 0) {
            KernelError error = parts.kernel()
                    .pageMap(
                            copy,
                            BootSlots.VSPACE,
                            parts.layout().peepHole(),
                            CapRights.READ_WRITE,
                            Attributes.of(architecture));
            copy = error.failed() ? XousError.INTERNAL_ERROR.code() : 0;
        }
        if (copy == 0) {
            parts.memory().clear(parts.layout().peepHole(), PAGE);
        }
        return undo(undo, copy);
    }
}
