package org.allocman.sim.kernel;

import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The invocations of x86's virtual CPUs and of guests' extended page tables (seL4 manual, "seL4_X86_VCPU"). No guest runs, and no
 * bit of a control field is fixed by a processor, so that what is written is what is read.
 */
final class VtxInvocations {
    /** How many labels they have, behind those of interrupts. */
    static final int LABELS = 13;

    static final int SET_EPT_ROOT = 0;
    static final int SET_TCB = 1;
    static final int READ_VMCS = 2;
    static final int WRITE_VMCS = 3;
    static final int ENABLE_PORTS = 4;
    static final int DISABLE_PORTS = 5;
    static final int WRITE_REGISTERS = 6;
    /** In place of a label: it cannot be mapped. */
    static final int NONE = -1;

    private static final int MAP_PDPT = 7;
    private static final int MAP_PD = 9;
    private static final int MAP_PT = 11;
    private static final int MAP_TABLE_WORDS = 2;
    private static final int MAP_PAGE_WORDS = 3;
    private static final long PORT = 0xffff;

    private final PagedMemory memory;
    private final Slots slots;
    private final ObjectTypes types;
    private final AddressSpaces spaces;
    private final VcpuBindings bindings;
    private final int firstLabel;
    private final int mapPageLabel;

    VtxInvocations(PagedMemory memory, Slots slots, ObjectTypes types, AddressSpaces spaces, KernelLabels labels) {
        this.memory = memory;
        this.slots = slots;
        this.types = types;
        this.spaces = spaces;
        this.bindings = new VcpuBindings(memory, slots);
        this.firstLabel = labels.guests();
        this.mapPageLabel = labels.mapGuestPage();
    }

    /** Whether a message to a thread is for here. */
    boolean isSetEptRoot(KernelMessage message) {
        return message.label() == (long) firstLabel + SET_EPT_ROOT;
    }

    /** Whether a message to a frame is for here. */
    boolean isMapPage(KernelMessage message) {
        return message.label() == mapPageLabel;
    }

    /** Maps a frame for a guest. */
    KernelError mapPage(long frame, KernelMessage message, long root) {
        return message.length() < MAP_PAGE_WORDS || root < 0
                ? KernelError.truncatedMessage()
                : spaces.guests().mapPage(frame, root, message.word(0), message.word(1), message.word(2));
    }

    KernelError table(long table, KernelMessage message, long root) {
        long label = message.label() - firstLabel;
        int map = map(types.type(table));
        // a root has no invocation: seL4 stops there, ours refuses
        if (map == NONE || label != map && label != map + 1) {
            return KernelError.illegalOperation();
        }
        if (label == map + 1) {
            return spaces.guests().unmapTable(table);
        }
        return message.length() < MAP_TABLE_WORDS || root < 0
                ? KernelError.truncatedMessage()
                : spaces.guests().mapTable(table, root, message.word(0));
    }

    /** The label that maps a structure, counted from the first; unmapping is one more. {@link #NONE} if it cannot be mapped. */
    static int map(@Nullable ObjectType type) {
        if (type == ObjectType.EPT_PT) {
            return MAP_PT;
        }
        if (type == ObjectType.EPT_PD) {
            return MAP_PD;
        }
        return type == ObjectType.EPT_PDPT ? MAP_PDPT : NONE;
    }

    KernelReply vcpu(long slot, KernelMessage message, long first) {
        long vcpu = slots.object(slot);
        long label = message.label() - firstLabel;
        return switch ((int) Math.max(Math.min(label, LABELS), -1)) {
            case SET_TCB -> KernelReply.of(setTcb(vcpu, first));
            case READ_VMCS -> read(vcpu, message);
            case WRITE_VMCS -> write(vcpu, message);
            case ENABLE_PORTS -> KernelReply.of(enable(vcpu, message, first));
            case DISABLE_PORTS -> KernelReply.of(disable(vcpu, message));
            case WRITE_REGISTERS -> KernelReply.of(writeRegisters(vcpu, message));
            default -> KernelReply.of(KernelError.illegalOperation());
        };
    }

    private KernelError setTcb(long vcpu, long thread) {
        if (thread < 0) {
            return KernelError.truncatedMessage();
        }
        if (slots.type(thread) != CapabilityType.TCB) {
            return KernelError.illegalOperation();
        }
        bindings.bind(vcpu, slots.object(thread));
        return KernelError.NO_ERROR;
    }

    /** A message that is too short is no truncated one here, as in the kernel. */
    private KernelReply read(long vcpu, KernelMessage message) {
        int index = message.length() < 1 ? -1 : VmcsFields.index(message.word(0), false);
        return index < 0
                ? KernelReply.of(KernelError.illegalOperation())
                : KernelReply.value(VtxLayout.field(memory, vcpu, index));
    }

    private KernelReply write(long vcpu, KernelMessage message) {
        int index = message.length() < 2 ? -1 : VmcsFields.index(message.word(0), true);
        if (index < 0) {
            return KernelReply.of(KernelError.illegalOperation());
        }
        VtxLayout.setField(memory, vcpu, index, message.word(1));
        return KernelReply.value(message.word(1));
    }

    private KernelError enable(long vcpu, KernelMessage message, long range) {
        if (message.length() < 2 || range < 0) {
            return KernelError.truncatedMessage();
        }
        if (slots.type(range) != CapabilityType.CONTROL || slots.control().kind(range) != ControlKind.IO_PORT) {
            return KernelError.illegalOperation();
        }
        int first = (int) (message.word(0) & PORT);
        int last = (int) (message.word(1) & PORT);
        if (first < slots.control().firstPort(range) || last > slots.control().lastPort(range)) {
            return KernelError.invalidArgument(0);
        }
        setPorts(vcpu, first, last, true);
        return KernelError.NO_ERROR;
    }

    private KernelError disable(long vcpu, KernelMessage message) {
        if (message.length() < 2) {
            return KernelError.truncatedMessage();
        }
        setPorts(vcpu, (int) (message.word(0) & PORT), (int) (message.word(1) & PORT), false);
        return KernelError.NO_ERROR;
    }

    private void setPorts(long vcpu, int first, int last, boolean mayUse) {
        for (int port = first; port <= last; port++) {
            VtxLayout.setPort(memory, vcpu, port, mayUse);
        }
    }

    private KernelError writeRegisters(long vcpu, KernelMessage message) {
        if (message.length() < VtxLayout.REGISTERS) {
            return KernelError.truncatedMessage();
        }
        for (int i = 0; i < VtxLayout.REGISTERS; i++) {
            VtxLayout.setRegister(memory, vcpu, i, message.word(i));
        }
        return KernelError.NO_ERROR;
    }
}
