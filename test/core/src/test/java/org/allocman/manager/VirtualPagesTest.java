package org.allocman.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.allocman.check.manager.PoolInvariants;
import org.allocman.lab.machine.ManagedMachine.Pools;
import org.allocman.mspace.Mspace;
import org.allocman.sim.board.Boards;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.untyped.Need;
import org.allocman.untyped.Refusal;
import org.allocman.untyped.UntypedDesign;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages of the virtual pool come and go, with what they hang in; what is told of it; and what a refusal leaves. */
class VirtualPagesTest {
    private static final int PAGE = 4096;
    private static final int WINDOW_PAGES = 12;

    private final HeardGrowth growth = new HeardGrowth();

    private Rig rig(String board, UntypedDesign kind, int windowPages) throws Exception {
        Rig rig = new Rig(Boards.byName(board), new Pools(-1, (long) windowPages * PAGE, kind), growth);
        rig.allocman.trim();
        growth.heard.clear();
        return rig;
    }

    private static List<Long> takePieces(Allocman allocman) {
        List<Long> pieces = new ArrayList<>();
        for (long piece = allocman.memory().allocate(Mspace.MOST);
                piece > 0;
                piece = allocman.memory().allocate(Mspace.MOST)) {
            pieces.add(piece);
        }
        return pieces;
    }

    private static List<String> broken(Rig rig) {
        List<String> broken = new ArrayList<>(rig.brokenAnywhere());
        broken.addAll(new PoolInvariants(rig.machine, rig.allocman).check());
        return broken;
    }

    private static List<Long> ownHandles(Rig rig) {
        List<Long> handles = new ArrayList<>();
        rig.allocman.visitHandles(word -> {
            long handle = rig.machine.rootMemory().load64(word, 0);
            if (handle != 0) {
                handles.add(handle);
            }
        });
        return handles;
    }

    @ParameterizedTest
    @CsvSource({"tiny, ARENA", "tiny, SPLIT", "precursor, SPLIT"})
    void eachPageIsTold(String board, @NamedDesign UntypedDesign kind) throws Exception {
        Rig rig = rig(board, kind, WINDOW_PAGES);
        Allocman allocman = rig.allocman;
        long base = allocman.layout().windowBase();
        long mapped = allocman.statistics().virtualPagesMapped();
        assertEquals(0, mapped);
        int missing = 0;
        for (int page = 0; page < WINDOW_PAGES; page++) {
            String address = Long.toHexString(base + (long) page * PAGE);
            assertEquals(0, allocman.addPage());
            List<String> heard = List.copyOf(growth.heard);
            growth.heard.clear();
            assertEquals("wanted " + address, heard.get(0));
            assertEquals("grown " + address, heard.get(heard.size() - 1));
            for (String between : heard.subList(1, heard.size() - 1)) {
                assertTrue(between.startsWith("missing ") && between.endsWith(" " + address), between);
                missing++;
            }
            assertEquals(page + 1, allocman.statistics().virtualPagesMapped());
            assertEquals(missing, allocman.statistics().pagingStructures());
        }
        assertTrue(missing > 0);
        Fingerprint full = rig.fingerprint();
        assertTrue(allocman.addPage() < 0, "the window is full");
        assertEquals(full, rig.fingerprint());
        assertEquals(Need.NONE, allocman.statistics().reserve());
        List<Long> handles = ownHandles(rig);
        assertEquals(WINDOW_PAGES + missing, handles.size());
        assertEquals(handles.size(), handles.stream().distinct().count());
        handles.forEach(handle -> assertEquals(0, allocman.untypeds().manager().check(handle)));
        assertEquals(List.of(), broken(rig));
        allocman.trim();
        List<String> shrunk = growth.take("shrunk ");
        assertEquals(WINDOW_PAGES, shrunk.stream().distinct().count());
        assertEquals(0, allocman.statistics().virtualPagesMapped());
        assertEquals(0, allocman.statistics().pagingStructures());
        assertTrue(rig.isWhole());
    }

    /** Nothing is kept back of a full window, and what is freed there leaves the reserve full. */
    @ParameterizedTest
    @MethodSource(Designs.FREEING)
    void aFullWindowIsUsedUp(UntypedDesign kind) throws Exception {
        Rig rig = rig("tiny", kind, WINDOW_PAGES);
        Allocman allocman = rig.allocman;
        List<Long> pieces = takePieces(allocman);
        assertEquals(WINDOW_PAGES, allocman.statistics().virtualPagesMapped());
        assertEquals(0, allocman.statistics().virtualPagesReady());
        assertEquals(0, allocman.statistics().staticPagesReady());
        assertEquals(Refusal.OUT_OF_BOOK_KEEPING, allocman.memory().allocate(Mspace.MOST));
        growth.heard.clear();
        for (long piece : pieces) {
            assertEquals(0, allocman.memory().free(piece, Mspace.MOST));
            assertTrue(allocman.isReserveFull());
            assertEquals(List.of(), rig.broken());
        }
        long mapped = allocman.statistics().virtualPagesMapped();
        assertTrue(mapped <= 2, "one page more than needed may stay, not " + mapped);
        assertEquals(WINDOW_PAGES - mapped, growth.take("shrunk ").size());
        long object = allocman.allocate(ObjectType.ENDPOINT, 0, 0);
        pieces = takePieces(allocman);
        growth.heard.clear();
        rig.kernel.failAt(1, true);
        pieces.forEach(piece -> assertEquals(0, allocman.memory().free(piece, Mspace.MOST)));
        assertEquals(WINDOW_PAGES, allocman.statistics().virtualPagesMapped(), "the kernel takes no page back");
        assertTrue(allocman.free(object) < 0);
        assertEquals(List.of(), growth.take("shrunk "));
        rig.kernel.heal();
        assertEquals(0, allocman.free(object));
        assertTrue(growth.take("shrunk ").size() >= WINDOW_PAGES - 3, "they go when an object does");
        allocman.trim();
        assertTrue(rig.isWhole());
        assertEquals(List.of(), broken(rig));
    }

    /** Whatever the kernel refuses while a page comes: no page, and nothing left over, at once or when it takes it back. */
    @ParameterizedTest
    @CsvSource({"tiny, ARENA", "tiny, SPLIT", "precursor, ARENA", "qemu-riscv-virt, SPLIT", "k64f, ARENA"})
    void aPageThatIsRefusedLeavesNothing(String board, @NamedDesign UntypedDesign kind) throws Exception {
        for (boolean andAllAfter : new boolean[] {false, true}) {
            Rig rig = rig(board, kind, WINDOW_PAGES);
            Allocman allocman = rig.allocman;
            boolean failed = true;
            int refused = 0;
            for (int n = 1; failed; n++) {
                rig.rewind();
                allocman.trim();
                growth.heard.clear();
                long own = ownHandles(rig).size();
                rig.kernel.failAt(n, andAllAfter);
                boolean grown = allocman.addPage() == 0;
                failed = rig.kernel.hasFailed();
                rig.kernel.heal();
                assertEquals(List.of(), broken(rig));
                assertEquals(grown ? 1 : 0, allocman.statistics().virtualPagesMapped());
                assertEquals(0, allocman.statistics().liveObjects());
                if (!grown) {
                    refused++;
                    assertTrue(andAllAfter || ownHandles(rig).size() == own, "nothing is left");
                    assertEquals(
                            List.of(),
                            growth.heard.stream()
                                    .filter(text -> text.startsWith("grown"))
                                    .toList());
                    assertEquals(0, allocman.addPage(), "the next one comes");
                    assertEquals(
                            1 + allocman.statistics().pagingStructures(),
                            ownHandles(rig).size(),
                            "what was not taken back is");
                }
                allocman.trim();
                assertEquals(0, allocman.statistics().virtualPagesMapped());
                assertTrue(rig.isWhole(), "refused at " + n);
                assertEquals(List.of(), broken(rig));
            }
            assertTrue(refused > 0);
        }
    }

    /** Whatever the kernel refuses while pages go: each is there or not, and goes later. */
    @ParameterizedTest
    @MethodSource(Designs.FREEING)
    void aPageThatIsNotTakenBackStays(UntypedDesign kind) throws Exception {
        for (boolean byTrim : new boolean[] {false, true}) {
            Rig rig = rig("tiny", kind, WINDOW_PAGES);
            Allocman allocman = rig.allocman;
            boolean failed = true;
            for (int n = 1; failed; n++) {
                rig.rewind();
                allocman.trim();
                List<Long> pieces = takePieces(allocman);
                growth.heard.clear();
                rig.kernel.failAt(n, true);
                pieces.forEach(piece -> assertEquals(0, allocman.memory().free(piece, Mspace.MOST)));
                if (byTrim) {
                    allocman.trim();
                }
                failed = rig.kernel.hasFailed();
                rig.kernel.heal();
                assertEquals(List.of(), broken(rig));
                assertEquals(
                        WINDOW_PAGES
                                - growth.heard.stream()
                                        .filter(text -> text.startsWith("shrunk"))
                                        .count(),
                        allocman.statistics().virtualPagesMapped()
                                - growth.heard.stream()
                                        .filter(text -> text.startsWith("grown"))
                                        .count());
                assertTrue(allocman.isReserveFull());
                assertEquals(pieces.size(), takePieces(allocman).size(), "as much can be had as before");
                failed = failed && n < 60;
            }
        }
    }

    /** Page tables go when their pages go, those in the middle, too, and the others serve on. */
    @ParameterizedTest
    @CsvSource({"qemu-arm-virt, ARENA", "pc99, ARENA"})
    void tablesInTheMiddleGo(String board, @NamedDesign UntypedDesign kind) throws Exception {
        int perTable = 512;
        Rig rig = rig(board, kind, 4 * perTable);
        Allocman allocman = rig.allocman;
        long[] pieces = takePieces(allocman).stream().mapToLong(piece -> piece).toArray();
        assertEquals(4 * perTable, allocman.statistics().virtualPagesMapped());
        long all = allocman.statistics().pagingStructures();
        long base = allocman.layout().windowBase();
        for (int keptTable : new int[] {3, 1}) {
            long from = base + (long) keptTable * perTable * PAGE + 8L * PAGE;
            long kept =
                    LongStream.of(pieces).filter(piece -> piece >= from).min().orElseThrow();
            LongStream.of(pieces)
                    .filter(piece -> piece != kept)
                    .forEach(piece -> assertEquals(0, allocman.memory().free(piece, Mspace.MOST)));
            allocman.trim();
            assertTrue(allocman.statistics().pagingStructures() < all, "tables in the middle are gone");
            assertEquals(List.of(), broken(rig));
            assertEquals(
                    allocman.statistics().virtualPagesMapped()
                            + allocman.statistics().pagingStructures(),
                    ownHandles(rig).size());
            ownHandles(rig)
                    .forEach(handle ->
                            assertEquals(0, allocman.untypeds().manager().check(handle)));
            List<Long> again = takePieces(allocman);
            again.add(kept);
            assertEquals(pieces.length, again.size(), "every page can be had again");
            pieces = again.stream().mapToLong(piece -> piece).toArray();
            assertEquals(all, allocman.statistics().pagingStructures());
        }
        for (long piece : pieces) {
            assertEquals(0, allocman.memory().free(piece, Mspace.MOST));
        }
        allocman.trim();
        assertEquals(0, allocman.statistics().pagingStructures());
        assertTrue(rig.isWhole());
    }
}
