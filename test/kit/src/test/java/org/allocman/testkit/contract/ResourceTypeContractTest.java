package org.allocman.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapException;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.lab.machine.CountingMemory;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.manager.Allocman;
import org.allocman.manager.AllocmanVka;
import org.allocman.testkit.contract.Lockers.Flaw;
import org.allocman.vka.Architecture;
import org.allocman.vka.Kernel;
import org.allocman.vka.Vka;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract on lockers without a flaw, and each promise of it broken by lockers with one. */
class ResourceTypeContractTest extends ResourceTypeContract {
    private static final long DEVICE = 0x1000_0000;

    private Flaw flaw = Flaw.NONE;

    @Override
    protected Subject subject(int units, UnaryOperator<Kernel> wrapper) {
        PlainMachine machine = PlainMachine.of(Architecture.RISCV64, 10, 0x8000)
                .untyped(0x100_0000, 16, false)
                .untyped(DEVICE, 18, true)
                .build();
        Allocman allocman = Bootstrap.inCurrentCSpace(
                        wrapper.apply(machine.kernel()),
                        machine.rootMemory(),
                        machine.bootInfo(),
                        BootstrapOptions.fixed(machine.pool(), machine.poolBytes()))
                .getOrElseThrow(BootstrapException::new);
        Vka vka = new AllocmanVka(allocman);
        CountingMemory memory = new CountingMemory(machine.rootMemory());
        long table = allocman.memory().allocate(Lockers.bytes());
        Lockers lockers = new Lockers(vka, memory, table, DEVICE, units, flaw);
        lockers.initialise();
        machine.memory().startJournal();
        return new Subject(
                flaw == Flaw.HAS_A_FIELD ? new Lockers.WithField(vka, memory, table, DEVICE, units) : lockers,
                new Lockers(vka, memory, table, DEVICE, units, flaw),
                List.of(1, 2, 3),
                -5,
                memory::accesses,
                () -> List.of(
                        machine.memory().fingerprint().high(),
                        machine.memory().fingerprint().low()),
                flaw != Flaw.MAKES_GARBAGE,
                List::of);
    }

    static Stream<Arguments> flaws() {
        return Arrays.stream(Flaw.values()).filter(flaw -> flaw != Flaw.NONE).map(flaw -> {
            ResourceTypeContractTest test = new ResourceTypeContractTest();
            test.flaw = flaw;
            Executable promise = switch (flaw) {
                case STRETCH_TOO_SHORT -> test::unitsLieApartInStretches;
                case TAKES_OWNED_UNITS, ONE_NAME -> test::aUnitHasOneOwner;
                case REFUSES_WITH_A_TRACE, WRONG_REASON -> test::aRefusalChangesNothing;
                case RUN_IS_ANYWHERE -> test::aRunComesAsAWholeOrNotAtAll;
                case RELEASES_OTHERS, LOSES_A_UNIT, RUN_STAYS_IN_PIECES -> test::whateverIsDoneOwnersAreThoseOfAModel;
                case MAKES_ONE_TO_RELEASE, GROWING_TABLE -> test::aReleaseAllocatesNothing;
                case ENTERS_OWNER_FIRST -> test::aRefusalOfTheKernelLosesNothing;
                case LOOKS_AT_EACH -> test::aFreeUnitCostsTheSameHoweverFewThereAre;
                // they use the friendly face, whose answers are objects
                case MAKES_GARBAGE -> test::noObjectIsMadeOnTheWayToSuccess;
                default -> test::nothingIsKeptInJavaFields;
            };
            return Arguments.of(flaw, promise);
        });
    }

    @ParameterizedTest
    @MethodSource("flaws")
    void eachPromiseCanFail(Flaw planted, Executable promise) {
        assertThrows(AssertionError.class, promise, () -> planted + " is not noticed");
    }
}
