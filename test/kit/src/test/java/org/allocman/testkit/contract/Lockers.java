package org.allocman.testkit.contract;

import java.util.List;
import org.allocman.resource.Placement;
import org.allocman.resource.ResourceRefusal;
import org.allocman.resource.ResourceType;
import org.allocman.resource.Stretch;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaObject;

/**
 * Up to 64 pages with a bit for each that is free, an owner and a frame for each, and one mistake or none. Frames come from an
 * allocator; where there is none, units are just numbers.
 */
class Lockers implements ResourceType {
    /** What can be wrong. */
    enum Flaw {
        NONE,
        TAKES_OWNED_UNITS,
        RELEASES_OTHERS,
        LOSES_A_UNIT,
        ENTERS_OWNER_FIRST,
        REFUSES_WITH_A_TRACE,
        WRONG_REASON,
        RUN_STAYS_IN_PIECES,
        RUN_IS_ANYWHERE,
        MAKES_ONE_TO_RELEASE,
        GROWING_TABLE,
        HIDES_STATE_IN_JAVA,
        HAS_A_FIELD,
        LOOKS_AT_EACH,
        MAKES_GARBAGE,
        STRETCH_TOO_SHORT,
        ONE_NAME
    }

    /** State where no look at the fields of a type finds it. */
    private static final class Hidden {
        boolean hasClaimed;
    }

    /** Lockers with a field that can be assigned. */
    static final class WithField extends Lockers {
        int last;

        WithField(Vka vka, Memory memory, long table, long base, int count) {
            super(vka, memory, table, base, count, Flaw.NONE);
        }
    }

    private static final int PAGE_BITS = 12;
    private static final int FREE = 0;
    private static final int TRACE = 8;
    private static final int OWNERS = 16;
    private static final int FRAMES = OWNERS + 8 * 64;

    private final Vka vka;
    private final Memory memory;
    private final long table;
    private final long base;
    private final int count;
    private final Flaw flaw;
    private final Hidden hidden = new Hidden();

    Lockers(Vka vka, Memory memory, long table, long base, int count, Flaw flaw) {
        this.vka = vka;
        this.memory = memory;
        this.table = table;
        this.base = base;
        this.count = count;
        this.flaw = flaw;
    }

    static int bytes() {
        return FRAMES + 16 * 64;
    }

    void initialise() {
        memory.store64(table, FREE, -1L >>> Long.SIZE - count);
    }

    @Override
    public String unitName() {
        return "locker";
    }

    @Override
    public String ownerName(int owner) {
        return flaw == Flaw.ONE_NAME ? "somebody" : ResourceType.super.ownerName(owner);
    }

    @Override
    public List<Stretch> stretches() {
        return flaw == Flaw.STRETCH_TOO_SHORT
                ? List.of(new Stretch("lockers", 0, base, count - 1))
                : ResourceType.super.stretches();
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
        if (flaw == Flaw.HIDES_STATE_IN_JAVA && !hidden.hasClaimed) {
            return NOBODY;
        }
        return (int) memory.load64(table, OWNERS + 8 * (int) unit) - 1;
    }

    private boolean isFree(long unit) {
        return (memory.load64(table, FREE) >>> unit & 1) != 0;
    }

    @Override
    public long claimAt(long address, int owner) {
        if (owner < 0) {
            return ResourceRefusal.NO_SUCH_OWNER.code();
        }
        if ((address & unitBytes() - 1) != 0) {
            return (flaw == Flaw.WRONG_REASON ? ResourceRefusal.NOT_LISTED : ResourceRefusal.UNALIGNED).code();
        }
        long unit = address - base >>> PAGE_BITS;
        if (unit >= count) {
            return ResourceRefusal.NOT_LISTED.code();
        }
        int before = owner(unit);
        if (before == owner) {
            return unit;
        }
        if (before != NOBODY && flaw != Flaw.TAKES_OWNED_UNITS) {
            memory.store64(table, TRACE, flaw == Flaw.REFUSES_WITH_A_TRACE ? 1 : 0);
            return ResourceRefusal.IN_USE.code();
        }
        if (flaw == Flaw.ENTERS_OWNER_FIRST) {
            memory.store64(table, OWNERS + 8 * (int) unit, owner + 1L);
        }
        if (before == NOBODY && !obtain(unit, address)) {
            return ResourceRefusal.MEMORY_REFUSED.code();
        }
        memory.store64(table, OWNERS + 8 * (int) unit, owner + 1L);
        memory.store64(table, FREE, memory.load64(table, FREE) & ~(1L << unit));
        hidden.hasClaimed |= flaw == Flaw.HIDES_STATE_IN_JAVA;
        return unit;
    }

    private boolean obtain(long unit, long address) {
        VkaObject frame = vka.allocateAt(ObjectType.SMALL_PAGE, 0, address).getOrNull();
        if (frame == null) {
            return false;
        }
        memory.store64(table, FRAMES + 16 * (int) unit, frame.cptr());
        memory.store64(table, FRAMES + 16 * (int) unit + 8, frame.handle());
        return true;
    }

    @Override
    public long claimAny(int owner) {
        if (owner < 0) {
            return ResourceRefusal.NO_SUCH_OWNER.code();
        }
        long unit = Long.numberOfTrailingZeros(memory.load64(table, FREE));
        if (flaw == Flaw.LOOKS_AT_EACH) {
            unit = 0;
            while (unit < count && owner(unit) != NOBODY) {
                unit++;
            }
        }
        return unit >= count ? ResourceRefusal.EXHAUSTED.code() : claimAt(address(unit), owner);
    }

    @Override
    public long claimRun(long run, Placement placement, int owner) {
        if (flaw == Flaw.RUN_IS_ANYWHERE) {
            return ResourceType.super.claimRun(run, Placement.ANYWHERE, owner);
        }
        if (flaw == Flaw.RUN_STAYS_IN_PIECES && owner >= 0 && run >= 1 && run <= count) {
            long first = ResourceRefusal.EXHAUSTED.code();
            for (long unit = 0; unit + run <= count; unit++) {
                if (placement.allows(address(unit), run * unitBytes()) && isFree(unit)) {
                    first = first < 0 ? unit : first;
                    for (long i = unit; i < unit + run; i++) {
                        if (claimAt(address(i), owner) < 0) {
                            return ResourceRefusal.MEMORY_REFUSED.code();
                        }
                    }
                    return unit;
                }
            }
            return first;
        }
        return ResourceType.super.claimRun(run, placement, owner);
    }

    @Override
    public long release(long unit, int owner) {
        if (unit < 0 || unit >= count) {
            return ResourceRefusal.NOT_LISTED.code();
        }
        if (owner < 0) {
            return ResourceRefusal.NO_SUCH_OWNER.code();
        }
        if (owner(unit) == NOBODY || owner(unit) != owner && flaw != Flaw.RELEASES_OTHERS) {
            return ResourceRefusal.IN_USE.code();
        }
        if (flaw == Flaw.MAKES_ONE_TO_RELEASE) {
            vka.endpoint().forEach(endpoint -> vka.free(endpoint));
        }
        VkaObject frame = new VkaObject(
                ObjectType.SMALL_PAGE,
                PAGE_BITS,
                memory.load64(table, FRAMES + 16 * (int) unit),
                memory.load64(table, FRAMES + 16 * (int) unit + 8));
        if (vka.free(frame).isDefined()) {
            return ResourceRefusal.MEMORY_REFUSED.code();
        }
        memory.store64(table, OWNERS + 8 * (int) unit, 0);
        if (flaw != Flaw.LOSES_A_UNIT) {
            memory.store64(table, FREE, memory.load64(table, FREE) | 1L << unit);
        }
        return unit;
    }

    @Override
    public long releaseAll(int owner) {
        long released = 0;
        for (long unit = 0; unit < count; unit++) {
            released += owner >= 0 && owner(unit) == owner && release(unit, owner) >= 0 ? 1 : 0;
        }
        return released;
    }

    @Override
    public long tableBytes() {
        return flaw == Flaw.GROWING_TABLE ? bytes() - 8L * Long.bitCount(memory.load64(table, FREE)) : bytes();
    }
}
