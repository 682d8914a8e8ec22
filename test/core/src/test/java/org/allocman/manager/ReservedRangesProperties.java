package org.allocman.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.allocman.lab.machine.ManagedMachine.Pools;
import org.allocman.lab.workload.XorShift;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Boards;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Refusal;
import org.allocman.vka.ObjectType;

/** Ranges are reserved and given back between allocations, with and without an address, and with faults of the kernel. */
class ReservedRangesProperties {
    private static final long PAGE = 4096;
    private static final int PAGES = 64;
    private static final int KINDS = 9;
    private static final int STEPS = 120;

    private final List<long[]> ranges = new ArrayList<>();
    private final List<Long> live = new ArrayList<>();

    private boolean isReserved(long paddr) {
        return ranges.stream().anyMatch(range -> paddr >= range[0] && paddr < range[0] + range[1]);
    }

    @Property(tries = 60)
    void nobodyIsInARangeWhoDidNotAskForAnAddress(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 3) int board, @ForAll boolean faults) throws Exception {
        ranges.clear();
        live.clear();
        Board small = Boards.byName(
                List.of("tiny", "qemu-riscv-virt", "qemu-arm-virt", "k64f").get(board));
        Rig rig = new Rig(small, Pools.DEFAULT);
        XorShift random = new XorShift(seed == 0 ? 1 : seed);
        long base = largestRoot(rig.allocman);
        for (int i = 0; i < STEPS; i++) {
            if (faults) {
                rig.kernel.failSome(seed ^ i, i % 4 == 0 ? 20 : 0);
            }
            step(rig.allocman, base, random, faults && i % 4 == 0);
            rig.kernel.heal();
            assertEquals(List.of(), i % 20 == 0 ? rig.brokenAnywhere() : List.of());
            for (int page = 0; page < PAGES; page++) {
                assertEquals(
                        isReserved(base + page * PAGE),
                        rig.allocman.untypeds().manager().isReserved(base + page * PAGE));
            }
            rig.allocman.visitHandles(word -> {
                long handle = rig.machine.rootMemory().load64(word, 0);
                assertFalse(
                        handle > 0
                                && isReserved(rig.allocman.untypeds().manager().physicalAddress(handle)),
                        "the manager's own object is in a range");
            });
        }
        live.forEach(handle -> assertEquals(0, rig.allocman.free(handle)));
        ranges.forEach(range -> assertEquals(0, rig.allocman.untypeds().unreserve(range[0], range[1])));
        rig.allocman.trim();
        assertEquals(List.of(), rig.brokenAnywhere());
        assertTrue(rig.isWhole());
    }

    private static long largestRoot(Allocman allocman) {
        int largest = 0;
        for (int i = 0; i < allocman.untypeds().roots().count(); i++) {
            boolean isMemory = allocman.untypeds().roots().kind(i) == MemoryKind.KERNEL;
            largest = isMemory
                            && allocman.untypeds().roots().sizeBits(i)
                                    > allocman.untypeds().roots().sizeBits(largest)
                    ? i
                    : largest;
        }
        return allocman.untypeds().roots().physicalAddress(largest);
    }

    private void step(Allocman allocman, long base, XorShift random, boolean canFail) {
        long paddr = base + random.below(PAGES) * PAGE;
        long bytes = (1 + random.below(12)) * (random.below(4) == 0 ? 16 : PAGE);
        switch (random.below(KINDS)) {
            case 0, 1 -> {
                long answer = allocman.untypeds().reserve(paddr, bytes);
                boolean overlaps =
                        ranges.stream().anyMatch(range -> paddr < range[0] + range[1] && range[0] < paddr + bytes);
                assertFalse(overlaps && answer == 0, "a range is reserved once");
                if (answer == 0) {
                    ranges.add(new long[] {paddr, bytes});
                }
            }
            case 2 -> {
                if (!ranges.isEmpty()) {
                    int which = random.below(ranges.size());
                    long[] range = ranges.get(which);
                    boolean inUse = live.stream()
                            .map(allocman.untypeds().manager()::physicalAddress)
                            .anyMatch(at -> at >= range[0] && at < range[0] + range[1]);
                    long answer = allocman.untypeds().unreserve(range[0], range[1]);
                    if (answer == 0) {
                        assertFalse(inUse, "a range with an object in it stays");
                        ranges.remove(which);
                    } else {
                        // a kernel that refuses to revoke does not let go of blocks in which nothing is left
                        assertTrue(inUse && answer == Refusal.IN_USE || canFail, Refusal.text(answer));
                    }
                }
            }
            case 3 ->
                assertTrue(allocman.untypeds().unreserve(paddr + 16, 32) < 0
                        || ranges.removeIf(range -> range[0] == paddr + 16));
            case 4 -> {
                long handle = allocman.allocateAt(ObjectType.SMALL_PAGE, 0, paddr, 0);
                if (handle > 0) {
                    live.add(handle);
                }
            }
            case 5 -> {
                if (!live.isEmpty()) {
                    long handle = live.remove(random.below(live.size()));
                    if (allocman.free(handle) != 0) {
                        live.add(handle);
                    }
                }
            }
            case 6 -> allocman.addPage();
            case 7 -> allocman.trim();
            default -> {
                long handle =
                        allocman.allocate(random.below(2) == 0 ? ObjectType.ENDPOINT : ObjectType.SMALL_PAGE, 0, 0);
                if (handle > 0) {
                    live.add(handle);
                    assertFalse(
                            isReserved(allocman.untypeds().manager().physicalAddress(handle)),
                            "it may be anywhere else");
                }
            }
        }
    }
}
