package org.allocman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The example project's classes, and worse ones, from jars. */
class WithOptionTest {
    private static final String RESOURCE = "org.allocman.manager.ResourceDesign";

    @TempDir
    private static Path folder;

    private static JarMaker maker;
    private static String example;

    @BeforeAll
    static void compile() throws Exception {
        maker = new JarMaker(folder);
        example = maker.example(false).toString();
    }

    private static Run good(String... arguments) {
        Run run = Run.of(arguments);
        assertEquals(0, run.code(), () -> run.err() + run.out());
        return run;
    }

    /** Ends with 2 and one sentence. */
    private static String refused(String... arguments) {
        Run run = Run.of(arguments);
        assertEquals(2, run.code(), () -> run.err() + run.out());
        assertFalse(run.showsAStackTrace());
        assertFalse(run.err().contains("internal error"));
        assertEquals("", run.out());
        return run.err().replace("allocman: ", "").strip();
    }

    @Test
    void mailboxesAreListedExercisedAndDrawn() throws Exception {
        assertTrue(good("resource", "--with", example).out().contains("mailbox"));
        assertFalse(good("resource").out().contains("mailbox"));
        Path page = folder.resolve("page.html");
        Run run = good(
                "resource", "--with", example, "--resource", "mailbox", "--units", "20", "--html", page.toString());
        assertTrue(run.out().contains("each a mailbox") && run.out().contains("0 owner 0"), run.out());
        assertEquals("every answer was as the model's, everything was released, nothing is left", run.lastLine());
        JsonNode owners = PageTest.content(page).get("cells").get("owners");
        assertTrue(
                owners.toString().contains("\"owner 0\"") && owners.toString().contains("\"free\""), owners.toString());
        JsonNode json = JsonMapper.builder()
                .build()
                .readTree(good("resource", "--with", example, "--resource", "mailbox", "--json")
                        .out());
        assertEquals("mailbox", json.get("resource").asString());
        assertEquals(8, json.get("units").asInt());
        assertEquals(0, json.get("broken").size());
    }

    @Test
    void everyStateOfMailboxesIsExplored() {
        Run run = good(
                "explore",
                "--with",
                example,
                "--system",
                "resource",
                "--resource",
                "mailbox",
                "--size",
                "2",
                "--faults",
                "1",
                "--depth",
                "2");
        assertTrue(run.lastLine().startsWith("no rule is broken in "), run.out());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 13, 40})
    void aFaultLosesNothing(int nth) {
        good("resource", "--with", example, "--resource", "mailbox", "--quiet", "--fail", String.valueOf(100 + nth));
    }

    @Test
    void managersAreChosenByName() {
        assertTrue(good(
                        "boot",
                        "--with",
                        example,
                        "--manager",
                        "bitmap-buddy",
                        "--cspace-design",
                        "flat",
                        "--board",
                        "tiny",
                        "--objects",
                        "300")
                .out()
                .contains("blocks, 64 slots: full"));
        assertTrue(good("plan", "--with", example, "--manager", "bitmap-buddy", "--workload", "frames=5", "--json")
                .out()
                .contains("\"bitmap-buddy\""));
        good("measure", "--with", example, "--manager", "bitmap-buddy", "--work", "thrash", "--n", "9");
        good(
                "sweep",
                "--with",
                example,
                "--manager",
                "bitmap-buddy",
                "--board",
                "tiny",
                "--cspace",
                "current",
                "--objects",
                "20",
                "--seeds",
                "1",
                "--rounds",
                "2");
        good("export", "json", "--with", example, "--manager", "bitmap-buddy", "--board", "tiny");
        assertTrue(refused("boot", "--with", example, "--cspace", "2:7:7", "--cspace-design", "flat")
                .contains("the CSpace design flat is for CSpaces of one level"));
        assertEquals(
                "there is no manager 'bitmap-buddy'; there are arena, split, twinkle",
                refused("boot", "--manager", "bitmap-buddy"));
        assertTrue(refused("boot", "--with", example, "--manager", "nobody").endsWith("twinkle, bitmap-buddy"));
    }

    @Test
    void aJarThatIsAModuleWillDo() throws Exception {
        String module = maker.example(true).toString();
        assertTrue(good("resource", "--with", module).out().contains("mailbox"));
        good("boot", "--with", module, "--manager", "bitmap-buddy", "--board", "tiny", "--objects", "50");
    }

    @Test
    void whatIsNoJarIsRefused() throws Exception {
        assertTrue(refused("resource", "--with", folder + "/none.jar").endsWith("none.jar: no such file"));
        assertTrue(refused("resource", "--with", folder.toString()).endsWith("this is a directory, not a file"));
        Path text = Files.writeString(folder.resolve("text.jar"), "PK? no");
        assertTrue(refused("boot", "--with", text.toString()).endsWith("this is no jar, or it is damaged"));
        byte[] bytes = Files.readAllBytes(Path.of(example));
        Path half = Files.write(folder.resolve("half.jar"), Arrays.copyOf(bytes, bytes.length / 2));
        assertTrue(refused("boot", "--with", half.toString()).endsWith("this is no jar, or it is damaged"));
        String empty =
                maker.empty("empty", Map.of("java.lang.Runnable", "mine.Other")).toString();
        assertTrue(
                refused("boot", "--with", empty).contains("neither META-INF/services nor a module-info in it names"));
        String missing =
                maker.empty("missing", Map.of(RESOURCE, "mine.Missing")).toString();
        assertTrue(refused("boot", "--with", missing).endsWith("missing.jar: mine.Missing is not in it"));
        assertTrue(refused("resource", "--with", example, "--with", example)
                .endsWith("there are two managers of the name bitmap-buddy"));
    }

    private static String source(String name, String modifiers, String constructor, String nameOf, String open) {
        return "package mine; import io.vavr.control.Either; import org.allocman.resource.*; import org.allocman.manager.*;\n"
                + "import org.allocman.vka.Memory;\n" + modifiers + " class " + name + " implements ResourceDesign {\n"
                + constructor + "\n public String name() { " + nameOf + " }\n"
                + " public Either<String, ResourceType> open(Allocman a, Memory m, int u) { " + open + " }\n}\n";
    }

    private static String designed(String name, String modifiers, String constructor, String nameOf, String open)
            throws Exception {
        return maker.provider(name, source(name, modifiers, constructor, nameOf, open), RESOURCE)
                .toString();
    }

    @Test
    void aProviderThatCannotBeMadeIsRefused() throws Exception {
        String no = "return Either.left(\"no\");";
        String thrown = designed(
                "Thrower",
                "public",
                "public Thrower() { throw new IllegalStateException(\"not today\"); }",
                "return \"x\";",
                no);
        assertTrue(refused("boot", "--with", thrown)
                .endsWith("mine.Thrower cannot be made: it throws IllegalStateException, not today"));
        String hidden = designed("Hidden", "", "", "return \"x\";", no);
        assertTrue(refused("boot", "--with", hidden).contains("has to be a public class with a public constructor"));
        String argument = designed("Argument", "public", "public Argument(int i) {}", "return \"x\";", no);
        assertTrue(refused("boot", "--with", argument).contains("has to be a public class with a public constructor"));
        String initialiser =
                designed("Initialiser", "public", "static int z = 1 / Integer.parseInt(\"0\");", "return \"x\";", no);
        assertTrue(refused("boot", "--with", initialiser).contains("cannot be made: it throws ArithmeticException"));
        String nameless = designed("Nameless", "public", "", "return null;", no);
        assertTrue(refused("boot", "--with", nameless).contains("mine.Nameless.name returns null"));
        String shy = designed("Shy", "public", "", "throw new IllegalStateException(\"shy\");", no);
        assertTrue(refused("boot", "--with", shy)
                .contains("does not tell its name: it throws IllegalStateException, shy"));
        String other = maker.provider(
                        "Other", "package mine; public class Other {}", "org.allocman.untyped.UntypedDesign")
                .toString();
        assertTrue(refused("boot", "--with", other).endsWith("mine.Other is no UntypedDesign"));
    }

    @Test
    void aTypeThatThrowsIsNamed() throws Exception {
        String sorry =
                designed("Sorry", "public", "", "return \"sorry\";", "return Either.left(\"there is no room\");");
        assertTrue(refused("resource", "--with", sorry, "--resource", "sorry")
                .endsWith("sorry on qemu-arm-virt: there is no room"));
        String bad = designed("Bad", "public", "", "return \"bad\";", "throw new IllegalStateException(\"oh\");");
        String said = refused("resource", "--with", bad, "--resource", "bad");
        assertTrue(said.contains("Bad.jar: mine.Bad.open in line 6: it throws IllegalStateException, oh"), said);
        assertTrue(refused("explore", "--with", bad, "--system", "resource", "--resource", "bad")
                .contains("mine.Bad.open"));
        assertTrue(
                refused("explore", "--resource", "bad", "--with", bad).contains("--resource is for --system resource"));
        assertTrue(refused("resource", "--resource", "nobody")
                .contains("there is no resource type 'nobody'; there are xous-page"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Fault     | m.load64(-8, 0); return null; | it throws MemoryFault
            Assertion | throw new AssertionError(1);  | it throws AssertionError, 1
            Linkage   | throw new NoSuchMethodError(); | it may have been compiled for another allocman
            Deep      | return open(a, m, u);         | it throws StackOverflowError
            Nothing   | return null;                  | mine.Nothing.open returns null
            """)
    void whateverATypeThrowsIsASentence(String name, String open, String said) throws Exception {
        String jar = designed(name, "public", "", "return \"x\";", open);
        String sentence = refused("resource", "--with", jar, "--resource", "x");
        assertTrue(sentence.contains(said), sentence);
    }

    @Test
    void ownersAreChecked() throws Exception {
        String alone = designed(
                "Alone",
                "public",
                "public java.util.List<Integer> owners() { return java.util.List.of(1, 1); }",
                "return \"x\";",
                "return null;");
        assertTrue(refused("resource", "--with", alone).contains("two different owners or more"));
        String none = designed(
                "None",
                "public",
                "public java.util.List<Integer> owners() { return null; }",
                "return \"x\";",
                "return null;");
        assertTrue(refused("resource", "--with", none)
                .endsWith("None.jar: mine.None.owners returns null, which it must not"));
    }

    /** Units that are numbers, any of which anybody may take from anybody. */
    @Test
    void aTypeThatBreaksItsPromisesIsFound() throws Exception {
        String open = """
                long t = a.memory().allocate(8 * u);
                return Either.right(new ResourceType() {
                  public String unitName() { return "seat"; }
                  public long unitBytes() { return 16; }
                  public long units() { return u; }
                  public long address(long i) { return 16 * i; }
                  public int owner(long i) { return (int) m.load64(t + 8 * i, 0) - 1; }
                  public long claimAt(long p, int o) { m.store64(t + p / 16 * 8, 0, o + 1); return p / 16; }
                  public long claimAny(int o) {
                    for (long i = 0; i < u; i++) { if (owner(i) < 0) { return claimAt(16 * i, o); } }
                    return ResourceRefusal.EXHAUSTED.code();
                  }
                  public long release(long i, int o) { m.store64(t + 8 * i, 0, 0); return i; }
                  public long releaseAll(int o) {
                    long n = 0;
                    for (long i = 0; i < u; i++) { if (owner(i) == o) { release(i, o); n++; } }
                    return n;
                  }
                  public long tableBytes() { return 8 * u; }
                });""";
        String seats = designed("Seats", "public", "", "return \"seat\";", open);
        Run run = Run.of("resource", "--with", seats, "--resource", "seat");
        assertEquals(1, run.code(), run.err());
        assertTrue(run.out().contains("refusals have a reason: it should have been refused for IN_USE"), run.out());
        assertEquals("something does not hold", run.lastLine());
        Path page = folder.resolve("seats.html");
        Run explored = Run.of(
                "explore", "--with", seats, "--system", "resource", "--resource", "seat", "--html", page.toString());
        assertEquals(1, explored.code(), explored.err());
        assertTrue(explored.out().contains("refusals have a reason"), explored.out());
        assertTrue(PageTest.content(page).get("cells").get("owners").toString().contains("\"free\""));
    }

    @Test
    void aSavedMachineKnowsItsJar() throws Exception {
        Path image = folder.resolve("machine.image");
        Path script = Files.write(folder.resolve("save"), List.of("e = alloc endpoint", "save " + image));
        good(
                "shell",
                "--with",
                example,
                "--manager",
                "bitmap-buddy",
                "--board",
                "tiny",
                "--strict",
                "--script",
                script.toString());
        assertTrue(Files.readString(image, StandardCharsets.ISO_8859_1).contains("bitmap-buddy"));
        Path again = Files.write(folder.resolve("load"), List.of("load " + image, "free e"));
        good("shell", "--strict", "--script", again.toString());
    }
}
