package org.allocman.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.allocman.bootstrap.BootstrapFailure;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.lab.machine.ManagedMachine.Pools;
import org.allocman.sim.board.Boards;
import org.allocman.sim.boot.Machine;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedDesigns;
import org.allocman.vka.CapPath;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaError.Reason;
import org.allocman.vka.VkaObject;
import org.allocman.vka.wrap.ForwardingKernel;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the kernel said, and to which invocation, reaches whoever asked the manager; every invocation is made to fail. */
class KernelErrorsTest {
    private static final int MOST = 200;

    /** Refuses from the n-th invocation on, each with an error of its own, so that one cannot be told for another. */
    private static final class Numbered extends ForwardingKernel {
        private final List<InvocationKind> refused = new ArrayList<>();
        private int left = Integer.MAX_VALUE;
        private boolean isForEver;

        Numbered(Kernel kernel) {
            super(kernel);
        }

        void failAt(int n, boolean forEver) {
            left = n;
            isForEver = forEver;
            refused.clear();
        }

        static KernelError error(int number) {
            return KernelError.notEnoughMemory(1000 + number);
        }

        @Override
        protected @Nullable KernelError refuse(InvocationKind invocation) {
            left--;
            if (left > 0 || left < 0 && !isForEver) {
                return null;
            }
            refused.add(invocation);
            return error(refused.size() - 1);
        }
    }

    /** The error is that of an invocation which was refused, of the first if no other was refused; its message has both. */
    private static void isTold(Numbered kernel, VkaError error) {
        assertEquals(Reason.KERNEL_REFUSED, error.reason(), error::message);
        isTold(kernel, error.invocation(), error.kernel(), error.message());
    }

    private static void isTold(
            Numbered kernel, @Nullable InvocationKind invocation, @Nullable KernelError error, String message) {
        assertTrue(error != null && invocation != null, message);
        int number = (int) error.detail(0) - 1000;
        assertEquals(Numbered.error(number), error);
        assertEquals(kernel.refused.get(number), invocation, message);
        assertTrue(message.contains(error.toString()), message);
    }

    @ParameterizedTest
    @MethodSource(Designs.FREEING)
    void ofAnAllocationAndAFree(UntypedDesign kind) throws Exception {
        Pools pools = new Pools(-1, 1 << 16, kind);
        Set<InvocationKind> told = EnumSet.noneOf(InvocationKind.class);
        for (boolean forEver : new boolean[] {false, true}) {
            boolean refused = true;
            for (int n = 1; refused; n++) {
                assertTrue(n < MOST);
                Machine machine = ManagedMachine.boot(Boards.byName("tiny"), pools);
                Numbered kernel = new Numbered(machine.kernel());
                Vka vka = new AllocmanVka(ManagedMachine.manage(machine, pools, any -> kernel, GrowthListener.NONE)
                        .get()
                        .allocman());
                CapPath slot = vka.allocateSlot().get();
                kernel.failAt(n, forEver);
                List<VkaError> errors = new ArrayList<>();
                Either<VkaError, VkaObject> tcb = vka.allocate(ObjectType.TCB, 0);
                tcb.peek(object -> vka.free(object).forEach(errors::add));
                tcb.swap().forEach(errors::add);
                vka.freeSlot(slot).forEach(errors::add);
                refused = !kernel.refused.isEmpty();
                for (VkaError error : errors) {
                    isTold(kernel, error);
                    told.add(error.invocation());
                }
                if (!errors.isEmpty()) {
                    assertEquals(
                            Numbered.error(0),
                            errors.get(0).kernel(),
                            "what was refused first, not what was refused on the way back");
                }
            }
        }
        assertEquals(EnumSet.of(InvocationKind.RETYPE, InvocationKind.REVOKE, InvocationKind.DELETE), told);
    }

    @Test
    void ofABootstrap() throws Exception {
        Set<InvocationKind> told = EnumSet.noneOf(InvocationKind.class);
        for (boolean forEver : new boolean[] {false, true}) {
            for (CSpaceGeometry geometry : new CSpaceGeometry[] {
                CSpaceGeometry.CURRENT, CSpaceGeometry.oneLevel(14), CSpaceGeometry.twoLevel(8, 6)
            }) {
                Pools pools = new Pools(-1, 1 << 16, UntypedDesigns.ARENA).withCSpace(geometry);
                boolean refused = true;
                for (int n = 1; refused; n++) {
                    assertTrue(n < MOST);
                    Machine machine = ManagedMachine.boot(Boards.byName("pc99"), pools);
                    Numbered kernel = new Numbered(machine.kernel());
                    kernel.failAt(n, forEver);
                    Either<BootstrapFailure, ManagedMachine> answer =
                            ManagedMachine.manage(machine, pools, any -> kernel, GrowthListener.NONE);
                    refused = !kernel.refused.isEmpty();
                    if (answer.isLeft()) {
                        BootstrapFailure failure = answer.getLeft();
                        if (failure.reason() == BootstrapFailure.Reason.NO_VIRTUAL_POOL && failure.kernel() == null) {
                            continue;
                        }
                        isTold(kernel, failure.invocation(), failure.kernel(), failure.message());
                        told.add(failure.invocation());
                    }
                }
            }
        }
        assertTrue(
                told.containsAll(EnumSet.of(
                        InvocationKind.RETYPE,
                        InvocationKind.COPY,
                        InvocationKind.MINT,
                        InvocationKind.MOVE,
                        InvocationKind.TCB_SET_SPACE,
                        InvocationKind.PAGE_MAP,
                        InvocationKind.TABLE_MAP)),
                told::toString);
    }

    @Test
    void whatIsNotTheKernelsHasNeither() throws Exception {
        Rig rig = new Rig(Boards.byName("tiny"), Pools.DEFAULT);
        VkaError error = rig.vka.untyped(3).getLeft();
        assertNull(error.kernel());
        assertNull(error.invocation());
    }
}
