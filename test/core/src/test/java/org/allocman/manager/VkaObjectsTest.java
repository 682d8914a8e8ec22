package org.allocman.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.untyped.MemoryKind;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaError.Reason;
import org.allocman.vka.VkaObject;
import org.allocman.vka.VkaObjects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The method for each type and size, on every architecture: the object that is named, or that there is no such. */
class VkaObjectsTest {
    private static final long BASE = 0x8000_0000L;
    private static final long DEVICE = 0x1000_0000L;
    private static final int DEVICE_BITS = 20;

    private static PlainMachine machine(Architecture architecture) {
        int bits = architecture.wordBits() == 64 ? 31 : 28;
        return PlainMachine.of(architecture, 13, 1 << 18)
                .untyped(BASE, bits, false)
                .untyped(DEVICE, DEVICE_BITS, true)
                .build();
    }

    private static Allocman manager(PlainMachine machine) {
        BootstrapOptions options = BootstrapOptions.fixed(machine.pool(), machine.poolBytes());
        BootstrapOptions.RamRange ram = new BootstrapOptions.RamRange(DEVICE, DEVICE + (1 << DEVICE_BITS));
        return Bootstrap.inCurrentCSpace(
                        machine.kernel(), machine.rootMemory(), machine.bootInfo(), options.withDeviceRam(List.of(ram)))
                .get();
    }

    private static <T> Map<ObjectType, Either<VkaError, T>> oneOfEach(VkaObjects<T> vka) {
        Map<ObjectType, Either<VkaError, T>> made = new TreeMap<>();
        // the largest first, while there is a block for it
        made.put(ObjectType.HUGE_PAGE, vka.hugePage());
        made.put(ObjectType.SUPER_SECTION, vka.superSection());
        made.put(ObjectType.UNTYPED, vka.untyped(16));
        made.put(ObjectType.TCB, vka.tcb());
        made.put(ObjectType.ENDPOINT, vka.endpoint());
        made.put(ObjectType.NOTIFICATION, vka.notification());
        made.put(ObjectType.CNODE, vka.cnode(4));
        made.put(ObjectType.SMALL_PAGE, vka.smallPage());
        made.put(ObjectType.LARGE_PAGE, vka.largePage());
        made.put(ObjectType.SECTION, vka.section());
        made.put(ObjectType.PAGE_TABLE, vka.pageTable());
        made.put(ObjectType.PAGE_DIRECTORY, vka.pageDirectory());
        made.put(ObjectType.PDPT, vka.pdpt());
        made.put(ObjectType.VSPACE, vka.vspace());
        made.put(ObjectType.SCHED_CONTEXT, vka.schedContext(8));
        made.put(ObjectType.REPLY, vka.reply());
        made.put(ObjectType.VCPU, vka.vcpu());
        made.put(ObjectType.EPT_PML4, vka.eptPml4());
        made.put(ObjectType.EPT_PDPT, vka.eptPdpt());
        made.put(ObjectType.EPT_PD, vka.eptPd());
        made.put(ObjectType.EPT_PT, vka.eptPt());
        return made;
    }

    @ParameterizedTest
    @MethodSource({"org.allocman.vka.Architecture#values", "org.allocman.vka.Architecture#configured"})
    void thereIsAMethodForEveryTypeAndFrame(Architecture architecture) {
        Allocman allocman = manager(machine(architecture));
        Vka vka = new AllocmanVka(allocman);
        Map<ObjectType, Either<VkaError, VkaObject>> made = oneOfEach(vka);
        assertEquals(ObjectType.values().length, made.size(), "a type without a method");
        made.forEach((type, answer) -> {
            ObjectType meant = type == ObjectType.VSPACE ? architecture.vspaceType() : type;
            if (architecture.has(meant)) {
                VkaObject object = answer.getOrElseThrow(error -> new AssertionError(type + ": " + error));
                int size = meant == ObjectType.UNTYPED ? 16 : meant == ObjectType.SCHED_CONTEXT ? 8 : 4;
                assertEquals(meant, object.type());
                assertEquals(architecture.sizeBits(meant, size), object.sizeBits());
                assertEquals(Option.none(), vka.free(object));
            } else {
                assertEquals(Reason.UNKNOWN_TYPE, answer.getLeft().reason());
            }
        });
        allocman.trim();
        for (ObjectType frame : architecture.frames()) {
            int bits = architecture.sizeBits(frame, 0);
            VkaObject there = vka.frameAt(bits, BASE).get();
            assertEquals(frame, there.type());
            assertEquals(BASE, vka.physicalAddress(there).get());
            assertEquals(Option.none(), vka.free(there));
            allocman.trim();
            VkaObject anywhere = vka.frame(bits).get();
            assertEquals(frame, anywhere.type());
            assertEquals(Option.none(), vka.free(anywhere));
            allocman.trim();
        }
    }

    @Test
    void leakyOnesTellTheirPlaceOnly() {
        PlainMachine machine = machine(Architecture.AARCH64);
        Allocman allocman = manager(machine);
        Vka vka = new AllocmanVka(allocman);
        CapPath slot = vka.allocateSlot().get();
        Kernel caps = machine.kernel();
        oneOfEach(vka.leaky()).values().stream().filter(Either::isRight).forEach(answer -> {
            CapPath place = answer.get();
            // a capability is where the path says: it can be moved away and back
            assertEquals(KernelError.NO_ERROR, caps.move(slot, place));
            assertEquals(KernelError.NO_ERROR, caps.move(place, slot));
        });
        assertTrue(vka.leaky().frameAt(12, BASE + (1L << 31) - 4096).isRight());
        assertTrue(vka.leaky().untypedMaybeDevice(12).isRight());
        assertTrue(allocman.statistics().liveObjects() > 10);
    }

    @Test
    void deviceRamComesFirstAndThenMemory() {
        Allocman allocman = manager(machine(Architecture.AARCH64));
        Vka vka = new AllocmanVka(allocman);
        for (int i = 0; i < 1 << DEVICE_BITS - 12; i++) {
            VkaObject frame = vka.frameMaybeDevice(12).get();
            assertEquals(
                    MemoryKind.DEVICE_RAM,
                    allocman.untypeds()
                            .roots()
                            .kindAt(vka.physicalAddress(frame).get()));
        }
        VkaObject memory = vka.untypedMaybeDevice(12).get();
        assertEquals(
                MemoryKind.KERNEL,
                allocman.untypeds().roots().kindAt(vka.physicalAddress(memory).get()));
    }

    @Test
    void anObjectGoesIntoASlotOfTheCallers() {
        PlainMachine machine = machine(Architecture.AARCH64);
        Allocman allocman = manager(machine);
        Vka vka = new AllocmanVka(allocman);
        CapPath slot = vka.allocateSlot().get();
        VkaObject tcb = vka.allocateInto(slot, ObjectType.TCB, 0).get();
        assertEquals(slot.index(), tcb.cptr());
        assertTrue(vka.physicalAddress(tcb).isRight());
        Fingerprint before = machine.memory().fingerprint();
        assertEquals(
                Reason.ILLEGAL_SIZE,
                vka.allocateInto(slot, ObjectType.UNTYPED, 3).getLeft().reason());
        assertEquals(
                Reason.STALE_HANDLE,
                vka.allocateInto(vka.path(slot.index() + 1), ObjectType.TCB, 0)
                        .getLeft()
                        .reason());
        assertEquals(
                Reason.FOREIGN_HANDLE,
                vka.allocateInto(new CapPath(99, slot.index(), slot.depth()), ObjectType.TCB, 0)
                        .getLeft()
                        .reason());
        assertEquals(before, machine.memory().fingerprint());
        assertEquals(
                Reason.KERNEL_REFUSED,
                vka.allocateInto(slot, ObjectType.TCB, 0).getLeft().reason(),
                "the slot is not empty");
        assertEquals(Option.none(), vka.free(tcb));
        VkaObject again = vka.allocateInto(slot, ObjectType.ENDPOINT, 0).get();
        Kernel caps = machine.kernel();
        CapPath other = vka.allocateSlot().get();
        assertEquals(KernelError.NO_ERROR, caps.copy(other, slot, CapRights.ALL));
        assertEquals(Option.none(), vka.free(again));
        assertTrue(caps.copy(slot, other, CapRights.ALL).failed(), "freeing takes copies along");
        assertEquals(Option.none(), vka.freeSlot(slot));
    }

    /** Who gives back a slot with an object in it loses the capability; the memory can still be given back. */
    @Test
    void theMemoryOfAnObjectWhoseSlotIsGoneIsNotLost() {
        Vka vka = new AllocmanVka(manager(machine(Architecture.AARCH64)));
        CapPath slot = vka.allocateSlot().get();
        VkaObject tcb = vka.allocateInto(slot, ObjectType.TCB, 0).get();
        assertEquals(Option.none(), vka.freeSlot(slot));
        assertEquals(Option.none(), vka.free(tcb));
        CapPath again = vka.allocateSlot().get();
        VkaObject other = vka.allocateInto(again, ObjectType.TCB, 0).get();
        assertEquals(Option.none(), vka.freeSlot(again));
        assertEquals(again, vka.allocateSlot().get(), "somebody else has the slot now");
        assertEquals(Option.none(), vka.free(other));
        assertEquals(Option.none(), vka.freeSlot(again));
    }
}
