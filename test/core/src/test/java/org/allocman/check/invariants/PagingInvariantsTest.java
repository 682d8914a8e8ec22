package org.allocman.check.invariants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.BootConfig;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.paging.AsidTable;
import org.allocman.sim.kernel.paging.Behaviours;
import org.allocman.sim.kernel.paging.PageTables;
import org.allocman.vka.Architecture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The laws about page tables hold after boot, and fail when they are broken on purpose. */
class PagingInvariantsTest {
    static final List<Invariant<KernelView>> LAWS =
            List.of(KernelInvariants.VALID_VS_LOOKUP, KernelInvariants.UNIQUE_TABLE_REFS, KernelInvariants.TLB_FRESH);

    @ParameterizedTest
    @MethodSource("org.allocman.vka.Architecture#values")
    void aBootedMachineKeepsAllLaws(Architecture architecture) throws BootFailure {
        assertEquals(List.of(), KernelInvariants.check(view(boot(architecture))));
    }

    @ParameterizedTest
    @MethodSource("org.allocman.testkit.arbitraries.Machines#paged")
    void aMappingWithoutACapabilityIsFound(Architecture architecture) throws BootFailure {
        for (CapabilityType type : List.of(CapabilityType.FRAME, CapabilityType.PAGE_TABLE, CapabilityType.ASID_POOL)) {
            Machine machine = boot(architecture);
            Slots slots = new Slots(machine.memory().words(), architecture);
            for (Capability capability : view(machine).capabilities()) {
                if (capability.type() == type) {
                    slots.mapping().setAsid(capability.slot(), 7);
                }
            }
            assertFalse(
                    KernelInvariants.VALID_VS_LOOKUP.violations(view(machine)).isEmpty());
        }
    }

    @ParameterizedTest
    @MethodSource("org.allocman.testkit.arbitraries.Machines#paged")
    void anAddressSpaceWithTwoAsidsIsFound(Architecture architecture) throws BootFailure {
        Machine machine = boot(architecture);
        long pool = -1;
        long root = -1;
        for (Capability capability : view(machine).capabilities()) {
            pool = capability.type() == CapabilityType.ASID_POOL ? capability.base() : pool;
            root = capability.slot() == cnodeSlot(machine, 3) ? capability.base() : root;
        }
        new AsidTable(machine.memory().words(), architecture, machine.kernelState()).put(pool, 2, root);
        assertFalse(KernelInvariants.UNIQUE_TABLE_REFS.violations(view(machine)).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("org.allocman.testkit.arbitraries.Machines#paged")
    void aStaleTranslationIsFound(Architecture architecture) throws BootFailure {
        Machine machine = boot(architecture);
        long page = machine.staticPoolBase();
        machine.rootMemory().store64(page, 0, 1);
        assertEquals(List.of(), KernelInvariants.check(view(machine)));
        PageTables tables = new PageTables(machine.memory().words(), Behaviours.of(architecture));
        long root = new Slots(machine.memory().words(), architecture).object(cnodeSlot(machine, 3));
        long other = tables.mapped(root, machine.bootInfoAddress());
        tables.bootPage(root, page, other, 0);
        List<String> broken = KernelInvariants.TLB_FRESH.violations(view(machine));
        assertFalse(broken.isEmpty());
        assertTrue(broken.get(0).contains("a walk finds 0x" + Long.toHexString(other)), broken::toString);
    }

    private static long cnodeSlot(Machine machine, int index) {
        Slots slots = new Slots(machine.memory().words(), machine.board().architecture());
        for (Capability capability : view(machine).capabilities()) {
            if (capability.type() == CapabilityType.CNODE) {
                return slots.at(capability.base(), index);
            }
        }
        throw new AssertionError("no CNode");
    }

    private static KernelView view(Machine machine) {
        return new KernelView(machine.memory(), machine.board().architecture(), machine.kernelState());
    }

    private static Machine boot(Architecture architecture) throws BootFailure {
        Region memory = new Region("memory", Region.Kind.RAM, 0x2000_0000L, 1 << 20);
        Board board = new Board("small", architecture, List.of(memory), List.of());
        return Machine.boot(board, BootConfig.defaults(board));
    }
}
