package org.allocman.lesson.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.allocman.lesson.Programs;
import org.allocman.lesson.answer.AnswerOutcome;
import org.junit.jupiter.api.Test;

/** Each mistake has its own hint. */
class WrongProgramsTest {
    private static final String MAP_PAGE = """
            long slot = desk.bootInfo().empty().start();
            desk.retype(47, ObjectType.SMALL_PAGE, 0, slot++);
            for (int i = 0; i < 2; i++) {
                desk.retype(47, ObjectType.PAGE_TABLE, 0, slot);
                desk.kernel().tableMap(slot++, 3, 0x40000000L, 0);
            }
            """;
    private static final String PAGE = "desk.kernel().pageMap(51, 3, 0x40000000L, CapRights.READ_WRITE, 0);\n";
    private static final String ENDPOINTS =
            "for (int i = 0; i < 10; i++) { desk.retype(47, ObjectType.ENDPOINT, 0, slot++); }\n";

    private static final String RECORDS = """
            long slot = desk.firstSlot();
            long record = desk.firstPage();
            """;

    private static String endpoints(int count) {
        return "for (int i = 0; i < " + count + "; i++, record += 64) {"
                + " desk.make(record, 44, ObjectType.ENDPOINT, slot++); }\n";
    }

    private static void check(String mistake, String statements) {
        AnswerOutcome outcome = Programs.runJava(mistake.substring(0, mistake.indexOf('.')), statements);
        assertEquals(AnswerOutcome.Kind.WRONG, outcome.kind(), outcome::toString);
        assertTrue(!outcome.findings().isEmpty(), outcome::toString);
        assertEquals(mistake, outcome.findings().get(0).id(), outcome::toString);
    }

    @Test
    void circle() {
        check("circle.tables", "desk.retype(47, ObjectType.SMALL_PAGE, 0, 51);" + PAGE);
        check("circle.frame", MAP_PAGE);
        check("circle.endpoints", MAP_PAGE + PAGE + "desk.memory().store64(0x40000000L, 0, slot);");
        check("circle.no-record", MAP_PAGE + PAGE + ENDPOINTS);
        check("circle.record", MAP_PAGE + PAGE + "desk.memory().store64(0x40000000L, 0, slot);" + ENDPOINTS);
        check(
                "circle.gap",
                MAP_PAGE + PAGE + "slot = 70;" + ENDPOINTS + "desk.memory().store64(0x40000000L, 0, slot);");
    }

    @Test
    void staticPool() {
        check("static-pool.none", "");
        check("static-pool.small", "desk.boot(36863);");
        check("static-pool.small", "desk.boot(20480);");
        check("static-pool.small", "long missing = desk.boot(4096);");
        check("static-pool.large", "desk.boot(65536);");
        check("static-pool.large", "desk.boot(8192 + desk.boot(8192));");
    }

    @Test
    void virtualPool() {
        check("virtual-pool.no-record", RECORDS + endpoints(64));
        check("virtual-pool.table", RECORDS + endpoints(63) + "desk.make(record, 47, ObjectType.PAGE_TABLE, slot);");
        check("virtual-pool.unmapped", RECORDS + "desk.make(record, 47, ObjectType.SMALL_PAGE, slot);");
        check("virtual-pool.endpoints", RECORDS + endpoints(10));
        check("virtual-pool.lost", RECORDS + endpoints(70));
    }

    @Test
    void fragmentation() {
        String everySecond = "for (int i = 0; i < 32; i += 2) desk.vka().free(desk.pages().get(i));";
        String block = "for (int i = 28; i < 44; i++) desk.vka().free(desk.pages().get(i));";
        check("fragmentation.too-few", "desk.vka().untyped(16);");
        check("fragmentation.pieces", everySecond + "desk.vka().untyped(16);");
        check("fragmentation.too-many", "desk.pages().forEach(desk.vka()::free); desk.vka().untyped(16);");
        check("fragmentation.not-made", block);
        check("fragmentation.size", block + "desk.vka().untyped(15);");
    }

    @Test
    void xous() {
        String screen = "desk.xous().mapMemory(desk.writer(), desk.screen(), 0, 4096, Flags.READ | Flags.WRITE);";
        String lend = "desk.xous().lend(desk.writer(), desk.letter(), 4096, desk.reader(), false);";
        String move = "desk.xous().moveMemory(desk.writer(), desk.gift(), 4096, desk.reader());";
        check("xous.unclaimed", lend + move);
        check("xous.claimed", screen.replace("desk.writer()", "desk.reader()") + lend + move);
        check("xous.not-lent", screen + move);
        check("xous.writable", screen + lend.replace("false", "true") + move);
        check("xous.moved", screen + move + move.replace("gift", "letter"));
        check("xous.gift", screen + lend);
        check("xous.gift-lent", screen + lend + lend.replace("letter", "gift"));
    }

    @Test
    void uvisor() {
        String sensor = "desk.uvisor().enterBox(1); desk.uvisor().mallocBlock(12288);";
        String end = "desk.uvisor().enterBox(2); desk.uvisor().endThread(desk.oldThread());";
        String logger = "desk.uvisor().enterBox(2); long b = desk.uvisor().mallocBlock(8192);";
        String thread = "desk.uvisor().createThread(1, b, 6144, b + 6144, 2048);";
        check("uvisor.public", "desk.uvisor().mallocBlock(12288);" + end + logger + thread);
        check("uvisor.old-thread", sensor + logger + thread);
        check("uvisor.sensor", end + logger + thread);
        check("uvisor.sensor", sensor.replace("12288", "8192") + end + logger + thread);
        check("uvisor.logger", sensor + end);
        check("uvisor.no-thread", sensor + end + logger);
        check("uvisor.stack", sensor + end + logger + thread.replace("b + 6144, 2048", "0, 1024"));
        String apart = """
                desk.uvisor().enterBox(1);
                desk.uvisor().mallocBlock(8192);
                desk.uvisor().enterBox(0);
                long[] between = new long[6];
                for (int i = 0; i < 6; i++) { between[i] = desk.uvisor().mallocBlock(8192); }
                desk.uvisor().enterBox(1);
                desk.uvisor().mallocBlock(8192);
                desk.uvisor().enterBox(0);
                for (long block : between) { desk.uvisor().freeBlock(block, 8192); }
                """;
        check("uvisor.apart", end + apart + logger + thread);
    }
}
