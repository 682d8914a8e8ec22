package org.allocman.check.museum;

import static org.allocman.vka.PageSize.PAGE_BITS;

import java.util.List;
import java.util.function.Function;
import org.allocman.check.action.Outcome;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.untyped.MemoryKind;

/** A manager that keeps pages ready: how many is said again and again, they are used up, and given back. */
final class ReserveRig extends Rig {
    private static final int MOST_HELD = 2;

    private final ReservingUntypeds manager;

    @SuppressWarnings("nullness:argument") // a factory sees of it what a Rig has, and that is there
    ReserveRig(PlainMachine machine, Function<ReserveRig, ReservingUntypeds> factory) {
        super(machine);
        this.manager = factory.apply(this);
        for (int pages = 0; pages <= ReservingUntypeds.MOST; pages++) {
            int target = pages;
            add("keep " + pages + " pages ready", () -> true, () -> {
                manager.setReserve(target);
                return Outcome.DONE;
            });
        }
        add("use a page that is ready", () -> held(MOST_HELD - 1) == 0, () -> {
            long page = manager.takeReady();
            if (page != 0) {
                memory.store64(word(held(0) == 0 ? 0 : 1), 0, page);
            }
            return page == 0 ? Outcome.refused("none is ready") : Outcome.DONE;
        });
        add("free a page", () -> held(0) != 0, () -> {
            long answer = manager.free(held(0));
            memory.store64(word(0), 0, held(1));
            memory.store64(word(1), 0, 0);
            return answer == 0 ? Outcome.DONE : Outcome.wrong(answer, "free never fails");
        });
    }

    private long held(int index) {
        return memory.load64(word(index), 0);
    }

    @Override
    List<String> probe() {
        return manager.level() == manager.target() || manager.largestFree(MemoryKind.KERNEL) < PAGE_BITS
                ? List.of()
                : List.of("reserve full when idle: " + manager.level() + " of " + manager.target()
                        + " pages are ready, and there is memory");
    }
}
