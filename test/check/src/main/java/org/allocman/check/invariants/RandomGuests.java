package org.allocman.check.invariants;

import static org.allocman.vka.PageSize.PAGE;

import java.util.SplittableRandom;
import java.util.function.ToLongFunction;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapRights;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.KernelVtx;
import org.allocman.vka.KernelVtx.GuestRegisters;
import org.allocman.vka.ObjectType;

/** Random invocations for guests of x86: their tables, frames and virtual CPUs. */
final class RandomGuests {
    private static final int PAGES = 3;
    private static final int FIELD = 0x6800;

    private final Kernel kernel;
    private final SplittableRandom random;
    private final ToLongFunction<CapabilityType> of;
    private final ToLongFunction<ObjectType> object;

    /** Draws from a random number; which capabilities and objects there are, the caller draws. */
    RandomGuests(
            Kernel kernel,
            SplittableRandom random,
            ToLongFunction<CapabilityType> of,
            ToLongFunction<ObjectType> object) {
        this.kernel = kernel;
        this.random = random;
        this.of = of;
        this.object = object;
    }

    KernelError invoke(boolean isNonsense) {
        KernelVtx guests = kernel.vtx();
        long root = object.applyAsLong(ObjectType.EPT_PML4);
        long address = isNonsense ? random.nextLong() : random.nextInt(PAGES) * PAGE;
        return switch (random.nextInt(16)) {
            case 0, 1, 2 -> kernel.asidPoolAssign(BootSlots.ASID_POOL, root);
            case 3 -> guests.mapTable(object.applyAsLong(ObjectType.EPT_PDPT), root, address, 0);
            case 4 -> guests.mapTable(object.applyAsLong(ObjectType.EPT_PD), root, address, 0);
            case 5 -> guests.mapTable(object.applyAsLong(ObjectType.EPT_PT), root, address, 0);
            case 6 -> guests.unmapTable(object.applyAsLong(table()));
            case 7, 8, 9 ->
                guests.mapPage(
                        of.applyAsLong(CapabilityType.FRAME), root, address, CapRights.READ_WRITE, random.nextInt(8));
            case 10 -> guests.setEptRoot(of.applyAsLong(CapabilityType.TCB), root);
            default -> vcpu(guests, isNonsense);
        };
    }

    private ObjectType table() {
        return switch (random.nextInt(3)) {
            case 0 -> ObjectType.EPT_PDPT;
            case 1 -> ObjectType.EPT_PD;
            default -> ObjectType.EPT_PT;
        };
    }

    private KernelError vcpu(KernelVtx guests, boolean isNonsense) {
        long vcpu = object.applyAsLong(ObjectType.VCPU);
        int field = isNonsense ? random.nextInt() : FIELD + 2 * random.nextInt(4);
        int port = random.nextInt(6);
        return switch (random.nextInt(6)) {
            case 0 -> guests.readField(vcpu, field).fold(error -> error, read -> KernelError.NO_ERROR);
            case 1 ->
                guests.writeField(vcpu, field, random.nextInt(9)).fold(error -> error, read -> KernelError.NO_ERROR);
            case 2 -> guests.enablePorts(vcpu, of.applyAsLong(CapabilityType.CONTROL), port, port);
            case 3 -> guests.disablePorts(vcpu, port, port);
            case 4 -> guests.writeRegisters(vcpu, new GuestRegisters(random.nextInt(9), 0, 0, 0, 0, 0, 5));
            default ->
                kernel.vcpus().setTcb(vcpu, random.nextBoolean() ? BootSlots.TCB : of.applyAsLong(CapabilityType.TCB));
        };
    }
}
