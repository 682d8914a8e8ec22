package org.allocman.check.invariants;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.allocman.sim.kernel.DerivationList;
import org.allocman.sim.kernel.Slots;

/** The derivation list as chains from their heads; what lies on a cycle has no head and no place. */
final class DerivationChains {
    private final List<List<Capability>> all = new ArrayList<>();
    private final Map<Long, Place> positions = new HashMap<>();

    /** Where a capability stands in the derivation list, and where its descendants end. */
    private record Place(int chain, int position, int end) {}

    /** Follows each chain, of capabilities by their slots. */
    DerivationChains(Map<Long, Capability> capabilities, Slots slots, DerivationList list) {
        for (Capability head : capabilities.values()) {
            if (slots.mdb().previous(head.slot()) >= 0) {
                continue;
            }
            List<Capability> chain = new ArrayList<>();
            Capability entry = head;
            while (entry != null && !positions.containsKey(entry.slot())) {
                positions.put(entry.slot(), new Place(all.size(), chain.size(), chain.size()));
                chain.add(entry);
                entry = capabilities.get(slots.mdb().next(entry.slot()));
            }
            for (int i = 0; i < chain.size(); i++) {
                int end = i + 1;
                long slot = chain.get(i).slot();
                while (end < chain.size() && list.isParent(slot, chain.get(end).slot())) {
                    end++;
                }
                positions.put(slot, new Place(all.size(), i, end));
            }
            if (!chain.isEmpty()) {
                all.add(chain);
            }
        }
    }

    List<List<Capability>> all() {
        return all;
    }

    boolean isPlaced(Capability capability) {
        return positions.containsKey(capability.slot());
    }

    boolean isDescendant(Capability ancestor, Capability capability) {
        Place outer = positions.get(ancestor.slot());
        Place inner = positions.get(capability.slot());
        return outer != null
                && inner != null
                && outer.chain == inner.chain
                && outer.position < inner.position
                && inner.position < outer.end;
    }
}
