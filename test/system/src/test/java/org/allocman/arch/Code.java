package org.allocman.arch;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/** The classes that the rules are about. */
final class Code {
    static final String ROOT = "org.allocman";
    static final String BROKEN = "org.allocman.arch.broken";

    static final JavaClasses MAIN = new ClassFileImporter()
            // ArchUnit's own option knows tests by their place in target, which the property build.dir moves
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages(ROOT);
    static final JavaClasses BROKEN_ONES = new ClassFileImporter().importPackages(BROKEN);

    private Code() {}
}
