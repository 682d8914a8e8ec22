package org.allocman.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.io.File;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a module does not export, no other module uses; the compiler sees to it, but not where a build leaves modules out. */
class ExportsTest {
    @Test
    void onlyExportedPackagesAreUsedFromOutside() {
        assertEquals(Set.of(), violations(exported()));
    }

    @Test
    void aPackageThatIsNotExportedWouldBeNoticed() {
        Map<String, Set<String>> fewer = exported();
        fewer.get("org.allocman.vka").remove("org.allocman.vka.layout");
        assertTrue(violations(fewer).stream().anyMatch(text -> text.contains("org.allocman.vka.layout.Word")));
    }

    @Test
    void everyModuleIsLookedAt() {
        assertEquals(
                Set.of(
                        "org.allocman.qual",
                        "org.allocman.vka",
                        "org.allocman.wire",
                        "org.allocman.sim",
                        "org.allocman.untyped",
                        "org.allocman.manager",
                        "org.allocman.uvisor",
                        "org.allocman.xous",
                        "org.allocman.bootstrap",
                        "org.allocman.lab",
                        "org.allocman.check",
                        "org.allocman.conformance",
                        "org.allocman.testkit",
                        "org.allocman.view",
                        "org.allocman.web",
                        "org.allocman.script",
                        "org.allocman.serve",
                        "org.allocman.lesson",
                        "org.allocman.cli"),
                exported().keySet());
    }

    private static Set<String> violations(Map<String, Set<String>> exported) {
        Map<String, String> moduleOf = new TreeMap<>();
        modules().forEach(module -> module.packages().forEach(name -> moduleOf.put(name, module.name())));
        Set<String> found = new TreeSet<>();
        for (JavaClass user : Code.MAIN) {
            for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
                JavaClass used = dependency.getTargetClass().getBaseComponentType();
                String owner = moduleOf.get(used.getPackageName());
                boolean foreign = owner != null && !owner.equals(moduleOf.get(user.getPackageName()));
                if (foreign && !exported.get(owner).contains(used.getPackageName())) {
                    found.add(user.getName() + " uses " + used.getName());
                }
            }
        }
        return found;
    }

    private static Map<String, Set<String>> exported() {
        return modules()
                .collect(Collectors.toMap(
                        ModuleDescriptor::name,
                        module -> module.exports().stream()
                                .map(ModuleDescriptor.Exports::source)
                                .collect(Collectors.toSet())));
    }

    private static Stream<ModuleDescriptor> modules() {
        Path[] parts = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(part -> part.contains("allocman"))
                .map(Path::of)
                .toArray(Path[]::new);
        return Stream.of(parts)
                .flatMap(part -> ModuleFinder.of(part).findAll().stream())
                .map(ModuleReference::descriptor)
                .filter(module -> module.name().startsWith("org.allocman."));
    }
}
