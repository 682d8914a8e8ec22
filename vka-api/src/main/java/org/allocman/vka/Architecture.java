package org.allocman.vka;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.allocman.qual.SizeBits;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A kernel's profile: word size, object types with their numbers and sizes, and the shape of an address space. Figures of
 * the constants are those of seL4 16.0.0-dev without MCS, with the FPU where its platforms have one; the MPU profile, which
 * seL4 does not have, is ours. An {@link ArchitectureBuilder} describes a kernel of one's own.
 */
public final class Architecture {
    /** 64-bit Arm, four levels of paging with a 4 KiB root. */
    public static final Architecture AARCH64 = new Architecture(SeL4Architectures.aarch64());

    /** 64-bit x86, four levels of paging, each its own type of object. */
    public static final Architecture X86_64 = new Architecture(SeL4Architectures.x86());

    /** 64-bit RISC-V, Sv39: three levels of page tables, all of one type, the root among them. */
    public static final Architecture RISCV64 = new Architecture(SeL4Architectures.riscv64());

    /** 32-bit Arm: page directory of 16 KiB, page tables of 1 KiB. The top of user addresses is that of most platforms. */
    public static final Architecture AARCH32 = new Architecture(SeL4Architectures.aarch32());

    /** 32-bit x86: two levels of paging, the root a page directory. */
    public static final Architecture IA32 = new Architecture(SeL4Architectures.ia32());

    /** 32-bit RISC-V, Sv32: two levels of page tables. */
    public static final Architecture RISCV32 = new Architecture(SeL4Architectures.riscv32());

    /**
     * A microcontroller with an MPU and no paging: a frame is mapped at its own physical address by taking one of the
     * region registers of the VSpace.
     */
    public static final Architecture MPU = new Architecture(SeL4Architectures.mpu());

    /** The most objects one retype may make on seL4's kernels: {@code CONFIG_RETYPE_FAN_OUT_LIMIT}. */
    public static final int RETYPE_FAN_OUT_LIMIT = KernelLimits.FAN_OUT;

    /** The smallest untyped that any kernel has, in size bits; the smallest that there is on seL4's kernels. */
    public static final @SizeBits int MIN_UNTYPED_BITS = KernelLimits.MIN_UNTYPED_BITS;

    private static final Architecture[] SEL4 = {AARCH64, X86_64, RISCV64, AARCH32, IA32, RISCV32, MPU};
    private static final Architecture[] CONFIGURED = Stream.of(SEL4)
            .flatMap(plain -> SeL4Options.of(plain.facts).map(Architecture::new))
            .toArray(Architecture[]::new);
    private static final int NARROW_GUARD_SIZE_SHIFT = 3;

    private final ArchitectureFacts facts;
    private final ObjectTable objects;

    Architecture(ArchitectureFacts facts) {
        this.facts = facts;
        this.objects = new ObjectTable(facts.entries());
    }

    /** {@return the kernels that are built in, without options; a new array} */
    public static Architecture[] values() {
        return SEL4.clone();
    }

    /**
     * The built-in architecture with a name.
     *
     * @param name {@code aarch64}, {@code x86_64}, {@code riscv64}, {@code aarch32}, {@code ia32}, {@code riscv32} or {@code mpu};
     *     options may stand behind, in any order, as in {@code aarch64+hyp+mcs}
     * @return the architecture, or null if there is none of that name
     */
    public static @Nullable Architecture named(String name) {
        List<String> words = List.of(name.toLowerCase(Locale.ROOT).split("\\+", -1));
        List<KernelOption> options = KernelOption.of(words.subList(1, words.size()));
        return options == null ? null : among(words.get(0), options);
    }

    private static @Nullable Architecture among(String name, List<KernelOption> options) {
        for (Architecture architecture : options.isEmpty() ? SEL4 : CONFIGURED) {
            if (architecture.facts.architecture().equals(name)
                    && architecture.options().equals(options)) {
                return architecture;
            }
        }
        return null;
    }

    /** {@return the built-in kernels whose only option is MCS, a new array} */
    public static Architecture[] withMcs() {
        return Stream.of(CONFIGURED)
                .filter(kernel -> kernel.options().equals(List.of(KernelOption.MCS)))
                .toArray(Architecture[]::new);
    }

    /** {@return the built-in kernels with options, all combinations that there are, a new array} */
    public static Architecture[] configured() {
        return CONFIGURED.clone();
    }

    /** {@return what it is configured with, an unmodifiable list in the order of {@link KernelOption}} */
    public List<KernelOption> options() {
        return facts.options();
    }

    /** {@return whether time is allotted by scheduling contexts, seL4's {@code KernelIsMCS}} */
    public boolean hasMcs() {
        return facts.options().contains(KernelOption.MCS);
    }

    /** {@return the built-in kernel without options, {@link #AARCH64} for {@code aarch64+mcs}; itself for all others} */
    public Architecture base() {
        Architecture base = among(facts.architecture(), List.of());
        return base == null ? this : base;
    }

    /** {@return the name to show and to be asked for, for instance {@code aarch64}} */
    public String text() {
        return facts.name();
    }

    /** {@return whether it is a kernel of one's own, not one that is built in; false for the constants} */
    public boolean isOwn() {
        return named(text()) == null;
    }

    /** {@return the bits in a machine word, 32 or 64} */
    public int wordBits() {
        return facts.limits().wordBits();
    }

    /** {@return the size of a slot in bits: 5 on seL4's 64-bit kernels, 4 on its 32-bit kernels; 4 to 8 on others} */
    public @SizeBits int slotBits() {
        return facts.limits().slotBits();
    }

    /** {@return the size of the smallest untyped in bits, at least {@link #MIN_UNTYPED_BITS}} */
    public @SizeBits int minUntypedBits() {
        return facts.limits().minUntypedBits();
    }

    /** {@return the size of the largest untyped in bits} */
    public @SizeBits int maxUntypedBits() {
        return facts.limits().maxUntypedBits();
    }

    /** {@return the most objects one retype may make, {@link #RETYPE_FAN_OUT_LIMIT} on seL4's kernels} */
    public int fanOutLimit() {
        return facts.limits().fanOut();
    }

    /** {@return how many scheduling domains there are, 1 on seL4's kernels as they are usually configured} */
    public int domains() {
        return facts.limits().domains();
    }

    /**
     * The top of user virtual addresses, seL4's {@code seL4_UserTop}; on aarch32, where it is the platform's, that of most.
     *
     * @return an address; whether it is itself allowed differs between architectures and invocations
     */
    public long userTop() {
        return facts.limits().userTop();
    }

    /** {@return the end, exclusive, of the physical addresses for which boot makes device untypeds} */
    public long deviceTop() {
        return 1L << facts.limits().deviceTopBits();
    }

    /** {@return whether address spaces are page tables; false on the MPU profile} */
    public boolean hasPaging() {
        return !facts.levels().isEmpty();
    }

    /** {@return the levels of an address space's page tables, the root first; an unmodifiable list, empty without paging} */
    public List<PagingLevel> levels() {
        return facts.levels();
    }

    /** {@return how many regions an address space without paging has; 0 with paging} */
    public int regions() {
        return facts.regions();
    }

    /** {@return how many pools of ASIDs there are, seL4's {@code nASIDPools}; 0 without paging} */
    public int asidPools() {
        return hasPaging() ? 1 << facts.limits().asidPoolsBits() : 0;
    }

    /** {@return the binary logarithm of a pool's ASIDs, seL4's {@code asidLowBits}; 0 without paging} */
    public int asidIndexBits() {
        return hasPaging() ? facts.limits().asidIndexBits() : 0;
    }

    /** {@return how many bits an ASID has; 0 without paging} */
    public int asidBits() {
        return hasPaging() ? facts.limits().asidPoolsBits() + facts.limits().asidIndexBits() : 0;
    }

    /**
     * Whether the architecture has a kind of object.
     *
     * @param type the kind
     * @return true if it can be made by a retype
     */
    public boolean has(ObjectType type) {
        return objects.find(type) != null;
    }

    /** {@return the object types, an unmodifiable list in the order of {@link ObjectType#index}} */
    public List<ObjectType> types() {
        return objects.types();
    }

    /**
     * The object type with an index.
     *
     * @param index an {@link ObjectType#index}, possibly nonsense
     * @return the type, or null if the architecture has none of that index
     */
    public @Nullable ObjectType typeWithIndex(int index) {
        ObjectEntry entry = objects.withIndex(index);
        return entry == null ? null : entry.type();
    }

    /**
     * The object type with a name.
     *
     * @param name an {@link ObjectType#name}
     * @return the type, or null if the architecture has none of that name
     */
    public @Nullable ObjectType typeNamed(String name) {
        return objects.named(name);
    }

    /**
     * The number of an object type in a retype.
     *
     * @param type the kind
     * @return its number
     * @throws IllegalArgumentException if the architecture does not have it
     */
    public int number(ObjectType type) {
        return entry(type).number();
    }

    /**
     * The object type with a number.
     *
     * @param number as in a retype, possibly nonsense
     * @return the kind, or null
     */
    public @Nullable ObjectType type(long number) {
        ObjectEntry entry = objects.withNumber(number);
        return entry == null ? null : entry.type();
    }

    /**
     * The size of an object.
     *
     * @param type its kind
     * @param argument the radix of a CNode, the size bits of another type that the caller sizes, otherwise ignored
     * @return the size in bits
     * @throws IllegalArgumentException if the architecture does not have it
     */
    public @SizeBits int sizeBits(ObjectType type, int argument) {
        if (type == ObjectType.UNTYPED) {
            return argument;
        }
        if (type == ObjectType.CNODE) {
            return argument + facts.limits().slotBits();
        }
        ObjectEntry entry = entry(type);
        return entry.isSizedByCaller() ? argument : entry.sizeBits();
    }

    /**
     * The least that a retype takes for the size of an object.
     *
     * @param type a kind that the caller sizes
     * @return a radix for CNodes, size bits for others
     * @throws IllegalArgumentException if the architecture does not have it
     */
    public int leastSize(ObjectType type) {
        return entry(type).sizeBits();
    }

    /**
     * The most that a retype takes for the size of an object.
     *
     * @param type a kind that the caller sizes
     * @return a radix for CNodes, size bits for others
     * @throws IllegalArgumentException if the architecture does not have it
     */
    public int mostSize(ObjectType type) {
        return entry(type).mostBits();
    }

    /** {@return the frame types, smallest first, an unmodifiable list that is never empty} */
    public List<ObjectType> frames() {
        return objects.frames();
    }

    /**
     * The frame type of a size.
     *
     * @param sizeBits the size in bits
     * @return the kind, or null if there is no frame of that size
     */
    public @Nullable ObjectType frame(@SizeBits int sizeBits) {
        return objects.frame(sizeBits);
    }

    /** {@return the type of an address space's root: VSPACE where it has a type of its own, else that of its top table} */
    public ObjectType vspaceType() {
        return hasPaging() ? facts.levels().get(0).table() : ObjectType.VSPACE;
    }

    /**
     * The paging structure that a failed mapping wants.
     *
     * @param bitsLeft bits of the virtual address that the walk had left, as a {@link LookupFault} names them
     * @return the type of object to map there, or null if none would help
     */
    public @Nullable ObjectType tableFor(int bitsLeft) {
        List<PagingLevel> levels = facts.levels();
        for (int level = 1; level < levels.size(); level++) {
            if (levels.get(level - 1).entryBits() == bitsLeft) {
                return levels.get(level).table();
            }
        }
        return null;
    }

    /**
     * How many paging structures can be missing between a root and a page: no more than these, whatever a kernel says.
     *
     * @return 0 to 3 on seL4's kernels, up to 6 on others
     */
    public int tableLevels() {
        return Math.max(0, facts.levels().size() - 1);
    }

    /** {@return the attributes of usual memory in {@link Kernel#pageMap}, cached and executable; tables take the same} */
    public long defaultAttributes() {
        return facts.attributes().usual();
    }

    /** {@return the bit that makes a mapping's content not executable, to be or-ed to others; 0 where there is none} */
    public long executeNeverAttribute() {
        return facts.attributes().executeNever();
    }

    /**
     * Attributes of a mapping without rights that the kernel alone sees. On RISC-V, where seL4 leaves such an entry empty, ours
     * takes this word for it.
     *
     * @return attributes for {@link Kernel#pageMap}
     */
    public long kernelOnlyAttributes() {
        return facts.attributes().kernelOnly();
    }

    /**
     * What Mint and SetSpace take to give a CNode a guard of zeros.
     *
     * @param bits its size, 0 to the word size less the CNode's radix
     * @return the guard data
     */
    public long guardOfZeros(int bits) {
        return wordBits() == Long.SIZE ? bits : (long) bits << NARROW_GUARD_SIZE_SHIFT;
    }

    private ObjectEntry entry(ObjectType type) {
        ObjectEntry entry = objects.find(type);
        if (entry == null) {
            throw new IllegalArgumentException(text() + " has no " + type.text());
        }
        return entry;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || other instanceof Architecture architecture && facts.equals(architecture.facts);
    }

    @Override
    public int hashCode() {
        return Objects.hash(facts);
    }

    /** {@return the name as that of a constant, for instance {@code AARCH64}} */
    @Override
    public String toString() {
        return text().toUpperCase(Locale.ROOT);
    }
}
