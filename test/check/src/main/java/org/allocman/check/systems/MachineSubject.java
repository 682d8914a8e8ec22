package org.allocman.check.systems;

import java.util.List;
import org.allocman.check.action.Subject;
import org.allocman.check.action.SubjectRule;
import org.allocman.check.invariants.KernelInvariants;
import org.allocman.check.invariants.KernelView;
import org.allocman.qual.CPtr;
import org.allocman.qual.SizeBits;
import org.allocman.sim.board.Board;
import org.allocman.sim.boot.BootConfig;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.BootSlots;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Untyped;

/** A booted board without a manager, of whose kernel invocations are explored. */
abstract class MachineSubject implements Subject {
    private static final int STATIC_POOL = 4096;

    final Machine machine;

    /** A board that has just booted. */
    MachineSubject(Board board) throws BootFailure {
        this.machine = Machine.boot(board, BootConfig.defaults(board).withStaticPool(STATIC_POOL));
    }

    /** The board, if so many slots can be explored. */
    static Board withSlots(Board board, int slots) {
        if (slots < 2 || slots > SlotTypes.MOST) {
            throw new IllegalArgumentException("2 to " + SlotTypes.MOST + " slots, not " + slots);
        }
        return board;
    }

    /** An untyped of boot's that is no device memory and has at least a size. */
    static Untyped source(Machine machine, @SizeBits int leastBits) throws BootFailure {
        return machine.bootInfo().untypeds().stream()
                .filter(untyped -> !untyped.device() && untyped.sizeBits() >= leastBits)
                .findFirst()
                .orElseThrow(() -> new BootFailure("no untyped of 2^" + leastBits + " bytes is left", 0));
    }

    /** Makes an untyped, out of which objects are made in an exploration. */
    static void give(Kernel kernel, Untyped source, @SizeBits int bits, @CPtr long slot) throws BootFailure {
        int type = kernel.architecture().number(ObjectType.UNTYPED);
        KernelError error = kernel.retype(source.slot(), type, bits, BootSlots.CNODE, 0, 0, slot, 1);
        if (error.failed()) {
            throw new BootFailure("no untyped of 2^" + bits + " bytes could be made: " + error, 0);
        }
    }

    @Override
    public final PhysicalMemory memory() {
        return machine.memory();
    }

    @Override
    public final Machine machine() {
        return machine;
    }

    @Override
    public List<SubjectRule> rules() {
        return new LawRules(machine).all();
    }

    @Override
    public List<String> broken() {
        return KernelInvariants.check(
                new KernelView(machine.memory(), machine.board().architecture(), machine.kernelState()));
    }
}
