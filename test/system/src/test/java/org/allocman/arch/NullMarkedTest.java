package org.allocman.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Tools that do not know our checker see from the packages of libraries that nothing is null unless it says so. */
class NullMarkedTest {
    private static final Set<String> LIBRARIES =
            Set.of("vka", "resource", "untyped", "cspace", "mspace", "manager", "bootstrap", "plan", "events", "sim");

    private static boolean isOfLibrary(String name) {
        return LIBRARIES.contains(name.substring(Code.ROOT.length() + 1).split("\\.")[0]);
    }

    @Test
    void packagesOfLibrariesAreNullMarked() {
        Set<JavaPackage> packages = Code.MAIN.stream()
                .map(JavaClass::getPackage)
                .filter(found -> found.getName().startsWith(Code.ROOT + ".") && isOfLibrary(found.getName()))
                .collect(Collectors.toSet());
        assertTrue(packages.size() >= 18, () -> packages.size() + " packages");
        TreeSet<String> unmarked = packages.stream()
                .filter(found -> !found.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(), unmarked);
    }
}
