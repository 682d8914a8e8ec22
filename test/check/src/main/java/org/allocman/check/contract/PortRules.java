package org.allocman.check.contract;

import java.util.List;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
import org.allocman.vka.KernelPorts.PortWidth;

/** Rules about I/O ports, for kernels of x86. */
final class PortRules {
    private static final int FIRST = 0x3f8;
    private static final int LAST = 0x3ff;

    private PortRules() {}

    static List<KernelRule> all() {
        return List.of(
                KernelRule.seL4(
                        "aPortIsGivenOutOnce",
                        KernelPart.PORTS,
                        "A range with a port of another range is refused until the last capability of that one is deleted.",
                        PortRules::once),
                KernelRule.seL4(
                        "portsOutsideOfARangeAreRefused",
                        KernelPart.PORTS,
                        "An access goes to ports of the range alone, with all that it touches.",
                        PortRules::within),
                KernelRule.seL4(
                        "rangesGoWithARevokeOfTheirControl",
                        KernelPart.PORTS,
                        "Ranges and their copies are derived from I/O port control, which cannot be copied.",
                        PortRules::derived));
    }

    private static KernelError issue(KernelRig rig, int first, int last, int to) {
        return rig.kernel.ports().issue(BootSlots.IO_PORT_CONTROL, first, last, rig.path(to));
    }

    /** Gives the range out that the rules are about. */
    private static void start(KernelRig rig) {
        KernelError error = issue(rig, FIRST, LAST, 1);
        if (error.code() == KernelError.Code.ILLEGAL_OPERATION) {
            throw new RuleLeftOut("there are no I/O ports on this architecture");
        }
        rig.ok(error, "nobody has these ports");
    }

    private static void once(KernelRig rig) {
        start(rig);
        rig.expect(KernelError.revokeFirst(), issue(rig, LAST, LAST + 1, 2), "its first port is given out");
        rig.expect(KernelError.revokeFirst(), issue(rig, 0, FIRST, 2), "its last port is given out");
        rig.expect(KernelError.invalidArgument(1), issue(rig, LAST + 2, LAST + 1, 2), "it ends before it begins");
        rig.ok(issue(rig, LAST + 1, LAST + 1, 2), "the next port is nobody's");
        rig.expect(KernelError.deleteFirst(), issue(rig, 0, 0, 2), "the slot is in use");
        rig.ok(rig.copy(3, 1));
        rig.ok(rig.delete(1));
        rig.expect(KernelError.revokeFirst(), issue(rig, FIRST, FIRST, 1), "a copy of the range is left");
        rig.ok(rig.delete(3));
        rig.ok(issue(rig, FIRST, LAST, 1), "the last capability of the range is deleted");
    }

    private static void within(KernelRig rig) {
        start(rig);
        KernelError illegal = KernelError.illegalOperation();
        rig.ok(rig.kernel.ports().write(rig.slot(1), LAST, PortWidth.BITS_8, 1), "its last port");
        rig.expect(
                illegal, rig.kernel.ports().write(rig.slot(1), LAST, PortWidth.BITS_16, 1), "a port behind the range");
        rig.expect(
                illegal,
                rig.kernel.ports().write(rig.slot(1), FIRST - 1, PortWidth.BITS_32, 1),
                "a port in front of the range");
        rig.got(rig.kernel.ports().read(rig.slot(1), LAST - 3, PortWidth.BITS_32), "its last four ports");
        rig.isTrue(
                rig.kernel
                        .ports()
                        .read(rig.slot(1), LAST - 2, PortWidth.BITS_32)
                        .isLeft(),
                "a read of a port behind the range is refused");
    }

    private static void derived(KernelRig rig) {
        start(rig);
        rig.ok(rig.copy(2, 1));
        rig.expect(
                KernelError.illegalOperation(),
                rig.kernel.copy(rig.path(3), rig.at(BootSlots.IO_PORT_CONTROL), CapRights.ALL),
                "there is one control");
        rig.ok(rig.kernel.revoke(rig.at(BootSlots.IO_PORT_CONTROL)));
        rig.isTrue(rig.isEmpty(1) && rig.isEmpty(2), "the range and its copy are gone");
        rig.ok(issue(rig, FIRST, LAST, 1), "nobody has these ports");
    }
}
