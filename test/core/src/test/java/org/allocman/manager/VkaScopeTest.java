package org.allocman.manager;

import static org.allocman.vka.VkaException.orThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.UnaryOperator;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapException;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.lab.kernel.FaultyKernel;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.testkit.contract.VkaContract;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapPath;
import org.allocman.vka.Kernel;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError.Reason;
import org.allocman.vka.VkaException;
import org.allocman.vka.VkaLease;
import org.allocman.vka.VkaObject;
import org.allocman.vka.wrap.DebugVka;
import org.allocman.vka.wrap.VkaScope;
import org.junit.jupiter.api.Test;

/** A group of allocations is given back or kept as a whole; and a scope is an allocator like any other. */
class VkaScopeTest extends VkaContract {
    private static final int MOST_FAULTS = 100;

    /** A manager, and somebody beside it who knows what is allocated. */
    private static final class Rig {
        final PlainMachine machine = PlainMachine.of(Architecture.RISCV64, 12, 1 << 17)
                .untyped(0x100_0000, 17, false)
                .untyped(0x200_0000, 14, true)
                .build();
        final FaultyKernel kernel;
        final Allocman allocman;
        final DebugVka vka;

        Rig(UnaryOperator<Kernel> wrapper) {
            kernel = new FaultyKernel(wrapper.apply(machine.kernel()));
            allocman = Bootstrap.inCurrentCSpace(
                            kernel,
                            machine.rootMemory(),
                            machine.bootInfo(),
                            BootstrapOptions.fixed(machine.pool(), machine.poolBytes()))
                    .getOrElseThrow(BootstrapException::new);
            vka = new DebugVka(new AllocmanVka(allocman));
        }

        List<VkaObject> live() {
            return vka.live().stream().map(DebugVka.Allocation::object).toList();
        }
    }

    private final Rig rig = new Rig(UnaryOperator.identity());

    @Override
    protected Subject subject(UnaryOperator<Kernel> wrapper) {
        Rig fresh = new Rig(wrapper);
        return Subject.of(new VkaScope(fresh.vka), fresh.machine.bootInfo().untypeds());
    }

    /** A TCB, a frame at an address, and an endpoint in a slot. */
    private static List<VkaObject> task(VkaScope scope) {
        VkaObject tcb = orThrow(scope.tcb());
        VkaObject frame = orThrow(scope.frameAt(12, 0x200_0000));
        CapPath slot = orThrow(scope.allocateSlot());
        VkaObject endpoint = orThrow(scope.allocateInto(slot, ObjectType.ENDPOINT, 0));
        return List.of(tcb, frame, endpoint);
    }

    @Test
    void aGroupIsGivenBackAtTheEnd() {
        try (VkaScope scope = new VkaScope(rig.vka)) {
            task(scope);
            assertEquals(4, rig.vka.live().size());
        }
        assertEquals("", rig.vka.leakReport());
    }

    @Test
    void whatIsKeptStays() {
        List<VkaObject> kept;
        try (VkaScope scope = new VkaScope(rig.vka)) {
            kept = task(scope);
            scope.keep();
            orThrow(scope.notification());
        }
        assertEquals(4, rig.vka.live().size(), "three objects and a slot, no notification");
        try (VkaScope scope = new VkaScope(rig.vka)) {
            VkaObject one = orThrow(scope.endpoint());
            CapPath slot = orThrow(scope.allocateSlot());
            orThrow(scope.endpoint());
            orThrow(scope.allocateSlot());
            scope.keep(one);
            scope.keep(slot);
            assertThrows(IllegalArgumentException.class, () -> scope.keep(one));
            assertThrows(IllegalArgumentException.class, () -> scope.keep(kept.get(0)));
            assertThrows(IllegalArgumentException.class, () -> scope.keep(slot));
        }
        assertEquals(6, rig.vka.live().size());
    }

    /** A slot of the group goes with the object in it, whatever the kernel refuses of the rest. */
    @Test
    void whatIsKeptKeepsItsSlot() {
        for (boolean forEver : new boolean[] {false, true}) {
            boolean failed = true;
            for (int n = 1; failed; n++) {
                assertTrue(n < MOST_FAULTS);
                Rig fresh = new Rig(UnaryOperator.identity());
                VkaScope scope = new VkaScope(fresh.vka);
                VkaObject endpoint = task(scope).get(2);
                scope.keep(endpoint);
                fresh.kernel.failAt(n, forEver);
                try {
                    scope.close();
                } catch (VkaException e) {
                    assertEquals(Reason.KERNEL_REFUSED, e.error().reason());
                }
                failed = fresh.kernel.hasFailed();
                fresh.kernel.heal();
                scope.close();
                CapPath slot = fresh.vka.path(endpoint.cptr());
                assertEquals(
                        List.of(endpoint.toString(), "slot " + slot),
                        fresh.vka.live().stream().map(DebugVka.Allocation::what).toList());
                scope.keep(slot);
                assertThrows(IllegalArgumentException.class, () -> scope.keep(slot));
                fresh.vka.freeOrThrow(endpoint);
                fresh.vka.freeSlotOrThrow(slot);
                assertEquals(0, fresh.allocman.statistics().liveObjects());
            }
        }
    }

    @Test
    void anExceptionLeavesNothing() {
        IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> {
            try (VkaScope scope = new VkaScope(rig.vka)) {
                task(scope);
                throw new IllegalStateException("half-way");
            }
        });
        assertEquals("half-way", thrown.getMessage());
        assertEquals(0, thrown.getSuppressed().length);
        assertEquals("", rig.vka.leakReport());
    }

    @Test
    void whatIsGivenBackBeforeIsNotGivenBackAgain() {
        VkaScope scope = new VkaScope(rig.vka);
        scope.freeOrThrow(orThrow(scope.tcb()));
        scope.freeSlotOrThrow(orThrow(scope.allocateSlot()));
        try (VkaLease lease = scope.leaseAt(ObjectType.SMALL_PAGE, 0, 0x200_0000)) {
            assertEquals(0x200_0000, orThrow(scope.physicalAddress(lease.object())));
        }
        orThrow(scope.leaky().endpoint());
        scope.close();
        assertEquals(1, rig.vka.live().size(), "what is leaky stays");
        scope.close();
        assertThrows(IllegalStateException.class, scope::tcb);
        assertThrows(IllegalStateException.class, scope::allocateSlot);
        assertThrows(IllegalStateException.class, () -> scope.lease(ObjectType.TCB, 0));
        assertEquals(1, rig.vka.live().size());
    }

    /** Somebody freed an object of the group behind its back: that is told once, and the others go. */
    @Test
    void whatIsGoneAlreadyIsTold() {
        VkaScope scope = new VkaScope(rig.vka);
        List<VkaObject> task = task(scope);
        rig.vka.freeOrThrow(task.get(1));
        VkaException told = assertThrows(VkaException.class, scope::close);
        assertEquals(Reason.STALE_HANDLE, told.error().reason());
        assertEquals("", rig.vka.leakReport());
        scope.close();
    }

    @Test
    void aScopeOfAScopeKeepsForTheOuter() {
        try (VkaScope outer = new VkaScope(rig.vka)) {
            VkaObject first = orThrow(outer.endpoint());
            VkaObject second;
            try (VkaScope inner = new VkaScope(outer)) {
                second = orThrow(inner.endpoint());
                orThrow(inner.tcb());
                inner.keep(second);
            }
            assertEquals(List.of(first, second), rig.live());
        }
        assertEquals("", rig.vka.leakReport());
    }

    /** Every invocation is refused, once and for ever: nothing stays but what the kernel refuses, and that can be had again. */
    @Test
    void whateverIsRefusedNothingIsLost() {
        int refusedAtTheEnd = 0;
        for (boolean forEver : new boolean[] {false, true}) {
            boolean failed = true;
            for (int n = 1; failed; n++) {
                assertTrue(n < MOST_FAULTS);
                Rig fresh = new Rig(UnaryOperator.identity());
                fresh.kernel.failAt(n, forEver);
                VkaScope scope = new VkaScope(fresh.vka);
                try (scope) {
                    task(scope);
                } catch (VkaException e) {
                    assertEquals(Reason.KERNEL_REFUSED, e.error().reason());
                }
                failed = fresh.kernel.hasFailed();
                refusedAtTheEnd += fresh.vka.live().isEmpty() ? 0 : 1;
                fresh.kernel.heal();
                scope.close();
                assertEquals("", fresh.vka.leakReport(), "a refusal at " + n);
                assertEquals(0, fresh.allocman.statistics().liveObjects());
                scope.close();
            }
        }
        assertTrue(refusedAtTheEnd > 3, refusedAtTheEnd + " times something was left for a second close");
    }

    @Test
    void leasesAtAnAddressAreRefusedWhereSomebodyIs() {
        VkaLease lease = rig.vka.leaseAt(ObjectType.SMALL_PAGE, 0, 0x200_0000);
        VkaException refused = assertThrows(
                VkaException.class,
                () -> rig.vka.leaseAt(ObjectType.SMALL_PAGE, 0, 0x200_0000).close());
        assertEquals(Reason.IN_USE, refused.error().reason());
        lease.close();
        assertEquals("", rig.vka.leakReport());
    }

    @Test
    void anObjectAtAnAddressInASlot() {
        Vka vka = rig.vka;
        CapPath slot = orThrow(vka.allocateSlot());
        VkaObject frame = orThrow(vka.allocateIntoAt(slot, ObjectType.SMALL_PAGE, 0, 0x200_1000));
        assertEquals(slot.index(), frame.cptr());
        assertEquals(0x200_1000, orThrow(vka.physicalAddress(frame)));
        CapPath other = orThrow(vka.allocateSlot());
        assertEquals(
                Reason.IN_USE,
                vka.allocateIntoAt(other, ObjectType.SMALL_PAGE, 0, 0x200_1000)
                        .getLeft()
                        .reason());
        assertEquals(
                Reason.UNALIGNED,
                vka.allocateIntoAt(other, ObjectType.SMALL_PAGE, 0, 0x200_1010)
                        .getLeft()
                        .reason());
        assertEquals(
                Reason.STALE_HANDLE,
                vka.allocateIntoAt(vka.path(other.index() + 1), ObjectType.SMALL_PAGE, 0, 0x200_2000)
                        .getLeft()
                        .reason());
        vka.freeOrThrow(frame);
        vka.freeSlotOrThrow(slot);
        vka.freeSlotOrThrow(other);
        assertEquals("", rig.vka.leakReport());
    }
}
