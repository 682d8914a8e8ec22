package org.allocman.check.invariants;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.allocman.qual.PhysAddr;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.DerivationList;
import org.allocman.sim.kernel.Interrupts;
import org.allocman.sim.kernel.KernelState;
import org.allocman.sim.kernel.ObjectRegions;
import org.allocman.sim.kernel.ObjectTypes;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.TcbLayout;
import org.allocman.sim.kernel.paging.Behaviours;
import org.allocman.sim.kernel.paging.Mappings;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.MemoryFault;
import org.allocman.vka.ObjectType;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * All capabilities of a machine at one moment: those in the CNodes that can be reached from the current thread, and those
 * that the derivation list links to. A broken machine can be looked at; what cannot be read is set aside.
 */
public final class KernelView {
    private static final int LARGEST_RADIX = 24;

    private final PhysicalMemory memory;
    private final Architecture architecture;
    private final Slots slots;
    private final ObjectTypes types;
    private final ObjectRegions regions;
    private final DerivationList list;
    private final long state;
    private final long thread;
    private final Interrupts interrupts;
    private final Map<Long, Capability> capabilities = new TreeMap<>();
    private final SlotRanges reachable;
    private final Set<Long> uncleared = new TreeSet<>();
    private final List<String> malformed = new ArrayList<>();
    private final DerivationChains chains;
    private final List<Capability> byAddress = new ArrayList<>();

    /** How far the kernel's addresses of memory are from the physical ones. */
    long windowOffset() {
        return KernelState.windowOffset(memory.words(), state);
    }

    /**
     * Looks at a machine.
     *
     * @param memory its memory
     * @param architecture its architecture
     * @param state physical address of the kernel's page
     */
    public KernelView(PhysicalMemory memory, Architecture architecture, @PhysAddr long state) {
        this.memory = memory;
        this.architecture = architecture;
        this.slots = new Slots(memory.words(), architecture);
        this.types = new ObjectTypes(slots, architecture);
        this.regions = new ObjectRegions(slots, architecture, KernelState.tcbBits(memory.words(), state, architecture));
        this.list = new DerivationList(slots, regions);
        this.state = state;
        this.thread = KernelState.thread(memory.words(), state);
        this.interrupts = new Interrupts(memory.words(), slots, state);
        this.reachable = new SlotRanges(slots.bytes());
        new Search(regions).run();
        this.chains = new DerivationChains(capabilities, slots, list);
        for (Capability capability : capabilities.values()) {
            if (capability.isMemory()) {
                byAddress.add(capability);
            }
        }
        byAddress.sort(KernelView::outerFirst);
    }

    private static int outerFirst(Capability left, Capability right) {
        int order = Long.compare(left.base(), right.base());
        if (order == 0) {
            order = Integer.compare(right.sizeBits(), left.sizeBits());
        }
        return order != 0 ? order : Boolean.compare(right.isUntyped(), left.isUntyped());
    }

    /** Finds capabilities, from the current thread on, through CNodes and links. */
    private final class Search {
        private final ObjectRegions regions;
        private final Deque<Long> found = new ArrayDeque<>();
        private final Deque<Stretch> referred = new ArrayDeque<>();

        /** Slots of an object that have not been looked at: from a number on, to the object's end. */
        private record Stretch(@PhysAddr long object, long from, long count) {}

        Search(ObjectRegions regions) {
            this.regions = regions;
        }

        void run() {
            if (thread >= 0) {
                refer(thread, TcbLayout.slots(architecture));
            }
            if (interrupts.count() > 0) {
                refer(interrupts.slot(0), interrupts.count());
            }
            drain();
            if (!capabilities.keySet().stream().allMatch(reachable::contains)) {
                islands().forEach(found::push);
                drain();
            }
        }

        private void drain() {
            while (!found.isEmpty() || !referred.isEmpty()) {
                if (!found.isEmpty()) {
                    visit(found.pop());
                } else {
                    Stretch next = referred.pop();
                    for (long i = next.from; i < next.count; i++) {
                        visit(slots.at(next.object, i));
                    }
                }
            }
        }

        /**
         * Slots that nothing leads to but their own content: a CNode that holds the last capability to itself, alone in
         * the derivation list. They are told by what memory outside frames, tables and objects with words of their own reads as.
         */
        private List<Long> islands() {
            List<Capability> contents = new ArrayList<>();
            for (Capability capability : capabilities.values()) {
                boolean isContent = capability.type().isPaging() || capability.type() == CapabilityType.OBJECT;
                if (isContent && capability.isMemory()) {
                    contents.add(capability);
                }
            }
            Ranges frames = new Ranges(contents);
            List<Long> candidates = new ArrayList<>();
            memory.forEachWord((address, value) -> {
                boolean holder = isHolder((int) value & 15);
                if (holder && (address & slots.bytes() - 1) == 0 && !frames.contains(address)) {
                    candidates.add(address);
                }
            });
            return candidates;
        }

        private boolean isHolder(int type) {
            return type == CapabilityType.CNODE.ordinal()
                    || type == CapabilityType.TCB.ordinal()
                    || type == CapabilityType.ZOMBIE.ordinal();
        }

        private void visit(long slot) {
            if (slot < 0) {
                return;
            }
            try {
                if (isCleared(slot)) {
                    return;
                }
                if (!slots.isOfAType(slot)) {
                    malformed.add("slot 0x" + Long.toHexString(slot) + " holds a capability of no type");
                } else if (slots.isEmpty(slot)) {
                    uncleared.add(slot);
                } else if (!capabilities.containsKey(slot)) {
                    read(slot);
                }
            } catch (MemoryFault fault) {
                malformed.add("slot 0x" + Long.toHexString(slot) + " is not in memory");
            } catch (ArrayIndexOutOfBoundsException nonsense) {
                malformed.add("slot 0x" + Long.toHexString(slot) + " holds a capability with a field out of range");
            }
        }

        private boolean isCleared(long slot) {
            for (int offset = 0; offset < slots.bytes(); offset += Long.BYTES) {
                if (memory.words().load64(slot, offset) != 0) {
                    return false;
                }
            }
            return true;
        }

        private void read(long slot) {
            CapabilityType type = slots.type(slot);
            long free = type == CapabilityType.UNTYPED ? slots.untyped().freeIndex(slot) : 0;
            Capability capability =
                    new Capability(slot, type, slots.object(slot), regions.sizeBits(slot), slots.isDevice(slot), free);
            capabilities.put(slot, capability);
            found.push(slots.mdb().next(slot));
            found.push(slots.mdb().previous(slot));
            switch (type) {
                case CNODE -> refer(slot, capability.base(), slots.cnode().radix(slot));
                case TCB -> refer(capability.base(), TcbLayout.slots(architecture));
                case ZOMBIE -> {
                    if (slots.zombie().number(slot) <= 1L << LARGEST_RADIX) {
                        refer(capability.base(), slots.zombie().number(slot));
                    }
                }
                default -> {
                    return;
                }
            }
        }

        private void refer(long slot, long object, int radix) {
            if (radix > LARGEST_RADIX) {
                malformed.add("slot 0x" + Long.toHexString(slot) + " holds a CNode of radix " + radix);
            } else {
                refer(object, 1L << radix);
            }
        }

        private void refer(long object, long count) {
            long known = reachable.add(object, count);
            if (known < count) {
                referred.push(new Stretch(object, known, count));
            }
        }
    }

    /**
     * The capabilities.
     *
     * @return all that are not empty, by address of their slots
     */
    public Iterable<Capability> capabilities() {
        return capabilities.values();
    }

    /**
     * The capability in a slot.
     *
     * @param slot the slot
     * @return what it holds, or null if it was not found or is empty
     */
    public @Nullable Capability at(@PhysAddr long slot) {
        return capabilities.get(slot);
    }

    /**
     * The chains of the derivation list, each from its head.
     *
     * @return the chains; cycles are not among them
     */
    public List<List<Capability>> chains() {
        return chains.all();
    }

    /**
     * Whether a capability stands among another's descendants.
     *
     * @param ancestor the one
     * @param capability the other
     * @return true if it would be revoked with it
     */
    public boolean isDescendant(Capability ancestor, Capability capability) {
        return chains.isDescendant(ancestor, capability);
    }

    /** Whether a capability is of a structure of a guest's extended page tables. */
    boolean isGuestTable(Capability capability) {
        ObjectType type = capability.type() == CapabilityType.OBJECT ? types().type(capability.slot()) : null;
        return type != null && type.isGuestTable();
    }

    Slots slots() {
        return slots;
    }

    /** The types of the objects that capabilities are to. */
    ObjectTypes types() {
        return types;
    }

    /** Whether two capabilities are to one object; two untypeds never are. */
    boolean isSameObject(Capability one, Capability other) {
        return regions.isSameObject(one.slot(), other.slot());
    }

    /** What a capability to an endpoint, a notification or a frame allows; none for others. */
    int rights(Capability capability) {
        return switch (capability.type()) {
            case ENDPOINT, NOTIFICATION -> slots.endpoint().rights(capability.slot());
            case FRAME -> frameRights(slots.frame().vmRights(capability.slot()));
            default -> 0;
        };
    }

    /** The rights of a frame, which each architecture numbers in its way, as bits. */
    private int frameRights(int number) {
        return Behaviours.of(architecture).frameRights(number).bits();
    }

    DerivationList list() {
        return list;
    }

    Architecture architecture() {
        return architecture;
    }

    PhysicalMemory memory() {
        return memory;
    }

    /** The interrupts, their states and the kernel's slots for them. */
    Interrupts interrupts() {
        return interrupts;
    }

    /** Whether a slot is the kernel's own for an interrupt. */
    boolean isOfInterrupt(long slot) {
        return interrupts.count() > 0
                && slot >= interrupts.slot(0)
                && slot <= interrupts.slot(interrupts.count() - 1)
                && (slot - interrupts.slot(0)) % slots.bytes() == 0;
    }

    /** The page tables in force. */
    Mappings mappings() {
        return new Mappings(memory.words(), architecture, state);
    }

    /** The current thread's TCB, or negative. */
    long thread() {
        return thread;
    }

    /** What could not be read. */
    List<String> malformed() {
        return malformed;
    }

    /** Whether some CNode, thread or zombie refers to a slot. */
    boolean isReachable(long slot) {
        return reachable.contains(slot);
    }

    /** The slots found that are empty and not all zero. */
    Set<Long> uncleared() {
        return uncleared;
    }

    boolean isPlaced(Capability capability) {
        return chains.isPlaced(capability);
    }

    /** What is done with each pair of overlapping ranges. */
    interface PairVisitor {
        void visit(Capability outer, Capability inner);
    }

    /**
     * Visits every pair of capabilities whose ranges overlap, the one that starts first, or is larger, first. Of equal
     * ranges untypeds come first.
     */
    void forEachOverlap(PairVisitor visitor) {
        List<Capability> open = new ArrayList<>();
        for (Capability capability : byAddress) {
            open.removeIf(other -> other.end() <= capability.base());
            for (Capability outer : open) {
                visitor.visit(outer, capability);
            }
            open.add(capability);
        }
    }
}
