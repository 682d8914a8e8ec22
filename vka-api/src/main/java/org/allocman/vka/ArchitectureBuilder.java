package org.allocman.vka;

import static org.allocman.vka.PageSize.PAGE_BITS;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.allocman.qual.SizeBits;

/**
 * Describes a kernel, each step in a new description: begun with {@link #of}, ended with {@link #build}. Untypeds, TCBs, endpoints,
 * notifications and CNodes are there from the start, with seL4's numbers and sizes; {@link #type} says others. Each method
 * refuses what is out of its range, {@code build} what does not go together, both with an {@link IllegalArgumentException}
 * that says what is wrong.
 */
public final class ArchitectureBuilder {
    /** The largest number that an object type can have in a retype. */
    public static final int MOST_NUMBER = ArchitectureRules.MOST_NUMBER;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,31}");
    private static final Pattern TYPE_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]*([ _-][A-Za-z0-9]+)*");
    private static final int MOST_TYPE_NAME = 32;
    private static final int MOST_SLOT_BITS = 8;
    private static final int MOST_INDEX_BITS = 20;
    private static final int LEAST_FAN_OUT = 64;
    private static final int MOST_DOMAINS = 256;
    private static final int MOST_FAN_OUT = 1 << 20;
    private static final int WIDE_SLOT_BITS = 5;
    private static final int NARROW_SLOT_BITS = 4;

    private final String name;
    private final KernelLimits limits;
    private final List<ObjectEntry> entries;
    private final List<PagingLevel> levels;

    private ArchitectureBuilder(String name, KernelLimits limits, List<ObjectEntry> entries, List<PagingLevel> levels) {
        this.name = name;
        this.limits = limits;
        this.entries = List.copyOf(entries);
        this.levels = List.copyOf(levels);
    }

    /**
     * Begins to describe a kernel of one's own.
     *
     * @param name what it is called: small letters, digits, {@code -} and {@code _}, at most 32; none of the built-in kernels'
     * @param wordBits 32 or 64
     * @return a description that has seL4's numbers and sizes for untypeds, TCBs, endpoints, notifications and CNodes already
     * @throws IllegalArgumentException if one is out of its range
     */
    public static ArchitectureBuilder of(String name, int wordBits) {
        check(Architecture.named(name) == null, name + " is a kernel of seL4's; give yours another name");
        check(
                NAME.matcher(name).matches(),
                "a kernel's name has small letters, digits, - and _, begins with a letter and has at most 32 of them; '"
                        + shortened(name) + "' is none");
        check(wordBits == Integer.SIZE || wordBits == Long.SIZE, "a word has 32 or 64 bits, not " + wordBits);
        return new ArchitectureBuilder(
                name, KernelLimits.usual(wordBits), ArchitectureFacts.common(wordBits == Long.SIZE), List.of());
    }

    private ArchitectureBuilder with(KernelLimits other) {
        return new ArchitectureBuilder(name, other, entries, levels);
    }

    /** What was said of the type before no longer counts. */
    private ArchitectureBuilder with(ObjectEntry entry) {
        List<ObjectEntry> all = new ArrayList<>(entries);
        all.removeIf(before -> before.type().equals(entry.type()));
        all.add(entry);
        return new ArchitectureBuilder(name, limits, all, levels);
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
     * Says how many scheduling domains there are.
     *
     * @param number 1, which it is if nobody says it, to 256
     * @return the description with that
     */
    public ArchitectureBuilder domains(int number) {
        range("the number of domains", number, 1, MOST_DOMAINS);
        return with(limits.withDomains(number));
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
        return with(ArchitectureFacts.entry(type, number, type.isSizedByCaller() ? 1 : bits));
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
        return with(ArchitectureFacts.entry(ObjectType.own(text, kind, number, false), number, bits));
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
        return new ArchitectureBuilder(name, limits, entries, all);
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
        List<PagingLevel> complete = ArchitectureFacts.covering(levels);
        ArchitectureFacts facts = new ArchitectureFacts(
                name,
                limits.userTop() != 0 ? limits : limits.withUserTop(usualUserTop(complete)),
                ArchitectureFacts.bounded(limits, entries),
                complete,
                complete.isEmpty() ? ArchitectureFacts.REGIONS : 0,
                ArchitectureFacts.Attributes.NONE,
                List.of());
        ArchitectureRules.check(facts);
        return new Architecture(facts);
    }

    private long usualUserTop(List<PagingLevel> complete) {
        return complete.isEmpty()
                ? (1L << limits.deviceTopBits()) - 1
                : 1L << complete.get(0).entryBits() + complete.get(0).indexBits() - 1;
    }
}
