package org.allocman.vka;

import static org.allocman.vka.PageSize.PAGE_BITS;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must go together in the description of a kernel of one's own, so that the simulated kernel can be it. */
final class ArchitectureRules {
    static final int MOST_NUMBER = 63;

    private static final int MOST_FRAMES = 4;
    private static final int LEAST_LEVELS = 2;
    private static final int MOST_LEVELS = 7;
    private static final int MOST_OWN_TABLES = 7;
    private static final int MOST_ADDRESS_BITS = 57;
    private static final int LEAST_FRAME_BITS = 10;
    private static final int LEAST_TABLE_BITS = 8;
    private static final int REGION_RECORD_BITS = 4;
    /** A TCB has the five slots and a few words behind them. */
    private static final int TCB_OVER_SLOT_BITS = 4;

    private static final int LEAST_TCB_BITS = 9;

    private final ArchitectureFacts facts;

    private ArchitectureRules(ArchitectureFacts facts) {
        this.facts = facts;
    }

    /** Throws {@link IllegalArgumentException} with what is wrong. */
    static void check(ArchitectureFacts facts) {
        ArchitectureRules rules = new ArchitectureRules(facts);
        rules.checkTypes();
        rules.checkFrames();
        if (facts.levels().isEmpty()) {
            rules.checkRegions();
        } else {
            rules.checkLevels();
        }
    }

    private static void require(boolean good, String otherwise) {
        if (!good) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private int bits(ObjectType type) {
        for (ObjectEntry entry : facts.entries()) {
            if (entry.type().equals(type)) {
                return entry.sizeBits();
            }
        }
        return -1;
    }

    private void checkTypes() {
        Set<String> names = new HashSet<>();
        ObjectEntry[] byNumber = new ObjectEntry[MOST_NUMBER + 1];
        int ownTables = 0;
        for (ObjectEntry entry : facts.entries()) {
            ObjectType type = entry.type();
            ObjectEntry other = byNumber[entry.number()];
            require(
                    other == null,
                    "two object types have number " + entry.number() + ": "
                            + (other == null ? "" : other.type().text()) + " and " + type.text());
            byNumber[entry.number()] = entry;
            require(
                    names.add(type.name()) && (!type.isOwn() || ObjectType.named(type.name()) == null),
                    "there is an object type " + type.name() + " already; give yours another name");
            require(
                    type.kind() == ObjectType.Kind.CNODE
                            || entry.mostBits() <= facts.limits().maxUntypedBits(),
                    "no untyped is large enough for " + type.text() + " of 2^" + entry.mostBits() + " bytes");
            boolean large = type.kind() == ObjectType.Kind.UNTYPED
                    || type.kind() == ObjectType.Kind.CNODE
                    || entry.sizeBits() >= facts.limits().minUntypedBits();
            require(
                    large,
                    type.text() + " of 2^" + entry.sizeBits()
                            + " bytes is smaller than the smallest untyped, of which managers make one for each object");
            ownTables += type.isOwn() && type.kind() == ObjectType.Kind.TABLE ? 1 : 0;
        }
        require(
                ownTables <= MOST_OWN_TABLES,
                "at most " + MOST_OWN_TABLES + " types of paging structures can be of the kernel's own");
        int tcb = Math.max(LEAST_TCB_BITS, facts.limits().slotBits() + TCB_OVER_SLOT_BITS);
        require(
                bits(ObjectType.TCB) >= tcb,
                "a TCB with slots of " + (1 << facts.limits().slotBits()) + " bytes has at least 2^" + tcb
                        + " bytes, not 2^" + bits(ObjectType.TCB));
    }

    private void checkFrames() {
        long frames =
                facts.entries().stream().filter(entry -> entry.type().isFrame()).count();
        require(frames <= MOST_FRAMES, "there are at most " + MOST_FRAMES + " sizes of frames, not " + frames);
        for (ObjectEntry entry : facts.entries()) {
            if (!entry.type().isFrame()) {
                continue;
            }
            require(
                    entry.sizeBits() >= LEAST_FRAME_BITS,
                    "a frame has at least 2^" + LEAST_FRAME_BITS + " bytes; "
                            + entry.type().text() + " has 2^" + entry.sizeBits());
            require(
                    facts.levels().isEmpty()
                            || facts.levels().stream().anyMatch(level -> level.entryBits() == entry.sizeBits()),
                    entry.type().text() + " has 2^" + entry.sizeBits()
                            + " bytes, which no entry of a page table covers");
            for (ObjectEntry other : facts.entries()) {
                require(
                        other == entry || !other.type().isFrame() || other.sizeBits() != entry.sizeBits(),
                        entry.type().text() + " and " + other.type().text() + " have one size");
            }
        }
        require(
                facts.levels().isEmpty()
                        ? bits(ObjectType.SMALL_PAGE) >= LEAST_FRAME_BITS
                        : bits(ObjectType.SMALL_PAGE) == PAGE_BITS,
                facts.levels().isEmpty()
                        ? "SMALL_PAGE is missing, of which boot makes the root task's memory"
                        : "SMALL_PAGE is missing or has not 2^" + PAGE_BITS + " bytes, which the lowest level maps");
        for (ObjectEntry entry : facts.entries()) {
            require(
                    !entry.type().isFrame() || entry.sizeBits() >= bits(ObjectType.SMALL_PAGE),
                    entry.type().text() + " is smaller than SMALL_PAGE");
        }
    }

    private void checkRegions() {
        int least = Integer.SIZE - Integer.numberOfLeadingZeros(facts.regions() - 1) + REGION_RECORD_BITS;
        require(
                bits(ObjectType.VSPACE) >= least,
                "without levels of page tables there are " + facts.regions()
                        + " MPU regions, kept in a VSPACE of at least 2^" + least + " bytes");
        for (ObjectEntry entry : facts.entries()) {
            require(
                    entry.type().kind() != ObjectType.Kind.TABLE || entry.type() == ObjectType.VSPACE,
                    entry.type().text() + " is a paging structure, and there are no levels");
        }
    }

    private void checkLevels() {
        List<PagingLevel> levels = facts.levels();
        require(
                levels.size() >= LEAST_LEVELS && levels.size() <= MOST_LEVELS,
                "there are " + LEAST_LEVELS + " to " + MOST_LEVELS + " levels of page tables, not " + levels.size());
        int total = levels.get(0).entryBits() + levels.get(0).indexBits();
        int most = facts.limits().wordBits() == Long.SIZE
                ? MOST_ADDRESS_BITS
                : facts.limits().wordBits();
        require(total <= most, "the levels translate " + total + " bits of an address, and " + most + " are the most");
        require(
                Long.compareUnsigned(facts.limits().userTop() - 1, (1L << total) - 1) <= 0,
                "the user top 0x" + Long.toHexString(facts.limits().userTop()) + " is beyond the " + total
                        + " bits that the levels translate");
        int entryBits = facts.limits().wordBits() == Long.SIZE ? 3 : 2;
        for (PagingLevel level : levels) {
            int bits = bits(level.table());
            require(bits >= 0, "a level has " + level.table().text() + ", which the kernel does not have");
            require(
                    bits >= Math.max(LEAST_TABLE_BITS, level.indexBits() + entryBits),
                    level.table().text() + " of 2^" + bits + " bytes does not hold 2^" + level.indexBits()
                            + " entries");
        }
        for (ObjectEntry entry : facts.entries()) {
            require(
                    entry.type().kind() != ObjectType.Kind.TABLE
                            || levels.stream().anyMatch(level -> level.table().equals(entry.type())),
                    entry.type().text() + " is a paging structure of no level");
        }
    }
}
