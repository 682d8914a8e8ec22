package org.allocman.sim.kernel;

import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.KernelError;

/**
 * The invocations of Arm's virtual CPUs (seL4 manual, "seL4_ARM_VCPU"). No guest runs, so none takes an interrupt, and what is
 * written into a register is what is read from it.
 */
final class VcpuInvocations {
    /*
     * An interrupt in a list register, as the GIC of version 2 has it:
     *   bits 0 to 9 its number; 19 tell the kernel of its end; 23 to 27 priority; 28 pending; 30 group
     * In a message number, priority and group are in bits 0, 16 and 24; the register is in bit 32, on 32-bit kernels in a word
     * of its own.
     */
    /** How many labels they have, behind those of paging. */
    static final int LABELS = 5;

    static final int SET_TCB = 0;
    static final int INJECT = 1;
    static final int READ = 2;
    static final int WRITE = 3;
    static final int ACK = 4;

    static final int PRIORITY_SHIFT = 16;
    static final int GROUP_SHIFT = 24;
    static final int REGISTER_SHIFT = 32;
    private static final long NUMBER = 0xffff;
    private static final long BYTE = 0xff;
    private static final int MOST_LINE = 1023;
    private static final int MOST_PRIORITY = 31;
    private static final long PENDING = 1 << 28;
    private static final long TELL_END = 1 << 19;
    private static final int LIST_PRIORITY_SHIFT = 23;
    private static final int LIST_GROUP_SHIFT = 30;

    private final PagedMemory memory;
    private final Slots slots;
    private final VcpuBindings bindings;
    private final Interrupts interrupts;
    private final int firstLabel;
    private final boolean isWide;

    VcpuInvocations(PagedMemory memory, Architecture architecture, Slots slots, Interrupts interrupts, int firstLabel) {
        this.memory = memory;
        this.slots = slots;
        this.bindings = new VcpuBindings(memory, slots);
        this.interrupts = interrupts;
        this.firstLabel = firstLabel;
        this.isWide = architecture.wordBits() == Long.SIZE;
    }

    KernelReply invoke(long slot, KernelMessage message, long first) {
        long vcpu = slots.object(slot);
        long label = message.label() - firstLabel;
        return switch ((int) Math.max(Math.min(label, LABELS), -1)) {
            case SET_TCB -> KernelReply.of(setTcb(vcpu, first));
            case INJECT -> KernelReply.of(inject(vcpu, message));
            case READ -> read(vcpu, message);
            case WRITE -> KernelReply.of(write(vcpu, message));
            case ACK -> KernelReply.of(acknowledge(message));
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

    private KernelError inject(long vcpu, KernelMessage message) {
        if (message.length() < (isWide ? 1 : 2)) {
            return KernelError.truncatedMessage();
        }
        long word = message.word(0);
        long line = word & NUMBER;
        long priority = word >>> PRIORITY_SHIFT & BYTE;
        long group = word >>> GROUP_SHIFT & BYTE;
        long register = (isWide ? word >>> REGISTER_SHIFT : message.word(1)) & BYTE;
        KernelError error = checkRange(line, MOST_LINE);
        error = error.failed() ? error : checkRange(priority, MOST_PRIORITY);
        error = error.failed() ? error : checkRange(group, 1);
        error = error.failed() ? error : checkRange(register, VcpuLayout.LIST_REGISTERS - 1);
        if (!error.failed()) {
            // a register in which the guest handles an interrupt could not be had, but no guest does
            VcpuLayout.setListRegister(
                    memory,
                    vcpu,
                    (int) register,
                    group << LIST_GROUP_SHIFT | PENDING | priority << LIST_PRIORITY_SHIFT | TELL_END | line);
        }
        return error;
    }

    private static KernelError checkRange(long value, long most) {
        return value > most ? KernelError.rangeError(0, most) : KernelError.NO_ERROR;
    }

    private KernelReply read(long vcpu, KernelMessage message) {
        if (message.length() < 1) {
            return KernelReply.of(KernelError.truncatedMessage());
        }
        long register = message.word(0);
        return isRegister(register)
                ? KernelReply.value(VcpuLayout.register(memory, vcpu, (int) register))
                : KernelReply.of(KernelError.invalidArgument(1));
    }

    private KernelError write(long vcpu, KernelMessage message) {
        if (message.length() < 2) {
            return KernelError.truncatedMessage();
        }
        long register = message.word(0);
        if (!isRegister(register)) {
            return KernelError.invalidArgument(1);
        }
        VcpuLayout.setRegister(memory, vcpu, (int) register, message.word(1));
        return KernelError.NO_ERROR;
    }

    private boolean isRegister(long register) {
        return register >= 0 && register < VcpuLayout.registers(isWide);
    }

    private KernelError acknowledge(KernelMessage message) {
        if (message.length() < 1) {
            return KernelError.truncatedMessage();
        }
        long line = message.word(0);
        if (line < interrupts.least() || line >= interrupts.count()) {
            return KernelError.rangeError(interrupts.least(), interrupts.count() - 1L);
        }
        // of those that the kernel keeps for virtual CPUs only the timer's comes to one
        return line == InterruptLines.VIRTUAL_TIMER ? KernelError.NO_ERROR : KernelError.invalidArgument(0);
    }
}
