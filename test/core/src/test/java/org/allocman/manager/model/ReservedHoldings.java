package org.allocman.manager.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.allocman.manager.ClientReserves;
import org.allocman.manager.Health;
import org.allocman.untyped.Refusal;
import org.allocman.vka.ObjectType;

/** What a user has in reserve, by the name that the manager gives it, with how many are ready; and what is taken out of it. */
abstract class ReservedHoldings extends Holdings {
    final ClientReserves reserves;
    final Map<String, int[]> kept = new TreeMap<>();

    ReservedHoldings(ModelMachine on, long seed) {
        super(on, seed);
        this.reserves = allocman.reserves();
    }

    void changeReserve() {
        String what = switch (random.below(7)) {
            case 0 -> "slots";
            case 1 -> "pieces of " + sizeOfPiece(random.below(PIECE_SIZES)) + " bytes";
            case 2 -> "pieces of 200 bytes";
            case 3 -> "objects of type " + ObjectType.ENDPOINT.text();
            case 4 -> "CNodes of 2^3 slots";
            case 5 -> "untypeds of 2^6 bytes";
            default -> "objects of type " + ObjectType.TCB.text();
        };
        keep(what, random.below(4) == 0 ? 0 : random.below(random.below(4) == 0 ? 150 : 6));
    }

    void keep(String what, int count) {
        call = "keep " + count + " " + what;
        long refusal = what.equals("slots")
                ? reserves.keepSlots(count)
                : what.startsWith("pieces")
                        ? reserves.keepMemory(bytesOf(what), count)
                        : reserves.keepObjects(typeOf(what), sizeOf(what), count);
        if (count == 0 && refusal == 0) {
            kept.remove(what);
            return;
        }
        Health.Level level = level(what);
        if (level == null) {
            assertTrue(refusal < 0, call);
            kept.remove(what);
        } else {
            int[] now = kept.computeIfAbsent(what, key -> new int[1]);
            now[0] = (int) level.ready();
            assertTrue(refusal < 0 || level.ready() == count && level.wanted() == count, call + ": " + level);
        }
    }

    static int bytesOf(String what) {
        return Integer.parseInt(what.split(" ")[2]);
    }

    static ObjectType typeOf(String what) {
        return what.startsWith("CNodes")
                ? ObjectType.CNODE
                : what.startsWith("untypeds")
                        ? ObjectType.UNTYPED
                        : what.endsWith(ObjectType.TCB.text()) ? ObjectType.TCB : ObjectType.ENDPOINT;
    }

    static int sizeOf(String what) {
        return what.startsWith("CNodes") ? 3 : what.startsWith("untypeds") ? 6 : 0;
    }

    Health.Level level(String what) {
        return reserves.levels().stream()
                .filter(level -> level.what().equals(what))
                .findFirst()
                .orElse(null);
    }

    void takeFromReserve() {
        if (kept.isEmpty()) {
            return;
        }
        List<String> names = List.copyOf(kept.keySet());
        String what = names.get(random.below(names.size()));
        int ready = kept.get(what)[0];
        call = "take of " + ready + " " + what;
        long value = what.equals("slots")
                ? reserves.takeSlot()
                : what.startsWith("pieces")
                        ? reserves.takeMemory(bytesOf(what))
                        : reserves.takeObject(typeOf(what), sizeOf(what));
        if (ready == 0) {
            assertEquals(Refusal.RESERVE_EMPTY, value, call);
            return;
        }
        kept.get(what)[0] = ready - 1;
        if (what.equals("slots")) {
            slotIs(value);
        } else if (what.startsWith("pieces")) {
            assertTrue(value > 0, call);
            pieceIs(value, bytesOf(what));
        } else {
            assertTrue(value > 0, call);
            ObjectType type = typeOf(what);
            made(value, type, sizeOf(what), architecture.sizeBits(type, sizeOf(what)), 0);
        }
    }

    void assertLevels() {
        List<Health.Level> levels = reserves.levels();
        assertEquals(kept.size(), levels.size(), call + ": " + levels);
        for (Health.Level level : levels) {
            int[] ready = kept.get(level.what());
            assertTrue(ready != null, call + ": " + level);
            if (call.equals("fill reserves")) {
                assertTrue(level.ready() >= ready[0], call + ": " + level);
                ready[0] = (int) level.ready();
            }
            assertEquals(ready[0], level.ready(), call + ": " + level);
        }
    }
}
