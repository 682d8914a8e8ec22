package org.allocman.child;

import io.vavr.control.Either;
import io.vavr.control.Option;
import org.allocman.manager.Allocman;
import org.allocman.manager.GrowthListener;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.vka.Kernel;
import org.allocman.vka.Memory;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaError.Reason;

/**
 * A manager on top of another allocator. Its parent gives it untypeds, slots and the frames of its static pool; it asks for more
 * when it runs short, returns an untyped that is whole again if it has another such, and returns everything when it is closed.
 * A child can be a parent.
 *
 * <p>The object is a view: what the child has from its parent is written down in the ledger, everything else lies in its pools.
 * Not thread-safe, not re-entrant; a parent of several children is used by one of them at a time.
 */
public final class ChildManager {
    private final ChildOptions options;
    private final ChildPools pools;
    private final Allocman allocman;
    private final Ledger ledger;
    private final Holdings holdings;
    private final ChildGrowth growth;
    private final ChildVka vka;

    private ChildManager(Vka parent, Kernel kernel, Memory memory, ChildOptions options) {
        this.options = options;
        this.pools = ChildPools.of(parent, kernel, options);
        this.allocman = new Allocman(kernel, memory, pools.layout(), GrowthListener.NONE);
        this.ledger = new Ledger(memory, kernel.architecture(), options.ledger(), options.ledgerBytes());
        this.holdings = new Holdings(parent, ledger, options);
        this.growth = new ChildGrowth(allocman, holdings, options);
        this.vka = new ChildVka(allocman, ledger, growth, options);
    }

    /**
     * Opens a child.
     *
     * @param parent who gives it what it needs
     * @param kernel the kernel below the parent; it has paging
     * @param memory the memory in which ledger and pools lie, that of the address space of the options
     * @param options where it lies, how it grows, what it may have
     * @return the child; or why there is none, with everything returned to the parent. If the kernel refuses that as well, the
     *     message says so, and {@link #view} with the same arguments closes what is left
     */
    public static Either<VkaError, ChildManager> open(Vka parent, Kernel kernel, Memory memory, ChildOptions options) {
        if (!kernel.architecture().hasPaging()) {
            return Either.left(new VkaError(
                    Reason.UNSUPPORTED,
                    kernel.architecture().text() + " has no pages, out of which a child's pools are"));
        }
        ChildManager child = new ChildManager(parent, kernel, memory, options);
        if (child.ledger.phase() != Ledger.FRESH || child.ledger.next(Ledger.NONE, 0) != 0) {
            return Either.left(new VkaError(Reason.IN_USE, "the ledger is not all zero: it is another child's"));
        }
        child.ledger.setPhase(Ledger.OPEN);
        Option<VkaError> refused = child.pools.make(kernel, child.allocman, child.holdings);
        if (refused.isEmpty()) {
            return Either.right(child);
        }
        VkaError why = refused.get();
        return Either.left(child.close()
                .map(rest -> why.withMessage(
                        why.message() + "; and not everything went back to the parent: " + rest.message()))
                .getOrElse(why));
    }

    /**
     * A view of a child that was opened before.
     *
     * @param parent as it was opened
     * @param kernel as it was opened
     * @param memory as it was opened
     * @param options as it was opened
     * @return another view
     */
    public static ChildManager view(Vka parent, Kernel kernel, Memory memory, ChildOptions options) {
        return new ChildManager(parent, kernel, memory, options);
    }

    /**
     * The child's face for clients. What is lacking it asks the parent for.
     *
     * @return the same face each time
     */
    public Vka vka() {
        return vka;
    }

    /**
     * The child's native interface. It does with what the child has, and asks the parent for nothing.
     *
     * @return the same view each time
     */
    public Allocman allocman() {
        return allocman;
    }

    /**
     * What the child was opened with.
     *
     * @return the options
     */
    public ChildOptions options() {
        return options;
    }

    /**
     * Options of a child of this child, with the usual steps and without quotas. What memory there is it asks the first manager of
     * the chain.
     *
     * @param below address of {@link ChildOptions#USUAL_LEDGER} bytes, for instance a piece of this child's pools
     * @param pools address of the new child's pools, as of {@link ChildOptions#below}
     * @return the options
     */
    public ChildOptions optionsBelow(@VirtAddr long below, @VirtAddr long pools) {
        return ChildOptions.below(allocman, below, pools).below(options);
    }

    /**
     * What the child has from its parent.
     *
     * @return the sum of the sizes of all objects
     */
    public @Bytes long bytes() {
        return holdings.bytes();
    }

    /**
     * The slots that the child has from its parent.
     *
     * @return how many, those of its objects included
     */
    public long slots() {
        return holdings.slots();
    }

    /**
     * The untypeds that the child has from its parent.
     *
     * @return how many
     */
    public int untypeds() {
        return holdings.untypeds();
    }

    /**
     * Whether an address is in memory that the child has from its parent, its static pool included.
     *
     * @param paddr any physical address
     * @return true if so
     */
    public boolean holds(@PhysAddr long paddr) {
        return holdings.holds(paddr);
    }

    /**
     * Returns to the parent whatever is not in use: untypeds that are whole, words of slots that are free beyond the reserve.
     *
     * @return nothing, or what the parent refused to take back; it is asked again at the next trim and when the child is closed
     */
    public Option<VkaError> trim() {
        return isOpen() ? growth.trim() : Option.none();
    }

    /**
     * Whether the child can be used.
     *
     * @return false if {@link #close} was called
     */
    public boolean isOpen() {
        return ledger.phase() == Ledger.OPEN;
    }

    /**
     * Whether there is no child: none was opened, or it is closed and everything went back.
     *
     * @return true if {@link #open} can be called
     */
    public boolean isFresh() {
        return ledger.phase() == Ledger.FRESH;
    }

    /**
     * Returns everything to the parent, with every object that the child has made. The ledger is all zero then, and its
     * owner's to give back. Children of this child have nothing any more: closing one of them whose ledger does not lie in the pools
     * of this child makes its ledger zero.
     *
     * @return nothing; or what was refused. The child cannot be used any more, and can be closed again, which goes on where it
     *     was refused
     */
    public Option<VkaError> close() {
        ledger.setPhase(Ledger.CLOSING);
        Option<VkaError> refused = holdings.giveAllBack();
        if (refused.isEmpty()) {
            ledger.setPhase(Ledger.FRESH);
        }
        return refused;
    }

    Ledger ledger() {
        return ledger;
    }
}
