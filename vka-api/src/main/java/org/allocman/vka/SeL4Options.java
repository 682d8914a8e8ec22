package org.allocman.vka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.allocman.qual.SizeBits;

/** What seL4's configuration makes of an architecture: object types and their numbers, sizes, the shape of an address space. */
final class SeL4Options {
    private static final int CNODE_NUMBER = 4;
    private static final int MCS_TYPES = 2;
    private static final int LEAST_SCHED_CONTEXT_BITS = 7;
    private static final int VCPU_BITS = 12;
    private static final int WIDE_ADDRESS_BITS = 44;
    private static final String AARCH64 = "aarch64";
    private static final String AARCH32 = "aarch32";
    private static final String X86_64 = "x86_64";
    private static final int VTX_VCPU_BITS = 14;
    private static final int EPT_BITS = 12;

    private SeL4Options() {}

    /**
     * All configurations of an architecture but the plain one.
     *
     * @param plain an architecture without options, not the MPU profile
     * @return as many as there are combinations of its options, less one
     */
    static Stream<ArchitectureFacts> of(ArchitectureFacts plain) {
        List<ArchitectureFacts> all = new ArrayList<>(List.of(plain));
        for (KernelOption option : KernelOption.values()) {
            if (isOf(option, plain)) {
                List<ArchitectureFacts> with =
                        all.stream().map(facts -> with(facts, option)).toList();
                all.addAll(with);
            }
        }
        return all.stream().skip(1);
    }

    private static boolean isOf(KernelOption option, ArchitectureFacts facts) {
        return switch (option) {
            case PA44 -> facts.architecture().equals(AARCH64);
            case HYP ->
                facts.architecture().equals(AARCH64) || facts.architecture().equals(AARCH32);
            case VTX -> facts.architecture().equals(X86_64);
            case MCS -> !facts.levels().isEmpty();
        };
    }

    /** The options come in their order, so each finds what those before it have made. */
    private static ArchitectureFacts with(ArchitectureFacts facts, KernelOption option) {
        ArchitectureFacts made = switch (option) {
            case PA44 -> facts.withLimits(facts.limits().withDeviceTopBits(WIDE_ADDRESS_BITS));
            case HYP -> withHypervisor(facts);
            case VTX -> facts.withEntries(withGuests(facts.entries()));
            case MCS -> withMcs(facts);
        };
        return made.with(option);
    }

    /** Its own types' numbers are two higher, behind the two that come with it. */
    private static ArchitectureFacts withMcs(ArchitectureFacts facts) {
        List<ObjectEntry> all = new ArrayList<>();
        for (ObjectEntry entry : facts.entries()) {
            int number = entry.number() > CNODE_NUMBER ? entry.number() + MCS_TYPES : entry.number();
            int more = entry.type() == ObjectType.NOTIFICATION ? 1 : 0;
            all.add(new ObjectEntry(entry.type(), number, entry.sizeBits() + more, entry.mostBits() + more));
        }
        all.add(new ObjectEntry(
                ObjectType.SCHED_CONTEXT,
                CNODE_NUMBER + 1,
                LEAST_SCHED_CONTEXT_BITS,
                facts.limits().maxUntypedBits()));
        all.add(ArchitectureFacts.entry(
                ObjectType.REPLY, CNODE_NUMBER + 2, facts.limits().isWide() ? 5 : 4));
        return facts.withEntries(ArchitectureFacts.bounded(facts.limits(), all));
    }

    /** The second stage of translation, which a hypervisor has for its users, begins where the hardware lets it begin. */
    private static ArchitectureFacts withHypervisor(ArchitectureFacts facts) {
        return facts.architecture().equals(AARCH32) ? narrowHypervisor(facts) : wideHypervisor(facts);
    }

    /** With 40 bits of physical addresses there is one level less, and the root is two tables side by side. */
    private static ArchitectureFacts wideHypervisor(ArchitectureFacts facts) {
        int bits = facts.limits().deviceTopBits();
        ArchitectureFacts made =
                facts.withLimits(facts.limits().withUserTop((1L << bits) - 1)).withEntries(withVcpu(facts.entries()));
        return facts.options().contains(KernelOption.PA44)
                ? made
                : made.withEntries(sized(made.entries(), Map.of(ObjectType.VSPACE, 13)))
                        .withLevels(List.of(
                                level(ObjectType.VSPACE, 10),
                                level(ObjectType.PAGE_TABLE, 9),
                                level(ObjectType.PAGE_TABLE, 9)));
    }

    /** Entries have eight bytes, so tables have other sizes, and so has what one entry maps. */
    private static ArchitectureFacts narrowHypervisor(ArchitectureFacts facts) {
        Map<ObjectType, Integer> sizes = Map.of(
                ObjectType.SECTION, 21, ObjectType.SUPER_SECTION, 25, ObjectType.PAGE_TABLE, 12, ObjectType.TCB, 11);
        return facts.withEntries(withVcpu(sized(facts.entries(), sizes)))
                .withLevels(List.of(level(ObjectType.PAGE_DIRECTORY, 11), level(ObjectType.PAGE_TABLE, 9)));
    }

    private static PagingLevel level(ObjectType table, int indexBits) {
        return new PagingLevel(table, 0, indexBits);
    }

    private static List<ObjectEntry> withVcpu(List<ObjectEntry> entries) {
        return with(entries, ObjectType.VCPU, VCPU_BITS);
    }

    /** A virtual CPU, and the four levels of a guest's physical addresses. */
    private static List<ObjectEntry> withGuests(List<ObjectEntry> entries) {
        List<ObjectEntry> all = with(entries, ObjectType.VCPU, VTX_VCPU_BITS);
        for (ObjectType table :
                List.of(ObjectType.EPT_PML4, ObjectType.EPT_PDPT, ObjectType.EPT_PD, ObjectType.EPT_PT)) {
            all = with(all, table, EPT_BITS);
        }
        return all;
    }

    /** The entries and one more, with the next number. */
    private static List<ObjectEntry> with(List<ObjectEntry> entries, ObjectType type, @SizeBits int bits) {
        int last = entries.stream().mapToInt(ObjectEntry::number).max().orElse(CNODE_NUMBER);
        List<ObjectEntry> all = new ArrayList<>(entries);
        all.add(ArchitectureFacts.entry(type, last + 1, bits));
        return all;
    }

    /** The entries with other sizes where some are given. */
    private static List<ObjectEntry> sized(List<ObjectEntry> entries, Map<ObjectType, Integer> sizes) {
        return entries.stream()
                .map(entry -> {
                    Integer bits = sizes.get(entry.type());
                    return bits == null ? entry : ArchitectureFacts.entry(entry.type(), entry.number(), bits);
                })
                .toList();
    }
}
