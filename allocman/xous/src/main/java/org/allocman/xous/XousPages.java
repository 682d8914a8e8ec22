package org.allocman.xous;

import static org.allocman.vka.PageSize.PAGE;

import java.util.ArrayList;
import java.util.List;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.resource.ResourceRefusal;
import org.allocman.resource.ResourceType;
import org.allocman.resource.Stretch;
import org.allocman.vka.args.NamedRange;

/** The pages of Xous as a kind of memory among others: owners are process numbers, the kernel is 1. */
public final class XousPages implements ResourceType {
    private final PageAllocations allocations;

    /**
     * Shows a book of pages.
     *
     * @param allocations the book
     */
    public XousPages(PageAllocations allocations) {
        this.allocations = allocations;
    }

    @Override
    public String unitName() {
        return "page";
    }

    @Override
    public @Bytes long unitBytes() {
        return PAGE;
    }

    @Override
    public long units() {
        return allocations.whitelist().pages();
    }

    @Override
    public String ownerName(int owner) {
        return owner == NOBODY ? "free" : owner == Pid.KERNEL ? "PID 1, the kernel" : "PID " + owner;
    }

    @Override
    public List<Stretch> stretches() {
        List<Stretch> stretches = new ArrayList<>();
        for (int i = 0; i < allocations.whitelist().rangeCount(); i++) {
            NamedRange range = allocations.whitelist().range(i);
            stretches.add(new Stretch(
                    range.name().strip(), allocations.whitelist().firstPage(i), range.start(), range.pages()));
        }
        return stretches;
    }

    @Override
    public @PhysAddr long address(long unit) {
        return allocations.whitelist().address(unit);
    }

    @Override
    public int owner(long unit) {
        int pid = allocations.owner(unit);
        return pid == Pid.FREE ? NOBODY : pid;
    }

    @Override
    public long claimAt(@PhysAddr long address, int owner) {
        return isOwner(owner) ? answer(allocations.claim(address, owner)) : ResourceRefusal.NO_SUCH_OWNER.code();
    }

    @Override
    public long claimAny(int owner) {
        if (!isOwner(owner)) {
            return ResourceRefusal.NO_SUCH_OWNER.code();
        }
        return answer(allocations.allocate(owner));
    }

    @Override
    public long release(long unit, int owner) {
        if (!isOwner(owner)) {
            return ResourceRefusal.NO_SUCH_OWNER.code();
        }
        return unit < 0 || unit >= units()
                ? ResourceRefusal.NOT_LISTED.code()
                : answer(allocations.release(allocations.whitelist().address(unit), owner));
    }

    /** {@inheritDoc} Pages that some process sees stay; a process ends through its own call. */
    @Override
    public long releaseAll(int owner) {
        if (!isOwner(owner)) {
            return ResourceRefusal.NO_SUCH_OWNER.code();
        }
        long count = 0;
        for (long page = allocations.next(0, owner); page >= 0; page = allocations.next(page + 1, owner)) {
            count += allocations.release(allocations.whitelist().address(page), owner) < 0 ? 0 : 1;
        }
        return count;
    }

    @Override
    public @Bytes long tableBytes() {
        return allocations.tableBytes();
    }

    private static boolean isOwner(int owner) {
        return owner >= Pid.KERNEL && owner <= Pid.MOST;
    }

    private static long answer(long answer) {
        if (answer >= 0) {
            return answer;
        }
        return switch (XousError.of(answer)) {
            case BAD_ALIGNMENT -> ResourceRefusal.UNALIGNED.code();
            case BAD_ADDRESS -> ResourceRefusal.NOT_LISTED.code();
            case MEMORY_IN_USE -> ResourceRefusal.IN_USE.code();
            case OUT_OF_MEMORY -> ResourceRefusal.EXHAUSTED.code();
            default -> ResourceRefusal.MEMORY_REFUSED.code();
        };
    }
}
