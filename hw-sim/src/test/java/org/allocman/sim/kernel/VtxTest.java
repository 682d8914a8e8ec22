package org.allocman.sim.kernel;

import static org.allocman.sim.kernel.TestKernel.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
import org.allocman.vka.KernelVcpus.VirtualInterrupt;
import org.allocman.vka.KernelVtx;
import org.allocman.vka.KernelVtx.GuestRegisters;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Virtual CPUs of x86: checks, bindings, what comes back when they go. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class VtxTest {
    private static final int FIRST_LABEL = 54;
    private static final int GUEST_RIP = 0x681e;
    private static final int EXIT_LENGTH = 0x440c;
    private static final int ERROR_CODE = 0x4018;

    static Stream<Architecture> withVtx() {
        return Stream.of(Architecture.configured()).filter(architecture -> architecture.has(ObjectType.EPT_PML4));
    }

    static Stream<Architecture> others() {
        return Stream.concat(Stream.of(Architecture.values()), Stream.of(Architecture.configured()))
                .filter(architecture -> !architecture.has(ObjectType.EPT_PML4));
    }

    @ParameterizedTest
    @MethodSource("withVtx")
    void everyTypeComesAndGoes(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        Fingerprint before = on.settled();
        for (ObjectType type : architecture.types()) {
            if (architecture.sizeBits(type, architecture.leastSize(type)) > 21) {
                continue;
            }
            long made = on.make(type, type.isSizedByCaller() ? architecture.leastSize(type) : 0);
            long copy = on.free();
            KernelError copied = on.copy(made, copy);
            assertTrue(
                    !copied.failed() || CapabilityType.of(type).isTable() || type.isGuestTable(), type + ": " + copied);
            ok(on.delete(made));
            ok(on.delete(copy));
        }
        assertEquals(before, on.settled());
    }

    @ParameterizedTest
    @MethodSource("withVtx")
    void bindingsGoWithEitherSide(Architecture architecture) {
        for (boolean isThreadFirst : new boolean[] {false, true}) {
            TestKernel on = new TestKernel(architecture);
            Fingerprint before = on.settled();
            long vcpu = on.make(ObjectType.VCPU, 0);
            long tcb = on.make(ObjectType.TCB, 0);
            assertEquals(KernelError.illegalOperation(), on.kernel.vcpus().setTcb(vcpu, vcpu));
            ok(on.kernel.vcpus().setTcb(vcpu, tcb));
            VcpuBindings bound = new VcpuBindings(on.machine.memory().words(), on.slots);
            long[] at = {on.slots.object(on.slot(vcpu)), on.slots.object(on.slot(tcb))};
            assertEquals(at[0], bound.vcpu(at[1]));
            assertEquals(at[1], bound.thread(at[0]));
            ok(on.delete(isThreadFirst ? tcb : vcpu));
            assertEquals(-1, bound.vcpu(at[1]));
            assertEquals(-1, bound.thread(at[0]));
            assertEquals(before, on.settled());
        }
    }

    @ParameterizedTest
    @MethodSource("withVtx")
    void fieldsKeepWhatIsWritten(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        KernelVtx guests = on.kernel.vtx();
        long vcpu = on.make(ObjectType.VCPU, 0);
        Either<KernelError, Long> illegal = Either.left(KernelError.illegalOperation());
        assertEquals(Either.right(0L), guests.readField(vcpu, GUEST_RIP));
        assertEquals(Either.right(-5L), guests.writeField(vcpu, GUEST_RIP, -5));
        assertEquals(Either.right(-5L), guests.readField(vcpu, GUEST_RIP));
        assertEquals(Either.right(0L), guests.readField(vcpu, GUEST_RIP + 2));
        assertEquals(Either.right(0L), guests.readField(vcpu, EXIT_LENGTH));
        assertEquals(illegal, guests.writeField(vcpu, EXIT_LENGTH, 1));
        assertEquals(Either.right(1L), guests.writeField(vcpu, ERROR_CODE, 1));
        assertEquals(illegal, guests.readField(vcpu, ERROR_CODE));
        assertEquals(illegal, guests.readField(vcpu, GUEST_RIP + 1));
        assertEquals(illegal, guests.readField(vcpu, 0x6c00));
        assertEquals(illegal, guests.readField(BootSlots.TCB, GUEST_RIP));
        ok(guests.writeRegisters(vcpu, new GuestRegisters(1, 2, 3, 4, 5, 6, 7)));
        PagedMemory memory = on.machine.memory().words();
        for (int i = 0; i < 7; i++) {
            assertEquals(i + 1, VtxLayout.register(memory, on.slots.object(on.slot(vcpu)), i));
        }
    }

    @ParameterizedTest
    @MethodSource("withVtx")
    void portsOfARangeAreForTheGuest(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        KernelVtx guests = on.kernel.vtx();
        long vcpu = on.make(ObjectType.VCPU, 0);
        long range = on.free();
        CapPath to = new CapPath(BootSlots.CNODE, range, on.bits);
        ok(on.kernel.ports().issue(BootSlots.IO_PORT_CONTROL, 0x3f8, 0x407, to));
        Fingerprint before = on.machine.memory().fingerprint();
        assertEquals(KernelError.illegalOperation(), guests.enablePorts(vcpu, BootSlots.TCB, 0x3f8, 0x3ff));
        assertEquals(KernelError.invalidArgument(0), guests.enablePorts(vcpu, range, 0x3f7, 0x3ff));
        assertEquals(KernelError.invalidArgument(0), guests.enablePorts(vcpu, range, 0x3f8, 0x408));
        assertEquals(before, on.machine.memory().fingerprint());
        ok(guests.enablePorts(vcpu, range, 0x3fe, 0x401));
        PagedMemory memory = on.machine.memory().words();
        long object = on.slots.object(on.slot(vcpu));
        for (int port = 0x3f0; port < 0x410; port++) {
            assertEquals(port >= 0x3fe && port <= 0x401, VtxLayout.mayUse(memory, object, port), "port " + port);
        }
        ok(guests.disablePorts(vcpu, 0, 0xffff));
        assertEquals(before, on.machine.memory().fingerprint());
    }

    @ParameterizedTest
    @MethodSource("withVtx")
    void messagesAreCheckedInTheKernelsOrder(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        int first = FIRST_LABEL + (architecture.hasMcs() ? 6 : 0);
        long vcpu = on.make(ObjectType.VCPU, 0);
        assertEquals(KernelError.truncatedMessage(), call(on, BootSlots.TCB, first));
        assertEquals(KernelError.truncatedMessage(), call(on, vcpu, first + 1));
        // fields of the control structure say it otherwise
        assertEquals(KernelError.illegalOperation(), call(on, vcpu, first + 2));
        assertEquals(KernelError.illegalOperation(), call(on, vcpu, first + 3));
        for (int label = first + 4; label <= first + 6; label++) {
            assertEquals(KernelError.truncatedMessage(), call(on, vcpu, label));
        }
        assertEquals(KernelError.illegalOperation(), call(on, vcpu, first + 7));
        assertEquals(KernelError.illegalOperation(), call(on, vcpu, first));
        ObjectType[] tables = {ObjectType.EPT_PDPT, ObjectType.EPT_PD, ObjectType.EPT_PT};
        for (int level = 0; level < tables.length; level++) {
            long table = on.make(tables[level], 0);
            for (int label = first + 7; label < first + 13; label += 2) {
                boolean isOwn = label == first + 7 + 2 * level;
                assertEquals(
                        isOwn ? KernelError.truncatedMessage() : KernelError.illegalOperation(),
                        call(on, table, label));
                assertEquals(isOwn ? KernelError.NO_ERROR : KernelError.illegalOperation(), call(on, table, label + 1));
            }
        }
        assertEquals(KernelError.truncatedMessage(), call(on, on.make(ObjectType.SMALL_PAGE, 0), first - 12));
        assertEquals(KernelError.truncatedMessage(), call(on, BootSlots.ASID_POOL, first - 10));
        assertEquals(KernelError.truncatedMessage(), call(on, BootSlots.IO_PORT_CONTROL, first - 9));
        assertEquals(KernelError.truncatedMessage(), call(on, BootSlots.IRQ_CONTROL, first - 2));
        assertEquals(KernelError.truncatedMessage(), call(on, BootSlots.IRQ_CONTROL, first - 1));
    }

    private static KernelError call(TestKernel on, long cptr, long label) {
        return on.kernel
                .call(cptr, new KernelMessage(label, new long[0], new long[0]))
                .error();
    }

    @ParameterizedTest
    @MethodSource("withVtx")
    void whatArmHasIsRefused(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        long vcpu = on.make(ObjectType.VCPU, 0);
        assertEquals(
                KernelError.illegalOperation(),
                on.kernel.vcpus().injectInterrupt(vcpu, new VirtualInterrupt(0, 0, 0, 0)));
        assertEquals(
                Either.left(KernelError.illegalOperation()), on.kernel.vcpus().readRegister(vcpu, 0));
    }

    @ParameterizedTest
    @MethodSource("others")
    void whereThereIsNoVtxNothingIsAGuests(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        KernelVtx guests = on.kernel.vtx();
        KernelError illegal = KernelError.illegalOperation();
        assertEquals(illegal, guests.setEptRoot(BootSlots.TCB, BootSlots.VSPACE));
        assertEquals(illegal, guests.mapTable(BootSlots.VSPACE, BootSlots.VSPACE, 0, 0));
        assertEquals(illegal, guests.unmapTable(BootSlots.VSPACE));
        assertEquals(illegal, guests.mapPage(BootSlots.IPC_BUFFER, BootSlots.VSPACE, 0, CapRights.ALL, 0));
        assertEquals(Either.left(illegal), guests.readField(BootSlots.TCB, GUEST_RIP));
        assertEquals(Either.left(illegal), guests.writeField(BootSlots.TCB, GUEST_RIP, 0));
        assertEquals(illegal, guests.enablePorts(BootSlots.TCB, BootSlots.TCB, 0, 0));
        assertEquals(illegal, guests.disablePorts(BootSlots.TCB, 0, 0));
        assertEquals(illegal, guests.writeRegisters(BootSlots.TCB, new GuestRegisters(0, 0, 0, 0, 0, 0, 0)));
    }
}
