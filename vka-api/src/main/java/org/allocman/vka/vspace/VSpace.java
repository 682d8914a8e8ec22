package org.allocman.vka.vspace;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.allocman.qual.CPtr;
import org.allocman.qual.CheckReturnValue;
import org.allocman.qual.VirtAddr;
import org.allocman.vka.CapRights;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.PageSize;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaError.Reason;
import org.allocman.vka.VkaObject;

/**
 * An address space whose pages come and go: maps, unmaps and protects ranges of pages, with frames and paging structures out
 * of a {@link Vka}. Each operation is all or nothing; paging structures that serve no page any more are given back.
 *
 * <p>What the kernel refuses to undo, or to take back after a range was unmapped, is tried again at the beginning of the next
 * operation, and until it succeeds every operation returns that refusal; {@link #pending} counts it.
 *
 * <p>Whoever gives a frame back has unmapped it, as the kernel does then. A page whose frame was given back all the same stays
 * listed until it is unmapped, which takes it off the list and leaves alone what is in the frame's slot now; to protect it is
 * refused. So it is for paging structures: what somebody else gave back is forgotten.
 *
 * <p>One object for each address space: two do not know each other's paging structures, and whoever added one gives it back
 * with its own last page in it, the other's pages notwithstanding.
 *
 * <p>The pages are listed on the Java heap, as the allocations of {@link org.allocman.vka.wrap.VkaScope} are: a simulated
 * machine that goes back in time does not take the list with it. Not for several threads at once.
 */
@CheckReturnValue
public final class VSpace {
    private final Vka vka;
    private final Kernel kernel;
    private final long root;
    private final PageMapper mapper;
    private final VSpaceTables tables;
    private final VSpacePages pages = new VSpacePages();
    private final Deque<Supplier<Option<VkaError>>> pending = new ArrayDeque<>();

    /**
     * An address space in which nothing has been mapped by this object; what others have mapped there stays theirs.
     *
     * @param vka where frames and paging structures come from
     * @param kernel the kernel that maps, the one below {@code vka}
     * @param root the root of the address space, which has an ASID, for instance {@link
     *     org.allocman.vka.BootSlots#VSPACE}
     */
    public VSpace(Vka vka, Kernel kernel, @CPtr long root) {
        Objects.requireNonNull(vka, "vka");
        Objects.requireNonNull(kernel, "kernel");
        this.vka = vka;
        this.kernel = kernel;
        this.root = root;
        this.mapper = new PageMapper(kernel);
        this.tables = new VSpaceTables(vka, mapper);
    }

    /**
     * Maps new pages of 4 KiB, all zero. Their frames are the address space's, and are given back with the pages.
     *
     * @param vaddr the first page's address, a multiple of 4096
     * @param count how many pages, 1 or more
     * @param rights what may be done through the mapping
     * @return nothing; or why there are no such pages, {@link Reason#IN_USE} if one of them is mapped already
     */
    public Option<VkaError> map(@VirtAddr long vaddr, int count, CapRights rights) {
        Objects.requireNonNull(rights, "rights");
        Option<VkaError> bad = ready().orElse(() -> pages.checkRange(vaddr, count))
                .orElse(() -> pages.checkFree(vaddr, VSpacePages.end(vaddr, count)));
        if (bad.isDefined()) {
            return bad;
        }
        List<MappedPage> mapped = new ArrayList<>();
        for (int i = 0; i < count && bad.isEmpty(); i++) {
            Either<VkaError, VkaObject> frame = vka.frame(PageSize.PAGE_BITS);
            bad = frame.isLeft()
                    ? Option.some(frame.getLeft())
                    : map(new MappedPage(VSpacePages.end(vaddr, i), frame.get(), rights, true), mapped);
        }
        return bad.isEmpty() ? bad : undoMapping(mapped, bad);
    }

    /**
     * Maps a frame of the caller's, of any size. It stays the caller's, who unmaps it before giving it back.
     *
     * @param vaddr the page's address, a multiple of the frame's size
     * @param frame a frame of the {@code vka}'s that is mapped nowhere
     * @param rights what may be done through the mapping
     * @return nothing; or why it is not mapped, {@link Reason#IN_USE} if a page is mapped there already, {@link
     *     Reason#STALE_HANDLE} or {@link Reason#FOREIGN_HANDLE} if the frame is none that the {@code vka} has given out
     */
    public Option<VkaError> map(@VirtAddr long vaddr, VkaObject frame, CapRights rights) {
        Objects.requireNonNull(frame, "frame");
        Objects.requireNonNull(rights, "rights");
        MappedPage page = new MappedPage(vaddr, frame, rights, false);
        Option<VkaError> bad = ready().orElse(() -> pages.checkFrame(page)).orElse(() -> checkFrame(page));
        if (bad.isDefined()) {
            return bad;
        }
        List<MappedPage> mapped = new ArrayList<>();
        Option<VkaError> refused = map(page, mapped);
        return refused.isEmpty() ? refused : undoMapping(mapped, refused);
    }

    /**
     * Unmaps pages. Frames that were allocated for them are given back, and so are paging structures without pages.
     *
     * @param vaddr the first page's address
     * @param count how many pages of 4 KiB, 1 or more; larger pages are unmapped as a whole
     * @return nothing; or why all of them are as they were, {@link Reason#NOT_MANAGED} if one was not mapped here
     */
    public Option<VkaError> unmap(@VirtAddr long vaddr, int count) {
        Option<VkaError> bad = ready().orElse(() -> pages.checkRange(vaddr, count))
                .orElse(() -> pages.checkMapped(vaddr, VSpacePages.end(vaddr, count)));
        return bad.isEmpty() ? unmap(pages.within(vaddr, VSpacePages.end(vaddr, count))) : bad;
    }

    /**
     * Unmaps every page.
     *
     * @return nothing; or why all of them are as they were
     */
    public Option<VkaError> unmapAll() {
        return ready().orElse(() -> unmap(List.copyOf(pages.all())));
    }

    /**
     * Changes what may be done with pages.
     *
     * @param vaddr the first page's address
     * @param count how many pages of 4 KiB, 1 or more; larger pages change as a whole
     * @param rights what may be done from now on, at most what the frames' capabilities allow
     * @return nothing; or why all of them are as they were, {@link Reason#NOT_MANAGED} if one was not mapped here, {@link
     *     Reason#STALE_HANDLE} or {@link Reason#FOREIGN_HANDLE} if the frame of one was given back
     */
    public Option<VkaError> protect(@VirtAddr long vaddr, int count, CapRights rights) {
        Objects.requireNonNull(rights, "rights");
        Option<VkaError> bad = ready().orElse(() -> pages.checkRange(vaddr, count))
                .orElse(() -> pages.checkMapped(vaddr, VSpacePages.end(vaddr, count)));
        List<MappedPage> before = bad.isEmpty() ? pages.within(vaddr, VSpacePages.end(vaddr, count)) : List.of();
        bad = bad.orElse(() -> firstBad(before));
        for (int i = 0; i < before.size() && bad.isEmpty(); i++) {
            bad = remap(before.get(i).with(rights));
            if (bad.isDefined()) {
                undo(before.subList(0, i), this::remap);
            }
        }
        if (bad.isEmpty()) {
            before.forEach(page -> pages.add(page.with(rights)));
        }
        return bad;
    }

    /**
     * The page at an address.
     *
     * @param vaddr any address
     * @return the page in which it lies, if it was mapped here
     */
    public Option<MappedPage> page(@VirtAddr long vaddr) {
        return pages.at(vaddr);
    }

    /**
     * The pages, by address.
     *
     * @return a view that does not change them
     */
    public Collection<MappedPage> pages() {
        return pages.all();
    }

    /**
     * How many paging structures were added and not given back.
     *
     * @return how many
     */
    public int tables() {
        return tables.count();
    }

    /**
     * How many steps the kernel has refused that have to be made before the next operation.
     *
     * @return how many; 0 if it refused none
     */
    public int pending() {
        return pending.size() + tables.unused(pages).size();
    }

    private Option<VkaError> unmap(List<MappedPage> range) {
        for (int i = 0; i < range.size(); i++) {
            Option<VkaError> refused = unmapOne(range.get(i));
            if (refused.isDefined()) {
                undo(range.subList(0, i), this::remap);
                return refused;
            }
        }
        for (MappedPage page : range) {
            pages.remove(page);
            if (page.ownsFrame()) {
                pending.add(() -> giveBack(page));
            }
        }
        // from here on nothing is refused: what the kernel does not take back now it is asked for again
        settleWhatGoes();
        return Option.none();
    }

    private Option<VkaError> map(MappedPage page, List<MappedPage> mapped) {
        Option<VkaError> refused = mapper.map(
                page.frame().cptr(),
                root,
                page.vaddr(),
                page.rights(),
                kernel.architecture().defaultAttributes(),
                tables,
                error -> ofKernel(page, InvocationKind.PAGE_MAP, error));
        if (refused.isEmpty()) {
            mapped.add(page);
            pages.add(page);
        } else if (page.ownsFrame()) {
            pending.add(() -> giveBack(page));
        }
        return refused;
    }

    private Option<VkaError> undoMapping(List<MappedPage> mapped, Option<VkaError> why) {
        undo(mapped, page -> page.ownsFrame() ? giveBack(page) : unmapOne(page));
        mapped.forEach(pages::remove);
        settleWhatGoes();
        return why;
    }

    /** Makes steps for pages, the last page first; each that is refused is made later. */
    private void undo(List<MappedPage> done, Function<MappedPage, Option<VkaError>> step) {
        for (int i = done.size() - 1; i >= 0; i--) {
            MappedPage page = done.get(i);
            pending.add(() -> step.apply(page));
        }
        settleWhatGoes();
    }

    /** Settles as far as the kernel lets; what it refuses stays pending, and the next call begins with it. */
    private void settleWhatGoes() {
        settle().forEach(refused -> {
            // it is pending still
        });
    }

    private Option<VkaError> ready() {
        return checkPaging().orElse(this::settle);
    }

    /** Makes the steps that were refused before, and gives back paging structures without pages; the first refusal ends it. */
    private Option<VkaError> settle() {
        for (int left = pending.size(); left > 0; left--) {
            Option<VkaError> refused = pending.element().get();
            if (refused.isDefined()) {
                return refused;
            }
            pending.remove();
        }
        return tables.release(pages);
    }

    /** The manager's reason, if the frame is none of its any more: its slot may be somebody else's. */
    private Option<VkaError> checkFrame(MappedPage page) {
        return vka.physicalAddress(page.frame()).swap().toOption();
    }

    private Option<VkaError> firstBad(List<MappedPage> range) {
        return range.stream()
                .map(this::checkFrame)
                .filter(Option::isDefined)
                .findFirst()
                .orElseGet(Option::none);
    }

    /** Gives a frame back, unless somebody else did. */
    private Option<VkaError> giveBack(MappedPage page) {
        return checkFrame(page).isDefined() ? Option.none() : vka.free(page.frame());
    }

    /** Maps a page as it is said to be; what was given back is not mapped any more. */
    private Option<VkaError> remap(MappedPage page) {
        if (checkFrame(page).isDefined()) {
            return Option.none();
        }
        KernelError error = kernel.pageMap(
                page.frame().cptr(),
                root,
                page.vaddr(),
                page.rights(),
                kernel.architecture().defaultAttributes());
        return Option.when(error.failed(), () -> ofKernel(page, InvocationKind.PAGE_MAP, error));
    }

    /** Unmaps a page; what was given back the kernel has unmapped. */
    private Option<VkaError> unmapOne(MappedPage page) {
        if (checkFrame(page).isDefined()) {
            return Option.none();
        }
        KernelError error = kernel.pageUnmap(page.frame().cptr());
        return Option.when(error.failed(), () -> ofKernel(page, InvocationKind.PAGE_UNMAP, error));
    }

    private static VkaError ofKernel(MappedPage page, InvocationKind invocation, KernelError error) {
        return VkaError.ofKernel(
                "the page at " + VSpacePages.hex(page.vaddr()) + " stays as it was", invocation, error);
    }

    private Option<VkaError> checkPaging() {
        return Option.when(
                !kernel.architecture().hasPaging(),
                () -> new VkaError(Reason.UNSUPPORTED, kernel.architecture() + " has no pages"));
    }
}
