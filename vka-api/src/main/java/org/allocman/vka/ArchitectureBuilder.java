package org.allocman.vka;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.allocman.qual.SizeBits;

/**
 * Describes a kernel, each step in a new description: begun with {@link Architecture#builder}, ended with {@link #build}. Untypeds, TCBs, endpoints,
 * notifications and CNodes are there from the start, with seL4's numbers and sizes; {@link #type} says others. Each method
 * refuses what is out of its range, {@code build} what does not go together, both with an {@link IllegalArgumentException}
 * that says what is wrong.
 */
public final class ArchitectureBuilder {
    /** The largest number that an object type can have in a retype. */
    public static final int MOST_NUMBER = 63;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,31}");
    private static final Pattern TYPE_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]*([ _-][A-Za-z0-9]+)*");
    private static final int MOST_TYPE_NAME = 32;
    private static final int MOST_SLOT_BITS = 8;
    private static final int MOST_INDEX_BITS = 20;
    private static final int LEAST_FAN_OUT = 64;
    private static final int MOST_FAN_OUT = 1 << 20;
    private static final int PAGE_BITS = 12;
    private static final int REGIONS = 8;
    private static final int WIDE_SLOT_BITS = 5;
    private static final int NARROW_SLOT_BITS = 4;

    private final String name;
    private final KernelLimits limits;
    private final List<ObjectEntry> entries;
    private final List<PagingLevel> levels;
    private final ArchitectureFacts.Attributes attributes;

    private ArchitectureBuilder(
            String name,
            KernelLimits limits,
            List<ObjectEntry> entries,
            List<PagingLevel> levels,
            ArchitectureFacts.Attributes attributes) {
        this.name = name;
        this.limits = limits;
        this.entries = List.copyOf(entries);
        this.levels = List.copyOf(levels);
        this.attributes = attributes;
    }

    /** A description of nothing but the name, the words, and what every kernel has. */
    static ArchitectureBuilder begin(String name, int wordBits) {
        check(
                NAME.matcher(name).matches(),
                "a kernel's name has small letters, digits, - and _, begins with a letter and has at most 32 of them; '"
                        + shortened(name) + "' is none");
        check(wordBits == Integer.SIZE || wordBits == Long.SIZE, "a word has 32 or 64 bits, not " + wordBits);
        boolean wide = wordBits == Long.SIZE;
        List<ObjectEntry> common = List.of(
                new ObjectEntry(ObjectType.UNTYPED, 0, 0, 0),
                entry(ObjectType.TCB, 1, wide ? 11 : 10),
                entry(ObjectType.ENDPOINT, 2, 4),
                entry(ObjectType.NOTIFICATION, 3, wide ? 5 : 4),
                entry(ObjectType.CNODE, 4, 1));
        return new ArchitectureBuilder(
                name, KernelLimits.usual(wordBits), common, List.of(), ArchitectureFacts.Attributes.NONE);
    }

    private static ObjectEntry entry(ObjectType type, int number, int bits) {
        return new ObjectEntry(type, number, bits, bits);
    }

    private ArchitectureBuilder with(KernelLimits other) {
        return new ArchitectureBuilder(name, other, entries, levels, attributes);
    }

    /** What was said of the type before no longer counts. */
    private ArchitectureBuilder with(ObjectEntry entry) {
        List<ObjectEntry> all = new ArrayList<>(entries);
        all.removeIf(before -> before.type().equals(entry.type()));
        all.add(entry);
        return new ArchitectureBuilder(name, limits, all, levels, attributes);
    }

    private static void check(boolean good, String otherwise) {
        if (!good) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static String shortened(String text) {
        return text.length() <= MOST_TYPE_NAME ? text : text.substring(0, MOST_TYPE_NAME) + "...";
    }

    private static void range(String what, long value, long least, long most) {
        check(value >= least && value <= most, what + " is " + least + " to " + most + ", not " + value);
    }

    /**
     * Says how large a capability slot is.
     *
     * @param bits size in bits: 5 to 8 with words of 64 bits, 4 to 8 with words of 32 bits; seL4's 5 and 4 if nobody says it
     * @return the description with that
     */
    public ArchitectureBuilder slotBits(@SizeBits int bits) {
        range(
                "the size of a slot, in bits,",
                bits,
                limits.isWide() ? WIDE_SLOT_BITS : NARROW_SLOT_BITS,
                MOST_SLOT_BITS);
        return with(limits.withSlotBits(bits));
    }

    /**
     * Says which untypeds there are.
     *
     * @param leastBits size of the smallest, at least 4
     * @param mostBits size of the largest, at most 47 with words of 64 bits and 29 with words of 32 bits
     * @return the description with that
     */
    public ArchitectureBuilder untypeds(@SizeBits int leastBits, @SizeBits int mostBits) {
        range("the largest untyped, in size bits,", mostBits, PAGE_BITS, limits.mostUntypedBits());
        range("the smallest untyped, in size bits,", leastBits, Architecture.MIN_UNTYPED_BITS, PAGE_BITS);
        return with(limits.withUntypeds(leastBits, mostBits));
    }

    /**
     * Says how many objects one retype may make.
     *
     * @param limit 64, which is what a manager wants at once, to 2^20; 256 if nobody says it
     * @return the description with that
     */
    public ArchitectureBuilder fanOutLimit(int limit) {
        range("the fan-out limit", limit, LEAST_FAN_OUT, MOST_FAN_OUT);
        return with(limits.withFanOut(limit));
    }

    /**
     * Says where user virtual addresses end; if nobody does, at half of what page tables translate, and without them at the
     * end of memory.
     *
     * @param top the first address that is none, 4096 to 2^57, and with words of 32 bits to 2^32 - 1
     * @return the description with that
     */
    public ArchitectureBuilder userTop(long top) {
        range("the user top", top, 1L << PAGE_BITS, limits.isWide() ? 1L << 57 : (1L << limits.wordBits()) - 1);
        return with(limits.withUserTop(top));
    }

    /**
     * Says where the physical addresses end that boot makes device untypeds for.
     *
     * @param bits binary logarithm of the first address that is none: 12 to 47 with words of 64 bits, to 32 with words of 32
     * @return the description with that
     */
    public ArchitectureBuilder deviceTopBits(int bits) {
        range(
                "the device top, as a power of two,",
                bits,
                PAGE_BITS,
                limits.isWide() ? KernelLimits.MOST_WIDE_BITS : limits.wordBits());
        return with(limits.withDeviceTopBits(bits));
    }

    /**
     * Says number and size of one of seL4's object types.
     *
     * @param type the type; what was said of it before no longer counts
     * @param number its number in a retype, 0 to {@link #MOST_NUMBER}
     * @param bits its size in bits, 4 to the largest untyped; ignored for untypeds and CNodes
     * @return the description with that
     */
    public ArchitectureBuilder type(ObjectType type, int number, @SizeBits int bits) {
        range("the number of " + type.text(), number, 0, MOST_NUMBER);
        if (!type.isSizedByCaller()) {
            size(type.text(), bits);
        }
        return with(entry(type, number, type.isSizedByCaller() ? 1 : bits));
    }

    /**
     * Adds an object type of the kernel's own that is nothing but memory with a capability: it is made, copied, derived and
     * deleted, and has no invocations.
     *
     * @param text its name, for instance {@code channel}: letters and digits, in words that one space, {@code -} or
     *     {@code _} divides, at most 32
     * @param number its number in a retype, 0 to {@link #MOST_NUMBER}
     * @param bits its size in bits, 4 to the largest untyped
     * @return the description with that; {@link Architecture#typeNamed} has the type
     */
    public ArchitectureBuilder plain(String text, int number, @SizeBits int bits) {
        return own(text, ObjectType.Kind.PLAIN, number, bits);
    }

    /**
     * Adds an object type of the kernel's own whose objects have the size that the caller of a retype names.
     *
     * @param text its name, as for {@link #plain(String, int, int)}
     * @param number its number in a retype, 0 to {@link #MOST_NUMBER}
     * @param leastBits the smallest size in bits, at least 4
     * @param mostBits the largest size in bits, at most that of the largest untyped
     * @return the description with that
     */
    public ArchitectureBuilder plain(String text, int number, @SizeBits int leastBits, @SizeBits int mostBits) {
        name(text, number);
        size(text, leastBits);
        size(text, mostBits);
        check(leastBits <= mostBits, "the least size of " + text + " is more than the largest");
        ObjectType type = ObjectType.own(text, ObjectType.Kind.PLAIN, number, true);
        return with(new ObjectEntry(type, number, leastBits, mostBits));
    }

    /**
     * Adds a frame type of the kernel's own: with paging of a size that an entry of some level covers.
     *
     * @param text its name, as for {@link #plain(String, int, int)}
     * @param number its number in a retype, 0 to {@link #MOST_NUMBER}
     * @param bits its size in bits
     * @return the description with that
     */
    public ArchitectureBuilder frame(String text, int number, @SizeBits int bits) {
        return own(text, ObjectType.Kind.FRAME, number, bits);
    }

    /**
     * Adds a type of paging structure of the kernel's own, to be named by a {@link #level}.
     *
     * @param text its name, as for {@link #plain(String, int, int)}
     * @param number its number in a retype, 0 to {@link #MOST_NUMBER}
     * @param bits its size in bits
     * @return the description with that
     */
    public ArchitectureBuilder table(String text, int number, @SizeBits int bits) {
        return own(text, ObjectType.Kind.TABLE, number, bits);
    }

    private ArchitectureBuilder own(String text, ObjectType.Kind kind, int number, int bits) {
        name(text, number);
        size(text, bits);
        return with(entry(ObjectType.own(text, kind, number, false), number, bits));
    }

    private static void name(String text, int number) {
        check(
                text.length() <= MOST_TYPE_NAME && TYPE_NAME.matcher(text).matches(),
                "an object type's name has letters and digits, in words that one space, - or _ divides, and at most 32"
                        + " characters; '" + shortened(text) + "' is none");
        range("the number of " + text, number, 0, MOST_NUMBER);
    }

    private static void size(String text, int bits) {
        range("the size of " + text + ", in bits,", bits, Architecture.MIN_UNTYPED_BITS, KernelLimits.MOST_WIDE_BITS);
    }

    /**
     * Adds a level of page tables, below those that were added before; without any there are MPU regions. The last one maps
     * pages of 4 KiB.
     *
     * @param table the type of the paging structures at this level, one that the kernel has; the root's at the first
     * @param indexBits binary logarithm of the number of entries, 1 to 20
     * @return the description with that
     */
    public ArchitectureBuilder level(ObjectType table, int indexBits) {
        range("what a level translates, in bits,", indexBits, 1, MOST_INDEX_BITS);
        check(table.kind() == ObjectType.Kind.TABLE, "a level has paging structures; " + table.text() + " is none");
        List<PagingLevel> all = new ArrayList<>(levels);
        all.add(new PagingLevel(table, 0, indexBits));
        return new ArchitectureBuilder(name, limits, entries, all, attributes);
    }

    /**
     * Says which attributes mappings take, if any.
     *
     * @param usual those of usual memory
     * @param executeNever the one of memory that cannot be executed, 0 for none
     * @param kernelOnly those of mappings that the kernel sees and user code does not, 0 for none
     * @return the description with that
     */
    ArchitectureBuilder attributes(long usual, long executeNever, long kernelOnly) {
        return new ArchitectureBuilder(
                name, limits, entries, levels, new ArchitectureFacts.Attributes(usual, executeNever, kernelOnly));
    }

    /**
     * Says how many ASIDs there are, {@code asidHighBits} and {@code asidLowBits} in seL4.
     *
     * @param poolsBits binary logarithm of the number of pools
     * @param indexBits binary logarithm of the number of entries of one, which fill 4 KiB at most
     * @return the description with that
     */
    ArchitectureBuilder asids(int poolsBits, int indexBits) {
        return with(limits.withAsids(poolsBits, indexBits));
    }

    /**
     * The type with a name, of seL4's or of the kernel's own, as far as it has been described.
     *
     * @param name an {@link ObjectType#name}
     * @return the type
     * @throws IllegalArgumentException if there is none
     */
    public ObjectType typeNamed(String name) {
        for (ObjectEntry entry : entries) {
            if (entry.type().name().equals(name)) {
                return entry.type();
            }
        }
        throw new IllegalArgumentException("there is no object type '" + shortened(name) + "'");
    }

    /**
     * The kernel that was described.
     *
     * @return the value
     * @throws IllegalArgumentException if two things that were said do not go together
     */
    public Architecture build() {
        ArchitectureFacts facts = facts();
        ArchitectureRules.check(facts);
        return new Architecture(facts);
    }

    /** A kernel of seL4's, whose large pages of many entries no rule here allows. */
    Architecture buildAsGiven() {
        return new Architecture(facts());
    }

    private ArchitectureFacts facts() {
        List<PagingLevel> complete = new ArrayList<>();
        int bits = PAGE_BITS;
        for (int level = levels.size() - 1; level >= 0; level--) {
            complete.add(
                    0,
                    new PagingLevel(
                            levels.get(level).table(), bits, levels.get(level).indexBits()));
            bits += levels.get(level).indexBits();
        }
        long usualTop = levels.isEmpty() ? (1L << limits.deviceTopBits()) - 1 : 1L << bits - 1;
        return new ArchitectureFacts(
                name,
                limits.userTop() != 0 ? limits : limits.withUserTop(usualTop),
                entries.stream()
                        .map(this::bounded)
                        .sorted(Comparator.comparing(ObjectEntry::type))
                        .toList(),
                complete,
                complete.isEmpty() ? REGIONS : 0,
                attributes);
    }

    /** Untypeds and CNodes are bounded by what the largest untyped is. */
    private ObjectEntry bounded(ObjectEntry entry) {
        return switch (entry.type().kind()) {
            case UNTYPED ->
                new ObjectEntry(entry.type(), entry.number(), limits.minUntypedBits(), limits.maxUntypedBits());
            case CNODE -> new ObjectEntry(entry.type(), entry.number(), 1, limits.maxUntypedBits() - limits.slotBits());
            default -> entry;
        };
    }
}
