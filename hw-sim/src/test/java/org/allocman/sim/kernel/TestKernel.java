package org.allocman.sim.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.BootConfig;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Untyped;

/** A booted machine with short words for what tests do all the time. */
final class TestKernel {
    static final long ROOT = BootSlots.CNODE;

    final Machine machine;
    final SimKernel kernel;
    final Slots slots;
    final Architecture architecture;
    final int bits;
    final long untyped;
    final long cnode;
    private long next;

    TestKernel(Architecture architecture) {
        this(architecture, 8 << 20, 12);
    }

    TestKernel(Architecture architecture, long memory, int radix) {
        this(architecture, List.of(new Region("memory", Region.Kind.RAM, 0x2000_0000L, memory)), radix);
    }

    /** A machine with a second, small memory at physical address 0. */
    static TestKernel withMemoryAtZero(Architecture architecture) {
        Region low = new Region("low", Region.Kind.RAM, 0, 1 << 16);
        Region high = new Region("memory", Region.Kind.RAM, 0x1000_0000L, 8 << 20);
        return new TestKernel(architecture, List.of(low, high), 12);
    }

    private TestKernel(Architecture architecture, List<Region> memory, int radix) {
        Board board = new Board("test", architecture, memory, List.of());
        try {
            this.machine = Machine.boot(board, BootConfig.defaults(board).withRootCNodeBits(radix));
        } catch (BootFailure failure) {
            throw new AssertionError(failure);
        }
        this.kernel = machine.kernel();
        this.slots = new Slots(machine.memory().words(), architecture);
        this.architecture = architecture;
        this.bits = architecture.wordBits();
        this.next = machine.bootInfo().empty().start();
        this.cnode = slots.object(slots.at(thread(), TcbLayout.CSPACE));
        Untyped largest = machine.bootInfo().untypeds().get(0);
        for (Untyped one : machine.bootInfo().untypeds()) {
            if (!one.device() && (largest.device() || one.sizeBits() > largest.sizeBits())) {
                largest = one;
            }
        }
        this.untyped = largest.slot();
    }

    /** The untyped at an address. */
    long untypedAt(long paddr) {
        return machine.bootInfo().untypeds().stream()
                .filter(one -> one.paddr() == paddr && !one.device())
                .findFirst()
                .orElseThrow()
                .slot();
    }

    long thread() {
        return KernelState.thread(machine.memory().words(), machine.kernelState());
    }

    long free() {
        return next++;
    }

    /** Where the slot with a cptr lies. */
    long slot(long cptr) {
        return slots.at(cnode, cptr);
    }

    long make(ObjectType type, int size) {
        return make(untyped, type, size);
    }

    long make(long from, ObjectType type, int size) {
        long slot = free();
        ok(kernel.retype(from, architecture.number(type), size, ROOT, 0, 0, slot, 1));
        return slot;
    }

    /** All that was made is gone, and the untyped's watermark is where it always is then. */
    Fingerprint settled() {
        ok(kernel.revoke(ROOT, untyped, bits));
        make(ObjectType.ENDPOINT, 0);
        ok(kernel.revoke(ROOT, untyped, bits));
        return machine.memory().fingerprint();
    }

    KernelError copy(long from, long to) {
        return kernel.copy(new CapPath(ROOT, to, bits), new CapPath(ROOT, from, bits), CapRights.ALL);
    }

    KernelError mint(long from, long to, long data) {
        return kernel.mint(new CapPath(ROOT, to, bits), new CapPath(ROOT, from, bits), CapRights.ALL, data);
    }

    KernelError move(long from, long to) {
        return kernel.move(new CapPath(ROOT, to, bits), new CapPath(ROOT, from, bits));
    }

    KernelError delete(long slot) {
        return kernel.delete(ROOT, slot, bits);
    }

    static void ok(KernelError error) {
        assertEquals(KernelError.NO_ERROR, error);
    }
}
