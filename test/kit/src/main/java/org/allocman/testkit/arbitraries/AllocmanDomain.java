package org.allocman.testkit.arbitraries;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;
import net.jqwik.api.providers.TypeUsage;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.lab.machine.XousMachine;
import org.allocman.sim.board.Board;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.SimKernel;
import org.allocman.vka.Architecture;

/**
 * The types that properties may ask for: {@link Board}, {@link MemoryMap}, {@link Machine}, {@link PlainMachine}, {@link
 * SimKernel}, {@link CSpaceGeometry}, {@link Requests}, {@link Invocation}, {@link BoxLayout}, {@link XousMachine}, {@link
 * UvisorSystem}, {@link HostileFile}. {@link Only} narrows the architectures of the first five, and those of Xous.
 */
public final class AllocmanDomain extends DomainContextBase {
    /** For jqwik, which makes it. */
    public AllocmanDomain() {}

    private static List<Architecture> architectures(TypeUsage usage) {
        return usage.findAnnotation(Only.class)
                .map(only -> Stream.of(only.value())
                        .map(AllocmanDomain::architecture)
                        .toList())
                .orElseGet(() -> Arrays.asList(Architecture.values()));
    }

    private static Architecture architecture(String name) {
        Architecture found = Architecture.named(name);
        if (found == null) {
            throw new IllegalArgumentException("@Only names '" + name + "', and there is no such architecture");
        }
        return found;
    }

    @Provide
    Arbitrary<Board> boards(TypeUsage usage) {
        return Machines.boards(architectures(usage));
    }

    @Provide
    Arbitrary<MemoryMap> memoryMaps(TypeUsage usage) {
        return MemoryMap.arbitrary(architectures(usage));
    }

    @Provide
    Arbitrary<Machine> machines(TypeUsage usage) {
        return Machines.booted(architectures(usage));
    }

    @Provide
    Arbitrary<PlainMachine> plainMachines(TypeUsage usage) {
        return MemoryMap.arbitrary(architectures(usage)).map(MemoryMap::machine);
    }

    @Provide
    Arbitrary<SimKernel> kernels(TypeUsage usage) {
        return MemoryMap.arbitrary(architectures(usage))
                .map(map -> map.machine().kernel());
    }

    @Provide
    Arbitrary<CSpaceGeometry> geometries() {
        return Machines.geometries();
    }

    @Provide
    Arbitrary<Requests> workloads() {
        return Requests.arbitrary();
    }

    @Provide
    Arbitrary<Invocation> invocations() {
        return Invocation.arbitrary();
    }

    @Provide
    Arbitrary<BoxLayout> boxLayouts() {
        return BoxLayout.arbitrary();
    }

    @Provide
    Arbitrary<XousMachine> xousMachines(TypeUsage usage) {
        return XousSystems.arbitrary(architectures(usage));
    }

    @Provide
    Arbitrary<UvisorSystem> uvisorSystems() {
        return UvisorSystem.arbitrary();
    }

    @Provide
    Arbitrary<HostileFile> hostileFiles() {
        return HostileFile.arbitrary();
    }
}
