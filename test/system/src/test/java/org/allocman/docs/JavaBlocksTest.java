package org.allocman.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Java on pages compiles. A block is statements, or members of a class. What it uses without saying where it comes from
 * stands in a comment above it, {@code given: Machine machine, long base}; a class of a name that several packages have in
 * {@code import: org.allocman.plan.Workload}. A block that begins with imports is a whole file, which compiles as it stands. A block that is {@code part of: FILE} stands in that file.
 */
class JavaBlocksTest {
    private static final Pattern CLASS_NAME = Pattern.compile("(?<![.\\w])[A-Z]\\w*");
    private static final Pattern MEMBERS = Pattern.compile(
            "^(@|((public|protected|private|static|final|abstract) )*(class|interface|record|enum) )",
            Pattern.MULTILINE);
    private static final String WILDCARDS = """
            import java.nio.file.*;
            import java.util.*;
            import java.util.function.*;
            import io.vavr.control.*;
            import net.jqwik.api.*;
            import net.jqwik.api.state.*;
            import org.junit.jupiter.api.Test;
            import static org.junit.jupiter.api.Assertions.*;
            import static org.allocman.vka.VkaException.orThrow;
            """;

    @TempDir
    Path classes;

    private static List<Page.Block> blocks() throws IOException {
        return Page.all().stream()
                .flatMap(page -> page.blocks().stream())
                .filter(block ->
                        block.language().equals("java") || block.notes().containsKey("part of"))
                .toList();
    }

    @Test
    void whatIsPartOfAFileStandsThere() throws Exception {
        int parts = 0;
        for (Page.Block block : blocks()) {
            String file = block.notes().get("part of");
            if (file != null) {
                assertTrue(
                        withoutIndent(Checkout.text(file)).contains(withoutIndent(block.text())),
                        () -> block.place() + " is not part of " + file);
                parts++;
            }
        }
        assertTrue(parts > 0);
    }

    private static String withoutIndent(String text) {
        return text.lines().map(String::strip).reduce("", (above, line) -> above + line + "\n");
    }

    @Test
    void whatIsNotCompiles() throws Exception {
        ExportedClasses exported = ExportedClasses.find();
        List<JavaFileObject> sources = new ArrayList<>();
        for (Page.Block block : blocks()) {
            if (!block.notes().containsKey("part of")) {
                sources.add(source(block, exported));
            }
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        List<String> options = List.of("-proc:none", "-Xlint:none", "-nowarn", "-d", classes.toString());
        JavacTask task = (JavacTask) compiler.getTask(null, null, found, options, null, sources);
        List<String> dropped = DroppedResults.in(task);
        List<String> errors = new ArrayList<>();
        for (Diagnostic<? extends JavaFileObject> diagnostic : found.getDiagnostics()) {
            if (diagnostic.getKind() == Diagnostic.Kind.ERROR) {
                errors.add(diagnostic.toString());
            }
        }
        assertEquals(List.of(), errors);
        assertEquals(List.of(), dropped);
        assertTrue(sources.size() > 3);
    }

    /** A result that may be a refusal is not dropped on a page, nor is a refusal lost by {@code get}. */
    @Test
    void droppedResultsAreNoticed() throws Exception {
        String text = """
                import org.allocman.vka.*;
                class Dropping {
                    void run(Vka vka, VkaObject object) {
                        vka.free(object);
                        vka.tcb().get();
                        vka.freeOrThrow(object);
                        VkaObject tcb = VkaException.orThrow(vka.tcb());
                        VkaObject endpoint = vka.endpoint().get();
                        java.util.Optional.of(1).get();
                    }
                }
                """;
        JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, List.of("-proc:none"), null, List.of(source("Dropping", text)));
        assertEquals(
                List.of("Dropping: vka.free(object)", "Dropping: vka.tcb().get()", "Dropping: vka.endpoint().get()"),
                DroppedResults.in(task));
    }

    private static JavaFileObject source(Page.Block block, ExportedClasses exported) {
        if (block.text().startsWith("import ")) {
            return source("File_" + block.place().replaceAll("\\W", "_"), block.text());
        }
        String given = block.notes().getOrDefault("given", "");
        StringBuilder text = new StringBuilder();
        Set<String> named = new TreeSet<>();
        for (String name : block.notes().getOrDefault("import", "").split(",\\s*")) {
            if (!name.isEmpty()) {
                text.append("import ").append(name).append(";\n");
                named.add(name.substring(name.lastIndexOf('.') + 1));
            }
        }
        Matcher names = CLASS_NAME.matcher(given + "\n" + block.text());
        while (names.find()) {
            if (named.add(names.group()) && exported.has(names.group())) {
                text.append("import ").append(exported.only(names.group())).append(";\n");
            }
        }
        String name = "Block_" + block.place().replaceAll("\\W", "_");
        text.append(WILDCARDS).append("class ").append(name).append(" {\n");
        if (MEMBERS.matcher(block.text()).find()) {
            for (String field : given.split(",\\s*")) {
                text.append(field.isEmpty() ? "" : field + ";\n");
            }
            text.append(block.text()).append("\n}\n");
        } else {
            text.append("void run(").append(given).append(") throws Exception {\n");
            text.append(block.text()).append("\n}\n}\n");
        }
        return source(name, text.toString());
    }

    private static JavaFileObject source(String name, String text) {
        return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }
}
