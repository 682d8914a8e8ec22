package org.allocman.manager;

import java.util.List;
import org.allocman.qual.Bytes;
import org.allocman.qual.CPtr;
import org.allocman.qual.PhysAddr;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Refusal;
import org.allocman.untyped.UntypedManager;
import org.allocman.untyped.UntypedRoots;
import org.allocman.untyped.UntypedStatistics;
import org.allocman.vka.Architecture;
import org.allocman.vka.Untyped;

/**
 * The untypeds of a manager: attached and detached, counted and measured. Obtained from {@link Allocman#untypeds}; success
 * returns a positive number or 0, failure a negative {@link Refusal}.
 */
public final class ManagedUntypeds {
    private final Architecture architecture;
    private final UntypedManager manager;
    private final PoolGrowth growth;

    ManagedUntypeds(Architecture architecture, UntypedManager manager, PoolGrowth growth) {
        this.architecture = architecture;
        this.manager = manager;
        this.growth = growth;
    }

    /**
     * The untyped manager behind, which never grows.
     *
     * @return the untyped manager
     */
    public UntypedManager manager() {
        return manager;
    }

    /**
     * The untypeds that are attached.
     *
     * @return a view on them
     */
    public UntypedRoots roots() {
        return new UntypedRoots(manager);
    }

    /**
     * Attaches the first untypeds. Once only, after {@link Allocman#initialise}.
     *
     * @param roots the untypeds, by physical address; nothing has been made of them
     * @return false, with nothing changed, if the static pool has too few records for them
     */
    public boolean adopt(List<UntypedRoots.Root> roots) {
        return roots().adopt(roots);
    }

    /**
     * Attaches one more untyped.
     *
     * @param untyped the untyped, its capability in this CSpace; nothing has been made of it, and only this manager makes
     *     anything of it until it is {@link #detach detached}
     * @param kind what memory it is; {@link MemoryKind#KERNEL} if and only if it is no device memory
     * @return 0; or a refusal: {@link Refusal#ILLEGAL_SIZE}, {@link Refusal#UNALIGNED}, {@link Refusal#WRONG_KIND},
     *     {@link Refusal#ALREADY_MANAGED}, {@link Refusal#TABLE_FULL}, {@link Refusal#OUT_OF_BOOK_KEEPING},
     *     {@link Refusal#OUT_OF_REACH}
     */
    public long attach(Untyped untyped, MemoryKind kind) {
        if (untyped.sizeBits() < architecture.minUntypedBits() || untyped.sizeBits() > architecture.maxUntypedBits()) {
            return Refusal.ILLEGAL_SIZE;
        }
        if (!untyped.respectsAlignment()) {
            return Refusal.UNALIGNED;
        }
        if (untyped.device() == (kind == MemoryKind.KERNEL)) {
            return Refusal.WRONG_KIND;
        }
        UntypedRoots.Root root = new UntypedRoots.Root(untyped, kind);
        UntypedRoots roots = roots();
        long refusal = growth.retry(roots.add(root), () -> roots.add(root));
        growth.renewReserve();
        return refusal;
    }

    /**
     * Detaches an untyped of which nothing is in use. Its capability stays where it was.
     *
     * @param paddr its physical address
     * @return the cptr of its capability; or a refusal: {@link Refusal#NOT_MANAGED}, {@link Refusal#IN_USE}
     */
    public @CPtr long detach(@PhysAddr long paddr) {
        long slot = roots().remove(paddr);
        if (slot == Refusal.IN_USE) {
            growth.trim();
            slot = roots().remove(paddr);
        }
        growth.renewReserve();
        return slot;
    }

    /**
     * Keeps a range of free memory for those who ask for an address in it: until it is given back, neither an object that may
     * be anywhere nor anything of the manager's own is put there. All of the range is reserved or nothing. Nothing is made
     * in it; {@link Allocman#allocateAt} allocates in it as anywhere else.
     *
     * @param paddr the first byte, a multiple of the smallest untyped
     * @param bytes how many, a multiple of the smallest untyped
     * @return 0; or a refusal: {@link Refusal#CANNOT_RESERVE} if the manager of untypeds has no such thing,
     *     {@link Refusal#UNALIGNED}, {@link Refusal#ILLEGAL_SIZE}, {@link Refusal#NOT_MANAGED}, {@link Refusal#IN_USE},
     *     {@link Refusal#OUT_OF_BOOK_KEEPING}, {@link Refusal#OUT_OF_SLOTS}
     */
    public long reserve(@PhysAddr long paddr, @Bytes long bytes) {
        return new ReservedRanges(manager, growth).reserve(paddr, bytes, architecture.minUntypedBits());
    }

    /**
     * Keeps a range of free memory that is no device's, wherever there is one, for those who ask for an address in it. As with
     * {@link #reserve(long, long)} nothing is made.
     *
     * @param bytes how many, a multiple of the smallest untyped
     * @return the first byte: a multiple of the next power of two from the size on; if nothing free is so large, of the greatest
     *     power of two up to the size, at one of the first 4096 such addresses; or a refusal, as of {@link #reserve(long, long)},
     *     or {@link Refusal#OUT_OF_UNTYPED}
     */
    public @PhysAddr long reserve(@Bytes long bytes) {
        return new ReservedRanges(manager, growth)
                .reserveAnywhere(bytes, architecture.minUntypedBits(), architecture.maxUntypedBits());
    }

    /**
     * Gives a reserved range back to everybody, all of it or nothing.
     *
     * @param paddr as it was reserved
     * @param bytes as it was reserved
     * @return 0; or a refusal: {@link Refusal#UNALIGNED}, {@link Refusal#ILLEGAL_SIZE}, {@link Refusal#NOT_RESERVED},
     *     {@link Refusal#IN_USE} if there is an object in it, or the kernel does not let go of the memory
     */
    public long unreserve(@PhysAddr long paddr, @Bytes long bytes) {
        return new ReservedRanges(manager, growth).unreserve(paddr, bytes, architecture.minUntypedBits());
    }

    /**
     * What is free now, and in how large pieces.
     *
     * @return a snapshot
     */
    public UntypedStatistics statistics() {
        return UntypedStatistics.of(manager);
    }
}
