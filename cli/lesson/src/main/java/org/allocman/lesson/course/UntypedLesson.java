package org.allocman.lesson.course;

import java.util.List;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.CapabilityType;

/** What is an untyped. */
final class UntypedLesson extends KernelLesson {
    private static final long DEVICES = 22;
    private static final long TCB = 100;
    private static final long SMALLER = 101;
    private static final long INSIDE = 102;
    private static final long DEVICE_PAGE = 103;
    private static final int SMALLER_BITS = 14;

    UntypedLesson() {
        super("untyped", Form.SCRIPT, Form.JAVA);
    }

    @Override
    List<Long> shown() {
        return List.of(DEVICES, 44L, 45L, 46L, 47L, 48L, 49L, 50L);
    }

    @Override
    void check(Machine machine, SlotFindings found) {
        Look look = found.look();
        if (look.type(TCB) != CapabilityType.TCB) {
            found.slot(
                    TCB,
                    "tcb",
                    "a TCB",
                    "An object comes into being by a retype of an untyped that is normal memory and has room for it.");
        }
        boolean isSmaller = look.type(SMALLER) == CapabilityType.UNTYPED
                && look.sizeBits(SMALLER) == SMALLER_BITS
                && !look.isDevice(SMALLER);
        if (!isSmaller) {
            found.slot(
                    SMALLER,
                    "smaller",
                    "an untyped of 2^14 bytes of normal memory",
                    "An untyped may be retyped into smaller untypeds. The size is given in bits: 16 KiB is 2^14 bytes.");
        }
        if (look.type(INSIDE) != CapabilityType.FRAME) {
            found.slot(
                    INSIDE,
                    "page",
                    "a small page",
                    "A frame is memory that can be mapped. It is made like any object.");
        } else if (isSmaller && !look.descends(SMALLER, INSIDE)) {
            found.add(
                    "inside",
                    "The page in slot 102 is at " + Look.hex(look.object(INSIDE))
                            + ", outside the untyped in slot 101 at " + Look.hex(look.object(SMALLER)) + ".",
                    "Which untyped an object is made from decides where it lies. Retype the untyped in slot 101.");
        }
        if (look.type(DEVICE_PAGE) != CapabilityType.FRAME) {
            found.slot(
                    DEVICE_PAGE,
                    "device",
                    "a small page of device memory",
                    "Frames and untypeds are all that the kernel makes from a device untyped. Nothing that it would have to"
                            + " keep data in, for it never touches that memory.");
        } else if (!look.isDevice(DEVICE_PAGE)) {
            found.add(
                    "not-device",
                    "The page in slot 103 is normal memory, at " + Look.hex(look.object(DEVICE_PAGE)) + ".",
                    "Normal and device memory never mix. Look at which untypeds are device untypeds.");
        }
    }
}
