package org.allocman.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.allocman.vka.Architecture;
import org.junit.jupiter.api.Test;

/** Nobody asks which architecture it is: a profile says what there is, and one list says who behaves how. */
class ArchitecturesTest {
    private static final String RECOGNISES = "recognises processors in a description of a board";
    private static final String HAPPENED_ON = "shows a bug on a kernel on which it happens";
    private static final String MADE_ON = "is about recordings or figures that were made on one kernel";

    private static final Map<String, String> MAY = Map.ofEntries(
            Map.entry("org.allocman.vka.Architecture", "has the constants"),
            Map.entry("org.allocman.sim.kernel.paging.Behaviours", "is the list of behaviours"),
            Map.entry("org.allocman.sim.board.KnownKernels", "is what boards leave to a kernel"),
            Map.entry("org.allocman.sim.board.ArgumentsBoard", RECOGNISES),
            Map.entry("org.allocman.sim.board.PackBoard", RECOGNISES),
            Map.entry("org.allocman.sim.board.PlatformYaml", RECOGNISES),
            Map.entry("org.allocman.sim.board.SvdProcessor", RECOGNISES),
            Map.entry("org.allocman.sim.board.CsrBoard", RECOGNISES),
            Map.entry("org.allocman.sim.board.TreeProcessor", RECOGNISES),
            Map.entry("org.allocman.conformance.kernel.KernelReplay", MADE_ON),
            Map.entry("org.allocman.conformance.kernel.TableWatch", MADE_ON),
            Map.entry("org.allocman.lab.measure.BootstrapWork", MADE_ON),
            Map.entry("org.allocman.lab.measure.FrameCosts", MADE_ON),
            Map.entry("org.allocman.lab.measure.MeasuredMachine", MADE_ON),
            Map.entry("org.allocman.lab.measure.SlotCosts", MADE_ON),
            Map.entry("org.allocman.lab.measure.ThrashCosts", MADE_ON),
            Map.entry("org.allocman.check.museum.MuseumMachines", HAPPENED_ON),
            Map.entry("org.allocman.check.museum.OtherExhibits", HAPPENED_ON),
            Map.entry("org.allocman.conformance.FreeList", MADE_ON),
            Map.entry("org.allocman.conformance.RecordedStart", MADE_ON));

    private static final Set<String> CONSTANTS =
            Stream.of(Architecture.values()).map(Architecture::toString).collect(Collectors.toUnmodifiableSet());

    private static Set<String> naming(JavaClasses classes) {
        return classes.stream()
                .flatMap(owner -> owner.getFieldAccessesFromSelf().stream())
                .filter(access -> access.getTargetOwner().isEquivalentTo(Architecture.class))
                .filter(access -> CONSTANTS.contains(access.getTarget().getName()))
                .map(access -> access.getOriginOwner().getName().replaceAll("\\$.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void onlyAFewClassesNameOne() {
        assertEquals(new TreeSet<>(MAY.keySet()), naming(Code.MAIN));
    }

    @Test
    void theRuleNoticesWhoNamesOne() {
        assertTrue(naming(Code.BROKEN_ONES).contains(Code.BROKEN + ".sim.kernel.NamesAnArchitecture"));
    }
}
