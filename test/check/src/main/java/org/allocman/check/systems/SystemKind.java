package org.allocman.check.systems;

import java.util.Locale;
import java.util.function.UnaryOperator;
import org.allocman.check.action.LiveObjects;
import org.allocman.check.action.Subject;
import org.allocman.check.action.SubjectSystem;
import org.allocman.check.explore.ToySystem;
import org.allocman.check.explore.TransitionSystem;
import org.allocman.sim.boot.BootFailure;
import org.allocman.vka.Kernel;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The kinds of systems that can be explored. */
public enum SystemKind implements SystemType {
    /** A kernel with two small untypeds. */
    KERNEL("slots", 8, SlotTypes.MOST, 6, false, "their slots"),
    /** Two address spaces, a page table and frames. */
    PAGING("frames", 2, PagingSubject.MOST_FRAMES, 4, false, null),
    /** Threads, notifications, interrupts' handlers, with MCS scheduling contexts, and who is bound to whom. */
    SCHEDULING("slots", 5, SlotTypes.MOST, 5, false, null),
    /** A resource manager, endpoints and frames. */
    ALLOCMAN("objects", 3, LiveObjects.MOST, 4, true, "the generations of their handles"),
    /** A resource manager by its friendly face, objects of many sizes and slots. */
    VKA("objects", 3, LiveObjects.MOST, 3, true, null),
    /** A resource manager, a child manager of it, and objects of the child. */
    CHILD("objects", 2, LiveObjects.MOST, 4, true, null),
    /** Pages of Xous and three processes. */
    XOUS("pages", 3, XousSubject.MOST_PAGES, Integer.MAX_VALUE, false, null),
    /** uVisor's blocks and three boxes. */
    UVISOR("blocks", 4, UvisorSubject.MOST_BLOCKS, Integer.MAX_VALUE, false, null),
    /** A resource type of any kind on a resource manager, and two owners. */
    RESOURCE("units", 3, ResourceSubject.MOST_UNITS, 5, true, null),
    /** Two untypeds and a few slots, as a model in one word. */
    TOY("slots", 4, ToySystem.MOST_SLOTS, Integer.MAX_VALUE, false, null);

    private final String what;
    private final int usual;
    private final int most;
    private final int depth;
    private final boolean canFail;
    private final @Nullable String symmetry;

    SystemKind(String what, int usual, int most, int depth, boolean canFail, @Nullable String symmetry) {
        this.what = what;
        this.usual = usual;
        this.most = most;
        this.depth = depth;
        this.canFail = canFail;
        this.symmetry = symmetry;
    }

    @Override
    public String what() {
        return what;
    }

    @Override
    public int least() {
        return this == ALLOCMAN || this == VKA || this == CHILD ? 1 : 2;
    }

    @Override
    public int usual() {
        return usual;
    }

    @Override
    public int most() {
        return most;
    }

    @Override
    public int depth() {
        return depth;
    }

    @Override
    public boolean canFail() {
        return canFail;
    }

    @Override
    public boolean hasManager() {
        return this == ALLOCMAN || this == VKA || this == CHILD || this == RESOURCE;
    }

    @Override
    public @Nullable String symmetry() {
        return symmetry;
    }

    /** Paging needs memory for large pages, of 4 MiB at most. */
    @Override
    public String board() {
        return this == PAGING ? "precursor" : SystemType.super.board();
    }

    @Override
    public boolean hasRules() {
        return this != TOY;
    }

    @Override
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds a kind.
     *
     * @param text its name
     * @return the kind, or null if there is none of that name
     */
    public static @Nullable SystemKind named(String text) {
        for (SystemKind kind : values()) {
            if (kind.text().equalsIgnoreCase(text)) {
                return kind;
            }
        }
        return null;
    }

    /**
     * A machine of this kind.
     *
     * @param options what it is to be like
     * @param wrapper wraps the kernel
     * @return the machine, or null for the toy, which has none
     * @throws BootFailure if the board is too small for it
     */
    public @Nullable Subject subject(SystemOptions options, UnaryOperator<Kernel> wrapper) throws BootFailure {
        return subject(options, wrapper, kernel -> kernel);
    }

    @Override
    public @Nullable Subject subject(SystemOptions options, UnaryOperator<Kernel> wrapper, UnaryOperator<Kernel> before)
            throws BootFailure {
        return switch (this) {
            case KERNEL ->
                new KernelSubject(
                        options.board(),
                        kernel -> before.apply(wrapper.apply(kernel)),
                        options.size(),
                        options.symmetry());
            case PAGING ->
                new PagingSubject(options.board(), kernel -> before.apply(wrapper.apply(kernel)), options.size());
            case SCHEDULING ->
                new SchedulingSubject(options.board(), kernel -> before.apply(wrapper.apply(kernel)), options.size());
            case ALLOCMAN -> new AllocmanSubject(options, wrapper, before);
            case VKA -> new VkaSubject(options, wrapper, before);
            case CHILD -> new ChildSubject(options, wrapper, before);
            case XOUS -> new XousSubject(options.size());
            case UVISOR -> new UvisorSubject(options.board(), options.size());
            case RESOURCE -> new ResourceSubject(options, wrapper, before);
            case TOY -> null;
        };
    }

    @Override
    public TransitionSystem system(SystemOptions options) throws BootFailure {
        Subject subject = subject(options, kernel -> kernel);
        return subject == null ? new ToySystem(options.size(), false) : new SubjectSystem(subject, options.faults());
    }
}
