package org.allocman.wire;

import static org.allocman.wire.InvocationLines.n;
import static org.allocman.wire.InvocationLines.rights;

import org.allocman.qual.CPtr;
import org.allocman.qual.PhysAddr;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelVcpus.VirtualInterrupt;
import org.allocman.vka.KernelVtx.GuestRegisters;

/** The invocations about guests as lines of a script, in the form of {@link InvocationLines}. */
final class GuestLines {
    private GuestLines() {}

    static String vcpuThread(@CPtr long vcpu, @CPtr long tcb) {
        return "bind-vcpu " + n(vcpu) + " to " + n(tcb);
    }

    static String virtualInterrupt(@CPtr long vcpu, VirtualInterrupt interrupt) {
        return "inject-irq " + n(vcpu) + " line " + n(interrupt.line()) + " priority " + n(interrupt.priority())
                + " group " + n(interrupt.group()) + " list " + n(interrupt.register());
    }

    static String vcpuRegister(@CPtr long vcpu, int register) {
        return "read-vcpu " + n(vcpu) + " register " + n(register);
    }

    static String vcpuRegister(@CPtr long vcpu, int register, long value) {
        return "write-vcpu " + n(vcpu) + " register " + n(register) + " data " + n(value);
    }

    static String vcpuAcknowledge(@CPtr long vcpu, int line) {
        return "ack-vppi " + n(vcpu) + " line " + n(line);
    }

    static String eptRoot(@CPtr long tcb, @CPtr long root) {
        return "set-ept-root " + n(tcb) + " to " + n(root);
    }

    static String mapTable(@CPtr long table, @CPtr long root, @PhysAddr long address, long attributes) {
        return "map-ept " + n(table) + " at " + n(address) + " in " + n(root) + " attributes " + n(attributes);
    }

    static String unmapTable(@CPtr long table) {
        return "unmap-ept " + n(table);
    }

    static String mapPage(
            @CPtr long frame, @CPtr long root, @PhysAddr long address, CapRights rights, long attributes) {
        return "map-ept-page " + n(frame) + " at " + n(address) + " in " + n(root) + " rights " + rights(rights)
                + " attributes " + n(attributes);
    }

    static String readField(@CPtr long vcpu, int field) {
        return "read-vmcs " + n(vcpu) + " field " + n(field);
    }

    static String writeField(@CPtr long vcpu, int field, long value) {
        return "write-vmcs " + n(vcpu) + " field " + n(field) + " data " + n(value);
    }

    static String enablePorts(@CPtr long vcpu, @CPtr long range, int first, int last) {
        return "enable-ports " + n(vcpu) + " port " + n(first) + " last " + n(last) + " to " + n(range);
    }

    static String disablePorts(@CPtr long vcpu, int first, int last) {
        return "disable-ports " + n(vcpu) + " port " + n(first) + " last " + n(last);
    }

    static String registers(@CPtr long vcpu, GuestRegisters given) {
        return "write-guest " + n(vcpu) + " eax " + n(given.eax()) + " ebx " + n(given.ebx()) + " ecx " + n(given.ecx())
                + " edx " + n(given.edx()) + " esi " + n(given.esi()) + " edi " + n(given.edi()) + " ebp "
                + n(given.ebp());
    }
}
