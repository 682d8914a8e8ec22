package org.allocman.lesson.course;

import java.util.ArrayList;
import java.util.List;
import org.allocman.lesson.RootTask;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.vka.ObjectType;

/** Retype and the watermark. */
final class WatermarkLesson extends KernelLesson {
    private static final long SMALL = 44;
    private static final long TIGHT = 45;
    private static final long FIRST_CNODE = 110;
    private static final long TCB = 111;
    private static final long PAGE = 112;
    private static final long SECOND_CNODE = 113;
    private static final long LAST_PAGE = 114;
    private static final long OLD_ENDPOINT = 120;
    private static final int RADIX = 5;

    WatermarkLesson() {
        super("watermark", Form.SCRIPT, Form.JAVA);
    }

    @Override
    void prepare(RootTask task) {
        must(task.retype(SMALL, ObjectType.ENDPOINT, 0, OLD_ENDPOINT));
    }

    @Override
    List<Long> shown() {
        return List.of(SMALL, TIGHT, OLD_ENDPOINT);
    }

    @Override
    void check(Machine machine, SlotFindings found) {
        Look look = found.look();
        List<Long> outside = new ArrayList<>();
        long made = 0;
        for (long slot : List.of(FIRST_CNODE, TCB, PAGE, SECOND_CNODE)) {
            if (!look.isEmpty(slot)) {
                if (look.descends(TIGHT, slot)) {
                    made += 1L << look.sizeBits(slot);
                } else {
                    outside.add(slot);
                }
            }
        }
        if (!outside.isEmpty()) {
            found.add(
                    "elsewhere",
                    "What is in slot " + Look.list(outside) + " was not made from the untyped in slot 45.",
                    "All four fit into its 8 KiB, if nothing is lost between them.");
        }
        long lost = look.watermark(TIGHT) - made;
        boolean isComplete = made == 1L << look.sizeBits(TIGHT);
        if (!isComplete && lost > 0) {
            found.add(
                    "gap",
                    "The watermark of the untyped in slot 45 is at " + Look.hex(look.watermark(TIGHT)) + ", but only "
                            + made + " bytes of that are in the objects asked for; " + lost + " bytes are lost.",
                    "Every object lies at a multiple of its own size. The watermark jumps there, and never goes back while"
                            + " there are children. In which order does nothing have to be skipped?");
        }
        kind(found, FIRST_CNODE, CapabilityType.CNODE, "a CNode of 32 slots");
        kind(found, TCB, CapabilityType.TCB, "a TCB");
        kind(found, PAGE, CapabilityType.FRAME, "a small page");
        kind(found, SECOND_CNODE, CapabilityType.CNODE, "a CNode of 32 slots");
        lastPage(found, look);
    }

    private static void kind(SlotFindings found, long slot, CapabilityType type, String wanted) {
        Look look = found.look();
        boolean isRight = look.type(slot) == type
                && (type != CapabilityType.CNODE || look.slots().cnode().radix(look.slot(slot)) == RADIX);
        if (!isRight) {
            found.slot(
                    slot,
                    look.isEmpty(slot) ? "missing" : "kind",
                    wanted,
                    look.isEmpty(slot)
                            ? "The untyped in slot 45 has room for all four. If the kernel said NotEnoughMemory, look at the"
                                    + " watermark, and at the order."
                            : "Look at the type, and at the size: 32 slots are a radix of 5.");
        }
    }

    private static void lastPage(SlotFindings found, Look look) {
        if (look.type(LAST_PAGE) == CapabilityType.FRAME) {
            if (!look.descends(SMALL, LAST_PAGE)) {
                found.add(
                        "other-untyped",
                        "The page in slot 114 is at " + Look.hex(look.object(LAST_PAGE))
                                + ", not in the untyped in slot 44 at " + Look.hex(look.object(SMALL)) + ".",
                        "The task is to get the whole of the untyped in slot 44 back.");
            }
            return;
        }
        String idea = look.hasChildren(SMALL)
                ? "An untyped counts from 0 again only when it has no children left. What makes all of them go at once?"
                : "Now the untyped has no children. The old watermark stays visible, but the next retype counts from 0.";
        found.slot(LAST_PAGE, look.hasChildren(SMALL) ? "children" : "not-again", "a small page", idea);
    }
}
