package org.allocman.sim.kernel;

/**
 * The fields of a guest's control structure that invocations may read and write (seL4, {@code decodeReadVMCS}), by the numbers that
 * the processor has for them (Intel SDM volume 3, "VMCS fields"). They are stretches of even numbers.
 */
enum VmcsFields {
    SELECTORS(0x800, 0x80e, true),
    GUEST_WORDS(0x2802, 0x2810, true),
    CONTROLS(0x4000, 0x4004, true),
    EXIT_CONTROLS(0x400c, 0x400c, true),
    ENTRY_CONTROLS(0x4012, 0x4012, true),
    ENTRY_INTERRUPTION(0x4016, 0x4018, true),
    SECONDARY_CONTROLS(0x401e, 0x401e, true),
    GUEST_SEGMENTS(0x4800, 0x482a, true),
    PREEMPTION_TIMER(0x482e, 0x482e, true),
    MASKS(0x6000, 0x6006, true),
    GUEST_STATE(0x6800, 0x6826, true),
    GUEST_PHYSICAL(0x2400, 0x2400, false),
    INSTRUCTION_ERROR(0x4400, 0x4400, false),
    EXIT(0x4404, 0x440e, false),
    EXIT_ADDRESSES(0x6402, 0x640a, false);

    /** The error code of an exception on entry can be written and not read. */
    private static final int WRITTEN_ONLY = 0x4018;

    private static final VmcsFields[] ALL = values();

    private final int first;
    private final int last;
    private final boolean isWritable;

    VmcsFields(int first, int last, boolean isWritable) {
        this.first = first;
        this.last = last;
        this.isWritable = isWritable;
    }

    private int count() {
        return (last - first) / 2 + 1;
    }

    /** A field's place among all of them; negative if it may not be read, or written. */
    static int index(long field, boolean isWritten) {
        int before = 0;
        for (VmcsFields group : ALL) {
            if (field >= group.first && field <= group.last && (field & 1) == 0) {
                boolean isGood = isWritten ? group.isWritable : field != WRITTEN_ONLY;
                return isGood ? before + (int) (field - group.first) / 2 : -1;
            }
            before += group.count();
        }
        return -1;
    }
}
