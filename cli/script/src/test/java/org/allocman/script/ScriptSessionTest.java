package org.allocman.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.vka.KernelError;
import org.allocman.vka.VkaError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptSessionTest {
    private static final Path DOCUMENTATION = Path.of("../../docs/script.md");

    private final Machine machine = Machines.boot("qemu-arm-virt");

    private static String done(ScriptSession session, String line) {
        LineOutcome outcome = session.execute(line);
        assertTrue(outcome.isDone(), line + ": " + outcome.message());
        return outcome.message();
    }

    private static KernelError.Code refused(ScriptSession session, String line) {
        LineOutcome outcome = session.execute(line);
        assertEquals(LineOutcome.Kind.REFUSED, outcome.kind(), outcome.message());
        KernelError error = outcome.kernelError();
        return error == null ? KernelError.Code.NO_ERROR : error.code();
    }

    private static String mistake(ScriptSession session, String line) {
        LineOutcome outcome = session.execute(line);
        assertEquals(LineOutcome.Kind.MISTAKE, outcome.kind(), outcome.message());
        return outcome.message();
    }

    /** An untyped of normal memory with room. */
    private String untyped() {
        for (int i = 0; ; i++) {
            if (!machine.bootInfo().untypeds().get(i).device()
                    && machine.bootInfo().untypeds().get(i).sizeBits() > 20) {
                return "untyped" + i;
            }
        }
    }

    @Test
    void invocationsOnABareMachine() throws Exception {
        ScriptSession session = ScriptSession.bare(machine);
        done(session, "ut = " + untyped());
        assertTrue(done(session, "ep = retype ut endpoint -> empty").contains("endpoint of 2^4 bytes at 0x"));
        assertTrue(done(session, "mint ep -> empty+1 rights r badge 5").contains("badge 0x5, rights -R--"));
        done(session, "cn = retype ut cnode 4 -> empty+2");
        assertTrue(done(session, "inside = copy ep -> cn/3").contains("slot 3 of the CNode in"));
        assertTrue(done(session, "move inside -> empty+3").contains("endpoint"));
        assertTrue(
                done(session, "more = retype ut notification -> cn/0 count 6").contains("and 2 more"));
        assertTrue(done(session, "delete more+5").contains("nothing"));
        assertTrue(done(session, "retype ut untyped 12 -> root-cnode/empty+4").contains("untyped of 2^12"));
        assertTrue(done(session, "guarded = mint cn -> empty+5 guard 0:60").contains("guard 0x0 of 60 bits"));
        done(session, "rotate guarded via cn -> empty+6 guard 0:60 pivot-badge 59");
        assertTrue(done(session, "copy empty+2 -> empty+7").contains("guard 0x0 of 59 bits"));
        assertTrue(session.slotOf("empty+6") > 0);
        assertTrue(done(session, "revoke ut").contains("watermark"));
        assertEquals(13, session.history().size());
    }

    @Test
    void framesAndTables() {
        ScriptSession session = ScriptSession.bare(machine);
        done(session, "f = retype " + untyped() + " frame 12 -> empty");
        assertEquals(KernelError.Code.FAILED_LOOKUP, refused(session, "map f at 0x40000000"));
        done(session, "t = retype " + untyped() + " page-table -> empty+1 count 2");
        done(session, "map t at 0x40000000");
        assertTrue(done(session, "map t+1 at 0x40000000").contains("mapped at 0x40000000"));
        assertTrue(done(session, "map f at 0x40000000 rights rw").contains("mapped at 0x40000000"));
        assertTrue(done(session, "address f").startsWith("0x"));
        done(session, "unmap f");
        done(session, "unmap t");
        done(session, "v = retype " + untyped() + " vspace -> empty+3");
        done(session, "assign-asid v");
        done(session, "thread = retype " + untyped() + " tcb -> empty+4");
        done(session, "set-space thread cspace root-cnode vspace v");
        done(session, "u = retype " + untyped() + " untyped 12 -> empty+5");
        assertTrue(done(session, "make-asid-pool u -> empty+6").contains("ASID pool"));
    }

    @Test
    void whatIsRefusedChangesNothing() {
        ScriptSession session = ScriptSession.bare(machine);
        Fingerprint before = machine.memory().fingerprint();
        assertEquals(KernelError.Code.RANGE_ERROR, refused(session, "retype " + untyped() + " tcb -> 2/0 count 0"));
        assertEquals(KernelError.Code.DELETE_FIRST, refused(session, "retype " + untyped() + " tcb -> 2"));
        assertEquals(KernelError.Code.INVALID_ARGUMENT, refused(session, "retype " + untyped() + " 99 -> empty"));
        assertEquals(KernelError.Code.FAILED_LOOKUP, refused(session, "copy 5000 -> empty"));
        assertEquals(KernelError.Code.RANGE_ERROR, refused(session, "delete 2/1:0"));
        assertTrue(mistake(session, "alloc tcb").contains("needs a manager"));
        assertTrue(mistake(session, "delete utyped0").contains("did you mean 'untyped0'?"));
        assertTrue(mistake(session, "empty = 4").contains("has from its boot"));
        assertTrue(mistake(session, "retype 20 pdpt -> empty").contains("aarch64 has no PDPT"));
        assertTrue(mistake(session, "retype 20 frame 13 -> empty").contains("2^12, 2^21, 2^30"));
        assertTrue(mistake(session, "delte 4").contains("column 1: there is no command 'delte'"));
        assertEquals(before, machine.memory().fingerprint());
        assertTrue(session.history().isEmpty());
        assertTrue(done(session, "  # nothing").isEmpty());
    }

    @Test
    void allocationsOnAManagedMachine() {
        ScriptSession session = Machines.managed(machine, ManagedMachine.Pools.DEFAULT);
        Fingerprint before = machine.memory().fingerprint();
        assertTrue(done(session, "alloc tcb").startsWith("tcb1 = slot "));
        assertTrue(
                done(session, "uart = alloc frame 12 at 0x9000000").contains("small page of 2^12 bytes at 0x9000000"));
        done(session, "s = slot");
        assertTrue(done(session, "ep = alloc endpoint -> s").contains("endpoint"));
        assertTrue(mistake(session, "alloc endpoint -> uart").contains("is no slot from the manager"));
        assertTrue(mistake(session, "uart = slot").contains("'free uart' comes first"));
        LineOutcome taken = session.execute("alloc frame at 0x9000000");
        assertEquals(LineOutcome.Kind.REFUSED, taken.kind());
        VkaError error = taken.vkaError();
        assertEquals(VkaError.Reason.IN_USE, error == null ? null : error.reason());
        done(session, "t = slot");
        done(session, "copy ep -> t rights r");
        done(session, "free ep");
        done(session, "free uart");
        assertTrue(mistake(session, "free untyped0").contains("was not allocated"));
        assertTrue(mistake(session, "free uart").contains("there is no name 'uart'"));
        Fingerprint end = machine.memory().fingerprint();
        while (session.undo() != null) {
            assertTrue(session.history().size() < 20);
        }
        assertEquals(before, machine.memory().fingerprint());
        LineOutcome again = session.redo();
        while (again != null) {
            assertTrue(again.isDone(), again.message());
            again = session.redo();
        }
        assertEquals(end, machine.memory().fingerprint());
        assertTrue(session.names().containsKey("tcb1"));
        assertFalse(session.names().containsKey("ep"));
        session.undo();
        done(session, "x = 4");
        assertNull(session.redo());
    }

    @Test
    void theExampleInTheDocumentationWorks() throws IOException {
        String page = Files.readString(DOCUMENTATION);
        String example = page.substring(page.indexOf("```allocman\n") + 12, page.indexOf("```\n\nOn a kernel"));
        ScriptSession session = Machines.managed(machine, ManagedMachine.Pools.DEFAULT);
        example.lines().forEach(line -> done(session, line));
        assertEquals(13, session.history().size());
        for (Verb verb : Verb.values()) {
            assertTrue(page.contains("`" + verb.form() + "`"), verb.form());
        }
        for (String type : ScriptSession.typeWords()) {
            assertTrue(page.contains("`" + type), type);
        }
        for (String name : session.names().keySet()) {
            assertTrue(page.contains(name.replaceAll("[1-9][0-9]*$", "0")), name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1:12", "2:8:8"})
    void inACSpaceOfItsOwn(String geometry) {
        CSpaceGeometry shape = CSpaceGeometry.parse(geometry);
        assertNotEquals(null, shape);
        ManagedMachine.Pools pools = ManagedMachine.Pools.DEFAULT.withCSpace(shape);
        ScriptSession session = Machines.managed(Machines.boot("qemu-arm-virt", pools), pools);
        done(session, "ut = alloc untyped 14");
        done(session, "s = slot");
        done(session, "t = slot");
        assertTrue(done(session, "retype ut endpoint -> s").contains("endpoint"));
        assertTrue(done(session, "copy s -> t").contains("endpoint"));
        assertTrue(done(session, "revoke ut").contains("watermark"));
        assertTrue(done(session, "copy ut -> s").contains("untyped"));
    }
}
