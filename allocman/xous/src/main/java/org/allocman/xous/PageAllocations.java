package org.allocman.xous;

import static org.allocman.vka.PageSize.PAGE;

import java.util.function.LongPredicate;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.vka.layout.HierarchicalBitmap;

/**
 * The rules of ownership: who may claim, release and move which page, which page is taken when no address is given, and
 * what becomes of the pages of a process that ends (Xous, {@code kernel/src/mem.rs}). Answers are a page's number, 0 or
 * more, or an {@link XousError#code()}; after an error nothing has changed.
 */
public final class PageAllocations {
    private static final long HASH_START = 0xcbf2_9ce4_8422_2325L;
    private static final long HASH_PRIME = 0x100_0000_01b3L;
    private static final int WORD_BITS = 6;

    private final Whitelist whitelist;
    private final OwnerTable owners;
    private final HierarchicalBitmap free;
    private final HierarchicalBitmap unavailable;
    private final PageFrames frames;
    private final XousRules rules;

    /** A view of a book: owners, the RAM pages that are free, and those that turned out to be the manager's. */
    PageAllocations(
            Whitelist whitelist,
            OwnerTable owners,
            HierarchicalBitmap free,
            HierarchicalBitmap unavailable,
            PageFrames frames,
            XousRules rules) {
        this.whitelist = whitelist;
        this.owners = owners;
        this.free = free;
        this.unavailable = unavailable;
        this.frames = frames;
        this.rules = rules;
    }

    /** Makes every page of RAM free. Once only, when all is still zero. */
    public void initialise() {
        for (long page = 0; page < whitelist.ramPages(); page++) {
            free.add(page);
        }
    }

    /**
     * The pages that there are.
     *
     * @return the whitelist
     */
    public Whitelist whitelist() {
        return whitelist;
    }

    /**
     * Who owns a page.
     *
     * @param page 0 to pages - 1
     * @return a process number; 0 if nobody
     */
    public int owner(long page) {
        return owners.owner(page);
    }

    /**
     * Finds the page at an address: alignment first, then the whitelist.
     *
     * @param address any number
     * @return the page, or BadAlignment, or BadAddress
     */
    public long find(@PhysAddr long address) {
        if ((address & PAGE - 1) != 0) {
            return XousError.BAD_ALIGNMENT.code();
        }
        long page = whitelist.pageAt(address);
        return page < 0 ? XousError.BAD_ADDRESS.code() : page;
    }

    /**
     * Gives the page at an address to a process; one that has it keeps it, if the rules {@linkplain
     * XousRules#allowSecondClaim allow} that.
     *
     * @param address any number
     * @param pid who wants it, 1 to 255
     * @return the page, or BadAlignment, BadAddress, MemoryInUse, OutOfMemory
     */
    public long claim(@PhysAddr long address, int pid) {
        long page = find(address);
        if (page < 0) {
            return page;
        }
        int owner = owners.owner(page);
        if (owner == pid && rules.allowSecondClaim(page < whitelist.ramPages())) {
            return page;
        }
        return owner != Pid.FREE ? XousError.MEMORY_IN_USE.code() : take(page, pid, PageUse.FRAME);
    }

    private long take(long page, int pid, PageUse use) {
        if (!owners.prepare(page)) {
            return XousError.OUT_OF_MEMORY.code();
        }
        long refusal = frames.obtain(page, whitelist.address(page), use);
        setOwner(page, refusal == 0 ? pid : Pid.FREE);
        return refusal == 0 ? page : refusal;
    }

    /**
     * Takes the page at an address from its owner; a free page stays free.
     *
     * @param address any number
     * @param pid who has it
     * @return the page, or BadAlignment, BadAddress, MemoryInUse if it is another's or still mapped, InternalError
     */
    public long release(@PhysAddr long address, int pid) {
        long page = find(address);
        if (page < 0) {
            return page;
        }
        int owner = owners.owner(page);
        if (owner != Pid.FREE && owner != pid || frames.isMapped(page)) {
            return XousError.MEMORY_IN_USE.code();
        }
        if (owner == Pid.FREE) {
            return page;
        }
        return giveBack(page) ? page : XousError.INTERNAL_ERROR.code();
    }

    /**
     * Frees an owned page, whoever owns it.
     *
     * @param page the page
     * @return false, with nothing changed, if the kernel beneath refuses
     */
    public boolean giveBack(long page) {
        if (!frames.giveBack(page)) {
            return false;
        }
        setOwner(page, Pid.FREE);
        return true;
    }

    /**
     * Frees an owned page in any case. What the kernel beneath refuses to take back is the kernel's until {@link #finish}.
     *
     * @param page the page
     * @return false if it is the kernel's now
     */
    public boolean drop(long page) {
        if (giveBack(page)) {
            return true;
        }
        frames.leave(page);
        setOwner(page, Pid.KERNEL);
        return false;
    }

    /**
     * Gives back what could not be given back before.
     *
     * @return false if the kernel beneath refuses still
     */
    public boolean finish() {
        boolean all = true;
        for (long page = frames.nextLeft(0); page >= 0; page = frames.nextLeft(page + 1)) {
            all &= giveBack(page);
        }
        return all;
    }

    /**
     * Gives the page at an address from one process to another. A free page goes to whoever is named, and one that has
     * arrived already may be moved again.
     *
     * @param address any number
     * @param from who has it
     * @param to who is to have it, 1 to 255
     * @return the page, or BadAlignment, BadAddress, MemoryInUse, OutOfMemory
     */
    public long move(@PhysAddr long address, int from, int to) {
        long page = find(address);
        if (page < 0) {
            return page;
        }
        int owner = owners.owner(page);
        if (owner == Pid.FREE) {
            return take(page, to, PageUse.FRAME);
        }
        if (owner != from && owner != to) {
            return XousError.MEMORY_IN_USE.code();
        }
        setOwner(page, to);
        return page;
    }

    /**
     * Gives the lowest free page of RAM to a process.
     *
     * @param pid who wants it, 1 to 255
     * @return the page, or OutOfMemory
     */
    public long allocate(int pid) {
        return allocate(pid, PageUse.FRAME);
    }

    /**
     * Gives the lowest free page of RAM to a process, for any use. A page that turns out to be the manager's own is the
     * kernel's from then on, until nothing else is left.
     *
     * @param pid who wants it, 1 to 255
     * @param use what it is made into
     * @return the page, or OutOfMemory, or InternalError
     */
    public long allocate(int pid, PageUse use) {
        long first = free.least();
        for (long page = first; page >= 0; page = free.leastFrom(page + 1)) {
            long answer = take(page, pid, use);
            if (answer >= 0) {
                giveToKernel(first, page);
                return answer;
            }
            if (answer != XousError.MEMORY_IN_USE.code()) {
                return answer;
            }
        }
        for (long page = unavailable.leastFrom(0); page >= 0; page = unavailable.leastFrom(page + 1)) {
            if (frames.obtain(page, whitelist.address(page), use) == 0) {
                setOwner(page, pid);
                return page;
            }
        }
        return XousError.OUT_OF_MEMORY.code();
    }

    private void giveToKernel(long first, long end) {
        for (long page = free.leastFrom(first); page >= 0 && page < end; page = free.leastFrom(page + 1)) {
            if (!setUnavailable(page)) {
                // it stays free, and is passed over again when the next page is wanted
                return;
            }
        }
    }

    /**
     * Enters that a page is not to be had: the kernel or the manager is in it.
     *
     * @param page one that nobody owns
     * @return false, with nothing changed, if the owners' table has no room
     */
    public boolean setUnavailable(long page) {
        if (!owners.prepare(page)) {
            return false;
        }
        setOwner(page, Pid.KERNEL);
        if (page < whitelist.ramPages()) {
            unavailable.add(page);
        }
        return true;
    }

    /**
     * A run of free pages of RAM.
     *
     * @param pages how many, 1 or more
     * @return the first of the lowest run, or OutOfMemory
     */
    public long freeRun(long pages) {
        long start = free.least();
        long end = start;
        while (start >= 0 && end - start < pages) {
            end++;
            long next = free.leastFrom(end);
            if (next < 0 && end - start < pages) {
                return XousError.OUT_OF_MEMORY.code();
            }
            if (next != end && end - start < pages) {
                start = next;
                end = next;
            }
        }
        return start < 0 ? XousError.OUT_OF_MEMORY.code() : start;
    }

    /**
     * A process ends: pages of its that are lent become the kernel's, all others are free or {@linkplain #drop dropped}.
     *
     * @param pid who ends
     * @param isLent whether a page is lent
     * @return how many pages it had
     */
    public long end(int pid, LongPredicate isLent) {
        long count = 0;
        for (long page = owners.next(0, pid); page >= 0; page = owners.next(page + 1, pid)) {
            count++;
            if (isLent.test(page)) {
                setOwner(page, Pid.KERNEL);
            } else {
                drop(page);
            }
        }
        return count;
    }

    /**
     * The first page of a process.
     *
     * @param from where to begin
     * @param pid whose
     * @return the first page from there on, or -1
     */
    public long next(long from, int pid) {
        return owners.next(from, pid);
    }

    /**
     * How much RAM a process has.
     *
     * @param pid whose
     * @return bytes
     */
    public @Bytes long ramBytes(int pid) {
        long count = 0;
        for (long page = owners.next(0, pid);
                page >= 0 && page < whitelist.ramPages();
                page = owners.next(page + 1, pid)) {
            count++;
        }
        return count * PAGE;
    }

    /**
     * How many pages of RAM are free.
     *
     * @return a number of pages
     */
    public long freeRamPages() {
        long count = 0;
        for (long word = 0; word << WORD_BITS < whitelist.ramPages(); word++) {
            count += Long.bitCount(free.word(word));
        }
        return count;
    }

    /**
     * The state in a number: FNV-1a over one byte a page.
     *
     * @return 64 bits
     */
    public long hash() {
        long hash = HASH_START;
        for (long page = 0; page < whitelist.pages(); page++) {
            hash = (hash ^ owners.owner(page)) * HASH_PRIME;
        }
        return hash;
    }

    /**
     * What the owners' table takes.
     *
     * @return bytes
     */
    public @Bytes long tableBytes() {
        return owners.bytes();
    }

    /**
     * Enters an owner for a page that has one; its object stays as it is.
     *
     * @param page the page
     * @param pid who has it now, 1 to 255
     */
    public void handOver(long page, int pid) {
        setOwner(page, pid);
    }

    private void setOwner(long page, int pid) {
        owners.setOwner(page, pid);
        if (page < whitelist.ramPages()) {
            if (pid == Pid.FREE) {
                free.add(page);
            } else {
                free.remove(page);
            }
            unavailable.remove(page);
        }
    }
}
