package org.allocman.arch;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.FailureReport;
import org.junit.jupiter.api.Test;

class ArrowsTest {
    @Test
    void modulesPointDownwards() {
        modules(Code.ROOT).check(Code.MAIN);
        assertFails(modules(Code.BROKEN), "broken.untyped.SeesTheSimulator");
        assertFails(modules(Code.BROKEN), "broken.untyped.SeesTheBootstrap");
    }

    @Test
    void partsOfTheSimulatorPointDownwards() {
        simulator(Code.ROOT).check(Code.MAIN);
        assertFails(simulator(Code.BROKEN), "broken.sim.memory.SeesTheKernel");
        assertFails(simulator(Code.BROKEN), "broken.sim.board.SeesTheKernel");
    }

    @Test
    void packagesHaveNoCycles() {
        noCycles(Code.ROOT).check(Code.MAIN);
        assertFails(noCycles(Code.BROKEN), "Cycle detected");
    }

    private static ArchRule modules(String root) {
        return layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("vka-api")
                .definedBy(root + ".vka..", root + ".qual..", root + ".resource..")
                .layer("wire")
                .definedBy(root + ".wire..")
                .layer("hw-sim")
                .definedBy(root + ".sim..")
                .layer("untyped")
                .definedBy(root + ".untyped..", root + ".events..")
                .layer("allocman")
                .definedBy(root + ".manager..", root + ".cspace..", root + ".mspace..")
                .layer("uvisor")
                .definedBy(root + ".uvisor..")
                .layer("xous")
                .definedBy(root + ".xous..")
                .layer("bootstrap")
                .definedBy(root + ".bootstrap..", root + ".plan..")
                .layer("lab")
                .definedBy(root + ".lab..")
                .layer("check")
                .definedBy(root + ".check..")
                .layer("conformance")
                .definedBy(root + ".conformance..")
                .layer("test-kit")
                .definedBy(root + ".testkit..")
                .layer("view")
                .definedBy(root + ".view..")
                .layer("script")
                .definedBy(root + ".script..")
                .layer("serve")
                .definedBy(root + ".serve..")
                .layer("lesson")
                .definedBy(root + ".lesson..")
                .layer("cli")
                .definedBy(root + ".cli..")
                .whereLayer("vka-api")
                .mayNotAccessAnyLayer()
                .whereLayer("wire")
                .mayOnlyAccessLayers("vka-api")
                .whereLayer("hw-sim")
                .mayOnlyAccessLayers("vka-api")
                .whereLayer("untyped")
                .mayOnlyAccessLayers("vka-api")
                .whereLayer("allocman")
                .mayOnlyAccessLayers("vka-api", "untyped")
                .whereLayer("uvisor")
                .mayOnlyAccessLayers("vka-api")
                .whereLayer("xous")
                .mayOnlyAccessLayers("vka-api", "allocman")
                .whereLayer("bootstrap")
                .mayOnlyAccessLayers("vka-api", "untyped", "allocman")
                .whereLayer("lab")
                .mayOnlyAccessLayers("vka-api", "hw-sim", "untyped", "allocman", "uvisor", "xous", "bootstrap")
                .whereLayer("check")
                .mayOnlyBeAccessedByLayers("test-kit", "view", "serve", "lesson", "cli")
                .whereLayer("conformance")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("test-kit")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("view")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("script")
                .mayOnlyAccessLayers("vka-api", "hw-sim")
                .whereLayer("serve")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("lesson")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer();
    }

    private static ArchRule simulator(String root) {
        return layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("memory")
                .definedBy(root + ".sim.memory..")
                .layer("mpu")
                .definedBy(root + ".sim.mpu..")
                .layer("board")
                .definedBy(root + ".sim.board..")
                .layer("kernel")
                .definedBy(root + ".sim.kernel", root + ".sim.kernel.paging..")
                .layer("boot")
                .definedBy(root + ".sim.boot..")
                .whereLayer("memory")
                .mayNotAccessAnyLayer()
                .whereLayer("board")
                .mayNotAccessAnyLayer()
                .whereLayer("mpu")
                .mayOnlyAccessLayers("memory")
                .whereLayer("kernel")
                .mayOnlyAccessLayers("memory")
                .whereLayer("boot")
                .mayOnlyAccessLayers("memory", "board", "kernel");
    }

    private static ArchRule noCycles(String root) {
        return slices().matching(root + ".(**)").should().beFreeOfCycles();
    }

    private static void assertFails(ArchRule rule, String saying) {
        FailureReport report = rule.evaluate(Code.BROKEN_ONES).getFailureReport();
        assertFalse(report.isEmpty(), "the rule does not notice what breaks it");
        assertTrue(report.toString().contains(saying), report::toString);
    }
}
