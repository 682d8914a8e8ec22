package org.allocman.check.museum;

import static org.allocman.vka.PageSize.PAGE;

import org.allocman.resource.ResourceRefusal;
import org.allocman.resource.ResourceType;
import org.allocman.vka.Memory;

/** Pages with an owner each, a word of memory a page; a whole range can be claimed. */
class SmallPages implements ResourceType {

    private final Memory memory;
    private final long table;
    private final long base;
    private final long bytes;

    SmallPages(Memory memory, long table, long base, long bytes) {
        this.memory = memory;
        this.table = table;
        this.base = base;
        this.bytes = bytes;
    }

    @Override
    public String unitName() {
        return "page";
    }

    @Override
    public long unitBytes() {
        return PAGE;
    }

    @Override
    public long units() {
        return bytes / PAGE;
    }

    @Override
    public long address(long unit) {
        return base + unit * PAGE;
    }

    @Override
    public int owner(long unit) {
        return (int) memory.load64(table + unit * Long.BYTES, 0) - 1;
    }

    final void setOwner(long unit, int owner) {
        memory.store64(table + unit * Long.BYTES, 0, owner + 1L);
    }

    @Override
    public long claimAt(long address, int owner) {
        if ((address & PAGE - 1) != 0) {
            return ResourceRefusal.UNALIGNED.code();
        }
        long unit = (address - base) / PAGE;
        if (address < base || unit >= units()) {
            return ResourceRefusal.NOT_LISTED.code();
        }
        if (owner(unit) != NOBODY && owner(unit) != owner) {
            return ResourceRefusal.IN_USE.code();
        }
        setOwner(unit, owner);
        return unit;
    }

    /** Claims pages one behind the other: all of them or none. */
    final long claimRange(long address, int count, int owner) {
        long taken = 0;
        for (int i = 0; i < count; i++) {
            long at = address + i * PAGE;
            boolean mine = at >= base && (at - base) / PAGE < units() && owner((at - base) / PAGE) == owner;
            long answer = claimAt(at, owner);
            if (answer < 0) {
                giveBack(address, taken);
                return answer;
            }
            taken |= mine ? 0 : 1L << i;
        }
        return count;
    }

    /** Undoes what a range has claimed so far, a bit for each page. */
    protected void giveBack(long address, long taken) {
        for (long left = taken; left != 0; left &= left - 1) {
            setOwner((address - base) / PAGE + Long.numberOfTrailingZeros(left), NOBODY);
        }
    }

    @Override
    public long claimAny(int owner) {
        for (long unit = 0; unit < units(); unit++) {
            if (owner(unit) == NOBODY) {
                return claimAt(address(unit), owner);
            }
        }
        return ResourceRefusal.EXHAUSTED.code();
    }

    @Override
    public long release(long unit, int owner) {
        if (unit < 0 || unit >= units()) {
            return ResourceRefusal.NOT_LISTED.code();
        }
        if (owner(unit) != owner) {
            return ResourceRefusal.IN_USE.code();
        }
        setOwner(unit, NOBODY);
        return unit;
    }

    @Override
    public long releaseAll(int owner) {
        long count = 0;
        for (long unit = 0; unit < units(); unit++) {
            count += release(unit, owner) >= 0 ? 1 : 0;
        }
        return count;
    }

    @Override
    public long tableBytes() {
        return bytes / PAGE * Long.BYTES;
    }
}
