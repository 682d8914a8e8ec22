package org.allocman.lesson.answer;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Compiles one source file in memory. */
final class JavaCompiler {
    private static final int MOST_ERRORS = 10;

    /** The classes, or what is wrong with the source. */
    record Result(Map<String, byte[]> classes, List<String> errors) {}

    private JavaCompiler() {}

    static Result compile(String fileName, String source) {
        javax.tools.JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            return new Result(
                    Map.of(),
                    List.of(
                            "this is a Java runtime without a compiler, so a program cannot be checked; run allocman on a JDK:"
                                    + " JAVA_HOME says which"));
        }
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        try (StandardJavaFileManager files =
                        compiler.getStandardFileManager(found, Locale.ROOT, StandardCharsets.UTF_8);
                Output output = new Output(files);
                Writer nowhere = Writer.nullWriter()) {
            boolean good = compiler.getTask(
                            nowhere,
                            output,
                            found,
                            List.of("-proc:none", "-classpath", classPath(), "-Xlint:none", "-implicit:none"),
                            null,
                            List.of(new Source(fileName, source)))
                    .call();
            return good
                    ? new Result(output.classes(), List.of())
                    : new Result(Map.of(), errors(found, fileName, source));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Where this program's own classes are, whichever way it was started. */
    private static String classPath() {
        List<String> parts = new ArrayList<>();
        for (String property : List.of("java.class.path", "jdk.module.path")) {
            String value = System.getProperty(property);
            if (value != null && !value.isEmpty()) {
                parts.add(value);
            }
        }
        return String.join(File.pathSeparator, parts);
    }

    private static List<String> errors(DiagnosticCollector<JavaFileObject> found, String fileName, String source) {
        List<String> text = source.lines().toList();
        List<String> lines = new ArrayList<>();
        int errors = 0;
        for (Diagnostic<? extends JavaFileObject> diagnostic : found.getDiagnostics()) {
            if (diagnostic.getKind() != Diagnostic.Kind.ERROR || errors++ >= MOST_ERRORS) {
                continue;
            }
            long number = diagnostic.getLineNumber();
            boolean isPlaced = number >= 1 && number <= text.size();
            List<String> message = diagnostic
                    .getMessage(Locale.ROOT)
                    .replace("java.lang.", "")
                    .lines()
                    .toList();
            lines.add(fileName + (isPlaced ? ":" + number : "") + ": " + message.get(0));
            if (isPlaced) {
                lines.add("    " + text.get((int) number - 1).strip());
            }
            message.stream().skip(1).map(String::strip).forEach(more -> lines.add("    " + more));
        }
        if (errors > MOST_ERRORS) {
            lines.add("and " + (errors - MOST_ERRORS) + " more");
        }
        return lines;
    }

    /** The source, as the compiler reads it. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String fileName, String text) {
            super(uri(fileName), Kind.SOURCE);
            this.text = text;
        }

        private static URI uri(String fileName) {
            return URI.create("memory:///"
                    + URLEncoder.encode(fileName, StandardCharsets.UTF_8).replace("+", "%20"));
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /** Keeps classes in memory. */
    private static final class Output extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> made = new TreeMap<>();

        Output(JavaFileManager manager) {
            super(manager);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, @Nullable FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + className + kind.extension), kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    made.put(className, bytes);
                    return bytes;
                }
            };
        }

        Map<String, byte[]> classes() {
            Map<String, byte[]> classes = new TreeMap<>();
            made.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
            return classes;
        }
    }
}
