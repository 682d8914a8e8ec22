package org.allocman.check.systems;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.allocman.check.action.Action;
import org.allocman.check.action.Outcome;
import org.allocman.qual.CPtr;
import org.allocman.sim.boot.Machine;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.ThreadSpaces;

/** The invocations of {@link PagingSubject}. */
final class PagingActions {
    private static final long ROOT = BootSlots.CNODE;

    private final Kernel kernel;
    private final PagingContext context;
    private final int bits;
    private final List<Action> all = new ArrayList<>();

    /** An address space to map in. */
    private record Space(String name, @CPtr long cptr) {}

    PagingActions(Kernel kernel, Machine machine, PagingContext context) {
        this.kernel = kernel;
        this.context = context;
        this.bits = machine.board().architecture().wordBits();
    }

    List<Action> all() {
        Space own = new Space("its own address space", BootSlots.VSPACE);
        Space second = new Space("the second address space", context.second());
        long[] frames = context.frames();
        for (Space space : List.of(own, second)) {
            for (int i = 0; i < frames.length; i++) {
                // the large one fits at its own multiple only; the last small one stays where the table ends
                map("frame " + i, frames[i], space, 0);
                if (i > 0) {
                    map("frame " + i, frames[i], space, 1);
                }
            }
            add(
                    "map the table in " + space.name,
                    context.table(),
                    () -> kernel.tableMap(context.table(), space.cptr, context.pages()[0], 0));
            add(
                    "give the thread " + space.name,
                    space.cptr,
                    () -> kernel.tcbSetSpace(BootSlots.TCB, new ThreadSpaces(0, ROOT, context.guard(), space.cptr, 0)));
        }
        for (int i = 0; i < frames.length; i++) {
            use("frame " + i, frames[i]);
        }
        long copied = frames[1];
        for (CapRights rights : List.of(CapRights.READ_WRITE, CapRights.READ_ONLY)) {
            add(
                    "copy frame 1" + with(rights),
                    copied,
                    () -> kernel.copy(
                            new CapPath(ROOT, context.copy(), bits), new CapPath(ROOT, copied, bits), rights));
        }
        map("the copy", context.copy(), own, 0);
        use("the copy", context.copy());
        add("revoke frame 1", copied, () -> kernel.revoke(ROOT, copied, bits));
        add("unmap the table", context.table(), () -> kernel.tableUnmap(context.table()));
        delete("the table", context.table());
        delete("the second address space", context.second());
        delete("its pool", context.pool());
        return all;
    }

    private void map(String frame, @CPtr long cptr, Space space, int page) {
        for (CapRights rights : List.of(CapRights.READ_WRITE, CapRights.READ_ONLY)) {
            add(
                    "map " + frame + " at page " + page + " of " + space.name + with(rights),
                    cptr,
                    () -> kernel.pageMap(cptr, space.cptr, context.pages()[page], rights, 0));
        }
    }

    private static String with(CapRights rights) {
        return rights.equals(CapRights.READ_ONLY) ? " read-only" : "";
    }

    private void use(String frame, @CPtr long cptr) {
        add("unmap " + frame, cptr, () -> kernel.pageUnmap(cptr));
        delete(frame, cptr);
    }

    private void delete(String what, @CPtr long cptr) {
        add("delete " + what, cptr, () -> kernel.delete(ROOT, cptr, bits));
    }

    private void add(String name, @CPtr long cptr, Supplier<KernelError> invoke) {
        all.add(Action.of(name, () -> context.holds(cptr), () -> {
            context.look();
            KernelError answer = invoke.get();
            String stale = context.stale();
            if (stale != null) {
                return Outcome.wrong(answer, stale);
            }
            return answer.failed() ? Outcome.refused(answer) : Outcome.DONE;
        }));
    }
}
