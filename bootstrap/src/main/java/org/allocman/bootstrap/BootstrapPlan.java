package org.allocman.bootstrap;

import static org.allocman.vka.PageSize.PAGE;

import java.util.List;
import java.util.Objects;
import org.allocman.cspace.CSpaceDesign;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.manager.GrowthReserve;
import org.allocman.manager.PoolLayout;
import org.allocman.qual.Bytes;
import org.allocman.qual.CPtr;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Need;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedRoots;
import org.allocman.vka.BootInfo;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What a bootstrap will do, computed before its first invocation: which untypeds it carves, which CSpace it builds, and what
 * the static pool has to hold before the first allocation: the state, the bitmaps of the slots, a record for each untyped, the
 * bitmaps of the second level, and the reserve. {@link Bootstrap#execute} carries it out.
 *
 * @param options what was asked for
 * @param roots the untypeds that are managed then, by physical address, each with its kind
 * @param reserve what growing the virtual pool can need
 * @param slotReserve what growing a two-level CSpace can need
 * @param firstFree the first free slot of the CSpace that is managed then
 * @param end one past the last slot that is there at the start
 * @param steps the invocations, in their order, but for those of the virtual pool
 * @param layout the layout of a pool of exactly the size needed
 * @param obstacle why there can be no manager, however large the pool; null if nothing is in the way
 */
public record BootstrapPlan(
        BootstrapOptions options,
        List<UntypedRoots.Root> roots,
        Need reserve,
        Need slotReserve,
        @CPtr long firstFree,
        @CPtr long end,
        List<BootstrapStep> steps,
        PoolLayout layout,
        @Nullable BootstrapFailure obstacle) {

    /**
     * Keeps copies of the lists.
     *
     * @param options what was asked for
     * @param roots the untypeds that are managed then, by physical address, each with its kind
     * @param reserve what growing the virtual pool can need
     * @param slotReserve what growing a two-level CSpace can need
     * @param firstFree the first free slot of the CSpace that is managed then
     * @param end one past the last slot that is there at the start
     * @param steps the invocations, in their order, but for those of the virtual pool
     * @param layout the layout of a pool of exactly the size needed
     * @param obstacle why there can be no manager, however large the pool; null if nothing is in the way
     */
    public BootstrapPlan {
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(roots, "roots");
        Objects.requireNonNull(reserve, "reserve");
        Objects.requireNonNull(slotReserve, "slotReserve");
        Objects.requireNonNull(steps, "steps");
        Objects.requireNonNull(layout, "layout");
        roots = List.copyOf(roots);
        steps = List.copyOf(steps);
    }

    /**
     * Computes the plan of a root task.
     *
     * @param bootInfo what the kernel leaves the root task with
     * @param options the pools and the CSpace; the static pool's size matters only to {@link #shortfall}
     * @return the plan
     */
    public static BootstrapPlan of(BootInfo bootInfo, BootstrapOptions options) {
        Objects.requireNonNull(bootInfo, "bootInfo");
        Objects.requireNonNull(options, "options");
        return of(InitialState.of(bootInfo), options);
    }

    /**
     * Computes the plan.
     *
     * @param start what there is
     * @param options the pools and the CSpace; the static pool's size matters only to {@link #shortfall}
     * @return the plan
     */
    public static BootstrapPlan of(InitialState start, BootstrapOptions options) {
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(options, "options");
        CSpaceDesign slots = options.cspace().design();
        CSpacePlan cspace = CSpacePlan.of(
                start,
                options,
                (roots, untypeds) -> pageReserve(start, options, roots, untypeds)
                        .plus(slotReserve(start, options, roots, untypeds)));
        UntypedDesign untypeds = cspace.untypeds();
        Need reserve = pageReserve(start, options, cspace.roots(), untypeds);
        Need slotReserve = slotReserve(start, options, cspace.roots(), untypeds);
        Need records = reserve.plus(slotReserve)
                .with(untypeds.rootRecord(), cspace.roots().size())
                .plus(slots.forNode(options.cspace().secondBits())
                        .times(cspace.nodes() + laterNodes(options, cspace.nodes())));
        PoolLayout layout = new PoolLayout(
                        options.staticPool(),
                        0,
                        cspace.form(),
                        slots,
                        cspace.roots().size() + options.laterUntypeds(),
                        options.window(),
                        windowPages(options),
                        untypeds,
                        start.vspace())
                .withRecords(records);
        return new BootstrapPlan(
                options,
                cspace.roots(),
                reserve,
                slotReserve,
                cspace.firstFree(),
                cspace.end(),
                cspace.steps(),
                layout,
                cspace.obstacle());
    }

    /** CNodes of the second level, beside those of the start, whose slots users will want. */
    private static int laterNodes(BootstrapOptions options, int nodes) {
        CSpaceGeometry geometry = options.cspace();
        if (geometry.levels() != 2) {
            return 0;
        }
        long wanted = options.laterSlots() + (1L << geometry.secondBits()) - 1 >>> geometry.secondBits();
        return (int) Math.min(wanted, Math.max(0, (1L << geometry.firstBits()) - nodes));
    }

    private static long windowPages(BootstrapOptions options) {
        return options.manager().canFree() ? options.windowBytes() / PAGE : 0;
    }

    private static Need pageReserve(
            InitialState start, BootstrapOptions options, List<UntypedRoots.Root> roots, UntypedDesign untypeds) {
        return windowPages(options) == 0
                ? Need.NONE
                : GrowthReserve.ofPage(untypeds, start.architecture(), largest(roots));
    }

    private static Need slotReserve(
            InitialState start, BootstrapOptions options, List<UntypedRoots.Root> roots, UntypedDesign untypeds) {
        return GrowthReserve.ofSecondLevel(
                untypeds,
                options.cspace().design(),
                start.architecture(),
                largest(roots),
                options.cspace().secondBits());
    }

    private static int largest(List<UntypedRoots.Root> roots) {
        return roots.stream()
                .filter(root -> root.kind() == MemoryKind.KERNEL)
                .mapToInt(root -> root.untyped().sizeBits())
                .max()
                .orElse(0);
    }

    /**
     * How much larger the static pool would have to be than the one that was asked for.
     *
     * @return bytes; 0 if it is large enough
     */
    public @Bytes long shortfall() {
        return Math.max(0, bytes() - options.staticPoolBytes());
    }

    /**
     * The size of static pool that is needed.
     *
     * @return bytes, a multiple of 4096
     */
    public @Bytes long bytes() {
        return layout.bytes();
    }
}
