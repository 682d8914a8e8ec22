package org.allocman.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.List;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.check.manager.ManagerInvariants;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedDesigns;
import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaError.Reason;
import org.allocman.vka.VkaObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What users see is the same whichever untyped manager is at work, but that twinkle gives nothing back. */
class ManagerKindsTest {
    private static final long DEVICE_RAM = 0x300_0000;

    private record System(PlainMachine machine, Allocman allocman, AllocmanVka vka, ManagerInvariants invariants) {}

    private static System start(UntypedDesign kind, Architecture architecture) {
        PlainMachine machine = PlainMachine.of(architecture, 12, 1 << 18)
                .untyped(0x100_0000, 24, false)
                .untyped(0x200_0000, 16, true)
                .untyped(DEVICE_RAM, 14, true)
                .build();
        BootstrapOptions options = BootstrapOptions.fixed(machine.pool(), machine.poolBytes())
                .withManager(kind)
                .withDeviceRam(List.of(new BootstrapOptions.RamRange(DEVICE_RAM, DEVICE_RAM + (1 << 14))));
        Allocman allocman = Bootstrap.inCurrentCSpace(
                        machine.kernel(), machine.rootMemory(), machine.bootInfo(), options)
                .getOrElseThrow(failure -> new AssertionError(failure.toString()));
        Slots slots = new Slots(machine.memory().words(), architecture);
        return new System(
                machine, allocman, new AllocmanVka(allocman), new ManagerInvariants(allocman, slots, machine.cnode()));
    }

    @ParameterizedTest
    @MethodSource(Designs.ALL)
    void everyTypeOfEveryArchitecture(UntypedDesign kind) {
        for (Architecture architecture : Architecture.values()) {
            System system = start(kind, architecture);
            List<VkaObject> made = new ArrayList<>();
            for (ObjectType type : ObjectType.values()) {
                if (architecture.has(type) && architecture.sizeBits(type, 6) <= 22) {
                    VkaObject object = system.vka.allocate(type, 6).get();
                    assertEquals(architecture.sizeBits(type, 6), object.sizeBits());
                    long paddr = system.vka.physicalAddress(object).get();
                    assertEquals(0, paddr & (1L << object.sizeBits()) - 1);
                    made.add(object);
                }
            }
            assertEquals(List.of(), system.invariants.check());
            for (VkaObject object : made) {
                Option<VkaError> answer = system.vka.free(object);
                assertEquals(
                        kind.canFree() ? Option.none() : Option.some(Reason.ALLOCATE_ONLY),
                        answer.map(VkaError::reason));
            }
        }
    }

    @ParameterizedTest
    @MethodSource(Designs.ALL)
    void maybeDeviceTakesDeviceRamAndThenMemory(UntypedDesign kind) {
        System system = start(kind, Architecture.X86_64);
        for (int i = 0; i < 4; i++) {
            VkaObject frame =
                    system.vka.allocateMaybeDevice(ObjectType.SMALL_PAGE, 0).get();
            assertEquals(MemoryKind.DEVICE_RAM, kindOf(system, frame));
        }
        VkaObject fifth =
                system.vka.allocateMaybeDevice(ObjectType.SMALL_PAGE, 0).get();
        assertEquals(MemoryKind.KERNEL, kindOf(system, fifth));
        VkaObject tcb = system.vka.allocateMaybeDevice(ObjectType.TCB, 0).get();
        assertEquals(MemoryKind.KERNEL, kindOf(system, tcb));
    }

    private static MemoryKind kindOf(System system, VkaObject object) {
        MemoryKind kind = system.allocman
                .untypeds()
                .roots()
                .kindAt(system.vka.physicalAddress(object).get());
        assertTrue(kind != null);
        return kind;
    }

    @ParameterizedTest
    @MethodSource(Designs.ALL)
    void atAnAddress(UntypedDesign kind) {
        System system = start(kind, Architecture.X86_64);
        VkaObject first = system.vka.frameAt(12, 0x200_0000).get();
        assertEquals(0x200_0000, system.vka.physicalAddress(first).get());
        Fingerprint before = system.machine.memory().fingerprint();
        assertEquals(Reason.IN_USE, system.vka.frameAt(12, 0x200_0000).getLeft().reason());
        assertEquals(
                Reason.UNALIGNED, system.vka.frameAt(12, 0x200_0800).getLeft().reason());
        assertEquals(
                Reason.WRONG_KIND,
                system.vka.allocateAt(ObjectType.TCB, 0, 0x200_1000).getLeft().reason());
        assertEquals(
                Reason.NOT_MANAGED, system.vka.frameAt(12, 0x900_0000).getLeft().reason());
        assertEquals(before, system.machine.memory().fingerprint());
        assertTrue(system.vka.frameAt(12, 0x200_1000).isRight(), "the one behind it");
    }

    @Test
    void twinkleSaysWhatItCannotDo() {
        System system = start(UntypedDesigns.TWINKLE, Architecture.X86_64);
        VkaObject frame = system.vka.frame(12).get();
        VkaError error = system.vka.free(frame).get();
        assertEquals(Reason.ALLOCATE_ONLY, error.reason());
        assertTrue(error.message().contains("allocates only"), error.message());
        Either<VkaError, VkaObject> notNext = system.vka.frameAt(12, 0x200_4000);
        assertEquals(Reason.NOT_NEXT, notNext.getLeft().reason());
        assertTrue(
                notNext.getLeft().message().contains("0x2004000"),
                notNext.getLeft().message());
        assertEquals(0, system.allocman.layout().windowPages());
    }

    @Test
    void kindsHaveNames() {
        for (UntypedDesign kind : UntypedDesigns.ALL) {
            assertEquals(kind, UntypedDesigns.named(kind.name()));
        }
        assertEquals(null, UntypedDesigns.named("buddy"));
    }
}
