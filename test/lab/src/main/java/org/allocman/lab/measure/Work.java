package org.allocman.lab.measure;

import java.util.Locale;
import org.allocman.untyped.UntypedDesign;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The measured works. */
public enum Work {
    /** Churn: objects of four kinds come and go. */
    CHURN("objects of four kinds come and go; n objects are live", 10_000, 1_000_000, true),
    /** Fill and drain: an untyped is used up by frames, which are freed in three orders. */
    FRAMES("n frames fill an untyped and are freed in three orders", 1 << 16, 1 << 20, true),
    /** Frames at random addresses. */
    ADDRESSES("a frame at a random address in n device untypeds is made and freed", 1000, 10_000, true),
    /** Growth: churn with more and more live objects. */
    CHURN_SIZES("as churn, with 1,000 live objects, ten times as many, and so on up to n", 1_000_000, 1_000_000, true),
    /** Slots of a CNode that is nearly full. */
    SLOTS("a random slot of a CNode of n slots is given back and one is taken", 1 << 20, 1 << 22, false),
    /** Bootstrap with many untypeds. */
    BOOTSTRAP("a manager is built on 100 untypeds and on n, in place and in a new CSpace", 1000, 3000, false),
    /** Thrash: one frame is made and freed. */
    THRASH("one frame is made and freed n times, nothing else is live", 100_000, 100_000_000, true);

    private final String text;
    private final long usual;
    private final long most;
    private final boolean frees;

    Work(String text, long usual, long most, boolean frees) {
        this.text = text;
        this.usual = usual;
        this.most = most;
        this.frees = frees;
    }

    /**
     * The name that users type.
     *
     * @return for instance {@code churn-sizes}
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * What it does.
     *
     * @return half a sentence
     */
    public String text() {
        return text;
    }

    /**
     * How large it is if nobody says.
     *
     * @return n
     */
    public long usual() {
        return usual;
    }

    /**
     * The work of a name.
     *
     * @param name for instance {@code churn}, in either case
     * @return the work, or null if there is none of that name
     */
    public static @Nullable Work named(String name) {
        for (Work work : values()) {
            if (work.word().equalsIgnoreCase(name)) {
                return work;
            }
        }
        return null;
    }

    /**
     * Why the work cannot be done.
     *
     * @param manager who is to do it
     * @param n how large
     * @return a sentence, or null if it can be done
     */
    public @Nullable String obstacle(UntypedDesign manager, long n) {
        if (frees && !manager.canFree()) {
            return word() + " frees objects, and " + manager.name()
                    + " gives nothing back; arena and split can do it, and slots and bootstrap free no objects";
        }
        boolean needsPower = this == FRAMES || this == SLOTS;
        long least = this == SLOTS ? 1 << 14 : this == FRAMES ? 2 : this == CHURN_SIZES ? 1000 : 1;
        if (n < least || n > most || needsPower && Long.bitCount(n) != 1) {
            return String.format(
                    Locale.ROOT,
                    "n of %s is %s from %,d to %,d",
                    word(),
                    needsPower ? "a power of two" : "a number",
                    least,
                    most);
        }
        return null;
    }
}
