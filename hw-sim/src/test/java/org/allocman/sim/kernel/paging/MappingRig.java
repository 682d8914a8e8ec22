package org.allocman.sim.kernel.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.BootConfig;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.KernelState;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.TcbLayout;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
import org.allocman.vka.MemoryFault;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Untyped;

/** A machine whose objects are made slot by slot and mapped into the root task. */
abstract class MappingRig {
    static final long AT = 0x1000_0000L;

    Machine machine;
    long next;

    final long root(Architecture architecture) {
        Slots slots = new Slots(machine.memory().words(), architecture);
        long thread = KernelState.thread(machine.memory().words(), machine.kernelState());
        return slots.object(slots.at(thread, TcbLayout.VSPACE));
    }

    final long makeUntyped(int bits) {
        long untyped = machine.bootInfo().untypeds().stream()
                .filter(one -> !one.device() && one.sizeBits() >= 20)
                .findFirst()
                .orElseThrow()
                .slot();
        assertEquals(KernelError.NO_ERROR, machine.kernel().retype(untyped, 0, bits, BootSlots.CNODE, 0, 0, next, 1));
        return next++;
    }

    final KernelError makePool(long untyped) {
        return machine.kernel()
                .asidControlMakePool(BootSlots.ASID_CONTROL, untyped, new CapPath(BootSlots.CNODE, next++, 32));
    }

    final void boot(Architecture architecture) throws BootFailure {
        boot(architecture, architecture.userTop());
    }

    final void boot(Architecture architecture, long userTop) throws BootFailure {
        Board board = new Board(
                "test",
                architecture,
                List.of(new Region("memory", Region.Kind.RAM, 0x2000_0000L, 1 << 27)),
                List.of(),
                userTop);
        machine = Machine.boot(board, BootConfig.defaults(board));
        next = machine.bootInfo().empty().start();
    }

    final long make(ObjectType type) {
        Architecture architecture = machine.kernel().architecture();
        for (Untyped untyped : machine.bootInfo().untypeds()) {
            if (!untyped.device()
                    && untyped.sizeBits() >= 20
                    && !machine.kernel()
                            .retype(untyped.slot(), architecture.number(type), 0, BootSlots.CNODE, 0, 0, next, 1)
                            .failed()) {
                return next++;
            }
        }
        throw new AssertionError("no memory for a " + type.text());
    }

    final KernelError map(long frame, long vaddr) {
        return machine.kernel().pageMap(frame, BootSlots.VSPACE, vaddr, CapRights.READ_WRITE, 0);
    }

    final KernelError mapTable(long table, long vaddr) {
        return machine.kernel().tableMap(table, BootSlots.VSPACE, vaddr, 0);
    }

    final void mapWithTables(long frame, long vaddr) {
        KernelError error = map(frame, vaddr);
        while (error.code() == KernelError.Code.FAILED_LOOKUP) {
            int bitsLeft = error.lookupFault().bitsLeft();
            mapTable(make(machine.kernel().architecture().tableFor(bitsLeft)), vaddr);
            error = map(frame, vaddr);
        }
        assertEquals(KernelError.NO_ERROR, error);
    }

    final void assertFault(long vaddr) {
        assertEquals(
                MemoryFault.Reason.UNMAPPED,
                assertThrows(MemoryFault.class, () -> machine.rootMemory().load64(vaddr, 0))
                        .reason());
    }
}
