package org.allocman.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NoStateTest {
    // what stands before an allocator (org.allocman.vka.wrap) is no allocator; a debugging book must not change what it
    // debugs
    private static final String[] WITHOUT_STATE = {
        "org.allocman.vka",
        "org.allocman.vka.layout..",
        "org.allocman.sim.kernel",
        "org.allocman.sim.kernel.paging..",
        "org.allocman.sim.mpu..",
        "org.allocman.untyped..",
        "org.allocman.manager..",
        "org.allocman.cspace..",
        "org.allocman.mspace..",
        "org.allocman.uvisor..",
        "org.allocman.bootstrap..",
        "org.allocman.resource..",
        "org.allocman.xous.."
    };

    private static final String BROKEN_STATES = Code.BROKEN + ".state";

    /** Geometry: arrays that a constructor fills from the architecture, and that only their own class can reach. */
    private static final Set<String> GEOMETRY = Set.of(
            "org.allocman.sim.kernel.ObjectRegions.fixedBits",
            "org.allocman.sim.kernel.ObjectRegions.frameBits",
            "org.allocman.sim.kernel.ObjectTypes.capabilities",
            "org.allocman.sim.kernel.ObjectTypes.tableBits",
            "org.allocman.sim.kernel.ObjectTypes.tableKinds",
            "org.allocman.sim.kernel.ObjectTypes.tables",
            "org.allocman.sim.kernel.Slots.addressMasks",
            "org.allocman.sim.kernel.Slots.types",
            "org.allocman.sim.kernel.paging.PageTables.indexMasks",
            "org.allocman.sim.kernel.paging.PageTables.levels",
            "org.allocman.uvisor.block.BlockOwners.octetsOf",
            "org.allocman.vka.ObjectTable.byIndex",
            "org.allocman.vka.ObjectTable.byNumber",
            "org.allocman.vka.layout.HierarchicalBitmap.levels",
            "org.allocman.xous.Whitelist.byAddress",
            "org.allocman.xous.Whitelist.firstPages");

    /** Values: what a call takes or answers, copied when it is made. */
    private static final Set<String> VALUES = Set.of(
            "org.allocman.bootstrap.BootstrapOptions.deviceRam",
            "org.allocman.bootstrap.CSpacePlan.roots",
            "org.allocman.bootstrap.CSpacePlan.steps",
            "org.allocman.bootstrap.UntypedCarving.pieces",
            "org.allocman.bootstrap.UntypedCarving.roots",
            "org.allocman.bootstrap.InitialState.occupied",
            "org.allocman.bootstrap.InitialState.untypeds",
            "org.allocman.bootstrap.BootstrapPlan.roots",
            "org.allocman.bootstrap.BootstrapPlan.steps",
            "org.allocman.manager.Health.levels",
            "org.allocman.sim.kernel.InterruptLines.reserved",
            "org.allocman.sim.kernel.KernelMessage.capabilities",
            "org.allocman.sim.kernel.KernelMessage.words",
            "org.allocman.sim.kernel.KernelReply.words",
            "org.allocman.untyped.Need.records",
            "org.allocman.untyped.Request.sizeBits",
            "org.allocman.untyped.UntypedStatistics.kinds",
            "org.allocman.untyped.UntypedStatistics$OfKind.free",
            "org.allocman.uvisor.AclRules.boxes",
            "org.allocman.uvisor.AddressMap.aliases",
            "org.allocman.uvisor.AddressMap.devices",
            "org.allocman.uvisor.AddressMap.kept",
            "org.allocman.uvisor.BoxSetup.acls",
            "org.allocman.uvisor.UvisorPlan.boxes",
            "org.allocman.uvisor.box.BoxPlacement.order",
            "org.allocman.uvisor.box.BoxPlacement.regions",
            "org.allocman.vka.ObjectTable.frames",
            "org.allocman.vka.ObjectTable.types",
            "org.allocman.vka.ArchitectureBuilder.entries",
            "org.allocman.vka.ArchitectureBuilder.levels",
            "org.allocman.vka.ArchitectureFacts.entries",
            "org.allocman.vka.ArchitectureFacts.levels",
            "org.allocman.vka.ArchitectureFacts.options",
            "org.allocman.vka.BootInfo.untypeds",
            "org.allocman.vka.KernelError.details",
            "org.allocman.xous.process.XousConfig.untypeds");

    /** Transactions: made by a call, and gone when it returns. */
    private static final Set<String> TRANSACTIONS = Set.of("org.allocman.xous.process.Undo.steps");

    private static final Set<String> LISTED =
            Stream.of(GEOMETRY, VALUES, TRANSACTIONS).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());

    @Test
    void kernelAndAllocatorKeepNoState() {
        rule(LISTED).check(Code.MAIN);
    }

    @Test
    void geometryIsPrivate() {
        Set<String> open = Code.MAIN.stream()
                .flatMap(owner -> owner.getFields().stream())
                .filter(field -> GEOMETRY.contains(field.getFullName()))
                .filter(field -> !field.getModifiers().contains(JavaModifier.PRIVATE))
                .map(JavaField::getFullName)
                .collect(Collectors.toSet());
        assertEquals(Set.of(), open);
    }

    @Test
    void everyListedFieldIsThere() {
        Set<String> fields = Code.MAIN.stream()
                .flatMap(owner -> owner.getFields().stream())
                .map(JavaField::getFullName)
                .collect(Collectors.toSet());
        Set<String> gone = new TreeSet<>(LISTED);
        gone.removeAll(fields);
        assertEquals(Set.of(), gone);
    }

    @Test
    void theRuleNoticesEveryKindOfState() {
        Set<String> noticed = noticed(Set.of());
        for (String field : Set.of("total", "counter", "table", "list", "atomic", "text", "anything")) {
            assertTrue(noticed.contains("HasState." + field), () -> field + " is not among " + noticed);
        }
        assertTrue(noticed.contains("HasState$1.runs"), noticed::toString);
        assertEquals(
                8,
                noticed.stream().filter(field -> field.startsWith("HasState")).count(),
                noticed::toString);
    }

    @Test
    void aListMustBeListed() {
        String field = BROKEN_STATES + ".ForgetsAnException.names";
        assertTrue(noticed(Set.of()).contains("ForgetsAnException.names"));
        assertTrue(noticed(Set.of(field)).stream().noneMatch(name -> name.startsWith("ForgetsAnException")));
        assertTrue(noticed(Set.of()).stream().noneMatch(name -> name.startsWith("HasNone")));
    }

    private static ArchRule rule(Set<String> listed) {
        return classes().that().resideInAnyPackage(WITHOUT_STATE).should(new NoStateRule(listed));
    }

    private static Set<String> noticed(Set<String> listed) {
        return classes()
                .should(new NoStateRule(listed))
                .evaluate(new ClassFileImporter().importPackages(BROKEN_STATES))
                .getFailureReport()
                .getDetails()
                .stream()
                .map(detail -> detail.substring(BROKEN_STATES.length() + 1, detail.indexOf(' ')))
                .collect(Collectors.toSet());
    }
}
