package org.example.mailbox;

import static org.allocman.vka.PageSize.PAGE_BITS;

import org.allocman.manager.Allocman;
import org.allocman.resource.ResourceRefusal;
import org.allocman.resource.ResourceType;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;

/** Up to 64 mailboxes of 4 KiB, one behind the other at a fixed address, as a device has them. Each has one owner or none. */
public final class Mailboxes implements ResourceType {
    /** As many as a word has bits. */
    public static final int MOST = Long.SIZE;


    private final Allocman allocman;
    private final Memory memory;
    private final long table;
    private final long base;
    private final int count;

    /**
     * A view of mailboxes whose table is in memory.
     *
     * @param allocman who has the frames
     * @param memory the memory in which the table lies
     * @param table where in it
     * @param base the physical address of the first mailbox
     * @param count how many, 1 to {@link #MOST}
     */
    public Mailboxes(Allocman allocman, Memory memory, long table, long base, int count) {
        this.allocman = allocman;
        this.memory = memory;
        this.table = table;
        this.base = base;
        this.count = count;
    }

    /** Makes the table of mailboxes that nobody owns. Once only, in memory that is all zero. */
    public void initialise() {
        MailboxTable.FREE.set(memory, table, -1L >>> Long.SIZE - count);
    }

    /**
     * How large a table is.
     *
     * @param count how many mailboxes, 1 to {@link #MOST}
     * @return bytes
     */
    public static int tableBytes(int count) {
        return MailboxTable.bytes(count);
    }

    @Override
    public String unitName() {
        return "mailbox";
    }

    @Override
    public long unitBytes() {
        return 1L << PAGE_BITS;
    }

    @Override
    public long units() {
        return count;
    }

    @Override
    public long address(long unit) {
        return base + (unit << PAGE_BITS);
    }

    @Override
    public int owner(long unit) {
        return (int) MailboxTable.OWNER.get(memory, MailboxTable.record(table, unit)) - 1;
    }

    @Override
    public long claimAt(long address, int owner) {
        if (owner < 0) {
            return ResourceRefusal.NO_SUCH_OWNER.code();
        }
        if ((address & unitBytes() - 1) != 0) {
            return ResourceRefusal.UNALIGNED.code();
        }
        long unit = address - base >>> PAGE_BITS;
        if (unit >= count) {
            return ResourceRefusal.NOT_LISTED.code();
        }
        if (owner(unit) != NOBODY) {
            return owner(unit) == owner ? unit : ResourceRefusal.IN_USE.code();
        }
        long frame = allocman.allocateAt(ObjectType.SMALL_PAGE, 0, address, 0);
        if (frame < 0) {
            return ResourceRefusal.MEMORY_REFUSED.code();
        }
        set(unit, owner, frame);
        return unit;
    }

    @Override
    public long claimAny(int owner) {
        long free = MailboxTable.FREE.get(memory, table);
        return free == 0
                ? ResourceRefusal.EXHAUSTED.code()
                : claimAt(address(Long.numberOfTrailingZeros(free)), owner);
    }

    @Override
    public long release(long unit, int owner) {
        if (unit < 0 || unit >= count) {
            return ResourceRefusal.NOT_LISTED.code();
        }
        if (owner < 0) {
            return ResourceRefusal.NO_SUCH_OWNER.code();
        }
        if (owner(unit) != owner) {
            return ResourceRefusal.IN_USE.code();
        }
        long refusal = allocman.free(MailboxTable.FRAME.get(memory, MailboxTable.record(table, unit)));
        if (refusal < 0) {
            return ResourceRefusal.MEMORY_REFUSED.code();
        }
        set(unit, NOBODY, 0);
        return unit;
    }

    @Override
    public long releaseAll(int owner) {
        long released = 0;
        for (long unit = 0; unit < count; unit++) {
            if (owner(unit) == owner && release(unit, owner) >= 0) {
                released++;
            }
        }
        return released;
    }

    @Override
    public long tableBytes() {
        return tableBytes(count);
    }

    private void set(long unit, int owner, long frame) {
        long record = MailboxTable.record(table, unit);
        MailboxTable.OWNER.set(memory, record, owner + 1L);
        MailboxTable.FRAME.set(memory, record, frame);
        MailboxTable.FREE.set(memory, table, MailboxTable.FREE.get(memory, table) ^ 1L << unit);
    }
}
