package org.allocman.child;

import static org.allocman.vka.PageSize.PAGE;
import static org.allocman.vka.PageSize.PAGE_BITS;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.List;
import org.allocman.cspace.CSpaceForm;
import org.allocman.manager.Allocman;
import org.allocman.manager.GrowthReserve;
import org.allocman.manager.PoolLayout;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Need;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedRoots;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Untyped;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaError.Reason;
import org.allocman.vka.VkaObject;
import org.allocman.vka.vspace.MissingTable;
import org.allocman.vka.vspace.PageMapper;

/**
 * The pools of a child, and how they come about: an untyped, slots and the frames of the static pool from the parent, mapped; then
 * a manager in them.
 *
 * @param layout where everything lies; a pure function of the options
 * @param reserve what one growth of the virtual pool can need
 * @param options what the child was opened with
 */
record ChildPools(PoolLayout layout, Need reserve, ChildOptions options) {
    static ChildPools of(Vka parent, Kernel kernel, ChildOptions options) {
        Architecture architecture = kernel.architecture();
        CapPath any = parent.path(1);
        long slots = Math.min(options.slotEnd(), options.mostSlots());
        UntypedDesign untypeds = options.manager().fittedTo(slots, options.nodeBits());
        long windowPages = untypeds.canFree() ? options.windowBytes() / PAGE : 0;
        Need reserve = windowPages == 0 ? Need.NONE : GrowthReserve.ofPage(untypeds, architecture, options.stepBits());
        Need records = reserve.with(untypeds.rootRecord(), options.mostUntypeds());
        PoolLayout layout = new PoolLayout(
                        options.pools(),
                        0,
                        new CSpaceForm(any.root(), any.depth(), options.slotEnd()),
                        new ParentSlotsDesign(options.nodeBits()),
                        options.mostUntypeds(),
                        options.pools(),
                        windowPages,
                        untypeds,
                        options.vspace())
                .withRecords(records);
        return new ChildPools(withWindowBehind(layout), reserve, options);
    }

    private static PoolLayout withWindowBehind(PoolLayout layout) {
        return new PoolLayout(
                layout.base(),
                layout.bytes(),
                layout.cspace(),
                layout.slots(),
                layout.roots(),
                layout.base() + layout.bytes(),
                layout.windowPages(),
                layout.untypeds(),
                layout.vspace());
    }

    /** Makes the pools and the manager in them; nothing, or why not: what was taken on the way is in the ledger. */
    Option<VkaError> make(Kernel kernel, Allocman allocman, Holdings holdings) {
        Either<VkaError, Integer> untyped =
                holdings.takeUntyped(options.stepBits(), () -> holdings.parent().untyped(options.stepBits()));
        if (untyped.isLeft()) {
            return Option.some(untyped.getLeft());
        }
        Option<VkaError> refused = takeSlots(holdings).orElse(() -> mapPages(kernel, holdings));
        return refused.isDefined() ? refused : manage(allocman, holdings.ledger(), untyped.get());
    }

    /** The slots of the reserve, and one word to begin with. */
    private Option<VkaError> takeSlots(Holdings holdings) {
        Option<VkaError> refused = Option.none();
        for (int word = 0; word <= reserve.slotWords() && refused.isEmpty(); word++) {
            refused = holdings.takeSlots(slot -> {
                // they are free once there is a manager
            });
        }
        return refused;
    }

    private Option<VkaError> mapPages(Kernel kernel, Holdings holdings) {
        ObjectType type = kernel.architecture().frame(PAGE_BITS);
        if (type == null) {
            return Option.some(new VkaError(Reason.UNSUPPORTED, "the kernel has no frames of 4 KiB"));
        }
        PageMapper mapper = new PageMapper(kernel);
        Option<VkaError> refused = Option.none();
        for (long page = layout.base(); page < layout.windowBase() && refused.isEmpty(); page += PAGE) {
            long vaddr = page;
            Either<VkaError, Integer> frame = holdings.take(Ledger.PAGE, type, 0);
            if (frame.isLeft()) {
                return Option.some(frame.getLeft());
            }
            refused = mapper.map(
                    holdings.ledger().object(frame.get()).cptr(),
                    options.vspace(),
                    vaddr,
                    CapRights.READ_WRITE,
                    kernel.architecture().defaultAttributes(),
                    missing -> addTable(mapper, holdings, missing),
                    error -> VkaError.ofKernel(
                            "no page at 0x" + Long.toHexString(vaddr), InvocationKind.PAGE_MAP, error));
        }
        return refused;
    }

    private static Option<VkaError> addTable(PageMapper mapper, Holdings holdings, MissingTable missing) {
        Either<VkaError, Integer> table = holdings.take(Ledger.TABLE, missing.type(), 0);
        if (table.isLeft()) {
            return Option.some(table.getLeft());
        }
        KernelError error =
                mapper.mapTable(holdings.ledger().object(table.get()).cptr(), missing);
        return Option.when(
                error.failed(),
                () -> VkaError.ofKernel(
                        "no " + missing.type().text() + " for 0x" + Long.toHexString(missing.vaddr()),
                        InvocationKind.TABLE_MAP,
                        error));
    }

    private Option<VkaError> manage(Allocman allocman, Ledger ledger, int entry) {
        allocman.initialise(reserve, Need.NONE, 1, 1);
        ChildGrowth.addAllSlots(allocman, ledger);
        VkaObject object = ledger.object(entry);
        Untyped untyped = new Untyped(object.cptr(), ledger.paddr(entry), object.sizeBits(), false);
        boolean adopted = allocman.untypeds().adopt(List.of(new UntypedRoots.Root(untyped, MemoryKind.KERNEL)));
        return Option.when(
                !adopted,
                () -> new VkaError(
                        Reason.OUT_OF_BOOK_KEEPING, "the static pool of the child has no room for its records"));
    }
}
