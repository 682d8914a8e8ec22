package org.allocman.check.museum;

import static org.allocman.check.museum.MuseumMachines.DEVICE;
import static org.allocman.check.museum.MuseumMachines.NARROW;
import static org.allocman.check.museum.MuseumMachines.NORMAL;
import static org.allocman.check.museum.MuseumMachines.USUAL;
import static org.allocman.check.museum.MuseumMachines.WIDE;
import static org.allocman.check.museum.MuseumMachines.cspace;
import static org.allocman.check.museum.MuseumMachines.gaps;
import static org.allocman.check.museum.MuseumMachines.manager;

import java.util.ArrayList;
import java.util.List;
import org.allocman.check.museum.MuseumMachines.Facing;
import org.allocman.check.museum.MuseumMachines.Managing;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Requester;
import org.allocman.vka.Architecture;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;

/** Bugs in managers of untyped memory, and in the friendly face over them. */
final class ManagerExhibits {
    /** A bug in a manager of untypeds that gives back; the original is {@link SmallUntypeds}. */
    private static Exhibit inManager(
            String id, String bug, String where, int faults, List<Place> places, Managing broken) {
        return inManager(id, bug, where, faults, WIDE, places, MuseumMachines::small, broken);
    }

    private static Exhibit inManager(
            String id,
            String bug,
            String where,
            int faults,
            Architecture architecture,
            List<Place> places,
            Managing original,
            Managing broken) {
        boolean isUsual = places == USUAL;
        return new Exhibit(
                id,
                bug,
                where,
                "UntypedManager",
                faults,
                1,
                manager(architecture, places, true, original, SmallVka::new),
                manager(architecture, places, true, broken, SmallVka::new),
                isUsual ? new ContractCase.OfManager(true, places, original) : null,
                isUsual ? new ContractCase.OfManager(true, places, broken) : null);
    }

    private static Exhibit inVka(String id, String bug, String where, Facing broken) {
        List<Place> places = List.of(NORMAL, DEVICE);
        return new Exhibit(
                id,
                bug,
                where,
                "Vka",
                0,
                1,
                manager(WIDE, places, true, MuseumMachines::small, SmallVka::new),
                manager(WIDE, places, true, MuseumMachines::small, broken),
                new ContractCase.OfVka(SmallVka::new),
                new ContractCase.OfVka(broken));
    }

    private static Exhibit inGaps(String id, String bug, Managing broken) {
        List<Place> places = List.of(new Place(0x100_0000, 15, MemoryKind.KERNEL, true));
        Managing original = home -> gaps(home);
        return new Exhibit(
                id,
                bug,
                "rust-sel4",
                "UntypedManager",
                0,
                1,
                manager(WIDE, places, false, original, SmallVka::new),
                manager(WIDE, places, false, broken, SmallVka::new),
                null,
                null);
    }

    static void addTo(List<Exhibit> all) {
        all.add(inManager(
                "B2",
                "a freed block went back to the kernel-memory pool whatever kind it came from",
                "seL4_libs",
                0,
                USUAL,
                h -> new SmallUntypeds(h) {
                    @Override
                    protected MemoryKind kindOfFreed(MemoryKind kind) {
                        return MemoryKind.KERNEL;
                    }
                }));
        all.add(inManager(
                "B3",
                "the sentinel for \"no physical address\" plus the block size overlapped a real address",
                "seL4_libs",
                0,
                List.of(NORMAL, new Place(0x400_0000, 14, MemoryKind.DEVICE, false)),
                h -> new SmallUntypeds(h) {
                    private static final long NO_ADDRESS = 1;

                    @Override
                    protected boolean holds(Root root, long paddr, int bits) {
                        return root.isPlaced()
                                ? super.holds(root, paddr, bits)
                                : paddr >= NO_ADDRESS
                                        && paddr + (1L << bits)
                                                <= NO_ADDRESS
                                                        + (1L << root.untyped().sizeBits());
                    }
                }));
        all.add(inManager(
                "B4",
                "physical address 0 taken for \"no address\"",
                "seL4_libs",
                0,
                List.of(new Place(0, 13, MemoryKind.KERNEL, true), DEVICE),
                h -> new SmallUntypeds(h) {
                    @Override
                    public long allocateAt(int type, int size, int bits, long paddr, long slot, Requester requester) {
                        return paddr == 0
                                ? allocate(MemoryKind.KERNEL, type, size, bits, slot, requester)
                                : super.allocateAt(type, size, bits, paddr, slot, requester);
                    }
                }));
        List<Place> top = List.of(new Place(0xffff_e000L, 13, MemoryKind.KERNEL, true));
        all.add(inManager(
                "B5",
                "base + size overflowed for an untyped that reaches the top of the address space",
                "seL4_libs, 2026",
                0,
                NARROW,
                top,
                MuseumMachines::small,
                h -> new SmallUntypeds(h) {
                    @Override
                    protected boolean holds(Root root, long paddr, int bits) {
                        int base = (int) root.untyped().paddr();
                        int end = base + (1 << root.untyped().sizeBits());
                        return Integer.compareUnsigned((int) paddr, base) >= 0
                                && Integer.compareUnsigned((int) paddr + (1 << bits) - 1, end) < 0;
                    }
                }));
        all.add(inVka(
                "B6",
                "an allocation that may use device RAM did not fall back to normal memory",
                "seL4_libs",
                (kernel, manager, cspace) -> new SmallVka(kernel, manager, cspace) {
                    @Override
                    protected long withoutDeviceRam(ObjectType type, int size) {
                        return request(MemoryKind.DEVICE_RAM, type, size);
                    }
                }));
        all.add(inVka(
                "B9",
                "slot-size bits added twice for CNodes: \"insufficient memory\"",
                "seL4_libs",
                (kernel, manager, cspace) -> new SmallVka(kernel, manager, cspace) {
                    @Override
                    protected int sizeBits(ObjectType type, int size) {
                        int bits = super.sizeBits(type, size);
                        return type == ObjectType.CNODE ? bits + architecture().slotBits() : bits;
                    }
                }));
        all.add(inManager(
                "B10", "one slot lost on one error path of many", "seL4_libs", 1, USUAL, h -> new SmallUntypeds(h) {
                    @Override
                    protected void giveBackUnused(long slot) {}
                }));
        all.add(inGaps(
                "B12",
                "the initialiser assumed the kernel aligned a block as it did itself: wrong physical memory handed out",
                h -> new GapUntypeds(h) {
                    @Override
                    protected int fillBits(long at, long gap) {
                        return log2(gap);
                    }
                }));
        all.add(inGaps(
                "B13",
                "the fix for B12 used log2 of an address where its trailing zeros were meant",
                h -> new GapUntypeds(h) {
                    @Override
                    protected int fillBits(long at, long gap) {
                        return Math.min(log2(gap), log2(at));
                    }
                }));
        List<Place> neighbours = List.of(NORMAL, new Place(0x100_2000, 13, MemoryKind.DEVICE, true));
        all.add(inManager(
                "B16",
                "one memory region silently mixed normal and device untypeds",
                "microkit",
                0,
                neighbours,
                h -> new SmallUntypeds(h) {
                    @Override
                    protected List<Root> adopt(List<Root> found) {
                        List<Root> regions = new ArrayList<>();
                        for (Root root : found) {
                            Root last = regions.isEmpty() ? root : regions.get(regions.size() - 1);
                            boolean follows =
                                    last.untyped().last() + 1 == root.untyped().paddr();
                            regions.add(follows ? new Root(root.untyped(), last.kind(), true) : root);
                        }
                        return regions;
                    }
                }));
        all.add(inManager(
                "B18",
                "freeing by delete without revoke: sporadic \"insufficient memory\" on reuse",
                "Genode",
                0,
                USUAL,
                h -> new SmallUntypeds(h) {
                    @Override
                    protected KernelError clear(long untyped, long object) {
                        return kernel.delete(slots.root(), object, slots.depth());
                    }

                    @Override
                    protected KernelError clearHalves(long untyped, long halves) {
                        KernelError error = kernel.delete(slots.root(), halves, slots.depth());
                        return error.failed() ? error : kernel.delete(slots.root(), halves + 1, slots.depth());
                    }
                }));
        all.add(inManager(
                "B21",
                "an unaligned physical address passed the range check and hit an assertion later",
                "seL4_libs",
                0,
                USUAL,
                h -> new SmallUntypeds(h) {
                    @Override
                    protected boolean isAligned(long paddr, int bits) {
                        return true;
                    }
                }));
        all.add(inManager(
                "B24",
                "the queue of things to free later overflowed, and what was in it leaked",
                "seL4_libs",
                0,
                WIDE,
                USUAL,
                h -> new DeferringUntypeds(h),
                h -> new DeferringUntypeds(h) {
                    @Override
                    protected long freeWithoutRoom(long handle) {
                        return 0;
                    }
                }));
    }

    private ManagerExhibits() {}
}
