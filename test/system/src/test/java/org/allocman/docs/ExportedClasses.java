package org.allocman.docs;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The classes that users of our modules may name, by their simple names. */
record ExportedClasses(Map<String, List<String>> byName) {
    static ExportedClasses find() throws Exception {
        Path[] parts = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(part -> part.contains("allocman") || part.endsWith("classes"))
                .map(Path::of)
                .toArray(Path[]::new);
        Map<String, List<String>> byName = new TreeMap<>();
        for (Path part : parts) {
            for (ModuleReference module : ModuleFinder.of(part).findAll()) {
                if (module.descriptor().name().startsWith("org.allocman.")) {
                    add(module, byName);
                }
            }
        }
        return new ExportedClasses(byName);
    }

    private static void add(ModuleReference module, Map<String, List<String>> byName) throws IOException {
        List<String> packages = module.descriptor().exports().stream()
                .map(export -> export.source())
                .toList();
        List<String> names;
        try (ModuleReader reader = module.open();
                Stream<String> files = reader.list()) {
            names = files.filter(file -> file.endsWith(".class") && file.contains("/"))
                    .map(file ->
                            file.substring(0, file.length() - ".class".length()).replace('/', '.'))
                    .collect(Collectors.toList());
        }
        for (String name : names) {
            String simple = name.substring(name.lastIndexOf('.') + 1);
            if (packages.contains(name.substring(0, name.lastIndexOf('.')))) {
                byName.computeIfAbsent(simple.substring(simple.lastIndexOf('$') + 1), key -> new ArrayList<>())
                        .add(name);
            }
        }
    }

    private List<String> candidates(String simple) {
        List<String> open = byName.getOrDefault(simple, List.of()).stream()
                .filter(ExportedClasses::isPublic)
                .toList();
        List<String> top = open.stream().filter(name -> !name.contains("$")).toList();
        return top.isEmpty() ? open : top;
    }

    boolean has(String simple) {
        return !candidates(simple).isEmpty();
    }

    /** The one class of that name; a page has to say which if there are several. */
    String only(String simple) {
        List<String> found = candidates(simple);
        if (found.size() > 1) {
            throw new AssertionError(simple + " may be any of " + found + "; say which: <!-- import: ... -->");
        }
        return found.get(0).replace('$', '.');
    }

    private static boolean isPublic(String name) {
        try {
            return Modifier.isPublic(Class.forName(name, false, ExportedClasses.class.getClassLoader())
                    .getModifiers());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
