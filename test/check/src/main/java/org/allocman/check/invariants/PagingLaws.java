package org.allocman.check.invariants;

import static org.allocman.vka.PageSize.PAGE;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.paging.Mappings;
import org.allocman.sim.memory.Walk;

/** Laws about page tables: what they lead to, somebody has a capability to. */
final class PagingLaws {

    private PagingLaws() {}

    /** A capability to something mapped: its object, the ASID and the address that it says it is mapped at. */
    private record Mapped(CapabilityType type, long object, int asid, long vaddr, int sizeBits) {}

    static List<String> mappingsAreBacked(KernelView view) {
        Set<Mapped> backing = new HashSet<>();
        Slots slots = view.slots();
        for (Capability capability : view.capabilities()) {
            if (capability.type().isPaging() || view.isGuestTable(capability)) {
                boolean placed = capability.type() != CapabilityType.ASID_POOL;
                long vaddr = placed ? slots.mapping().vaddr(capability.slot()) : 0;
                int asid = slots.mapping().asid(capability.slot());
                CapabilityType kind = view.isGuestTable(capability) ? CapabilityType.PAGE_TABLE : kind(capability);
                backing.add(new Mapped(kind, capability.base(), asid, vaddr, size(capability)));
            }
        }
        List<String> broken = new ArrayList<>();
        view.mappings().visit(new Mappings.Visitor() {
            @Override
            public void pool(int base, long pool) {
                expect("ASID pool", new Mapped(CapabilityType.ASID_POOL, pool, base, 0, 0));
            }

            @Override
            public void root(int asid, long root) {
                expect("address space", new Mapped(CapabilityType.PAGE_TABLE, root, asid, 0, 0));
            }

            @Override
            public void table(int asid, long vaddr, long table) {
                expect("table", new Mapped(CapabilityType.PAGE_TABLE, table, asid, vaddr, 0));
            }

            @Override
            public void frame(int asid, long vaddr, long frame, int sizeBits) {
                expect("frame", new Mapped(CapabilityType.FRAME, frame, asid, vaddr, sizeBits));
            }

            private void expect(String what, Mapped mapped) {
                if (!backing.contains(mapped)) {
                    broken.add("the " + what + " at 0x" + Long.toHexString(mapped.object) + " is in force for ASID "
                            + mapped.asid + " at 0x" + Long.toHexString(mapped.vaddr)
                            + " and no capability says so");
                }
            }
        });
        return broken;
    }

    /** All tables count as one kind: their levels tell them apart. */
    private static CapabilityType kind(Capability capability) {
        return capability.type().isTable() ? CapabilityType.PAGE_TABLE : capability.type();
    }

    private static int size(Capability capability) {
        return capability.type() == CapabilityType.FRAME ? capability.sizeBits() : 0;
    }

    /** What any window on memory remembers is what a walk finds now, and may be read and written as it is. */
    static List<String> translationsAreFresh(KernelView view) {
        List<String> broken = new ArrayList<>();
        long both = Walk.READABLE | Walk.WRITABLE;
        view.memory().forEachTranslation((vaddr, remembered, walked) -> {
            if (walked != (remembered | both)) {
                broken.add("0x" + Long.toHexString(vaddr) + " is remembered as 0x" + Long.toHexString(remembered)
                        + ", and " + found(walked));
            }
        });
        return broken;
    }

    private static String found(long walked) {
        return walked == 0
                ? "nothing is mapped there"
                : "a walk finds 0x" + Long.toHexString(walked & -PAGE)
                        + ((walked & Walk.WRITABLE) == 0 ? " for reading only" : "");
    }

    static List<String> tablesReferredOnce(KernelView view) {
        Set<Long> seen = new HashSet<>();
        List<String> broken = new ArrayList<>();
        view.mappings().visit(new Mappings.Visitor() {
            @Override
            public void pool(int base, long pool) {
                once("ASID pool", pool);
            }

            @Override
            public void root(int asid, long root) {
                once("address space", root);
            }

            @Override
            public void table(int asid, long vaddr, long table) {
                once("table", table);
            }

            @Override
            public void frame(int asid, long vaddr, long frame, int sizeBits) {}

            private void once(String what, long object) {
                if (!seen.add(object)) {
                    broken.add("the " + what + " at 0x" + Long.toHexString(object) + " is referred to twice");
                }
            }
        });
        return broken;
    }
}
