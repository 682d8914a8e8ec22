package org.allocman.check.museum;

import static org.allocman.vka.PageSize.PAGE;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.allocman.check.action.Outcome;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.resource.ResourceRefusal;
import org.allocman.resource.ResourceType;

/** Pages and two owners: pages are claimed, singly and in ranges, and released. */
final class PagesRig extends Rig {
    private static final int UNITS = 4;
    private static final int RANGE = 3;

    private final SmallPages pages;
    private final long base;
    private final long bytes;

    @SuppressWarnings("nullness:argument") // a factory sees of it what a Rig has, and that is there
    PagesRig(PlainMachine machine, long base, long bytes, Function<PagesRig, SmallPages> factory) {
        super(machine);
        this.base = base;
        this.bytes = bytes;
        this.pages = factory.apply(this);
        for (int owner = 1; owner <= 2; owner++) {
            int who = owner;
            add(who + " claims any", () -> true, () -> claimed(free() > 0, pages.claimAny(who)));
            add(who + " ends", () -> true, () -> claimed(true, pages.releaseAll(who)));
            for (int place = 0; place < UNITS; place++) {
                long at = base + place * PAGE;
                int page = place;
                add(who + " claims page " + place, () -> true, () -> claimed(isFor(page, who), pages.claimAt(at, who)));
                add(
                        who + " claims three pages from " + place,
                        () -> true,
                        () -> claimed(areFor(page, who), pages.claimRange(at, RANGE, who)));
            }
        }
    }

    private long free() {
        long free = 0;
        for (long unit = 0; unit < bytes / PAGE; unit++) {
            free += pages.owner(unit) == ResourceType.NOBODY ? 1 : 0;
        }
        return free;
    }

    private boolean isFor(long page, int who) {
        return page < bytes / PAGE && (pages.owner(page) == ResourceType.NOBODY || pages.owner(page) == who);
    }

    private boolean areFor(int first, int who) {
        boolean all = true;
        for (int page = first; page < first + RANGE; page++) {
            all &= isFor(page, who);
        }
        return all;
    }

    private static Outcome claimed(boolean expected, long answer) {
        if (answer >= 0 != expected) {
            return Outcome.wrong(
                    answer, "refusals have a reason: it should have been " + (expected ? "done" : "refused"));
        }
        return answer >= 0 ? Outcome.DONE : Outcome.refused(ResourceRefusal.of(answer));
    }

    @Override
    public boolean isRefusalClean() {
        return true;
    }

    @Override
    List<String> probe() {
        List<String> broken = new ArrayList<>();
        if (pages.units() * pages.unitBytes() != bytes) {
            broken.add("nothing lost: " + bytes + " bytes are " + pages.units() + " pages");
        }
        if (pages.address(0) != base) {
            broken.add("objects are where they may be: the first page");
        }
        return broken;
    }
}
