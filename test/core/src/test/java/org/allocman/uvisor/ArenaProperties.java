package org.allocman.uvisor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.block.TopLevel;
import org.allocman.uvisor.rules.MpuKind;
import org.allocman.vka.Memory;

/** However the arena's end moves, what it has anew is zero to the byte, though all of it was written before. */
class ArenaProperties {
    private static byte octet(Memory memory, long address) {
        return (byte) (memory.load64(address & -8, 0) >>> (address & 7) * 8);
    }

    private static void dirty(Memory memory, long address) {
        memory.store64(address & -8, 0, memory.load64(address & -8, 0) | 0x5aL << (address & 7) * 8);
    }

    @Property(tries = 30)
    void whatIsNewIsZero(
            @ForAll MpuKind kind,
            @ForAll @Size(min = 3, max = 12) List<@IntRange(min = -3000, max = 3000) Integer> increments) {
        Rig rig = Rig.of(kind, BlockPool.NO_QUOTA);
        Uvisor uvisor = rig.uvisor();
        long start = uvisor.topLevel().end();
        long end = start;
        for (int increment : increments) {
            long old = uvisor.sbrk(increment);
            boolean isLegal = end + increment >= start && end + increment <= start + 4 * Rig.BLOCK;
            if (old == TopLevel.REFUSED) {
                assertEquals(false, isLegal, "to " + (end + increment - start));
                continue;
            }
            assertEquals(end, old);
            end += increment;
            for (long at = old; at < end; at++) {
                assertEquals(0, octet(rig.words(), at), "byte " + (at - start));
                dirty(rig.words(), at);
            }
            for (long at = start; at < Math.min(old, end); at++) {
                assertEquals(0x5a, octet(rig.words(), at), "what it keeps stays");
            }
        }
    }
}
