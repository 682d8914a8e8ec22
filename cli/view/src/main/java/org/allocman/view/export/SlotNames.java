package org.allocman.view.export;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.allocman.qual.PhysAddr;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.Interrupts;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.TcbLayout;
import org.allocman.vka.Architecture;

/** What people call slots: by the cptr that leads there, by the CNode or thread that they are in, or by the interrupt. */
final class SlotNames {
    private static final int LARGEST_RADIX = 24;

    private final Slots slots;
    private final TreeMap<Long, StateObject> holders;
    private final boolean hasMcs;
    private final Map<Long, String> cptrs = new HashMap<>();
    private final Map<Long, String> holderNames = new HashMap<>();

    SlotNames(
            Slots slots,
            Interrupts interrupts,
            Architecture architecture,
            @PhysAddr long thread,
            TreeMap<Long, StateObject> holders) {
        this.slots = slots;
        this.holders = holders;
        this.hasMcs = architecture.hasMcs();
        if (thread >= 0) {
            walk(slots.at(thread, TcbLayout.CSPACE), architecture.wordBits(), 0);
        }
        nameHolders();
        for (int interrupt = 0; interrupt < interrupts.count(); interrupt++) {
            cptrs.put(interrupts.slot(interrupt), "interrupt " + interrupt);
        }
    }

    /** Names the slots below a capability for a CNode; every level takes at least one bit. */
    private void walk(long root, int bits, long prefix) {
        if (slots.type(root) != CapabilityType.CNODE || slots.cnode().radix(root) > LARGEST_RADIX) {
            return;
        }
        int left = bits - slots.cnode().guardSize(root) - slots.cnode().radix(root);
        if (left < 0 || left == bits) {
            return;
        }
        long first = (prefix << slots.cnode().guardSize(root) | slots.cnode().guard(root))
                << slots.cnode().radix(root);
        for (long i = 0; i < 1L << slots.cnode().radix(root); i++) {
            long slot = slots.at(slots.object(root), i);
            if (slots.isEmpty(slot)) {
                continue;
            }
            cptrs.putIfAbsent(slot, Long.toUnsignedString(first + i << left));
            if (left > 0) {
                walk(slot, left, first + i);
            }
        }
    }

    /** A CNode or thread is known by the first slot that has a cptr and holds a capability for it. */
    private void nameHolders() {
        cptrs.forEach((slot, cptr) -> {
            CapabilityType type = slots.type(slot);
            if (type == CapabilityType.CNODE || type == CapabilityType.TCB) {
                holderNames.merge(slots.object(slot), cptr, SlotNames::shorter);
            }
        });
    }

    private static String shorter(String one, String other) {
        boolean first = one.length() < other.length() || one.length() == other.length() && one.compareTo(other) <= 0;
        return first ? one : other;
    }

    String of(@PhysAddr long slot) {
        String cptr = cptrs.get(slot);
        if (cptr != null) {
            return cptr;
        }
        Map.Entry<Long, StateObject> holder = holders.floorEntry(slot);
        if (holder == null || slot >= holder.getValue().end()) {
            return "0x" + Long.toHexString(slot);
        }
        String name = holderNames.get(holder.getKey());
        long index = (slot - holder.getKey()) / slots.bytes();
        String of = name != null ? name : "0x" + Long.toHexString(holder.getKey());
        return holder.getValue().kind().equals(StateObject.TCB)
                ? of + "." + threadSlot(index, hasMcs)
                : of + "/" + index;
    }

    /** What a thread's slot is for. */
    static String threadSlot(long index, boolean hasMcs) {
        return switch ((int) index) {
            case TcbLayout.CSPACE -> "cspace";
            case TcbLayout.VSPACE -> "vspace";
            case TcbLayout.EPT_ROOT -> "ept";
            case TcbLayout.REPLY -> hasMcs ? "buffer" : "reply";
            case TcbLayout.CALLER -> hasMcs ? "fault" : "caller";
            default -> hasMcs ? "timeout" : "buffer";
        };
    }
}
