package org.allocman.untyped;

import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The designs that are built in. Everything that takes a design takes another one just as well. */
public final class UntypedDesigns {
    /** Arenas of up to 64 blocks of one size. */
    public static final UntypedDesign ARENA = new ArenaDesign(ArenaRecord.MAX_CHILDREN_BITS);

    /** The binary buddy. */
    public static final UntypedDesign SPLIT = new SplitDesign(SplitUntypeds.Halving.IN_PAIRS);

    /** Allocates only. */
    public static final UntypedDesign TWINKLE = new TwinkleDesign();

    /** All of them, the default first. */
    public static final List<UntypedDesign> ALL = List.of(ARENA, SPLIT, TWINKLE);

    private UntypedDesigns() {}

    /**
     * The design with a name.
     *
     * @param name {@code arena}, {@code split} or {@code twinkle}
     * @return the design, or null if there is none of that name
     */
    public static @Nullable UntypedDesign named(String name) {
        return ALL.stream()
                .filter(design -> design.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
