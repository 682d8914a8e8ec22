package org.allocman.view.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.manager.AllocmanVka;
import org.allocman.manager.GrowthListener;
import org.allocman.script.LineOutcome;
import org.allocman.script.ScriptSession;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Boards;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.vka.Architecture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExportTest {
    private static final List<String> WORK = List.of(
            "t = alloc tcb",
            "v = alloc vspace",
            "assign-asid v",
            "ut = alloc untyped 12",
            "cn = alloc cnode 4",
            "set-space t cspace cn vspace v",
            "f = alloc frame",
            "ep = alloc endpoint",
            "mint ep -> cn/3 badge 9 rights rw",
            "copy f -> cn/4",
            "copy ep -> cn/5 rights none",
            "retype ut notification -> cn/8 count 5");

    private static final List<String> WORK_WITH_MCS = List.of(
            "sc = alloc sched-context 8",
            "r = alloc reply",
            "n = alloc notification",
            "bind sc to t",
            "set-timeout-endpoint t to ep",
            "h = slot",
            "irq-get 5 -> h",
            "set-notification h to n");

    @TempDir
    private Path directory;

    private static Machine machine(String name, String architecture, String cspace) throws Exception {
        Board board = Boards.byName(name);
        assertNotNull(board);
        if (!architecture.isEmpty()) {
            Architecture other = Architecture.named(architecture);
            assertNotNull(other);
            board = new Board(board.name(), other, board.regions(), board.mirrors());
        }
        CSpaceGeometry geometry = CSpaceGeometry.parse(cspace);
        assertNotNull(geometry);
        ManagedMachine.Pools pools = ManagedMachine.Pools.DEFAULT.withCSpace(geometry);
        Machine machine = ManagedMachine.boot(board, pools);
        ScriptSession session = ScriptSession.managed(
                machine,
                new AllocmanVka(ManagedMachine.manage(machine, pools, kernel -> kernel, GrowthListener.NONE)
                        .get()
                        .allocman()));
        List<String> work = new ArrayList<>(WORK);
        work.addAll(board.architecture().hasMcs() ? WORK_WITH_MCS : List.of());
        for (String line : work) {
            LineOutcome outcome = session.execute(line);
            assertTrue(outcome.isDone() || line.startsWith("assign-asid"), line + ": " + outcome.message());
        }
        return machine;
    }

    @ParameterizedTest
    @CsvSource({
        "tiny,'',current",
        "qemu-arm-virt,aarch32,1:12",
        "rpi4,'',2:8:9",
        "qemu-riscv-virt,'',current",
        "pc99,'',current",
        "pc99,ia32,current",
        "precursor,'',current",
        "tiny,riscv64+mcs,current",
        "tiny,aarch64+hyp,current",
        "tiny,x86_64+vtx,current",
        "tiny,aarch32+hyp+mcs,current",
        "qemu-arm-virt,aarch32+mcs,1:12"
    })
    void capdlIsWhatItsOwnToolTakes(String board, String architecture, String cspace) throws Exception {
        Machine machine = machine(board, architecture, cspace);
        Fingerprint before = machine.memory().fingerprint();
        MachineState state = MachineState.of(machine);
        String text = CapdlText.of(state);
        long said = state.capabilities().stream()
                .filter(capability -> capability.holder() != null)
                .filter(capability ->
                        capability.object() != null || capability.kind().endsWith("control"))
                .count();
        assertTrue(CapdlRecogniser.check(text) >= said - 1, text);
        assertTrue(text.contains("(WR, badge: 0x9)"), text);
        assertTrue(text.contains("cspace: cnode_"), text);
        assertEquals(before, machine.memory().fingerprint());
    }

    @Test
    void capdlWithMcs() throws Exception {
        MachineState state = MachineState.of(machine("tiny", "riscv64+mcs", "current"));
        String text = CapdlText.of(state);
        assertTrue(text.contains("arch riscv\n"), text);
        assertTrue(text.contains(" = sc (8 bits)"), text);
        assertTrue(text.contains(" = rtreply\n"), text);
        assertTrue(text.contains("temp_fault_ep_slot: ep_"), text);
        assertTrue(text.contains(": sched_control (core: 0)"), text);
        assertTrue(text.contains("IRQ handler, interrupt 5, for which there is no word"), text);
        assertTrue(
                state.capabilities().stream()
                        .anyMatch(capability -> capability.place().equals("interrupt 5")
                                && capability.kind().equals("notification")
                                && capability.parent() != null),
                "the kernel's copy of the notification");
    }

    @Test
    void capdlThatIsWrongIsNoticed() throws Exception {
        String text = CapdlText.of(MachineState.of(machine("tiny", "", "current")));
        String frame = text.substring(text.indexOf("  frame_"), text.indexOf('\n', text.indexOf("  frame_")) + 1);
        for (String wrong : List.of(
                text.replace("arch aarch64", "arch arm64"),
                text.replace(frame, ""),
                text.replace(frame, frame + frame),
                text.replaceFirst("\\(4k", "(5k"),
                text.replaceFirst("pgd_[0-9a-f]+ \\{", "pt_4003e000 {"),
                text.replaceFirst("badge: 0x9", "guard: 0x9"),
                text.replaceFirst("0x3: ep", "0x4: ep"),
                text.replaceFirst("cdt \\{", "cdt"),
                text.replaceFirst("ut_40008000_12 ", "ut_40008000_12 ut_40008000_12 "),
                text + "}")) {
            assertFalse(wrong.equals(text));
            assertThrows(CapdlRecogniser.Refused.class, () -> CapdlRecogniser.check(wrong));
        }
    }

    @Test
    void aMachineWithoutPageTablesCannotBeSaidInCapdl() throws Exception {
        Machine machine = machine("k64f", "", "current");
        MachineState state = MachineState.of(machine);
        CapdlText.NotSayable cannot = assertThrows(CapdlText.NotSayable.class, () -> CapdlText.of(state));
        assertTrue(String.valueOf(cannot.getMessage()).contains("k64f"));
        assertTrue(DotText.of(state).contains("digraph"));
        assertTrue(SvgPicture.of(state).contains("k64f"));
    }

    @Test
    void graphvizDrawsTheGraph() throws Exception {
        boolean required = System.getenv("ALLOCMAN_REQUIRE_GRAPHVIZ") != null;
        boolean there = Files.isExecutable(Path.of("/usr/bin/dot"));
        assumeTrue(required || there, "Graphviz is not installed");
        Path graph = directory.resolve("graph.dot");
        Path picture = directory.resolve("graph.svg");
        Files.writeString(graph, DotText.of(MachineState.of(machine("qemu-riscv-virt", "", "current"))));
        Process dot = new ProcessBuilder("/usr/bin/dot", "-Tsvg", graph.toString(), "-o", picture.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("said").toFile())
                .start();
        assertTrue(dot.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, dot.exitValue());
        assertEquals("", Files.readString(directory.resolve("said")));
        String drawn = Files.readString(picture);
        assertTrue(drawn.contains("5 x notification"), drawn);
        assertTrue(drawn.contains("CNode, 512 B") || drawn.contains("CNode, 256 B"), drawn);
    }

    @Test
    void jsonHasTheKeysOfTheDocumentation() throws Exception {
        String page = Files.readString(Path.of("../../docs/export.md"));
        MachineState state = MachineState.of(machine("pc99", "", "current"));
        JsonNode json = JsonMapper.builder().build().readTree(JsonText.of(state));
        List<String> keys = new ArrayList<>();
        json.propertyNames().forEach(keys::add);
        assertEquals(
                List.of("board", "architecture", "wordBits", "regions", "objects", "capabilities", "mappings"), keys);
        for (String list : List.of("regions", "objects", "capabilities", "mappings")) {
            json.get(list).get(0).propertyNames().forEach(keys::add);
        }
        assertTrue(keys.containsAll(List.of("within", "watermark", "parent", "vaddr", "level")), keys::toString);
        keys.forEach(key -> assertTrue(page.contains("`" + key + "`"), key + " is not documented"));
        assertEquals(JsonText.of(state), JsonText.of(MachineState.of(machine("pc99", "", "current"))));
        for (JsonNode object : json.get("objects")) {
            JsonNode within = object.get("within");
            assertTrue(within.isNull() || within.intValue() < object.get("id").intValue());
        }
    }

    @Test
    void thePictureIsWellFormedAndHasRoomForAll() throws Exception {
        String svg = SvgPicture.of(MachineState.of(machine("qemu-arm-virt", "", "current")));
        Element root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
        assertEquals("svg", root.getTagName());
        int width = Integer.parseInt(root.getAttribute("width"));
        int height = Integer.parseInt(root.getAttribute("height"));
        NodeList boxes = root.getElementsByTagName("rect");
        assertTrue(boxes.getLength() > 100);
        for (int i = 0; i < boxes.getLength(); i++) {
            Element box = (Element) boxes.item(i);
            assertTrue(number(box, "x") >= 0 && number(box, "x") + number(box, "width") <= width, svg);
            assertTrue(number(box, "y") >= 0 && number(box, "y") + number(box, "height") <= height, svg);
        }
        assertTrue(svg.contains("prefers-color-scheme: dark"));
        assertTrue(svg.contains("4 x notification") || svg.contains("5 x notification"), svg);
        assertEquals("a &lt;b&gt; &amp; \ufffd", SvgText.escaped("a <b> & \u0001"));
    }

    private static int number(Element element, String name) {
        return Integer.parseInt(element.getAttribute(name));
    }

    @Test
    void everyCapabilityHasItsPlaceAndItsParent() throws Exception {
        MachineState state = MachineState.of(machine("qemu-arm-virt", "", "2:8:8"));
        StateCapability badged = state.capabilities().stream()
                .filter(capability -> "0x9".equals(capability.badge()))
                .findFirst()
                .orElseThrow();
        assertTrue(badged.place().endsWith("/3"), badged.place());
        Integer parent = badged.parent();
        assertNotNull(parent);
        StateCapability original = state.capabilities().get(parent);
        assertEquals("0x0", original.badge());
        assertEquals(badged.object(), original.object());
        StateObject endpoint = state.object(badged.object());
        assertNotNull(endpoint);
        StateObject untyped = state.object(endpoint.within());
        assertNotNull(untyped);
        assertTrue(untyped.isUntyped() && untyped.address() <= endpoint.address() && endpoint.end() <= untyped.end());
        assertTrue(state.mappings().stream()
                .anyMatch(
                        mapping -> mapping.kind().equals("frame") && mapping.level() == 4 && mapping.object() != null));
    }
}
