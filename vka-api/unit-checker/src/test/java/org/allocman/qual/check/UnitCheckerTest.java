package org.allocman.qual.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

class UnitCheckerTest {
    private static final String FRAME = """
            import java.util.function.LongUnaryOperator;
            import org.allocman.qual.*;

            class Snippet {
                @PhysAddr long phys; @VirtAddr long virt; @CPtr long cptr; @Bytes long bytes; @SizeBits int bits; long plain;
                record Place(@PhysAddr long at, @CPtr long slot) {}
                interface Kernel { @PhysAddr long address(@CPtr long frame); void map(@VirtAddr long at); }
                static void wantPhys(@PhysAddr long x) {}
                static void wantVirt(@VirtAddr long x) {}
                static void wantCPtr(@CPtr long x) {}
                static void wantBytes(@Bytes long x) {}
                static void wantBits(@SizeBits int x) {}
                static void wantPlain(long x) {}
                static @PhysAddr long here(@PhysAddr long x) { return x; }
                @CheckReturnValue interface Port { int ask(); void tell(); }
                interface Wider extends Port { int ask(); int askAgain(); }
                static class Own implements Wider {
                    public int ask() { return 1; }
                    public int askAgain() { return 2; }
                    public void tell() {}
                    @CheckReturnValue static int alone() { return 3; }
                    static int free() { return 4; }
                }
                static void wantAny(Object x) {}

            """;

    private static final List<String> ONE_FOR_ANOTHER = List.of(
            "wantCPtr(phys);",
            "wantVirt(phys);",
            "wantBytes(phys);",
            "wantPhys(virt);",
            "wantPhys(cptr);",
            "wantPhys(bytes);",
            "wantBytes(bits);",
            "wantBits((int) bytes);",
            "wantCPtr(here(plain));",
            "wantCPtr(new Place(1, 2).at());",
            "new Place(cptr, phys);",
            "phys = cptr;",
            "@CPtr long slot = phys;",
            "long local = phys; wantCPtr(local);",
            "wantCPtr(phys + 4096);",
            "wantCPtr(phys - 4096);",
            "wantBytes(bits + 1);",
            "wantPhys(bytes - plain);",
            "wantCPtr(phys + bytes);",
            "wantPhys(phys - phys);",
            "wantCPtr(plain > 0 ? phys : phys + 8);");

    private static final List<String> SENSIBLE = List.of(
            "wantPhys(plain); wantCPtr(plain); wantBytes(plain); wantBits((int) plain);",
            "wantPhys(0); wantCPtr(4096L); wantBits(12);",
            "wantPlain(phys); wantPlain(cptr); wantPlain(bits);",
            "wantPhys(phys + 4096); wantPhys(phys + bytes); wantPhys(phys + plain); wantPhys(phys & -4096);",
            "wantBytes(phys - phys); wantBytes(bytes + bytes); wantBytes(bytes * 2); wantBytes(phys & 4095);",
            "wantBytes(1L << bits); wantBits(bits + 1); wantCPtr(cptr + 1);",
            "wantBits(63 - Long.numberOfLeadingZeros(bytes));",
            "wantPhys(plain + bytes); wantBytes(bytes - plain);",
            "phys += bytes; bytes -= 8; cptr++;",
            "long local = phys; local = cptr; wantCPtr(local);",
            "wantCPtr((@CPtr long) phys);",
            "boolean both = phys < phys + 1 && bytes == 0 && plain == cptr;",
            "LongUnaryOperator op = Snippet::here; LongUnaryOperator id = x -> here(x);",
            "Long boxed = phys; wantPhys(boxed);");

    private static final List<String> MIXED = List.of(
            "boolean b = phys == cptr;",
            "boolean b = bytes < bits;",
            "long sum = phys + phys;",
            "long sum = phys + virt;",
            "long sum = phys + bits;",
            "long sum = bytes + bits;",
            "phys += cptr;");

    @Test
    void refusesOneUnitForAnother() {
        Map<String, String> errors = errorsByStatement(ONE_FOR_ANOTHER);
        ONE_FOR_ANOTHER.forEach(statement -> {
            String error = errors.getOrDefault(statement, "no error");
            assertTrue(error.contains("incompatible"), statement + " -> " + error);
        });
    }

    @Test
    void acceptsWhatMakesSense() {
        assertEquals(Map.of(), errorsByStatement(SENSIBLE));
    }

    @Test
    void refusesSumsAndComparisonsOfDifferentUnits() {
        Map<String, String> errors = errorsByStatement(MIXED);
        MIXED.forEach(statement -> {
            String error = errors.getOrDefault(statement, "no error");
            assertTrue(error.contains("these two do not go together: @"), statement + " -> " + error);
        });
    }

    @Test
    void refusesToDropWhatMayBeARefusal() {
        List<String> dropped = List.of(
                "Port port = new Own(); port.ask();",
                "Wider wider = new Own(); wider.ask();",
                "new Own().ask();",
                "Own.alone();",
                "if (plain > 0) { new Own().ask(); }",
                "Runnable later = () -> { Own.alone(); };");
        Map<String, String> errors = errorsByStatement(dropped);
        dropped.forEach(statement -> {
            String error = errors.getOrDefault(statement, "no error");
            assertTrue(error.contains("returns may be a refusal, and is not looked at"), statement + " -> " + error);
        });
        assertEquals(
                Map.of(),
                errorsByStatement(List.of(
                        "int seen = new Own().ask(); wantAny(new Own().ask());",
                        "new Own().tell(); new Own().askAgain(); Own.free();",
                        "int sum = Own.alone() + 1;")));
    }

    @Test
    void overridingKeepsTheUnits() {
        String good =
                "{} class K implements Kernel { public long address(long f) { return f; } public void map(long a) {} }";
        String parameter = "{} abstract class K implements Kernel { public void map(@PhysAddr long at) {} }";
        String result = "{} abstract class K implements Kernel { public @CPtr long address(long f) { return f; } }";
        assertEquals(
                Set.of(parameter, result),
                errorsByStatement(List.of(good, parameter, result)).keySet());
    }

    @Test
    void saysWhatWasFoundAndWhatIsWanted() {
        String statement = "wantCPtr(phys);";
        String error = errorsByStatement(List.of(statement)).getOrDefault(statement, "no error");
        assertTrue(error.contains("found   : @PhysAddr long"), error);
        assertTrue(error.contains("required: @CPtr long"), error);
    }

    /** Compiles the statements, each in a method and on a line of its own. */
    private static Map<String, String> errorsByStatement(List<String> statements) {
        StringBuilder text = new StringBuilder(FRAME);
        for (int i = 0; i < statements.size(); i++) {
            text.append("void body")
                    .append(i)
                    .append("() { ")
                    .append(statements.get(i))
                    .append(" }\n");
        }
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        List<String> options = List.of(
                "-proc:only",
                "-classpath",
                System.getProperty("java.class.path"),
                "-processor",
                UnitChecker.class.getName());
        ToolProvider.getSystemJavaCompiler()
                .getTask(
                        null,
                        null,
                        found,
                        options,
                        null,
                        List.of(source(text.append("}\n").toString())))
                .call();
        long firstLine = FRAME.lines().count() + 1;
        return found.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .collect(Collectors.toMap(
                        diagnostic -> statements.get((int) (diagnostic.getLineNumber() - firstLine)),
                        diagnostic -> diagnostic.getMessage(Locale.ROOT),
                        (first, second) -> first));
    }

    private static JavaFileObject source(String text) {
        return new SimpleJavaFileObject(URI.create("string:///Snippet.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }
}
