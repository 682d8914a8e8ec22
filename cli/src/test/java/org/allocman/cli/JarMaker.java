package org.allocman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Makes jars as users do: sources are compiled against what the test runs with. */
final class JarMaker {
    private final Path folder;

    JarMaker(Path folder) {
        this.folder = folder;
    }

    /** The example project, whose sources know the artifacts alone. */
    Path example(boolean asModule) throws IOException {
        Path sources = Path.of("../test/example/src/main");
        List<Path> files;
        try (Stream<Path> all = Files.walk(sources.resolve("java"))) {
            files = all.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> asModule || !file.endsWith("module-info.java"))
                    .toList();
        }
        Map<String, String> services = Map.of();
        if (!asModule) {
            try (Stream<Path> all = Files.list(sources.resolve("resources/META-INF/services"))) {
                services =
                        all.collect(Collectors.toMap(file -> file.getFileName().toString(), JarMaker::text));
            }
        }
        return jar(asModule ? "module" : "example", files, services);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException gone) {
            throw new IllegalStateException(gone);
        }
    }

    /** A class of a package {@code mine}, and what service it is said to provide. */
    Path provider(String name, String source, String service) throws IOException {
        Path file = folder.resolve("sources-" + name).resolve("mine").resolve(name + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
        return jar(name, List.of(file), Map.of(service, "# a comment\nmine." + name + " # another\n\n"));
    }

    /** A class of a package {@code mine}, which no service names. */
    Path plain(String name, String source) throws IOException {
        Path file = folder.resolve("sources-" + name).resolve("mine").resolve(name + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
        return jar(name, List.of(file), Map.of());
    }

    /** A jar with no class at all. */
    Path empty(String name, Map<String, String> services) throws IOException {
        return jar(name, List.of(), services);
    }

    private Path jar(String name, List<Path> sources, Map<String, String> services) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes-" + name));
        if (!sources.isEmpty()) {
            compile(classes, sources);
        }
        Path jar = folder.resolve(name + ".jar");
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file);
                Stream<Path> all = Files.walk(classes)) {
            for (Path compiled : all.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(
                        new ZipEntry(classes.relativize(compiled).toString().replace('\\', '/')));
                zip.write(Files.readAllBytes(compiled));
                zip.closeEntry();
            }
            for (Map.Entry<String, String> service : services.entrySet()) {
                zip.putNextEntry(new ZipEntry("META-INF/services/" + service.getKey()));
                zip.write(service.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return jar;
    }

    private static void compile(Path classes, List<Path> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        assertNotNull(compiler, "tests run on a JDK");
        String path = Stream.of("java.class.path", "jdk.module.path")
                .map(System::getProperty)
                .filter(value -> value != null && !value.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
        boolean asModule = sources.stream().anyMatch(file -> file.endsWith("module-info.java"));
        List<String> options = List.of(
                "-d",
                classes.toString(),
                asModule ? "--module-path" : "-classpath",
                path,
                "-proc:none",
                "--release",
                "17");
        StringWriter messages = new StringWriter();
        List<String> files =
                new ArrayList<>(sources.stream().map(Path::toString).toList());
        boolean done = compiler.getTask(
                        messages,
                        null,
                        null,
                        options,
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjectsFromStrings(files))
                .call();
        assertEquals("", done ? "" : messages.toString());
    }
}
